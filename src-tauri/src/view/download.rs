//! What the UI is told of downloads.

use serde::Serialize;
use ts_rs::TS;

use super::{ErrorView, MarkView};

/// One file on its way from a tab to disk.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct DownloadView {
    /// Stable.
    pub id: String,
    /// Whose.
    pub profile_name: String,
    /// The profile's mark.
    pub mark: MarkView,
    /// The file's name on disk.
    pub name: String,
    /// The folder it goes to.
    pub folder: String,
    /// Where it comes from.
    pub host: String,
    /// Arrived so far.
    pub bytes: f64,
    /// `None` where the server does not say.
    pub total: Option<f64>,
    /// Bytes a second, while running.
    pub speed: Option<f64>,
    /// Milliseconds since 1970.
    pub started_at: f64,
    /// Where it stands.
    pub state: DownloadState,
    /// Why it failed.
    pub error: Option<ErrorView>,
}

/// Where a download stands; the words of `side downloads --json`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
#[expect(dead_code, reason = "the words of the contract; nothing queues or pauses yet")]
pub enum DownloadState {
    Queued,
    Running,
    Paused,
    Done,
    Failed,
    Cancelled,
}
