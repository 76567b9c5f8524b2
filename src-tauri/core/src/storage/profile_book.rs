//! The book at rest: `profiles.toml`, its lock and its two older generations.
//!
//! Not what a change means (`domain::book`) nor how a file is replaced (`files`).
//! What a damaged file leads to is all here; it must not grow elsewhere.

mod bookmarks;
mod document;
mod format;
mod plain;
mod rules;
mod sources;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::files::{self, Disk, RealDisk};
use super::home::Home;
use super::lock::FileLock;
use crate::app::error::{Cause, Error};
use crate::app::ports::{Clock, LoadedBook, ProfileBook};
use crate::domain::book::{Book, BookChange};
use crate::domain::bookmark::Bookmark;
use crate::domain::partition::PartitionName;
use crate::domain::profile::Profile;
use format::Reading;

/// `profiles.toml`.
///
/// - No file, and no older generation: an empty book.
/// - A damaged file (or none, beside older generations) is renamed to
///   `profiles.toml.damaged-<time>`, and the newest generation that is whole takes its place.
/// - Where it cannot be renamed, that generation is shown read-only and nothing is written.
/// - A file of a newer Sidelight is shown read-only and never written.
pub struct BookFile {
    path: PathBuf,
    lock: PathBuf,
    clock: Arc<dyn Clock>,
    disk: Arc<dyn Disk>,
}

/// The book's text with the profiles that are wanted, and the partitions that they use, for
/// another machine: no secret is in it.
///
/// # Errors
/// `Bug` where it cannot be spelled.
pub fn exported(book: &Book, wanted: impl Fn(&Profile) -> bool) -> Result<String, Error> {
    let profiles: Vec<Profile> = book.profiles().iter().filter(|profile| wanted(profile)).cloned().collect();
    let uses = |name: &PartitionName| profiles.iter().any(|profile| profile.partition == *name);
    let partitions = book.own_partitions().iter().filter(|partition| uses(&partition.name)).cloned().collect();
    let is_theirs = |bookmark: &&Bookmark| profiles.iter().any(|profile| bookmark.is_for(profile));
    let bookmarks = book.bookmarks().iter().filter(is_theirs).cloned().collect();
    // Rules may name other clients.
    let is_all = profiles.len() == book.profiles().len();
    let rules = if is_all { book.own_rules().to_vec() } else { Vec::new() };
    let part = Book::from_parts(profiles, partitions, Vec::new(), rules, bookmarks)?;
    document::rewritten(None, &part).ok_or(Cause::Bug.into())
}

/// What [`exported`] wrote.
///
/// # Errors
/// [`NotImported`].
pub fn imported(bytes: &[u8]) -> Result<Book, NotImported> {
    match format::read(bytes) {
        Reading::Whole(book) => Ok(book),
        Reading::Newer(_) => Err(NotImported::Newer),
        Reading::Damaged(words) => Err(NotImported::Damaged(words)),
    }
}

/// Why a file holds nothing to import.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotImported {
    /// A newer Sidelight's book.
    #[error("a newer Sidelight wrote it")]
    Newer,
    /// Something else than a book; what makes no sense in it.
    #[error("{0}")]
    Damaged(String),
}

/// How long a writer waits for another one: a write takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(5);

impl BookFile {
    /// The book of this home.
    #[must_use]
    pub fn new(home: &Home, clock: Arc<dyn Clock>) -> Self {
        Self::on_disk(home, clock, Arc::new(RealDisk))
    }

    /// As [`Self::new`], on a disk whose steps may fail.
    #[must_use]
    pub fn on_disk(home: &Home, clock: Arc<dyn Clock>, disk: Arc<dyn Disk>) -> Self {
        let path = home.book();
        Self { lock: path.with_extension("toml.lock"), path, clock, disk }
    }
}

impl ProfileBook for BookFile {
    fn load(&self) -> Result<LoadedBook, Error> {
        match self.read()? {
            Found::Whole { book, .. } => Ok(LoadedBook { book, read_only: false, warning: None }),
            Found::Newer(book) => Ok(newer(book)),
            Found::Damaged { .. } => self.load_damaged(),
        }
    }

    fn apply(&self, change: BookChange) -> Result<Book, Error> {
        let _lock = FileLock::take(&self.lock, PATIENCE)?;
        files::sweep_unfinished(&self.path);
        let (mut book, before) = match self.read()? {
            Found::Whole { book, text } => (book, text),
            Found::Newer(_) => return Err(Cause::Conflict.into()),
            // Whoever asked saw another book: they are told, and may ask again.
            Found::Damaged { words } => return Err(self.mend(&words)?.warning.unwrap_or(Cause::Bug.into())),
        };
        book.apply(change)?;
        let text = document::rewritten(before.as_deref(), &book).ok_or(Cause::Bug)?;
        // What we write must be what we would read.
        if !matches!(format::read(text.as_bytes()), Reading::Whole(read) if read == book) {
            return Err(Cause::Bug.into());
        }
        if let Some(before) = &before
            && let (Some(old), Some(new)) = (format::schema(before), format::schema(&text))
            && old < new
        {
            let backup = self.path.with_extension(format!("toml.schema-{old}"));
            files::replace(self.disk.as_ref(), &backup, before.as_bytes())?;
        }
        if before.as_deref() != Some(text.as_str()) {
            files::replace_keeping_generations(self.disk.as_ref(), &self.path, text.as_bytes())?;
        }
        Ok(book)
    }
}

/// What lies under the book's name.
enum Found {
    Whole { book: Book, text: Option<String> },
    Newer(Option<Book>),
    Damaged { words: String },
}

impl BookFile {
    fn read(&self) -> Result<Found, Error> {
        let Some(bytes) = files::read(&self.path)? else {
            return Ok(if self.newest_older()?.is_some() {
                Found::Damaged { words: "the file is gone".to_owned() }
            } else {
                Found::Whole { book: Book::default(), text: None }
            });
        };
        Ok(match format::read(&bytes) {
            Reading::Whole(book) => Found::Whole { book, text: String::from_utf8(bytes).ok() },
            Reading::Newer(book) => Found::Newer(book),
            Reading::Damaged(words) => Found::Damaged { words },
        })
    }

    fn load_damaged(&self) -> Result<LoadedBook, Error> {
        let Ok(_lock) = FileLock::take(&self.lock, PATIENCE) else {
            return self.show_older("its lock could not be taken");
        };
        // Another process may have mended it while we waited.
        match self.read()? {
            Found::Whole { book, .. } => Ok(LoadedBook { book, read_only: false, warning: None }),
            Found::Newer(book) => Ok(newer(book)),
            Found::Damaged { words } => self.mend(&words),
        }
    }

    /// Sets the damaged file aside and puts the newest whole generation in its place. Only with
    /// the lock held.
    fn mend(&self, words: &str) -> Result<LoadedBook, Error> {
        let moved_to = match self.path.exists() {
            true => match files::set_aside(self.disk.as_ref(), &self.path, self.clock.now()) {
                Ok(moved_to) => Some(moved_to),
                Err(_) => return self.show_older(words),
            },
            false => None,
        };
        if self.set_damaged_generations_aside().is_err() {
            return self.show_older(words);
        }
        let Some(older) = self.newest_older()? else {
            return Ok(LoadedBook {
                book: Book::default(),
                read_only: false,
                warning: Some(self.corrupt(words, None, moved_to)),
            });
        };
        let warning = Some(self.corrupt(words, Some(&older.path), moved_to));
        let is_back = match older.book {
            Ok(_) => files::replace(self.disk.as_ref(), &self.path, &older.bytes).is_ok(),
            Err(_) => false,
        };
        let book = older.book.unwrap_or_else(|newer| newer.unwrap_or_default());
        Ok(LoadedBook { book, read_only: !is_back, warning })
    }

    /// For when nothing may be written.
    fn show_older(&self, words: &str) -> Result<LoadedBook, Error> {
        let older = self.newest_older()?;
        let warning = Some(self.corrupt(words, older.as_ref().map(|older| older.path.as_path()), None));
        let book = older.map(|older| older.book.unwrap_or_else(Option::unwrap_or_default)).unwrap_or_default();
        Ok(LoadedBook { book, read_only: true, warning })
    }

    fn newest_older(&self) -> Result<Option<Older>, Error> {
        for path in files::generations_of(&self.path)? {
            let Ok(Some(bytes)) = files::read(&path) else { continue };
            let book = match format::read(&bytes) {
                Reading::Whole(book) => Ok(book),
                Reading::Newer(book) => Err(book),
                Reading::Damaged(_) => continue,
            };
            return Ok(Some(Older { path, bytes, book }));
        }
        Ok(None)
    }

    /// Later writes go over the generations, and must not go over what a person may still mend.
    fn set_damaged_generations_aside(&self) -> Result<(), Error> {
        for path in files::generations_of(&self.path)? {
            let is_damaged =
                files::read(&path)?.is_some_and(|bytes| matches!(format::read(&bytes), Reading::Damaged(_)));
            if is_damaged {
                files::set_aside(self.disk.as_ref(), &path, self.clock.now())?;
            }
        }
        Ok(())
    }

    fn corrupt(&self, words: &str, older: Option<&Path>, moved_to: Option<PathBuf>) -> Error {
        let restored_from = older.and_then(files::written_at).map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
        Error::detailed(Cause::Corrupt { file: self.path.clone(), restored_from, moved_to }, words)
    }
}

/// An older generation that can be shown: ours, or (`Err`) a newer Sidelight's.
struct Older {
    path: PathBuf,
    bytes: Vec<u8>,
    book: Result<Book, Option<Book>>,
}

fn newer(book: Option<Book>) -> LoadedBook {
    let warning = book.is_none().then(|| Cause::Conflict.into());
    LoadedBook { book: book.unwrap_or_default(), read_only: true, warning }
}
