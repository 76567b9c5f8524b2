//! A tab in a window of its own: by `side`, by dragging it out, and back by a key.

use std::time::Duration;

use sidelight_tests::app::APP;
use sidelight_tests::hand::{Hand, Rect};
use sidelight_tests::pages::Pages;
use sidelight_tests::screen::Modifier::{Control, Shift};
use sidelight_tests::screen::{Point, WindowPlace};
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome};

use crate::colours::{GREEN, RED, colour, plain};
use crate::looks::album;

const PATIENCE: Duration = Duration::from_secs(30);

/// The window that is called so, and where it is; nothing while there is none.
fn window_called(stage: &Stage, start: &str) -> Outcome<Option<(u32, WindowPlace)>> {
    for window in stage.screen.windows_of_class(APP)? {
        // One that goes while we look is not there.
        let title = stage.screen.title(window).unwrap_or_default();
        if title.starts_with(start) && title.contains("111122223333") {
            return Ok(stage.screen.place(window).ok().map(|place| (window, place)));
        }
    }
    Ok(None)
}

fn own_window(stage: &Stage) -> Outcome<(u32, WindowPlace)> {
    wait_until("production's own window", PATIENCE, || window_called(stage, "PROD acme production"))
}

/// Whether the page is green and the header over it red.
fn shows_page_and_mark(stage: &Stage, place: WindowPlace) -> Outcome {
    let (middle, right) = (place.corner.x + 500, place.corner.x + 700);
    let at = |x: i16, y: i16| Some((u16::try_from(x).ok()?, u16::try_from(y).ok()?));
    wait_until("the page under its red header", PATIENCE, || {
        let picture = stage.screen.picture()?;
        picture.save(&album()?.join("own-window.png"))?;
        let seen = |place: Option<(u16, u16)>| place.and_then(|(x, y)| colour(&picture, x, y));
        let is_there =
            seen(at(middle, place.corner.y + 300)) == Some(GREEN) && seen(at(right, place.corner.y + 12)) == Some(RED);
        Ok(is_there.then_some(()))
    })
}

fn panes_of(stage: &Stage) -> Outcome<Vec<bool>> {
    stage.wait_for_tabs("tabs", |tabs| Some(tabs.iter().map(|tab| !tab["pane"].is_null()).collect()))
}

#[expect(clippy::cast_possible_truncation, reason = "places on a screen")]
fn middle_of(rect: Rect, corner: Point) -> Point {
    Point { x: corner.x + (rect.x + rect.width / 2.0) as i16, y: corner.y + (rect.y + rect.height / 2.0) as i16 }
}

#[tokio::test]
async fn a_tab_opens_in_a_window_of_its_own_with_its_mark_over_it_and_comes_back_by_a_key() -> Outcome {
    let pages = Pages::serve(&[("/green", &plain("green", GREEN))])?;
    let stage = Stage::open().await?;
    stage.allow_pages_of(&[&pages.origin()])?;
    stage.open_profile("acme production").await?;
    let page = format!("{}/green", pages.origin());
    stage.side.run(&["open", "acme production", "--page", &page, "--new-window"])?.success()?;
    let (window, place) = own_window(&stage)?;
    shows_page_and_mark(&stage, place)?;
    assert_eq!(panes_of(&stage)?, [true, false]);

    stage.screen.focus(window)?;
    stage.screen.press("n", &[Control, Shift])?;
    wait_until("the window to be gone", PATIENCE, || Ok(window_called(&stage, "PROD")?.is_none().then_some(())))?;
    stage.wait_for_tabs("production in the pane", |tabs| (!tabs[1]["pane"].is_null()).then_some(()))?;

    stage.screen.press("n", &[Control, Shift])?;
    let (window, _) = own_window(&stage)?;
    stage.screen.focus(window)?;
    stage.screen.press("w", &[Control])?;
    stage.wait_for_tabs("production closed", |tabs| (tabs.len() == 1).then_some(()))?;
    assert!(window_called(&stage, "PROD")?.is_none());
    stage.close().await
}

#[tokio::test]
async fn a_tab_is_dragged_to_a_panes_edge_into_another_pane_and_out_of_the_window() -> Outcome {
    let pages = Pages::serve(&[("/green", &plain("green", GREEN))])?;
    let stage = Stage::open().await?;
    stage.allow_pages_of(&[&pages.origin()])?;
    stage.open_profile("acme production").await?;
    let home = stage.wait_for_tabs("the home", |tabs| tabs[0]["tab"].as_str().map(ToOwned::to_owned))?;
    stage.open_profile("acme staging").await?;
    stage.side.run(&["open", "acme production", "--page", &format!("{}/green", pages.origin())])?.success()?;
    stage.side.run(&["close", &home])?.success()?;
    stage.wait_for_tabs("both", |tabs| {
        (tabs.len() == 2 && tabs.iter().all(|tab| tab["state"] == "live")).then_some(())
    })?;
    let window = stage.app.window(&stage.screen)?;
    let smaller = WindowPlace { width: 1180, height: 700, ..stage.screen.place(window)? };
    stage.screen.set_place(window, smaller)?;
    let corner = smaller.corner;
    let tab_at = async |profile: &str| {
        // The tab itself has no box of its own: its title has. It moves while the strip finds its width.
        let title = format!(
            "const tab = document.querySelector('[data-testid=tab][data-profile-name=\"{profile}\"]'); \
             const at = tab.querySelector('.title').getBoundingClientRect(); \
             const there = document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2); \
             return tab.contains(there) ? [at.x, at.y, at.width, at.height] : null"
        );
        let look = async |hand: &Hand| {
            let found = hand.run(&title, Vec::new()).await?;
            Ok(found.as_array().map(|_| [0, 1, 2, 3].map(|at| found[at].as_f64().unwrap_or_default())))
        };
        let [x, y, width, height] = stage.hand().wait_for(profile, look).await?;
        Ok::<_, HarnessError>(middle_of(Rect { x, y, width, height }, corner))
    };
    stage
        .hand()
        .wait_for("the smaller window", async |hand| {
            Ok((hand.run("return innerWidth", Vec::new()).await? == 1180).then_some(()))
        })
        .await?;

    let area = stage.hand().rect(&Part::ConsoleArea).await?;
    let right_edge = middle_of(Rect { x: area.x + area.width - 60.0, width: 20.0, ..area }, corner);
    stage.screen.drag(tab_at("acme staging").await?, right_edge)?;
    stage.wait_for_tabs("two panes", |tabs| tabs.iter().all(|tab| !tab["pane"].is_null()).then_some(()))?;
    // Over the other pane's middle the two change places.
    let pane_of = |tabs: &[serde_json::Value], profile: &str| {
        let tab = tabs.iter().find(|tab| tab["profile"] == profile);
        tab.and_then(|tab| tab["pane"].as_u64())
    };
    let before = stage.wait_for_tabs("panes", |tabs| pane_of(tabs, "acme staging"))?;
    let leftmost = async |hand: &Hand| {
        let areas = hand.rects(&Part::ConsoleArea).await.ok().filter(|areas| areas.len() == 2);
        Ok(areas.and_then(|areas| areas.into_iter().min_by(|one, other| one.x.total_cmp(&other.x))))
    };
    let left = stage.hand().wait_for("two consoles", leftmost).await?;
    stage.screen.drag(tab_at("acme staging").await?, middle_of(left, corner))?;
    stage.wait_for_tabs("staging on the left", |tabs| pane_of(tabs, "acme staging").filter(|pane| *pane != before))?;

    stage.screen.drag(tab_at("acme production").await?, Point { x: corner.x + 1230, y: corner.y + 400 })?;
    let (_, place) = own_window(&stage)?;
    shows_page_and_mark(&stage, place)?;
    stage.close().await
}
