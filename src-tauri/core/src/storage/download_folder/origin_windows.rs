//! The mark on a file that came from outside, on Windows: the Mark of the Web, which SmartScreen
//! and Office heed.

use std::fs;
use std::path::{Path, PathBuf};

/// Zone 3 is the internet.
const ZONE: &str = "[ZoneTransfer]\r\nZoneId=3\r\n";

/// Marks it; a volume that is not NTFS has no such mark.
pub(super) fn mark(file: &Path) {
    let mut stream = file.as_os_str().to_owned();
    stream.push(":Zone.Identifier");
    if let Err(error) = fs::write(PathBuf::from(stream), ZONE) {
        tracing::warn!(%error, "a download could not be marked as come from outside");
    }
}

/// The engine notes none that would be left.
pub(super) fn forget_address(_file: &Path) {}
