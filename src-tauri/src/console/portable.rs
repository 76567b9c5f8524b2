//! Consoles on macOS and Windows: Tauri's child webviews, laid over the UI.
//!
//! What both have in common is here and in `page` and `transfers`; what only the platform's own
//! API can do (history, load errors, downloads, keys, stores) is one module for each, all with the
//! same functions. Lives on the main thread, where Tauri calls every handler. A webview is made
//! from the event loop and never from inside of a handler: WebView2 would wait for itself.
//! Not yet: icons of pages; a window that a page opens has no opener; macOS shows no `alert` and
//! its menu speaks English only.

mod page;
mod placement;
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

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::{Rc, Weak};

use sidelight_core::app::event::PageEvent;
use sidelight_core::app::window::HistoryStep;
use sidelight_core::domain::download::DownloadId;
use sidelight_core::domain::partition::Partition;
use sidelight_core::domain::profile::ProfileId;
use sidelight_core::domain::sign_in::SignInUrl;
use sidelight_core::domain::workspace::{Page, TabId};
use tauri::{AppHandle, Manager, Webview, WebviewWindow, Window, WindowEvent};
use url::Url;

use super::{Insets, Surroundings};
use crate::shortcuts::Action;
use page::Console;
use transfers::Transfers;

/// The engines of both platforms need nothing before they start.
pub fn prepare_process() {}

/// The consoles of the one window.
pub struct Engine {
    shared: Rc<Shared>,
}

/// What handlers reach too, through [`with_shared`].
struct Shared {
    surroundings: Surroundings,
    window: Window,
    ui: Webview,
    act: Box<dyn Fn(Action)>,
    insets: Cell<Insets>,
    views: RefCell<HashMap<TabId, Webview>>,
    visible: RefCell<Option<TabId>>,
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
    /// Takes the window's size and its keys.
    ///
    /// # Errors
    /// Where the window is gone already.
    pub fn new(
        window: &WebviewWindow,
        surroundings: Surroundings,
        act: impl Fn(Action) + 'static,
    ) -> tauri::Result<Self> {
        let shared = Rc::new(Shared {
            surroundings,
            window: window.as_ref().window(),
            ui: window.as_ref().clone(),
            act: Box::new(act),
            insets: Cell::default(),
            views: RefCell::default(),
            visible: RefCell::default(),
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

    /// A console webview in the profile's store, hidden at first; one that is there stays.
    pub fn open(&self, tab: &TabId, profile: &ProfileId, partition: &Partition) {
        let is_there = self.shared.views.borrow().contains_key(tab);
        if !is_there {
            self.shared.make(&Console::new(tab, profile, partition, &self.shared.surroundings));
        }
    }

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

    /// The webview goes; its downloads go on.
    pub fn close(&self, tab: &TabId) {
        self.shared.discard(tab);
    }

    /// Shows one webview and hides the others.
    pub fn show(&self, tab: Option<&TabId>) {
        if self.shared.visible.borrow().as_ref() == tab {
            return;
        }
        *self.shared.visible.borrow_mut() = tab.cloned();
        self.shared.place();
        let views = self.shared.views.borrow();
        for (_, view) in views.iter().filter(|(id, _)| Some(*id) != tab) {
            note(view.hide());
        }
        match tab.and_then(|tab| views.get(tab)) {
            Some(view) => {
                note(view.show());
                note(view.set_focus());
            }
            None => note(self.shared.ui.set_focus()),
        }
    }

    /// The UI has moved its edges.
    pub fn set_insets(&self, insets: Insets) {
        if self.shared.insets.replace(insets) != insets {
            self.shared.place();
        }
    }

    /// The keyboard's focus goes to the page that shows; false, and to the UI, where none does or
    /// has it already.
    pub fn focus_page(&self) -> bool {
        let visible = self.shared.visible.borrow();
        let views = self.shared.views.borrow();
        let view = visible.as_ref().and_then(|tab| views.get(tab)).filter(|view| !native::has_focus(view));
        note(view.unwrap_or(&self.shared.ui).set_focus());
        view.is_some()
    }

    /// Removes a profile's browser data, as far as it lies outside of its folder. Its webviews are
    /// closed before.
    pub fn remove_store(&self, profile: &ProfileId) {
        native::forget_store(self.shared.window.app_handle(), profile, &self.shared.surroundings.home);
    }

    /// Stops a download; its end is told by an event.
    pub fn cancel_download(&self, id: DownloadId) {
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
        match page::open(&self.window, self.rectangle(), console) {
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

    /// The webview that shows fills what the UI leaves.
    fn place(&self) {
        let view = self.visible.borrow().as_ref().and_then(|tab| self.views.borrow().get(tab).cloned());
        if let Some(view) = view {
            note(view.set_bounds(self.rectangle()));
        }
    }

    fn rectangle(&self) -> tauri::Rect {
        let scale = self.window.scale_factor().unwrap_or(1.0);
        let size = self.window.inner_size().unwrap_or_default().to_logical(scale);
        placement::inside(size, self.insets.get())
    }
}

/// Does what a shortcut asks for. What moves within the UI needs its webview to have the focus.
fn act(asked: Action) {
    with_shared(|shared| {
        if matches!(asked, Action::Cue(_)) {
            note(shared.ui.set_focus());
        }
        (shared.act)(asked);
    });
}

/// A call fails only for a webview that is gone, and then the core has closed its tab.
fn note(outcome: tauri::Result<()>) {
    if let Err(error) = outcome {
        tracing::debug!(%error, "a webview is gone");
    }
}
