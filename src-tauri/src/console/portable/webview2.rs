//! WebView2 on Windows: what Tauri does not offer of it, asked of its own interfaces.
//!
//! A profile's store is a user data folder of its own, so each profile has its own browser process.
//! Not yet: that process may hold a removed profile's files for a moment after its last tab.
#![expect(unsafe_code, reason = "every call of a COM interface is; each object comes from WebView2 on its own thread")]

mod bridge;
mod downloads;
mod events;
mod keys;

use std::cell::RefCell;
use std::sync::mpsc;

use sidelight_core::app::error::Error;
use sidelight_core::app::window::HistoryStep;
use sidelight_core::domain::profile::ProfileId;
use sidelight_core::storage::browser_stores::BrowserStores;
use sidelight_core::storage::home::Home;
use tauri::webview::{PlatformWebview, WebviewBuilder};
use tauri::{AppHandle, Manager, Webview, WebviewWindow, Wry};
use webview2_com::FocusChangedEventHandler;
use webview2_com::Microsoft::Web::WebView2::Win32::{ICoreWebView2, ICoreWebView2Controller};
use windows::core::{BOOL, HSTRING, PWSTR, Result};

use super::page::Console;

thread_local! {
    /// The label of the webview that has the keyboard's focus.
    static FOCUSED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The UI's own webview: it takes shortcuts like a console, and has no developer tools.
pub fn take_window(window: &WebviewWindow) -> tauri::Result<()> {
    window.with_webview(|ui| {
        note(unsafe { ui.controller().CoreWebView2().and_then(|core| core.Settings()?.SetAreDevToolsEnabled(false)) });
        note(keys::take_first(&ui.controller()));
    })
}

/// In the profile's own folder; none there, no webview: all others would share one.
pub fn in_store(builder: WebviewBuilder<Wry>, console: &Console) -> std::result::Result<WebviewBuilder<Wry>, Error> {
    let folder = BrowserStores::new(&console.surroundings().home).make(console.store())?;
    Ok(builder.data_directory(folder))
}

/// Makes a new webview one of ours; false where its runtime is too old to be guarded.
pub fn attach(view: &Webview, console: &Console) -> bool {
    let (attached, outcome) = mpsc::channel();
    let (console, app, label) = (console.clone(), view.app_handle().clone(), view.label().to_owned());
    super::note(view.with_webview(move |platform| {
        let listens = listen(&platform, &app, &console, label);
        let _ = attached.send(listens.is_ok());
        note(listens);
    }));
    outcome.try_recv().unwrap_or_default()
}

fn listen(platform: &PlatformWebview, app: &AppHandle, console: &Console, label: String) -> Result<()> {
    let controller = platform.controller();
    let core = unsafe { controller.CoreWebView2()? };
    bridge::close(&core)?;
    events::listen(&core, app, console)?;
    downloads::take_all(&core, console)?;
    note_focus(&controller, label)?;
    keys::take_first(&controller)
}

fn note_focus(controller: &ICoreWebView2Controller, label: String) -> Result<()> {
    let leaving = label.clone();
    let got = FocusChangedEventHandler::create(Box::new(move |_, _| {
        FOCUSED.set(Some(label.clone()));
        Ok(())
    }));
    let lost = FocusChangedEventHandler::create(Box::new(move |_, _| {
        FOCUSED.with_borrow_mut(|focused| focused.take_if(|focused| *focused == leaving));
        Ok(())
    }));
    unsafe {
        controller.add_GotFocus(&got, &mut 0)?;
        controller.add_LostFocus(&lost, &mut 0)
    }
}

/// Its handlers go with it.
pub fn forget(_view: &Webview) {}

/// Goes to an address that is never logged.
pub fn go(view: &Webview, url: &str) {
    let url = HSTRING::from(url);
    with_core(view, move |core| unsafe { core.Navigate(&url) });
}

/// Back, forward, reload or stop.
pub fn step(view: &Webview, step: HistoryStep) {
    with_core(view, move |core| unsafe {
        match step {
            HistoryStep::Back => core.GoBack(),
            HistoryStep::Forward => core.GoForward(),
            HistoryStep::Reload => core.Reload(),
            HistoryStep::Stop => core.Stop(),
        }
    });
}

/// Whether the keyboard's focus is in the page.
pub fn has_focus(view: &Webview) -> bool {
    FOCUSED.with_borrow(|focused| focused.as_deref() == Some(view.label()))
}

/// All of it lies in the profile's folder.
pub fn forget_store(_app: &AppHandle, _profile: &ProfileId, _home: &Home) {}

fn with_core(view: &Webview, act: impl FnOnce(&ICoreWebView2) -> Result<()> + Send + 'static) {
    super::note(view.with_webview(move |platform| {
        note(unsafe { platform.controller().CoreWebView2() }.and_then(|core| act(&core)));
    }));
}

/// A call fails only for a webview that is gone, or whose process is; that is told by an event.
fn note(outcome: Result<()>) {
    if let Err(error) = outcome {
        tracing::debug!(code = error.code().0, "a call of WebView2 failed");
    }
}

/// A string that WebView2 hands out.
fn text(ask: impl FnOnce(*mut PWSTR) -> Result<()>) -> Result<String> {
    let mut text = PWSTR::null();
    ask(&mut text)?;
    Ok(webview2_com::take_pwstr(text))
}

/// A yes or no that WebView2 hands out.
fn flag(ask: impl FnOnce(*mut BOOL) -> Result<()>) -> Result<bool> {
    let mut flag = BOOL::default();
    ask(&mut flag)?;
    Ok(flag.as_bool())
}

/// Puts a text into the clipboard.
pub fn copy(text: &str) -> Result<(), arboard::Error> {
    arboard::Clipboard::new()?.set_text(text)
}
