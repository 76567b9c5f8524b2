//! The keys: what a chord does, wherever in the app it was pressed.
//!
//! Not which chord does what (the core's bindings).

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use sidelight_core::app::event::{Event, Wish};
use sidelight_core::domain::action::Action;
use sidelight_core::domain::shortcut::{Bindings, Chord};
use sidelight_core::domain::workspace::TabId;
use tauri::{AppHandle, Manager};
use tokio::sync::mpsc::UnboundedSender;

use super::ENGINE;
use crate::console::Engine;

/// A chord was pressed, which is told on the main thread: the app does what it asks for; true where it asks for something.
/// `within` is the tab in whose own window that was.
pub fn press(app: &AppHandle, within: Option<&TabId>, chord: Chord) -> bool {
    let Some(action) = app.state::<Keys>().action(chord) else { return false };
    if let Some(tab) = within {
        // The receiver is gone only when the app ends.
        let _ = app.state::<UnboundedSender<Event>>().send(Wish::ActIn(tab.clone(), action).into());
        return true;
    }
    if action.leads_into_the_ui() {
        ENGINE.with(|engine| engine.borrow().as_ref().map(Engine::focus_ui));
    }
    act(app, action);
    true
}

/// Does what an action says.
pub fn act(app: &AppHandle, action: Action) {
    // The receiver is gone only when the app ends.
    let _ = app.state::<UnboundedSender<Event>>().send(Wish::Act(action).into());
}

/// The keys as they are bound now.
#[derive(Clone, Default)]
pub struct Keys {
    bindings: Arc<Mutex<Bindings>>,
    are_recorded: Arc<AtomicBool>,
}

impl Keys {
    /// While the UI records a chord, all keys go to it.
    pub fn record(&self, on: bool) {
        self.are_recorded.store(on, Ordering::Relaxed);
    }

    fn action(&self, chord: Chord) -> Option<Action> {
        let bindings = self.bindings.lock().unwrap_or_else(PoisonError::into_inner);
        if self.are_recorded.load(Ordering::Relaxed) { None } else { bindings.action(chord) }
    }

    pub(super) fn bind(&self, bindings: &Bindings) {
        self.bindings.lock().unwrap_or_else(PoisonError::into_inner).clone_from(bindings);
    }
}
