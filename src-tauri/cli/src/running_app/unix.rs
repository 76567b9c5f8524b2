//! Unix: a process of its own session is not ended with this terminal; a display has a name.

use std::env;
use std::os::unix::process::CommandExt;
use std::process::Command;

/// The command will begin a session of its own.
#[expect(unsafe_code, reason = "the standard library has no other way to a new session; setsid is async-signal-safe")]
pub fn detach(command: &mut Command) {
    // SAFETY: between fork and exec only setsid runs, which allocates nothing and takes no lock.
    unsafe {
        command.pre_exec(|| rustix::process::setsid().map(drop).map_err(Into::into));
    }
}

/// Whether a window may find a display. Source: X(7), `DISPLAY`; wl_display_connect(3).
pub fn has_display() -> bool {
    let is_named = |variable| env::var_os(variable).is_some_and(|name| !name.is_empty());
    cfg!(target_os = "macos") || is_named("DISPLAY") || is_named("WAYLAND_DISPLAY")
}
