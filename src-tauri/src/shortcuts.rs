//! Keyboard shortcuts: which keys ask for what, the same whether a page or the UI has the focus.
//!
//! Not how a platform delivers keys (`console`). Nothing here takes what a page needs: no plain
//! key, no Ctrl+C, Ctrl+F, Ctrl+P, Ctrl+S. Grows with the app's actions.

use sidelight_core::app::event::{TabWish, Wish};
use sidelight_core::app::state::Surface;
use sidelight_core::domain::workspace::{TabChoice, ZoomStep};

use crate::request::Cue;

/// A key with what is held down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chord {
    /// Which key.
    pub key: Key,
    /// Ctrl, on macOS Command.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// Alt, on macOS Option.
    pub alt: bool,
}

/// The keys that shortcuts are made of.
#[cfg_attr(target_os = "macos", expect(dead_code, reason = "an item of a menu has one key only"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Lower case.
    Letter(char),
    Digit(u8),
    F1,
    F5,
    F6,
    Tab,
    PageUp,
    PageDown,
    Left,
    Right,
    Plus,
    Minus,
    Comma,
}

/// What a shortcut does.
#[derive(Debug)]
pub enum Action {
    /// Asks the core.
    Wish(Wish),
    /// Moves the UI's focus.
    Cue(Cue),
    /// Moves the focus between page and UI.
    SwitchFocus,
}

/// What a chord asks for; `None` leaves it to whoever has the focus.
pub fn action(chord: Chord) -> Option<Action> {
    let Chord { key, command, shift, alt } = chord;
    let wish = match (command, shift, alt, key) {
        (true, false, false, Key::Letter('k')) => return Some(Action::Cue(Cue::FocusFilter)),
        (false, false, false, Key::F6) => return Some(Action::SwitchFocus),
        (true, false, false, Key::Letter('t')) => Wish::WithActive(TabWish::Another),
        (true, false, false, Key::Letter('w')) => Wish::WithActive(TabWish::Close),
        (true, true, false, Key::Letter('t')) => Wish::ReopenTab,
        (true, false, false, Key::Tab | Key::PageDown) => Wish::ChooseTab(TabChoice::Next),
        (true, true, false, Key::Tab) | (true, false, false, Key::PageUp) => Wish::ChooseTab(TabChoice::Previous),
        (true, false, false, Key::Digit(9)) => Wish::ChooseTab(TabChoice::Last),
        (true, false, false, Key::Digit(digit @ 1..=8)) => Wish::ChooseTab(TabChoice::At(usize::from(digit) - 1)),
        (false, false, true, Key::Left) => Wish::WithActive(TabWish::Back),
        (false, false, true, Key::Right) => Wish::WithActive(TabWish::Forward),
        (true, false, false, Key::Letter('r')) | (false, false, false, Key::F5) => Wish::WithActive(TabWish::Reload),
        (true, _, false, Key::Plus) => Wish::WithActive(TabWish::Zoom(ZoomStep::In)),
        (true, false, false, Key::Minus) => Wish::WithActive(TabWish::Zoom(ZoomStep::Out)),
        (true, false, false, Key::Digit(0)) => Wish::WithActive(TabWish::Zoom(ZoomStep::Reset)),
        (true, false, false, Key::Letter('j')) => Wish::Show(Surface::Downloads),
        (true, false, false, Key::Letter('n')) => Wish::Show(Surface::ProfileEditor(None)),
        (true, false, false, Key::Comma) => Wish::Show(Surface::Settings),
        (false, false, false, Key::F1) => Wish::Show(Surface::Shortcuts),
        _ => return None,
    };
    Some(Action::Wish(wish))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ctrl(letter: char) -> Chord {
        Chord { key: Key::Letter(letter), command: true, shift: false, alt: false }
    }

    #[test]
    fn what_a_page_needs_stays_the_pages() {
        for letter in ['a', 'c', 'f', 'p', 's', 'v', 'x', 'y', 'z'] {
            assert!(action(ctrl(letter)).is_none(), "Ctrl+{letter}");
        }
        for key in [Key::Letter('k'), Key::Left, Key::Tab, Key::Digit(1)] {
            let plain = Chord { key, command: false, shift: false, alt: false };
            assert!(action(plain).is_none(), "{key:?}");
        }
    }

    #[test]
    fn digits_choose_tabs_and_nine_is_the_last() {
        let digit = |digit| Chord { key: Key::Digit(digit), command: true, shift: false, alt: false };
        assert!(matches!(action(digit(3)), Some(Action::Wish(Wish::ChooseTab(TabChoice::At(2))))));
        assert!(matches!(action(digit(9)), Some(Action::Wish(Wish::ChooseTab(TabChoice::Last)))));
    }
}
