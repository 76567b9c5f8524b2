//! The keyboard: keys pressed through XTEST, found by what they mean on the display's own layout.
//!
//! Not an input method: characters that no key of the layout makes cannot be typed.

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ConnectionExt as _, KEY_PRESS_EVENT, KEY_RELEASE_EVENT};
use x11rb::protocol::xtest::ConnectionExt as _;

use super::Screen;
use crate::error::{HarnessError, Outcome};

/// A key that changes the meaning of another while it is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modifier {
    /// Shift.
    Shift,
    /// Control.
    Control,
    /// Alt.
    Alt,
    /// Super, the Windows key.
    Super,
}

/// A key of the layout, and whether Shift must be held to get what was meant.
#[derive(Clone, Copy)]
struct Key {
    code: u8,
    shifted: bool,
}

impl Screen {
    /// Presses one key: a character, or a name such as `Return`, `Escape`, `Tab`, `Left`, `F5`.
    ///
    /// # Errors
    /// When the layout has no such key, or the display is gone.
    pub fn press(&self, key: &str, modifiers: &[Modifier]) -> Outcome {
        let missing = || HarnessError::missing(format!("key {key:?}"));
        let found = self.key(keysym(key).ok_or_else(missing)?)?.ok_or_else(missing)?;
        let mut held = Vec::new();
        for &modifier in modifiers {
            held.extend(self.key(modifier.keysym())?.map(|key| key.code));
        }
        if found.shifted && !modifiers.contains(&Modifier::Shift) {
            held.extend(self.key(Modifier::Shift.keysym())?.map(|key| key.code));
        }
        for &code in &held {
            self.fake_key(KEY_PRESS_EVENT, code)?;
        }
        self.fake_key(KEY_PRESS_EVENT, found.code)?;
        self.fake_key(KEY_RELEASE_EVENT, found.code)?;
        for &code in held.iter().rev() {
            self.fake_key(KEY_RELEASE_EVENT, code)?;
        }
        Ok(())
    }

    /// Types a text, character by character.
    ///
    /// # Errors
    /// As [`Screen::press`].
    pub fn type_text(&self, text: &str) -> Outcome {
        text.chars().try_for_each(|letter| self.press(&letter.to_string(), &[]))
    }

    fn key(&self, keysym: u32) -> Outcome<Option<Key>> {
        let setup = self.connection.setup();
        let (first, last) = (setup.min_keycode, setup.max_keycode);
        let cookie = self.connection.get_keyboard_mapping(first, last - first + 1)?;
        let layout = cookie.reply()?;
        let columns = usize::from(layout.keysyms_per_keycode).max(1);
        // The first two columns are the key alone and the key with Shift.
        let found = |column: usize| {
            let rows = layout.keysyms.chunks(columns);
            let row = rows.map(|row| row.get(column)).position(|sym| sym == Some(&keysym))?;
            let code = first + u8::try_from(row).ok()?;
            Some(Key { code, shifted: column == 1 })
        };
        Ok(found(0).or_else(|| found(1)))
    }

    fn fake_key(&self, event: u8, code: u8) -> Outcome {
        let now = x11rb::CURRENT_TIME;
        let any_device = 0;
        self.connection.xtest_fake_input(event, code, now, self.root, 0, 0, any_device)?.check()?;
        Ok(self.connection.flush()?)
    }
}

impl Modifier {
    fn keysym(self) -> u32 {
        match self {
            Self::Shift => 0xffe1,
            Self::Control => 0xffe3,
            Self::Alt => 0xffe9,
            Self::Super => 0xffeb,
        }
    }
}

/// X's number for what a key means. Characters of Latin-1 are their own numbers.
fn keysym(key: &str) -> Option<u32> {
    let mut letters = key.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        let code = u32::from(letter);
        return match code {
            0x0a => Some(0xff0d),
            0x09 => Some(0xff09),
            0x20..=0x7e | 0xa0..=0xff => Some(code),
            _ => None,
        };
    }
    if let Some(number) = key.strip_prefix('F') {
        let number: u32 = number.parse().ok()?;
        return (1..=12).contains(&number).then_some(0xffbd + number);
    }
    let named = match key {
        "BackSpace" => 0xff08,
        "Tab" => 0xff09,
        "Return" => 0xff0d,
        "Escape" => 0xff1b,
        "Home" => 0xff50,
        "Left" => 0xff51,
        "Up" => 0xff52,
        "Right" => 0xff53,
        "Down" => 0xff54,
        "PageUp" => 0xff55,
        "PageDown" => 0xff56,
        "End" => 0xff57,
        "Delete" => 0xffff,
        _ => return None,
    };
    Some(named)
}
