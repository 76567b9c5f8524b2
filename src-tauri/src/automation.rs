//! WebDriver: it may drive the window's UI in builds for tests and for the bench, and in no release.
//!
//! Source: tauri-runtime-wry, which asks the environment when it makes a webview.

const WISH: &str = "TAURI_WEBVIEW_AUTOMATION";

/// Takes the wish out of the environment, where this is a release.
#[expect(unsafe_code, clippy::disallowed_methods, reason = "called early in main, while there is one thread")]
pub fn refuse_in_a_release() {
    let is_for_tests = cfg!(any(debug_assertions, feature = "automation"));
    if !is_for_tests && std::env::var_os(WISH).is_some() {
        tracing::warn!("{WISH} is refused: this is a release");
        unsafe { std::env::remove_var(WISH) };
    }
}
