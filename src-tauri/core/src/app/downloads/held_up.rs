//! What holds downloads up until something else than the user lets them go on: room on the disk, or the network.
//!
//! Where the network is gone, one of each host asks now and then; as soon as something arrives from there, the others
//! go on too.

use std::collections::HashSet;
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

/// When those that are held up by one thing are let go on.
#[derive(Debug, Default)]
pub struct HeldUp {
    /// By a full disk.
    room: Option<Retry>,
    /// By a host that cannot be reached.
    network: Option<Retry>,
}

#[derive(Clone, Copy, Debug)]
struct Retry {
    at: Timestamp,
    wait: SignedDuration,
}

impl Retry {
    fn after(now: Timestamp, wait: SignedDuration) -> Self {
        Self { at: now + wait, wait }
    }

    /// After a try, of which nothing is known yet.
    fn next(self, now: Timestamp) -> Self {
        Self::after(now, (self.wait * 2).min(LONGEST))
    }
}

impl HeldUp {
    /// The next moment at which something may go on.
    #[must_use]
    pub fn next_due(&self) -> Option<Timestamp> {
        self.room.iter().chain(&self.network).map(|retry| retry.at).min()
    }

    /// Something is held up by this.
    pub(super) fn note(&mut self, now: Timestamp, cause: &Cause) {
        match cause {
            Cause::Disk { .. } => drop(self.room.get_or_insert(Retry::after(now, ROOM_AFTER))),
            Cause::Network { .. } => drop(self.network.get_or_insert(Retry::after(now, NETWORK_AFTER))),
            _ => {}
        }
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
        if let Some(network) = self.state.held_up.network.filter(|network| network.at <= now) {
            self.look_for_network(now, network);
        }
    }

    fn look_for_room(&mut self, now: Timestamp, retry: Retry) {
        let waiting: Vec<_> = self.held_up_by(|cause| matches!(cause, Cause::Disk { .. })).cloned().collect();
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

    fn look_for_network(&mut self, now: Timestamp, retry: Retry) {
        let mut hosts = HashSet::new();
        let oldest_first = self.held_up_by(is_network).rev().filter(|download| hosts.insert(download.host.clone()));
        let ids: Vec<DownloadId> = oldest_first.map(|download| download.id).collect();
        self.state.held_up.network = (!ids.is_empty()).then(|| retry.next(now));
        self.all_again(ids);
    }

    /// Something comes from where a download comes from: the others go on too.
    pub(super) fn network_is_back(&mut self, id: DownloadId) {
        if self.state.held_up.network.is_none() {
            return;
        }
        let Some(host) = self.state.downloads.iter().find(|download| download.id == id).map(|it| &it.host) else {
            return;
        };
        let of_it = self.held_up_by(is_network).rev().filter(|download| download.host == *host);
        let ids = of_it.map(|download| download.id).collect();
        self.all_again(ids);
    }

    /// The machine slept: whatever broke off then is not waited for any longer.
    pub(in crate::app) fn network_may_be_back(&mut self) {
        let now = self.now();
        if self.state.held_up.network.is_some() {
            self.state.held_up.network = Some(Retry { at: now, wait: NETWORK_AFTER });
            self.look_at_held_up(now);
        }
    }

    fn all_again(&mut self, ids: Vec<DownloadId>) {
        for id in ids {
            self.again(id);
        }
    }

    fn held_up_by(&self, which: fn(&Cause) -> bool) -> impl DoubleEndedIterator<Item = &Arc<Download<Error>>> {
        let is_held_up = move |download: &&Arc<Download<Error>>| matches!(&download.state, DownloadState::Paused(Some(error)) if which(&error.cause));
        self.state.downloads.iter().filter(is_held_up)
    }
}

fn is_network(cause: &Cause) -> bool {
    matches!(cause, Cause::Network { .. })
}
