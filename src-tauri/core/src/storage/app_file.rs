//! A file that the window alone writes, and often: replaced as a whole, the states of the last two starts beside it.
//!
//! Not what is in it. The book has other writers too, and rules of its own (`profile_book`).

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::files::{self, RealDisk};
use crate::app::error::{Cause, Error};
use crate::app::ports::Clock;

/// What bytes say.
pub(super) enum Reading<T> {
    Whole(T),
    /// A newer Sidelight's, as far as it is known.
    Newer(T),
    /// What makes no sense.
    Damaged(String),
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
/// - A damaged file is renamed to `NAME.damaged-<time>`; the newest generation that is whole is read instead.
/// - One that cannot be read or renamed, or that is of a newer Sidelight, is never written.
#[derive(Clone)]
pub(super) struct AppFile {
    path: PathBuf,
    clock: Arc<dyn Clock>,
    stays: Arc<AtomicBool>,
    has_generations: bool,
}

impl AppFile {
    pub(super) fn new(path: PathBuf, clock: Arc<dyn Clock>) -> Self {
        Self { path, clock, stays: Arc::default(), has_generations: true }
    }

    /// Of which an older state would be wrong.
    pub(super) fn without_generations(path: PathBuf, clock: Arc<dyn Clock>) -> Self {
        Self { has_generations: false, ..Self::new(path, clock) }
    }

    pub(super) fn load<T>(&self, read: impl Fn(&[u8]) -> Reading<T>) -> Loaded<Option<T>> {
        let bytes = match files::read(&self.path) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Loaded { value: None, warning: None },
            Err(error) => {
                self.stays.store(true, Ordering::Relaxed);
                return Loaded { value: None, warning: Some(error) };
            }
        };
        match read(&bytes) {
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
                Loaded { value: Some(value), warning: Some(Cause::Conflict.into()) }
            }
            Reading::Damaged(words) => self.older(&words, read),
        }
    }

    fn older<T>(&self, words: &str, read: impl Fn(&[u8]) -> Reading<T>) -> Loaded<Option<T>> {
        let moved_to = files::set_aside(&RealDisk, &self.path, self.clock.now()).ok();
        self.stays.store(moved_to.is_none(), Ordering::Relaxed);
        let generations = files::generations_of(&self.path).into_iter().flatten().filter(|_| self.has_generations);
        let mut whole = generations.filter_map(|path| match read(&files::read(&path).ok()??) {
            Reading::Whole(value) => Some((path, value)),
            Reading::Newer(_) | Reading::Damaged(_) => None,
        });
        let (restored_from, value) = match whole.next() {
            Some((path, value)) => (files::written_at(&path), Some(value)),
            None => (None, None),
        };
        let restored_from = restored_from.map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
        let cause = Cause::Corrupt { file: self.path.clone(), restored_from, moved_to };
        Loaded { value, warning: Some(Error::detailed(cause, words)) }
    }

    /// Nothing is done to a file that stays as it is.
    ///
    /// # Errors
    /// `Disk`.
    pub(super) fn save(&self, bytes: &[u8]) -> Result<(), Error> {
        if self.stays.load(Ordering::Relaxed) {
            return Ok(());
        }
        files::replace(&RealDisk, &self.path, bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::SystemClock;

    type Tested = Result<(), Box<dyn std::error::Error>>;

    /// A number; one above 99 is of a newer Sidelight.
    fn number(bytes: &[u8]) -> Reading<u32> {
        match std::str::from_utf8(bytes).ok().and_then(|text| text.parse().ok()) {
            Some(number @ 100..) => Reading::Newer(number),
            Some(number) => Reading::Whole(number),
            None => Reading::Damaged("no number".to_owned()),
        }
    }

    fn file() -> Result<(tempfile::TempDir, AppFile), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let file = AppFile::new(folder.path().join("n"), Arc::new(SystemClock));
        Ok((folder, file))
    }

    fn names(file: &AppFile) -> Result<Vec<String>, Box<dyn std::error::Error>> {
        let folder = file.path.parent().ok_or("it lies in a folder")?;
        let names = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        let mut names = names.collect::<Result<Vec<_>, std::io::Error>>()?;
        names.sort();
        Ok(names)
    }

    #[test]
    fn a_damaged_file_is_set_aside_and_the_state_of_the_last_start_that_is_whole_comes_back() -> Tested {
        let (_folder, file) = file()?;
        assert_eq!(file.load(number), Loaded { value: None, warning: None });
        for state in ["1", "2", "2", "3"] {
            file.save(state.as_bytes())?;
            assert_eq!(file.load(number).value, Some(state.parse()?));
        }
        file.save(b"4")?;
        for (damaged, restored) in [(None, Some(3)), (Some("n.1"), Some(2)), (Some("n.2"), None)] {
            if let Some(name) = damaged {
                std::fs::write(file.path.with_file_name(name), "?")?;
            }
            std::fs::write(&file.path, "4?")?;
            let loaded = file.load(number);
            assert_eq!(loaded.value, restored);
            let warning = loaded.warning.ok_or("the user is told")?;
            let Cause::Corrupt { moved_to: Some(moved_to), restored_from, .. } = warning.cause else {
                return Err(format!("{warning:?}").into());
            };
            assert_eq!(
                (std::fs::read_to_string(moved_to)?.as_str(), restored_from.is_some()),
                ("4?", restored.is_some())
            );
            file.save(b"5")?;
        }
        Ok(())
    }

    #[test]
    fn a_file_of_which_an_older_state_would_be_wrong_has_none() -> Tested {
        let (folder, _) = file()?;
        let file = AppFile::without_generations(folder.path().join("n"), Arc::new(SystemClock));
        file.save(b"1")?;
        assert_eq!(file.load(number).value, Some(1));
        assert_eq!(names(&file)?, ["n"]);
        Ok(())
    }

    #[test]
    fn a_file_of_a_newer_sidelight_is_read_and_never_overwritten() -> Tested {
        let (_folder, file) = file()?;
        std::fs::write(&file.path, "100")?;
        assert_eq!(file.load(number), Loaded { value: Some(100), warning: Some(Cause::Conflict.into()) });
        file.save(b"1")?;
        assert_eq!(std::fs::read_to_string(&file.path)?, "100");
        Ok(())
    }

    #[test]
    fn a_file_that_cannot_be_read_is_left_as_it_is_and_the_user_is_told() -> Tested {
        let (_folder, file) = file()?;
        std::fs::create_dir(&file.path)?;
        let loaded = file.load(number);
        assert!(matches!(loaded.warning, Some(Error { cause: Cause::Disk { .. }, .. })), "{loaded:?}");
        file.save(b"1")?;
        assert!(file.path.is_dir());
        Ok(())
    }
}
