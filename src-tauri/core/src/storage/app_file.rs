//! A file that the window alone writes, and often: replaced as a whole, the states of the last two starts beside it.
//!
//! Not what is in it. The book has other writers too, and rules of its own (`profile_book`).

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::files::{self, RealDisk};
use crate::app::error::{Cause, Error};
use crate::app::ports::Clock;

/// How a file is spelled.
#[derive(Clone, Copy)]
pub(super) enum Spelling {
    Toml,
    Json,
}

/// What a file said, and what the user must know of it.
#[derive(Debug, PartialEq)]
pub struct Loaded<T> {
    /// What is gone on with.
    pub value: T,
    /// `Corrupt`, `Disk`, or `Conflict` where a newer Sidelight wrote it.
    pub warning: Option<Error>,
}

impl<T> Loaded<T> {
    pub(super) fn map<U>(self, of: impl FnOnce(T) -> U) -> Loaded<U> {
        Loaded { value: of(self.value), warning: self.warning }
    }
}

/// - No file: nothing.
/// - A damaged file is renamed to `NAME.damaged-<time>`; the newest generation that is whole takes its place.
/// - One that cannot be read or renamed, or that is of a newer Sidelight, is never written.
///
/// Each format says its `schema`, a number from 1 on; one without it was written by hand, and is of the first.
#[derive(Clone)]
pub(super) struct AppFile {
    path: PathBuf,
    spelling: Spelling,
    schema: u32,
    clock: Arc<dyn Clock>,
    stays: Arc<AtomicBool>,
    has_generations: bool,
}

/// What bytes say.
enum Reading<F> {
    Whole(F),
    /// A newer Sidelight's, as far as it is known here.
    Newer(Option<F>),
    Damaged(Senseless),
}

/// Why bytes make no sense; never what they hold, which is the user's.
#[derive(Debug, thiserror::Error)]
enum Senseless {
    #[error("it is empty")]
    Empty,
    #[error("{}", .0.message())]
    Toml(#[from] toml_edit::de::Error),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// All of a format that no schema changes.
#[derive(serde::Deserialize)]
struct Version {
    schema: Option<u32>,
}

impl AppFile {
    pub(super) fn new(path: PathBuf, spelling: Spelling, schema: u32, clock: Arc<dyn Clock>) -> Self {
        Self { path, spelling, schema, clock, stays: Arc::default(), has_generations: true }
    }

    /// An older state of it would be wrong.
    pub(super) fn without_generations(self) -> Self {
        Self { has_generations: false, ..self }
    }

    pub(super) fn load<F: DeserializeOwned>(&self) -> Loaded<Option<F>> {
        let bytes = match files::read(&self.path) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Loaded { value: None, warning: None },
            Err(error) => {
                self.stays.store(true, Ordering::Relaxed);
                return Loaded { value: None, warning: Some(error) };
            }
        };
        match self.read(&bytes) {
            Reading::Whole(value) => {
                if self.has_generations
                    && let Err(error) = files::keep_generation(&RealDisk, &self.path, &bytes)
                {
                    tracing::warn!(%error, "no older state is kept");
                }
                Loaded { value: Some(value), warning: None }
            }
            Reading::Newer(value) => {
                self.stays.store(true, Ordering::Relaxed);
                Loaded { value, warning: Some(Cause::Conflict.into()) }
            }
            Reading::Damaged(why) => self.older(&why),
        }
    }

    /// Sets the damaged file aside, and puts the newest generation that is whole in its place.
    fn older<F: DeserializeOwned>(&self, why: &Senseless) -> Loaded<Option<F>> {
        let moved_to = files::set_aside(&RealDisk, &self.path, self.clock.now()).ok();
        self.stays.store(moved_to.is_none(), Ordering::Relaxed);
        let generations = files::generations_of(&self.path).into_iter().flatten().filter(|_| self.has_generations);
        let mut whole = generations.filter_map(|path| {
            let bytes = files::read(&path).ok()??;
            match self.read(&bytes) {
                Reading::Whole(value) => Some((files::written_at(&path), bytes, value)),
                Reading::Newer(_) | Reading::Damaged(_) => None,
            }
        });
        let (restored_from, value) = match whole.next() {
            Some((written_at, bytes, value)) => {
                if let Err(error) = self.put(&bytes) {
                    tracing::warn!(%error, "the restored state is not written yet");
                }
                (written_at, Some(value))
            }
            None => (None, None),
        };
        let restored_from = restored_from.map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
        let cause = Cause::Corrupt { file: self.path.clone(), restored_from, moved_to };
        Loaded { value, warning: Some(Error::detailed(cause, why.to_string())) }
    }

    fn read<F: DeserializeOwned>(&self, bytes: &[u8]) -> Reading<F> {
        if bytes.trim_ascii().is_empty() {
            return Reading::Damaged(Senseless::Empty);
        }
        match self.parse::<Version>(bytes) {
            Ok(version) if version.schema > Some(self.schema) => Reading::Newer(self.parse(bytes).ok()),
            Ok(_) => self.parse(bytes).map_or_else(Reading::Damaged, Reading::Whole),
            Err(why) => Reading::Damaged(why),
        }
    }

    fn parse<F: DeserializeOwned>(&self, bytes: &[u8]) -> Result<F, Senseless> {
        match self.spelling {
            Spelling::Toml => Ok(toml_edit::de::from_slice(bytes)?),
            Spelling::Json => Ok(serde_json::from_slice(bytes)?),
        }
    }

    /// Keeps it, unless the file is to be left as it is.
    ///
    /// # Errors
    /// `Disk`.
    pub(super) fn save<F: Serialize>(&self, format: &F) -> Result<(), Error> {
        let spelled = match self.spelling {
            Spelling::Toml => {
                toml_edit::ser::to_string_pretty(format).map(String::into_bytes).map_err(|error| error.to_string())
            }
            Spelling::Json => serde_json::to_vec(format).map_err(|error| error.to_string()),
        };
        self.put(&spelled.map_err(|words| Error::detailed(Cause::Bug, words))?)
    }

    fn put(&self, bytes: &[u8]) -> Result<(), Error> {
        if self.stays.load(Ordering::Relaxed) {
            return Ok(());
        }
        files::replace(&RealDisk, &self.path, bytes)
    }
}

#[cfg(test)]
#[path = "app_file_tests.rs"]
mod tests;
