//! What must be so in this process before GTK starts, and whether it has a display.

use std::env;
use std::ffi::OsStr;

use sidelight_core::app::error::{Cause, Error};
use sidelight_core::storage::other_programs;

use super::{graphics, sandbox};

/// Early in main, while there is one thread.
///
/// The process holds secrets in memory: no crash may write it to disk.
pub fn prepare_process() {
    // An old kernel refuses; then the app is as safe as its neighbours.
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
    graphics::prepare();
    sandbox::prepare();
}

/// GTK opens the display, or says that there is none. The window's own start would panic.
pub fn find_display() -> Result<(), Error> {
    gtk::init().map_err(|_| Cause::NoDisplay.into())
}

/// Sets a variable of the environment where the user has not: for GTK and WebKit, and for no other program.
#[expect(unsafe_code, clippy::disallowed_methods, reason = "called early in main, while there is one thread")]
pub fn set_default(name: &'static str, value: impl AsRef<OsStr>) {
    if env::var_os(name).is_none() {
        unsafe { env::set_var(name, value) };
        other_programs::keep_from_them(name);
    }
}
