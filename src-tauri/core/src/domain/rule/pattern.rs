//! Pattern: the words that a name may hold, as a user writes them: `prod, prd, 本番, !non prod`.
//!
//! Not a regular expression: what users need is "this word, but not in that one", which one without
//! look-around cannot say. Must not grow into a language; a page's address has its own (`page`).

use std::ops::Range;
use std::sync::Arc;

use super::folded::{Folded, bit, fold, is_separator};
use crate::domain::input::{Field, InputError, Problem};
use crate::domain::profile::one_line;

/// Alternatives, parted by commas. The first one that the text holds is what is found.
///
/// - Case and width do not count (`ＰＲＯＤ` is `prod`).
/// - An alternative stands for whole words: `prod` is in `acme-prod`, `prod_eu`, `prod2` and
///   `AcmeProd`, not in `reproduce` or `products`. Chinese characters and hiragana have no such
///   edges: `本番` is in `本番環境`.
/// - `*` stands for any run of characters; at an end it does away with the edge of the word.
///   `*` alone is everything.
/// - A space stands for what parts words (`-`, `_`, `.`, `/`, `:`, spaces), or for nothing.
/// - `!` in front says "but not as part of this".
///
/// It never goes back to try otherwise, and looks at the first 256 characters of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    wanted: Vec<Alternative>,
    unwanted: Vec<Alternative>,
}

/// The longest pattern, in characters.
pub const LONGEST_PATTERN: usize = 300;

impl Pattern {
    /// Trims and checks.
    ///
    /// # Errors
    /// [`Field::Pattern`]: empty, longer than [`LONGEST_PATTERN`], of several lines, or nothing but `!`.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let text = one_line(text, Field::Pattern, LONGEST_PATTERN)?;
        let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
        for spelled in text.split([',', '、', '，']).map(str::trim).filter(|spelled| !spelled.is_empty()) {
            let (list, spelled) = match spelled.strip_prefix(['!', '！']) {
                Some(rest) => (&mut unwanted, rest.trim()),
                None => (&mut wanted, spelled),
            };
            list.push(Alternative::parse(spelled).ok_or(MALFORMED)?);
        }
        if wanted.is_empty() || unwanted.iter().any(Alternative::is_everything) {
            return Err(MALFORMED);
        }
        Ok(Self { text, wanted, unwanted })
    }

    /// As [`Self::parse`], for account ids: hyphens do not count, as in `1111-2222-3333`.
    pub(super) fn parse_account(text: &str) -> Result<Self, InputError> {
        let Self { text, .. } = Self::parse(text)?;
        let bare = Self::parse(&text.replace('-', ""))?;
        Ok(Self { text, ..bare })
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Which alternative the text holds, as it is written.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<&str> {
        self.find_in(&Folded::new(text)).map(|found| &**found)
    }

    /// As [`Self::find`], for a text that several patterns are asked about.
    pub(super) fn find_in(&self, text: &Folded) -> Option<&Arc<str>> {
        let mut hidden: Option<Vec<Range<usize>>> = None;
        for alternative in &self.wanted {
            let mut found = alternative.all_in(text);
            let is_open = |place: Range<usize>| {
                let hidden = hidden
                    .get_or_insert_with(|| self.unwanted.iter().flat_map(|unwanted| unwanted.all_in(text)).collect());
                !hidden.iter().any(|hidden| hidden.start < place.end && place.start < hidden.end)
            };
            if found.any(is_open) {
                return Some(&alternative.spelled);
            }
        }
        None
    }
}

const MALFORMED: InputError = InputError { field: Field::Pattern, problem: Problem::Malformed };

#[derive(Clone, Debug, PartialEq, Eq)]
struct Alternative {
    spelled: Arc<str>,
    /// What stands between the `*`s; none is everything.
    parts: Vec<Vec<Token>>,
    begins_anywhere: bool,
    ends_anywhere: bool,
    /// The letters without which it cannot be found ([`bit`]).
    needs: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Letter(char),
    /// Any number of separators.
    Gap,
}

impl Alternative {
    /// `None` where nothing would be looked for.
    fn parse(spelled: &str) -> Option<Self> {
        let letters: Vec<char> = fold(spelled).map(|(_, letter)| letter).collect();
        let parts: Vec<_> =
            letters.split(|letter| *letter == '*').map(tokens).filter(|part| !part.is_empty()).collect();
        let (begins_anywhere, ends_anywhere) = (letters.first() == Some(&'*'), letters.last() == Some(&'*'));
        let needs = parts.iter().flatten().fold(0, |needs, token| match token {
            Token::Letter(letter) => needs | bit(*letter),
            Token::Gap => needs,
        });
        let spelled = Arc::from(spelled);
        (!parts.is_empty() || begins_anywhere).then_some(Self { spelled, parts, begins_anywhere, ends_anywhere, needs })
    }

    fn is_everything(&self) -> bool {
        self.parts.is_empty()
    }

    /// Where it stands, from left to right.
    fn all_in<'a>(&'a self, text: &'a Folded) -> impl Iterator<Item = Range<usize>> {
        let mut from = Some(0).filter(|_| self.needs & !text.bits() == 0);
        std::iter::from_fn(move || {
            let found = self.next_in(text, from?);
            from = found.as_ref().map(|found| found.start + 1);
            found
        })
    }

    /// The first that begins at `from` or behind it.
    fn next_in(&self, text: &Folded, from: usize) -> Option<Range<usize>> {
        let Some((first, rest)) = self.parts.split_first() else {
            return (from == 0).then_some(0..text.len());
        };
        let ends = |at: usize, is_last: bool| !is_last || self.ends_anywhere || text.is_edge(at);
        let begins = |at: usize| self.begins_anywhere || text.is_edge(at);
        let (start, mut end) = (from..text.len())
            .filter(|at| begins(*at))
            .find_map(|at| Some((at, behind(first, text, at).filter(|end| ends(*end, rest.is_empty()))?)))?;
        // The earliest place of each part leaves most for the next, so no other needs to be tried.
        for (index, part) in rest.iter().enumerate() {
            let is_last = index + 1 == rest.len();
            end = (end..text.len()).find_map(|at| behind(part, text, at).filter(|end| ends(*end, is_last)))?;
        }
        Some(start..end)
    }
}

/// Where the text goes on behind a part that stands at `at`.
fn behind(part: &[Token], text: &Folded, mut at: usize) -> Option<usize> {
    for token in part {
        match token {
            Token::Letter(letter) if text.letter(at) == Some(*letter) => at += 1,
            Token::Letter(_) => return None,
            Token::Gap => {
                while text.letter(at).is_some_and(is_separator) {
                    at += 1;
                }
            }
        }
    }
    Some(at)
}

/// A gap swallows the separators around it, and means nothing at an end.
fn tokens(letters: &[char]) -> Vec<Token> {
    let mut tokens = Vec::new();
    for letter in letters {
        let last = tokens.last();
        if letter.is_whitespace() {
            while matches!(tokens.last(), Some(Token::Letter(last)) if is_separator(*last)) {
                tokens.pop();
            }
            if tokens.last().is_some_and(|last| *last != Token::Gap) {
                tokens.push(Token::Gap);
            }
        } else if last != Some(&Token::Gap) || !is_separator(*letter) {
            tokens.push(Token::Letter(*letter));
        }
    }
    if tokens.last() == Some(&Token::Gap) {
        tokens.pop();
    }
    tokens
}

#[cfg(test)]
#[path = "pattern_tests.rs"]
mod tests;
