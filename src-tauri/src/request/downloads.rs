//! What the UI may want of a download.

use serde::Deserialize;
use sidelight_core::app::event;
use sidelight_core::app::settings::Bandwidth;
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
    /// Replace the object that is there already.
    Replace,
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

/// Where downloads go, but for profiles with folders of their own, and how fast.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct DownloadPlacesWish {
    /// Into a folder by the profile's name.
    pub by_profile: bool,
    /// The user is asked each time.
    pub asks: bool,
    /// Files get the time of their last change on the server.
    pub keep_time: bool,
    /// In bytes a second, all together; `None` for no limit.
    pub limit: Option<u32>,
}

impl From<DownloadPlacesWish> for event::Wish {
    fn from(wish: DownloadPlacesWish) -> Self {
        let DownloadPlacesWish { by_profile, asks, keep_time, limit } = wish;
        Self::SetDownloadPlaces { by_profile, asks, keep_time, limit: limit.map(Bandwidth::of) }
    }
}

impl From<DownloadWish> for event::DownloadWish {
    fn from(wish: DownloadWish) -> Self {
        match wish {
            DownloadWish::Cancel => Self::Cancel,
            DownloadWish::Pause => Self::Pause,
            DownloadWish::Again => Self::Again,
            DownloadWish::Replace => Self::Replace,
            DownloadWish::Open => Self::Open,
            DownloadWish::Show => Self::Show,
            DownloadWish::CopyLink => Self::CopyLink,
            DownloadWish::OpenPage => Self::OpenPage,
            DownloadWish::Remove => Self::Remove,
        }
    }
}
