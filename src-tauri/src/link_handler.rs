//! Link handler: has the system give `sidelight:` links to this program, beside the window's own work.
//!
//! Only where no package needs to do it: macOS reads it from the bundle, Windows from what the installer registers.

#[cfg(not(target_os = "linux"))]
#[path = "link_handler/elsewhere.rs"]
mod chosen;
#[cfg(target_os = "linux")]
#[path = "link_handler/linux.rs"]
mod chosen;

pub use chosen::{renew, set};
