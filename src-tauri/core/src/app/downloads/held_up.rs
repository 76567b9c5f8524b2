//! What holds downloads up until something else than the user lets them go on: room on the disk, or the network.
//!
//! Where a host cannot be reached, one of its downloads asks now and then, each in its turn; as soon as something of
//! that one arrives, all go on. Until something comes from there, nothing else is begun.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::App;
use crate::app::error::{Cause, Error};
use crate::domain::download::{Download, DownloadId, DownloadState};

/// How soon a full disk is looked at.
pub(super) const ROOM_AFTER: SignedDuration = SignedDuration::from_secs(10);

/// How soon a host is asked that could not be reached, though a transfer has asked it again for a while by itself.
pub(super) const NETWORK_AFTER: SignedDuration = SignedDuration::from_secs(30);

/// Each try that comes to nothing doubles the wait, up to this.
pub(super) const LONGEST: SignedDuration = SignedDuration::from_mins(5);

/// Room that a disk must have again before a file of unknown length goes on.
const SOME_ROOM: u64 = 64 << 20;

/// When those that are held up are let go on.
#[derive(Debug, Default)]
pub struct HeldUp {
    /// By a full disk.
    room: Option<Retry>,
    /// By a host that cannot be reached.
    hosts: HashMap<String, Outage>,
}

#[derive(Clone, Copy, Debug)]
struct Retry {
    at: Timestamp,
    wait: SignedDuration,
}

/// A host that cannot be reached.
#[derive(Debug)]
struct Outage {
    retry: Retry,
    /// Which of its downloads asked last.
    asked: Option<DownloadId>,
    /// It gives something to others.
    gives: bool,
}

impl Retry {
    fn after(now: Timestamp, wait: SignedDuration) -> Self {
        Self { at: now + wait, wait }
    }

    /// After a try that came to nothing, or of which nothing is known yet.
    fn next(self, now: Timestamp) -> Self {
        Self::after(now, (self.wait * 2).min(LONGEST))
    }
}

impl HeldUp {
    /// The next moment at which something may go on.
    #[must_use]
    pub fn next_due(&self) -> Option<Timestamp> {
        self.room.iter().chain(self.hosts.values().map(|outage| &outage.retry)).map(|retry| retry.at).min()
    }

    /// A download is held up by this.
    pub(super) fn note(&mut self, now: Timestamp, download: &Download<Error>, cause: &Cause) {
        match cause {
            Cause::Disk { .. } => {
                self.room.get_or_insert(Retry::after(now, ROOM_AFTER));
            }
            Cause::Network { .. } => {
                let first = || Outage { retry: Retry::after(now, NETWORK_AFTER), asked: None, gives: false };
                let outage = self.hosts.entry(download.host.clone()).or_insert_with(first);
                if outage.asked == Some(download.id) {
                    // The wait begins with the end of the try.
                    outage.retry = Retry::after(now, outage.retry.wait);
                } else {
                    outage.gives = false;
                }
            }
            _ => {}
        }
    }

    /// Whether a download waits until another one has found its host.
    pub(super) fn keeps_back(&self, download: &Download<Error>) -> bool {
        self.hosts.get(&download.host).is_some_and(|outage| !outage.gives && outage.asked != Some(download.id))
    }
}

/// Whether what has stopped a download is over by itself, of what this machine knows.
pub(super) fn by_disk_or_lock(error: &Error) -> bool {
    // New credentials are not asked for behind the lock, and are as soon as it is open.
    matches!(&error.cause, Cause::Disk { free_bytes: Some(_), .. }) || *error == Error::of_locked_window()
}

impl App {
    pub(in crate::app) fn look_at_held_up(&mut self, now: Timestamp) {
        if let Some(room) = self.state.held_up.room.filter(|room| room.at <= now) {
            self.look_for_room(now, room);
        }
        let due = self.state.held_up.hosts.iter().filter(|(_, outage)| outage.retry.at <= now);
        for host in due.map(|(host, _)| host.clone()).collect::<Vec<_>>() {
            self.look_for(now, &host);
        }
    }

    fn look_for_room(&mut self, now: Timestamp, retry: Retry) {
        let is_full = |cause: &Cause| matches!(cause, Cause::Disk { .. });
        let waiting: Vec<_> = self.held_up_by(is_full).cloned().collect();
        let has_room = |download: &&Arc<Download<Error>>| {
            let left = download.announced.length.map_or(SOME_ROOM, |length| length.saturating_sub(download.bytes));
            self.world.transfers.has_room(&download.folder, left)
        };
        let ids: Vec<DownloadId> = waiting.iter().filter(has_room).map(|download| download.id).collect();
        // Where there is room and it is full all the same (a quota), it is not asked for again and again.
        let next = if ids.is_empty() { Retry::after(now, retry.wait) } else { retry.next(now) };
        self.state.held_up.room = (!waiting.is_empty()).then_some(next);
        self.all_again(ids);
    }

    /// The next one of a host asks, in turn, unless one does so still.
    fn look_for(&mut self, now: Timestamp, host: &str) {
        let mut ids = self.held_up_at(host);
        ids.sort_unstable();
        let Some(outage) = self.state.held_up.hosts.get_mut(host) else { return };
        let is_one = |download: &Arc<Download<Error>>| Some(download.id) == outage.asked && download.is_running();
        if self.state.downloads.iter().any(is_one) {
            outage.retry = Retry::after(now, outage.retry.wait);
            return;
        }
        let next = ids.iter().find(|id| Some(**id) > outage.asked).or(ids.first()).copied();
        let Some(next) = next else {
            self.state.held_up.hosts.remove(host);
            return self.next_in_queue();
        };
        (outage.asked, outage.retry) = (Some(next), outage.retry.next(now));
        self.again(next);
    }

    /// Something has come of a download. If it asked for all of its host, they go on; else it shows at least that others
    /// can be begun.
    pub(super) fn arrives(&mut self, id: DownloadId) {
        self.state.carriers.0.entry(id).and_modify(|carrier| carrier.told_held_up = false);
        if self.state.held_up.hosts.is_empty() {
            return;
        }
        let download = self.state.downloads.iter().find(|download| download.id == id);
        let Some(host) = download.map(|download| download.host.clone()) else { return };
        let Some(outage) = self.state.held_up.hosts.get_mut(&host) else { return };
        if outage.asked == Some(id) {
            self.state.held_up.hosts.remove(&host);
            self.all_again(self.held_up_at(&host));
        } else if !std::mem::replace(&mut outage.gives, true) {
            self.next_in_queue();
        }
    }

    /// The machine slept: whatever broke off then is not waited for any longer.
    pub(in crate::app) fn network_may_be_back(&mut self) {
        let now = self.now();
        for outage in self.state.held_up.hosts.values_mut() {
            outage.retry = Retry { at: now, wait: NETWORK_AFTER };
        }
        self.look_at_held_up(now);
    }

    /// The user does not wait: this one asks for all of its host.
    pub(super) fn asks_for_its_host(&mut self, id: DownloadId) {
        let Some(download) = self.state.downloads.iter().find(|download| download.id == id) else { return };
        if let Some(outage) = self.state.held_up.hosts.get_mut(&download.host) {
            outage.asked = Some(id);
        }
    }

    /// Whoever is held up has been carried in this run. In line first, that the oldest go on first.
    fn all_again(&mut self, ids: Vec<DownloadId>) {
        for id in ids {
            self.change_download(id, |download| download.state = DownloadState::Queued);
        }
        self.next_in_queue();
    }

    fn held_up_at(&self, host: &str) -> Vec<DownloadId> {
        let is_network = |cause: &Cause| matches!(cause, Cause::Network { .. });
        self.held_up_by(is_network).filter(|download| download.host == host).map(|download| download.id).collect()
    }

    fn held_up_by(&self, which: fn(&Cause) -> bool) -> impl Iterator<Item = &Arc<Download<Error>>> {
        let is_held_up = move |state: &DownloadState<Error>| match state {
            DownloadState::Paused(Some(error)) => which(&error.cause),
            _ => false,
        };
        self.state.downloads.iter().filter(move |download| is_held_up(&download.state))
    }
}
