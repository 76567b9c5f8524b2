//! Unix: a process of its own session is not ended with this terminal.

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
