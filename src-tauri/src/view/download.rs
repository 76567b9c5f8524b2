//! What the UI is told of downloads, and of copies from S3 and to it.

use std::sync::Arc;

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
    /// Whose: the profile's id.
    pub profile: String,
    /// And its name.
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
    /// Its address, without what may let somebody in.
    pub link: Option<String>,
    /// It goes to S3, from this machine.
    pub uploads: bool,
    /// How many files of how many, where it is a folder.
    pub files: Option<FilesView>,
    /// The page that it was begun on can be opened.
    pub has_page: bool,
    /// It can stop for a while.
    pub can_pause: bool,
    /// Whether it can be asked for again.
    pub again: AgainView,
    /// Its place among those that wait for its host, from 1.
    pub place: Option<u32>,
    /// Milliseconds since 1970.
    pub started_at: f64,
    /// Where it stands.
    pub state: DownloadState,
    /// Why it failed, or waits.
    pub error: Option<ErrorView>,
}

/// How far a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct FilesView {
    /// That are there.
    pub done: f64,
    /// That are known of.
    pub all: f64,
}

/// How the list of downloads differs from what was last sent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct DownloadsChange {
    /// The ids of those that are not in it any more.
    pub gone: Vec<String>,
    /// Those that are new, from above.
    pub added: Vec<AddedDownload>,
    /// Those that differ.
    pub changed: Vec<Arc<DownloadView>>,
}

/// A row that is new in the list.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct AddedDownload {
    /// How many are above it in the list as it is then.
    pub place: u32,
    /// The row.
    pub row: Arc<DownloadView>,
}

/// Whether a download can be asked for again.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum AgainView {
    /// Only its page can.
    Never,
    /// From its beginning.
    Anew,
    /// From where it stopped.
    Onward,
}

/// Where a download stands; the words of `side downloads --json`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum DownloadState {
    Queued,
    Running,
    Paused,
    Done,
    Failed,
    Cancelled,
}
