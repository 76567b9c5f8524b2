//! Links into the right account, the same page in another one, and panes that follow each other.

use std::time::Duration;

use sidelight_tests::console::Console;
use sidelight_tests::screen::Modifier::{Alt, Control, Shift};
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome};

#[tokio::test]
async fn an_arn_opens_the_resource_in_the_account_that_it_names() -> Outcome {
    let stage = Stage::open().await?;
    let staging = stage.profile("acme staging")?.account.clone();
    let before = stage.cloud.last_report()?;
    let arn =
        format!("arn:aws:cloudformation:eu-central-1:{staging}:stack/network/0a1b2c3d-1111-2222-3333-444455556666");
    stage.side.run(&["open", &arn])?.success()?;
    let page = stage.cloud.wait_for_report("the stack's page", before, |report| report.text("account") == staging)?;
    assert!(page.text("path").starts_with("/cloudformation/home"), "{}", page.text("path"));
    stage.wait_for_tabs("the stack in the address", |tabs| {
        (tabs.len() == 1 && tabs[0]["url"].as_str()?.contains("stackinfo")).then_some(())
    })?;
    stage.close().await
}

#[tokio::test]
async fn the_same_page_opens_beside_in_the_other_account_and_linked_panes_follow() -> Outcome {
    let stage = Stage::open().await?;
    let staging = stage.profile("acme staging")?.account.clone();
    stage.open_profile("acme staging").await?;
    let production = stage.profile("acme production")?.account.clone();
    let before = stage.cloud.last_report()?;
    stage.side.run(&["open", "acme production", "--beside", "--page", "/ec2/home?region=eu-central-1"])?.success()?;
    stage.cloud.wait_for_report("production's page", before, |report| report.text("account") == production)?;

    let before = stage.cloud.last_report()?;
    stage.screen.press("o", &[Control, Shift])?;
    let page = stage.cloud.wait_for_report("the same page of staging", before, |report| {
        report.text("account") == staging && report.text("path").starts_with("/ec2/home")
    })?;
    assert_eq!(page.text("cookie_account"), staging);

    stage.screen.press("Right", &[Alt, Shift])?;
    stage.screen.press("l", &[Control, Shift])?;
    stage.hand().find(&Part::TestId("linked".to_owned())).await?;
    let before = stage.cloud.last_report()?;
    let (page, action) = stage.cloud.wait_for_action("home", |report| report.text("account") == production)?;
    let areas = stage.hand().rects(&Part::ConsoleArea).await?;
    let right = *areas.last().ok_or_else(|| HarnessError::missing("two panes"))?;
    Console::new(&stage.screen, stage.app.window(&stage.screen)?, right).click(&page, &action)?;
    let followed = stage.cloud.wait_for_report("staging at home as well", before, |report| {
        report.text("account") == staging && report.text("path").starts_with("/console/home")
    })?;
    assert_eq!(followed.text("cookie_account"), staging);
    stage.close().await
}

#[tokio::test]
async fn a_link_that_the_desktop_gives_reaches_the_window_that_runs_and_only_asks() -> Outcome {
    let stage = Stage::open().await?;
    let staging = stage.profile("acme staging")?.account.clone();
    let link = format!("sidelight:open?link=arn%3Aaws%3As3%3A%3A%3Aacme-stg-reports&account={staging}");
    let given = || {
        let mut command = stage.desktop.command("gio");
        command.args(["open", &link]);
        stage.desktop.launch("gio", command)?.wait_for_end(Duration::from_secs(20))
    };
    assert!(!given()?.success(), "nobody takes the link yet");

    let choose = async |choice: &str| stage.hand().click(&Part::Field(choice.to_owned())).await;
    stage.hand().click(&Part::TestId("settings-button".to_owned())).await?;
    choose("Open them with this Sidelight").await?;
    let entry = stage.desktop.home().join(".local/share/applications/sidelight-links.desktop");
    let chosen = stage.desktop.home().join(".config/mimeapps.list");
    wait_until("the desktop to know", Duration::from_secs(20), || {
        let text = std::fs::read_to_string(&chosen).unwrap_or_default();
        Ok(text.contains("x-scheme-handler/sidelight=sidelight-links.desktop").then_some(()))
    })?;
    assert!(given()?.success());
    stage.hand().find(&Part::TestId("switcher-field".to_owned())).await?;
    assert_eq!(stage.side.json(&["tabs"])?.as_array().map(Vec::len), Some(0), "it opened something unasked");
    stage.screen.press("Return", &[])?;
    stage.wait_for_tabs("the bucket in the account that the link names", |tabs| {
        let tab = tabs.first()?;
        (tab["profile"] == "acme staging" && tab["url"].as_str()?.contains("acme-stg-reports")).then_some(())
    })?;

    stage.hand().click(&Part::TestId("settings-button".to_owned())).await?;
    choose("Leave them to others").await?;
    wait_until("the entry to go", Duration::from_secs(20), || Ok((!entry.exists()).then_some(())))?;
    assert!(!given()?.success(), "somebody takes the link still");
    stage.close().await
}
