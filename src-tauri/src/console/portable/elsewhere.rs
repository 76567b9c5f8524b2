//! Stands in for the platform's module where neither macOS nor Windows is: only to check the rest.

use sidelight_core::app::error::Error;
use sidelight_core::app::window::HistoryStep;
use sidelight_core::domain::profile::ProfileId;
use sidelight_core::storage::home::Home;
use tauri::webview::WebviewBuilder;
use tauri::{AppHandle, Webview, WebviewWindow, Wry};

use super::page::Console;

pub fn take_window(_window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

pub fn in_store(builder: WebviewBuilder<Wry>, _console: &Console) -> Result<WebviewBuilder<Wry>, Error> {
    Ok(builder.incognito(true))
}

pub fn attach(_view: &Webview, _console: &Console) -> bool {
    true
}

pub fn forget(_view: &Webview) {}

pub fn go(_view: &Webview, _url: &str) {}

pub fn step(_view: &Webview, _step: HistoryStep) {}

pub fn has_focus(_view: &Webview) -> bool {
    false
}

pub fn forget_store(_app: &AppHandle, _profile: &ProfileId, _home: &Home) {}

pub fn copy(_text: &str) -> Result<(), std::convert::Infallible> {
    Ok(())
}
