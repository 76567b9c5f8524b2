//! The book as the commands use it: read with a word about damage, searched by name, changed with
//! a word to the running app.
//!
//! Not its rules (`domain::book`) nor its file (`storage::profile_book`).

use std::sync::Arc;

use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::ports::{LoadedBook, ProfileBook};
use sidelight_core::domain::book::{Book, BookChange};
use sidelight_core::domain::input::{Field, InputError, Problem};
use sidelight_core::domain::partition::Partition;
use sidelight_core::domain::profile::{Profile, ProfileId};
use sidelight_core::domain::session::Identity;
use sidelight_core::storage::home::Home;
use sidelight_core::storage::profile_book::BookFile;
use sidelight_core::world::SystemClock;
use uuid::Uuid;

use crate::failure::Failure;
use crate::output;
use crate::running_app;

/// The book's file.
pub fn file(home: &Home) -> BookFile {
    BookFile::new(home, Arc::new(SystemClock))
}

/// Reads it; damage is told on stderr, and the command goes on.
///
/// # Errors
/// `Disk`.
pub fn load(home: &Home) -> Result<LoadedBook, Failure> {
    let loaded = file(home).load()?;
    if let Some(warning) = &loaded.warning {
        output::warn(warning);
    }
    Ok(loaded)
}

/// As [`load`], for a command that is going to change it.
///
/// # Errors
/// Also why it cannot be changed: `Conflict` for a newer Sidelight's, `Corrupt`.
pub fn load_to_change(home: &Home) -> Result<Book, Failure> {
    let loaded = load(home)?;
    match loaded.read_only {
        true => Err(loaded.warning.unwrap_or_else(|| Cause::Conflict.into()).into()),
        false => Ok(loaded.book),
    }
}

/// A profile by its name or id.
///
/// # Errors
/// [`Failure::NoProfile`].
pub fn find<'a>(book: &'a Book, name: &str) -> Result<&'a Profile, Failure> {
    book.find(name).ok_or_else(|| Failure::NoProfile(name.to_owned()))
}

/// A profile's partition.
///
/// # Errors
/// `Input` where the book does not know it.
pub fn partition_of(book: &Book, profile: &Profile) -> Result<Partition, Failure> {
    Ok(book.partition(&profile.partition).ok_or(InputError::new(Field::Partition, Problem::Unknown))?)
}

/// Whether the book would take a profile.
///
/// # Errors
/// `Input`; for a cycle with the names that it goes through.
pub fn check_saving(book: &Book, profile: &Profile) -> Result<(), Failure> {
    let saved = book.clone().apply(BookChange::Save(Box::new(profile.clone())));
    Ok(saved.map_err(|error| Error::of_saving(book, profile, error))?)
}

/// An id that nobody else has.
///
/// # Errors
/// None: an id of ours is always of the right form.
pub fn new_id() -> Result<ProfileId, Failure> {
    Ok(ProfileId::parse(&Uuid::new_v4().to_string())?)
}

/// Changes it, and tells the running app.
///
/// # Errors
/// `Input`, `Disk` or `Conflict`; it is then as before.
pub async fn change(home: &Home, change: BookChange) -> Result<Book, Failure> {
    let book = file(home).apply(change)?;
    running_app::reload(home).await;
    Ok(book)
}

/// Notes the account that AWS told, where the book did not know it.
pub async fn note_account(home: &Home, loaded: &LoadedBook, profile: &Profile, identity: &Identity) {
    if profile.account.is_some() || loaded.read_only {
        return;
    }
    // The command has done what was asked: the next sign-in tells the account again.
    let _ = change(home, BookChange::NoteAccount(profile.id.clone(), identity.account.clone())).await;
}
