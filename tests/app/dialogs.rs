//! The desktop's own dialogs of files, over the app's window.

use std::path::Path;
use std::time::Duration;

use sidelight_tests::Outcome;
use sidelight_tests::screen::Modifier;
use sidelight_tests::stage::Stage;
use sidelight_tests::wait::wait_until;

const PATIENCE: Duration = Duration::from_secs(20);

/// A dialog that does not go by then had not come up when it was typed into.
const A_TRY: Duration = Duration::from_secs(3);

/// Windows of the app before it shows one.
pub struct Before(Vec<u32>);

impl Before {
    pub fn of(stage: &Stage) -> Outcome<Self> {
        Ok(Self(stage.screen.windows_of_process(stage.app.id()?)?))
    }

    /// Waits for the dialog, saves its picture, and answers it by a key.
    pub fn answer(&self, stage: &Stage, picture: &str, key: &str) -> Outcome {
        let dialog = self.dialog(stage)?;
        wait_until("the dialog to go", PATIENCE, || {
            if is_gone(stage, dialog)? {
                return Ok(Some(()));
            }
            // It may go in between, and takes no keys before it has come up altogether.
            if stage.screen.focus(dialog).is_ok() {
                save(stage, picture)?;
                stage.screen.press(key, &[])?;
            }
            Ok(None)
        })
    }

    /// Waits for the dialog, and answers it by a path that is typed into it.
    pub fn give(&self, stage: &Stage, picture: &str, path: &Path) -> Outcome {
        let dialog = self.dialog(stage)?;
        wait_until("the dialog to take the path", PATIENCE, || {
            if stage.screen.focus(dialog).is_ok() {
                // Its line for a path comes up by a slash, and takes no other key before it is there.
                stage.screen.press("/", &[])?;
                settled(stage)?;
                stage.screen.press("a", &[Modifier::Control])?;
                stage.screen.type_text(&path.display().to_string())?;
                save(stage, picture)?;
                stage.screen.press("Return", &[])?;
            }
            Ok(wait_until("the dialog to go", A_TRY, || Ok(is_gone(stage, dialog)?.then_some(()))).ok())
        })
    }

    fn dialog(&self, stage: &Stage) -> Outcome<u32> {
        let app = stage.app.id()?;
        wait_until("the desktop's dialog", PATIENCE, || {
            Ok(stage.screen.windows_of_process(app)?.into_iter().find(|window| !self.0.contains(window)))
        })
    }
}

fn is_gone(stage: &Stage, dialog: u32) -> Outcome<bool> {
    Ok(!stage.screen.windows_of_process(stage.app.id()?)?.contains(&dialog))
}

/// Waits until nothing moves on the screen any more.
fn settled(stage: &Stage) -> Outcome {
    let mut last = None;
    let mut same = 0;
    wait_until("a screen on which nothing moves", PATIENCE, || {
        let now = Some(stage.screen.picture()?);
        same = if now == last { same + 1 } else { 0 };
        last = now;
        Ok((same >= 5).then_some(()))
    })
}

fn save(stage: &Stage, picture: &str) -> Outcome {
    stage.screen.picture()?.save(&crate::looks::album()?.join(picture))
}
