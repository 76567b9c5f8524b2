//! A page's process that ends takes nothing along but its page.

use std::collections::BTreeSet;
use std::time::Duration;

use sidelight_tests::Outcome;
use sidelight_tests::process::family;
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;

/// As the kernel cuts it.
const WEB_PROCESS: &str = "WebKitWebProces";

fn web_processes(app: u32) -> BTreeSet<u32> {
    family::descendants(app).into_iter().filter(|&id| family::name_of(id) == WEB_PROCESS).collect()
}

#[tokio::test]
async fn console_pages_run_in_the_sandbox() -> Outcome {
    let stage = Stage::open().await?;
    stage.open_profile("acme production").await?;
    let names: Vec<String> = family::descendants(stage.app.id()?).into_iter().map(family::name_of).collect();
    let pages = names.iter().filter(|name| *name == WEB_PROCESS).count();
    let sandboxes = names.iter().filter(|name| *name == "bwrap").count();
    assert!(pages >= 2 && sandboxes >= pages, "{names:?}");
    stage.close().await
}

#[tokio::test]
async fn a_killed_page_offers_a_reload_and_the_app_lives() -> Outcome {
    let stage = Stage::open().await?;
    let app = stage.app.id()?;
    let before = web_processes(app);
    let page = stage.open_profile("acme production").await?;
    let of_the_page: Vec<u32> = wait_until("the page's process", Duration::from_secs(20), || {
        let new: Vec<u32> = web_processes(app).difference(&before).copied().collect();
        Ok((!new.is_empty()).then_some(new))
    })?;
    family::kill(&of_the_page);
    stage.wait_for_tabs("a crashed tab", |tabs| (tabs[0]["state"] == "crashed").then_some(()))?;
    stage.hand().click(&Part::TestId("reload-page".to_owned())).await?;
    stage.shows("acme production", page.sequence()).await?;
    assert_eq!(stage.app.id()?, app);
    stage.close().await
}
