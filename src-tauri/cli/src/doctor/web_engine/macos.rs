//! macOS: WebKit is a part of the system.

use super::super::Check;
use super::NAME;

/// How it is.
pub fn check() -> Check {
    Check::ok(NAME, "WebKit is a part of macOS")
}
