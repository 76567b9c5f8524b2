//! Settings: what the user has set, or left so.
//!
//! Not the file (`storage::settings`). Grows by a field for each thing that can be set.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::SignedDuration;

use super::switcher::Language as Spoken;
use crate::domain::profile::{Group, ProfileId};
use crate::domain::shortcut::Bindings;

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
    pub sleep_after: Option<Minutes>,
    /// Sessions are renewed by themselves shortly before their end.
    pub auto_renew: bool,
    /// The window is locked after that long without a hand on it; `None` for never.
    pub lock_after: Option<Minutes>,
    /// The window is locked when the machine sleeps.
    pub lock_on_sleep: bool,
    /// Pages have a banner with their mark, beside the app's own frame.
    pub banner: bool,
    /// The system gives `sidelight:` links to this program.
    pub takes_links: bool,
    /// The icon in the tray.
    pub tray: Tray,
    /// Where downloads go.
    pub downloads: DownloadPlaces,
    /// The keys that the user has bound.
    pub bindings: Bindings,
    /// Whose names still show while others are hidden; `None` while none is.
    pub screen_share: Option<ScreenShare>,
    /// The system's language, for where the app speaks as the system does; not kept.
    pub system: Spoken,
}

/// Where downloads go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DownloadPlaces {
    /// Into a folder by the profile's name, in the folder for downloads.
    pub by_profile: bool,
    /// Files get the time of their last change on the server.
    pub keep_time: bool,
    /// The user is asked each time.
    pub asks: bool,
    /// All transfers of Sidelight's together are no faster; `None` for no limit.
    pub limit: Option<Bandwidth>,
    /// Folders of some profiles' own.
    pub folders: BTreeMap<ProfileId, PathBuf>,
}

/// Bytes a second: 10 kB to 4 GB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bandwidth(u32);

impl Bandwidth {
    /// Brought into what is possible.
    #[must_use]
    pub fn of(bytes_a_second: u32) -> Self {
        Self(bytes_a_second.clamp(10_000, 4_000_000_000))
    }

    /// In bytes a second.
    #[must_use]
    pub fn bytes(self) -> u32 {
        self.0
    }
}

/// Whose names still show while others are hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScreenShare {
    /// Those of this group.
    Group(Group),
    /// This one's, which has no group.
    Profile(ProfileId),
    /// All are hidden.
    Nobody,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            language: Language::System,
            sidebar_width: 264.0,
            window: None,
            sleep_after: Some(Minutes::of(15)),
            auto_renew: false,
            lock_after: None,
            lock_on_sleep: false,
            banner: false,
            takes_links: false,
            tray: Tray::default(),
            downloads: DownloadPlaces::default(),
            bindings: Bindings::default(),
            screen_share: None,
            system: Spoken::default(),
        }
    }
}

/// What is on or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// [`Settings::auto_renew`].
    AutoRenew,
    /// [`Settings::lock_on_sleep`].
    LockOnSleep,
    /// [`Settings::banner`].
    Banner,
    /// [`Settings::takes_links`].
    TakesLinks,
}

impl Settings {
    /// Sets what is on or off.
    pub(super) fn switch(&mut self, switch: Switch, on: bool) {
        let setting = match switch {
            Switch::AutoRenew => &mut self.auto_renew,
            Switch::LockOnSleep => &mut self.lock_on_sleep,
            Switch::Banner => &mut self.banner,
            Switch::TakesLinks => &mut self.takes_links,
        };
        *setting = on;
    }

    /// The language that the app speaks.
    #[must_use]
    pub fn spoken(&self) -> Spoken {
        match self.language {
            Language::System => self.system,
            Language::English => Spoken::English,
            Language::Japanese => Spoken::Japanese,
        }
    }
}

/// After how long something happens by itself: 1 minute to 24 hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Minutes(u16);

impl Minutes {
    /// Brought into what is possible.
    #[must_use]
    pub fn of(minutes: u16) -> Self {
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

/// The icon in the system's tray, where the desktop has one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tray {
    /// There is none.
    Off,
    /// There is one while the window is open.
    #[default]
    Shows,
    /// It stays when the window is closed, and the app with it.
    Stays,
    /// It stays, and the app starts with it alone.
    Starts,
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
