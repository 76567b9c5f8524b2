//! What a user sets up once, by mouse and keyboard in the real window: rules, keys, layouts; and that it is there again.

use std::time::Duration;

use sidelight_tests::screen::Modifier::{Alt, Control, Shift};
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome};

fn part(id: &str) -> Part {
    Part::TestId(id.to_owned())
}

/// Opens a page of the window by its line in the switcher.
async fn go_to(stage: &Stage, words: &str, page: &str) -> Outcome {
    stage.screen.press("k", &[Control])?;
    stage.has_the_keyboard("switcher-field").await?;
    stage.screen.type_text(words)?;
    let first = "return document.querySelector('[data-testid=found]')?.innerText ?? ''";
    stage
        .hand()
        .wait_for(&format!("{words:?} to be found"), async |hand| {
            let line = hand.run(first, Vec::new()).await?;
            Ok(line.as_str().unwrap_or_default().to_lowercase().contains(words).then_some(()))
        })
        .await?;
    stage.screen.press("Return", &[])?;
    stage.hand().find(&part(page)).await.map(drop)
}

/// Types into the field that has the keyboard. A click is quicker than the last keys before it.
async fn type_whole(stage: &Stage, name: &str, text: &str) -> Outcome {
    stage.screen.type_text(text)?;
    stage
        .hand()
        .wait_for(&format!("{text:?} in the field"), async |hand| {
            let script = format!("return document.querySelector('[name={name}]')?.value ?? null");
            Ok((hand.run(&script, Vec::new()).await? == text).then_some(()))
        })
        .await
}

/// The mark of a profile's tabs in the strip.
async fn mark_in_the_strip(stage: &Stage, profile: &str, word: &str) -> Outcome {
    let tab = Part::Tab(profile.to_owned());
    stage.hand().wait_for_text(&format!("{word} on the tab"), &tab, |text| text.contains(word)).await.map(drop)
}

#[tokio::test]
async fn a_rule_of_ones_own_marks_what_is_open_and_holds_after_a_restart() -> Outcome {
    let stage = Stage::open().await?;
    stage.open_profile("borealis").await?;
    go_to(&stage, "rules for marks", "rules").await?;
    stage.press_on(&part("add-rule")).await?;
    stage
        .hand()
        .wait_for("the pattern to have the keyboard", async |hand| {
            let name = hand.run("return document.hasFocus() ? document.activeElement?.name ?? null : null", Vec::new());
            Ok((name.await? == "pattern").then_some(()))
        })
        .await?;
    type_whole(&stage, "pattern", "borealis").await?;
    stage.press_on(&Part::Name("word".to_owned())).await?;
    type_whole(&stage, "word", "LIVE").await?;
    stage.press_on(&part("save-rules")).await?;
    wait_until("the rule in the book", Duration::from_secs(20), || {
        let book = stage.own_file("profiles.toml")?;
        Ok((book.contains("pattern = \"borealis\"") && book.contains("LIVE")).then_some(()))
    })?;
    mark_in_the_strip(&stage, "borealis", "LIVE").await?;
    let stage = stage.restart().await?;
    mark_in_the_strip(&stage, "borealis", "LIVE").await?;
    stage.close().await
}

#[tokio::test]
async fn keys_that_are_bound_anew_work_over_a_page_and_after_a_restart_and_taken_ones_are_refused() -> Outcome {
    let stage = Stage::open().await?;
    stage.open_profile("acme production").await?;
    go_to(&stage, "all shortcuts", "shortcuts").await?;
    let change = |action: &str| Part::Css(format!("[data-action={action}] [data-testid=change-keys]"));
    stage.press_on(&change("downloads")).await?;
    stage.has_the_keyboard("press-keys").await?;
    stage.screen.press("k", &[Control])?;
    stage.hand().find(&part("keys-problem")).await?;
    assert!(stage.hand().look_for(&part("switcher-field")).await?.is_none(), "the key did what it is bound to");
    stage.has_the_keyboard("press-keys").await?;
    stage.screen.press("y", &[Control, Alt])?;
    wait_until("the new keys in the settings", Duration::from_secs(20), || {
        Ok(stage.own_file("settings.toml").unwrap_or_default().contains("Ctrl+Alt+Y").then_some(()))
    })?;
    let stage = stage.restart().await?;
    stage.wait_for_tabs("the page again", |tabs| (tabs.first()?["state"] == "live").then_some(()))?;
    stage.screen.press("y", &[Control, Alt])?;
    stage.hand().find(&part("downloads")).await?;
    stage.close().await
}

#[tokio::test]
async fn a_layout_that_was_saved_brings_its_panes_back() -> Outcome {
    let stage = Stage::open().await?;
    stage.open_profile("acme production").await?;
    stage.side.run(&["open", "acme staging", "--beside"])?.success()?;
    let side_by_side = |tabs: &[serde_json::Value]| {
        let mut panes: Vec<(u64, String)> =
            tabs.iter().filter_map(|tab| Some((tab["pane"].as_u64()?, tab["profile"].as_str()?.to_owned()))).collect();
        panes.sort();
        (panes.iter().map(|(_, profile)| profile.as_str()).eq(["acme production", "acme staging"])).then_some(())
    };
    stage.wait_for_tabs("both panes", side_by_side)?;
    go_to(&stage, "layouts", "layouts").await?;
    stage.press_on(&part("layout-name")).await?;
    stage.screen.type_text("acme prod and staging")?;
    stage.screen.press("Return", &[])?;
    stage.hand().find(&part("open-layout")).await?;
    stage.screen.press("Escape", &[])?;

    stage.screen.press("w", &[Control, Shift])?;
    stage.wait_for_tabs("one pane", |tabs| {
        (tabs.iter().filter(|tab| !tab["pane"].is_null()).count() == 1).then_some(())
    })?;
    let stage = stage.restart().await?;
    go_to(&stage, "layouts", "layouts").await?;
    stage.press_on(&part("open-layout")).await?;
    stage.wait_for_tabs("both panes again", side_by_side)?;
    let areas = stage.hand().rects(&Part::ConsoleArea).await?;
    let [left, right] = areas.as_slice() else { return Err(HarnessError::missing("two panes")) };
    assert!(left.x + left.width <= right.x, "{left:?} and {right:?}");
    stage.close().await
}
