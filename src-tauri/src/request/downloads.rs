//! What the UI may want of a download.

use serde::Deserialize;
use sidelight_core::app::event;
use ts_rs::TS;

/// What the user wants of a download.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum DownloadWish {
    /// Stop it, and keep nothing of it.
    Cancel,
    /// Stop it, and keep what has arrived.
    Pause,
    /// Go on, or begin again.
    Again,
    /// Open the file.
    Open,
    /// Show the file in the system's file browser.
    Show,
    /// Put its address into the clipboard, without what may let somebody in.
    CopyLink,
    /// Open the page that it was begun on.
    OpenPage,
    /// Take an ended one off the list; the file stays.
    Remove,
}

impl From<DownloadWish> for event::DownloadWish {
    fn from(wish: DownloadWish) -> Self {
        match wish {
            DownloadWish::Cancel => Self::Cancel,
            DownloadWish::Pause => Self::Pause,
            DownloadWish::Again => Self::Again,
            DownloadWish::Open => Self::Open,
            DownloadWish::Show => Self::Show,
            DownloadWish::CopyLink => Self::CopyLink,
            DownloadWish::OpenPage => Self::OpenPage,
            DownloadWish::Remove => Self::Remove,
        }
    }
}
