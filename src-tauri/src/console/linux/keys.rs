//! The window's keys, before whatever has the focus gets them: so shortcuts work over a page too.

use gdk::ModifierType;
use gdk::keys::constants as keys;
use gtk::glib::Propagation;
use gtk::prelude::*;

use sidelight_core::domain::shortcut::{Chord, Key};

/// Tells `press` of each key, `None` for one that no shortcut is made of; what asks for nothing goes on to whoever has the focus.
pub fn take_first(window: &impl IsA<gtk::Widget>, press: impl Fn(Option<Chord>) -> bool + 'static) {
    window.connect_key_press_event(move |_, event| {
        let chord = key(event.keyval()).map(|key| chord(key, event.state()));
        if press(chord) { Propagation::Stop } else { Propagation::Proceed }
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
        keys::F1 => Key::Function(1),
        keys::F2 => Key::Function(2),
        keys::F3 => Key::Function(3),
        keys::F4 => Key::Function(4),
        keys::F5 => Key::Function(5),
        keys::F6 => Key::Function(6),
        keys::F7 => Key::Function(7),
        keys::F8 => Key::Function(8),
        keys::F9 => Key::Function(9),
        keys::F10 => Key::Function(10),
        keys::F11 => Key::Function(11),
        keys::F12 => Key::Function(12),
        keys::Tab | keys::ISO_Left_Tab => Key::Tab,
        keys::Page_Up => Key::PageUp,
        keys::Page_Down => Key::PageDown,
        keys::Left => Key::Left,
        keys::Right => Key::Right,
        keys::plus | keys::equal | keys::KP_Add => Key::Plus,
        keys::minus | keys::KP_Subtract => Key::Minus,
        keys::comma => Key::Comma,
        keys::period => Key::Period,
        keys::Home => Key::Home,
        keys::End => Key::End,
        keys::Return | keys::KP_Enter => Key::Enter,
        keys::backslash | keys::bar | keys::yen => Key::Backslash,
        keys::Up => Key::Up,
        keys::Down => Key::Down,
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
