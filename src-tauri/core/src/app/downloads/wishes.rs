//! What the user wants of downloads.

use super::{App, By, Told, of_mut, open_mut};
use crate::app::error::Error;
use crate::app::event::{DownloadEvent, DownloadWish, Event, Target, Wish};
use crate::app::state::{NoticeBody, Surface};
use crate::domain::download::{Again, Download, DownloadId, DownloadState};
use crate::domain::profile::ProfileId;

impl App {
    pub(in crate::app) fn with_download(&mut self, id: DownloadId, wish: DownloadWish) {
        self.state.download_changes += 1;
        let Some(download) = self.state.downloads.iter().find(|download| download.id == id) else { return };
        match wish {
            DownloadWish::Cancel => self.tell_carrier(id, Told::Cancel),
            DownloadWish::Pause if self.state.carriers.may_pause(download) => self.tell_carrier(id, Told::Pause),
            DownloadWish::Pause => {}
            DownloadWish::Again => {
                self.asks_for_its_host(id);
                self.again(id);
            }
            DownloadWish::Replace => self.replace(id),
            DownloadWish::Open if download.state == DownloadState::Done => {
                self.window.open_file(&download.folder.join(&download.name));
            }
            DownloadWish::Open => {}
            DownloadWish::Show => match download.state {
                DownloadState::Done => self.window.show_file(&download.folder.join(&download.name)),
                _ => self.window.show_file(&download.folder),
            },
            DownloadWish::CopyLink => {
                if let Some(link) = download.address() {
                    self.window.copy(&link);
                    let (now, host) = (self.now(), download.host.clone());
                    self.state.notice(now, NoticeBody::Copied { host });
                }
            }
            DownloadWish::OpenPage => {
                if let Some(page) = download.page.clone() {
                    let profile = download.profile.clone();
                    let target = Target { page: Some(page.into()), ..Target::default() };
                    self.wish(Wish::OpenTab { profile, target, reply: None });
                    self.state.surface = Surface::Console;
                }
            }
            DownloadWish::Remove => self.remove_downloads(|download| download.id == id),
        }
    }

    /// Whoever carries it answers with `Stopped`; what nobody carries stops at once.
    pub(super) fn tell_carrier(&mut self, id: DownloadId, told: Told) {
        if let Some(carrier) = self.state.carriers.0.get_mut(&id) {
            match carrier.by {
                By::Nobody => {}
                // Where it goes is not known; begun again, it goes where downloads go.
                By::Asking => carrier.by = By::Nobody,
                // Its page's engine has an answer, and nothing on the disk yet.
                By::Held => {
                    carrier.by = By::Nobody;
                    self.window.leave_download(id);
                }
                By::Page => {
                    carrier.told = Some(told);
                    return self.window.stop_download(id, told == Told::Pause);
                }
                By::Trial(_) => {
                    (carrier.told, carrier.by) = (Some(told), By::Stopping);
                    return self.window.leave_download(id);
                }
                By::Us(_) | By::Stopping => {
                    (carrier.told, carrier.by) = (Some(told), By::Stopping);
                    return;
                }
            }
        }
        let Some(download) = open_mut(&mut self.state.downloads, id) else { return };
        if told == Told::Pause {
            download.state = DownloadState::Paused(None);
            return;
        }
        download.state = DownloadState::Cancelled;
        download.bytes = 0;
        if let Some(partial) = download.partial.take() {
            self.world.transfers.discard(&partial);
        }
        self.abandon(id);
        self.next_in_queue();
    }

    /// One that is paused or over goes on, from where it stopped if the server allows it.
    pub(super) fn again(&mut self, id: DownloadId) {
        let Some(download) = of_mut(&mut self.state.downloads, id) else { return };
        if download.again == Again::Never || download.is_running() || download.state == DownloadState::Done {
            return;
        }
        download.state = DownloadState::Queued;
        // Of a copy the row itself says how it is asked for.
        if download.s3.is_some() {
            self.state.carriers.0.entry(id).or_default();
        }
        if self.state.carriers.0.contains_key(&id) {
            return self.next_in_queue();
        }
        // An earlier run of the app began it.
        let Some(link) = download.link.clone() else { return };
        let (transfers, events) = (self.world.transfers.clone(), self.events.clone());
        let profile = download.profile.clone();
        tokio::spawn(async move {
            let source = transfers.recall(id, &profile, &link).await;
            let _ = events.send(Event::Download(DownloadEvent::Recalled { id, source }));
        });
    }

    /// A profile is gone: nothing of it comes any more, and it has no folder of its own.
    pub(in crate::app) fn give_up_downloads(&mut self, profile: &ProfileId) {
        self.state.settings.downloads.folders.remove(profile);
        let its = self.state.downloads.iter().filter(|download| download.profile == *profile && !download.has_ended());
        for id in its.map(|download| download.id).collect::<Vec<_>>() {
            self.tell_carrier(id, Told::Cancel);
        }
    }

    pub(in crate::app) fn clear_downloads(&mut self) {
        self.state.download_changes += 1;
        self.remove_downloads(|_| true);
    }

    /// Rows of what has ended; files that are whole stay.
    pub(super) fn remove_downloads(&mut self, which: impl Fn(&Download<Error>) -> bool) {
        let goes = |download: &Download<Error>| download.has_ended() && which(download);
        let uploads = self.state.downloads.iter().filter(|download| goes(download) && download.can_be_abandoned());
        for id in uploads.map(|download| download.id).collect::<Vec<_>>() {
            self.abandon(id);
        }
        for download in self.state.downloads.extract_if(.., |download| goes(download)) {
            self.state.carriers.0.remove(&download.id);
            if download.is_long() && download.state != DownloadState::Done {
                self.state.to_forget.push(download.id);
            }
            if let Some(partial) = &download.partial {
                self.world.transfers.discard(partial);
            }
        }
        self.forget_sources();
    }
}
