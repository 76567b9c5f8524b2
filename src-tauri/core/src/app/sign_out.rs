//! Sign-out: a store's pages go, a hidden page of AWS's ends the session there, and its tabs say so.
//!
//! Asked for by the user, and where a store is signed in as somebody else than the profile is now.

use jiff::{SignedDuration, Timestamp};

use super::App;
use super::credentials;
use super::error::{Cause, Error};
use super::event::{PageEvent, Reply};
use super::sessions::SessionState;
use super::state::State;
use super::tabs::fresh_id;
use crate::domain::book::Book;
use crate::domain::profile::{Profile, ProfileId};
use crate::domain::session::StoreId;
use crate::domain::workspace::{TabId, TabState};

/// The sign-out page has this long.
const SIGN_OUT: SignedDuration = SignedDuration::from_secs(20);

/// A hidden page that signs a store out.
#[derive(Clone, Debug, PartialEq)]
pub struct SigningOut {
    store: StoreId,
    since: Timestamp,
}

impl App {
    /// Signs profiles out: their pages go, a hidden page of AWS's ends the session there, and what
    /// was got on their ways is forgotten.
    /// Of all profiles, where none is named: also those whose sessions only programs have, and the portals.
    pub(super) fn sign_out(&mut self, profile: Option<&ProfileId>, reply: Option<Reply<()>>) {
        let one = || profile.and_then(|id| self.state.profile(id)).cloned();
        let found: Vec<Profile> = match profile {
            Some(_) => one().into_iter().collect(),
            None => self.state.book.profiles().to_vec(),
        };
        let signed_in = self.signed_in_profiles();
        for profile in found.iter().filter(|found| profile.is_some() || signed_in.contains(&found.id)) {
            for store in StoreId::both(&profile.id) {
                self.leave(profile, &store);
            }
        }
        // Whoever signs out wants nothing done with their rights any more.
        self.pause_copies(|id| profile.is_none_or(|profile| profile == id));
        let (world, book, all) = (self.world.clone(), self.state.book.clone(), profile.is_none());
        self.ask_world(reply, async move {
            let forgotten = credentials::forget(&world, &book, &found).await;
            let left = if all { credentials::leave_portals(&world, &book).await } else { Ok(()) };
            forgotten.and(left)
        });
    }

    /// Profiles with a session, or with one on its way.
    pub(super) fn signed_in_profiles(&self) -> Vec<ProfileId> {
        let mut profiles: Vec<ProfileId> = self.state.sessions.keys().map(|store| store.profile.clone()).collect();
        profiles.sort();
        profiles.dedup();
        profiles
    }

    /// Ends a store's session here and at AWS; its tabs say so.
    pub(super) fn leave(&mut self, profile: &Profile, store: &StoreId) {
        let tabs: Vec<TabId> = self.state.workspace.of(store).map(|tab| tab.id.clone()).collect();
        let had_session = self.state.sessions.remove(store).is_some();
        self.state.renewals.remove(store);
        self.state.confirmed.remove(store);
        for tab in &tabs {
            let Some(tab) = self.state.workspace.tab_mut(tab) else { continue };
            if tab.state != TabState::Asleep {
                tab.state = TabState::Expired;
                let id = tab.id.clone();
                self.window.close_console(&id);
                self.state.signed_out.insert(id);
            }
        }
        let out = self.state.partition_of(profile).and_then(|partition| partition.sign_out(&profile.region));
        if let (true, Some(out), Some(reach)) = (had_session, out, self.state.reach_of(profile)) {
            let hidden = fresh_id();
            self.window.open_console(&hidden, store, &reach);
            self.window.go_to(&hidden, &out);
            self.state.signing_out.insert(hidden, SigningOut { store: store.clone(), since: self.now() });
        }
    }

    /// Something happened in a page that signs out; true where it was one.
    pub(super) fn left_for_good(&mut self, tab: &TabId, happened: &PageEvent) -> bool {
        if !self.state.signing_out.contains_key(tab) {
            return false;
        }
        if matches!(happened, PageEvent::Loaded | PageEvent::LoadFailed(..) | PageEvent::Crashed) {
            self.signed_out(tab);
        }
        true
    }

    /// Sign-outs whose page does not answer are over.
    pub(super) fn sign_out_due(&mut self, now: Timestamp) {
        let is_late = |leaving: &SigningOut| now.duration_since(leaving.since) >= SIGN_OUT;
        let pages = self.state.signing_out.iter().filter(|(_, leaving)| is_late(leaving));
        let late: Vec<TabId> = pages.map(|(tab, _)| tab.clone()).collect();
        late.iter().for_each(|tab| self.signed_out(tab));
    }

    fn signed_out(&mut self, tab: &TabId) {
        let Some(SigningOut { store, .. }) = self.state.signing_out.remove(tab) else { return };
        self.window.close_console(tab);
        let waiting: Vec<TabId> = self
            .state
            .workspace
            .of(&store)
            .filter(|tab| tab.state == TabState::SigningIn)
            .map(|tab| tab.id.clone())
            .collect();
        if waiting.is_empty() {
            self.window.rest_store(&store);
        }
        for tab in waiting {
            self.start_unless_locked(&tab);
        }
    }

    /// Whether a store is on its way out: whoever signs in meanwhile would be signed out with it.
    pub(super) fn is_leaving(&self, store: &StoreId) -> bool {
        self.state.signing_out.values().any(|leaving| leaving.store == *store)
    }

    /// The tab signs in when the store is signed out.
    pub(super) fn wait_to_enter(&mut self, tab: &TabId) {
        if let Some(tab) = self.state.workspace.tab_mut(tab) {
            tab.state = TabState::SigningIn;
        }
    }

    /// Removes what a profile's pages have left behind; its tabs sign in anew.
    pub(super) fn forget_browser_data(&mut self, id: &ProfileId) {
        let Some(profile) = self.state.profile(id).cloned() else { return };
        for store in StoreId::both(id) {
            self.leave(&profile, &store);
        }
        let leaving: Vec<TabId> = self
            .state
            .signing_out
            .iter()
            .filter(|(_, leaving)| leaving.store.profile == *id)
            .map(|(tab, _)| tab.clone())
            .collect();
        leaving.iter().for_each(|tab| self.signed_out(tab));
        self.window.remove_store(id);
    }

    /// Profiles that are somebody else in the book now than when they signed in leave their sessions: a page of the old
    /// one must not pass for the new one.
    pub(super) fn leave_changed(&mut self, before: &Book) {
        let mut changed: Vec<(Profile, StoreId)> = Vec::new();
        for store in self.state.sessions.keys() {
            if let Some(old) = before.profile(&store.profile)
                && self.state.book.became_somebody_else(&store.profile, before)
            {
                changed.push((old.clone(), store.clone()));
            }
        }
        for (old, store) in changed {
            self.leave(&old, &store);
        }
    }

    /// The federation endpoint shows a page of its own, where a link that it takes leads on. The store may be signed in
    /// to another account still ("You must first log out"): it is signed out, and the tabs sign in anew, once.
    pub(super) fn link_refused(&mut self, tab: &TabId) {
        let Some(store) = self.state.workspace.tab(tab).map(|tab| tab.store.clone()) else { return };
        let Some(SessionState::Entering { tab: entering, waiting, .. }) = self.state.sessions.get(&store) else {
            return;
        };
        if entering != tab {
            return;
        }
        self.state.at_sign_in.remove(tab);
        let tabs: Vec<TabId> = std::iter::once(tab).chain(waiting).cloned().collect();
        // What another page holds would be lost with the sign-out.
        let is_alone = self.state.workspace.of(&store).all(|other| tabs.contains(&other.id) || !other.shows_its_page());
        let is_first = self.state.refused.insert(store.clone());
        match self.state.profile(&store.profile).cloned().filter(|_| is_first && is_alone) {
            Some(profile) => {
                let was_confirmed = self.state.confirmed.contains(&store);
                self.leave(&profile, &store);
                if was_confirmed {
                    self.state.confirmed.insert(store);
                }
                for tab in &tabs {
                    self.state.signed_out.remove(tab);
                    self.start_unless_locked(tab);
                }
            }
            None => {
                self.state.refused.remove(&store);
                self.forget_session(&store);
                let error = Error::detailed(Cause::Expired, "the federation endpoint did not take the sign-in link");
                for tab in &tabs {
                    self.window.close_console(tab);
                    if let Some(tab) = self.state.workspace.tab_mut(tab) {
                        tab.state = TabState::Failed(error.clone());
                    }
                }
            }
        }
    }
}

/// When time brings something.
pub(super) fn next_due(state: &State) -> Option<Timestamp> {
    state.signing_out.values().map(|leaving| leaving.since + SIGN_OUT).min()
}

#[cfg(test)]
#[path = "sign_out_tests.rs"]
mod tests;
