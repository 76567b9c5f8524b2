//! The harness: a machine for each test, with a home, a display, a bus and a keychain of its own, and
//! the hands to use Sidelight on it from outside.
//!
//! It is not a test, and knows nothing of Sidelight's inside: it starts the built programs and looks
//! at what they print, draw, store and send. It grows when a scenario needs a new hand or eye.

pub mod binaries;
pub mod demo;
pub mod error;
pub mod http;
pub mod leak;
pub mod pages;
pub mod process;
pub mod side;
pub mod surroundings;
pub mod wait;

#[cfg(target_os = "linux")]
pub mod app;
#[cfg(target_os = "linux")]
pub mod console;
#[cfg(target_os = "linux")]
pub mod desktop;
#[cfg(target_os = "linux")]
pub mod display;
#[cfg(target_os = "linux")]
pub mod emulators;
#[cfg(target_os = "linux")]
pub mod fault_server;
#[cfg(target_os = "linux")]
pub mod hand;
#[cfg(target_os = "linux")]
pub mod keyring;
#[cfg(target_os = "linux")]
pub mod logind;
#[cfg(target_os = "linux")]
pub mod memory;
#[cfg(target_os = "linux")]
pub mod notifications;
#[cfg(target_os = "linux")]
pub mod processor;
#[cfg(target_os = "linux")]
pub mod screen;
#[cfg(target_os = "linux")]
pub mod screen_reader;
#[cfg(target_os = "linux")]
pub mod seat;
#[cfg(target_os = "linux")]
pub mod session_bus;
#[cfg(target_os = "linux")]
pub mod stage;
#[cfg(target_os = "linux")]
pub mod taskbar;
#[cfg(target_os = "linux")]
pub mod tray;
#[cfg(target_os = "linux")]
pub mod ui;
#[cfg(target_os = "linux")]
pub mod wayland;

pub use error::{HarnessError, Outcome};
