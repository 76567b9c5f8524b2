//! Folded: a text made ready for patterns: case and width taken away, and where its words begin and end.
//!
//! Not what is looked for (`pattern`). Grows when another script has words of another kind.

use unicode_normalization::UnicodeNormalization;

/// No name is longer; of a longer text, what is behind is not looked at.
const LONGEST: usize = 256;

/// A text as patterns see it.
#[derive(Debug)]
pub(super) struct Folded {
    letters: Vec<char>,
    /// One more than letters: whether a word may begin or end before each, and behind the last.
    edges: Vec<bool>,
    bits: u64,
}

impl Folded {
    pub(super) fn new(text: &str) -> Self {
        let mut folded =
            Self { letters: Vec::with_capacity(text.len()), edges: Vec::with_capacity(text.len() + 1), bits: 0 };
        let mut before = (Kind::Other, Kind::Other);
        for (kind, letter) in fold(text).take(LONGEST) {
            // `ACMEProd`: the last capital belongs to the word behind it.
            if before == (Kind::Capital, Kind::Capital)
                && kind == Kind::Small
                && let Some(edge) = folded.edges.last_mut()
            {
                *edge = true;
            }
            folded.edges.push(folded.letters.is_empty() || parts(before.1, kind));
            folded.letters.push(letter);
            folded.bits |= bit(letter);
            before = (before.1, kind);
        }
        folded.edges.push(true);
        folded
    }

    pub(super) fn len(&self) -> usize {
        self.letters.len()
    }

    pub(super) fn letter(&self, at: usize) -> Option<char> {
        self.letters.get(at).copied()
    }

    pub(super) fn is_edge(&self, at: usize) -> bool {
        self.edges.get(at).copied().unwrap_or(false)
    }

    /// Which letters it has: the [`bit`]s of all.
    pub(super) fn bits(&self) -> u64 {
        self.bits
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Small,
    Capital,
    Digit,
    Katakana,
    /// Chinese characters and hiragana: words stand side by side, and nothing shows where one ends.
    Joined,
    Other,
}

/// The letters of a text in one case and width, each with the kind that it was.
pub(super) fn fold(text: &str) -> impl Iterator<Item = (Kind, char)> {
    let plain = text.is_ascii().then(|| text.chars());
    let wide = (!text.is_ascii()).then(|| text.nfkc());
    let letters = plain.into_iter().flatten().chain(wide.into_iter().flatten());
    letters.map(|letter| (kind(letter), letter.to_lowercase().next().unwrap_or(letter)))
}

fn kind(letter: char) -> Kind {
    match letter {
        'a'..='z' => Kind::Small,
        'A'..='Z' => Kind::Capital,
        '0'..='9' => Kind::Digit,
        '\u{30a1}'..='\u{30fa}' | 'ー' | '\u{31f0}'..='\u{31ff}' => Kind::Katakana,
        '々' | '〆' | '\u{3040}'..='\u{309f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => Kind::Joined,
        '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Kind::Joined,
        _ if letter.is_uppercase() => Kind::Capital,
        _ if letter.is_alphabetic() => Kind::Small,
        _ if letter.is_numeric() => Kind::Digit,
        _ => Kind::Other,
    }
}

/// Whether a word may end between the two.
fn parts(before: Kind, behind: Kind) -> bool {
    match (before, behind) {
        (Kind::Joined | Kind::Other, _) | (_, Kind::Joined | Kind::Other) => true,
        (Kind::Capital, Kind::Small) => false,
        (before, behind) => before != behind,
    }
}

/// What stands between the words of a name.
pub(super) fn is_separator(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '-' | '_' | '.' | '/' | ':' | '‐' | '‑' | '–' | '—' | '・')
}

/// A letter's bit among 64: letters share one, so a set of bits says what is missing, never what is there.
pub(super) fn bit(letter: char) -> u64 {
    let place = match letter {
        'a'..='z' => u32::from(letter) - u32::from('a'),
        '0'..='9' => 26 + u32::from(letter) - u32::from('0'),
        _ => 36 + u32::from(letter) % 28,
    };
    1 << place
}
