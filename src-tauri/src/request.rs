//! What the UI may ask: one closed list, from which TypeScript is generated.
//!
//! Not what happens then (that is `sidelight_core::app::event`). Grows by a variant when the
//! window gets a new control.

mod bookmarks;
mod cue;
mod downloads;
mod drafts;
mod settings;

use secrecy::{SecretSlice, SecretString};
use serde::Deserialize;
use ts_rs::TS;

use crate::view::{ChosenBy, DrawerKind, EdgeView, ImportChoice, Language, RuleView, Surface, Theme, Tray};
pub use bookmarks::BookmarkWish;
pub use cue::Cue;
pub use downloads::{DownloadPlacesWish, DownloadWish};
pub use drafts::{PartitionDraft, ProfileDraft};
pub use settings::SwitchedSetting;

/// One wish of the user's.
#[derive(Debug, Deserialize, TS)]
#[serde(tag = "ask", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[ts(export_to = "view.ts")]
pub enum Request {
    /// Open a new tab of the profile; `service` empty for the console's home.
    OpenTab {
        profile: String,
        service: Option<String>,
        region: Option<String>,
        /// With ReadOnlyAccess as session policy; `None`: as the profile's guards say.
        read_only: Option<bool>,
        /// In the other pane, which is made where there is one only.
        beside: bool,
    },
    /// One of the user's own sites, in a tab of the profile that it belongs to.
    OpenSite {
        profile: String,
        site: String,
    },
    /// A new, empty pane at an edge of the focused one.
    Split {
        edge: EdgeView,
    },
    /// The pane goes, its tab stays open.
    ClosePane {
        pane: u32,
    },
    FocusPane {
        pane: u32,
    },
    /// The focused pane has all of the area, or gives it back.
    MaximisePane,
    /// The first neighbour's share of the two, 0 to 1.
    MoveDivider {
        split: u32,
        after: usize,
        share: f64,
    },
    /// All parts of the divider's split alike.
    EvenDivider {
        split: u32,
        after: usize,
    },
    /// Show a tab in a pane, or in a new one at its edge.
    PutTab {
        tab: String,
        pane: u32,
        edge: Option<EdgeView>,
    },
    /// A tab is being dragged, or no more: meanwhile no console covers what is drawn.
    Arrange {
        on: bool,
    },
    /// Do what an action of the table says, by its id.
    Act {
        action: String,
    },
    /// A chord is being recorded, or no more: meanwhile all keys go to the UI.
    RecordKeys {
        on: bool,
    },
    /// Give an action other keys, such as `Ctrl+Shift+T`; `None` gives it the table's own.
    Bind {
        action: String,
        keys: Option<Vec<String>>,
    },
    /// Open a drawer under the top bar, in place of another one.
    ShowDrawer {
        drawer: DrawerKind,
    },
    HideDrawer,
    /// Look for something in the switcher.
    Search {
        query: String,
    },
    /// Take a line of the switcher's answer, counted from 0.
    Choose {
        at: usize,
        by: ChosenBy,
    },
    /// Find a text in the focused pane's page; an empty one finds nothing.
    Find {
        text: String,
    },
    /// The next match, or the one before.
    FindStep {
        backwards: bool,
    },
    /// A tab that is held may sign in: a yes, or the profile's name as typed.
    ConfirmOpen {
        tab: String,
        name: Option<String>,
    },
    /// The tab's page with the other rights, in a tab of its own.
    OpenWithRights {
        tab: String,
        read_only: bool,
    },
    /// Take a linked pane along that asked first.
    FollowLinked {
        tab: String,
    },
    /// Show a covered page again.
    Uncover {
        tab: String,
    },
    /// Open a console address, an ARN, or another link, in the profile that fits.
    OpenLink {
        text: String,
    },
    /// Put a link to the tab's page into the clipboard, without tokens.
    CopyLink {
        tab: String,
    },
    /// Bookmark the tab's page for all profiles of its group, or forget that.
    ToggleBookmark {
        tab: String,
    },
    /// Something done with a bookmark.
    Bookmark {
        bookmark: String,
        #[serde(flatten)]
        wish: BookmarkWish,
    },
    /// Hide the names of all other clients than the focused pane's, or show them again.
    SetScreenShare {
        on: bool,
    },
    /// Rules in order, in place of those before; none brings the ready-made ones back.
    SetRules {
        rules: Vec<RuleView>,
    },
    /// Put the tabs to sleep that no pane shows, as far as their pages may.
    SleepOthers,
    /// How long a tab stays awake that no pane shows, in minutes; `None` for always.
    SetSleepAfter {
        minutes: Option<u16>,
    },
    /// A tab in a window of its own, or back in a pane.
    SetOwnWindow {
        tab: String,
        on: bool,
    },
    /// The icon in the tray.
    SetTray {
        tray: Tray,
    },
    /// Keep the panes as they are under a name.
    SaveLayout {
        name: String,
    },
    /// Arrange the panes as a layout says.
    OpenLayout {
        name: String,
    },
    RemoveLayout {
        name: String,
    },
    /// Navigation in one pane is followed in the others, or no more.
    LinkPanes,
    /// Open a page again that the profile showed, by its address below the console.
    OpenRecent {
        profile: String,
        page: String,
    },
    /// Show the profile's tab if it has one, else open one.
    ShowProfile {
        profile: String,
    },
    ShowTab {
        tab: String,
    },
    CloseTab {
        tab: String,
    },
    ReopenTab,
    GoBack {
        tab: String,
    },
    GoForward {
        tab: String,
    },
    /// Reload; a tab that failed, crashed or expired signs in again.
    Reload {
        tab: String,
    },
    StopLoading {
        tab: String,
    },
    Zoom {
        tab: String,
        step: ZoomStep,
    },
    SaveProfile {
        draft: Box<ProfileDraft>,
    },
    DuplicateProfile {
        profile: String,
    },
    RemoveProfile {
        profile: String,
    },
    UndoRemove {
        profile: String,
    },
    /// Put the profile into `group`, before another one or at the group's end.
    MoveProfile {
        profile: String,
        group: Option<String>,
        before: Option<String>,
    },
    TestProfile {
        profile: String,
    },
    /// The code that an MFA device shows.
    GiveMfaCode {
        device: String,
        #[ts(type = "string")]
        code: SecretString,
    },
    CancelMfa {
        device: String,
    },
    /// An MFA device's seed (base32, or an `otpauth://` link) into the keychain.
    KeepTotpSeed {
        device: String,
        #[ts(type = "string")]
        seed: SecretString,
    },
    /// The same from a QR picture (PNG or JPEG), in base64.
    KeepTotpPicture {
        device: String,
        #[serde(deserialize_with = "drafts::base64")]
        #[ts(type = "string")]
        picture: SecretSlice<u8>,
    },
    ForgetTotpSeed {
        device: String,
    },
    SignOut {
        profile: String,
    },
    SignOutAll,
    ForgetBrowserData {
        profile: String,
    },
    /// Sign in again, and go on with each tab on its own page.
    Renew {
        profile: String,
    },
    /// A setting on or off.
    Switch {
        setting: SwitchedSetting,
        on: bool,
    },
    /// Cover everything until the user has proved to be there.
    Lock,
    /// The lock's page is drawn.
    Covered,
    /// Let the system ask the user who they are.
    Unlock,
    /// Lock after that long without a hand on the window, in minutes; `None` for never.
    SetLockAfter {
        minutes: Option<u16>,
    },
    /// Sign in to an access portal where that is needed, and tell what it assigns.
    ListPortal {
        start_url: String,
        sso_region: String,
        partition: String,
        by_device_code: bool,
    },
    CancelPortal,
    /// Put the page to sign in at into the clipboard.
    CopyPortalLink,
    AddAssigned {
        rows: Vec<ImportChoice>,
    },
    /// Read `~/.aws`, and open the page on which one chooses.
    FindImports,
    Import {
        rows: Vec<ImportChoice>,
    },
    /// Import what a file holds, in base64: AWS's CSV of access keys, or Sidelight's own export.
    ImportFile {
        name: String,
        #[serde(deserialize_with = "drafts::base64")]
        #[ts(type = "string")]
        contents: SecretSlice<u8>,
    },
    SavePartition {
        draft: PartitionDraft,
    },
    RemovePartition {
        name: String,
    },
    /// Where downloads go, but for profiles with folders of their own.
    SetDownloadPlaces(DownloadPlacesWish),
    ChooseDownloadFolder {
        profile: String,
    },
    ForgetDownloadFolder {
        profile: String,
    },
    /// What the user wants of a download.
    Download {
        download: String,
        wish: DownloadWish,
    },
    /// All that have ended off the list; the files stay.
    ClearDownloads,
    DismissNotice {
        notice: String,
    },
    /// How much of the window's edges belongs to the UI around all panes, and how large the panes'
    /// area is, in CSS pixels.
    SetArea {
        insets: InsetsView,
        width: f64,
        height: f64,
    },
    /// How much of a pane's edges belongs to the UI, in CSS pixels; its console fills the rest.
    SetPaneInsets {
        pane: u32,
        insets: InsetsView,
    },
    Show {
        surface: Surface,
    },
    SetSidebarWidth {
        width: f64,
    },
    SetTheme {
        theme: Theme,
    },
    SetLanguage {
        language: Language,
    },
}

/// How much of an area's edges belongs to the UI, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, TS)]
#[ts(export_to = "view.ts")]
pub struct InsetsView {
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
    pub left: f64,
}

/// A step of the zoom.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum ZoomStep {
    In,
    Out,
    Reset,
}
