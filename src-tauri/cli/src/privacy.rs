//! Keeps this process's memory to itself: it may hold a secret.
//!
//! Not what is in it. A platform without such a switch does nothing.

#[cfg(target_os = "linux")]
#[path = "privacy/linux.rs"]
mod platform;
#[cfg(not(target_os = "linux"))]
#[path = "privacy/other.rs"]
mod platform;

pub use platform::begin;
