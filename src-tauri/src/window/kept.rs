//! What of the window comes back after a restart.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sidelight_core::app::error::Error;
use sidelight_core::app::settings::Settings;
use sidelight_core::app::state::State;
use sidelight_core::app::switcher::Frecency;
use sidelight_core::domain::download::Download;
use sidelight_core::domain::workspace::kept::Kept;

use crate::keeping::Keeping;

/// What is kept on disk of the window, shared with whoever ends the app.
#[derive(Clone)]
pub struct KeptWindow {
    /// Look, language, sizes.
    pub settings: Arc<Keeping<Settings>>,
    /// Tabs and panes.
    pub workspace: Arc<Keeping<Kept>>,
    /// What was chosen in the switcher.
    pub chosen: Arc<Keeping<Frecency>>,
    /// The list of downloads.
    pub downloads: Arc<Keeping<Vec<Arc<Download<Error>>>>>,
    /// Which change of that list was kept last.
    pub download_changes: Arc<AtomicU64>,
}

impl KeptWindow {
    /// Keeps what is new in it.
    pub fn keep(&self, state: &State) {
        self.settings.keep(&state.settings);
        // What has not come back yet must not be overwritten.
        if state.to_restore.is_none() {
            self.workspace.keep(&state.workspace.kept());
            self.chosen.keep(&state.frecency);
        }
        // It may be long, and how far each is changes all the time.
        if self.download_changes.swap(state.download_changes, Ordering::Relaxed) != state.download_changes {
            self.downloads.keep(&state.downloads);
        }
    }

    /// Waits until all of it is on disk.
    pub fn finish(&self) {
        self.settings.finish();
        self.workspace.finish();
        self.chosen.finish();
        self.downloads.finish();
    }
}
