//! Windows: what the user must install.

use std::path::Path;
use std::process::Command;

use super::{Purpose, all_there, node_version};
use crate::error::Outcome;
use crate::process::answer;

/// Where Edge's updater notes the runtime's version: for all users of 64-bit systems, and for this user.
const WEBVIEW2: [&str; 2] = [
    r"HKLM\SOFTWARE\WOW6432Node\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}",
    r"HKCU\Software\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}",
];

const INSTALLER_OF_VISUAL_STUDIO: &str = r"C:\Program Files (x86)\Microsoft Visual Studio\Installer\vswhere.exe";

/// Says what is missing.
pub fn install(_purposes: &[Purpose]) -> Outcome {
    let mut missing = Vec::new();
    if !Path::new(INSTALLER_OF_VISUAL_STUDIO).exists() {
        let tools = "the C++ build tools of Visual Studio, which link the app: winget install Microsoft.VisualStudio.2022.BuildTools";
        missing.push(tools.to_owned());
    }
    let has_webview = |key: &&str| answer(Command::new("reg").args(["query", key, "/v", "pv"])).is_some();
    if !WEBVIEW2.iter().any(|key| has_webview(&key)) {
        let webview = "the WebView2 runtime, which shows the consoles: winget install Microsoft.EdgeWebView2Runtime";
        missing.push(webview.to_owned());
    }
    if !node_version::is_there() {
        missing.push(node_version::HOW_TO_GET_IT.to_owned());
    }
    all_there(missing)
}
