//! macOS and Windows: as the system does it.

use std::ffi::OsStr;

/// Opens an address or a file. What does not open is logged.
pub fn open(target: &OsStr) {
    if let Err(error) = open::that_detached(target) {
        tracing::warn!(%error, "nothing opened it");
    }
}
