//! Typing: whether the user is in the middle of a text in the UI, which a page that appears must not get the rest of.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use gdk::ModifierType;
use gdk::keys::constants as keys;
use gtk::glib::Propagation;
use gtk::prelude::*;

/// Whoever has not pressed a key for so long has left the text.
const PAUSE: Duration = Duration::from_secs(5);

/// When the last letter of a text came.
#[derive(Clone, Default)]
pub struct Typing(Rc<Cell<Option<Instant>>>);

impl Typing {
    /// Listens to the UI.
    pub fn listen(&self, ui: &gtk::Widget) {
        let last = self.0.clone();
        ui.connect_key_press_event(move |_, event| {
            let key = event.keyval();
            let is_chord = event.state().intersects(ModifierType::CONTROL_MASK | ModifierType::MOD1_MASK);
            if is_of_text(key) && !is_chord {
                last.set(Some(Instant::now()));
            } else if ends_text(key) {
                last.set(None);
            }
            Propagation::Proceed
        });
        let last = self.0.clone();
        ui.connect_button_press_event(move |_, _| {
            last.set(None);
            Propagation::Proceed
        });
    }

    /// Something else was asked for.
    pub fn end(&self) {
        self.0.set(None);
    }

    /// Whether more of it is to come.
    pub fn goes_on(&self) -> bool {
        self.0.get().is_some_and(|last| last.elapsed() < PAUSE)
    }
}

/// A blank may press a button: it counts for nothing.
fn is_of_text(key: gdk::keys::Key) -> bool {
    key == keys::BackSpace || key.to_unicode().is_some_and(|letter| !letter.is_control() && letter != ' ')
}

fn ends_text(key: gdk::keys::Key) -> bool {
    [keys::Return, keys::KP_Enter, keys::Escape, keys::Tab, keys::ISO_Left_Tab].contains(&key)
}
