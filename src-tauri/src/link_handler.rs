//! Link handler: has the system give `sidelight:` links to this program, beside the window's own work.
//!
//! Only where no package needs to do it: macOS reads it from the bundle, Windows from what the installer registers.

use sidelight_core::app::event::Event;
use tokio::sync::mpsc::UnboundedSender;

/// From now on, or no more. What fails is told to the loop.
#[cfg(target_os = "linux")]
pub fn set(on: bool, events: UnboundedSender<Event>) {
    tauri::async_runtime::spawn_blocking(move || {
        if let Err(error) = sidelight_core::storage::link_handler::set(on) {
            // The loop is gone only when the app ends.
            let _ = events.send(Event::LinksNotTaken(error));
        }
    });
}

/// A package's matter.
#[cfg(not(target_os = "linux"))]
pub fn set(_: bool, _: UnboundedSender<Event>) {}
