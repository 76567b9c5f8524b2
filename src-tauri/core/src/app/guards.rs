//! Guards: a tab that must ask first is held, an untouched one is covered, and other clients are
//! hidden while the screen is shared.
//!
//! Not what a guard says (`domain::guard`). Grows with what a user wants to be held up by.

use jiff::{SignedDuration, Timestamp};

use super::App;
use super::error::Error;
use super::event::Reply;
use super::sessions::SessionState;
use super::settings::ScreenShare;
use super::state::State;
use crate::domain::bookmark::Bookmark;
use crate::domain::guard::{Asked, Guards};
use crate::domain::input::{Field, InputError, Problem};
use crate::domain::profile::{Profile, ProfileId};
use crate::domain::session::StoreId;
use crate::domain::workspace::{Tab, TabId, TabState};

impl App {
    /// What a tab must ask before it signs in: nothing where its store is signed in already, or
    /// where the user has said yes.
    pub(super) fn asked_first(&self, tab: &Tab<Error>) -> Asked {
        let now = self.now();
        let is_in = match self.state.sessions.get(&tab.store) {
            Some(SessionState::SignedIn(session)) => !session.is_over(now),
            Some(SessionState::SigningIn(_) | SessionState::Entering { .. }) => true,
            Some(SessionState::Ended(_)) | None => false,
        };
        match self.state.profile_of(tab) {
            Some(profile) if !is_in && !self.state.confirmed.contains(&tab.store) => {
                self.state.book.guards_of(profile).asked_before(tab.store.access)
            }
            _ => Asked::Nothing,
        }
    }

    /// The user says yes, or types the profile's name.
    pub(super) fn confirm_open(&mut self, tab: &TabId, name: Option<&str>, reply: Option<Reply<()>>) {
        let outcome = self.confirmed_by(tab, name);
        if let Ok(store) = &outcome {
            self.state.confirmed.insert(store.clone());
            let held = |tab: &&Tab<Error>| matches!(tab.state, TabState::Held(_));
            let tabs: Vec<TabId> = self.state.workspace.of(store).filter(held).map(|tab| tab.id.clone()).collect();
            for tab in tabs {
                self.start(&tab);
            }
        }
        self.answer(reply, None, outcome.map(|_| ()));
    }

    fn confirmed_by(&self, tab: &TabId, name: Option<&str>) -> Result<StoreId, Error> {
        let unknown = InputError::new(Field::Name, Problem::Unknown);
        let tab = self.state.workspace.tab(tab).ok_or(unknown)?;
        let profile = self.state.profile_of(tab).ok_or(unknown)?;
        // Rules may ask for more by now than when it was held.
        match self.asked_first(tab) {
            Asked::Name if !name.is_some_and(|name| Guards::is_typed(profile, name)) => {
                Err(InputError::new(Field::Name, Problem::Differs).into())
            }
            _ => Ok(tab.store.clone()),
        }
    }

    /// A hand on keyboard or mouse.
    pub(super) fn touched(&mut self) {
        self.state.touched_at = Some(self.now());
    }

    /// Pages that nobody has touched for as long as their guards allow are covered.
    pub(super) fn cover(&mut self, now: Timestamp) {
        let Some(touched) = self.state.touched_at else { return };
        let idle = now.duration_since(touched);
        let covered: Vec<TabId> = self
            .state
            .workspace
            .tabs()
            .iter()
            .filter(|tab| tab.shows_its_page() && !tab.covered)
            .filter(|tab| cover_after(&self.state, tab).is_some_and(|after| idle >= after))
            .map(|tab| tab.id.clone())
            .collect();
        for tab in covered {
            if let Some(tab) = self.state.workspace.tab_mut(&tab) {
                tab.covered = true;
            }
        }
    }

    pub(super) fn uncover(&mut self, tab: &TabId) {
        let Some(store) = self.state.workspace.tab(tab).map(|tab| tab.store.clone()) else { return };
        for tab in self.state.workspace.tabs_mut().filter(|tab| tab.store == store) {
            tab.covered = false;
        }
    }

    pub(super) fn share_screen(&mut self, on: bool) {
        let shown = self.state.workspace.active().and_then(|tab| self.state.profile_of(tab));
        let share = shown.map_or(ScreenShare::Nobody, |profile| match &profile.group {
            Some(group) => ScreenShare::Group(group.clone()),
            None => ScreenShare::Profile(profile.id.clone()),
        });
        self.state.settings.screen_share = on.then_some(share);
        self.search_again();
    }
}

/// How long a tab's page may be untouched, where its guards say so.
fn cover_after(state: &State, tab: &Tab<Error>) -> Option<SignedDuration> {
    let guards = state.book.guards_of(state.profile_of(tab)?);
    guards.cover_after.map(|after| SignedDuration::from_mins(after.minutes().into()))
}

/// When the next page is covered.
pub(super) fn cover_due(state: &State) -> Option<Timestamp> {
    let touched = state.touched_at?;
    let open = state.workspace.tabs().iter().filter(|tab| tab.shows_its_page() && !tab.covered);
    open.filter_map(|tab| touched.checked_add(cover_after(state, tab)?).ok()).min()
}

impl ScreenShare {
    /// Whether a profile's name may be seen.
    #[must_use]
    pub fn shows(&self, profile: &Profile) -> bool {
        match self {
            Self::Group(group) => profile.group.as_ref() == Some(group),
            Self::Profile(id) => profile.id == *id,
            Self::Nobody => false,
        }
    }
}

impl State {
    /// Whether a profile's name, ids and pages must not be seen now.
    #[must_use]
    pub fn is_hidden(&self, id: &ProfileId) -> bool {
        match &self.settings.screen_share {
            Some(share) => self.profile(id).is_none_or(|profile| !share.shows(profile)),
            None => false,
        }
    }

    /// Whether a bookmark must not be seen now: no profile that may be seen has it.
    #[must_use]
    pub fn is_bookmark_hidden(&self, bookmark: &Bookmark) -> bool {
        let Some(share) = &self.settings.screen_share else { return false };
        !self.book.profiles().iter().any(|profile| share.shows(profile) && bookmark.is_for(profile))
    }

    /// All profiles that must not be seen now.
    #[must_use]
    pub fn hidden_profiles(&self) -> std::collections::HashSet<ProfileId> {
        let Some(share) = &self.settings.screen_share else { return std::collections::HashSet::new() };
        let hidden = self.book.profiles().iter().filter(|profile| !share.shows(profile));
        hidden.map(|profile| profile.id.clone()).collect()
    }
}

#[cfg(test)]
#[path = "guards_tests.rs"]
mod tests;
