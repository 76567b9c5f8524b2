//! How far a copy is, told now and then.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use crate::app::event::DownloadEvent;
use crate::domain::download::Files;
use crate::transfers::{PROGRESS_EVERY, Teller};

/// Counts what comes or goes, wherever that happens.
pub struct Progress {
    pub teller: Teller,
    far: Mutex<Far>,
}

struct Far {
    bytes: u64,
    files: Option<Files>,
    told: Instant,
}

impl Progress {
    pub fn new(teller: Teller) -> Self {
        Self { teller, far: Mutex::new(Far { bytes: 0, files: None, told: Instant::now() }) }
    }

    /// So many bytes are here, or there.
    pub fn is_at(&self, bytes: u64) {
        self.change(true, |far| far.bytes = bytes);
    }

    /// So many more.
    pub fn more(&self, bytes: u64) {
        self.change(false, |far| far.bytes += bytes);
    }

    /// It is a folder of so many files.
    pub fn files(&self, files: Files) {
        self.change(true, |far| far.files = Some(files));
    }

    /// One of its files is whole.
    pub fn one_done(&self) {
        self.change(false, |far| {
            if let Some(files) = &mut far.files {
                files.done += 1;
            }
        });
    }

    /// Bytes that are here, or there.
    pub fn bytes(&self) -> u64 {
        self.far.lock().unwrap_or_else(PoisonError::into_inner).bytes
    }

    /// Tells how far it is now.
    pub fn tell(&self) {
        self.change(true, |_| {});
    }

    fn change(&self, at_once: bool, change: impl FnOnce(&mut Far)) {
        let mut far = self.far.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut far);
        if at_once || far.told.elapsed() >= PROGRESS_EVERY {
            far.told = Instant::now();
            let (bytes, files) = (far.bytes, far.files);
            self.teller.say(|id| DownloadEvent::Progress { id, bytes, files });
        }
    }
}
