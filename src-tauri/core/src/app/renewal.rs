//! Renewal: a store is signed in again, and its tabs go on on their own pages.
//!
//! Not how a link is minted (`sessions`). A page with unsaved input is never reloaded unasked.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use super::App;
use super::error::Error;
use super::event::{Event, Target};
use super::sessions::{SessionState, SignedIn, destination, sign_in};
use super::state::{NoticeBody, State};
use super::window::Notification;
use crate::domain::book::Book;
use crate::domain::guard::Asked;
use crate::domain::profile::ProfileId;
use crate::domain::session::{Session, StoreId};
use crate::domain::source::SourceKind;
use crate::domain::workspace::{Busy, TabId, TabState};

/// So long before its end the user is told.
const WARNING: SignedDuration = SignedDuration::from_mins(10);

/// So long before its end a session is renewed by itself.
const BEFORE_END: SignedDuration = SignedDuration::from_mins(5);

/// A page that does not say within this whether it holds unsaved input is taken to.
const PATIENCE: SignedDuration = SignedDuration::from_secs(5);

/// A renewal under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Renewal {
    /// Pages that were asked for unsaved input.
    asked: HashSet<TabId>,
    /// Tabs that go on by a reload, the first one by the link.
    ready: Vec<TabId>,
    /// When it began; afterwards, when the link was asked for.
    since: Timestamp,
    /// The link is being asked for.
    minting: bool,
}

impl App {
    /// Signs the profile's stores in again where they are or were signed in.
    pub(super) fn renew_profile(&mut self, profile: &ProfileId) {
        for store in StoreId::both(profile) {
            let known =
                matches!(self.state.sessions.get(&store), Some(SessionState::SignedIn(_) | SessionState::Ended(_)));
            if known {
                self.renew(&store);
            }
        }
    }

    pub(super) fn renew(&mut self, store: &StoreId) {
        let by_hand = self.state.profile(&store.profile).map(|profile| profile.source.kind()) == Some(SourceKind::Page);
        if by_hand || self.state.lock.is_some() || self.state.renewals.contains_key(store) {
            return;
        }
        if self.holds_ended(store) {
            return;
        }
        let (asked, ready): (Vec<_>, Vec<_>) = self
            .state
            .workspace
            .of(store)
            .filter(|tab| tab.shows_its_page() || tab.state == TabState::Expired)
            .map(|tab| (tab.id.clone(), tab.shows_its_page()))
            .partition(|(_, shows)| *shows);
        // Nobody waits: the next tab that is opened signs in by itself.
        if asked.is_empty() && ready.is_empty() {
            return;
        }
        let ids = |tabs: Vec<(TabId, bool)>| tabs.into_iter().map(|(tab, _)| tab);
        let renewal =
            Renewal { asked: ids(asked).collect(), ready: ids(ready).collect(), since: self.now(), minting: false };
        for tab in &renewal.asked {
            self.window.ask_to_rest(tab);
        }
        self.state.renewals.insert(store.clone(), renewal);
        self.go_on_renewing(store);
    }

    /// A session that is over begins anew as the first one did: its guards ask, and its tabs are held until then.
    fn holds_ended(&mut self, store: &StoreId) -> bool {
        let asks = self.state.workspace.of(store).next().is_some_and(|tab| self.asked_first(tab) != Asked::Nothing);
        if asks {
            let ended = self.state.workspace.of(store).filter(|tab| tab.state == TabState::Expired);
            for tab in ended.map(|tab| tab.id.clone()).collect::<Vec<_>>() {
                self.start(&tab);
            }
        }
        asks
    }

    /// A page said what it is busy with; true where that was for a renewal.
    pub(super) fn said_for_renewal(&mut self, tab: &TabId, busy: Option<Busy>) -> bool {
        let Some(store) = self.state.workspace.tab(tab).map(|tab| tab.store.clone()) else { return false };
        let Some(renewal) = self.state.renewals.get_mut(&store) else { return false };
        if !renewal.asked.remove(tab) {
            return false;
        }
        if busy != Some(Busy::UnsavedInput) {
            renewal.ready.push(tab.clone());
        }
        self.go_on_renewing(&store);
        true
    }

    /// With all answers there, a link is asked for.
    fn go_on_renewing(&mut self, store: &StoreId) {
        let now = self.now();
        if self.state.lock.is_some() {
            self.state.renewals.remove(store);
            return;
        }
        let Some(renewal) = self.state.renewals.get_mut(store) else { return };
        if renewal.minting || !renewal.asked.is_empty() {
            return;
        }
        let Some(first) = renewal.ready.first().cloned() else {
            self.state.renewals.remove(store);
            if let Some(name) = self.state.profile(&store.profile).map(|profile| profile.name.to_string()) {
                self.state.notice(now, NoticeBody::UnsavedInput { name });
            }
            return;
        };
        renewal.minting = true;
        let found = self.state.profile(&store.profile).cloned();
        let partition = found.as_ref().and_then(|profile| self.state.partition_of(profile));
        let page = self.state.workspace.tab(&first).map(|tab| tab.page.url.to_string());
        let (Some(profile), Some(partition), Some(page)) = (found, partition, page) else {
            self.state.renewals.remove(store);
            return;
        };
        let target = Target { page: Some(page), ..Target::default() };
        let (world, book, events, store) =
            (self.world.clone(), self.state.book.clone(), self.events.clone(), store.clone());
        tokio::spawn(async move {
            let outcome = match destination(&profile, &partition, &target) {
                Ok(destination) => sign_in(&world, &book, &profile, store.access, &destination).await,
                Err(error) => Err(error.into()),
            };
            let _ = events.send(Event::Renewed { store, outcome, book });
        });
    }

    /// The link is there; or nothing has changed, and the user is told why.
    pub(super) fn renewed(&mut self, store: &StoreId, outcome: Result<SignedIn, Error>, book: &Book) {
        if self.state.book.became_somebody_else(&store.profile, book) {
            return;
        }
        let Some(renewal) = self.state.renewals.remove(store) else { return };
        let now = self.now();
        let name = self.state.profile(&store.profile).map(|profile| profile.name.to_string());
        let signed_in = match outcome {
            Ok(signed_in) => signed_in,
            Err(error) => return self.state.notice(now, NoticeBody::Failed { about: name, error }),
        };
        // One that has fallen asleep meanwhile has no page to go on with.
        let is_open = |id: &TabId| {
            self.state.workspace.tab(id).is_some_and(|tab| tab.shows_its_page() || tab.state == TabState::Expired)
        };
        let mut ready: Vec<TabId> = renewal.ready.into_iter().filter(is_open).collect();
        if ready.is_empty() {
            return;
        }
        // A tab that was opened meanwhile is on its way in by a link of its own: these follow it, or it follows these.
        match self.state.sessions.get_mut(store) {
            Some(SessionState::Entering { waiting, .. }) => {
                ready.retain(|tab| !waiting.contains(tab));
                waiting.extend(ready.iter().cloned());
                for tab in &ready {
                    if let Some(tab) = self.state.workspace.tab_mut(tab) {
                        tab.state = TabState::SigningIn;
                    }
                }
                return;
            }
            Some(SessionState::SigningIn(tabs)) => ready.append(tabs),
            _ => {}
        }
        for (at, tab) in ready.iter().enumerate() {
            if let Some(tab) = self.state.workspace.tab_mut(tab) {
                tab.state = if at == 0 { TabState::Loading } else { TabState::SigningIn };
            }
        }
        let tab = ready.remove(0);
        self.window.sign_in(&tab, signed_in.url);
        let before = match self.state.sessions.remove(store) {
            Some(SessionState::SignedIn(session)) => Some(session),
            _ => None,
        };
        let session = signed_in.session;
        self.state.sessions.insert(store.clone(), SessionState::Entering { session, before, tab, waiting: ready });
    }

    /// What time brings: sessions that renew themselves, pages that do not answer.
    pub(super) fn renew_due(&mut self, now: Timestamp) {
        let silent: Vec<StoreId> = self
            .state
            .renewals
            .iter()
            .filter(|(_, renewal)| !renewal.minting && is_past(renewal.since, PATIENCE, now))
            .map(|(store, _)| store.clone())
            .collect();
        for store in silent {
            if let Some(renewal) = self.state.renewals.get_mut(&store) {
                renewal.asked.clear();
            }
            self.go_on_renewing(&store);
        }
        if !self.state.settings.auto_renew || self.state.lock.is_some() {
            return;
        }
        let due: Vec<(StoreId, Timestamp)> = self
            .state
            .sessions
            .iter()
            .filter_map(|(store, state)| match state {
                SessionState::SignedIn(session) if renews_at(&self.state, store, session)? <= now => {
                    Some((store.clone(), session.ends_at))
                }
                _ => None,
            })
            .collect();
        for (store, ends_at) in due {
            // Once for each end: what fails or is put off is the user's from then on.
            self.state.renewed_for.insert(store.clone(), ends_at);
            self.renew(&store);
        }
    }

    /// The user is told of sessions that end soon, each once; of no hidden client's.
    pub(super) fn warn_due(&mut self, now: Timestamp) {
        let ends_soon = |state: &SessionState| match state {
            SessionState::SignedIn(session) if !session.is_over(now) && session.ends_at <= now + WARNING => {
                Some(session.ends_at)
            }
            _ => None,
        };
        let due: Vec<(StoreId, Timestamp)> = self
            .state
            .sessions
            .iter()
            .filter_map(|(store, state)| Some((store.clone(), ends_soon(state)?)))
            .filter(|(store, ends_at)| self.state.warned.get(store) != Some(ends_at))
            .collect();
        self.state.warned.extend(due.iter().cloned());
        let Some(first) = due.iter().map(|(_, ends_at)| *ends_at).min() else { return };
        let mut profiles: Vec<String> = due.iter().filter_map(|(store, _)| self.named_if_open(store)).collect();
        profiles.sort();
        if !profiles.is_empty() && !self.state.settings.auto_renew {
            let minutes = first.duration_since(now).as_secs().unsigned_abs().div_ceil(60);
            let language = self.state.settings.spoken();
            self.window.notify(&Notification::EndsSoon { profiles, minutes }, language);
        }
    }

    /// Mark and name of a store's profile that has pages open and is not hidden.
    fn named_if_open(&self, store: &StoreId) -> Option<String> {
        let is_open = self.state.workspace.of(store).any(|tab| tab.shows_its_page());
        self.named(&store.profile).filter(|_| is_open)
    }

    /// Mark and name of a profile that is not hidden.
    pub(super) fn named(&self, profile: &ProfileId) -> Option<String> {
        let profile = self.state.profile(profile).filter(|profile| !self.state.is_hidden(&profile.id))?;
        let marked = self.state.book.marked_as(std::slice::from_ref(profile));
        let word = marked.first().and_then(|marked| marked.mark.word.as_ref());
        Some(word.map_or_else(|| profile.name.to_string(), |word| format!("{} · {}", word.as_str(), profile.name)))
    }
}

fn is_past(since: Timestamp, patience: SignedDuration, now: Timestamp) -> bool {
    now.duration_since(since) >= patience
}

/// When a session is renewed by itself: where that is asked for, a page is open and it was not tried.
fn renews_at(state: &State, store: &StoreId, session: &Session) -> Option<Timestamp> {
    let by_hand = state.profile(&store.profile)?.source.kind() == SourceKind::Page;
    let is_under_way = state.renewals.contains_key(store);
    let was_tried = state.renewed_for.get(store) == Some(&session.ends_at);
    let has_pages = state.workspace.of(store).any(|tab| tab.shows_its_page());
    let renews = state.settings.auto_renew && has_pages && !by_hand && !is_under_way && !was_tried;
    renews.then(|| session.ends_at.checked_sub(BEFORE_END).ok()).flatten()
}

/// When time brings something.
pub(super) fn next_due(state: &State) -> Option<Timestamp> {
    let renewals = state.renewals.values().filter(|renewal| !renewal.minting).map(|renewal| renewal.since + PATIENCE);
    let always = renewals.min();
    if state.lock.is_some() {
        return always;
    }
    let due = state.sessions.iter().filter_map(|(store, session)| match session {
        SessionState::SignedIn(session) => renews_at(state, store, session),
        _ => None,
    });
    let warnings = state.sessions.iter().filter_map(|(store, session)| match session {
        SessionState::SignedIn(session) if state.warned.get(store) != Some(&session.ends_at) => {
            session.ends_at.checked_sub(WARNING).ok()
        }
        _ => None,
    });
    due.chain(always).chain(warnings).min()
}
