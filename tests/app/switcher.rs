//! One line that finds, find in page, and other clients hidden, in the real app.

use sidelight_tests::Outcome;
use sidelight_tests::desktop::Desktop;
use sidelight_tests::screen::Modifier::{Control, Shift};
use sidelight_tests::stage::Stage;
use sidelight_tests::tray::Tray;
use sidelight_tests::ui::Part;

fn part(id: &str) -> Part {
    Part::TestId(id.to_owned())
}

/// Opens the switcher over a page, and types into it once it has the keyboard.
async fn type_into_the_switcher(stage: &Stage, text: &str) -> Outcome {
    stage.screen.press("k", &[Control])?;
    stage.has_the_keyboard("switcher-field").await?;
    stage.screen.type_text(text)?;
    stage
        .hand()
        .wait_for("an answer", async |hand| {
            let script = "return document.querySelectorAll('[data-testid=found]').length";
            let found = hand.run(script, Vec::new()).await?;
            Ok((found != 0).then_some(()))
        })
        .await
}

#[tokio::test]
async fn a_line_opens_service_and_region_in_a_profile_while_a_page_has_the_keyboard() -> Outcome {
    let stage = Stage::open().await?;
    stage.open_profile("acme production").await?;
    let before = stage.cloud.last_report()?;
    type_into_the_switcher(&stage, "ec2 stging").await?;
    stage.screen.press("Return", &[Shift])?;
    let staging = stage.profile("acme staging")?.account.clone();
    stage.cloud.wait_for_report("EC2 of staging", before, |report| {
        report.text("account") == staging && report.text("path").starts_with("/ec2/")
    })?;
    stage.wait_for_tabs("staging beside production", |tabs| {
        (tabs.len() == 2 && tabs.iter().all(|tab| !tab["pane"].is_null())).then_some(())
    })?;

    type_into_the_switcher(&stage, "split down").await?;
    stage.screen.press("Return", &[])?;
    stage.hand().find(&part("empty-pane")).await?;
    stage.close().await
}

#[tokio::test]
async fn find_in_page_counts_and_the_panes_make_room_for_its_drawer() -> Outcome {
    let stage = Stage::open().await?;
    stage.open_profile("acme production").await?;
    let before = stage.hand().rect(&Part::ConsoleArea).await?;
    stage.screen.press("F3", &[])?;
    stage.has_the_keyboard("find-field").await?;
    let during = stage.hand().rect(&Part::ConsoleArea).await?;
    assert!(during.y > before.y, "the drawer moves the pane: {before:?}, {during:?}");
    stage.screen.type_text("console home")?;
    stage.hand().wait_for_text("a number of matches", &part("matches"), |text| text.contains(char::is_numeric)).await?;
    stage.screen.press("Escape", &[])?;
    stage
        .hand()
        .wait_for("the pane back in its place", async |hand| {
            Ok((hand.rect(&Part::ConsoleArea).await? == before).then_some(()))
        })
        .await?;
    stage.close().await
}

#[tokio::test]
async fn while_the_screen_is_shared_nothing_in_the_window_names_another_client() -> Outcome {
    let desktop = Desktop::start()?;
    let tray = Tray::start(&desktop)?;
    let stage = Stage::open_on(desktop, &[]).await?;
    stage.open_profile("borealis").await?;
    stage.open_profile("acme production").await?;
    tray.wait_for_line("borealis")?;
    let other = stage.profile("borealis")?.account.clone();
    assert!(stage.app.hand.markup().await?.contains(&other));
    stage.screen.press("h", &[Control, Shift])?;
    stage
        .hand()
        .wait_for("the other client hidden", async |hand| {
            let markup = hand.markup().await?;
            Ok((!markup.contains(&other) && !markup.to_lowercase().contains("borealis")).then_some(()))
        })
        .await?;
    stage.hand().find(&part("screen-share")).await?;
    let titles = stage.screen.titles()?;
    assert!(titles.iter().all(|title| !title.contains("borealis")), "{titles:?}");
    let lines = tray.menu()?;
    assert!(lines.iter().all(|line| !line.contains("borealis")), "{lines:?}");

    stage.screen.press("h", &[Control, Shift])?;
    stage
        .hand()
        .wait_for("the other client back", async |hand| Ok(hand.markup().await?.contains(&other).then_some(())))
        .await?;
    stage.close().await
}

#[tokio::test]
async fn the_switcher_keeps_the_keyboard_over_another_page_and_when_a_tab_opens_meanwhile() -> Outcome {
    let stage = Stage::open().await?;
    stage.open_profile("acme production").await?;
    stage.screen.press(",", &[Control])?;
    stage.hand().find(&part("settings")).await?;
    stage.screen.press("k", &[Control])?;
    stage.has_the_keyboard("switcher-field").await?;
    let typed = async |text: &str| {
        stage.screen.type_text(text)?;
        let script = "return document.querySelector('[data-testid=switcher-field]')?.value ?? null";
        let whole = "borealis ec2";
        stage
            .hand()
            .wait_for(&format!("{text:?} in the field"), async |hand| {
                let value = hand.run(script, Vec::new()).await?;
                let value = value.as_str().unwrap_or_default();
                Ok((value.ends_with(text) && whole.starts_with(value)).then_some(()))
            })
            .await
    };
    typed("borealis").await?;

    let before = stage.cloud.last_report()?;
    let staging = stage.profile("acme staging")?.account.clone();
    stage.side.run(&["open", "acme staging"])?.success()?;
    stage.cloud.wait_for_report("the console of staging", before, |report| report.text("account") == staging)?;
    typed(" ec2").await?;
    stage.screen.press("Return", &[])?;
    stage.wait_for_page_in_sight("borealis", "/ec2/")?;
    stage.close().await
}

#[tokio::test]
async fn what_is_typed_into_the_window_stays_there_when_a_console_appears_and_enter_gives_the_keyboard_to_a_page()
-> Outcome {
    let stage = Stage::open().await?;
    stage.open_profile("acme production").await?;
    let production =
        stage.wait_for_tabs("production's tab", |tabs| tabs.first()?["tab"].as_str().map(str::to_owned))?;
    stage.open_profile("acme staging").await?;
    stage.screen.press("k", &[Control, Shift])?;
    stage.has_the_keyboard("filter").await?;
    let filter = async |text: &str| {
        stage
            .hand()
            .wait_for(&format!("{text:?} in the filter"), async |hand| {
                let script = "return document.querySelector('[data-testid=filter]').value";
                Ok((hand.run(script, Vec::new()).await? == text).then_some(()))
            })
            .await
    };
    stage.screen.type_text("bore")?;
    filter("bore").await?;
    // Quick, since production is signed in: whoever pauses for longer has left the filter.
    stage.side.run(&["show", &production])?.success()?;
    stage.wait_for_tabs("production in front", |tabs| {
        let shown = tabs.iter().find(|tab| !tab["pane"].is_null())?;
        (shown["profile"] == "acme production").then_some(())
    })?;
    stage.screen.type_text("alis")?;
    filter("borealis").await?;
    stage.screen.press("Return", &[])?;
    stage.wait_for_tabs("the filtered profile opened", |tabs| {
        let shown = tabs.iter().find(|tab| !tab["pane"].is_null())?;
        (shown["profile"] == "borealis" && shown["state"] == "live").then_some(())
    })?;
    stage
        .hand()
        .wait_for("the page to have the keyboard", async |hand| {
            Ok((hand.run("return document.hasFocus()", Vec::new()).await? == false).then_some(()))
        })
        .await?;

    // A shortcut is the end of a text, too.
    stage.screen.press("k", &[Control, Shift])?;
    stage.has_the_keyboard("filter").await?;
    stage.screen.type_text("x")?;
    stage.screen.press("Tab", &[Control])?;
    stage
        .hand()
        .wait_for("the next page to have the keyboard", async |hand| {
            Ok((hand.run("return document.hasFocus()", Vec::new()).await? == false).then_some(()))
        })
        .await?;
    stage.close().await
}
