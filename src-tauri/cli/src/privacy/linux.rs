//! Linux: no core file, and no debugger of the same user without a word to the kernel.

use rustix::process::{DumpableBehavior, set_dumpable_behavior};

/// From now on.
pub fn begin() {
    // An old kernel that refuses leaves the command as useful as before.
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
}
