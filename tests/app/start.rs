//! The app's start, seen by those who do not wait for it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use sidelight_tests::app::App;
use sidelight_tests::demo::DemoCloud;
use sidelight_tests::desktop::{Desktop, Furnishing};
use sidelight_tests::side::Side;
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome};

#[test]
fn of_two_apps_that_start_at_once_one_hands_over_to_the_other_and_ends_well() -> Outcome {
    let desktop = Desktop::start()?;
    let cloud = DemoCloud::start()?;
    cloud.watch_secrets(desktop.leaks());
    let side = Side::new(desktop.surroundings())?.watched_by(desktop.leaks());
    cloud.register(&side)?;
    let mut apps = [App::start(&desktop, &[])?, App::start(&desktop, &[])?];
    let ended = wait_until("one of the two to end", Duration::from_secs(60), || {
        for app in &mut apps {
            if let Some(status) = app.process().ended()? {
                return Ok(Some(status));
            }
        }
        Ok(None)
    })?;
    assert!(ended.success(), "{ended}");
    side.run(&["open", "acme staging"])?.success()?;
    cloud.wait_for_report("the console", 0, |report| report.is_visible())?;
    for folder in ["ui-store", "stores"] {
        let found = fs::metadata(desktop.sidelight_home().join(folder)).map_err(HarnessError::io("look at a store"))?;
        assert_eq!(found.permissions().mode() & 0o777, 0o700, "{folder}");
    }
    Ok(())
}

#[test]
fn without_a_display_the_app_and_side_say_so_and_change_nothing() -> Outcome {
    let desktop = Desktop::furnished(Furnishing { display: None, ..Furnishing::default() })?;
    let cloud = DemoCloud::start()?;
    cloud.watch_secrets(desktop.leaks());
    let side = Side::new(desktop.surroundings())?.watched_by(desktop.leaks());
    cloud.register(&side)?;
    let mut app = App::start(&desktop, &[])?;
    let ended = wait_until("the app to end", Duration::from_secs(60), || app.process().ended())?;
    assert_eq!(ended.code(), Some(1));
    let said = app.process().complaints();
    assert!(said.starts_with("There is no display to open a window on\nStart it in a desktop session"), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    let opened = side.run(&["open", "acme staging"])?;
    assert_eq!(opened.code, Some(1));
    assert!(opened.complaints.starts_with("error: There is no display to open a window on"), "{}", opened.complaints);
    assert_eq!(side.json(&["ls"])?.as_array().map(Vec::len), Some(3));
    Ok(())
}

#[tokio::test]
async fn damaged_files_of_the_window_are_told_of_and_its_tabs_come_back() -> Outcome {
    let stage = Stage::open().await?;
    stage.open_profile("acme staging").await?;
    // Each start keeps what it found whole.
    let stage = stage.restart().await?;
    let home = stage.desktop.sidelight_home();
    let stage = stage
        .restart_after(|_side| {
            for name in ["settings.toml", "workspace.toml"] {
                fs::write(home.join(name), "tab = [").map_err(HarnessError::io("damage a file"))?;
            }
            Ok(())
        })
        .await?;
    stage.wait_for_tabs("the tab of before", |tabs| {
        tabs.iter().any(|tab| tab["profile"] == "acme staging").then_some(())
    })?;
    let notices = Part::TestId("notices".to_owned());
    let told = ["settings.toml is damaged", "workspace.toml was damaged; its state of "];
    let are_told = |words: &str| told.iter().all(|told| words.contains(told));
    stage.hand().wait_for_text("what was damaged", &notices, are_told).await?;
    stage.close().await
}
