//! Words and what is found by each: an inverted index of one kind of thing.
//!
//! Not how a name becomes words (`cut`) nor how well a word fits (`grade`). A thing is its number.

use std::collections::HashMap;

use super::cut::{self, Word};
use super::field_words::{self, FieldWord, Spelling};
use super::fold::{heard, is_kana};
use super::grade;

/// How much a word counts for what it is a word of, in percent.
pub(super) type Weight = u8;

/// Words, each with the things that it is a word of.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// Where each word is; first those that are written, then those that are heard.
    keys: [HashMap<String, usize>; 2],
    /// What tells at a glance that a word does not fit; beside the words, so that all are passed in one sweep.
    glances: Vec<Glance>,
    entries: Vec<Entry>,
    things: usize,
}

#[derive(Clone, Copy, Debug)]
struct Glance {
    letters: u64,
    is_heard: bool,
    field: Option<FieldWord>,
}

impl Glance {
    fn of(word: &Word) -> Self {
        Self { letters: grade::letters(&word.text), is_heard: word.is_heard, field: word.field }
    }
}

#[derive(Clone, Debug)]
struct Entry {
    word: Word,
    of: Vec<(u32, Weight)>,
}

/// A piece of a query, made ready.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Folded.
    pub(super) text: String,
    letters: u64,
    heard: Option<(String, u64)>,
    is_kana: bool,
    fields: Vec<(FieldWord, u8)>,
}

impl Token {
    /// From folded text.
    pub(super) fn new(text: String) -> Self {
        let heard = heard(&text).map(|heard| {
            let letters = grade::letters(&heard);
            (heard, letters)
        });
        let mut token =
            Self { letters: grade::letters(&text), is_kana: is_kana(&text), heard, text, fields: Vec::new() };
        token.fields = token.field_words();
        token
    }

    /// The words of the field that it is, or begins, in any spelling.
    fn field_words(&self) -> Vec<(FieldWord, u8)> {
        let long_enough = if self.text.is_ascii() { 3 } else { 2 };
        if self.text.chars().count() < long_enough {
            return Vec::new();
        }
        let graded = |spelling: &Spelling| {
            let written = grade::plain(&self.text, &spelling.text);
            let typed = self.heard.as_ref().map(|(heard, _)| heard);
            let spoken = typed.zip(spelling.heard.as_ref()).and_then(|(typed, heard)| grade::plain(typed, heard));
            let best = written.max(spoken).filter(|grade| *grade >= grade::BEGINS)?;
            Some((spelling.word, grade::SAME_MEANING - (grade::WHOLE - best) / 2))
        };
        field_words::all().iter().filter_map(graded).collect()
    }

    /// Whether a word is worth reading.
    fn may_fit(&self, glance: Glance, errors: bool) -> bool {
        let missing = |letters: u64| (letters & !glance.letters).count_ones();
        let allowed = if errors { 2 } else { 0 };
        let heard = self.heard.as_ref().filter(|_| glance.is_heard || self.is_kana);
        (!glance.is_heard && missing(self.letters) <= allowed)
            || heard.is_some_and(|(_, letters)| missing(*letters) <= allowed)
            || glance.field.is_some_and(|field| self.fields.iter().any(|(known, _)| *known == field))
    }

    /// How well it fits a word of which the letters are known.
    fn grade(&self, word: &Word, letters: u64, errors: bool) -> Option<u8> {
        let is_spoken = word.is_heard || (self.is_kana && word.text.is_ascii());
        let (typed, typed_letters) = match &self.heard {
            Some((heard, letters)) if is_spoken => (heard.as_str(), *letters),
            _ if word.is_heard => return None,
            _ => (self.text.as_str(), self.letters),
        };
        let missing = (typed_letters & !letters).count_ones();
        if errors {
            return (missing <= 2).then(|| grade::with_errors(typed, &word.text)).flatten();
        }
        let as_written = (missing == 0).then(|| grade::plain(typed, &word.text)).flatten();
        let field = word.field.and_then(|field| {
            let same = self.fields.iter().filter(|(known, _)| *known == field);
            same.map(|(_, grade)| *grade).max()
        });
        as_written.max(field)
    }

    /// How well it fits the best of some words, errors allowed: for showing where it fits.
    pub(super) fn fits(&self, words: &[Word]) -> bool {
        let fits = |word: &Word, errors| self.grade(word, grade::letters(&word.text), errors).is_some();
        words.iter().any(|word| fits(word, false) || fits(word, true))
    }
}

impl Words {
    /// Makes `thing` found by the words of `text`.
    pub(super) fn add(&mut self, thing: usize, text: &str, weight: Weight) {
        for word in cut::words(text) {
            self.add_word(thing, word, weight);
        }
    }

    /// Makes `thing` found by `text` as it is, already folded.
    pub(super) fn add_whole(&mut self, thing: usize, text: &str, weight: Weight) {
        self.add_word(thing, Word { text: text.to_owned(), is_heard: false, field: None }, weight);
    }

    fn add_word(&mut self, thing: usize, word: Word, weight: Weight) {
        let Ok(number) = u32::try_from(thing) else { return };
        self.things = self.things.max(thing + 1);
        let keys = &mut self.keys[usize::from(word.is_heard)];
        let at = match keys.get(&word.text) {
            Some(at) => *at,
            None => {
                let at = self.entries.len();
                keys.insert(word.text.clone(), at);
                self.glances.push(Glance::of(&word));
                self.entries.push(Entry { word, of: Vec::new() });
                at
            }
        };
        let of = &mut self.entries[at].of;
        match of.last_mut() {
            Some((last, known)) if *last == number => *known = weight.max(*known),
            _ => of.push((number, weight)),
        }
    }

    /// How well a token fits each thing, 0 where it does not. `errors`: only as it might have been
    /// meant; else only as it stands. Answers the best grade, before weights.
    pub(super) fn look_up(&self, token: &Token, errors: bool, fits: &mut Vec<u8>) -> u8 {
        fits.resize(self.things, 0);
        let mut best = 0;
        for (entry, glance) in self.entries.iter().zip(&self.glances) {
            if !token.may_fit(*glance, errors) {
                continue;
            }
            let Some(grade) = token.grade(&entry.word, glance.letters, errors) else { continue };
            best = best.max(grade);
            for (thing, weight) in &entry.of {
                let fit = &mut fits[*thing as usize];
                *fit = weighed(grade, *weight).max(*fit);
            }
        }
        best
    }
}

/// At least 1, so that what fits is told from what does not.
fn weighed(grade: u8, weight: Weight) -> u8 {
    u8::try_from(u16::from(grade) * u16::from(weight) / 100).unwrap_or(grade).max(1)
}
