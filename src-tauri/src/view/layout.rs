//! What the UI is told of the window: its surface, its panes, and how it looks.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What fills the window, and how it looks.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct LayoutView {
    /// What takes the place right of the sidebar.
    pub surface: Surface,
    /// The focused pane's tab.
    pub active_tab: Option<String>,
    /// The panes in sight, in reading order; there is always one.
    pub panes: Vec<PaneView>,
    /// The lines between them.
    pub dividers: Vec<DividerView>,
    /// The pane that the keyboard's wishes go to.
    pub focused_pane: u32,
    /// The focused pane has all of the area for a moment.
    pub maximised: bool,
    /// Navigation in one pane is followed in the others.
    pub linked: bool,
    /// Saved layouts, by name.
    pub layouts: Vec<String>,
    /// How long a tab stays awake that no pane shows; `None` for always.
    pub sleep_after_minutes: Option<u16>,
    /// Pages have a banner with their mark.
    pub banner: bool,
    /// The system gives `sidelight:` links to this program.
    pub takes_links: bool,
    /// The icon in the tray.
    pub tray: Tray,
    /// This desktop shows none: the app ends with its window, whatever is set.
    pub lacks_tray: bool,
    /// A session is renewed before it ends.
    pub auto_renew: bool,
    /// The window is locked after that long without a hand on it; `None` for never.
    pub lock_after_minutes: Option<u16>,
    /// The window is locked when the machine sleeps.
    pub lock_on_sleep: bool,
    /// Where downloads go.
    pub downloads: DownloadPlacesView,
    /// Other clients' names are hidden.
    pub screen_share: Option<ScreenShareView>,
    /// A tab can have a window of its own here.
    pub has_own_windows: bool,
    /// A closed tab can be opened again.
    pub can_reopen: bool,
    /// Dark, light or as the system.
    pub theme: Theme,
    /// English, Japanese or as the system.
    pub language: Language,
    /// CSS pixels.
    pub sidebar_width: f64,
    /// The window's own words for shortcuts (`Ctrl` or `⌘`).
    pub platform: Platform,
    /// Changes of profiles are refused (the book comes from a newer Sidelight).
    pub read_only_book: bool,
}

/// What takes the place right of the sidebar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "page", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[ts(export_to = "view.ts")]
pub enum Surface {
    /// The active tab's console (or the start page, while there is no tab).
    Console,
    /// The list of downloads.
    Downloads,
    /// The form of a profile; `None` for a new one.
    ProfileEditor {
        /// Which.
        profile: Option<String>,
    },
    /// Own partitions.
    Partitions,
    /// What can be imported.
    Import,
    /// What an access portal assigns.
    IdentityCenter,
    /// What is signed in.
    Sessions,
    /// The keyboard shortcuts.
    Shortcuts,
    /// The rules that give marks.
    Rules,
    /// The bookmarks.
    Bookmarks,
    /// Look and language.
    Settings,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum Tray {
    Off,
    #[default]
    Shows,
    Stays,
    Starts,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum Language {
    #[default]
    System,
    En,
    Ja,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum Platform {
    Linux,
    Macos,
    Windows,
}

/// A visible place for a tab; its place in shares of the area, 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct PaneView {
    /// Its number, as `side tabs --json` says it.
    pub id: u32,
    /// What it shows.
    pub tab: Option<String>,
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

/// A line between two neighbours.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct DividerView {
    /// The split's number.
    pub split: u32,
    /// Behind which of its parts.
    pub after: usize,
    /// A row's divider stands upright.
    pub way: WayView,
    /// The first neighbour's share of the two.
    pub share: f64,
    /// Both neighbours together, in shares of the area.
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

/// How a split divides its area.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum WayView {
    Row,
    Column,
}

/// A side of a pane.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum EdgeView {
    Left,
    Right,
    Top,
    Bottom,
}

/// Whose names still show while others are hidden.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct ScreenShareView {
    /// The group, or where there is none, the profile; `None` where all are hidden.
    pub shown: Option<String>,
    /// How many profiles are hidden.
    pub hidden: usize,
}

/// Something that can be asked for by a key or by name.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct ActionView {
    /// Never changes.
    pub id: String,
    pub section: SectionView,
    /// In English.
    pub en: String,
    /// In Japanese.
    pub ja: String,
    /// Its keys, such as `Ctrl+Shift+T`.
    pub keys: Vec<String>,
    /// The user has bound them.
    pub is_own: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum SectionView {
    Profiles,
    Tabs,
    Panes,
    Page,
    Window,
}

/// Where downloads go.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct DownloadPlacesView {
    /// The system's folder for downloads.
    pub home: String,
    /// Into a folder by the profile's name, in it.
    pub by_profile: bool,
    /// The user is asked each time.
    pub asks: bool,
    /// Files get the time of their last change on the server.
    pub keep_time: bool,
    /// In bytes a second, all together; `None` for no limit.
    pub limit: Option<u32>,
    /// Folders of some profiles' own, by the profiles' ids.
    pub folders: BTreeMap<String, String>,
}
