//! The web engine: whether this system's is there, and which.
//!
//! Found, not loaded: loading it takes longer than all other checks. Each platform has its file.

#[cfg(target_os = "linux")]
#[path = "web_engine/linux.rs"]
mod platform;
#[cfg(target_os = "macos")]
#[path = "web_engine/macos.rs"]
mod platform;
#[cfg(windows)]
#[path = "web_engine/windows.rs"]
mod platform;

use super::Check;

const NAME: &str = "web engine";

/// How it is.
pub fn check() -> Option<Check> {
    Some(platform::check())
}
