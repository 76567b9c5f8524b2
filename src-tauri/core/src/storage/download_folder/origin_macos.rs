//! The mark on a file that came from outside, on macOS: Gatekeeper asks before it is opened.

use std::path::Path;

use rustix::fs::{XattrFlags, setxattr};

/// Flags (downloaded, not yet approved), time (unknown), agent, event (none).
const QUARANTINE: &[u8] = b"0081;00000000;Sidelight;";

/// Marks it; a volume without extended attributes has no such mark.
pub(super) fn mark(file: &Path) {
    if let Err(error) = setxattr(file, "com.apple.quarantine", QUARANTINE, XattrFlags::empty()) {
        tracing::warn!(%error, "a download could not be marked as come from outside");
    }
}

/// The engine notes none that would be left.
pub(super) fn forget_address(_file: &Path) {}
