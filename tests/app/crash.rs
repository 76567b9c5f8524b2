//! A page's process that ends takes nothing along but its page.

use std::time::Duration;

use sidelight_tests::Outcome;
use sidelight_tests::process::family::{self, WEB_PROCESS};
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;

#[tokio::test]
async fn console_pages_run_in_the_sandbox() -> Outcome {
    let stage = Stage::open().await?;
    stage.open_profile("acme production").await?;
    let app = stage.app.id()?;
    let (pages, sandboxes) = (family::called(app, WEB_PROCESS), family::called(app, "bwrap"));
    assert!(pages.len() >= 2 && sandboxes.len() >= pages.len(), "{pages:?} {sandboxes:?}");
    stage.close().await
}

#[tokio::test]
async fn a_killed_page_offers_a_reload_and_the_app_lives() -> Outcome {
    let stage = Stage::open().await?;
    let app = stage.app.id()?;
    let before = family::called(app, WEB_PROCESS);
    let page = stage.open_profile("acme production").await?;
    let of_the_page: Vec<u32> = wait_until("the page's process", Duration::from_secs(20), || {
        let new: Vec<u32> = family::called(app, WEB_PROCESS).difference(&before).copied().collect();
        Ok((!new.is_empty()).then_some(new))
    })?;
    family::kill(&of_the_page);
    stage.wait_for_tabs("a crashed tab", |tabs| (tabs[0]["state"] == "crashed").then_some(()))?;
    stage.hand().click(&Part::TestId("reload-page".to_owned())).await?;
    stage.shows("acme production", page.sequence()).await?;
    assert_eq!(stage.app.id()?, app);
    stage.close().await
}
