//! Unix: what the mode of a file says.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Whether the group or everybody may do anything with it.
pub fn is_open_to_others(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}
