//! Keeping: the newest value of something on disk, written one after the other, off the loop.
//!
//! Not the file (`storage`). What changes faster than the disk writes is skipped, but never the last
//! value: the app waits for it when it ends.

use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use sidelight_core::app::error::Error;

/// How long the end of the app waits for a slow disk.
const PATIENCE: Duration = Duration::from_secs(3);

enum Job<T> {
    Keep(T),
    Tell(Sender<()>),
}

/// Keeps the newest value.
pub struct Keeping<T> {
    kept: Mutex<T>,
    jobs: Sender<Job<T>>,
}

impl<T: Clone + PartialEq + Send + 'static> Keeping<T> {
    /// `kept` is what the file holds; `what` names it in the log where it cannot be saved.
    pub fn new(kept: T, what: &'static str, save: impl Fn(&T) -> Result<(), Error> + Send + 'static) -> Self {
        let (jobs, received) = mpsc::channel();
        thread::spawn(move || work(&received, what, save));
        Self { kept: Mutex::new(kept), jobs }
    }

    /// Keeps a value, where it differs from the one before.
    pub fn keep(&self, now: &T) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if *kept != *now {
            kept.clone_from(now);
            // The thread lives as long as the sender.
            let _ = self.jobs.send(Job::Keep(now.clone()));
        }
    }

    /// Waits until what was to be kept is kept.
    pub fn finish(&self) {
        let (done, is_done) = mpsc::channel();
        if self.jobs.send(Job::Tell(done)).is_ok() && is_done.recv_timeout(PATIENCE).is_err() {
            tracing::warn!("the disk is too slow: not everything is kept");
        }
    }
}

fn work<T>(jobs: &Receiver<Job<T>>, what: &str, save: impl Fn(&T) -> Result<(), Error>) {
    while let Ok(first) = jobs.recv() {
        let mut newest = None;
        let mut waiting = Vec::new();
        for job in std::iter::once(first).chain(jobs.try_iter()) {
            match job {
                Job::Keep(value) => newest = Some(value),
                Job::Tell(done) => waiting.push(done),
            }
        }
        if let Some(value) = newest
            && let Err(error) = save(&value)
        {
            tracing::warn!(%error, "{what} is not kept");
        }
        for done in waiting {
            // Whoever waited may have lost patience.
            let _ = done.send(());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[test]
    fn the_last_value_is_kept_when_the_app_ends_and_an_equal_one_is_not_written_again() {
        let written = Arc::new(Mutex::new(Vec::new()));
        let file = written.clone();
        let keeping = Keeping::new(0, "a number", move |value: &i32| {
            file.lock().expect("no writer panics").push(*value);
            Ok(())
        });
        for value in [0, 1, 1, 2, 3, 3] {
            keeping.keep(&value);
        }
        keeping.finish();
        let written = written.lock().expect("no writer panics");
        assert_eq!(written.last(), Some(&3));
        assert!(written.windows(2).all(|pair| pair[0] < pair[1]), "{written:?}");
    }
}
