//! WebKit's process sandbox: on where the machine can do it, and never the reason for a crash.
//!
//! WebKit aborts the whole app when the sandbox is asked for and cannot be built, so each thing
//! that it needs is looked at first. Source: WebKitGTK, `BubblewrapLauncher.cpp`.

use std::sync::OnceLock;

use sidelight_core::storage::sandbox_probe;

use super::process::set_default;

/// Turns it on. Before GTK starts.
pub fn prepare() {
    if is_possible() {
        set_default("WEBKIT_FORCE_SANDBOX", "1");
    }
}

/// Whether web processes can be put into a sandbox here. Asked once.
pub fn is_possible() -> bool {
    static POSSIBLE: OnceLock<bool> = OnceLock::new();
    *POSSIBLE.get_or_init(|| sandbox_probe::problem().is_none())
}
