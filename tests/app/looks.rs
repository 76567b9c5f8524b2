//! The window with few and with many profiles, in both looks and languages; pictures are kept under
//! `target/screens` for a person to look at.

use std::path::PathBuf;
use std::time::Duration;

use sidelight_tests::app::DrivenApp;
use sidelight_tests::binaries::workspace;
use sidelight_tests::demo::DemoCloud;
use sidelight_tests::desktop::{Desktop, Furnishing};
use sidelight_tests::screen::Screen;
use sidelight_tests::side::Side;
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome};

use crate::approved::insist_on_likeness;

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

struct Look {
    extra: usize,
    size: (u16, u16),
    theme: &'static str,
    language: &'static str,
}

async fn kept(look: &Look) -> Outcome {
    let desktop = Desktop::furnished(Furnishing { display: Some(look.size), ..Furnishing::default() })?;
    let cloud = DemoCloud::start_with(&["--extra-accounts", &look.extra.to_string()])?;
    cloud.watch_secrets(desktop.leaks());
    let side = Side::new(desktop.surroundings())?.watched_by(desktop.leaks());
    cloud.register(&side)?;
    let (width, height) = look.size;
    let settings = format!(
        "theme = \"{}\"\nlanguage = \"{}\"\n[window]\nx = 0.0\ny = 0.0\nwidth = {width}.0\nheight = {height}.0\n",
        look.theme, look.language
    );
    std::fs::write(desktop.sidelight_home().join("settings.toml"), settings)
        .map_err(HarnessError::io("set the look"))?;
    let screen: Screen = desktop.screen()?;
    let app = DrivenApp::start(&desktop, &[]).await?;
    let place = screen.place(app.window(&screen)?)?;
    assert_eq!((place.width, place.height), look.size, "the window's size was not restored");
    app.hand
        .wait_for("the language", async |hand| {
            let language = hand.run("return document.documentElement.lang", Vec::new()).await?;
            Ok((language == look.language).then_some(()))
        })
        .await?;

    let last = cloud.profiles().last().ok_or_else(|| HarnessError::missing("profiles"))?.clone();
    app.hand.fill(&Part::Filter, &last.name).await?;
    let before = cloud.last_report()?;
    app.hand.click(&Part::Profile(last.name.clone())).await?;
    cloud.wait_for_report("the last profile's console", before, |report| report.text("account") == last.account)?;
    app.hand.find(&Part::Filter).await?.send_keys(ESCAPE).await?;
    app.hand.find(&Part::Profile("acme production".to_owned())).await?;
    let profiles = look.extra + 3;
    let name = format!("{profiles}-{}-{}-{width}", look.theme, look.language);
    let live = |count: usize| {
        wait_until("all pages live", PATIENCE, || {
            let tabs = side.json(&["tabs"])?;
            let tabs = tabs.as_array().cloned().unwrap_or_default();
            Ok((tabs.len() == count && tabs.iter().all(|tab| tab["state"] == "live")).then_some(()))
        })
    };
    live(1)?;
    insist_on_likeness(&screen, &name)?;
    side.run(&["open", "acme production", "--service", "s3", "--beside"])?.success()?;
    live(2)?;
    insist_on_likeness(&screen, &format!("{name}-beside"))?;
    desktop.leaks().look_at("the window's markup", app.hand.markup().await?);
    app.close().await
}

#[tokio::test]
async fn seven_profiles_in_both_looks_and_languages() -> Outcome {
    for (theme, language) in [("light", "en"), ("dark", "ja")] {
        kept(&Look { extra: 4, size: (1280, 800), theme, language }).await?;
    }
    Ok(())
}

#[tokio::test]
async fn three_hundred_profiles_are_found_by_the_filter_and_opened() -> Outcome {
    kept(&Look { extra: 297, size: (2560, 1440), theme: "dark", language: "en" }).await
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
