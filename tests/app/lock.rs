//! A locked window in the real app: nothing of any client shows, and the real keychain opens it.

use std::time::Duration;

use sidelight_tests::desktop::Desktop;
use sidelight_tests::logind::Logind;
use sidelight_tests::screen::Picture;
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome};

use crate::colours::{RED, colour};
use crate::looks::album;

const PATIENCE: Duration = Duration::from_secs(30);

fn part(id: &str) -> Part {
    Part::TestId(id.to_owned())
}

fn shows_red(picture: &Picture) -> bool {
    let (width, height) = picture.size();
    (0..height).step_by(2).any(|y| (0..width).step_by(2).any(|x| colour(picture, x, y) == Some(RED)))
}

fn wait_for_picture(stage: &Stage, what: &str, name: &str, wanted: impl Fn(&Picture) -> bool) -> Outcome {
    wait_until(what, PATIENCE, || {
        let picture = stage.screen.picture()?;
        picture.save(&album()?.join(name))?;
        Ok(wanted(&picture).then_some(()))
    })
}

#[tokio::test]
async fn a_machine_that_goes_to_sleep_finds_everything_covered_and_only_the_keychain_opens_it() -> Outcome {
    let desktop = Desktop::start()?;
    let settings = desktop.sidelight_home().join("settings.toml");
    std::fs::create_dir_all(desktop.sidelight_home()).map_err(HarnessError::io("make Sidelight's folder"))?;
    std::fs::write(&settings, "lock_on_sleep = true\n").map_err(HarnessError::io("write the settings"))?;
    let logind = Logind::start(&desktop)?;
    let screen = desktop.screen()?;
    let mut stage = Stage::open_on(desktop, &[]).await?;
    stage.open_profile("acme production").await?;
    stage.side.run(&["open", "acme production", "--new-window"])?.success()?;
    stage.wait_for_tabs("one in a pane, one in its own window", |tabs| {
        let live = tabs.iter().all(|tab| tab["state"] == "live");
        (tabs.len() == 2 && live && tabs[1]["pane"].is_null()).then_some(())
    })?;
    wait_for_picture(&stage, "production's mark", "before-the-lock.png", shows_red)?;
    let logins = stage.cloud.stats()?["logins"].as_u64();

    logind.sleep()?;
    // Handed to the screen: a frame on, it is there.
    wait_for_picture(&stage, "no mark on a screen that sleeps", "asleep.png", |picture| !shows_red(picture))?;
    logind.wake()?;
    stage.hand().find(&part("lock-page")).await?;
    wait_for_picture(&stage, "no mark on the whole screen", "locked.png", |picture| !shows_red(picture))?;
    let markup = stage.hand().markup().await?;
    for named in ["acme", "borealis", &stage.profile("acme production")?.account] {
        assert!(!markup.contains(named), "{named} is in the locked window");
    }
    let titles = stage.screen.titles()?;
    assert!(!titles.iter().any(|title| title.contains("acme")), "{titles:?}");
    assert_eq!(stage.desktop.keyring()?.locked()?, Some(true));
    for asked in [["tabs", "--json"].as_slice(), &["open", "acme staging"]] {
        let refused = stage.side.run(asked)?;
        assert_eq!(refused.code, Some(5), "{asked:?}: {}", refused.complaints);
        assert!(refused.complaints.contains("locked"), "{asked:?}: {}", refused.complaints);
    }

    let dialogs = stage.desktop.keyring()?.show_dialogs()?;
    // Whose own window had the keyboard before.
    screen.focus(stage.app.window(&screen)?)?;
    screen.press("Return", &[])?;
    stage.desktop.keyring()?.dismiss_dialog(&screen)?;
    stage
        .hand()
        .wait_for_text("that it stays locked", &part("lock-page"), |text| text.contains("keychain is locked"))
        .await?;
    wait_for_picture(&stage, "still no mark", "still-locked.png", |picture| !shows_red(picture))?;

    stage.hand().click(&part("unlock")).await?;
    stage.desktop.keyring()?.answer_dialog(&screen)?;
    wait_for_picture(&stage, "production's mark again", "unlocked.png", shows_red)?;
    stage.wait_for_tabs("both as they were", |tabs| {
        let live = tabs.iter().all(|tab| tab["state"] == "live");
        (tabs.len() == 2 && live && !tabs[0]["pane"].is_null() && tabs[1]["pane"].is_null()).then_some(())
    })?;
    drop(dialogs);
    assert_eq!(stage.cloud.stats()?["logins"].as_u64(), logins, "the consoles' own sessions went on");
    stage.close().await
}
