//! The window with few and with many profiles, in both looks and languages; pictures are kept under
//! `target/screens` for a person to look at.

use std::path::PathBuf;
use std::time::Duration;

use sidelight_tests::app::DrivenApp;
use sidelight_tests::binaries::workspace;
use sidelight_tests::demo::{DemoCloud, DemoProfile};
use sidelight_tests::desktop::{Desktop, Furnishing};
use sidelight_tests::screen::Screen;
use sidelight_tests::side::Side;
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome};

use crate::approved::{insist_on_likeness, keep};

/// Where pictures are kept.
pub fn album() -> Outcome<PathBuf> {
    let folder = workspace().join("target").join("screens");
    std::fs::create_dir_all(&folder).map_err(HarnessError::io("make the folder for pictures"))?;
    Ok(folder)
}

/// How long pages may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// As WebDriver spells the key.
const ESCAPE: &str = "\u{e00c}";

/// Both looks in both languages.
const LOOKS: [(&str, &str); 4] = [("light", "en"), ("light", "ja"), ("dark", "en"), ("dark", "ja")];

/// The window with so many profiles, the last one's console open, in each look. In the `approved` ones it must look
/// as it did, also with production beside.
async fn kept(profiles: usize, size: (u16, u16), approved: &[(&str, &str)]) -> Outcome {
    let desktop = Desktop::furnished(Furnishing { display: Some(size), ..Furnishing::default() })?;
    let cloud = DemoCloud::start_with(&["--extra-accounts", &profiles.saturating_sub(3).to_string()])?;
    cloud.watch_secrets(desktop.leaks());
    let side = Side::new(desktop.surroundings())?.watched_by(desktop.leaks());
    cloud.register_partition(&side)?;
    let registered: Vec<&DemoProfile> = cloud.profiles().take(profiles).collect();
    registered.iter().try_for_each(|profile| cloud.register_profile(&side, profile))?;
    let last = registered.last().ok_or_else(|| HarnessError::missing("profiles"))?;
    let screen = desktop.screen()?;
    for look in LOOKS {
        let app = start_in(&desktop, &screen, size, look).await?;
        let before = cloud.last_report()?;
        app.hand.fill(&Part::Filter, &last.name).await?;
        app.hand.click(&Part::Profile(last.name.clone())).await?;
        cloud.wait_for_report("the last profile's console", before, |report| report.text("account") == last.account)?;
        app.hand.find(&Part::Filter).await?.send_keys(ESCAPE).await?;
        app.hand.find(&Part::Profile("acme production".to_owned())).await?;
        wait_for_live(&side, 1)?;
        let (theme, language) = look;
        let name = format!("{profiles}-{theme}-{language}-{}", size.0);
        if approved.contains(&look) {
            insist_on_likeness(&screen, &name)?;
            side.run(&["open", "acme production", "--service", "s3", "--beside"])?.success()?;
            wait_for_live(&side, 2)?;
            insist_on_likeness(&screen, &format!("{name}-beside"))?;
        } else {
            keep(&screen, &name)?;
        }
        desktop.leaks().look_at("the window's markup", app.hand.markup().await?);
        app.close().await?;
        // The next one starts without tabs.
        std::fs::remove_file(desktop.sidelight_home().join("workspace.toml"))
            .map_err(HarnessError::io("forget the tabs"))?;
    }
    Ok(())
}

async fn start_in(
    desktop: &Desktop,
    screen: &Screen,
    (width, height): (u16, u16),
    (theme, language): (&str, &str),
) -> Outcome<DrivenApp> {
    let settings = format!(
        "theme = \"{theme}\"\nlanguage = \"{language}\"\n[window]\nx = 0.0\ny = 0.0\nwidth = {width}.0\nheight = {height}.0\n"
    );
    std::fs::write(desktop.sidelight_home().join("settings.toml"), settings)
        .map_err(HarnessError::io("set the look"))?;
    let app = DrivenApp::start(desktop, &[]).await?;
    let window = app.window(screen)?;
    let place = screen.place(window)?;
    assert_eq!((place.width, place.height), (width, height), "the window's size was not restored");
    screen.focus(window)?;
    app.hand
        .wait_for("the language", async |hand| {
            let spoken = hand.run("return document.documentElement.lang", Vec::new()).await?;
            Ok((spoken == language).then_some(()))
        })
        .await?;
    Ok(app)
}

fn wait_for_live(side: &Side, count: usize) -> Outcome {
    wait_until("all pages live", PATIENCE, || {
        let tabs = side.json(&["tabs"])?;
        let tabs = tabs.as_array().cloned().unwrap_or_default();
        Ok((tabs.len() == count && tabs.iter().all(|tab| tab["state"] == "live")).then_some(()))
    })
}

#[tokio::test]
async fn one_profile_in_both_looks_and_languages() -> Outcome {
    kept(1, (1280, 800), &[]).await
}

#[tokio::test]
async fn seven_profiles_in_both_looks_and_languages() -> Outcome {
    kept(7, (1280, 800), &[("light", "en"), ("dark", "ja")]).await
}

#[tokio::test]
async fn three_hundred_profiles_are_found_by_the_filter_and_opened() -> Outcome {
    kept(300, (2560, 1440), &[("dark", "en")]).await
}

#[tokio::test]
async fn a_window_comes_back_as_it_was_left() -> Outcome {
    let stage = Stage::open().await?;
    let window = stage.app.window(&stage.screen)?;
    let mut place = stage.screen.place(window)?;
    (place.width, place.height) = (1010, 640);
    stage.screen.set_place(window, place)?;
    stage
        .hand()
        .wait_for("the new size in the window", async |hand| {
            Ok((hand.run("return innerWidth", Vec::new()).await? == 1010).then_some(()))
        })
        .await?;
    let stage = stage.restart().await?;
    let place = stage.screen.place(stage.app.window(&stage.screen)?)?;
    assert_eq!((place.width, place.height), (1010, 640));
    stage.close().await
}

#[tokio::test]
async fn side_open_starts_the_app_and_speaks_to_it_afterwards() -> Outcome {
    let desktop = Desktop::start()?;
    let cloud = DemoCloud::start()?;
    cloud.watch_secrets(desktop.leaks());
    let side = Side::new(desktop.surroundings())?.watched_by(desktop.leaks());
    cloud.register(&side)?;
    side.run(&["open", "acme production", "--service", "s3"])?.success()?;
    cloud.wait_for_report("the buckets", 0, |report| report.text("path").starts_with("/s3/"))?;
    side.run(&["open", "acme staging"])?.success()?;
    let tabs = side.json(&["tabs"])?;
    assert_eq!(tabs.as_array().map(Vec::len), Some(2), "{tabs}");
    Ok(())
}
