//! Shortcuts while a console page has the focus.

use sidelight_tests::Outcome;
use sidelight_tests::console::Console;
use sidelight_tests::screen::Modifier::{Alt, Control, Shift};
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;

fn shown(tabs: &[serde_json::Value]) -> Option<&serde_json::Value> {
    tabs.iter().find(|tab| !tab["pane"].is_null())
}

#[tokio::test]
async fn the_apps_keys_work_over_a_page_and_the_pages_keys_stay_its_own() -> Outcome {
    let stage = Stage::open().await?;
    stage.open_profile("acme production").await?;
    stage.open_profile("acme staging").await?;
    let area = stage.hand().rect(&Part::ConsoleArea).await?;
    let console = Console::new(&stage.screen, stage.app.window(&stage.screen)?, area);
    stage.screen.click(console.place(area.width / 2.0, area.height - 60.0)?)?;

    stage.screen.press("Tab", &[Control])?;
    stage
        .wait_for_tabs("production by Ctrl+Tab", |tabs| (shown(tabs)?["profile"] == "acme production").then_some(()))?;
    stage.screen.press("2", &[Control])?;
    stage.wait_for_tabs("staging by Ctrl+2", |tabs| (shown(tabs)?["profile"] == "acme staging").then_some(()))?;
    stage.screen.press("t", &[Control])?;
    stage.wait_for_tabs("a second tab of staging", |tabs| (tabs.len() == 3).then_some(()))?;
    stage.screen.press("w", &[Control])?;
    stage.wait_for_tabs("the tab closed", |tabs| (tabs.len() == 2).then_some(()))?;
    stage.screen.press("t", &[Control, Shift])?;
    stage.wait_for_tabs("the tab back", |tabs| (tabs.len() == 3 && shown(tabs)?["state"] == "live").then_some(()))?;

    stage.screen.press("=", &[Control])?;
    stage.hand().wait_for_text("110 %", &Part::TestId("zoom-reset".to_owned()), |text| text.contains("110")).await?;

    stage.act(&stage.profile("acme staging")?.account.clone(), "recent:s3").await?;
    stage.wait_for_tabs("the bucket list", |tabs| shown(tabs)?["url"].as_str()?.contains("/s3/").then_some(()))?;
    stage.screen.press("Left", &[Alt])?;
    stage.wait_for_tabs("home by Alt+Left", |tabs| {
        shown(tabs)?["url"].as_str()?.contains("/console/home").then_some(())
    })?;

    stage.screen.press("k", &[Control, Shift])?;
    stage
        .hand()
        .wait_for("the filter to have the keyboard", async |hand| {
            let focused = hand.run("return document.activeElement?.dataset.testid ?? null", Vec::new()).await?;
            Ok((focused == "filter").then_some(()))
        })
        .await?;
    stage.screen.type_text("bore")?;
    stage.screen.press("Return", &[])?;
    stage.wait_for_tabs("the filtered profile opened", |tabs| (shown(tabs)?["profile"] == "borealis").then_some(()))?;
    stage.close().await
}
