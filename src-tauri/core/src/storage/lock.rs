//! Locks: who is the app, and who may write a file just now.
//!
//! The system lets go of a lock when its holder ends, however that happens, so no lock is ever
//! stale. Not what is guarded.

use std::fs::{File, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use super::home::Home;
use super::{files, platform};
use crate::app::error::{Cause, Error};

/// Whoever holds it is the app; a second one hands its request over through the control socket.
#[derive(Debug)]
pub struct AppLock(#[expect(dead_code, reason = "held, not read: it is let go of when dropped")] FileLock);

impl AppLock {
    /// Takes it, without waiting.
    ///
    /// # Errors
    /// `Conflict` where another app has it, `Disk` where its file cannot be made.
    pub fn take(home: &Home) -> Result<Self, Error> {
        FileLock::take(&home.lock(), Duration::ZERO).map(Self)
    }
}

/// An exclusive lock, let go of when dropped.
#[derive(Debug)]
pub(crate) struct FileLock(File);

impl FileLock {
    /// Waits at most `patience` for whoever has it.
    pub(crate) fn take(path: &Path, patience: Duration) -> Result<Self, Error> {
        if let Some(folder) = path.parent() {
            files::create_private_folder(folder)?;
        }
        let file = platform::private_options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(path)
            .map_err(files::disk_error(path))?;
        let began = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self(file)),
                Err(TryLockError::WouldBlock) if began.elapsed() < patience => wait_a_little(began.elapsed()),
                Err(TryLockError::WouldBlock) => return Err(Cause::Conflict.into()),
                Err(TryLockError::Error(error)) => return Err(files::disk_error(path)(error)),
            }
        }
    }

    /// What stands in the file.
    pub(super) fn text(&self) -> io::Result<String> {
        let mut text = String::new();
        (&self.0).seek(SeekFrom::Start(0))?;
        (&self.0).read_to_string(&mut text)?;
        Ok(text)
    }

    /// In place of what stands there.
    pub(super) fn write(&self, text: &str) -> io::Result<()> {
        self.0.set_len(0)?;
        (&self.0).seek(SeekFrom::Start(0))?;
        (&self.0).write_all(text.as_bytes())
    }
}

/// The longer it has been, the longer it may take.
#[expect(clippy::disallowed_methods, reason = "the system has no lock with a deadline")]
fn wait_a_little(waited: Duration) {
    std::thread::sleep((waited / 20).clamp(Duration::from_millis(5), Duration::from_millis(250)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_app_is_told_and_the_next_one_after_the_first_is_not() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let home = Home::at(folder.path())?;
        let first = AppLock::take(&home)?;
        assert_eq!(AppLock::take(&home).map(drop), Err(Cause::Conflict.into()));
        drop(first);
        assert!(AppLock::take(&home).is_ok());
        Ok(())
    }
}
