//! The desktop's own dialogs of files, over the app's window.

use std::time::Duration;

use sidelight_tests::Outcome;
use sidelight_tests::stage::Stage;
use sidelight_tests::wait::wait_until;

const PATIENCE: Duration = Duration::from_secs(20);

/// Windows of the app before it shows one.
pub struct Before(Vec<u32>);

impl Before {
    pub fn of(stage: &Stage) -> Outcome<Self> {
        Ok(Self(stage.screen.windows_of_process(stage.app.id()?)?))
    }

    /// Waits for the dialog, saves its picture, and answers it by a key.
    pub fn answer(&self, stage: &Stage, picture: &str, key: &str) -> Outcome {
        let app = stage.app.id()?;
        let dialog = wait_until("the desktop's dialog", PATIENCE, || {
            Ok(stage.screen.windows_of_process(app)?.into_iter().find(|window| !self.0.contains(window)))
        })?;
        wait_until("the dialog to go", PATIENCE, || {
            if !stage.screen.windows_of_process(app)?.contains(&dialog) {
                return Ok(Some(()));
            }
            // It may go in between, and takes no keys before it has come up altogether.
            if stage.screen.focus(dialog).is_ok() {
                stage.screen.picture()?.save(&crate::looks::album()?.join(picture))?;
                stage.screen.press(key, &[])?;
            }
            Ok(None)
        })
    }
}
