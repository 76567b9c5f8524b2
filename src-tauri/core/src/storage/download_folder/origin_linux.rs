//! The mark on a file that came from outside, on Linux.
//!
//! There is none that programs heed, and what keeps a download from being run is that it is not
//! executable. Its address is not noted: a presigned one opens the object.

use std::path::Path;

/// Where WebKitGTK notes the address (freedesktop.org, "Common Extended Attributes").
const ADDRESS: &str = "user.xdg.origin.url";

/// Nothing to do.
pub(super) fn mark(_file: &Path) {}

/// Takes off what the web engine has noted.
pub(super) fn forget_address(file: &Path) {
    // Most files have none, and some disks no attributes.
    let _ = rustix::fs::removexattr(file, ADDRESS);
}
