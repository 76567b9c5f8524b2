//! Downloads that are on their way, whichever engine carries them.
//!
//! Names and files are the core's (`storage::download_folder`); the engine only writes the partial
//! file, and says through these functions how far it is.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::PathBuf;

use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::event::DownloadEvent;
use sidelight_core::domain::download::{Announced, DownloadId, Offer};
use sidelight_core::domain::link;
use sidelight_core::domain::workspace::TabId;
use sidelight_core::storage::download_folder::Reservation;
use url::Url;

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
        let announced = Announced { length: total, ..Announced::default() };
        around.download(DownloadEvent::Offered(Box::new(Offer {
            id,
            profile: console.store().profile.clone(),
            page: None,
            name: suggested.to_owned(),
            url: Url::parse(url).ok().map(|url| link::bare(&url)),
            announced,
            // The engine goes on at once, and what it has begun cannot be asked for again.
            source: None,
        })));
        match around.downloads.reserve(suggested, total) {
            Ok(reservation) => {
                around.download(DownloadEvent::Began {
                    id,
                    name: reservation.name().to_owned(),
                    folder: around.downloads.path().to_owned(),
                    partial: reservation.partial_path().to_owned(),
                });
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
                around.download(DownloadEvent::PageStopped { id, error: Some(error), kept: None });
                None
            }
        }
    }

    /// Whole by the engine's word; it gets its name only if its length says so too.
    pub fn finish(&self, id: DownloadId, expected: Option<u64>) {
        let Some(transfer) = self.take(id) else { return };
        // Syncing gigabytes takes seconds; the window goes on meanwhile.
        std::thread::spawn(move || {
            let announced = Announced { length: expected, ..Announced::default() };
            let event = match transfer.reservation.finish(&announced, false) {
                Ok(whole) => DownloadEvent::Finished { id, name: whole.name, bytes: whole.bytes },
                Err(error) => DownloadEvent::PageStopped { id, error: Some(error), kept: None },
            };
            transfer.surroundings.download(event);
        });
    }

    /// Not whole, by the network's fault or, if `on_disk`, by the disk's.
    pub fn fail(&self, id: DownloadId, on_disk: bool, words: String) {
        let Some(transfer) = self.take(id) else { return };
        let error = (!transfer.is_cancelled).then(|| {
            let cause =
                if on_disk { transfer.reservation.disk_error().cause } else { Cause::Network { host: transfer.host } };
            Error::detailed(cause, words)
        });
        transfer.reservation.discard();
        transfer.surroundings.download(DownloadEvent::PageStopped { id, error, kept: None });
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
