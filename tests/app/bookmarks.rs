//! A page that the user named: changed, found by its new name in another account, removed and taken back.

use std::time::Duration;

use sidelight_tests::Outcome;
use sidelight_tests::screen::Modifier::Control;
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;

fn id(name: &str) -> Part {
    Part::TestId(name.to_owned())
}

/// Waits until the book on disk says so.
fn book(stage: &Stage, what: &str, wanted: impl Fn(&str) -> bool) -> Outcome {
    wait_until(what, Duration::from_secs(20), || Ok(wanted(&stage.own_file("profiles.toml")?).then_some(())))
}

#[tokio::test]
async fn a_bookmark_is_found_by_its_new_name_in_another_account_and_comes_back_after_its_removal() -> Outcome {
    let stage = Stage::open().await?;
    stage.open_profile("acme production").await?;
    stage.open_page("acme production", "/s3/buckets?region=eu-central-1")?;
    stage.screen.press("d", &[Control])?;
    book(&stage, "the bookmark", |book| book.contains("[[bookmark]]"))?;

    stage.hand().click(&id("settings-button")).await?;
    stage.hand().click(&id("bookmarks-button")).await?;
    stage.hand().click(&id("edit-bookmark")).await?;
    stage.hand().fill(&Part::Name("name".to_owned()), "Quarterly figures").await?;
    stage.hand().click(&id("save-bookmark")).await?;
    book(&stage, "its new name", |book| book.contains("name = \"Quarterly figures\""))?;

    stage.screen.press("k", &[Control])?;
    stage.has_the_keyboard("switcher-field").await?;
    stage.screen.type_text("quarterly staging")?;
    stage.screen.press("Return", &[])?;
    stage.wait_for_page_in_sight("acme staging", "/s3/buckets")?;

    stage.hand().click(&id("settings-button")).await?;
    stage.hand().click(&id("bookmarks-button")).await?;
    stage.hand().click(&id("remove-bookmark")).await?;
    book(&stage, "the removal", |book| !book.contains("[[bookmark]]"))?;
    stage.hand().click(&id("undo")).await?;
    book(&stage, "the bookmark again", |book| book.contains("name = \"Quarterly figures\""))?;
    stage.close().await
}
