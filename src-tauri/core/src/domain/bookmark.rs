//! Bookmark: a page by a name of the user's, as a template for one profile, a group's, or all.
//!
//! Not the list of them (`book`) nor how a page becomes a template (`service::PageTemplate`). Grows
//! with the sets of profiles that a page can be for.

use std::fmt;

use super::input::{Field, InputError};
use super::profile::Region;
use super::profile::{Group, Profile, ProfileId, one_line, random_word, text_newtype};
use super::service::PageTemplate;

text_newtype! {
    /// A bookmark's id: 1–64 of `[0-9a-z-]`, from a random word.
    BookmarkId
}

impl BookmarkId {
    /// Takes a random word, or an id that was made before.
    ///
    /// # Errors
    /// [`Problem::Malformed`](super::input::Problem::Malformed) for anything else than 1–64 of
    /// `[0-9a-z-]`, or with a hyphen at the start.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        random_word(text).map(Self)
    }
}

text_newtype! {
    /// What the user calls a bookmark: one line, 1–64 characters, trimmed. Two may have one name.
    BookmarkName
}

impl BookmarkName {
    /// Trims and checks.
    ///
    /// # Errors
    /// Empty, too long, or with control characters.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        one_line(text, Field::Name, 64).map(Self)
    }
}

/// A page that the user named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bookmark {
    /// Its id.
    pub id: BookmarkId,
    /// As the user calls it.
    pub name: BookmarkName,
    /// Which page.
    pub page: PageTemplate,
    /// For which profiles.
    pub scope: BookmarkScope,
}

/// For which profiles a bookmark is; the narrowest first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BookmarkScope {
    /// This one alone.
    Profile(ProfileId),
    /// Those of a group, also of one that nobody belongs to now.
    Group(Group),
    /// All.
    EveryProfile,
}

impl BookmarkScope {
    /// Whether a profile with this id and group is one of them.
    #[must_use]
    pub fn holds(&self, id: &ProfileId, group: Option<&Group>) -> bool {
        match self {
            Self::Profile(only) => only == id,
            Self::Group(of) => group == Some(of),
            Self::EveryProfile => true,
        }
    }
}

impl Bookmark {
    /// Whether it is offered in a profile.
    #[must_use]
    pub fn is_for(&self, profile: &Profile) -> bool {
        self.scope.holds(&profile.id, profile.group.as_ref())
    }

    /// Its path in a profile's console, beginning with a slash, as
    /// [`Destination::page`](super::sign_in::Destination::page) takes it; `region` is the profile's own
    /// where none is said. `None` where it is not for the profile, or needs an account that is not known.
    #[must_use]
    pub fn path_in(&self, profile: &Profile, region: Option<&Region>) -> Option<String> {
        let path = || self.page.at(region.unwrap_or(&profile.region), profile.account.as_ref());
        self.is_for(profile).then(path).flatten()
    }
}
