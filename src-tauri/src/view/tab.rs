//! What the UI is told of a tab.

use serde::Serialize;
use ts_rs::TS;

use super::{EndView, ErrorView, HeldView, MarkView, ReasonView};

/// One console page of one profile.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct TabView {
    /// Stable while it is open.
    pub id: String,
    /// Whose console.
    pub profile: String,
    /// Shown in the header: the app's word, no page can change it.
    pub profile_name: String,
    /// The profile's group.
    pub group: Option<String>,
    /// The profile's mark.
    pub mark: MarkView,
    /// Why it has this mark.
    pub reason: ReasonView,
    /// Another client's, while the screen is shared: nothing of it is told, and its page does not show.
    pub is_hidden: bool,
    /// Twelve digits, once known.
    pub account: Option<String>,
    /// e.g. `role/Admin`, once signed in.
    pub identity: Option<String>,
    /// The region that the page's address names, else the profile's.
    pub region: String,
    /// As the page says (text only, at most 200 characters); empty while unknown.
    pub title: String,
    /// A `data:` URL, made by the app from the page's icon.
    pub favicon: Option<String>,
    /// Host of the page, always shown.
    pub host: String,
    /// Path of the page, without anything that could be a token.
    pub path: String,
    /// Only reading is allowed in it.
    pub read_only: bool,
    /// The pane that has it; `None` while it is in the strip only.
    pub pane: Option<u32>,
    /// It stands in a window of its own.
    pub own_window: bool,
    /// Where it stands.
    pub state: TabState,
    /// It has not signed in yet: what it waits for. Its state is then `asleep`.
    pub held: Option<HeldView>,
    /// Its page is covered, since nobody has touched it for long; the state is the page's.
    pub covered: bool,
    /// The user has bookmarked its page.
    pub bookmarked: bool,
    /// `s3://BUCKET/KEY` of what its page shows, where it is a page of S3's.
    pub s3: Option<String>,
    /// It came from the same page in another profile: what could not be taken along. Empty once it goes on.
    pub losses: Vec<LossView>,
    /// What its page was busy with when it should have slept.
    pub kept_awake: Option<BusyView>,
    /// 0 to 1 while loading.
    pub progress: f64,
    /// A page to go back to.
    pub can_go_back: bool,
    /// A page to go forward to.
    pub can_go_forward: bool,
    /// 1 is 100 %.
    pub zoom: f64,
    /// Milliseconds since 1970, once signed in.
    pub ends_at: Option<f64>,
    /// Why then.
    pub end: Option<EndView>,
    /// Why it failed or crashed.
    pub error: Option<ErrorView>,
}

/// Why a page is not quite the same in another profile.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "loss", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[ts(export_to = "view.ts")]
pub enum LossView {
    /// Made by AWS, it is of one account only: the list shows.
    GeneratedId { id: String },
    /// A name that only one account in the world can have: the list shows.
    UniqueName { name: String },
    /// The other account is not known yet.
    Account,
    /// The other partition lacks the region.
    Region { wanted: String },
    /// No page of a console: the home shows.
    NoConsole,
}

/// What a page does that sleep would break off.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum BusyView {
    UnsavedInput,
    Uploading,
    Playing,
    LiveConnection,
    Downloading,
}

/// Where a tab stands; the words of `side tabs --json`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum TabState {
    /// Credentials and a sign-in URL are being asked for.
    SigningIn,
    /// A page is loading.
    Loading,
    /// A page is there.
    Live,
    /// Its page was let go to save memory.
    Asleep,
    /// The session behind it has ended.
    Expired,
    /// The page's process ended.
    Crashed,
    /// It could not be signed in or loaded.
    Failed,
}
