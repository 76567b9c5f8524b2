//! The window: carries out what the core tells it, and tells the UI what there is to see.
//!
//! The engine lives on the main thread; every call of the core's port is handed over there.

use std::cell::RefCell;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use sidelight_core::app::state::{Settings, State};
use sidelight_core::app::window::{HistoryStep, Window};
use sidelight_core::domain::download::DownloadId;
use sidelight_core::domain::navigation;
use sidelight_core::domain::partition::Partition;
use sidelight_core::domain::profile::ProfileId;
use sidelight_core::domain::sign_in::SignInUrl;
use sidelight_core::domain::workspace::TabId;
use sidelight_core::storage::browser_stores::BrowserStores;
use sidelight_core::storage::settings::SettingsFile;
use tauri::{AppHandle, Emitter, Manager, WebviewWindow};
use tauri_plugin_opener::OpenerExt;
use url::Url;

use crate::commands::UI;
use crate::console::{Engine, Insets};
use crate::control::Picture;
use crate::request::Cue;
use crate::shortcuts::Action;
use crate::view::{View, ViewChange};

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

/// The UI has moved its edges.
pub fn set_insets(app: &AppHandle, insets: Insets) {
    with_engine(app, move |engine| engine.set_insets(insets));
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

/// Does what a shortcut asks for.
pub fn act(app: &AppHandle, action: Action) {
    match action {
        Action::Wish(wish) => {
            let events = app.state::<tokio::sync::mpsc::UnboundedSender<sidelight_core::app::event::Event>>();
            let _ = events.send(wish.into());
        }
        Action::Cue(cue) => focus_ui(app, Some(cue)),
        Action::SwitchFocus => {
            let handle = app.clone();
            with_engine(app, move |engine| {
                if !engine.focus_page() {
                    focus_ui(&handle, Some(Cue::FocusTabs));
                }
            });
        }
    }
}

fn focus_ui(app: &AppHandle, cue: Option<Cue>) {
    if let Some(ui) = ui_window(app) {
        let _ = ui.set_focus();
    }
    if let Some(cue) = cue {
        let _ = app.emit_to(UI, "cue", cue);
    }
}

/// The core's window.
pub struct ShellWindow {
    app: AppHandle,
    told: Told,
    stores: BrowserStores,
    settings: SettingsFile,
    kept: Mutex<Settings>,
    picture: Picture,
}

impl ShellWindow {
    /// Of the app, whose window is open; `kept` is what the settings file holds.
    pub fn new(
        app: AppHandle,
        told: Told,
        picture: Picture,
        stores: BrowserStores,
        settings: SettingsFile,
        kept: Settings,
    ) -> Self {
        if let Some(window) = app.get_webview_window(UI) {
            app.manage(UiWindow(window));
        }
        Self { app, told, stores, settings, kept: Mutex::new(kept), picture }
    }

    fn keep(&self, settings: &Settings) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if *kept == *settings {
            return;
        }
        kept.clone_from(settings);
        let (file, settings) = (self.settings.clone(), settings.clone());
        tokio::task::spawn_blocking(move || {
            if let Err(error) = file.save(&settings) {
                tracing::warn!(%error, "the settings are not kept");
            }
        });
    }

    fn set_title(&self, view: &View) {
        let active = view.tabs.iter().find(|tab| view.layout.active_tab.as_ref() == Some(&tab.id));
        let title = match active {
            Some(tab) => {
                let word = tab.mark.word.as_ref().map(|word| format!("{word} · ")).unwrap_or_default();
                format!("{word}{} — Sidelight", tab.profile_name)
            }
            None => "Sidelight".to_owned(),
        };
        if let Some(window) = ui_window(&self.app) {
            let _ = window.set_title(&title);
        }
    }
}

impl Window for ShellWindow {
    fn open_console(&self, tab: &TabId, profile: &ProfileId, partition: &Partition) {
        let (tab, profile, partition) = (tab.clone(), profile.clone(), partition.clone());
        with_engine(&self.app, move |engine| engine.open(&tab, &profile, &partition));
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

    fn close_console(&self, tab: &TabId) {
        let tab = tab.clone();
        with_engine(&self.app, move |engine| engine.close(&tab));
    }

    fn place(&self, state: &State) {
        let visible = state.visible().cloned();
        with_engine(&self.app, move |engine| engine.show(visible.as_ref()));
    }

    fn remove_store(&self, profile: &ProfileId) {
        let (stores, profile) = (self.stores.clone(), profile.clone());
        with_engine(&self.app, move |engine| {
            engine.remove_store(&profile);
            std::thread::spawn(move || {
                if let Err(error) = stores.remove(&profile) {
                    tracing::warn!(%error, "browser data of a removed profile is left");
                }
            });
        });
    }

    fn open_outside(&self, url: &Url) {
        if navigation::is_plain(url)
            && let Err(error) = self.app.opener().open_url(url.as_str(), None::<&str>)
        {
            tracing::warn!(%error, "the system browser was not opened");
        }
    }

    fn show_file(&self, path: &Path) {
        let shown = if path.exists() { path } else { path.parent().unwrap_or(path) };
        if let Err(error) = self.app.opener().reveal_item_in_dir(shown) {
            tracing::warn!(%error, "the system's file browser was not opened");
        }
    }

    fn cancel_download(&self, id: DownloadId) {
        with_engine(&self.app, move |engine| engine.cancel_download(id));
    }

    fn present(&self) {
        if let Some(window) = ui_window(&self.app) {
            let _ = window.unminimize();
            let _ = window.set_focus();
        }
    }

    fn tell(&self, state: &State) {
        self.keep(&state.settings);
        self.picture.take(state);
        let view = View::from(state);
        self.set_title(&view);
        let change = self.told.change(view);
        if change != ViewChange::default() {
            let _ = self.app.emit_to(UI, "view", change);
        }
    }
}
