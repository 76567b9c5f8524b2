//! WKWebView on macOS: what Tauri does not offer of it, asked of its own interfaces.
//!
//! A profile's store is a data store with an identifier of its own (macOS 14 and later). Below
//! that each tab has one in memory only, since Tauri would fall back to one that all share.
#![expect(unsafe_code, reason = "WebKit's methods are; each object comes from WebKit on the main thread")]

mod delegate;
mod downloads;
mod menu;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::mpsc;

use objc2::MainThreadMarker;
use objc2::rc::Retained;
use objc2_foundation::{NSString, NSURL, NSURLRequest, ns_string};
use objc2_web_kit::{WKUserContentController, WKWebView};
use sha2::{Digest, Sha256};
use sidelight_core::app::error::Error;
use sidelight_core::app::window::HistoryStep;
use sidelight_core::domain::profile::ProfileId;
use sidelight_core::domain::session::StoreId;
use sidelight_core::storage::home::Home;
use tauri::webview::{PlatformWebview, WebviewBuilder};
use tauri::{AppHandle, Manager, Webview, WebviewWindow, Wry};

use super::page::Console;
use delegate::PageDelegate;

thread_local! {
    /// WebKit does not keep its delegates; they are kept here, by the webview's label.
    static DELEGATES: RefCell<HashMap<String, Retained<PageDelegate>>> = RefCell::default();
}

/// The menu bar takes the keys, whoever has the focus.
pub fn take_window(window: &WebviewWindow) -> tauri::Result<()> {
    menu::set(window.app_handle())
}

/// In the profile's own data store.
pub fn in_store(builder: WebviewBuilder<Wry>, console: &Console) -> Result<WebviewBuilder<Wry>, Error> {
    Ok(if objc2::available!(macos = 14.0) {
        builder.data_store_identifier(identifier(console.store(), &console.surroundings().home))
    } else {
        builder.incognito(true)
    })
}

/// Two homes of one user may have the same profile, and share nothing either.
fn identifier(store: &StoreId, home: &Home) -> [u8; 16] {
    let digest = Sha256::digest(home.browser_store(store).to_string_lossy().as_bytes());
    let mut identifier = [0; 16];
    identifier.copy_from_slice(&digest[..16]);
    identifier
}

/// Makes a new webview one of ours: its delegate takes the place of wry's, and the bridge that
/// Tauri built from its page to the app's commands is taken down. False where that did not happen.
pub fn attach(view: &Webview, console: &Console) -> bool {
    let (console, label) = (console.clone(), view.label().to_owned());
    super::note(view.with_webview(move |platform| {
        let Some(main_thread) = MainThreadMarker::new() else { return };
        let view = view_of(&platform);
        // SAFETY: Tauri hands out a live controller, and we are on its thread.
        let scripts = unsafe { &*platform.controller().cast::<WKUserContentController>() };
        unsafe {
            scripts.removeAllUserScripts();
            scripts.removeScriptMessageHandlerForName(ns_string!("ipc"));
            view.setAllowsBackForwardNavigationGestures(true);
        }
        let delegate = PageDelegate::listen_to(view, console, main_thread);
        DELEGATES.with_borrow_mut(|delegates| delegates.insert(label, delegate));
    }));
    DELEGATES.with_borrow(|delegates| delegates.contains_key(view.label()))
}

/// It is about to close.
pub fn forget(view: &Webview) {
    let delegate = DELEGATES.with_borrow_mut(|delegates| delegates.remove(view.label()));
    if let Some(delegate) = delegate {
        delegate.stop();
    }
}

/// Goes to an address that is never logged.
pub fn go(view: &Webview, url: &str) {
    let url = url.to_owned();
    with_view(view, move |view| {
        if let Some(url) = NSURL::URLWithString(&NSString::from_str(&url)) {
            unsafe { view.loadRequest(&NSURLRequest::requestWithURL(&url)) };
        }
    });
}

/// Back, forward, reload or stop.
pub fn step(view: &Webview, step: HistoryStep) {
    with_view(view, move |view| unsafe {
        match step {
            HistoryStep::Back => drop(view.goBack()),
            HistoryStep::Forward => drop(view.goForward()),
            HistoryStep::Reload => drop(view.reload()),
            HistoryStep::Stop => view.stopLoading(),
        }
    });
}

/// Whether the keyboard's focus is in the page.
pub fn has_focus(view: &Webview) -> bool {
    with_view(view, |view| {
        let focused = view.window().and_then(|window| window.firstResponder());
        focused.is_some_and(|focused| std::ptr::eq(Retained::as_ptr(&focused).cast(), std::ptr::from_ref(view)))
    })
    .unwrap_or_default()
}

/// The data store goes; WebKit refuses while a webview of it lives.
pub fn forget_store(app: &AppHandle, profile: &ProfileId, home: &Home) {
    if !objc2::available!(macos = 14.0) {
        return;
    }
    let (app, both) = (app.clone(), StoreId::both(profile).map(|store| identifier(&store, home)));
    tauri::async_runtime::spawn(async move {
        for identifier in both {
            if let Err(error) = app.remove_data_store(identifier).await {
                tracing::warn!(%error, "browser data of a removed profile is left");
            }
        }
    });
}

/// Tauri calls it at once on the main thread, where everything here is.
fn with_view<Answer: Send + 'static>(
    view: &Webview,
    act: impl FnOnce(&WKWebView) -> Answer + Send + 'static,
) -> Option<Answer> {
    let (answered, answer) = mpsc::channel();
    super::note(view.with_webview(move |platform| {
        let _ = answered.send(act(view_of(&platform)));
    }));
    answer.try_recv().ok()
}

fn view_of(platform: &PlatformWebview) -> &WKWebView {
    // SAFETY: Tauri hands out a live webview, which outlives the call that it is handed to.
    unsafe { &*platform.inner().cast::<WKWebView>() }
}

/// Puts a text into the clipboard.
pub fn copy(text: &str) -> Result<(), arboard::Error> {
    arboard::Clipboard::new()?.set_text(text)
}
