//! Sessions: from a profile's credentials to a signed-in console.
//!
//! Not how the credentials are got (`credentials`). `side url` and `side test` go the same way.
//! Grows with renewal.

use jiff::{SignedDuration, Timestamp};

use super::credentials::{self, Use};
use super::error::{Cause, Error};
use super::event::{Event, Target};
use super::ports::FederationError;
use super::{App, World};
use crate::domain::book::Book;
use crate::domain::input::InputError;
use crate::domain::partition::Partition;
use crate::domain::profile::{Profile, ProfileId, Region};
use crate::domain::service::service;
use crate::domain::session::{Access, Identity, Session, SessionEnd, StoreId};
use crate::domain::sign_in::{Destination, SignInUrl};
use crate::domain::source::SessionDuration;
use crate::domain::workspace::{TabId, TabState};

/// Who is signed in, or about to be.
#[derive(Clone, Debug, PartialEq)]
pub enum SessionState {
    /// A link is being asked for. The first of the tabs enters by it, the others follow.
    SigningIn(Vec<TabId>),
    /// The first tab is on its way in by the link; the others wait until it is there.
    Entering {
        /// The session that begins.
        session: Session,
        /// The one that it takes the place of, which pages may still show.
        before: Option<Session>,
        /// The tab that enters.
        tab: TabId,
        /// The tabs that wait.
        waiting: Vec<TabId>,
    },
    /// The store is signed in.
    SignedIn(Session),
    /// It was, until then.
    Ended(Timestamp),
}

/// What a test of a profile found, or that it is under way.
#[derive(Clone, Debug, PartialEq)]
pub enum TestState {
    /// Under way.
    Running,
    /// It works.
    Passed(Tested),
    /// It does not.
    Failed(Error),
}

/// What a test of a profile found.
#[derive(Clone, Debug, PartialEq)]
pub struct Tested {
    /// As STS says.
    pub identity: Identity,
    /// The longest session that AWS granted.
    pub up_to: SessionDuration,
}

/// A session and the link that begins it.
#[derive(Debug)]
pub struct SignedIn {
    /// The session.
    pub session: Session,
    /// Good for one sign-in within 15 minutes.
    pub url: SignInUrl,
}

/// Where a target leads in a profile's console.
///
/// # Errors
/// `Input` for a service, region or page that makes no sense there.
pub fn destination(profile: &Profile, partition: &Partition, target: &Target) -> Result<Destination, InputError> {
    let region = match &target.region {
        Some(region) => Region::parse(region)?,
        None => profile.region.clone(),
    };
    match &target.page {
        Some(page) => Destination::page(partition, &region, page),
        None => Destination::service(partition, &region, service(target.service.as_deref().unwrap_or("home"))?),
    }
}

/// Asks for credentials, checks who they are, and mints a sign-in link.
///
/// # Errors
/// Everything between the keychain and the federation endpoint.
pub async fn sign_in(
    world: &World,
    book: &Book,
    profile: &Profile,
    access: Access,
    destination: &Destination,
) -> Result<SignedIn, Error> {
    let grant = credentials::of(world, book, profile, access, Use::Console).await?;
    let partition = book.partition(&profile.partition).ok_or(Cause::Bug)?;
    let endpoint = partition.federation(&profile.region).ok_or(Cause::Bug)?;
    let asked = grant.may_ask_length.then_some(grant.duration);
    let credentials = &grant.granted.credentials;
    let first = world.federation.sign_in_token(&endpoint, credentials, asked).await;
    let (token, length_taken) = match first {
        Err(FederationError::BadRequest(_)) if asked.is_some() => {
            (world.federation.sign_in_token(&endpoint, credentials, None).await, false)
        }
        first => (first, asked.is_some()),
    };
    let token = token.map_err(|error| match error {
        FederationError::BadRequest(detail) => {
            Error::detailed(Cause::Denied { action: "signin:getSigninToken".to_owned(), resource: None }, detail)
        }
        FederationError::Failed(error) => error,
    })?;
    let started_at = world.clock.now();
    let after =
        |duration: SessionDuration| started_at.saturating_add(SignedDuration::from_secs(duration.seconds().into()));
    let by_length = after(grant.duration).unwrap_or(Timestamp::MAX);
    let with_credentials = credentials.end().unwrap_or(by_length);
    let (ends_at, end) = match asked {
        Some(_) if length_taken => (by_length, grant.end),
        Some(_) => (with_credentials, SessionEnd::CredentialsEnd),
        None => (with_credentials, grant.end),
    };
    let session = Session { identity: grant.granted.identity.clone(), started_at, ends_at, end };
    Ok(SignedIn { session, url: SignInUrl::new(&endpoint, &token, destination) })
}

/// Whether a profile works, as whom, and for how long at most.
///
/// # Errors
/// As [`sign_in`], without the federation endpoint.
pub async fn test(world: &World, book: &Book, profile: &Profile) -> Result<Tested, Error> {
    let grant = credentials::of(world, book, profile, Access::Full, Use::Console).await?;
    Ok(Tested { identity: grant.granted.identity.clone(), up_to: grant.duration })
}

impl App {
    /// A tab wants to get to its page: at once where the store is signed in, else by a sign-in.
    pub(super) fn enter(&mut self, tab: &TabId) {
        let now = self.now();
        let Some(opened) = self.state.workspace.tab(tab) else { return };
        let (store, url) = (opened.store.clone(), opened.page.url.clone());
        let is_own = self.state.profile(&store.profile).is_some_and(|profile| profile.has_own_page(&url));
        let Some(opened) = self.state.workspace.tab_mut(tab) else { return };
        // The user's own sites know nothing of AWS's sign-in.
        if is_own {
            opened.state = TabState::Loading;
            return self.window.go_to(tab, &url);
        }
        let signed_in = matches!(
            self.state.sessions.get(&store),
            Some(SessionState::SignedIn(session)) if !session.is_over(now)
        );
        if !signed_in && self.enters_by_hand(tab, &store, &url) {
            return;
        }
        let Some(opened) = self.state.workspace.tab_mut(tab) else { return };
        opened.state = TabState::SigningIn;
        match self.state.sessions.get_mut(&store) {
            Some(SessionState::SignedIn(session)) if !session.is_over(now) => {
                opened.state = TabState::Loading;
                self.window.go_to(tab, &url);
            }
            Some(SessionState::SigningIn(tabs) | SessionState::Entering { waiting: tabs, .. }) => {
                if !tabs.contains(tab) {
                    tabs.push(tab.clone());
                }
            }
            // Nothing is asked for behind the lock.
            _ if self.state.lock.is_some() => {
                opened.state = TabState::Asleep;
                self.window.close_console(tab);
            }
            _ => {
                self.state.sessions.insert(store.clone(), SessionState::SigningIn(vec![tab.clone()]));
                self.mint(&store, tab.clone());
            }
        }
    }

    /// Asks for a link for `tab`; answered by [`Event::SignedIn`].
    fn mint(&mut self, store: &StoreId, tab: TabId) {
        let found = self.state.profile(&store.profile).cloned();
        let partition = found.as_ref().and_then(|profile| self.state.partition_of(profile));
        let page = self.state.workspace.tab(&tab).map(|tab| tab.page.url.to_string());
        let (Some(found), Some(partition), Some(page)) = (found, partition, page) else {
            return self.forget_session(store);
        };
        self.state.mints += 1;
        let mint = self.state.mints;
        self.state.minting.insert(store.clone(), mint);
        let target = Target { page: Some(page), ..Target::default() };
        let (world, book) = (self.world.clone(), self.state.book.clone());
        let (events, store) = (self.events.clone(), store.clone());
        tokio::spawn(async move {
            let outcome = match destination(&found, &partition, &target) {
                Ok(destination) => sign_in(&world, &book, &found, store.access, &destination).await,
                Err(error) => Err(error.into()),
            };
            // The receiver is gone only when the app ends.
            let _ = events.send(Event::SignedIn { store, tab, outcome, mint });
        });
    }

    pub(super) fn signed_in(&mut self, store: &StoreId, tab: &TabId, outcome: Result<SignedIn, Error>, mint: u64) {
        // Another one was asked for since: after a sign-out, or for a profile that became somebody else.
        if self.state.minting.get(store) != Some(&mint) {
            return;
        }
        self.state.minting.remove(store);
        let Some(SessionState::SigningIn(tabs)) = self.state.sessions.get(store) else { return };
        let tabs = tabs.clone();
        match outcome {
            Ok(signed_in) => self.enter_by_link(store, tab, tabs, signed_in),
            Err(error) => {
                self.forget_session(store);
                for waiting in &tabs {
                    if let Some(waiting) = self.state.workspace.tab_mut(waiting) {
                        waiting.state = TabState::Failed(error.clone());
                    }
                }
            }
        }
    }

    fn enter_by_link(&mut self, store: &StoreId, tab: &TabId, mut tabs: Vec<TabId>, signed_in: SignedIn) {
        self.note_account(&store.profile, &signed_in.session.identity);
        tabs.retain(|waiting| self.state.workspace.tab(waiting).is_some());
        // The link leads to the page of the tab it was made for: with that one closed, it is let go.
        if !tabs.contains(tab) {
            self.state.sessions.remove(store);
            for tab in tabs {
                self.enter(&tab);
            }
            if !self.state.sessions.contains_key(store) {
                self.forget_session(store);
            }
            return;
        }
        tabs.retain(|waiting| waiting != tab);
        if let Some(entering) = self.state.workspace.tab_mut(tab) {
            entering.state = TabState::Loading;
        }
        self.window.sign_in(tab, signed_in.url);
        let session = signed_in.session;
        let entering = SessionState::Entering { session, before: None, tab: tab.clone(), waiting: tabs };
        self.state.sessions.insert(store.clone(), entering);
    }

    /// The tab that entered by the link is there, or gave up: the others follow.
    pub(super) fn entered(&mut self, tab: &TabId) {
        let Some(store) = self.state.workspace.tab(tab).map(|tab| tab.store.clone()) else { return };
        let Some(SessionState::Entering { session, tab: entering, waiting, .. }) = self.state.sessions.get(&store)
        else {
            return;
        };
        if entering != tab {
            return;
        }
        let (session, waiting) = (session.clone(), waiting.clone());
        self.state.refused.remove(&store);
        self.state.sessions.insert(store.clone(), SessionState::SignedIn(session));
        for tab in waiting {
            self.enter(&tab);
        }
        self.come_back(&store);
    }

    /// Tabs that a sign-out took the pages of get them again with the next session: at once where they
    /// are in sight, else when they are looked at. Others may hold unsaved input, and stay.
    pub(super) fn come_back(&mut self, store: &StoreId) {
        let seen: Vec<TabId> = self.state.seen().map(|tab| tab.id.clone()).collect();
        let without_page = self.state.workspace.of(store).filter(|tab| self.state.signed_out.contains(&tab.id));
        let tabs: Vec<TabId> = without_page.map(|tab| tab.id.clone()).collect();
        for tab in tabs {
            self.state.signed_out.remove(&tab);
            let Some(found) = self.state.workspace.tab_mut(&tab).filter(|tab| tab.state == TabState::Expired) else {
                continue;
            };
            if seen.contains(&tab) {
                self.start(&tab);
            } else {
                found.state = TabState::Asleep;
            }
        }
    }

    /// A tab was closed: those that waited for it sign in themselves.
    pub(super) fn left(&mut self, store: &StoreId, tab: &TabId) {
        match self.state.sessions.get_mut(store) {
            Some(SessionState::SigningIn(tabs)) => tabs.retain(|waiting| waiting != tab),
            Some(SessionState::Entering { before, tab: entering, waiting, .. }) => {
                waiting.retain(|waiting| waiting != tab);
                if entering != tab {
                    return;
                }
                let (before, waiting) = (before.take(), waiting.clone());
                match before {
                    Some(before) => drop(self.state.sessions.insert(store.clone(), SessionState::SignedIn(before))),
                    None => drop(self.state.sessions.remove(store)),
                }
                for tab in waiting {
                    self.enter(&tab);
                }
                if !self.state.sessions.contains_key(store) {
                    self.forget_session(store);
                }
            }
            _ => {}
        }
    }

    /// There is none any more: what the user said yes to is over.
    pub(super) fn forget_session(&mut self, store: &StoreId) {
        self.state.sessions.remove(store);
        self.state.confirmed.remove(store);
    }

    /// Sessions whose time is over end, and their tabs say so.
    pub(super) fn end_sessions(&mut self, now: Timestamp) {
        let over: Vec<(StoreId, Timestamp)> = self
            .state
            .sessions
            .iter()
            .filter_map(|(store, state)| match state {
                SessionState::SignedIn(session) if session.is_over(now) => Some((store.clone(), session.ends_at)),
                _ => None,
            })
            .collect();
        for (store, ended_at) in over {
            let tabs: Vec<TabId> = self.state.workspace.of(&store).map(|tab| tab.id.clone()).collect();
            for tab in tabs {
                if let Some(tab) = self.state.workspace.tab_mut(&tab).filter(|tab| tab.shows_its_page()) {
                    tab.state = TabState::Expired;
                }
            }
            self.state.confirmed.remove(&store);
            self.state.sessions.insert(store, SessionState::Ended(ended_at));
        }
    }

    pub(super) fn test_profile(&mut self, id: ProfileId) {
        let Some(profile) = self.state.profile(&id).cloned() else { return };
        self.state.tests.insert(id, TestState::Running);
        let (world, book) = (self.world.clone(), self.state.book.clone());
        let events = self.events.clone();
        tokio::spawn(async move {
            let outcome = test(&world, &book, &profile).await;
            let _ = events.send(Event::Tested { profile: profile.id, outcome, book });
        });
    }

    pub(super) fn tested(&mut self, profile: ProfileId, outcome: Result<Tested, Error>, book: &Book) {
        if self.state.book.became_somebody_else(&profile, book) {
            self.state.tests.remove(&profile);
            return;
        }
        if let Ok(tested) = &outcome {
            self.note_account(&profile, &tested.identity);
        }
        let state = match outcome {
            Ok(tested) => TestState::Passed(tested),
            Err(error) => TestState::Failed(error),
        };
        self.state.tests.insert(profile, state);
    }
}

#[cfg(test)]
#[path = "sessions_tests.rs"]
mod tests;
