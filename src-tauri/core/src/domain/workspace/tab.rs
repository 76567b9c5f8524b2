//! Tab: one console page of one profile, where it stands and what it shows.
//!
//! Not where it is shown (`panes`). Grows with what a page tells of itself.

use std::fmt;

use jiff::Timestamp;
use url::Url;

use crate::domain::guard::Asked;
use crate::domain::link::{self, Loss};
use crate::domain::profile::Region;
use crate::domain::session::StoreId;

use super::OwnWindow;

/// A tab's id: random, so that a page that sees it learns nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TabId(String);

impl TabId {
    /// From a random word.
    #[must_use]
    pub fn new(random: String) -> Self {
        Self(random)
    }

    /// As the window and `side` spell it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TabId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// One console page of one profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Tab<Failure> {
    /// Its id.
    pub id: TabId,
    /// Whose console, and with which rights.
    pub store: StoreId,
    /// Where it stands.
    pub state: TabState<Failure>,
    /// What it shows, or shall show once signed in.
    pub page: Page,
    /// 1 is 100 %.
    pub zoom: f64,
    /// Since when no pane shows it; `None` while one does.
    pub hidden_since: Option<Timestamp>,
    /// What keeps it awake, as far as its page told when it was asked last, and when that was.
    pub kept_awake: Option<(Timestamp, Busy)>,
    /// When its page was asked whether it may sleep, where it has not answered yet.
    pub asked_to_rest: Option<Timestamp>,
    /// Nobody has touched it for as long as its guards allow: its page does not show.
    pub covered: bool,
    /// It came from the same page in another profile: what could not be taken along.
    pub losses: Vec<Loss>,
    /// Whether it stands in a window of its own.
    pub own_window: OwnWindow,
}

/// What a page does that sleep would break off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Busy {
    /// Something typed or chosen has not been sent yet.
    UnsavedInput,
    /// A file is on its way to AWS.
    Uploading,
    /// Sound or a picture in motion.
    Playing,
    /// An open connection, such as that of a shell.
    LiveConnection,
    /// A file is on its way to disk.
    Downloading,
}

/// Where a tab stands.
#[derive(Clone, Debug, PartialEq)]
pub enum TabState<Failure> {
    /// It waits for the profile's sign-in.
    SigningIn,
    /// A page is loading.
    Loading,
    /// A page is there.
    Live,
    /// Its page was let go; it comes back when it is looked at.
    Asleep,
    /// It waits for the user's word before it signs in.
    Held(Asked),
    /// The session behind it has ended.
    Expired,
    /// The page's process ended.
    Crashed,
    /// It could not be signed in or loaded.
    Failed(Failure),
}

/// What a tab shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Without tokens.
    pub url: Url,
    /// As the page says; empty while unknown.
    pub title: String,
    /// Its icon, as a `data:` URL.
    pub favicon: Option<String>,
    /// 0 to 1.
    pub progress: f64,
    /// A page to go back to.
    pub can_go_back: bool,
    /// A page to go forward to.
    pub can_go_forward: bool,
}

impl Page {
    /// Nothing known but the address.
    #[must_use]
    pub fn at(url: &Url) -> Self {
        Self {
            url: link::clean(url),
            title: String::new(),
            favicon: None,
            progress: 0.0,
            can_go_back: false,
            can_go_forward: false,
        }
    }

    /// The region that the address names.
    #[must_use]
    pub fn region(&self) -> Option<Region> {
        link::region(&self.url)
    }
}

impl<Failure> Tab<Failure> {
    /// As it is when it is new.
    #[must_use]
    pub fn new(id: TabId, store: StoreId, page: Page, state: TabState<Failure>) -> Self {
        Self {
            id,
            store,
            state,
            page,
            zoom: 1.0,
            hidden_since: None,
            kept_awake: None,
            asked_to_rest: None,
            covered: false,
            losses: Vec::new(),
            own_window: OwnWindow::No,
        }
    }

    /// Whether its webview has something to show (else the app's own words stand there).
    #[must_use]
    pub fn shows_its_page(&self) -> bool {
        matches!(self.state, TabState::Loading | TabState::Live)
    }
}
