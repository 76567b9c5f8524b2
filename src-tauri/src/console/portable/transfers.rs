//! Downloads that are on their way, whichever engine carries them.
//!
//! Names and files are the core's (`storage::download_folder`); the engine only writes the partial
//! file, and says through these functions how far it is.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::event::DownloadEvent;
use sidelight_core::domain::download::DownloadId;
use sidelight_core::domain::workspace::TabId;
use sidelight_core::storage::download_folder::Reservation;

use super::page::{Console, host};
use super::with_shared;
use crate::console::Surroundings;

/// All of them.
#[derive(Default)]
pub struct Transfers {
    running: RefCell<HashMap<DownloadId, Transfer>>,
}

struct Transfer {
    tab: TabId,
    surroundings: Surroundings,
    host: String,
    reservation: Reservation,
    cancel: Box<dyn Fn()>,
    is_cancelled: bool,
}

impl Transfers {
    /// Gives a download its name, whatever the page or server suggests, and the file to write
    /// into; `None` where there can be none, which is told already.
    pub fn begin(
        &self,
        console: &Console,
        suggested: &str,
        url: &str,
        total: Option<u64>,
        cancel: impl Fn() + 'static,
    ) -> Option<(DownloadId, PathBuf)> {
        let around = console.surroundings();
        let id = around.download_id();
        let host = host(url);
        let started = |name: String| DownloadEvent::Started {
            id,
            profile: console.store().profile.clone(),
            name,
            folder: around.downloads.path().to_owned(),
            host: host.clone(),
            total,
        };
        match around.downloads.reserve(suggested, total) {
            Ok(reservation) => {
                around.download(started(reservation.name().to_owned()));
                let path = reservation.partial_path().to_owned();
                let transfer = Transfer {
                    tab: console.tab().clone(),
                    surroundings: around.clone(),
                    host: host.clone(),
                    reservation,
                    cancel: Box::new(cancel),
                    is_cancelled: false,
                };
                self.running.borrow_mut().insert(id, transfer);
                Some((id, path))
            }
            Err(error) => {
                around.download(started(suggested.to_owned()));
                around.download(DownloadEvent::Failed { id, error });
                None
            }
        }
    }

    /// Whole by the engine's word; it gets its name only if its length says so too.
    pub fn finish(&self, id: DownloadId, expected: Option<u64>) {
        let Some(transfer) = self.take(id) else { return };
        // Syncing gigabytes takes seconds; the window goes on meanwhile.
        std::thread::spawn(move || {
            let event = match transfer.reservation.finish(expected) {
                Ok(path) => DownloadEvent::Finished { id, name: name_of(&path), bytes: length_of(&path) },
                Err(error) => DownloadEvent::Failed { id, error },
            };
            transfer.surroundings.download(event);
        });
    }

    /// Not whole, by the network's fault or, if `on_disk`, by the disk's.
    pub fn fail(&self, id: DownloadId, on_disk: bool, words: String) {
        let Some(transfer) = self.take(id) else { return };
        transfer.reservation.discard();
        let event = if transfer.is_cancelled {
            DownloadEvent::Cancelled { id }
        } else {
            let cause = if on_disk {
                Cause::Disk { path: transfer.surroundings.downloads.path().to_owned(), free_bytes: None }
            } else {
                Cause::Network { host: transfer.host }
            };
            DownloadEvent::Failed { id, error: Error::detailed(cause, words) }
        };
        transfer.surroundings.download(event);
    }

    /// Stops one; the engine answers with [`Self::fail`].
    pub fn cancel(&self, id: DownloadId) {
        let cancel = self.running.borrow_mut().get_mut(&id).map(|transfer| {
            transfer.is_cancelled = true;
            std::mem::replace(&mut transfer.cancel, Box::new(|| {}))
        });
        if let Some(cancel) = cancel {
            cancel();
        }
    }

    /// Whether a tab has any.
    pub fn has_of(&self, tab: &TabId) -> bool {
        self.running.borrow().values().any(|transfer| transfer.tab == *tab)
    }

    fn take(&self, id: DownloadId) -> Option<Ended> {
        let transfer = self.running.borrow_mut().remove(&id)?;
        with_shared(|shared| shared.release(&transfer.tab));
        let Transfer { surroundings, host, reservation, is_cancelled, .. } = transfer;
        Some(Ended { surroundings, host, reservation, is_cancelled })
    }
}

/// A transfer that is over; it can go to another thread.
struct Ended {
    surroundings: Surroundings,
    host: String,
    reservation: Reservation,
    is_cancelled: bool,
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn length_of(path: &Path) -> u64 {
    std::fs::metadata(path).map(|metadata| metadata.len()).unwrap_or_default()
}
