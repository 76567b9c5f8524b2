//! Consoles on Linux: WebKitGTK's own webviews in an overlay above the UI.
//!
//! Lives on GTK's main thread; nothing here is sent elsewhere. Grows with panes.

mod downloads;
mod keys;
mod overlay;
mod page;
mod sandbox;
mod store;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use gtk::prelude::*;
use sidelight_core::app::event::PageEvent;
use sidelight_core::app::window::HistoryStep;
use sidelight_core::domain::download::DownloadId;
use sidelight_core::domain::partition::Partition;
use sidelight_core::domain::profile::ProfileId;
use sidelight_core::domain::sign_in::SignInUrl;
use sidelight_core::domain::workspace::{Page, TabId};
use tauri::WebviewWindow;
use url::Url;
use webkit2gtk::{WebView, WebViewExt};

use super::{Insets, Surroundings};
use crate::shortcuts::Action;
use downloads::Running;
use overlay::Overlay;
pub use sandbox::prepare_process;
use store::Store;

/// The consoles of the one window.
pub struct Engine {
    shared: Rc<Shared>,
}

/// What signal handlers reach too.
struct Shared {
    surroundings: Surroundings,
    overlay: Overlay,
    views: RefCell<HashMap<TabId, WebView>>,
    stores: RefCell<HashMap<ProfileId, Store>>,
    running: Running,
    visible: RefCell<Option<TabId>>,
    /// Windows that pages opened and that have nothing to show yet, with their openers.
    unannounced: RefCell<HashMap<TabId, TabId>>,
}

impl Engine {
    /// Lays an overlay over the UI's webview and takes the window's keys first.
    ///
    /// # Errors
    /// Where the window is gone already.
    pub fn new(
        window: &WebviewWindow,
        surroundings: Surroundings,
        act: impl Fn(Action) + 'static,
    ) -> tauri::Result<Self> {
        let content = window.default_vbox()?;
        let shared = Rc::new(Shared {
            surroundings,
            overlay: Overlay::over(&content),
            views: RefCell::default(),
            stores: RefCell::default(),
            running: Running::default(),
            visible: RefCell::default(),
            unannounced: RefCell::default(),
        });
        let weak = Rc::downgrade(&shared);
        keys::take_first(&window.gtk_window()?, move |action| {
            // What moves within the UI needs its webview to have the focus.
            if let (Action::Cue(_), Some(shared)) = (&action, weak.upgrade()) {
                shared.overlay.focus_ui();
            }
            act(action);
        });
        Ok(Self { shared })
    }

    /// A console webview in the profile's store, hidden at first; one that is there stays.
    pub fn open(&self, tab: &TabId, profile: &ProfileId, partition: &Partition) {
        if self.shared.views.borrow().contains_key(tab) {
            return;
        }
        let view = self.shared.with_store(profile, |store| page::new(store.context()));
        self.shared.adopt(tab, profile, partition, &view);
    }

    /// Enters by a sign-in link.
    pub fn sign_in(&self, tab: &TabId, url: &SignInUrl) {
        self.with(tab, |view| view.load_uri(url.expose()));
    }

    /// Goes to a page.
    pub fn go_to(&self, tab: &TabId, url: &Url) {
        self.with(tab, |view| view.load_uri(url.as_str()));
    }

    /// Back, forward, reload or stop.
    pub fn step(&self, tab: &TabId, step: HistoryStep) {
        self.with(tab, |view| match step {
            HistoryStep::Back => view.go_back(),
            HistoryStep::Forward => view.go_forward(),
            HistoryStep::Reload => view.reload(),
            HistoryStep::Stop => view.stop_loading(),
        });
    }

    /// 1 is 100 %.
    pub fn zoom(&self, tab: &TabId, zoom: f64) {
        self.with(tab, |view| view.set_zoom_level(zoom));
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
        let views = self.shared.views.borrow();
        let shown = tab.and_then(|tab| views.get(tab));
        if let Some(view) = shown {
            view.show();
            view.grab_focus();
        }
        for view in views.values().filter(|view| Some(*view) != shown) {
            view.hide();
        }
    }

    /// The UI has moved its edges.
    pub fn set_insets(&self, insets: Insets) {
        self.shared.overlay.set_insets(insets);
    }

    /// The keyboard's focus goes to the page that shows; false, and to the UI, where none does or
    /// where it has the focus already.
    pub fn focus_page(&self) -> bool {
        let visible = self.shared.visible.borrow();
        let views = self.shared.views.borrow();
        let view = visible.as_ref().and_then(|tab| views.get(tab)).filter(|view| !view.has_focus());
        match view {
            Some(view) => view.grab_focus(),
            None => self.shared.overlay.focus_ui(),
        }
        view.is_some()
    }

    /// Removes a profile's browser data. Its webviews are closed before.
    pub fn remove_store(&self, profile: &ProfileId) {
        let store = self.shared.stores.borrow_mut().remove(profile);
        drop(store);
    }

    /// Stops a download; `failed` follows.
    pub fn cancel_download(&self, id: DownloadId) {
        self.shared.running.cancel(id);
    }

    fn with(&self, tab: &TabId, act: impl FnOnce(&WebView)) {
        if let Some(view) = self.shared.views.borrow().get(tab) {
            act(view);
        }
    }
}

impl Shared {
    /// Makes a webview one of ours: its signals become events of `tab`.
    fn adopt(self: &Rc<Self>, tab: &TabId, profile: &ProfileId, partition: &Partition, view: &WebView) {
        self.overlay.add(view);
        self.views.borrow_mut().insert(tab.clone(), view.clone());
        page::listen(self, tab, profile, partition, view);
    }

    /// A window that a page opened has something to show: it becomes a tab of its own.
    fn announce(&self, tab: &TabId, url: Option<Url>) {
        let Some(opener) = self.unannounced.borrow_mut().remove(tab) else { return };
        let blank = || Url::parse("about:blank").ok();
        match url.or_else(blank) {
            Some(url) => {
                let page = Page::at(&url);
                self.surroundings.page(&opener, PageEvent::Opened { tab: tab.clone(), page });
            }
            None => self.discard(tab),
        }
    }

    /// A window that a page opened has nothing to show after all, and never became a tab.
    fn discard_unannounced(self: &Rc<Self>, tab: &TabId) {
        if self.unannounced.borrow_mut().remove(tab).is_some() {
            let (shared, tab) = (self.clone(), tab.clone());
            // Not while WebKit still asks about it.
            gtk::glib::idle_add_local_once(move || shared.discard(&tab));
        }
    }

    fn discard(&self, tab: &TabId) {
        let view = self.views.borrow_mut().remove(tab);
        if let Some(view) = view {
            self.overlay.remove(&view);
        }
    }

    fn with_store<T>(self: &Rc<Self>, profile: &ProfileId, ask: impl FnOnce(&Store) -> T) -> T {
        let mut stores = self.stores.borrow_mut();
        let store = stores.entry(profile.clone()).or_insert_with(|| {
            let store = Store::of(profile, &self.surroundings.home);
            downloads::take_all(store.context(), profile, &self.surroundings, &self.running);
            store
        });
        ask(store)
    }
}
