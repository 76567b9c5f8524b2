//! Downloads: the list, as events of the transfers change it, and who carries each: the page's own
//! engine, or Sidelight's. Copies from S3 and to it are in the same list.
//!
//! Not the transfers (the shell, `transfers`) nor the files (`storage`).
//!
//! ```text
//! Offered ─> Queued ─> Running ─> Done
//!               ^        │ └────> Failed, Cancelled ──┐
//!               └─────── Paused <─┘                   │
//!               └─────────────────────────────────────┘ again, where the server allows
//! ```

mod carriers;
mod copies;
#[cfg(test)]
mod copies_tests;
mod held_up;
#[cfg(test)]
mod held_up_tests;
mod pace;
#[cfg(test)]
mod restart_tests;
#[cfg(test)]
mod tests;
mod wishes;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::SignedDuration;

use super::App;
use super::error::{Cause, Error};
use super::event::DownloadEvent;
use super::window::Notification;
use crate::domain::download::{Again, Download, DownloadId, DownloadState, Offer, Source, safe_file_name};
use crate::domain::link;
use crate::domain::profile::{Profile, ProfileId};
pub use carriers::Carriers;
use carriers::{By, Carrier, Told};
pub use copies::WantedCopy;
pub use held_up::HeldUp;

/// Ended downloads that the list keeps.
const KEPT: usize = 10_000;

/// Whoever waits so long looks elsewhere.
const LONG_TIME: SignedDuration = SignedDuration::from_secs(30);

impl App {
    pub(super) fn download(&mut self, happened: DownloadEvent) {
        self.state.download_changes += u64::from(!matches!(happened, DownloadEvent::Progress { .. }));
        match happened {
            DownloadEvent::Offered(offer) => self.offered(*offer),
            DownloadEvent::Placed { id, place } => self.placed(id, place),
            DownloadEvent::Began { id, name, folder, partial } => {
                self.let_page_go(id);
                let by_page = self.state.carriers.0.get(&id).is_some_and(|carrier| matches!(carrier.by, By::Page));
                self.change_download(id, |download| {
                    (download.name, download.folder, download.partial) = (name, folder, Some(partial));
                    download.lost_name &= by_page;
                });
            }
            DownloadEvent::Progress { id, bytes, files } => {
                let now = self.now();
                let pace = self.state.carriers.0.get_mut(&id).and_then(|carrier| carrier.pace.note(now, bytes));
                let mut is_more = false;
                self.change_download(id, |download| {
                    is_more = bytes > download.bytes;
                    (download.bytes, download.files) = (bytes, files);
                    download.speed = pace.or(download.speed);
                });
                if is_more {
                    self.arrives(id);
                }
            }
            DownloadEvent::Uploading { id, upload } => self.change_download(id, |download| {
                if let Some(copy) = &mut download.s3 {
                    copy.upload = Some(upload);
                }
            }),
            DownloadEvent::Announced { id, announced } => self.change_download(id, |download| {
                download.announced = announced;
            }),
            DownloadEvent::Finished { id, name, bytes } => {
                self.forget(id);
                self.change_download(id, |download| {
                    (download.name, download.bytes, download.partial) = (name, bytes, None);
                    download.state = DownloadState::Done;
                });
                self.arrives(id);
                self.tell_of(id);
                self.next_in_queue();
            }
            DownloadEvent::Declined { id, error, name } => self.declined(id, error, name),
            DownloadEvent::PageStopped { id, error, kept } => self.page_stopped(id, error, kept),
            DownloadEvent::Stopped { id, error, kept } => self.stopped(id, error, kept),
            DownloadEvent::Recalled { id, source } => self.recalled(id, source),
        }
    }

    fn offered(&mut self, offer: Offer) {
        let id = offer.id;
        let (again, name, lost_name) = (offer.again(), offer.called(), offer.has_lost_its_name());
        let Offer { profile, page, url, announced, source, .. } = offer;
        let host = url.as_ref().and_then(|url| url.host_str()).unwrap_or_default().to_owned();
        let folder = self.folder_of(&profile);
        let download = Download {
            id,
            profile: profile.clone(),
            name: safe_file_name(&name),
            lost_name,
            folder,
            host,
            link: url.filter(|url| matches!(url.scheme(), "http" | "https")),
            page: page.map(|page| link::clean(&page)),
            bytes: 0,
            announced,
            speed: None,
            started_at: self.now(),
            partial: None,
            again,
            s3: None,
            files: None,
            state: DownloadState::Queued,
        };
        let (name, folder) = (download.name.clone(), download.folder.clone());
        // Behind the lock the keychain would ask for its password.
        if let Some(source) = source.as_ref().filter(|_| download.is_long() && self.state.lock.is_none()) {
            self.world.transfers.keep(id, &download.profile, source);
        }
        self.state.carriers.0.insert(id, Carrier { source, by: By::Page, ..Carrier::default() });
        self.state.downloads.insert(0, Arc::new(download));
        self.drop_the_oldest();
        if self.asks_where(&profile) {
            return self.window.ask_where(id, &folder.join(name));
        }
        self.begin(id);
    }

    /// Nobody could answer behind the lock, and a dialog would name a hidden client.
    fn asks_where(&self, profile: &ProfileId) -> bool {
        self.state.settings.downloads.asks && self.state.lock.is_none() && !self.state.is_hidden(profile)
    }

    /// The user has said where a download goes.
    fn placed(&mut self, id: DownloadId, place: Option<PathBuf>) {
        if !self.state.downloads.iter().any(|download| download.id == id && download.state == DownloadState::Queued) {
            return;
        }
        // Who has cancelled it meanwhile does not want it, whatever the dialog says.
        if self.state.carriers.0.get(&id).is_some_and(|carrier| carrier.told.is_some()) {
            return;
        }
        let Some(place) = place else { return self.tell_carrier(id, Told::Cancel) };
        self.change_download(id, |download| {
            if let (Some(folder), Some(name)) = (place.parent(), place.file_name()) {
                download.folder = folder.to_owned();
                download.name = safe_file_name(&name.to_string_lossy());
                download.lost_name = false;
            }
        });
        self.begin(id);
    }

    /// The user has chosen a profile's own folder.
    pub(super) fn folder_chosen(&mut self, profile: ProfileId, folder: PathBuf) {
        self.state.settings.downloads.folders.insert(profile, folder);
    }

    /// Where a profile's downloads go.
    pub(super) fn folder_of(&self, profile: &ProfileId) -> PathBuf {
        let settings = &self.state.settings.downloads;
        if let Some(own) = settings.folders.get(profile) {
            return own.clone();
        }
        let profile = self.state.profile(profile).filter(|_| settings.by_profile);
        let home = &self.state.download_home;
        profile.map_or_else(|| home.clone(), |profile| home.join(self.folder_name(profile)))
    }

    /// Told apart by the id, where two names differ only in what no folder's name may have.
    fn folder_name(&self, profile: &Profile) -> String {
        let spelled = |profile: &Profile| safe_file_name(&profile.name.as_str().replace(['/', '\\'], "-"));
        let name = spelled(profile);
        let is_like = |other: &Profile| spelled(other).to_lowercase() == name.to_lowercase();
        match self.state.book.profiles().iter().any(|other| other.id != profile.id && is_like(other)) {
            true => safe_file_name(&format!("{name} {}", profile.id)),
            false => name,
        }
    }

    /// A download has stopped before its end: it goes on, waits, or is over.
    fn stopped(&mut self, id: DownloadId, error: Option<Error>, kept: Option<u64>) {
        let Some(carrier) = self.state.carriers.0.get_mut(&id) else { return };
        let by_page = matches!(std::mem::take(&mut carrier.by), By::Page);
        let told = carrier.told.take();
        let Some(download) = open_mut(&mut self.state.downloads, id) else { return };
        let has_source = carrier.source.is_some() || download.s3.is_some();
        let goes_on = has_source && download.again == Again::Onward;
        let onward = goes_on && kept.is_some();
        // The user is asked still where it goes: there is nothing to be carried on.
        let was_asked = download.state == DownloadState::Queued;
        // A copy that never reached its host has failed; whoever asked for it is there still.
        let was_reached = download.s3.is_none() || download.bytes > 0 || kept.is_some_and(|bytes| bytes > 0);
        download.bytes = kept.unwrap_or_default();
        download.speed = None;
        download.state = match (told, error) {
            (Some(Told::Cancel), _) => DownloadState::Cancelled,
            (Some(Told::Pause), _) | (None, None) if onward => DownloadState::Paused(None),
            // The page's engine does not try again, nor read why it was refused; ours does.
            (_, Some(Error { cause: Cause::Network { .. } | Cause::Refused { .. }, .. }))
                if has_source && by_page && !was_asked =>
            {
                DownloadState::Queued
            }
            (_, Some(error)) if onward && held_up::by_disk_or_lock(&error) => DownloadState::Paused(Some(error)),
            (_, Some(error @ Error { cause: Cause::Network { .. }, .. })) if goes_on && was_reached && !by_page => {
                DownloadState::Paused(Some(error))
            }
            (_, Some(error)) => DownloadState::Failed(error),
            (_, None) => DownloadState::Cancelled,
        };
        let keeps = onward && told != Some(Told::Cancel);
        if let Some(partial) = download.partial.take_if(|_| !keeps) {
            self.world.transfers.discard(&partial);
            download.bytes = 0;
        }
        if let DownloadState::Paused(Some(error)) = &download.state {
            self.state.held_up.note(self.world.clock.now(), download, &error.cause);
        }
        let is_answered = matches!(
            &download.state,
            DownloadState::Failed(Error { cause: Cause::Refused { .. } | Cause::LinkExpired, .. })
        );
        if download.state == DownloadState::Cancelled {
            self.abandon(id);
        }
        // A refusal comes from the host, too.
        if is_answered {
            self.arrives(id);
        }
        self.tell_of(id);
        self.next_in_queue();
    }

    /// The user is told by the system how one ended that took long, and what holds it up, until something of it comes;
    /// of no hidden client's, and not behind the lock.
    fn tell_of(&mut self, id: DownloadId) {
        let Some(download) = self.state.downloads.iter().find(|download| download.id == id) else { return };
        let error = match &download.state {
            DownloadState::Done => None,
            DownloadState::Failed(error) | DownloadState::Paused(Some(error)) => Some(error.clone()),
            _ => return,
        };
        let waits = matches!(download.state, DownloadState::Paused(_));
        let took_long = self.now().duration_since(download.started_at) >= LONG_TIME;
        let Some(profile) = self.named(&download.profile).filter(|_| took_long && self.state.lock.is_none()) else {
            return;
        };
        let notification = Notification::Download { name: download.name.clone(), profile, error, waits };
        let carrier = self.state.carriers.0.get_mut(&id).filter(|_| waits);
        if carrier.is_none_or(|carrier| !std::mem::replace(&mut carrier.told_held_up, true)) {
            self.window.notify(&notification, self.state.settings.spoken());
        }
    }

    fn recalled(&mut self, id: DownloadId, source: Result<Source, Error>) {
        // It was cancelled meanwhile, or begun otherwise.
        if !self.state.downloads.iter().any(|download| download.id == id && download.state == DownloadState::Queued) {
            return;
        }
        match source {
            Ok(source) => {
                let carrier = Carrier { source: Some(source), ..Carrier::default() };
                self.state.carriers.0.insert(id, carrier);
                self.next_in_queue();
            }
            Err(error) => self.change_download(id, |download| {
                let cause = match error.cause {
                    Cause::KeychainMissing => Cause::LinkExpired,
                    other => other,
                };
                download.state = DownloadState::Failed(Error { cause, ..error });
            }),
        }
    }

    /// How it is asked for is not needed any more.
    fn forget(&mut self, id: DownloadId) {
        self.state.carriers.0.remove(&id);
        let was_kept = self.state.downloads.iter().any(|download| download.id == id && download.is_long());
        if was_kept {
            self.state.to_forget.push(id);
        }
        self.forget_sources();
    }

    /// Not behind the lock: the keychain would ask for its password.
    pub(super) fn forget_sources(&mut self) {
        if self.state.lock.is_none() {
            for id in self.state.to_forget.drain(..) {
                self.world.transfers.forget(id);
            }
        }
    }

    /// The list is long enough: the oldest that has ended goes.
    fn drop_the_oldest(&mut self) {
        if self.state.downloads.len() > KEPT
            && let Some(oldest) = self.state.downloads.iter().rev().find(|download| download.has_ended())
        {
            let oldest = oldest.id;
            self.remove_downloads(|download| download.id == oldest);
        }
    }

    /// Changes one that is not over: what has ended stays as it ended.
    fn change_download(&mut self, id: DownloadId, change: impl FnOnce(&mut Download<Error>)) {
        if let Some(download) = open_mut(&mut self.state.downloads, id) {
            change(download);
        }
    }
}

/// One that is not over. Whoever has its row keeps it as it was.
fn open_mut(all: &mut [Arc<Download<Error>>], id: DownloadId) -> Option<&mut Download<Error>> {
    all.iter_mut().find(|download| download.id == id && !download.has_ended()).map(Arc::make_mut)
}

/// As [`open_mut`], also one that is over.
fn of_mut(all: &mut [Arc<Download<Error>>], id: DownloadId) -> Option<&mut Download<Error>> {
    all.iter_mut().find(|download| download.id == id).map(Arc::make_mut)
}
