//! The mark on a file that came from outside, on Linux.
//!
//! There is none that programs heed, and what keeps a download from being run is that it is not
//! executable. Its address is not noted in `user.xdg.origin.url`: a presigned one opens the object.

use std::path::Path;

/// Nothing to do.
pub(super) fn mark(_file: &Path) {}
