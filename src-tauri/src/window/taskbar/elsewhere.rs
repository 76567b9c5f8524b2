//! macOS and Windows: Tauri draws it, on the dock's icon and on the taskbar's button.

use tauri::WebviewWindow;
use tauri::window::{ProgressBarState, ProgressBarStatus};

/// The app's icon.
#[derive(Default)]
pub struct Taskbar;

impl Taskbar {
    /// Shows this; nothing where nothing comes.
    #[expect(clippy::unused_self, reason = "on Linux there is something behind it")]
    pub fn show(&self, window: &WebviewWindow, percent: Option<u8>) {
        let status = percent.map_or(ProgressBarStatus::None, |_| ProgressBarStatus::Normal);
        let state = ProgressBarState { status: Some(status), progress: percent.map(u64::from) };
        if let Err(error) = window.set_progress_bar(state) {
            tracing::info!(%error, "the taskbar does not show how far downloads are");
        }
    }
}
