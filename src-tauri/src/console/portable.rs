//! Consoles on macOS and Windows: Tauri's child webviews, laid over the UI.
//!
//! What both have in common is here and in `page` and `transfers`; what only the platform's own
//! API can do (history, load errors, downloads, keys, stores) is one module for each, all with the
//! same functions. Lives on the main thread, where Tauri calls every handler. A webview is made
//! from the event loop and never from inside of a handler: WebView2 would wait for itself.
//! Not yet: icons of pages; a window that a page opens has no opener; macOS shows no `alert` and
//! its menu speaks English only.

mod page;
mod transfers;

#[cfg(not(any(windows, target_os = "macos")))]
mod elsewhere;
#[cfg(windows)]
mod webview2;
#[cfg(target_os = "macos")]
mod wkwebview;

#[cfg(not(any(windows, target_os = "macos")))]
use elsewhere as native;
#[cfg(windows)]
use webview2 as native;
#[cfg(target_os = "macos")]
use wkwebview as native;

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;
use std::rc::{Rc, Weak};

use sidelight_core::app::error::Error;
use sidelight_core::app::event::{DownloadEvent, PageEvent};
use sidelight_core::app::window::{Chosen, FindStep, HistoryStep, UploadTo};
use sidelight_core::domain::download::DownloadId;
use sidelight_core::domain::navigation::Reach;
use sidelight_core::domain::profile::ProfileId;
use sidelight_core::domain::session::StoreId;
use sidelight_core::domain::shortcut::Chord;
use sidelight_core::domain::sign_in::SignInUrl;
use sidelight_core::domain::workspace::panes::PaneId;
use sidelight_core::domain::workspace::{Busy, Page, TabId};
use tauri::{AppHandle, LogicalPosition, LogicalSize, Manager, Webview, WebviewWindow, Window, WindowEvent};
use url::Url;

use super::{Edges, Insets, Label, Press, Shown, Surroundings};
use page::Console;
use transfers::Transfers;

/// The engines of both platforms need nothing before they start.
pub fn prepare_process() {}

/// Both platforms have one.
pub fn find_display() -> Result<(), Error> {
    Ok(())
}

/// The consoles of the one window.
pub struct Engine {
    shared: Rc<Shared>,
}

/// What handlers reach too, through [`with_shared`].
struct Shared {
    surroundings: Surroundings,
    window: Window,
    ui: Webview,
    press: Press,
    edges: Edges,
    views: RefCell<HashMap<TabId, Webview>>,
    shown: RefCell<Vec<Shown>>,
    focused: RefCell<Option<TabId>>,
    transfers: Transfers,
    /// Windows that pages opened and that have nothing to show yet, with their openers.
    unannounced: RefCell<HashMap<TabId, TabId>>,
    /// Closed tabs whose downloads go on.
    lingering: RefCell<HashMap<TabId, Webview>>,
}

thread_local! {
    /// Handlers must be `Send`, and what they need is not; but all run on the main thread.
    static SHARED: RefCell<Weak<Shared>> = const { RefCell::new(Weak::new()) };
}

/// For handlers; nothing happens when the app is ending.
fn with_shared<Answer>(act: impl FnOnce(&Rc<Shared>) -> Answer) -> Option<Answer> {
    SHARED.with(|place| place.borrow().upgrade()).map(|shared| act(&shared))
}

/// For what a handler may not do itself: it is done when the event loop comes around.
fn later(app: &AppHandle, act: impl FnOnce(&Rc<Shared>) + Send + 'static) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        // It fails only when the app is ending.
        let _ = app.run_on_main_thread(move || {
            with_shared(act);
        });
    });
}

impl Engine {
    /// A child webview cannot leave its window here.
    pub const HAS_OWN_WINDOWS: bool = false;

    /// The system does not say which process works for which view: nothing is told.
    pub fn measure(&self) {}

    /// No tab has a window of its own.
    pub fn keep_apart(&self, _tabs: &[TabId], _hidden: bool) {}

    /// No tab has a window of its own.
    pub fn present(&self, _tab: &TabId) {}

    /// Takes the window's size and its keys.
    ///
    /// # Errors
    /// Where the window is gone already.
    pub fn new(
        window: &WebviewWindow,
        surroundings: Surroundings,
        press: impl Fn(Option<&TabId>, Chord) -> bool + 'static,
    ) -> tauri::Result<Self> {
        let shared = Rc::new(Shared {
            surroundings,
            window: window.as_ref().window(),
            ui: window.as_ref().clone(),
            press: Box::new(press),
            edges: Edges::default(),
            views: RefCell::default(),
            shown: RefCell::default(),
            focused: RefCell::default(),
            transfers: Transfers::default(),
            unannounced: RefCell::default(),
            lingering: RefCell::default(),
        });
        SHARED.with(|place| *place.borrow_mut() = Rc::downgrade(&shared));
        window.on_window_event(|event| {
            if matches!(event, WindowEvent::Resized(_) | WindowEvent::ScaleFactorChanged { .. }) {
                with_shared(|shared| shared.place());
            }
        });
        native::take_window(window)?;
        Ok(Self { shared })
    }

    /// A console webview in a store, hidden at first; one that is there stays.
    pub fn open(&self, tab: &TabId, store: &StoreId, reach: &Reach) {
        let is_there = self.shared.views.borrow().contains_key(tab);
        if !is_there {
            self.shared.make(&Console::new(tab, store, reach, &self.shared.surroundings));
        }
    }

    /// A child webview has no name of its own here, and no banner yet: its page's title is read.
    pub fn label(&self, _labels: HashMap<TabId, Label>) {}

    /// Enters by a sign-in link.
    pub fn sign_in(&self, tab: &TabId, url: &SignInUrl) {
        // Not by Tauri's `navigate`, which would log the address if it failed.
        self.with(tab, |view| native::go(view, url.expose()));
    }

    /// Goes to a page.
    pub fn go_to(&self, tab: &TabId, url: &Url) {
        self.with(tab, |view| native::go(view, url.as_str()));
    }

    /// Back, forward, reload or stop.
    pub fn step(&self, tab: &TabId, step: HistoryStep) {
        self.with(tab, |view| native::step(view, step));
    }

    /// 1 is 100 %.
    pub fn zoom(&self, tab: &TabId, zoom: f64) {
        self.with(tab, |view| note(view.set_zoom(zoom)));
    }

    /// Not told by Tauri's webviews: nothing is found.
    pub fn find(&self, tab: &TabId, _text: &str, _step: FindStep) {
        self.shared.surroundings.page(tab, PageEvent::Matched(0));
    }

    /// Not done here: the user types it.
    pub fn fill_in(&self, _tab: &TabId, _name: &str) {}

    /// Puts a text into the clipboard.
    pub fn copy(&self, text: &str) {
        if let Err(error) = native::copy(text) {
            tracing::warn!(%error, "nothing is copied");
        }
    }

    /// What a page is busy with is not known here, so none is put to sleep.
    pub fn ask_to_rest(&self, tab: &TabId) {
        self.shared.surroundings.page(tab, PageEvent::MayRest(Some(Busy::UnsavedInput)));
    }

    /// The engine keeps a store's processes itself.
    pub fn rest_store(&self, _store: &StoreId) {}

    /// The webview goes; its downloads go on.
    pub fn close(&self, tab: &TabId) {
        self.shared.discard(tab);
    }

    /// Shows these webviews and hides the others.
    pub fn show(&self, shown: &[Shown]) {
        let before = self.shared.shown.replace(shown.to_vec());
        if before != shown {
            self.shared.place();
            for old in before.iter().filter(|old| shown.iter().all(|new| new.tab != old.tab)) {
                self.with(&old.tab, |view| note(view.hide()));
            }
        }
    }

    /// The keyboard goes to this page, where it is another one than before; else to the UI.
    pub fn focus(&self, tab: Option<&TabId>, types: bool) {
        if self.shared.focused.replace(tab.cloned()).as_ref() != tab && !types {
            match tab {
                Some(tab) => self.with(tab, |view| note(view.set_focus())),
                None => note(self.shared.ui.set_focus()),
            }
        }
    }

    /// The UI keeps other edges of the window.
    pub fn set_area(&self, insets: Insets) {
        if self.shared.edges.set_area(insets) {
            self.shared.place();
        }
    }

    /// The UI keeps other edges of a pane.
    pub fn set_pane(&self, pane: PaneId, insets: Insets) {
        if self.shared.edges.set_pane(pane, insets) {
            self.shared.place();
        }
    }

    /// The keyboard's focus goes to the page that shows; false, and to the UI, where none does or
    /// has it already.
    pub fn focus_page(&self) -> bool {
        let focused = self.shared.focused.borrow();
        let views = self.shared.views.borrow();
        let view = focused.as_ref().and_then(|tab| views.get(tab)).filter(|view| !native::has_focus(view));
        note(view.unwrap_or(&self.shared.ui).set_focus());
        view.is_some()
    }

    /// The keyboard's focus goes to the UI.
    pub fn focus_ui(&self) {
        note(self.shared.ui.set_focus());
    }

    /// Removes a profile's browser data, as far as it lies outside of its folder. Its webviews are
    /// closed before.
    pub fn remove_store(&self, profile: &ProfileId) {
        native::forget_store(self.shared.window.app_handle(), profile, &self.shared.surroundings.home);
    }

    /// The engine has a place for it already.
    pub fn ask_where(&self, id: DownloadId, place: &Path) {
        let place = Some(place.to_owned());
        self.shared.surroundings.download(DownloadEvent::Placed { id, place });
    }

    /// No profile has a folder of its own here.
    pub fn ask_folder(&self, _profile: ProfileId, _folder: &Path) {}

    /// Here only `side s3 cp` uploads.
    pub fn ask_upload(&self, _to: UploadTo, _chosen: Chosen) {}

    /// The engine went on with it when it was offered.
    pub fn begin_download(&self, _id: DownloadId, _folder: &Path, _name: &str, _keep_time: bool) {}

    /// None is offered that could be asked for again.
    pub fn leave_download(&self, _id: DownloadId) {}

    /// Stops a download; its end is told by an event. Nothing of it is kept.
    pub fn stop_download(&self, id: DownloadId, _keep: bool) {
        self.shared.transfers.cancel(id);
    }

    fn with(&self, tab: &TabId, act: impl FnOnce(&Webview)) {
        let view = self.shared.views.borrow().get(tab).cloned();
        if let Some(view) = view {
            act(&view);
        }
    }
}

impl Shared {
    /// A webview for a console. No borrow is held meanwhile: WebView2 delivers messages while it
    /// waits for its process.
    fn make(&self, console: &Console) -> Option<Webview> {
        match page::open(&self.window, console) {
            Ok(view) => {
                self.views.borrow_mut().insert(console.tab().clone(), view.clone());
                Some(view)
            }
            Err(error) => {
                console.is_impossible(error);
                None
            }
        }
    }

    /// A window that a page wants: a tab of the same store, told of once it has something to show.
    fn open_window(&self, opener: &TabId, console: &Console, url: &Url) {
        if let Some(view) = self.make(console) {
            self.unannounced.borrow_mut().insert(console.tab().clone(), opener.clone());
            native::go(&view, url.as_str());
        }
    }

    fn announce(&self, tab: &TabId, url: &Url) {
        let opener = self.unannounced.borrow_mut().remove(tab);
        if let Some(opener) = opener {
            self.surroundings.page(&opener, PageEvent::Opened { tab: tab.clone(), page: Page::at(url) });
        }
    }

    /// A window that a page opened has nothing to show after all, and never becomes a tab.
    fn discard_unannounced(&self, tab: &TabId) {
        let was_unannounced = self.unannounced.borrow_mut().remove(tab).is_some();
        if was_unannounced {
            let tab = tab.clone();
            later(self.window.app_handle(), move |shared| shared.discard(&tab));
        }
    }

    /// A webview takes its downloads with it; so one that has some only leaves the window.
    fn discard(&self, tab: &TabId) {
        let view = self.views.borrow_mut().remove(tab);
        let Some(view) = view else { return };
        native::forget(&view);
        if self.transfers.has_of(tab) {
            note(view.hide());
            native::go(&view, "about:blank");
            self.lingering.borrow_mut().insert(tab.clone(), view);
        } else {
            note(view.close());
        }
    }

    /// A download of the tab has ended.
    fn release(&self, tab: &TabId) {
        if !self.transfers.has_of(tab) {
            let view = self.lingering.borrow_mut().remove(tab);
            if let Some(view) = view {
                later(self.window.app_handle(), move |_| note(view.close()));
            }
        }
    }

    /// Each webview that shows fills what the UI leaves of its pane.
    fn place(&self) {
        let scale = self.window.scale_factor().unwrap_or(1.0);
        let size = self.window.inner_size().unwrap_or_default().to_logical::<f64>(scale);
        for shown in self.shown.borrow().iter() {
            let view = self.views.borrow().get(&shown.tab).cloned();
            let place = self.edges.place((size.width, size.height), shown.pane, shown.rect);
            if let (Some(view), Some(place)) = (view, place) {
                note(view.set_bounds(tauri::Rect {
                    position: LogicalPosition::new(place.left, place.top).into(),
                    size: LogicalSize::new(place.width, place.height).into(),
                }));
                note(view.show());
            }
        }
    }
}

/// A chord was pressed; true where it asks for something.
fn press(chord: Chord) -> bool {
    with_shared(|shared| (shared.press)(None, chord)).unwrap_or_default()
}

/// A call fails only for a webview that is gone, and then the core has closed its tab.
fn note(outcome: tauri::Result<()>) {
    if let Err(error) = outcome {
        tracing::debug!(%error, "a webview is gone");
    }
}
