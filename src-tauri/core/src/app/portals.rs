//! Access portals in the window: signing in to one, what it assigns, and profiles for what is chosen.
//!
//! Not how it stands to the book (`domain::assigned`). One portal at a time.

use tokio::task::AbortHandle;
use url::Url;

use super::App;
use super::error::{Cause, Error};
use super::event::{Event, Reply};
use super::ports::{Place, PortalPrompt, SignInBy};
use super::profiles::fresh_id;
use super::state::Surface;
use crate::domain::assigned::{self, Assigned, AssignedRow, AssignedStanding, Portal};
use crate::domain::book::{Book, BookChange};
use crate::domain::draft::ProfileDraft;
use crate::domain::import::Choice;
use crate::domain::input::{Field, InputError, Problem};

/// A portal that is looked at.
#[derive(Debug)]
pub struct Listing {
    /// Which.
    pub portal: Portal,
    /// Where it stands.
    pub state: ListingState,
    /// What it assigns.
    pub rows: Vec<AssignedRow>,
    /// How many profiles the last choice added.
    pub added: Option<usize>,
    task: AbortHandle,
}

/// Where a look at a portal stands.
#[derive(Clone, Debug, PartialEq)]
pub enum ListingState {
    /// The user signs in.
    SigningIn {
        /// To be compared with the page, where there is one.
        user_code: Option<String>,
        /// The page, for another browser.
        url: Option<Url>,
    },
    /// The portal is asked.
    Listing {
        /// Accounts that are done.
        done: usize,
        /// Of how many.
        all: usize,
    },
    /// It has answered.
    Listed,
    /// It has not.
    Failed(Error),
}

/// What happens on the way.
#[derive(Debug)]
pub enum PortalEvent {
    /// The user signs in at this page, with a code to compare or without.
    Page(Url, Option<String>),
    /// So many accounts of so many.
    Progress(usize, usize),
    /// All of them, or why not.
    Listed(Result<Vec<Assigned>, Error>),
}

impl App {
    pub(super) fn list_portal(&mut self, portal: Portal, by: SignInBy, reply: Option<Reply<()>>) {
        let unknown = InputError::new(Field::Partition, Problem::Unknown);
        let Some(partition) = self.state.book.partition(&portal.partition) else {
            return self.answer(reply, None, Err(unknown.into()));
        };
        self.cancel_portal();
        let place = Place { partition, region: portal.region.clone() };
        let (world, events, asked) = (self.world.clone(), self.events.clone(), portal.clone());
        let task = tokio::spawn(async move {
            let told = events.clone();
            let progress = move |done, all| drop(told.send(PortalEvent::Progress(done, all).into()));
            let (url, region) = (&asked.start_url, &asked.region);
            let first = world.identity_center.assigned(&place, url, region, &progress).await;
            let outcome = match first {
                Err(Error { cause: Cause::Expired, .. }) => {
                    let prompt: &dyn PortalPrompt = world.portal.as_ref();
                    match world.identity_center.sign_in(&place, url, region, by, prompt).await {
                        Ok(()) => world.identity_center.assigned(&place, url, region, &progress).await,
                        Err(error) => Err(error),
                    }
                }
                other => other,
            };
            let _ = events.send(PortalEvent::Listed(outcome).into());
        });
        let state = ListingState::SigningIn { user_code: None, url: None };
        let task = task.abort_handle();
        self.state.listing = Some(Listing { portal, state, rows: Vec::new(), added: None, task });
        self.state.surface = Surface::IdentityCenter;
        self.answer(reply, None, Ok(()));
    }

    /// The look at a portal ends; what it has told stays in sight nowhere.
    pub(super) fn cancel_portal(&mut self) {
        if let Some(listing) = self.state.listing.take() {
            listing.task.abort();
        }
    }

    pub(super) fn portal(&mut self, happened: PortalEvent) {
        if let PortalEvent::Page(url, _) = &happened
            && self.state.lock.is_none()
        {
            self.window.open_outside(url);
        }
        let book = self.state.book.clone();
        let Some(listing) = &mut self.state.listing else { return };
        match happened {
            PortalEvent::Page(url, user_code) => {
                listing.state = ListingState::SigningIn { user_code, url: Some(url) };
            }
            PortalEvent::Progress(done, all) => listing.state = ListingState::Listing { done, all },
            PortalEvent::Listed(Ok(assigned)) => {
                listing.rows = assigned::rows(&book, &listing.portal, &assigned);
                listing.state = ListingState::Listed;
            }
            PortalEvent::Listed(Err(error)) => listing.state = ListingState::Failed(error),
        }
    }

    pub(super) fn copy_portal_link(&self) {
        if let Some(ListingState::SigningIn { url: Some(url), .. }) =
            self.state.listing.as_ref().map(|listing| &listing.state)
        {
            self.window.copy(url.as_str());
        }
    }

    /// The book is another one: rows that have become profiles are no more offered.
    pub(super) fn book_under_portal(&mut self) {
        let book = self.state.book.clone();
        let listed = self.state.listing.as_mut().filter(|listing| listing.state == ListingState::Listed);
        let Some(listing) = listed else { return };
        let there = |rows: &[AssignedRow]| rows.iter().filter(|row| row.standing == AssignedStanding::There).count();
        let assigned: Vec<Assigned> = listing
            .rows
            .iter()
            .filter(|row| row.standing != AssignedStanding::Gone)
            .map(|row| row.assigned.clone())
            .collect();
        let rows = assigned::rows(&book, &listing.portal, &assigned);
        if let Some(added) = there(&rows).checked_sub(there(&listing.rows)).filter(|added| *added > 0) {
            listing.added = Some(added);
        }
        listing.rows = rows;
    }

    pub(super) fn add_assigned(&mut self, choices: &[Choice], reply: Option<Reply<()>>) {
        let Some(listing) = &self.state.listing else { return self.refuse(reply, None, Cause::Bug) };
        let book: &Book = &self.state.book;
        let draft = |choice: &Choice| {
            let row = listing.rows.iter().find(|row| row.key() == choice.key);
            let row = row.ok_or(InputError::new(Field::PermissionSet, Problem::Unknown))?;
            let (name, group, mark) = (choice.name.clone(), choice.group.clone(), choice.mark.clone());
            ProfileDraft { name, group, mark, ..row.draft(&listing.portal) }.finish(fresh_id()?, book)
        };
        // Of many rows: which one.
        let draft =
            |choice: &Choice| draft(choice).map_err(|error| Error::detailed(Cause::Input(error), choice.name.trim()));
        match choices.iter().map(draft).collect::<Result<Vec<_>, Error>>() {
            Ok(profiles) => self.change_book(reply, async move { Ok(BookChange::SaveAll(profiles)) }),
            Err(error) => self.answer(reply, None, Err(error)),
        }
    }
}

impl From<PortalEvent> for Event {
    fn from(happened: PortalEvent) -> Self {
        Self::Portal(happened)
    }
}
