//! Profiles: kept, moved, removed and brought back; secret and book in the order that loses nothing.
//!
//! Not the rules of the book (`domain::book`). Write: keychain first, then the book, and the keychain back where the
//! book refuses. Remove: mark
//! in the book, later the keychain, then the book. Grows with import.

use std::sync::Arc;

use jiff::Timestamp;
use secrecy::SecretString;
use uuid::Uuid;

use super::error::{Cause, Error};
use super::event::{BookOutcome, Event, Reply};
use super::ports::Vault;
use super::state::{NoticeBody, UNDO};
use super::{App, World, credentials};
use crate::domain::book::{Book, BookChange};
use crate::domain::draft::{PartitionDraft, ProfileDraft};
use crate::domain::input::InputError;
use crate::domain::partition::PartitionName;
use crate::domain::profile::{Group, Profile, ProfileId};
use crate::domain::rule::Rule;
use crate::domain::secret::{SecretAccessKey, SecretId};
use crate::domain::session::Identity;
use crate::domain::workspace::TabId;

/// An id that nobody else has.
pub(super) fn fresh_id() -> Result<ProfileId, InputError> {
    ProfileId::parse(&Uuid::new_v4().to_string())
}

/// Keeps a secret, then does what needs it; where that fails, the keychain is as it was.
///
/// # Errors
/// The keychain's, or what `then` meets.
pub async fn keep_secret<Done, Failure: From<Error>>(
    vault: &dyn Vault,
    id: &SecretId,
    secret: &SecretString,
    then: impl Future<Output = Result<Done, Failure>>,
) -> Result<Done, Failure> {
    let before = match vault.read(id).await {
        Ok(before) => Some(before),
        Err(error) if error.cause == Cause::KeychainMissing => None,
        Err(error) => return Err(error.into()),
    };
    vault.write(id, secret).await?;
    let outcome = then.await;
    if outcome.is_err() {
        // What the user needs to hear is why the rest failed.
        let _ = match before {
            Some(before) => vault.write(id, &before).await,
            None => vault.remove(id).await,
        };
    }
    outcome
}

/// Changes the book on disk.
async fn written(world: &World, change: BookChange) -> Result<Book, Error> {
    let book = world.book.clone();
    let applied = tokio::task::spawn_blocking(move || book.apply(change)).await;
    applied.unwrap_or_else(|_panicked| Err(Cause::Bug.into()))
}

impl App {
    pub(super) fn save_profile(
        &mut self,
        id: ProfileId,
        draft: ProfileDraft,
        secret: Option<SecretAccessKey>,
        reply: Option<Reply<()>>,
    ) {
        let name = draft.name.clone();
        match self.checked(id, draft) {
            Ok(profile) => {
                self.state.tests.remove(&profile.id);
                let world = self.world.clone();
                self.ask_book(reply, async move {
                    let id = SecretId::AccessKey(profile.id.clone());
                    let save = written(&world, BookChange::Save(Box::new(profile)));
                    match secret {
                        Some(secret) => keep_secret(world.vault.as_ref(), &id, secret.wrapped(), save).await,
                        None => save.await,
                    }
                });
            }
            Err(error) => self.answer(reply, Some(name), Err(error)),
        }
    }

    /// What the book would refuse must not reach the keychain.
    fn checked(&self, id: ProfileId, draft: ProfileDraft) -> Result<Profile, Error> {
        if self.state.read_only_book {
            return Err(Cause::Conflict.into());
        }
        let profile = draft.finish(id, &self.state.book)?;
        let saved = Book::clone(&self.state.book).apply(BookChange::Save(Box::new(profile.clone())));
        saved.map_err(|error| Error::of_saving(&self.state.book, &profile, error))?;
        Ok(profile)
    }

    pub(super) fn duplicate_profile(&mut self, id: &ProfileId, copy: ProfileId) {
        let Some(profile) = self.state.profile(id).cloned() else { return };
        let original = profile.id.clone();
        let name = self.state.book.free_name(&profile.name);
        let profile = Profile { id: copy, name, ..profile };
        let world = self.world.clone();
        self.ask_book(None, async move {
            let (id, has_secret) = (SecretId::AccessKey(profile.id.clone()), profile.source.key_id().is_some());
            let save = written(&world, BookChange::Save(Box::new(profile)));
            if !has_secret {
                return save.await;
            }
            let secret = world.vault.read(&SecretId::AccessKey(original)).await?;
            keep_secret(world.vault.as_ref(), &id, &secret, save).await
        });
    }

    pub(super) fn move_profile(&mut self, profile: ProfileId, group: Option<Group>, before: Option<ProfileId>) {
        self.change_book(None, async { Ok(BookChange::Move { profile, group, before }) });
    }

    pub(super) fn set_rules(&mut self, rules: Vec<Rule>, reply: Option<Reply<()>>) {
        self.change_book(reply, async { Ok(BookChange::SetRules(rules)) });
    }

    pub(super) fn save_partition(&mut self, draft: PartitionDraft, reply: Option<Reply<()>>) {
        self.change_book(reply, async { Ok(BookChange::SavePartition(Box::new(draft.finish()?))) });
    }

    pub(super) fn remove_partition(&mut self, name: PartitionName, reply: Option<Reply<()>>) {
        self.change_book(reply, async { Ok(BookChange::RemovePartition(name)) });
    }

    pub(super) fn remove_profile(&mut self, id: &ProfileId, at_once: bool, reply: Option<Reply<()>>) {
        let Some(profile) = self.state.profile(id) else {
            return self.refuse(reply, None, Cause::Bug);
        };
        let name = profile.name.to_string();
        self.close_tabs_of(id);
        self.pause_copies(|profile| profile == id);
        let now = self.now();
        let at = if at_once { Timestamp::UNIX_EPOCH } else { now };
        if !at_once {
            self.state.notice(now, NoticeBody::Removed { profile: id.clone(), name });
        }
        let id = id.clone();
        self.change_book(reply, async move { Ok(BookChange::Remove(id, at)) });
    }

    pub(super) fn undo_remove(&mut self, profile: ProfileId) {
        self.drop_removal_notice(&profile);
        self.change_book(None, async { Ok(BookChange::Restore(profile)) });
    }

    /// The account is known now; the book is told, where it did not know.
    pub(super) fn note_account(&mut self, id: &ProfileId, identity: &Identity) {
        if self.state.profile(id).is_some_and(|profile| profile.account.is_none()) && !self.state.read_only_book {
            let change = BookChange::NoteAccount(id.clone(), identity.account.clone());
            // Shown before it is on disk: a tab's header must not wait for it.
            if Arc::make_mut(&mut self.state.book).apply(change.clone()).is_ok() {
                self.change_book(None, async { Ok(change) });
            }
        }
    }

    /// Removed profiles whose time for an undo is over lose their secret, then their browser data, then their place in
    /// the book.
    pub(super) fn forget_removed(&mut self, now: Timestamp) {
        // The keychain would ask for its password, over the locked window.
        if self.state.lock.is_some() {
            return;
        }
        let over: Vec<Profile> = self
            .state
            .book
            .removed()
            .iter()
            .filter(|removed| removed.at.checked_add(UNDO).is_ok_and(|until| until <= now))
            .map(|removed| removed.profile.clone())
            .collect();
        for profile in over {
            if self.state.read_only_book || !self.state.forgetting.insert(profile.id.clone()) {
                continue;
            }
            self.drop_removal_notice(&profile.id);
            let (world, book, events) = (self.world.clone(), self.state.book.clone(), self.events.clone());
            tokio::spawn(async move {
                let outcome = credentials::forget_removed(&world, &book, &profile).await;
                let _ = events.send(Event::SecretForgotten { profile: profile.id, outcome });
            });
        }
    }

    pub(super) fn secret_forgotten(&mut self, profile: &ProfileId, outcome: Result<(), Error>) {
        match outcome {
            Ok(()) => {
                self.window.remove_store(profile);
                self.give_up_downloads(profile);
                self.state.workspace.forget(profile);
                self.state.frecency.forget(profile);
            }
            Err(error) => self.stays_set_aside(error),
        }
    }

    /// Also of a profile that stays, and has left its sessions.
    pub(super) fn store_removed(&mut self, profile: &ProfileId, outcome: Result<(), Error>) {
        match outcome {
            Ok(()) if self.state.forgetting.contains(profile) => {
                let profile = profile.clone();
                self.change_book(None, async { Ok(BookChange::Forget(profile)) });
            }
            Ok(()) => {}
            Err(error) => self.stays_set_aside(error),
        }
    }

    /// A removed profile stays in the book, set aside; the next start tries again.
    fn stays_set_aside(&mut self, error: Error) {
        let now = self.now();
        self.state.notice(now, NoticeBody::Failed { about: None, error });
    }

    /// Reads the book from its file.
    pub(super) fn read_book(&mut self, reply: Option<Reply<()>>) {
        let world = self.world.clone();
        let events = self.events.clone();
        tokio::task::spawn_blocking(move || {
            let outcome = world.book.load().map(BookOutcome::Loaded);
            let _ = events.send(Event::BookRead { outcome, reply });
        });
    }

    pub(super) fn book_read(&mut self, outcome: Result<BookOutcome, Error>, reply: Option<Reply<()>>) {
        let now = self.now();
        let outcome = outcome.map(|outcome| match outcome {
            BookOutcome::Changed(book) => {
                let before = std::mem::replace(&mut self.state.book, Arc::new(book));
                self.offer_removed_bookmarks(&before);
                self.leave_changed(&before);
            }
            BookOutcome::Loaded(loaded) => {
                let before = std::mem::replace(&mut self.state.book, Arc::new(loaded.book));
                self.leave_changed(&before);
                self.state.read_only_book = loaded.read_only;
                if let Some(error) = loaded.warning {
                    self.state.notice(now, NoticeBody::Failed { about: None, error });
                }
            }
        });
        let removed = self.state.book.removed();
        self.state.forgetting.retain(|id| removed.iter().any(|removed| removed.profile.id == *id));
        self.index_again();
        self.book_under_portal();
        self.restore();
        self.close_orphans();
        self.forget_removed(now);
        self.answer(reply, None, outcome);
    }

    /// Makes the change and comes back with the new book.
    pub(super) fn change_book(
        &mut self,
        reply: Option<Reply<()>>,
        change: impl Future<Output = Result<BookChange, Error>> + Send + 'static,
    ) {
        let world = self.world.clone();
        self.ask_book(reply, async move { written(&world, change.await?).await });
    }

    /// Comes back with the book that this ends with.
    fn ask_book(
        &mut self,
        reply: Option<Reply<()>>,
        changed: impl Future<Output = Result<Book, Error>> + Send + 'static,
    ) {
        let events = self.events.clone();
        tokio::spawn(async move {
            let outcome = changed.await.map(BookOutcome::Changed);
            let _ = events.send(Event::BookRead { outcome, reply });
        });
    }

    /// Another process may have removed a profile whose tabs are open here.
    fn close_orphans(&mut self) {
        let orphans: Vec<ProfileId> = self
            .state
            .workspace
            .tabs()
            .iter()
            .filter(|tab| self.state.profile_of(tab).is_none())
            .map(|tab| tab.store.profile.clone())
            .collect();
        for profile in orphans {
            self.close_tabs_of(&profile);
        }
    }

    fn close_tabs_of(&mut self, profile: &ProfileId) {
        let tabs: Vec<TabId> = self.state.workspace.of_profile(profile).map(|tab| tab.id.clone()).collect();
        for tab in tabs {
            self.close_tab(&tab);
        }
        self.state.sessions.retain(|store, _| store.profile != *profile);
        self.state.tests.remove(profile);
    }

    fn drop_removal_notice(&mut self, id: &ProfileId) {
        self.state
            .notices
            .retain(|notice| !matches!(&notice.body, NoticeBody::Removed { profile, .. } if profile == id));
    }
}

#[cfg(test)]
#[path = "profiles_tests.rs"]
mod tests;
