//! Profiles: kept, moved, removed and brought back; secret and book in the order that loses nothing.
//!
//! Not the rules of the book (`domain::book`). Write: keychain first, then the book, and the keychain back where the
//! book refuses. Remove: mark in the book, later the keychain, the browser data, and then the book.

use std::sync::Arc;

use jiff::Timestamp;
use secrecy::SecretString;
use tokio::sync::OwnedMutexGuard;
use uuid::Uuid;

use super::error::{Cause, Error};
use super::event::{BookOutcome, Event, Reply};
use super::ports::Vault;
use super::state::{Forgetting, NoticeBody, UNDO};
use super::{App, World, credentials};
use crate::domain::book::{Book, BookChange, RemovedProfile};
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

/// Keeps secrets, then does what needs them; where that fails, the keychain is as it was.
///
/// # Errors
/// The keychain's, or what `then` meets.
pub async fn keep_secrets<Done, Failure: From<Error>>(
    vault: &dyn Vault,
    secrets: &[(&SecretId, &SecretString)],
    then: impl Future<Output = Result<Done, Failure>>,
) -> Result<Done, Failure> {
    let mut written = Vec::new();
    let outcome = async {
        for &(id, secret) in secrets {
            let before = match vault.read(id).await {
                Ok(before) => Some(before),
                Err(error) if error.cause == Cause::KeychainMissing => None,
                Err(error) => return Err(error.into()),
            };
            vault.write(id, secret).await?;
            written.push((id, before));
        }
        then.await
    };
    let outcome = outcome.await;
    if outcome.is_err() {
        for (id, before) in written {
            // What the user needs to hear is why the rest failed.
            let _ = match before {
                Some(before) => vault.write(id, &before).await,
                None => vault.remove(id).await,
            };
        }
    }
    outcome
}

/// A book that was written. The next change waits until this one is told of and let go.
pub(super) struct Written {
    book: Book,
    _turn: OwnedMutexGuard<()>,
}

/// Changes the book on disk.
pub(super) async fn written(world: &World, change: BookChange) -> Result<Written, Error> {
    let turn = world.book_turn.clone().lock_owned().await;
    let book = world.book.clone();
    let applied = tokio::task::spawn_blocking(move || book.apply(change)).await;
    let book = applied.unwrap_or_else(|_panicked| Err(Cause::Bug.into()))?;
    Ok(Written { book, _turn: turn })
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
                        Some(secret) => keep_secrets(world.vault.as_ref(), &[(&id, secret.wrapped())], save).await,
                        None => save.await,
                    }
                });
            }
            Err(error) => self.answer(reply, Some(name), Err(error)),
        }
    }

    /// What the book would refuse must not reach the keychain.
    fn checked(&self, id: ProfileId, draft: ProfileDraft) -> Result<Profile, Error> {
        if let Some(why) = &self.state.read_only_book {
            return Err(why.clone());
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
            keep_secrets(world.vault.as_ref(), &[(&id, &secret)], save).await
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
        let at = if at_once { Timestamp::UNIX_EPOCH } else { self.now() };
        let id = id.clone();
        self.change_book(reply, async move { Ok(BookChange::Remove(id, at)) });
    }

    pub(super) fn undo_remove(&mut self, profile: ProfileId) {
        self.change_book(None, async { Ok(BookChange::Restore(profile)) });
    }

    /// The account is known now; the book is told, where it did not know.
    pub(super) fn note_account(&mut self, id: &ProfileId, identity: &Identity) {
        if self.state.profile(id).is_some_and(|profile| profile.account.is_none())
            && self.state.read_only_book.is_none()
        {
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
            if self.state.read_only_book.is_some() || self.state.forgetting.contains_key(&profile.id) {
                continue;
            }
            self.state.forgetting.insert(profile.id.clone(), Forgetting::Secret);
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
            // It was brought back meanwhile.
            Ok(()) if !self.state.forgetting.contains_key(profile) => {}
            Ok(()) => {
                self.state.forgetting.insert(profile.clone(), Forgetting::BrowserData);
                self.window.remove_store(profile);
                self.give_up_downloads(profile);
                self.state.workspace.forget(profile);
                self.state.frecency.forget(profile);
            }
            Err(error) => self.stays(error),
        }
    }

    /// Also of a profile that stays, and has left its sessions.
    pub(super) fn store_removed(&mut self, profile: &ProfileId, outcome: Result<(), Error>) {
        match outcome {
            Ok(()) if self.state.forgetting.get(profile) == Some(&Forgetting::BrowserData) => {
                let profile = profile.clone();
                self.change_book(None, async { Ok(BookChange::Forget(profile)) });
            }
            Ok(()) => {}
            Err(error) => self.stays(error),
        }
    }

    /// What could not be removed stays. For a removed profile that lies in the book the next start tries again.
    fn stays(&mut self, error: Error) {
        let now = self.now();
        self.state.notice(now, NoticeBody::Failed { about: None, error });
    }

    /// Reads the book from its file.
    pub(super) fn read_book(&mut self, reply: Option<Reply<()>>) {
        let world = self.world.clone();
        let events = self.events.clone();
        tokio::spawn(async move {
            let _turn = world.book_turn.clone().lock_owned().await;
            let loaded = tokio::task::spawn_blocking(move || world.book.load()).await;
            let outcome = loaded.unwrap_or_else(|_panicked| Err(Cause::Bug.into())).map(BookOutcome::Loaded);
            let _ = events.send(Event::BookRead { outcome, reply });
        });
    }

    pub(super) fn book_read(&mut self, outcome: Result<BookOutcome, Error>, reply: Option<Reply<()>>) {
        let now = self.now();
        let outcome = outcome.map(|outcome| match outcome {
            BookOutcome::Changed(book) => {
                let before = std::mem::replace(&mut self.state.book, Arc::new(book));
                self.offer_removed_bookmarks(&before);
                self.book_changed(&before);
                self.restore();
            }
            BookOutcome::Loaded(loaded) => {
                let before = std::mem::replace(&mut self.state.book, Arc::new(loaded.book));
                self.book_changed(&before);
                let why = || loaded.warning.clone().unwrap_or_else(|| Cause::Conflict.into());
                self.state.read_only_book = loaded.read_only.then(why);
                // Tabs are not lost with a book that may come back.
                if loaded.warning.is_none() || !self.state.book.profiles().is_empty() {
                    self.restore();
                }
                if let Some(error) = loaded.warning {
                    self.state.notice(now, NoticeBody::Failed { about: None, error });
                }
            }
        });
        if outcome.is_ok() {
            self.index_again();
            self.book_under_portal();
        }
        self.forget_removed(now);
        self.answer(reply, None, outcome);
    }

    /// What goes with profiles that are somebody else, are gone, or are back.
    fn book_changed(&mut self, before: &Book) {
        self.leave_changed(before);
        let book = self.state.book.clone();
        for gone in before.profiles().iter().filter(|known| book.profile(&known.id).is_none()) {
            self.close_tabs_of(&gone.id);
            self.pause_copies(|id| *id == gone.id);
        }
        let is_set_aside = |id: &ProfileId| book.removed().iter().any(|removed| removed.profile.id == *id);
        self.state.forgetting.retain(|id, _| is_set_aside(id));
        self.state.notices.retain(|notice| match &notice.body {
            NoticeBody::Removed { profile, .. } => is_set_aside(profile),
            _ => true,
        });
        let now = self.now();
        let is_new = |removed: &&RemovedProfile| !before.removed().contains(removed);
        for RemovedProfile { profile, at, .. } in book.removed().iter().filter(is_new) {
            if let Ok(until) = at.checked_add(UNDO)
                && now < until
            {
                let (profile, name) = (profile.id.clone(), profile.name.to_string());
                self.state.notice_until(NoticeBody::Removed { profile, name }, Some(until));
            }
        }
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
        changed: impl Future<Output = Result<Written, Error>> + Send + 'static,
    ) {
        let events = self.events.clone();
        tokio::spawn(async move {
            let (outcome, _turn) = match changed.await {
                Ok(Written { book, _turn }) => (Ok(BookOutcome::Changed(book)), Some(_turn)),
                Err(error) => (Err(error), None),
            };
            let _ = events.send(Event::BookRead { outcome, reply });
        });
    }

    fn close_tabs_of(&mut self, profile: &ProfileId) {
        let tabs: Vec<TabId> = self.state.workspace.of_profile(profile).map(|tab| tab.id.clone()).collect();
        for tab in tabs {
            self.close_tab(&tab);
        }
        self.state.sessions.retain(|store, _| store.profile != *profile);
        self.state.confirmed.retain(|store| store.profile != *profile);
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
