//! The icon in the tray: it brings the window back that was closed, and is not waited for where there is none.

use std::time::Duration;

use sidelight_tests::app::{APP, App};
use sidelight_tests::desktop::Desktop;
use sidelight_tests::screen::Screen;
use sidelight_tests::stage::Stage;
use sidelight_tests::tray::Tray;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome};

const PATIENCE: Duration = Duration::from_secs(30);

/// A machine where the user has chosen this for the tray.
fn machine(tray: &str) -> Outcome<Desktop> {
    let desktop = Desktop::start()?;
    let home = desktop.sidelight_home();
    std::fs::create_dir_all(&home).map_err(HarnessError::io("make the app's folder"))?;
    std::fs::write(home.join("settings.toml"), format!("tray = \"{tray}\"\n"))
        .map_err(HarnessError::io("write the settings"))?;
    Ok(desktop)
}

fn shows(screen: &Screen, wanted: bool) -> Outcome {
    let what = if wanted { "a window" } else { "no window" };
    wait_until(what, PATIENCE, || Ok((screen.windows_of_class(APP)?.is_empty() != wanted).then_some(())))
}

#[tokio::test]
async fn a_closed_window_leaves_the_icon_which_brings_it_back_with_a_profile() -> Outcome {
    let desktop = machine("stays")?;
    let tray = Tray::start(&desktop)?;
    let stage = Stage::open_on(desktop, &[]).await?;
    stage.open_profile("acme production").await?;
    stage.open_profile("acme staging").await?;
    tray.wait_for_line("STG · acme staging")?;
    assert_eq!(tray.tip()?, "Sidelight");
    assert!(!tray.pictures()?.is_empty());
    let all = ["Show Sidelight", "PROD · acme production", "STG · acme staging", "Downloads", "Lock", "Quit Sidelight"];
    assert_eq!(tray.menu()?, all);

    stage.screen.close(stage.app.window(&stage.screen)?)?;
    shows(&stage.screen, false)?;
    let before = stage.cloud.last_report()?;
    tray.choose("PROD · acme production")?;
    shows(&stage.screen, true)?;
    stage.shows("acme production", before).await?;

    stage.screen.close(stage.app.window(&stage.screen)?)?;
    shows(&stage.screen, false)?;
    tray.click()?;
    shows(&stage.screen, true)?;

    // Behind the lock it names nobody.
    tray.choose("Lock")?;
    wait_until("a menu that names nobody", PATIENCE, || {
        Ok((tray.menu()? == ["Show Sidelight", "Quit Sidelight"]).then_some(()))
    })?;
    stage.close().await
}

#[test]
fn an_app_that_starts_in_the_tray_shows_its_window_when_it_is_asked_for_and_quits_there() -> Outcome {
    let desktop = machine("starts")?;
    let (tray, screen) = (Tray::start(&desktop)?, desktop.screen()?);
    let mut app = App::start(&desktop, &[])?;
    tray.wait_for_line("Show Sidelight")?;
    assert!(screen.windows_of_class(APP)?.is_empty());
    tray.choose("Show Sidelight")?;
    shows(&screen, true)?;
    tray.choose("Quit Sidelight")?;
    let ended = wait_until("its end", PATIENCE, || app.process().ended())?;
    assert!(ended.success(), "{ended}");
    Ok(())
}

#[test]
fn a_link_is_asked_about_in_a_window_that_shows_though_the_app_starts_in_the_tray() -> Outcome {
    let desktop = machine("starts")?;
    let (_tray, screen) = (Tray::start(&desktop)?, desktop.screen()?);
    let _app = App::start(&desktop, &["sidelight:open?link=arn%3Aaws%3As3%3A%3A%3Areports"])?;
    shows(&screen, true)
}

#[test]
fn where_there_is_no_tray_the_window_comes_and_ends_the_app() -> Outcome {
    let (desktop, mut ended) = (machine("starts")?, None);
    let screen = desktop.screen()?;
    let mut app = App::start(&desktop, &[])?;
    let window = app.wait_for_window(&screen)?;
    // A second window can only be closed once it takes the message.
    wait_until("its end", PATIENCE, || {
        ended = app.process().ended()?;
        if ended.is_none() {
            screen.close(window)?;
        }
        Ok(ended.map(|_| ()))
    })?;
    assert!(ended.is_some_and(|status| status.success()), "{ended:?}");
    Ok(())
}
