//! The command `side` from outside: the real program, in a home of its own, without a keychain.
//!
//! Not with a keychain and not against AWS's protocol: the end-to-end tests do that.

mod app;
mod change;
#[cfg(target_os = "linux")]
mod doctor;
mod help;
mod list;
#[cfg(target_os = "linux")]
mod no_keychain;
#[cfg(target_os = "linux")]
mod start;
mod support;
