//! Windows that pages open: they stay in the profile, with a working opener; foreign ones leave.

use sidelight_tests::Outcome;
use sidelight_tests::demo::Report;
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use std::time::Duration;

use sidelight_tests::wait::wait_until;

const STACKS: &str = "/cloudformation/home?region=eu-central-1#/stacks";

fn says(report: &Report, words: &str) -> bool {
    report.field("messages").to_string().contains(words)
}

#[tokio::test]
async fn a_popup_is_a_tab_of_the_same_session_and_speaks_with_its_opener() -> Outcome {
    let stage = Stage::open().await?;
    let account = stage.profile("acme production")?.account.clone();
    stage.open_profile("acme production").await?;
    stage.open_page("acme production", STACKS)?;
    let before = stage.cloud.last_report()?;
    stage.act(&account, "open-window:").await?;
    let popup = stage.cloud.wait_for_report("the popup", before, |report| report.field("opener") == true)?;
    assert_eq!(popup.text("cookie_account"), account);
    stage.cloud.wait_for_report("the child's word at its opener", before, |report| {
        report.field("opener") == false && says(report, "child says hello")
    })?;
    let tabs = stage.wait_for_tabs("three tabs of the profile", |tabs| (tabs.len() == 3).then(|| tabs.to_vec()))?;
    assert!(tabs.iter().all(|tab| tab["profile"] == "acme production"), "{tabs:?}");

    stage.act(&account, "close-window").await?;
    stage.wait_for_tabs("the popup closed by its own page", |tabs| (tabs.len() == 2).then_some(()))?;
    stage.close().await
}

#[tokio::test]
async fn a_link_to_a_new_tab_stays_in_the_profile() -> Outcome {
    let stage = Stage::open().await?;
    let account = stage.profile("acme production")?.account.clone();
    stage.open_profile("acme production").await?;
    stage.open_page("acme production", STACKS)?;
    let before = stage.cloud.last_report()?;
    stage.act(&account, "new-tab-instances").await?;
    let page = stage.cloud.wait_for_report("the instances in a new tab", before, |report| {
        report.text("path").starts_with("/ec2/") && report.is_visible()
    })?;
    assert_eq!(page.text("cookie_account"), account);
    stage.close().await
}

#[tokio::test]
async fn a_foreign_page_goes_to_the_users_browser_and_the_tab_stays() -> Outcome {
    let stage = Stage::open().await?;
    let account = stage.profile("acme production")?.account.clone();
    stage.open_profile("acme production").await?;
    stage.act(&account, "foreign-docs").await?;
    let given = wait_until("the user's browser to be opened", Duration::from_secs(30), || {
        Ok(stage.desktop.opened_outside().first().cloned())
    })?;
    assert!(given.starts_with("https://docs.aws.amazon.com/"), "{given}");
    assert_eq!(stage.desktop.browsers_share()?, Vec::<String>::new());
    stage.hand().find(&Part::TestId("notice".to_owned())).await?;
    let tabs = stage.side.json(&["tabs"])?;
    assert_eq!(tabs.as_array().map(Vec::len), Some(1), "{tabs}");
    assert_eq!(tabs[0]["state"], "live");
    stage.close().await
}
