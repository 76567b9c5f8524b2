//! State: all that the loop owns.
//!
//! Not how it changes (the files beside this one) and not how it looks (the shell's `view`).
//! Grows with what the app must remember.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::downloads::{Carriers, HeldUp};
use super::drawer::Drawer;
use super::error::Error;
use super::guards;
use super::import::Importing;
use super::lock::{self, Lock};
use super::mfa::WaitingForCode;
use super::portals::Listing;
use super::ports::FoundInAws;
use super::renewal::{self, Renewal};
use super::sessions::{SessionState, TestState};
use super::settings::{Settings, Tray};
use super::sign_out::{self, SigningOut};
use super::sleep;
use super::switcher::Frecency;
use crate::domain::book::{Book, RemovedProfile};
use crate::domain::bookmark::{Bookmark, BookmarkId};
use crate::domain::download::{Download, DownloadId, DownloadIds};
use crate::domain::link::Carried;
use crate::domain::navigation::Reach;
use crate::domain::partition::Partition;
use crate::domain::profile::{Profile, ProfileId};
use crate::domain::session::StoreId;
use crate::domain::workspace::kept::Kept;
use crate::domain::workspace::panes::{PaneId, Rect};
use crate::domain::workspace::{Tab, TabId, Workspace};

/// How long a removed profile can be brought back.
pub const UNDO: SignedDuration = SignedDuration::from_mins(5);

/// How long a notice stays that asks for nothing.
const NOTICE: SignedDuration = SignedDuration::from_secs(12);

/// How long one stays that offers something.
const ASKS: SignedDuration = SignedDuration::from_mins(1);

/// All that the loop owns.
#[derive(Debug, Default)]
pub struct State {
    /// Profiles and partitions.
    pub book: Arc<Book>,
    /// Why the book is not changed, if so.
    pub read_only_book: Option<Error>,
    /// Tabs.
    pub workspace: Workspace<Error>,
    /// Who is signed in, or about to be.
    pub sessions: HashMap<StoreId, SessionState>,
    /// Where tabs shall go whose user signs in by hand.
    pub by_hand: HashMap<TabId, Url>,
    /// Sessions whose user was told that they end soon, with the end that was told.
    pub warned: HashMap<StoreId, Timestamp>,
    /// Sessions that were renewed by themselves, or should have been, with the end that it was for.
    pub renewed_for: HashMap<StoreId, Timestamp>,
    /// Renewals under way.
    pub renewals: HashMap<StoreId, Renewal>,
    /// Tabs whose pages went with a sign-out.
    pub signed_out: HashSet<TabId>,
    /// Hidden pages that sign stores out.
    pub signing_out: HashMap<TabId, SigningOut>,
    /// Tabs at the federation endpoint itself.
    pub at_sign_in: HashSet<TabId>,
    /// Stores that were signed out because the endpoint took no link, once for each sign-in.
    pub refused: HashSet<StoreId>,
    /// Codes that sign-ins wait for, oldest first.
    pub codes: Vec<WaitingForCode>,
    /// What `~/.aws` holds; `None` until it was read.
    pub aws: Option<FoundInAws>,
    /// The access portal that is looked at.
    pub listing: Option<Listing>,
    /// What is being imported.
    pub importing: Option<Importing>,
    /// What tests found.
    pub tests: HashMap<ProfileId, TestState>,
    /// Newest first.
    pub downloads: Vec<Arc<Download<Error>>>,
    /// Gives those that come their ids; the shell does so too.
    pub download_ids: DownloadIds,
    /// Counts what changes in the list, but for how far each is.
    pub download_changes: u64,
    /// How those are carried that are not over.
    pub carriers: Carriers,
    /// When those go on by themselves that are held up.
    pub held_up: HeldUp,
    /// Downloads whose sources the keychain still has.
    pub to_forget: Vec<DownloadId>,
    /// The system's folder for downloads.
    pub download_home: PathBuf,
    /// Oldest first.
    pub notices: Vec<Notice>,
    /// What stands right of the sidebar.
    pub surface: Surface,
    /// A tab is being dragged: no console shows meanwhile.
    pub arranging: bool,
    /// The panes' area in CSS pixels: width and height; `None` until the window says.
    pub area: Option<(f64, f64)>,
    /// The workspace of the last time, until the profiles are known; meanwhile nothing of it is kept.
    pub to_restore: Option<Kept>,
    /// What is in the drawer, if it is open.
    pub drawer: Option<Drawer>,
    /// What was chosen in the switcher before.
    pub frecency: Frecency,
    /// Stores that the user has let sign in, in spite of their guards.
    pub confirmed: HashSet<StoreId>,
    /// Which link was asked for last, by stores that wait for one.
    pub minting: HashMap<StoreId, u64>,
    /// How many links were asked for.
    pub mints: u64,
    /// Where linked panes would go that asked first.
    pub following: HashMap<TabId, Carried>,
    /// Nobody has proved to be the user since then.
    pub lock: Option<Lock>,
    /// When the loop looked at the clock the last time.
    pub seen_at: Option<Timestamp>,
    /// When a hand was on keyboard or mouse the last time.
    pub touched_at: Option<Timestamp>,
    /// Removed profiles that are being forgotten.
    pub forgetting: HashMap<ProfileId, Forgetting>,
    /// Look, language, sizes.
    pub settings: Settings,
    /// What each profile's pages took when it was measured last, in bytes.
    pub memory: HashMap<ProfileId, u64>,
    /// When it is measured again.
    pub measure_at: Option<Timestamp>,
    /// A tab can have a window of its own here.
    pub has_own_windows: bool,
    /// The desktop has a tray that shows the app's icon; `None` until it was asked.
    pub has_tray: Option<bool>,
    /// The window is not there: only the icon in the tray.
    pub in_tray: bool,
    /// When it comes by itself, unless a tray has come.
    pub present_at: Option<Timestamp>,
    notices_made: u64,
}

/// A webview that shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InSight<'a> {
    /// Whose.
    pub tab: &'a TabId,
    /// In which pane.
    pub pane: PaneId,
    /// The pane's place.
    pub rect: Rect,
}

/// What stands right of the sidebar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Surface {
    /// The tab that shows, or the start page.
    #[default]
    Console,
    /// The list of downloads.
    Downloads,
    /// A profile's form; `None` for a new one.
    ProfileEditor(Option<ProfileId>),
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

/// What of a removed profile goes now, whose time for an undo is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forgetting {
    /// Its secret.
    Secret,
    /// Its browser data, and then its place in the book.
    BrowserData,
}

/// Something the user should know now.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// For dismissing it.
    pub id: u64,
    /// What it says.
    pub body: NoticeBody,
    /// When it goes by itself.
    pub until: Option<Timestamp>,
}

/// What a notice says.
#[derive(Clone, Debug, PartialEq)]
pub enum NoticeBody {
    /// A profile was removed and can be brought back.
    Removed {
        /// Which.
        profile: ProfileId,
        /// Its name.
        name: String,
    },
    /// A bookmark was removed and can be brought back: before the one that followed it.
    BookmarkRemoved(Box<Bookmark>, Option<BookmarkId>),
    /// A page went to the system browser.
    OpenedOutside {
        /// Its host.
        host: String,
    },
    /// The window is too small for another pane.
    NoRoom,
    /// A session was not renewed: all its pages hold unsaved input.
    UnsavedInput {
        /// The profile's name.
        name: String,
    },
    /// A link without tokens is in the clipboard.
    Copied {
        /// Its host.
        host: String,
    },
    /// A linked pane did not follow, since its profile asks first.
    NotFollowed {
        /// The pane's tab.
        tab: TabId,
        /// The profile's name.
        name: String,
    },
    /// No profile fits a link.
    NoProfileForLink {
        /// The account that it names, if any.
        account: Option<String>,
        /// The link, without tokens.
        link: String,
    },
    /// Something went wrong.
    Failed {
        /// The profile or file it is about.
        about: Option<String>,
        /// What.
        error: Error,
    },
}

impl State {
    /// With what is known of the last time, and nothing else yet.
    #[must_use]
    pub fn with(settings: Settings, kept: Kept, frecency: Frecency) -> Self {
        let in_tray = settings.tray == Tray::Starts;
        Self { settings, to_restore: Some(kept), frecency, in_tray, ..Self::default() }
    }

    /// What may be seen of it while it is locked: look and settings, and nothing of any client.
    #[must_use]
    pub fn behind_lock(&self) -> Self {
        Self {
            lock: self.lock.clone(),
            settings: Settings { screen_share: None, ..self.settings.clone() },
            has_own_windows: self.has_own_windows,
            has_tray: self.has_tray,
            ..Self::default()
        }
    }

    /// A profile by id.
    #[must_use]
    pub fn profile(&self, id: &ProfileId) -> Option<&Profile> {
        self.book.profile(id)
    }

    /// A profile's partition.
    #[must_use]
    pub fn partition_of(&self, profile: &Profile) -> Option<Partition> {
        self.book.partition(&profile.partition)
    }

    /// Where a profile's tabs may be.
    #[must_use]
    pub fn reach_of(&self, profile: &Profile) -> Option<Reach> {
        let partition = self.partition_of(profile)?;
        Some(Reach { partition, sites: profile.sites.clone() })
    }

    /// The tabs whose webviews show, and where: none while another page or the app's own words
    /// stand there.
    #[must_use]
    pub fn in_sight(&self) -> Vec<InSight<'_>> {
        if self.surface != Surface::Console || self.arranging || self.lock.is_some() {
            return Vec::new();
        }
        let places = self.workspace.panes().places().into_iter();
        let shown = places.filter_map(|(pane, rect)| {
            let tab = self.workspace.tab(pane.tab.as_ref()?).filter(|tab| tab.shows_its_page() && !tab.covered)?;
            if self.is_hidden(&tab.store.profile) {
                return None;
            }
            Some(InSight { tab: &tab.id, pane: pane.id, rect })
        });
        shown.collect()
    }

    /// The next moment at which something ends by itself.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let sessions = self.sessions.values().filter_map(|session| match session {
            SessionState::SignedIn(session) => Some(session.ends_at),
            _ => None,
        });
        // What is being forgotten, or cannot be, is nothing to wait for.
        let waits = |removed: &&RemovedProfile| {
            self.read_only_book.is_none() && !self.forgetting.contains_key(&removed.profile.id)
        };
        let removed = self.book.removed().iter().filter(waits).filter_map(|removed| removed.at.checked_add(UNDO).ok());
        let notices = self.notices.iter().filter_map(|notice| notice.until);
        let always = sessions
            .chain(notices)
            .chain(renewal::next_due(self))
            .chain(sign_out::next_due(self))
            .chain(self.held_up.next_due())
            .chain(self.present_at)
            .min();
        if self.lock.is_some() {
            return always;
        }
        let sleepers = self.workspace.tabs().iter().filter_map(|tab| sleep::due(tab, &self.settings));
        sleepers
            .chain(always)
            .chain(removed)
            .chain(self.measure_at)
            .chain(guards::cover_due(self))
            .chain(lock::due(self))
            .min()
    }

    /// Tells the user something; the same thing is not said twice at once.
    pub fn notice(&mut self, now: Timestamp, body: NoticeBody) {
        let lasts = match &body {
            NoticeBody::Removed { .. } | NoticeBody::BookmarkRemoved(..) => Some(UNDO),
            NoticeBody::OpenedOutside { .. } | NoticeBody::NoRoom | NoticeBody::Copied { .. } => Some(NOTICE),
            NoticeBody::UnsavedInput { .. } | NoticeBody::NotFollowed { .. } | NoticeBody::NoProfileForLink { .. } => {
                Some(ASKS)
            }
            NoticeBody::Failed { .. } => None,
        };
        self.notice_until(body, lasts.and_then(|lasts| now.checked_add(lasts).ok()));
    }

    /// As [`Self::notice`], for as long as is said.
    pub fn notice_until(&mut self, body: NoticeBody, until: Option<Timestamp>) {
        self.notices.retain(|notice| notice.body != body);
        self.notices_made += 1;
        self.notices.push(Notice { id: self.notices_made, body, until });
    }

    /// Lets go of notices whose time is over.
    pub fn drop_old_notices(&mut self, now: Timestamp) {
        self.notices.retain(|notice| notice.until.is_none_or(|until| now < until));
    }

    /// A tab's profile.
    #[must_use]
    pub fn profile_of<'a>(&'a self, tab: &Tab<Error>) -> Option<&'a Profile> {
        self.profile(&tab.store.profile)
    }
}
