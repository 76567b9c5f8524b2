//! Every pixel of the console's place is the console's, and none elsewhere.

use std::time::Duration;

use sidelight_tests::Outcome;
use sidelight_tests::hand::Rect;
use sidelight_tests::pages::Pages;
use sidelight_tests::screen::WindowPlace;
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;

use crate::colours::{BLUE, Colour, GREEN, fits, plain};

async fn insist(stage: &Stage, what: &str, colour: Colour) -> Outcome {
    let window = stage.app.window(&stage.screen)?;
    let size = stage.screen.place(window)?;
    let area = stage.hand().rect(&Part::ConsoleArea).await?;
    wait_until(what, Duration::from_secs(20), || {
        let picture = stage.screen.picture()?;
        Ok(fits(&picture, area, (size.width, size.height), colour).then_some(()))
    })
}

#[tokio::test]
async fn a_console_fills_its_place_through_switches_resizes_and_other_pages() -> Outcome {
    let pages = Pages::serve(&[("/green", &plain("green", GREEN)), ("/blue", &plain("blue", BLUE))])?;
    let stage = Stage::open().await?;
    stage.allow_pages_of(&[&pages.origin()])?;
    let mut tabs = Vec::new();
    for (profile, page, colour) in [("acme production", "green", GREEN), ("acme staging", "blue", BLUE)] {
        stage.open_profile(profile).await?;
        stage.side.run(&["open", profile, "--page", &format!("{}/{page}", pages.origin())])?.success()?;
        insist(&stage, &format!("{page} after opening"), colour).await?;
        tabs.push(stage.wait_for_tabs("the tab that shows", |tabs| {
            let shown = tabs.iter().find(|tab| !tab["pane"].is_null())?;
            shown["tab"].as_str().map(ToOwned::to_owned)
        })?);
    }
    let window = stage.app.window(&stage.screen)?;
    let corner = stage.screen.place(window)?.corner;
    for (width, height) in [(1000, 600), (1280, 800), (900, 700), (1180, 560)] {
        stage.screen.set_place(window, WindowPlace { corner, width, height })?;
        insist(&stage, &format!("blue at {width} by {height}"), BLUE).await?;
        stage.side.run(&["show", &tabs[0]])?.success()?;
        insist(&stage, &format!("green at {width} by {height}"), GREEN).await?;
        stage.side.run(&["show", &tabs[1]])?.success()?;
        insist(&stage, &format!("blue again at {width} by {height}"), BLUE).await?;
    }
    stage.hand().click(&Part::Downloads).await?;
    wait_until("no console over another page", Duration::from_secs(20), || {
        let picture = stage.screen.picture()?;
        let whole = Rect { x: -10.0, y: -10.0, width: 0.0, height: 0.0 };
        Ok(fits(&picture, whole, (1180, 560), BLUE).then_some(()))
    })?;
    stage.close().await
}
