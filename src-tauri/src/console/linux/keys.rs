//! The window's keys, before whatever has the focus gets them: so shortcuts work over a page too.

use gdk::ModifierType;
use gdk::keys::constants as keys;
use gtk::glib::Propagation;
use gtk::prelude::*;

use crate::shortcuts::{Action, Chord, Key, action};

/// Asks `act` for each shortcut; everything else goes on to whoever has the focus.
pub fn take_first(window: &gtk::ApplicationWindow, act: impl Fn(Action) + 'static) {
    window.connect_key_press_event(move |_, event| {
        match key(event.keyval()).map(|key| chord(key, event.state())).and_then(action) {
            Some(action) => {
                act(action);
                Propagation::Stop
            }
            None => Propagation::Proceed,
        }
    });
}

fn chord(key: Key, held: ModifierType) -> Chord {
    Chord {
        key,
        command: held.contains(ModifierType::CONTROL_MASK),
        shift: held.contains(ModifierType::SHIFT_MASK),
        alt: held.contains(ModifierType::MOD1_MASK),
    }
}

fn key(pressed: gdk::keys::Key) -> Option<Key> {
    Some(match pressed {
        keys::F1 => Key::F1,
        keys::F5 => Key::F5,
        keys::F6 => Key::F6,
        keys::Tab | keys::ISO_Left_Tab => Key::Tab,
        keys::Page_Up => Key::PageUp,
        keys::Page_Down => Key::PageDown,
        keys::Left => Key::Left,
        keys::Right => Key::Right,
        keys::plus | keys::equal | keys::KP_Add => Key::Plus,
        keys::minus | keys::KP_Subtract => Key::Minus,
        keys::comma => Key::Comma,
        other => {
            let character = other.to_unicode()?.to_ascii_lowercase();
            match character.to_digit(10) {
                Some(digit) => Key::Digit(u8::try_from(digit).ok()?),
                None if character.is_ascii_lowercase() => Key::Letter(character),
                None => return None,
            }
        }
    })
}
