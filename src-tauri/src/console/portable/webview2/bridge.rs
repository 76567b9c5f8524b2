//! The bridge that Tauri builds from every page to the app's commands: closed for console pages.
//!
//! The capability already refuses them; this takes away the door. Source: wry's `webview2/mod.rs`.

use webview2_com::Microsoft::Web::WebView2::Win32::{
    COREWEBVIEW2_WEB_RESOURCE_CONTEXT_ALL, COREWEBVIEW2_WEB_RESOURCE_REQUEST_SOURCE_KINDS_ALL, ICoreWebView2,
    ICoreWebView2_22,
};
use windows::core::{HSTRING, Interface, Result};

/// The hosts by which Tauri serves the app's own pages and commands, as wry spells them.
const SERVED: [&str; 2] = ["http://tauri.*", "http://ipc.*"];

/// No messages, no host objects, no commands over HTTP, no developer tools, no error pages to click through.
pub fn close(core: &ICoreWebView2) -> Result<()> {
    unsafe {
        let settings = core.Settings()?;
        settings.SetIsWebMessageEnabled(false)?;
        settings.SetAreHostObjectsAllowed(false)?;
        settings.SetAreDevToolsEnabled(false)?;
        settings.SetIsBuiltInErrorPageEnabled(false)?;
    }
    for served in SERVED {
        // One that was never added is none to remove.
        let _ = stop_serving(core, &HSTRING::from(served));
    }
    Ok(())
}

fn stop_serving(core: &ICoreWebView2, filter: &HSTRING) -> Result<()> {
    let context = COREWEBVIEW2_WEB_RESOURCE_CONTEXT_ALL;
    unsafe {
        match core.cast::<ICoreWebView2_22>() {
            Ok(core) => core.RemoveWebResourceRequestedFilterWithRequestSourceKinds(
                filter,
                context,
                COREWEBVIEW2_WEB_RESOURCE_REQUEST_SOURCE_KINDS_ALL,
            ),
            Err(_) => core.RemoveWebResourceRequestedFilter(filter, context),
        }
    }
}
