//! The window: carries out what the core tells it, and tells the UI what there is to see.
//!
//! The engine lives on the main thread; every call of the core's port is handed over there.

mod kept;
pub mod keys;
mod names;
mod outside;
mod taskbar;
mod tray;

use std::cell::RefCell;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sidelight_core::app::drawer::Drawer;
use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::event::Event;
use sidelight_core::app::state::State;
use sidelight_core::app::switcher::Language;
use sidelight_core::app::window::{Chosen, Cue, FindStep, HistoryStep, Notification, UploadTo, Window};
use sidelight_core::domain::download::DownloadId;
use sidelight_core::domain::navigation::{self, Reach};
use sidelight_core::domain::profile::ProfileId;
use sidelight_core::domain::session::StoreId;
use sidelight_core::domain::sign_in::SignInUrl;
use sidelight_core::domain::workspace::TabId;
use sidelight_core::domain::workspace::panes::PaneId;
use sidelight_core::storage::browser_stores::BrowserStores;
use tauri::{AppHandle, Emitter, Manager, WebviewWindow};
use tauri_plugin_opener::OpenerExt;
use tokio::sync::mpsc::UnboundedSender;
use url::Url;

use crate::commands::UI;
use crate::console::{Engine, Insets, Shown};
use crate::control::Picture;
use crate::convert::Views;
use crate::view::{View, ViewChange};
use crate::{link_handler, notification, request};
pub use kept::KeptWindow;
pub use keys::{Keys, press};
use names::Names;
use taskbar::Taskbar;
pub use tray::StaysInTray;
use tray::{Face, TrayIcon};

thread_local! {
    /// Webviews belong to the main thread and cannot be sent; so neither can what holds them.
    static ENGINE: RefCell<Option<Engine>> = const { RefCell::new(None) };
}

/// The engine is there from now on. On the main thread only.
pub fn set_engine(engine: Engine) {
    ENGINE.with(|place| *place.borrow_mut() = Some(engine));
}

fn with_engine(app: &AppHandle, act: impl FnOnce(&Engine) + Send + 'static) {
    // It fails only when the app is ending, and then there is nothing left to act on.
    let _ = app.run_on_main_thread(move || {
        ENGINE.with(|engine| {
            if let Some(engine) = engine.borrow().as_ref() {
                act(engine);
            }
        });
    });
}

/// The UI keeps other edges of the window.
pub fn set_area(app: &AppHandle, insets: Insets) {
    with_engine(app, move |engine| engine.set_area(insets));
}

/// The UI keeps other edges of a pane.
pub fn set_pane(app: &AppHandle, pane: PaneId, insets: Insets) {
    with_engine(app, move |engine| engine.set_pane(pane, insets));
}

/// The UI's window, kept from the start: where consoles are Tauri's webviews too, Tauri does not
/// find it by its name any more.
struct UiWindow(WebviewWindow);

fn ui_window(app: &AppHandle) -> Option<WebviewWindow> {
    app.try_state::<UiWindow>().map(|window| window.0.clone())
}

/// What the UI was told last.
#[derive(Clone, Default)]
pub struct Told(Arc<Mutex<Option<View>>>);

impl Told {
    /// All of it.
    pub fn whole(&self) -> Option<View> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn change(&self, view: View) -> ViewChange {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let change = told.as_ref().map(|before| view.since(before)).unwrap_or_default();
        *told = Some(view);
        change
    }
}

fn focus_ui(app: &AppHandle, cue: request::Cue) {
    if let Some(ui) = ui_window(app) {
        let _ = ui.set_focus();
    }
    with_engine(app, Engine::focus_ui);
    let _ = app.emit_to(UI, "cue", cue);
}

/// Before each time that a store's folder is to go: its processes may write for a moment still, and then it is not empty.
const STORE_GOES_AFTER: [Duration; 3] =
    [Duration::from_millis(2_500), Duration::from_millis(500), Duration::from_secs(2)];

async fn remove_browser_data(stores: BrowserStores, profile: ProfileId) -> Result<(), Error> {
    let mut outcome = Ok(());
    for pause in STORE_GOES_AFTER {
        tokio::time::sleep(pause).await;
        let (stores, profile) = (stores.clone(), profile.clone());
        outcome = tokio::task::spawn_blocking(move || stores.remove(&profile)).await.unwrap_or(Err(Cause::Bug.into()));
        if outcome.is_ok() {
            break;
        }
    }
    outcome
}

/// The core's window.
pub struct ShellWindow {
    app: AppHandle,
    told: Told,
    stores: BrowserStores,
    kept: KeptWindow,
    picture: Picture,
    views: Mutex<Views>,
    names: Mutex<Names>,
    taskbar: Taskbar,
    tray: TrayIcon,
    face: Mutex<Option<Face>>,
}

impl ShellWindow {
    /// Of the app, whose window is open.
    pub fn new(app: AppHandle, told: Told, picture: Picture, stores: BrowserStores, kept: KeptWindow) -> Self {
        if let Some(window) = app.get_webview_window(UI) {
            app.manage(UiWindow(window));
        }
        Self {
            tray: TrayIcon::new(&app),
            face: Mutex::default(),
            app,
            told,
            stores,
            kept,
            picture,
            views: Mutex::default(),
            names: Mutex::default(),
            taskbar: Taskbar::default(),
        }
    }

    /// Tells the system what is new in the names.
    fn name(&self, names: Names) {
        let mut told = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(window) = ui_window(&self.app) {
            if told.window != names.window {
                let _ = window.set_title(&names.window);
            }
            if told.progress != names.progress {
                self.taskbar.show(&window, names.progress);
            }
        }
        if told.consoles != names.consoles {
            let consoles = names.consoles.clone();
            with_engine(&self.app, move |engine| engine.label(consoles));
        }
        *told = names;
    }

    /// Tells the tray what is new there.
    fn face(&self, face: Option<Face>) {
        let mut told = self.face.lock().unwrap_or_else(PoisonError::into_inner);
        if *told != face {
            self.tray.show(face.clone());
            *told = face;
        }
    }
}

impl Window for ShellWindow {
    fn open_console(&self, tab: &TabId, store: &StoreId, reach: &Reach) {
        let (tab, store, reach) = (tab.clone(), store.clone(), reach.clone());
        with_engine(&self.app, move |engine| engine.open(&tab, &store, &reach));
    }

    fn sign_in(&self, tab: &TabId, url: SignInUrl) {
        let tab = tab.clone();
        with_engine(&self.app, move |engine| engine.sign_in(&tab, &url));
    }

    fn go_to(&self, tab: &TabId, url: &Url) {
        let (tab, url) = (tab.clone(), url.clone());
        with_engine(&self.app, move |engine| engine.go_to(&tab, &url));
    }

    fn step(&self, tab: &TabId, step: HistoryStep) {
        let tab = tab.clone();
        with_engine(&self.app, move |engine| engine.step(&tab, step));
    }

    fn zoom(&self, tab: &TabId, zoom: f64) {
        let tab = tab.clone();
        with_engine(&self.app, move |engine| engine.zoom(&tab, zoom));
    }

    fn ask_to_rest(&self, tab: &TabId) {
        let tab = tab.clone();
        with_engine(&self.app, move |engine| engine.ask_to_rest(&tab));
    }

    fn measure(&self) {
        with_engine(&self.app, Engine::measure);
    }

    fn rest_store(&self, store: &StoreId) {
        let store = store.clone();
        with_engine(&self.app, move |engine| engine.rest_store(&store));
    }

    fn close_console(&self, tab: &TabId) {
        let tab = tab.clone();
        with_engine(&self.app, move |engine| engine.close(&tab));
    }

    fn place(&self, state: &State) {
        let focused = state.workspace.panes().focused();
        let shown: Vec<Shown> = state
            .in_sight()
            .into_iter()
            .map(|shown| Shown { tab: shown.tab.clone(), pane: shown.pane, rect: shown.rect })
            .collect();
        let is_locked = state.lock.is_some();
        let apart: Vec<TabId> = state.workspace.apart().map(|tab| tab.id.clone()).collect();
        // Who drags a tab or has its menu open keeps the keyboard; so does who types into the drawer, but for what is
        // looked for in the page itself.
        let (arranges, types) = (state.arranging, !matches!(state.drawer, None | Some(Drawer::Find(_))));
        with_engine(&self.app, move |engine| {
            engine.keep_apart(&apart, is_locked);
            engine.show(&shown);
            if is_locked {
                engine.focus(None, false);
                engine.focus_ui();
            } else if !arranges {
                let tab = shown.iter().find(|shown| shown.pane == focused).map(|shown| &shown.tab);
                engine.focus(tab, types);
            }
        });
    }

    fn remove_store(&self, profile: &ProfileId) {
        let (stores, profile) = (self.stores.clone(), profile.clone());
        let events = self.app.state::<UnboundedSender<Event>>().inner().clone();
        with_engine(&self.app, move |engine| {
            engine.remove_store(&profile);
            tauri::async_runtime::spawn(async move {
                let outcome = remove_browser_data(stores, profile.clone()).await;
                let _ = events.send(Event::StoreRemoved { profile, outcome });
            });
        });
    }

    fn open_outside(&self, url: &Url) {
        if navigation::is_plain(url) {
            outside::open(url.as_str().as_ref());
        }
    }

    fn show_file(&self, path: &Path) {
        let shown = if path.exists() { path } else { path.parent().unwrap_or(path) };
        if let Err(error) = self.app.opener().reveal_item_in_dir(shown) {
            tracing::warn!(%error, "the system's file browser was not opened");
        }
    }

    fn open_file(&self, path: &Path) {
        outside::open(path.as_ref());
    }

    fn ask_where(&self, id: DownloadId, place: &Path) {
        let place = place.to_owned();
        with_engine(&self.app, move |engine| engine.ask_where(id, &place));
    }

    fn ask_upload(&self, to: &UploadTo, chosen: Chosen) {
        let to = to.clone();
        with_engine(&self.app, move |engine| engine.ask_upload(to, chosen));
    }

    fn ask_folder(&self, profile: &ProfileId, folder: &Path) {
        let (profile, folder) = (profile.clone(), folder.to_owned());
        with_engine(&self.app, move |engine| engine.ask_folder(profile, &folder));
    }

    fn begin_download(&self, id: DownloadId, folder: &Path, name: &str, keep_time: bool) {
        let (folder, name) = (folder.to_owned(), name.to_owned());
        with_engine(&self.app, move |engine| engine.begin_download(id, &folder, &name, keep_time));
    }

    fn leave_download(&self, id: DownloadId) {
        with_engine(&self.app, move |engine| engine.leave_download(id));
    }

    fn stop_download(&self, id: DownloadId, keep: bool) {
        with_engine(&self.app, move |engine| engine.stop_download(id, keep));
    }

    fn find(&self, tab: &TabId, text: &str, step: FindStep) {
        let (tab, text) = (tab.clone(), text.to_owned());
        with_engine(&self.app, move |engine| engine.find(&tab, &text, step));
    }

    fn fill_in(&self, tab: &TabId, name: &str) {
        let (tab, name) = (tab.clone(), name.to_owned());
        with_engine(&self.app, move |engine| engine.fill_in(&tab, &name));
    }

    fn copy(&self, text: &str) {
        let text = text.to_owned();
        with_engine(&self.app, move |engine| engine.copy(&text));
    }

    fn focus_ui(&self, cue: Cue) {
        focus_ui(&self.app, cue.into());
    }

    fn focus_page(&self) {
        with_engine(&self.app, |engine| {
            engine.focus_page();
        });
    }

    fn switch_focus(&self) {
        let handle = self.app.clone();
        with_engine(&self.app, move |engine| {
            if !engine.focus_page() {
                focus_ui(&handle, request::Cue::Tabs);
            }
        });
    }

    fn notify(&self, notification: &Notification, language: Language) {
        notification::show(notification, language);
    }

    fn take_links(&self, on: bool) {
        link_handler::set(on, self.app.state::<UnboundedSender<Event>>().inner().clone());
    }

    fn present(&self) {
        if let Some(window) = ui_window(&self.app) {
            let _ = window.show();
            let _ = window.unminimize();
            let _ = window.set_focus();
        }
    }

    fn hide(&self) {
        if let Some(window) = ui_window(&self.app) {
            let _ = window.hide();
        }
    }

    fn present_console(&self, tab: &TabId) {
        let tab = tab.clone();
        with_engine(&self.app, move |engine| engine.present(&tab));
    }

    fn tell(&self, state: &State) {
        self.kept.keep(state);
        self.app.state::<Keys>().bind(&state.settings.bindings);
        self.app.state::<StaysInTray>().set(state.stays_in_tray());
        self.picture.take(state);
        let behind_lock = state.lock.is_some().then(|| state.behind_lock());
        let seen = behind_lock.as_ref().unwrap_or(state);
        let view = self.views.lock().unwrap_or_else(PoisonError::into_inner).of(seen);
        let names = Names::of(&view, state.settings.spoken());
        self.face(Face::of(&view, names.progress, state.settings.spoken()));
        self.name(names);
        let change = self.told.change(view);
        if change != ViewChange::default() {
            let _ = self.app.emit_to(UI, "view", change);
        }
    }
}
