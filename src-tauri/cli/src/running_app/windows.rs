//! Windows: a process without this console, in a group of its own.

use std::os::windows::process::CommandExt;
use std::process::Command;

/// `DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP`. Source: Windows API, "Process Creation Flags".
const DETACHED: u32 = 0x0000_0008 | 0x0000_0200;

/// The command will live without this console.
pub fn detach(command: &mut Command) {
    command.creation_flags(DETACHED);
}

/// Every session has one.
pub fn has_display() -> bool {
    true
}
