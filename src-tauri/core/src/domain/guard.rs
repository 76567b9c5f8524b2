//! Guards: what a profile asks for before it opens and while it is open.
//!
//! Not the asking (the window does that), nor what makes a session read-only (its policy).
//! Grows with what a user wants to be held up by.

use std::time::Duration;

use super::input::{Field, InputError, Problem};
use super::profile::Profile;
use super::session::Access;

/// What a rule gives a profile, or the user gives it: all off unless said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Guards {
    /// Opening it asks first.
    pub confirm_open: bool,
    /// It opens read-only unless full rights are asked for.
    pub read_only: bool,
    /// Full rights are given only to who types the profile's name.
    pub type_name: bool,
    /// Its pages are covered after so long without a hand on keyboard or mouse.
    pub cover_after: Option<IdleMinutes>,
    /// A pane without this guard does not take a linked pane along into it without asking.
    pub confirm_linked: bool,
}

/// Minutes without a key or the mouse: 1 to 240.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IdleMinutes(u16);

impl IdleMinutes {
    /// Checks.
    ///
    /// # Errors
    /// [`Field::IdleMinutes`] with fewer than 1 or more than 240.
    pub fn new(minutes: u16) -> Result<Self, InputError> {
        let fits = (1..=240).contains(&minutes);
        fits.then_some(Self(minutes)).ok_or(InputError::new(Field::IdleMinutes, Problem::OutOfRange))
    }

    /// In minutes.
    #[must_use]
    pub fn minutes(self) -> u16 {
        self.0
    }
}

/// What has to be said before something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Nothing: go on.
    Nothing,
    /// Yes.
    Confirmation,
    /// The profile's name ([`Guards::is_typed`]).
    Name,
}

impl Guards {
    /// No guard at all.
    pub const NONE: Self =
        Self { confirm_open: false, read_only: false, type_name: false, cover_after: None, confirm_linked: false };

    /// What a plain "open" gives.
    #[must_use]
    pub fn access(&self) -> Access {
        if self.read_only { Access::ReadOnly } else { Access::Full }
    }

    /// What is asked before it opens with these rights, or before an open one gets them. The name
    /// asks more than a confirmation, so it is never both.
    #[must_use]
    pub fn asked_before(&self, access: Access) -> Asked {
        match access {
            Access::Full if self.type_name => Asked::Name,
            _ if self.confirm_open => Asked::Confirmation,
            _ => Asked::Nothing,
        }
    }

    /// What is asked before a linked pane with `from`'s guards takes one with these along.
    #[must_use]
    pub fn asked_before_following(&self, from: &Self) -> Asked {
        if self.confirm_linked && !from.confirm_linked { Asked::Confirmation } else { Asked::Nothing }
    }

    /// Whether the pages are covered after `idle` without a hand on keyboard or mouse.
    #[must_use]
    pub fn covers(&self, idle: Duration) -> bool {
        self.cover_after.is_some_and(|after| idle >= Duration::from_secs(u64::from(after.0) * 60))
    }

    /// Whether what was typed is the profile's name, letter by letter (spaces around it do not count).
    #[must_use]
    pub fn is_typed(profile: &Profile, typed: &str) -> bool {
        typed.trim() == profile.name.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_rights_of_a_guarded_profile_need_its_name_and_a_look_needs_less() {
        let guarded = Guards { confirm_open: true, read_only: true, type_name: true, ..Guards::NONE };
        assert_eq!(guarded.access(), Access::ReadOnly);
        assert_eq!(guarded.asked_before(Access::ReadOnly), Asked::Confirmation);
        assert_eq!(guarded.asked_before(Access::Full), Asked::Name);
        let calm = Guards { type_name: true, read_only: true, ..Guards::NONE };
        assert_eq!(calm.asked_before(Access::ReadOnly), Asked::Nothing);
        assert_eq!(Guards::NONE.access(), Access::Full);
        assert_eq!(Guards::NONE.asked_before(Access::Full), Asked::Nothing);
    }

    #[test]
    fn a_linked_pane_asks_only_on_its_way_into_more_guards() {
        let production = Guards { confirm_linked: true, ..Guards::NONE };
        assert_eq!(production.asked_before_following(&Guards::NONE), Asked::Confirmation);
        assert_eq!(production.asked_before_following(&production), Asked::Nothing);
        assert_eq!(Guards::NONE.asked_before_following(&production), Asked::Nothing);
    }

    #[test]
    fn a_cover_comes_after_its_minutes_and_never_without_them() -> Result<(), InputError> {
        let guards = Guards { cover_after: Some(IdleMinutes::new(5)?), ..Guards::NONE };
        assert!(!guards.covers(Duration::from_secs(299)) && guards.covers(Duration::from_secs(300)));
        assert!(!Guards::NONE.covers(Duration::MAX));
        for wrong in [0, 241] {
            assert_eq!(IdleMinutes::new(wrong), Err(InputError::new(Field::IdleMinutes, Problem::OutOfRange)));
        }
        Ok(())
    }
}
