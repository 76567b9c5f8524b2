//! Console: the webviews that show accounts' consoles, each in its profile's own browser store.
//!
//! Not which tab shows (the core decides) and not the app's own UI. One interface, `Engine`, with
//! one implementation for each web engine, chosen here once:
//! - Linux speaks to WebKitGTK itself. Tauri's child webviews cannot be placed there, share one
//!   download handler and carry an IPC bridge into every page; a webview made here has none of
//!   that: no page can reach a command, since there is nothing to reach.
//! - macOS and Windows use Tauri's child webviews.

#[cfg(target_os = "linux")]
mod linux;
mod placement;
#[cfg(any(not(target_os = "linux"), feature = "portable-consoles"))]
#[cfg_attr(target_os = "linux", expect(dead_code, reason = "compiled here only to be checked"))]
mod portable;

#[cfg(target_os = "linux")]
pub use linux::{Engine, find_display, prepare_process};
#[cfg(not(target_os = "linux"))]
pub use portable::{Engine, find_display, prepare_process};

pub use placement::Insets;

use placement::Edges;
use std::cell::Cell;
#[cfg(target_os = "linux")]
use std::collections::HashMap;
use std::rc::Rc;
use std::time::{Duration, Instant};

use sidelight_core::app::event::{DownloadEvent, Event, PageEvent};
use sidelight_core::app::switcher::Language;
use sidelight_core::domain::download::{DownloadId, DownloadIds};
#[cfg(target_os = "linux")]
use sidelight_core::domain::profile::ProfileId;
use sidelight_core::domain::shortcut::Chord;
use sidelight_core::domain::workspace::TabId;
use sidelight_core::domain::workspace::panes::{PaneId, Rect};
use sidelight_core::storage::download_folder::DownloadFolder;
use sidelight_core::storage::home::Home;
use tokio::sync::mpsc::UnboundedSender;

use crate::view::ColourView;

/// What an engine needs around it.
#[derive(Clone)]
pub struct Surroundings {
    /// Where it says what happens.
    pub events: UnboundedSender<Event>,
    /// Where browser stores lie.
    pub home: Home,
    /// Where downloads go.
    pub downloads: DownloadFolder,
    /// Gives downloads their ids.
    pub download_ids: DownloadIds,
}

impl Surroundings {
    fn page(&self, tab: &TabId, event: PageEvent) {
        // The loop is gone only when the app ends.
        let _ = self.events.send(Event::Page(tab.clone(), event));
    }

    #[cfg(target_os = "linux")]
    fn measured(&self, found: HashMap<ProfileId, u64>) {
        let _ = self.events.send(Event::Measured(found));
    }

    fn download(&self, event: DownloadEvent) {
        let _ = self.events.send(Event::Download(event));
    }

    fn download_id(&self) -> DownloadId {
        self.download_ids.next()
    }
}

/// Tells that a hand is on keyboard or mouse, not at each key and move.
#[derive(Clone)]
pub struct Touches {
    events: UnboundedSender<Event>,
    told: Rc<Cell<Option<Instant>>>,
}

/// Between two words on it.
const TOUCH_EVERY: Duration = Duration::from_secs(5);

impl Touches {
    /// Told to the loop.
    pub fn new(events: UnboundedSender<Event>) -> Self {
        Self { events, told: Rc::default() }
    }

    /// A key was pressed, or the mouse used.
    pub fn note(&self) {
        let now = Instant::now();
        if self.told.get().is_none_or(|told| now - told >= TOUCH_EVERY) {
            self.told.set(Some(now));
            let _ = self.events.send(Event::Touched);
        }
    }
}

/// Does what a pressed chord asks for, in the own window of a tab or in the app's; true where it asks for
/// something.
pub type Press = Box<dyn Fn(Option<&TabId>, Chord) -> bool>;

/// What a console is called and marked with, beside the app's own frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// For a screen reader, and over the tab where it has a window of its own.
    pub name: String,
    /// Of the palette of marks.
    pub colour: ColourView,
    /// The page's host.
    pub host: String,
    /// Which words stand on buttons.
    pub language: Language,
    /// For the page itself, where the user wants one.
    pub banner: Option<Banner>,
}

/// A line at the foot of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Banner {
    /// What it says.
    pub words: String,
    /// Of the palette of marks.
    pub colour: ColourView,
}

/// A tab that shows, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Which.
    pub tab: TabId,
    /// In which pane.
    pub pane: PaneId,
    /// The pane's share of the area.
    pub rect: Rect,
}
