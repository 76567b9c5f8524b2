//! Consoles on Linux: WebKitGTK's own webviews in an overlay above the UI.
//!
//! Lives on GTK's main thread; nothing here is sent elsewhere.

mod banner;
mod downloads;
mod find;
mod graphics;
mod histories;
mod identity;
mod keys;
mod memory_use;
mod overlay;
mod own_windows;
mod page;
mod process;
mod rest;
mod sandbox;
mod save_dialog;
mod store;
mod typing;

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use gtk::prelude::*;
use sidelight_core::app::event::PageEvent;
use sidelight_core::app::window::{Chosen, FindStep, HistoryStep, UploadTo};
use sidelight_core::domain::download::DownloadId;
use sidelight_core::domain::navigation::Reach;
use sidelight_core::domain::profile::ProfileId;
use sidelight_core::domain::session::StoreId;
use sidelight_core::domain::shortcut::Chord;
use sidelight_core::domain::sign_in::SignInUrl;
use sidelight_core::domain::workspace::panes::PaneId;
use sidelight_core::domain::workspace::{Page, TabId};
use tauri::WebviewWindow;
use url::Url;
use webkit2gtk::{WebView, WebViewExt};

use super::{Insets, Label, Shown, Surroundings, Touches};
use downloads::Running;
use histories::Histories;
use overlay::Overlay;
use own_windows::OwnWindows;
pub use process::{find_display, prepare_process};
use store::Store;

/// How long the processes of a store that nobody uses stay.
const REST: Duration = Duration::from_secs(2);

/// The consoles of the one window.
pub struct Engine {
    shared: Rc<Shared>,
}

/// What signal handlers reach too.
struct Shared {
    surroundings: Surroundings,
    overlay: Overlay,
    views: RefCell<HashMap<TabId, WebView>>,
    stores: RefCell<HashMap<StoreId, Store>>,
    running: Running,
    histories: Histories,
    touches: Touches,
    labels: RefCell<HashMap<TabId, Label>>,
    focused: RefCell<Option<TabId>>,
    /// Windows that pages opened and that have nothing to show yet, with their openers.
    unannounced: RefCell<HashMap<TabId, TabId>>,
    own_windows: OwnWindows,
}

impl Engine {
    /// GTK lets a webview go from one window to another.
    pub const HAS_OWN_WINDOWS: bool = true;

    /// Lays an overlay over the UI's webview and takes the window's keys first.
    ///
    /// # Errors
    /// Where the window is gone already.
    pub fn new(
        window: &WebviewWindow,
        surroundings: Surroundings,
        press: impl Fn(Option<&TabId>, Chord) -> bool + 'static,
    ) -> tauri::Result<Self> {
        let content = window.default_vbox()?;
        let touches = Touches::new(surroundings.events.clone());
        let shared = Rc::new(Shared {
            surroundings,
            overlay: Overlay::over(&content),
            views: RefCell::default(),
            stores: RefCell::default(),
            running: Running::default(),
            histories: Histories::default(),
            touches,
            labels: RefCell::default(),
            focused: RefCell::default(),
            unannounced: RefCell::default(),
            own_windows: OwnWindows::new(Box::new(press)),
        });
        let keys = Rc::downgrade(&shared);
        keys::take_first(&window.gtk_window()?, move |chord| {
            keys.upgrade().is_some_and(|shared| shared.pressed(None, chord))
        });
        Ok(Self { shared })
    }

    /// A console webview in a store, hidden at first; one that is there stays.
    pub fn open(&self, tab: &TabId, store: &StoreId, reach: &Reach) {
        if self.shared.views.borrow().contains_key(tab) {
            return;
        }
        let view = self.shared.with_store(store, |store| page::new(store.context()));
        self.shared.histories.give_back(tab, &view);
        self.shared.adopt(tab, store, reach, &view);
    }

    /// What each console is called and marked with.
    pub fn label(&self, labels: HashMap<TabId, Label>) {
        let before = self.shared.labels.replace(labels);
        let labels = self.shared.labels.borrow();
        for (tab, view) in self.shared.views.borrow().iter() {
            put_label(view, before.get(tab), labels.get(tab));
        }
        self.shared.own_windows.label(&labels);
    }

    /// Enters by a sign-in link.
    pub fn sign_in(&self, tab: &TabId, url: &SignInUrl) {
        self.with(tab, |view| view.load_uri(url.expose()));
    }

    /// Goes to a page.
    pub fn go_to(&self, tab: &TabId, url: &Url) {
        self.with(tab, |view| histories::go(view, url));
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

    /// Looks for a text in a page; an empty one ends it.
    pub fn find(&self, tab: &TabId, text: &str, step: FindStep) {
        self.with(tab, |view| find::find(view, text, step));
    }

    /// Fills a user's name into a sign-in page.
    pub fn fill_in(&self, tab: &TabId, name: &str) {
        self.with(tab, |view| identity::fill_in(view, name));
    }

    /// Puts a text into the clipboard.
    pub fn copy(&self, text: &str) {
        gtk::Clipboard::get(&gdk::SELECTION_CLIPBOARD).set_text(text);
    }

    /// The page is asked whether it may sleep.
    pub fn ask_to_rest(&self, tab: &TabId) {
        self.with(tab, |view| rest::ask(view, tab, &self.shared.surroundings));
    }

    /// The webview goes, its history is kept; its downloads go on.
    pub fn close(&self, tab: &TabId) {
        self.with(tab, |view| self.shared.histories.keep(tab, view));
        self.shared.discard(tab);
    }

    /// Whose pages take how much memory.
    pub fn measure(&self) {
        let around = self.shared.surroundings.clone();
        let stores: Vec<(ProfileId, PathBuf)> = {
            let stores = self.shared.stores.borrow();
            stores.keys().map(|store| (store.profile.clone(), around.home.browser_store(store))).collect()
        };
        if sandbox::is_possible() {
            std::thread::spawn(move || around.measured(memory_use::by_profile(&stores)));
        }
    }

    /// These tabs stand in windows of their own, and no others; hidden ones while the app is locked.
    pub fn keep_apart(&self, tabs: &[TabId], hidden: bool) {
        self.shared.keep_apart(tabs, hidden);
    }

    /// A tab's own window comes to the front.
    pub fn present(&self, tab: &TabId) {
        self.shared.own_windows.present(tab);
    }

    /// Shows these webviews and hides the others.
    pub fn show(&self, shown: &[Shown]) {
        let views = self.shared.views.borrow().clone();
        let placed = shown.iter().filter_map(|shown| Some((views.get(&shown.tab)?.clone(), shown.pane, shown.rect)));
        self.shared.overlay.show(placed.collect());
    }

    /// The keyboard goes to this page, where it is another one than before. The UI keeps it where something is typed
    /// there: by `types`, or a moment ago. Where no page is meant, none that shows keeps it.
    pub fn focus(&self, tab: Option<&TabId>, types: bool) {
        let before = self.shared.focused.replace(tab.cloned());
        let overlay = &self.shared.overlay;
        let ui_keeps = (types || overlay.is_typed_into()) && overlay.ui_has_focus();
        if let Some(tab) = tab.filter(|tab| before.as_ref() != Some(*tab) && !ui_keeps) {
            self.with(tab, |view| view.grab_focus());
        }
        if tab.is_none() && overlay.page_has_focus() {
            overlay.focus_ui();
        }
    }

    /// The UI keeps other edges of the window.
    pub fn set_area(&self, insets: Insets) {
        self.shared.overlay.set_area(insets);
    }

    /// The UI keeps other edges of a pane.
    pub fn set_pane(&self, pane: PaneId, insets: Insets) {
        self.shared.overlay.set_pane(pane, insets);
    }

    /// The keyboard's focus goes to the page that shows; false, and to the UI, where none does or
    /// where it has the focus already.
    pub fn focus_page(&self) -> bool {
        let focused = self.shared.focused.borrow().clone();
        let view = focused.and_then(|tab| self.shared.views.borrow().get(&tab).cloned());
        let view = view.filter(|view| !view.has_focus());
        match &view {
            Some(view) => view.grab_focus(),
            None => self.shared.overlay.focus_ui(),
        }
        view.is_some()
    }

    /// A store whose last webview is gone lets go of its processes.
    pub fn rest_store(&self, store: &StoreId) {
        // WebKit 2.50 still works on the page that was closed a moment ago, and crashes without its context.
        let gone = self.shared.stores.borrow_mut().remove(store);
        gtk::glib::timeout_add_local_once(REST, move || drop(gone));
    }

    /// The keyboard's focus goes to the UI.
    pub fn focus_ui(&self) {
        self.shared.overlay.focus_ui();
    }

    /// Removes a profile's browser data. Its webviews are closed before.
    pub fn remove_store(&self, profile: &ProfileId) {
        for store in StoreId::both(profile) {
            self.rest_store(&store);
        }
    }

    /// Asks where an offered download goes, in the system's own dialog.
    pub fn ask_where(&self, id: DownloadId, place: &Path) {
        let over = self.shared.overlay.window();
        save_dialog::ask_where(over.as_ref(), id, place, &self.shared.surroundings);
    }

    /// Asks for the folder of a profile's downloads.
    pub fn ask_folder(&self, profile: ProfileId, folder: &Path) {
        let over = self.shared.overlay.window();
        save_dialog::ask_folder(over.as_ref(), profile, folder, &self.shared.surroundings);
    }

    /// Asks what goes to S3.
    pub fn ask_upload(&self, to: UploadTo, chosen: Chosen) {
        save_dialog::ask_upload(self.shared.overlay.window().as_ref(), to, chosen, &self.shared.surroundings);
    }

    /// WebKit goes on with a download that was offered.
    pub fn begin_download(&self, id: DownloadId, folder: &Path, name: &str, keep_time: bool) {
        self.shared.running.begin(id, folder, name, keep_time);
    }

    /// WebKit lets go of a download that was offered.
    pub fn leave_download(&self, id: DownloadId) {
        self.shared.running.leave(id);
    }

    /// Stops a download; its end is told by an event.
    pub fn stop_download(&self, id: DownloadId, keep: bool) {
        self.shared.running.stop(id, keep);
    }

    fn with(&self, tab: &TabId, act: impl FnOnce(&WebView)) {
        if let Some(view) = self.shared.views.borrow().get(tab) {
            act(view);
        }
    }
}

/// A console without a name, and one that counts as mere layout, is passed over by screen readers.
fn put_label(view: &WebView, before: Option<&Label>, now: Option<&Label>) {
    if let Some(accessible) = view.accessible() {
        accessible.set_role(gtk::atk::Role::Panel);
        accessible.set_name(now.map_or("", |label| label.name.as_str()));
    }
    let banner = |label: Option<&Label>| label.and_then(|label| label.banner.clone());
    if banner(before) != banner(now) {
        banner::show(view, banner(now).as_ref());
    }
}

impl Shared {
    /// Makes a webview one of ours: its signals become events of `tab`.
    fn adopt(self: &Rc<Self>, tab: &TabId, store: &StoreId, reach: &Reach, view: &WebView) {
        self.overlay.add(view);
        self.views.borrow_mut().insert(tab.clone(), view.clone());
        put_label(view, None, self.labels.borrow().get(tab));
        page::listen(self, tab, store, reach, view);
        find::listen(view, tab, &self.surroundings);
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
            self.own_windows.close(tab);
            self.overlay.remove(&view);
        }
    }

    fn with_store<T>(self: &Rc<Self>, id: &StoreId, ask: impl FnOnce(&Store) -> T) -> T {
        let mut stores = self.stores.borrow_mut();
        let store = stores.entry(id.clone()).or_insert_with(|| {
            let store = Store::of(id, &self.surroundings.home);
            downloads::take_all(store.context(), &id.profile, &self.surroundings, &self.running);
            store
        });
        ask(store)
    }
}
