//! The app's icon in the system's tray: what it says, and what its menu does.
//!
//! Not whether there shall be one (the settings), nor what is hidden (the view). A desktop that has no tray is no fault
//! of ours: then the app ends with its window.

#[cfg(not(target_os = "linux"))]
#[path = "tray/elsewhere.rs"]
mod chosen;
#[cfg(target_os = "linux")]
#[path = "tray/linux.rs"]
mod chosen;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sidelight_core::app::event::{Event, Wish};
use sidelight_core::app::state::Surface;
use sidelight_core::app::switcher::Language;
use sidelight_core::domain::profile::ProfileId;
use tauri::{AppHandle, Manager};
use tokio::sync::mpsc::UnboundedSender;

use super::names::marked;
use crate::view::{self, View};
pub use chosen::TrayIcon;

/// So many profiles have a line.
const MOST_PROFILES: usize = 10;

/// Whether the app stays in the tray when its window is closed.
#[derive(Clone, Default)]
pub struct StaysInTray(Arc<AtomicBool>);

impl StaysInTray {
    /// From now on.
    pub(super) fn set(&self, stays: bool) {
        self.0.store(stays, Ordering::Relaxed);
    }

    /// Whether the window is hidden instead of closed.
    pub fn hides_the_window(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Face {
    /// Where the mouse stays on it.
    pub tip: String,
    /// Groups of lines.
    pub menu: Vec<Vec<Line>>,
}

/// A line of its menu.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// How it reads.
    pub words: String,
    /// What it does.
    pub does: Press,
}

/// What a click does.
#[derive(Clone, Debug, PartialEq)]
pub enum Press {
    /// The window comes to the front.
    Present,
    /// So it does with this profile's tab that was used last.
    Profile(ProfileId),
    /// And with the downloads.
    Downloads,
    /// It is locked.
    Lock,
    /// The app ends.
    Quit,
}

impl Face {
    /// As the view says; nothing where none shall be there.
    pub fn of(view: &View, progress: Option<u8>, language: Language) -> Option<Self> {
        if view.layout.tray == view::Tray::Off {
            return None;
        }
        let words = |english: &str, japanese: &str| match language {
            Language::English => english.to_owned(),
            Language::Japanese => japanese.to_owned(),
        };
        let far = progress.map(|percent| format!(" · {percent} %")).unwrap_or_default();
        let downloads = words("Downloads", "ダウンロード") + &far;
        let tip = if progress.is_some() { format!("Sidelight — {downloads}") } else { "Sidelight".to_owned() };
        let line = |words: String, does: Press| Line { words, does };
        let present = line(words("Show Sidelight", "Sidelight を表示"), Press::Present);
        let quit = line(words("Quit Sidelight", "Sidelight を終了"), Press::Quit);
        let menu = if view.lock.is_some() {
            vec![vec![present], vec![quit]]
        } else {
            let lock = line(words("Lock", "ロック"), Press::Lock);
            vec![vec![present], profiles(view), vec![line(downloads, Press::Downloads), lock], vec![quit]]
        };
        Some(Self { tip, menu: menu.into_iter().filter(|lines| !lines.is_empty()).collect() })
    }
}

/// Those that are open, in the order of their tabs.
fn profiles(view: &View) -> Vec<Line> {
    let mut seen: Vec<&str> = Vec::new();
    let mut lines = Vec::new();
    for tab in view.tabs.iter().filter(|tab| !tab.is_hidden) {
        if lines.len() < MOST_PROFILES
            && !seen.contains(&tab.profile.as_str())
            && let Ok(profile) = ProfileId::parse(&tab.profile)
        {
            seen.push(&tab.profile);
            lines.push(Line { words: marked(tab, " · "), does: Press::Profile(profile) });
        }
    }
    lines
}

/// The desktop has a tray, or has none any more.
fn found(app: &AppHandle, is_there: bool) {
    // The receiver is gone only when the app ends.
    let _ = app.state::<UnboundedSender<Event>>().send(Event::TrayFound(is_there));
}

fn pressed(app: &AppHandle, press: Press) {
    let wishes = match press {
        Press::Present => vec![Wish::Present],
        // A tab's own window comes over it.
        Press::Profile(profile) => vec![Wish::Present, Wish::ShowProfile(profile)],
        Press::Downloads => vec![Wish::Show(Surface::Downloads), Wish::Present],
        Press::Lock => vec![Wish::Lock],
        Press::Quit => return app.exit(0),
    };
    for wish in wishes {
        let _ = app.state::<UnboundedSender<Event>>().send(wish.into());
    }
}
