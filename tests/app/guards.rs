//! A guarded profile in the real app: nothing of it opens before the user's word.

use sidelight_tests::screen::Modifier::{Control, Shift};
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::{HarnessError, Outcome};

use crate::panes::{click_into, panes};

fn part(id: &str) -> Part {
    Part::TestId(id.to_owned())
}

/// Gives every profile that production's rule marks these guards, as a user would in the book.
fn guard(stage: &Stage, guards: &str) -> Outcome {
    let path = stage.desktop.sidelight_home().join("profiles.toml");
    let book = stage.own_file("profiles.toml")?;
    let rule = format!("[[rule]]\non = \"name\"\npattern = \"production\"\nword = \"PROD\"\nguards = {{ {guards} }}\n");
    let (before, end) = book.rsplit_once("# end").ok_or_else(|| HarnessError::missing("the end of the book"))?;
    std::fs::write(&path, format!("{before}{rule}# end{end}")).map_err(HarnessError::io("write the book"))?;
    // Any change by `side` lets the app read the book again.
    stage.side.run(&["edit", "borealis", "--region", "eu-west-1"])?.success().map(drop)
}

#[tokio::test]
async fn full_rights_in_production_need_its_name_and_reading_does_not() -> Outcome {
    let stage = Stage::open().await?;
    guard(&stage, "read_only = true, type_name = true")?;
    let production = stage.profile("acme production")?.account.clone();
    stage.open_profile("acme production").await?;
    stage.wait_for_tabs("production, read-only", |tabs| {
        (tabs[0]["read_only"] == true && tabs[0]["state"] == "live").then_some(())
    })?;
    stage.hand().find(&part("read-only")).await?;

    let logins = stage.cloud.stats()?["logins"].as_u64();
    stage.hand().click(&part("full-rights")).await?;
    stage.hand().find(&part("held")).await?;
    assert_eq!(stage.cloud.stats()?["logins"].as_u64(), logins, "nobody signs in before the name is typed");
    stage.hand().fill(&part("confirm-name"), "acme staging").await?;
    stage.hand().click(&part("confirm-open")).await?;
    stage.wait_for_tabs("still held", |tabs| (tabs.len() == 2 && tabs[1]["state"] == "asleep").then_some(()))?;

    let before = stage.cloud.last_report()?;
    stage.hand().fill(&part("confirm-name"), "acme production").await?;
    stage.hand().click(&part("confirm-open")).await?;
    stage
        .cloud
        .wait_for_report("production with full rights", before, |report| report.text("account") == production)?;
    stage.wait_for_tabs("both kinds of session side by side in the strip", |tabs| {
        let rights: Vec<bool> = tabs.iter().filter_map(|tab| tab["read_only"].as_bool()).collect();
        (rights == [true, false] && tabs.iter().all(|tab| tab["state"] == "live")).then_some(())
    })?;
    assert_eq!(stage.cloud.stats()?["logins"].as_u64(), logins.map(|logins| logins + 1));
    let stores = std::fs::read_dir(stage.desktop.sidelight_home().join("stores"));
    let stores = stores.map_err(HarnessError::io("look at the stores"))?.flatten();
    let names: Vec<String> = stores.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(names.iter().filter(|name| name.ends_with(".read-only")).count(), 1, "{names:?}");
    assert_eq!(names.len(), 2, "{names:?}");
    stage.close().await
}

#[tokio::test]
async fn keys_are_not_for_the_page_beside_a_held_tab_also_when_the_window_comes_to_the_front() -> Outcome {
    let stage = Stage::open().await?;
    guard(&stage, "confirm_open = true")?;
    stage.open_profile("acme staging").await?;
    click_into(&stage, 0).await?;

    stage.screen.unfocus()?;
    stage.side.run(&["open", "acme production", "--beside"])?.success()?;
    stage.hand().find(&part("held")).await?;
    // As a window manager does.
    stage.screen.focus(stage.app.window(&stage.screen)?)?;
    stage.screen.press("w", &[Control, Shift])?;
    stage.wait_for_tabs("production out of sight", |tabs| {
        (panes(tabs) == [("acme staging".to_owned(), Some(1)), ("acme production".to_owned(), None)]).then_some(())
    })?;
    stage.close().await
}
