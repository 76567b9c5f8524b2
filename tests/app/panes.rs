//! Two consoles side by side: each in its place to the pixel, whatever moves.

use std::time::Duration;

use serde_json::Value;
use sidelight_tests::console::Console;
use sidelight_tests::desktop::Desktop;
use sidelight_tests::hand::Rect;
use sidelight_tests::pages::Pages;
use sidelight_tests::process::family::{self, WEB_PROCESS};
use sidelight_tests::screen::Modifier::{Control, Shift};
use sidelight_tests::screen::{Picture, Point, WindowPlace};
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome};

use crate::colours::{BLUE, Colour, GREEN, colour, fits, plain};

/// Production's page in green on the left, staging's in blue on the right.
async fn side_by_side(pages: &Pages) -> Outcome<Stage> {
    side_by_side_on(Desktop::start()?, pages).await
}

pub async fn side_by_side_on(desktop: Desktop, pages: &Pages) -> Outcome<Stage> {
    let stage = Stage::open_on(desktop, &[]).await?;
    stage.allow_pages_of(&[&pages.origin()])?;
    for profile in ["acme production", "acme staging"] {
        stage.open_profile(profile).await?;
    }
    for tab in stage.wait_for_tabs("both homes", |tabs| {
        tabs.iter().map(|tab| tab["tab"].as_str().map(ToOwned::to_owned)).collect::<Option<Vec<_>>>()
    })? {
        stage.side.run(&["close", &tab])?.success()?;
    }
    for (profile, page, more) in [("acme production", "green", None), ("acme staging", "blue", Some("--beside"))] {
        let address = format!("{}/{page}", pages.origin());
        let mut arguments = vec!["open", profile, "--page", &address];
        arguments.extend(more);
        stage.side.run(&arguments)?.success()?;
        stage.wait_for_tabs(page, |tabs| tabs.iter().all(|tab| tab["state"] == "live").then_some(()))?;
    }
    Ok(stage)
}

/// A pane's console area, as the UI has it; panes are counted in reading order.
async fn area(stage: &Stage, pane: usize) -> Outcome<Rect> {
    let areas = stage.hand().rects(&Part::ConsoleArea).await?;
    areas.get(pane).copied().ok_or_else(|| HarnessError::missing(format!("console area {pane}")))
}

/// Into the middle of a pane's page, by the real mouse.
pub async fn click_into(stage: &Stage, pane: usize) -> Outcome {
    let area = area(stage, pane).await?;
    let console = Console::new(&stage.screen, stage.app.window(&stage.screen)?, area);
    stage.screen.click(console.place(area.width / 2.0, area.height / 2.0)?)
}

pub async fn insist(stage: &Stage, what: &str, colours: &[Colour]) -> Outcome {
    let window = stage.app.window(&stage.screen)?;
    stage
        .hand()
        .wait_for(what, async |_| {
            let size = stage.screen.place(window)?;
            let picture = stage.screen.picture()?;
            for (pane, colour) in colours.iter().enumerate() {
                if !fits(&picture, area(stage, pane).await?, (size.width, size.height), *colour) {
                    return Ok(None);
                }
            }
            Ok(Some(()))
        })
        .await
}

pub fn panes(tabs: &[Value]) -> Vec<(String, Option<u64>)> {
    let name = |tab: &Value| tab["profile"].as_str().unwrap_or_default().to_owned();
    tabs.iter().map(|tab| (name(tab), tab["pane"].as_u64())).collect()
}

#[tokio::test]
async fn two_consoles_keep_their_places_through_dividers_resizes_and_maximising() -> Outcome {
    let pages = Pages::serve(&[("/green", &plain("green", GREEN)), ("/blue", &plain("blue", BLUE))])?;
    let stage = side_by_side(&pages).await?;
    insist(&stage, "green beside blue", &[GREEN, BLUE]).await?;

    let divider = stage.hand().rect(&Part::TestId("divider".to_owned())).await?;
    let whole = Rect { x: 0.0, y: 0.0, ..divider };
    let grip = Console::new(&stage.screen, stage.app.window(&stage.screen)?, whole);
    let from = grip.place(divider.x + divider.width / 2.0, divider.y + divider.height / 2.0)?;
    stage.screen.drag(from, Point { x: from.x - 160, ..from })?;
    let before = divider.x;
    stage
        .hand()
        .wait_for("the divider moved", async |hand| {
            let now = hand.rect(&Part::TestId("divider".to_owned())).await?.x;
            Ok((before - now > 120.0).then_some(()))
        })
        .await?;
    insist(&stage, "a narrow green beside a wide blue", &[GREEN, BLUE]).await?;

    let window = stage.app.window(&stage.screen)?;
    let corner = stage.screen.place(window)?.corner;
    for (width, height) in [(1100, 640), (1270, 790)] {
        stage.screen.set_place(window, WindowPlace { corner, width, height })?;
        insist(&stage, &format!("both at {width} by {height}"), &[GREEN, BLUE]).await?;
    }
    stage.screen.press("m", &[Control, Shift])?;
    insist(&stage, "blue alone, maximised", &[BLUE]).await?;
    stage.screen.press("m", &[Control, Shift])?;
    insist(&stage, "both again", &[GREEN, BLUE]).await?;
    stage.close().await
}

#[tokio::test]
async fn productions_frame_is_there_before_anything_of_its_page() -> Outcome {
    let pages = Pages::serve(&[("/green", &plain("green", GREEN))])?;
    let stage = Stage::open().await?;
    stage.allow_pages_of(&[&pages.origin()])?;
    stage.open_profile("acme production").await?;
    let area = area(&stage, 0).await?;
    stage.open_profile("borealis").await?;
    stage.open_profile("acme production").await?;
    let red = wait_until("production's frame, one colour all around", Duration::from_secs(20), || {
        let frame = frame_of(&stage.screen.picture()?, area);
        let is_red = |&(red, green, blue): &Colour| red / 2 > green.max(blue);
        Ok(frame.first().copied().filter(|first| is_red(first) && frame.iter().all(|colour| colour == first)))
    })?;
    stage.open_profile("borealis").await?;
    let page = format!("{}/green", pages.origin());
    stage.side.run(&["open", "acme production", "--page", &page])?.success()?;
    let mut pictures = 0;
    wait_until("the whole page in green", Duration::from_secs(30), || {
        let picture = stage.screen.picture()?;
        pictures += 1;
        let inside = points_in(area);
        let green = inside.iter().filter(|&&(x, y)| colour(&picture, x, y) == Some(GREEN)).count();
        if green > 0 {
            let frame = frame_of(&picture, area);
            assert!(frame.iter().all(|colour| *colour == red), "picture {pictures}: {frame:?} around {green} points");
        }
        Ok((green == inside.len()).then_some(()))
    })?;
    stage.close().await
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places on a screen")]
fn points_in(area: Rect) -> Vec<(u16, u16)> {
    let steps = |from: f64, length: f64| ((from + 6.0) as u16..(from + length - 6.0) as u16).step_by(23);
    steps(area.y, area.height).flat_map(|y| steps(area.x, area.width).map(move |x| (x, y))).collect()
}

/// The colours in the middle of the frame's four sides, three pixels outside of the console.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places on a screen")]
fn frame_of(picture: &Picture, area: Rect) -> Vec<Colour> {
    let (middle_x, middle_y) = (area.x + area.width / 2.0, area.y + area.height / 2.0);
    let sides = [
        (area.x - 3.0, middle_y),
        (area.x + area.width + 2.0, middle_y),
        (middle_x, area.y - 3.0),
        (middle_x, area.y + area.height + 2.0),
    ];
    sides.into_iter().filter_map(|(x, y)| colour(picture, x as u16, y as u16)).collect()
}

#[tokio::test]
async fn a_click_into_a_page_focuses_its_pane_and_keys_split_and_close() -> Outcome {
    let pages = Pages::serve(&[("/green", &plain("green", GREEN)), ("/blue", &plain("blue", BLUE))])?;
    let stage = side_by_side(&pages).await?;
    insist(&stage, "green beside blue", &[GREEN, BLUE]).await?;
    click_into(&stage, 0).await?;
    stage.screen.press("w", &[Control, Shift])?;
    stage.wait_for_tabs("production out of sight", |tabs| {
        let panes = panes(tabs);
        (panes == [("acme production".to_owned(), None), ("acme staging".to_owned(), Some(2))]).then_some(())
    })?;
    insist(&stage, "blue alone", &[BLUE]).await?;

    stage.screen.press("\\", &[Control])?;
    stage.hand().find(&Part::TestId("empty-pane".to_owned())).await?;
    stage.hand().click(&Part::Tab("acme production".to_owned())).await?;
    stage.wait_for_tabs("production in the new pane", |tabs| {
        panes(tabs).iter().all(|(_, pane)| pane.is_some()).then_some(())
    })?;
    insist(&stage, "blue beside green", &[BLUE, GREEN]).await?;
    stage.close().await
}

#[tokio::test]
async fn a_crashed_pane_leaves_its_neighbour_alone() -> Outcome {
    let pages = Pages::serve(&[("/green", &plain("green", GREEN)), ("/blue", &plain("blue", BLUE))])?;
    let stage = side_by_side(&pages).await?;
    insist(&stage, "green beside blue", &[GREEN, BLUE]).await?;
    let newest = wait_until("the pages' processes", Duration::from_secs(20), || {
        let pages = family::called(stage.app.id()?, WEB_PROCESS);
        Ok(pages.into_iter().max_by_key(|&id| family::started_at(id)))
    })?;
    family::kill(&[newest]);
    stage.wait_for_tabs("one crashed tab and one live", |tabs| {
        let mut states: Vec<&str> = tabs.iter().filter_map(|tab| tab["state"].as_str()).collect();
        states.sort_unstable();
        (states == ["crashed", "live"]).then_some(())
    })?;
    stage.close().await
}
