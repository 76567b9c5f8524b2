//! macOS: what the user must install. The webview and the keychain are part of the system.

use std::process::Command;

use super::{Purpose, all_there, node_version};
use crate::error::Outcome;
use crate::process::answer;

/// Says what is missing.
pub fn install(_purposes: &[Purpose]) -> Outcome {
    let mut missing = Vec::new();
    if answer(Command::new("xcode-select").arg("-p")).is_none() {
        missing.push("Xcode's command line tools, which link the app: xcode-select --install".to_owned());
    }
    if !node_version::is_there() {
        missing.push(node_version::HOW_TO_GET_IT.to_owned());
    }
    all_there(missing)
}
