//! Rule: on what, which pattern, and the mark and guards that it gives. The first that fits wins.
//!
//! Not the mark of a profile (`mark`), which the user may have given it by hand. Grows with what a
//! rule can be about.

mod folded;
mod page;
mod pattern;
mod ready_made;

use std::sync::Arc;

use url::Url;

use super::guard::Guards;
use super::input::{Field, InputError, Problem};
use super::mark::{Look, MarkWord};
use super::profile::Profile;
use folded::Folded;

pub use page::PagePattern;
pub use pattern::{LONGEST_PATTERN, Pattern};
pub(super) use ready_made::meaning;
pub use ready_made::ready_made;

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The profile's name.
    Name,
    /// The profile's group.
    Group,
    /// The profile's account id: twelve digits, with or without hyphens.
    Account,
    /// The permission set of Identity Center, or the name of the role that the profile assumes.
    Role,
    /// The address of a page that is not the console's.
    Page,
}

/// When a rule fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The profile's name.
    Name(Pattern),
    /// The profile's group.
    Group(Pattern),
    /// The profile's account id.
    Account(Pattern),
    /// The permission set or role.
    Role(Pattern),
    /// A page of the user's own sites.
    Page(PagePattern),
}

impl Condition {
    /// Reads the pattern as the subject needs it.
    ///
    /// # Errors
    /// [`Field::Pattern`], as [`Pattern::parse`] and [`PagePattern::parse`] say.
    pub fn parse(subject: Subject, pattern: &str) -> Result<Self, InputError> {
        Ok(match subject {
            Subject::Name => Self::Name(Pattern::parse(pattern)?),
            Subject::Group => Self::Group(Pattern::parse(pattern)?),
            Subject::Account => Self::Account(Pattern::parse_account(pattern)?),
            Subject::Role => Self::Role(Pattern::parse(pattern)?),
            Subject::Page => Self::Page(PagePattern::parse(pattern)?),
        })
    }

    /// What it is about.
    #[must_use]
    pub fn subject(&self) -> Subject {
        match self {
            Self::Name(_) => Subject::Name,
            Self::Group(_) => Subject::Group,
            Self::Account(_) => Subject::Account,
            Self::Role(_) => Subject::Role,
            Self::Page(_) => Subject::Page,
        }
    }

    /// Its pattern as written.
    #[must_use]
    pub fn pattern(&self) -> &str {
        match self {
            Self::Name(pattern) | Self::Group(pattern) | Self::Account(pattern) | Self::Role(pattern) => {
                pattern.as_str()
            }
            Self::Page(pattern) => pattern.as_str(),
        }
    }
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    condition: Condition,
    word: MarkWord,
    look: Option<Look>,
    guards: Guards,
}

impl Rule {
    /// A rule that gives `word`, `guards`, and `look`: without one, the look that the word means, or
    /// a free one.
    ///
    /// # Errors
    /// [`Field::Look`] where a word that means production would not look like it.
    pub fn new(condition: Condition, word: MarkWord, look: Option<Look>, guards: Guards) -> Result<Self, InputError> {
        let is_production = meaning(&word).is_some_and(|(look, _)| look.is_production());
        if is_production && look.is_some_and(|look| !look.is_production()) {
            return Err(InputError::new(Field::Look, Problem::Reserved));
        }
        Ok(Self { condition, word, look, guards })
    }

    /// When it fits.
    #[must_use]
    pub fn condition(&self) -> &Condition {
        &self.condition
    }

    /// The word that it gives.
    #[must_use]
    pub fn word(&self) -> &MarkWord {
        &self.word
    }

    /// The look that it gives, where it says one.
    #[must_use]
    pub fn look(&self) -> Option<Look> {
        self.look
    }

    /// The guards that it gives.
    #[must_use]
    pub fn guards(&self) -> Guards {
        self.guards
    }
}

/// A rule that fits, and by what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit<'a> {
    /// Its place, from 0.
    pub(super) index: usize,
    pub(super) rule: &'a Rule,
    /// The alternative of its pattern, as written.
    pub(super) found: &'a Arc<str>,
}

/// The first rule that fits a profile.
pub(super) fn of_profile<'a>(rules: &'a [Rule], profile: &Profile) -> Option<Fit<'a>> {
    let (mut name, mut group, mut account, mut role) = (None, None, None, None);
    first(rules, |condition| match condition {
        Condition::Name(pattern) => pattern.find_in(name.get_or_insert_with(|| Folded::new(profile.name.as_str()))),
        Condition::Group(pattern) => {
            let text = profile.group.as_ref()?.as_str();
            pattern.find_in(group.get_or_insert_with(|| Folded::new(text)))
        }
        Condition::Account(pattern) => {
            let text = profile.account.as_ref()?.as_str();
            pattern.find_in(account.get_or_insert_with(|| Folded::new(text)))
        }
        Condition::Role(pattern) => {
            let text = profile.source.role_name()?;
            pattern.find_in(role.get_or_insert_with(|| Folded::new(text)))
        }
        Condition::Page(_) => None,
    })
}

/// The first rule that fits a page.
pub(super) fn of_page<'a>(rules: &'a [Rule], page: &Url) -> Option<Fit<'a>> {
    first(rules, |condition| match condition {
        Condition::Page(pattern) => pattern.find_in(page),
        Condition::Name(_) | Condition::Group(_) | Condition::Account(_) | Condition::Role(_) => None,
    })
}

fn first<'a>(rules: &'a [Rule], mut find: impl FnMut(&'a Condition) -> Option<&'a Arc<str>>) -> Option<Fit<'a>> {
    let fits = |(index, rule): (usize, &'a Rule)| Some(Fit { index, rule, found: find(&rule.condition)? });
    rules.iter().enumerate().find_map(fits)
}

#[cfg(test)]
#[path = "rule_tests.rs"]
mod tests;
