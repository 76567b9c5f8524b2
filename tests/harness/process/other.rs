//! Where there is no /proc: a program is ended by its own handle, and its children are not seen.
//!
//! Enough for showing the demo on macOS and Windows; the tests that need more run on Linux.

use std::path::Path;
use std::process::Child;

/// Not known here.
pub fn descendants(_ancestor: u32) -> Vec<u32> {
    Vec::new()
}

/// Not known here.
pub fn living_in(_home: &Path) -> Vec<u32> {
    Vec::new()
}

/// Not shown here.
pub fn shown_of(_id: u32) -> Vec<(&'static str, Vec<u8>)> {
    Vec::new()
}

/// Not known here.
pub fn name_of(_id: u32) -> String {
    String::new()
}

/// Not known here.
pub fn started_at(_id: u32) -> Option<u64> {
    None
}

/// Ends a program: there is no asking here.
pub fn ask_to_end(child: &mut Child) {
    // Gone already is as good.
    let _gone = child.kill();
}

/// Nothing to kill, since nothing was found.
pub fn kill(_ids: &[u32]) {}
