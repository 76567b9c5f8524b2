//! Windows: the WebView2 runtime, a folder for each version.

use std::env;
use std::path::PathBuf;

use super::super::Check;
use super::NAME;

/// How it is.
pub fn check() -> Check {
    let versions = ["ProgramFiles(x86)", "ProgramFiles", "LocalAppData"]
        .into_iter()
        .filter_map(env::var_os)
        .map(|folder| PathBuf::from(folder).join("Microsoft").join("EdgeWebView").join("Application"))
        .filter_map(|folder| folder.read_dir().ok())
        .flatten()
        .flatten()
        .filter(|entry| entry.path().join("msedgewebview2.exe").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    match versions.max() {
        Some(version) => Check::ok(NAME, format!("WebView2 {version} found")),
        None => Check::problem(
            NAME,
            "The WebView2 runtime is missing",
            "Install the WebView2 Evergreen Runtime from developer.microsoft.com",
        ),
    }
}
