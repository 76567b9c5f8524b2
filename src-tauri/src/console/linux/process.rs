//! What must be so in this process before GTK starts, and whether it has a display.

use std::env;
use std::ffi::OsStr;
use std::sync::{Mutex, PoisonError};

use sidelight_core::app::error::{Cause, Error};

use super::{graphics, sandbox};

static SET: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());

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

/// Sets a variable of the environment where the user has not.
#[expect(unsafe_code, clippy::disallowed_methods, reason = "called early in main, while there is one thread")]
pub fn set_default(name: &'static str, value: impl AsRef<OsStr>) {
    if env::var_os(name).is_none() {
        unsafe { env::set_var(name, value) };
        SET.lock().unwrap_or_else(PoisonError::into_inner).push(name);
    }
}

/// The variables that were set so: for GTK and WebKit, and for no other program.
pub fn own_environment() -> Vec<&'static str> {
    SET.lock().unwrap_or_else(PoisonError::into_inner).clone()
}
