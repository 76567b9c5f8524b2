//! WebKit's process sandbox: on where the machine can do it, and never the reason for a crash.
//!
//! WebKit aborts the whole app when the sandbox is asked for and cannot be built, so each thing
//! that it needs is looked at first. Source: WebKitGTK, `BubblewrapLauncher.cpp`.

use std::sync::OnceLock;

use sidelight_core::app::error::{Cause, Error};
use sidelight_core::storage::sandbox_probe;

/// What must be so before GTK starts.
///
/// The DMABUF renderer paints the UI over consoles under software rendering; it is left off unless
/// the user says otherwise.
///
/// The process holds secrets in memory: no crash may write it to disk.
pub fn prepare_process() {
    // An old kernel refuses; then the app is as safe as its neighbours.
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
    set_default("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    make_accessibility_folder();
    if is_possible() {
        set_default("WEBKIT_FORCE_SANDBOX", "1");
    }
}

/// GTK opens the display, or says that there is none. The window's own start would panic.
pub fn find_display() -> Result<(), Error> {
    gtk::init().map_err(|_| Cause::NoDisplay.into())
}

/// Whether web processes can be put into a sandbox here. Asked once.
pub fn is_possible() -> bool {
    static POSSIBLE: OnceLock<bool> = OnceLock::new();
    *POSSIBLE.get_or_init(|| sandbox_probe::problem().is_none())
}

#[expect(unsafe_code, clippy::disallowed_methods, reason = "called first in main, while there is one thread")]
fn set_default(name: &str, value: &str) {
    if std::env::var_os(name).is_none() {
        unsafe { std::env::set_var(name, value) };
    }
}

/// The sandbox's bus proxy wants this folder, which a session without assistive technology lacks.
fn make_accessibility_folder() {
    if let Some(runtime) = std::env::var_os("XDG_RUNTIME_DIR") {
        // Where it cannot be made, the probe finds that out.
        let _ = std::fs::create_dir(std::path::Path::new(&runtime).join("at-spi"));
    }
}
