//! Shortcuts: which keys ask for which action, the same whether a page or the UI has the focus.
//!
//! Not how a platform delivers keys. What a page needs is never taken: no key without Ctrl or Alt
//! that writes, no Ctrl+C, Ctrl+V, Ctrl+P, ….

use std::fmt;

use super::action::Action;
use super::input::{Field, InputError, Problem};

/// A key with what is held down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the words say all")]
pub enum Key {
    /// Lower case.
    Letter(char),
    Digit(u8),
    /// F1 to F12.
    Function(u8),
    Tab,
    Enter,
    PageUp,
    PageDown,
    Home,
    End,
    Left,
    Right,
    Up,
    Down,
    Plus,
    Minus,
    Comma,
    Period,
    Backslash,
}

/// Keys with a name of their own.
const NAMES: [(&str, Key); 14] = [
    ("Tab", Key::Tab),
    ("Enter", Key::Enter),
    ("PageUp", Key::PageUp),
    ("PageDown", Key::PageDown),
    ("Home", Key::Home),
    ("End", Key::End),
    ("Left", Key::Left),
    ("Right", Key::Right),
    ("Up", Key::Up),
    ("Down", Key::Down),
    ("+", Key::Plus),
    ("-", Key::Minus),
    (",", Key::Comma),
    (".", Key::Period),
];

impl Chord {
    /// From `Ctrl+Shift+T`, `Alt+Left`, `F5`, `Ctrl++`.
    ///
    /// # Errors
    /// Not a chord, or one that pages need.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let malformed = InputError::new(Field::Shortcut, Problem::NotAKey);
        let text = text.trim();
        let (held, name) = match text.strip_suffix("++") {
            Some(held) => (held, "+"),
            None => text.rsplit_once('+').unwrap_or(("", text)),
        };
        let mut chord = Self { key: key(name).ok_or(malformed)?, command: false, shift: false, alt: false };
        for word in held.split('+').filter(|word| !word.is_empty()) {
            let held = match word.to_ascii_lowercase().as_str() {
                "ctrl" | "cmd" => &mut chord.command,
                "shift" => &mut chord.shift,
                "alt" | "option" => &mut chord.alt,
                _ => return Err(malformed),
            };
            *held = true;
        }
        if chord.is_the_pages() {
            return Err(InputError::new(Field::Shortcut, Problem::KeptForPages));
        }
        Ok(chord)
    }

    /// What a page needs: keys that write or move, and the web's own shortcuts.
    #[must_use]
    pub fn is_the_pages(self) -> bool {
        let plain = !self.command && !self.alt;
        match self.key {
            Key::Function(_) => false,
            _ if plain => true,
            Key::Letter('a' | 'c' | 'p' | 's' | 'v' | 'x' | 'y' | 'z') => self.command && !self.shift && !self.alt,
            Key::Left | Key::Right | Key::Up | Key::Down | Key::Home | Key::End | Key::Enter => {
                self.command && !self.alt
            }
            _ => false,
        }
    }
}

fn key(name: &str) -> Option<Key> {
    if let Some((_, key)) = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        return Some(*key);
    }
    let mut characters = name.chars();
    match (characters.next()?, characters.as_str()) {
        ('\\', "") => Some(Key::Backslash),
        (letter, "") if letter.is_ascii_alphabetic() => Some(Key::Letter(letter.to_ascii_lowercase())),
        (digit, "") => u8::try_from(digit.to_digit(10)?).ok().map(Key::Digit),
        ('F' | 'f', number) => number.parse().ok().filter(|number| (1..=12).contains(number)).map(Key::Function),
        _ => None,
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, word) in [(self.command, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if held {
                formatter.write_str(word)?;
            }
        }
        match self.key {
            Key::Letter(letter) => write!(formatter, "{}", letter.to_ascii_uppercase()),
            Key::Digit(digit) => write!(formatter, "{digit}"),
            Key::Function(number) => write!(formatter, "F{number}"),
            Key::Backslash => formatter.write_str("\\"),
            key => formatter.write_str(NAMES.iter().find(|(_, known)| *known == key).map_or("", |(name, _)| name)),
        }
    }
}

/// What the user has bound in place of the table's own keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bindings {
    own: Vec<(Action, Vec<Chord>)>,
}

impl Bindings {
    /// From what a file says; a chord that two actions claim stays with the first.
    #[must_use]
    pub fn of(own: Vec<(Action, Vec<Chord>)>) -> Self {
        let mut bindings = Self::default();
        for (action, chords) in own {
            bindings.own.retain(|(other, _)| *other != action);
            bindings.own.push((action, chords));
        }
        bindings.sort();
        bindings
    }

    /// In the table's order.
    fn sort(&mut self) {
        self.own.sort_by_key(|(action, _)| Action::all().iter().position(|fact| fact.action == *action));
    }

    /// What differs from the table.
    #[must_use]
    pub fn own(&self) -> &[(Action, Vec<Chord>)] {
        &self.own
    }

    /// An action's keys.
    #[must_use]
    pub fn chords(&self, action: Action) -> Vec<Chord> {
        match self.own.iter().find(|(other, _)| *other == action) {
            Some((_, chords)) => chords.clone(),
            None => action.fact().keys.iter().filter_map(|keys| Chord::parse(keys).ok()).collect(),
        }
    }

    /// What a chord asks for; `None` leaves it to whoever has the focus.
    #[must_use]
    pub fn action(&self, chord: Chord) -> Option<Action> {
        // Ctrl and Plus is the same key with and without Shift.
        let same = |own: &Chord| *own == chord || (own.key == Key::Plus && Chord { shift: own.shift, ..chord } == *own);
        let asks = |action: &Action| self.chords(*action).iter().any(same);
        Action::all().iter().map(|fact| fact.action).find(asks)
    }

    /// Gives an action other keys; `None` gives it the table's own.
    ///
    /// # Errors
    /// [`Problem::Taken`] where another action has one of them; nothing is changed then.
    pub fn bind(&mut self, action: Action, chords: Option<Vec<Chord>>) -> Result<(), InputError> {
        let mut changed = self.clone();
        changed.own.retain(|(other, _)| *other != action);
        changed.own.extend(chords.map(|chords| (action, chords)));
        changed.sort();
        let others: Vec<Action> =
            Action::all().iter().map(|fact| fact.action).filter(|other| *other != action).collect();
        let taken = changed
            .chords(action)
            .iter()
            .any(|chord| others.iter().any(|other| changed.chords(*other).contains(chord)));
        if taken {
            return Err(InputError::new(Field::Shortcut, Problem::Taken));
        }
        *self = changed;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chord(text: &str) -> Chord {
        Chord::parse(text).expect("the case is a chord")
    }

    #[test]
    fn every_action_of_the_table_has_its_keys_to_itself_and_takes_none_that_pages_need() {
        let bindings = Bindings::default();
        for fact in Action::all() {
            assert_eq!(bindings.chords(fact.action).len(), fact.keys.len(), "{}: all its keys are chords", fact.id);
            for keys in fact.keys {
                assert_eq!(chord(keys).to_string().len(), keys.len(), "{keys}");
                assert_eq!(bindings.action(chord(keys)), Some(fact.action), "{keys}");
            }
        }
    }

    #[test]
    fn what_a_page_needs_stays_the_pages() {
        for keys in ["Ctrl+C", "Ctrl+V", "Ctrl+P", "Ctrl+S", "Ctrl+Z", "K", "Shift+Tab", "Left", "Ctrl+Left", "Enter"] {
            assert_eq!(Chord::parse(keys).map_err(|error| error.problem), Err(Problem::KeptForPages), "{keys}");
        }
        for keys in ["", "Ctrl+", "Ctrl+Shift", "Hyper+K", "F13", "Ctrl+KK", "Ctrl+é"] {
            assert_eq!(Chord::parse(keys).map_err(|error| error.problem), Err(Problem::NotAKey), "{keys}");
        }
        assert_eq!(Bindings::default().action(Chord { shift: true, ..chord("Ctrl+F") }), None);
    }

    #[test]
    fn plus_is_the_same_key_with_and_without_shift() {
        let plus = chord("Ctrl++");
        assert_eq!(Bindings::default().action(Chord { shift: true, ..plus }), Some(Action::ZoomIn));
    }

    #[test]
    fn other_keys_replace_the_tables_own_and_a_conflict_changes_nothing() {
        let mut bindings = Bindings::default();
        assert_eq!(bindings.bind(Action::FindInPage, Some(vec![chord("Ctrl+F")])), Ok(()));
        assert_eq!(bindings.action(chord("Ctrl+F")), Some(Action::FindInPage));
        assert_eq!(bindings.action(chord("F3")), None);
        let before = bindings.clone();
        let refused = bindings.bind(Action::Downloads, Some(vec![chord("Ctrl+F")]));
        assert_eq!(refused.map_err(|error| error.problem), Err(Problem::Taken));
        assert_eq!(bindings, before);
        assert_eq!(bindings.bind(Action::FindInPage, None), Ok(()));
        assert_eq!(bindings, Bindings::default());
        assert_eq!(bindings.bind(Action::FindInPage, Some(Vec::new())), Ok(()), "an action may have no keys");
    }
}
