//! State: all that the loop owns.
//!
//! Not how it changes (the files beside this one) and not how it looks (the shell's `view`).
//! Grows with what the app must remember.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};

use super::error::Error;
use super::sessions::{SessionState, TestState};
use super::sleep;
use crate::domain::book::Book;
use crate::domain::download::Download;
use crate::domain::partition::Partition;
use crate::domain::profile::{Profile, ProfileId};
use crate::domain::session::StoreId;
use crate::domain::shortcut::Bindings;
use crate::domain::workspace::kept::Kept;
use crate::domain::workspace::panes::{PaneId, Rect};
use crate::domain::workspace::{Tab, TabId, Workspace};

/// How long a removed profile can be brought back.
pub const UNDO: SignedDuration = SignedDuration::from_mins(5);

/// How long a notice stays that asks for nothing.
const NOTICE: SignedDuration = SignedDuration::from_secs(12);

/// All that the loop owns.
#[derive(Debug, Default)]
pub struct State {
    /// Profiles and partitions.
    pub book: Book,
    /// A newer Sidelight wrote the book: it is not changed.
    pub read_only_book: bool,
    /// Tabs.
    pub workspace: Workspace<Error>,
    /// Who is signed in, or about to be.
    pub sessions: HashMap<StoreId, SessionState>,
    /// What tests found.
    pub tests: HashMap<ProfileId, TestState>,
    /// Newest first.
    pub downloads: Vec<Download<Error>>,
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
    /// Removed profiles whose secret is being forgotten.
    pub forgetting: HashSet<ProfileId>,
    /// Look, language, sizes.
    pub settings: Settings,
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
    /// The keyboard shortcuts.
    Shortcuts,
    /// Look and language.
    Settings,
}

/// What the user has set, or left so.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Dark, light or as the system.
    pub theme: Theme,
    /// English, Japanese or as the system.
    pub language: Language,
    /// In CSS pixels.
    pub sidebar_width: f64,
    /// Where the window was.
    pub window: Option<WindowFrame>,
    /// How long a tab stays awake that no pane shows; `None` for always.
    pub sleep_after: Option<SleepAfter>,
    /// The keys that the user has bound.
    pub bindings: Bindings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            language: Language::System,
            sidebar_width: 264.0,
            window: None,
            sleep_after: Some(SleepAfter::DEFAULT),
            bindings: Bindings::default(),
        }
    }
}

/// How long a tab stays awake that no pane shows: 1 minute to 24 hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SleepAfter(u16);

impl SleepAfter {
    /// A quarter of an hour.
    pub const DEFAULT: Self = Self(15);

    /// In minutes, brought into what is possible.
    #[must_use]
    pub fn minutes(minutes: u16) -> Self {
        Self(minutes.clamp(1, 24 * 60))
    }

    /// In minutes.
    #[must_use]
    pub fn as_minutes(self) -> u16 {
        self.0
    }

    /// As a length of time.
    #[must_use]
    pub fn duration(self) -> SignedDuration {
        SignedDuration::from_mins(self.0.into())
    }
}

/// Dark, light or as the system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words say all")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// English, Japanese or as the system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words say all")]
pub enum Language {
    #[default]
    System,
    English,
    Japanese,
}

/// Where a window is, in logical pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WindowFrame {
    /// From the left of the screen.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// Inner width.
    pub width: f64,
    /// Inner height.
    pub height: f64,
    /// Whether it fills the screen.
    pub maximized: bool,
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
    /// A page went to the system browser.
    OpenedOutside {
        /// Its host.
        host: String,
    },
    /// The window is too small for another pane.
    NoRoom,
    /// Something went wrong.
    Failed {
        /// The profile or file it is about.
        about: Option<String>,
        /// What.
        error: Error,
    },
}

impl State {
    /// With settings and workspace of the last time, and nothing else yet.
    #[must_use]
    pub fn with(settings: Settings, kept: Kept) -> Self {
        Self { settings, to_restore: Some(kept), ..Self::default() }
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

    /// The tabs whose webviews show, and where: none while another page or the app's own words
    /// stand there.
    #[must_use]
    pub fn in_sight(&self) -> Vec<InSight<'_>> {
        if self.surface != Surface::Console || self.arranging {
            return Vec::new();
        }
        let places = self.workspace.panes().places().into_iter();
        let shown = places.filter_map(|(pane, rect)| {
            let tab = self.workspace.tab(pane.tab.as_ref()?).filter(|tab| tab.shows_its_page())?;
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
        let removed = self.book.removed().iter().filter_map(|removed| removed.at.checked_add(UNDO).ok());
        let notices = self.notices.iter().filter_map(|notice| notice.until);
        let sleepers = self.workspace.tabs().iter().filter_map(|tab| sleep::due(tab, &self.settings));
        sessions.chain(removed).chain(notices).chain(sleepers).min()
    }

    /// Tells the user something; the same thing is not said twice at once.
    pub fn notice(&mut self, now: Timestamp, body: NoticeBody) {
        self.notices.retain(|notice| notice.body != body);
        let lasts = match &body {
            NoticeBody::Removed { .. } => Some(UNDO),
            NoticeBody::OpenedOutside { .. } | NoticeBody::NoRoom => Some(NOTICE),
            NoticeBody::Failed { .. } => None,
        };
        self.notices_made += 1;
        self.notices.push(Notice {
            id: self.notices_made,
            body,
            until: lasts.and_then(|lasts| now.checked_add(lasts).ok()),
        });
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
