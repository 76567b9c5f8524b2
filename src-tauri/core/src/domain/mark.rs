//! Mark: what tells environments apart, always a shape and a colour, and a word where there is one;
//! and why a profile or a page has the one it has.
//!
//! Not how it is drawn (the UI has a token for each colour and a path for each shape), nor which
//! rule fits (`rule`). Grows with the palette.

mod free;

use std::sync::Arc;

use url::Url;

use super::guard::Guards;
use super::input::{Field, InputError, Problem};
use super::partition::Partition;
use super::profile::{Profile, one_line};
use super::rule::{self, Fit, Rule, Subject, meaning};
use free::{Seed, Wanted};

/// What the user calls an environment: `PROD`, `STG`, `本番`, …; one line, 1–12 characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MarkWord(String);

impl MarkWord {
    /// Trims and checks.
    ///
    /// # Errors
    /// Empty, too long, or with control characters.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        one_line(text, Field::Mark, 12).map(Self)
    }

    /// As typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether two words differ by no more than their case.
fn is_one_word(one: &str, other: &str) -> bool {
    one.chars().flat_map(char::to_lowercase).eq(other.chars().flat_map(char::to_lowercase))
}

/// What tells a profile or a page apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The word, where there is one.
    pub word: Option<MarkWord>,
    /// A name from the palette.
    pub colour: Colour,
    /// Drawn beside the word.
    pub shape: Shape,
}

/// A mark, and why it is this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// Which.
    pub mark: Mark,
    /// Why.
    pub reason: Reason,
}

/// Why a profile or a page has its mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The user gave the profile its word.
    Given,
    /// A rule of the book.
    Rule {
        /// Its place in [`Book::rules`](super::book::Book::rules), from 1.
        number: usize,
        /// What it is about.
        on: Subject,
        /// Which alternative of its pattern was found, as it is written there (an account id without hyphens).
        found: Arc<str>,
    },
    /// No rule fits: it has no word, and any free colour.
    NoRule,
}

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($variant:ident => $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "the name says all")]
        pub enum $name { $($variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its name, as files and style sheets spell it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// By its name.
            ///
            /// # Errors
            /// [`Field::Look`] for a name that is not in the list.
            pub fn parse(text: &str) -> Result<Self, InputError> {
                let found = Self::ALL.iter().find(|known| known.name() == text.trim());
                found.copied().ok_or(InputError::new(Field::Look, Problem::Unknown))
            }
        }
    };
}

named! {
    /// The palette. Red is for production only.
    Colour {
        Red => "red",
        Amber => "amber",
        Green => "green",
        Blue => "blue",
        Violet => "violet",
        Teal => "teal",
        Pink => "pink",
        Slate => "slate",
    }
}

named! {
    /// The shapes. The octagon (a stop sign) is for production only.
    Shape {
        Octagon => "octagon",
        Triangle => "triangle",
        Circle => "circle",
        Square => "square",
        Diamond => "diamond",
        Hexagon => "hexagon",
    }
}

/// A colour and a shape that may go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    colour: Colour,
    shape: Shape,
}

impl Look {
    /// Checks.
    ///
    /// # Errors
    /// [`Field::Look`] for red without the octagon, or the octagon without red: together they are
    /// production's.
    pub fn new(colour: Colour, shape: Shape) -> Result<Self, InputError> {
        let fits = (colour == Colour::Red) == (shape == Shape::Octagon);
        fits.then_some(Self { colour, shape }).ok_or(InputError::new(Field::Look, Problem::Reserved))
    }

    /// Its colour.
    #[must_use]
    pub fn colour(self) -> Colour {
        self.colour
    }

    /// Its shape.
    #[must_use]
    pub fn shape(self) -> Shape {
        self.shape
    }

    /// Whether it is the red octagon.
    #[must_use]
    pub fn is_production(self) -> bool {
        self.colour == Colour::Red
    }

    fn with(self, word: Option<MarkWord>) -> Mark {
        Mark { word, colour: self.colour, shape: self.shape }
    }
}

/// The marks of profiles in the order in which they stand, by the word that the user gave, else by
/// the first rule that fits. Looks that nobody chose are free: a neighbour never has the same colour.
pub(super) fn marked<'a>(profiles: impl IntoIterator<Item = &'a Profile>, rules: &[Rule]) -> Vec<Marked> {
    let claims: Vec<Claim> = profiles.into_iter().map(|profile| Claim::of(profile, rules)).collect();
    let looks = free::looks(&claims.iter().map(|claim| claim.wanted).collect::<Vec<_>>());
    claims.iter().zip(looks).map(|(claim, look)| claim.marked(look)).collect()
}

/// The mark of a page that a profile with `marked` shows: a rule's where one is about the page, else
/// the profile's. What the console shows is never marked by its address, which names things of users.
pub(super) fn marked_page(marked: &Marked, partition: Option<&Partition>, page: &Url, rules: &[Rule]) -> Marked {
    match rule::of_page(rules, page) {
        Some(fit) if !partition.is_some_and(|partition| partition.has_page(page)) => {
            let claim = Claim::by_rule(fit);
            claim.marked(claim.wanted.alone())
        }
        _ => marked.clone(),
    }
}

/// The guards that come with a profile's mark.
pub(super) fn guards(profile: &Profile, rules: &[Rule]) -> Guards {
    match &profile.mark {
        Some(word) => said_of(word, rules).map_or(Guards::NONE, |(_, guards)| guards),
        None => rule::of_profile(rules, profile).map_or(Guards::NONE, |fit| fit.rule.guards()),
    }
}

/// What is said of a word that the user gave: by the first rule with this word, else by the first
/// with a word that looks the same because it means the same (`本番` and `PROD`), else by the word itself.
fn said_of(word: &MarkWord, rules: &[Rule]) -> Option<(Option<Look>, Guards)> {
    let means = meaning(word);
    let is_same = |rule: &&Rule| is_one_word(rule.word().as_str(), word.as_str());
    let looks_the_same = |rule: &&Rule| means.is_some() && look_of(rule) == means.map(|(look, _)| look);
    let profiles = || rules.iter().filter(|rule| rule.condition().subject() != Subject::Page);
    let rule = profiles().find(is_same).or_else(|| profiles().find(looks_the_same));
    match (rule, means) {
        (Some(rule), _) => Some((look_of(rule), rule.guards())),
        (None, Some((look, guards))) => Some((Some(look), guards)),
        (None, None) => None,
    }
}

fn look_of(rule: &Rule) -> Option<Look> {
    rule.look().or_else(|| meaning(rule.word()).map(|(look, _)| look))
}

/// A profile's word, the reason for it, and the look that it has or would like.
struct Claim<'a> {
    word: Option<&'a MarkWord>,
    wanted: Wanted<'a>,
    fit: Option<Fit<'a>>,
}

impl<'a> Claim<'a> {
    fn of(profile: &'a Profile, rules: &'a [Rule]) -> Self {
        if let Some(word) = &profile.mark {
            let look = said_of(word, rules).and_then(|(look, _)| look);
            return Self { word: Some(word), wanted: wanted(look, word), fit: None };
        }
        match rule::of_profile(rules, profile) {
            Some(fit) => Self::by_rule(fit),
            None => Self { word: None, wanted: Wanted::Free(Seed::Profile(profile.id.as_str())), fit: None },
        }
    }

    fn by_rule(fit: Fit<'a>) -> Self {
        let word = fit.rule.word();
        Self { word: Some(word), wanted: wanted(look_of(fit.rule), word), fit: Some(fit) }
    }

    fn marked(&self, look: Look) -> Marked {
        let reason = match (&self.fit, self.word) {
            (Some(fit), _) => {
                Reason::Rule { number: fit.index + 1, on: fit.rule.condition().subject(), found: Arc::clone(fit.found) }
            }
            (None, Some(_)) => Reason::Given,
            (None, None) => Reason::NoRule,
        };
        Marked { mark: look.with(self.word.cloned()), reason }
    }
}

fn wanted(look: Option<Look>, word: &MarkWord) -> Wanted<'_> {
    look.map_or(Wanted::Free(Seed::Word(word.as_str())), Wanted::Chosen)
}

#[cfg(test)]
#[path = "mark_tests.rs"]
mod tests;
