//! Linux: by a desktop entry of ours.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use sidelight_core::app::event::Event;
use sidelight_core::storage::link_handler;
use tokio::sync::mpsc::UnboundedSender;

/// What was asked for last.
static WANTED: AtomicBool = AtomicBool::new(false);

/// One after the other.
static TURN: Mutex<()> = Mutex::new(());

/// From now on, or no more. What fails is told to the loop.
pub fn set(on: bool, events: UnboundedSender<Event>) {
    WANTED.store(on, Ordering::SeqCst);
    tauri::async_runtime::spawn_blocking(move || {
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted = WANTED.load(Ordering::SeqCst);
        if let Err(error) = link_handler::set(wanted) {
            // The loop is gone only when the app ends.
            let _ = events.send(Event::LinksStay { taken: !wanted, error });
        }
    });
}

/// At the start, where they are taken already.
pub fn renew() {
    tauri::async_runtime::spawn_blocking(|| {
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = link_handler::renew() {
            tracing::warn!(%error, "sidelight: links may lead to where the program was");
        }
    });
}
