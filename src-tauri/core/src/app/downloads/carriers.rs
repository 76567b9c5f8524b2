//! Who carries each download that is not over: which begin, and which wait for their host.

use std::collections::HashMap;
use std::sync::Arc;

use super::open_mut;
use super::pace::Pace;
use crate::app::App;
use crate::app::error::Error;
use crate::app::ports::{Order, Stop};
use crate::domain::download::{Download, DownloadId, DownloadState, Source, safe_file_name};

/// How many come from one host at a time.
const MOST_AT_A_HOST: usize = 3;

/// How many of those that wait keep the answer that their page's engine has, since some links lead to a file once. An
/// engine has six connections to a host, and pages need one.
const MOST_HELD_AT_A_HOST: usize = 2;

/// How downloads are carried that are not over.
#[derive(Debug, Default)]
pub struct Carriers(pub(super) HashMap<DownloadId, Carrier>);

impl Carriers {
    /// Whether a download can stop for a while; not, where the user is asked where it goes.
    #[must_use]
    pub fn may_pause(&self, download: &Download<Error>) -> bool {
        download.can_pause() && (download.state != DownloadState::Queued || self.waits(download))
    }

    /// Whether a download waits for its host; not, where the user is asked where it goes.
    #[must_use]
    pub fn waits(&self, download: &Download<Error>) -> bool {
        let is_elsewhere = self.0.get(&download.id).is_some_and(|its| matches!(its.by, By::Page | By::Asking));
        download.state == DownloadState::Queued && !is_elsewhere
    }
}

/// Who carries a download.
#[derive(Debug, Default)]
pub(super) struct Carrier {
    pub(super) source: Option<Source>,
    pub(super) by: By,
    /// What it was told, until it has done so.
    pub(super) told: Option<Told>,
    /// The user was told by the system that something holds it up, and nothing of it has come since.
    pub(super) told_held_up: bool,
    pub(super) pace: Pace,
}

impl Carrier {
    /// The page's engine stands by no longer; false where it has nothing to let go of.
    fn goes_alone(&mut self) -> bool {
        match std::mem::take(&mut self.by) {
            By::Held => false,
            By::Trial(stop) => {
                self.by = By::Us(stop);
                true
            }
            by => {
                self.by = by;
                false
            }
        }
    }
}

#[derive(Debug, Default)]
pub(super) enum By {
    /// Nobody: it waits.
    #[default]
    Nobody,
    /// Nobody: it waits, with the answer that the engine of its page has.
    Held,
    /// Nobody: the user is asked where a copy goes.
    Asking,
    /// The engine of the page that it came from.
    Page,
    /// Sidelight, as soon as it gets the same answer; until then the page's engine stands by with its own.
    Trial(Stop),
    /// Sidelight.
    Us(#[expect(dead_code, reason = "dropped to stop it")] Stop),
    /// Sidelight was told to stop, and has not said yet that it has.
    Stopping,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Pause,
    Cancel,
}

impl App {
    /// What is long and can be asked for again is ours, and with a limit all that can be: we are faster than a page's
    /// engine, and know a limit. So is what has a name that only we can read. The engine's answer stands by until we
    /// have the same one, for some links lead to a file once.
    pub(super) fn begin(&mut self, id: DownloadId) {
        let Some(carrier) = self.state.carriers.0.get_mut(&id) else { return };
        if matches!(carrier.by, By::Asking) {
            carrier.by = By::Nobody;
            return self.next_in_queue();
        }
        let has_source = carrier.source.is_some();
        let Some(download) = self.state.downloads.iter().find(|download| download.id == id) else { return };
        if has_source && self.at_host(&download.host) >= MOST_AT_A_HOST {
            return self.queue_up(id);
        }
        let is_ours = self.state.settings.downloads.limit.is_some() || download.is_long() || download.lost_name;
        if has_source && is_ours {
            return self.carry(id);
        }
        self.begin_by_page(id);
    }

    /// Its host has enough to do.
    fn queue_up(&mut self, id: DownloadId) {
        let Some(download) = self.state.downloads.iter().find(|download| download.id == id) else { return };
        let is_held = |id| self.state.carriers.0.get(&id).is_some_and(|its| matches!(its.by, By::Held));
        let at_host = self.state.downloads.iter().filter(|other| other.host == download.host);
        // One of unknown length could end short while it is held, and look whole.
        let may_hold = download.announced.length.is_some()
            && at_host.filter(|other| is_held(other.id)).count() < MOST_HELD_AT_A_HOST;
        if !may_hold {
            self.window.leave_download(id);
        }
        let by = if may_hold { By::Held } else { By::Nobody };
        self.state.carriers.0.entry(id).and_modify(|carrier| carrier.by = by);
    }

    /// Its turn has come.
    fn go(&mut self, id: DownloadId) {
        match self.state.carriers.0.get_mut(&id) {
            Some(carrier) if matches!(carrier.by, By::Held) => {
                carrier.by = By::Page;
                self.begin(id);
            }
            _ => self.carry(id),
        }
    }

    fn begin_by_page(&mut self, id: DownloadId) {
        let Some(download) = open_mut(&mut self.state.downloads, id) else { return };
        download.state = DownloadState::Running;
        let keep_time = self.state.settings.downloads.keep_time;
        self.window.begin_download(id, &download.folder, &download.name, keep_time);
    }

    /// We have the file's beginning: the page's engine is not needed any more.
    pub(super) fn let_page_go(&mut self, id: DownloadId) {
        if self.state.carriers.0.get_mut(&id).is_some_and(Carrier::goes_alone) {
            self.window.leave_download(id);
        }
    }

    pub(super) fn declined(&mut self, id: DownloadId, error: Error, name: Option<String>) {
        let Some(carrier) = self.state.carriers.0.get_mut(&id) else { return };
        tracing::info!(%error, %id, "the page's engine has an answer that Sidelight does not get");
        match carrier.by {
            By::Trial(_) => {
                carrier.by = By::Page;
                if let (Some(name), Some(download)) = (name, open_mut(&mut self.state.downloads, id)) {
                    download.name = safe_file_name(&name);
                }
                self.begin_by_page(id);
            }
            // What stood by is gone: it is asked for as anything else is.
            By::Us(_) => {
                carrier.by = By::Nobody;
                self.change_download(id, |download| download.state = DownloadState::Queued);
                self.next_in_queue();
            }
            _ => self.stopped(id, Some(error), Some(0)),
        }
    }

    pub(super) fn page_stopped(&mut self, id: DownloadId, error: Option<Error>, kept: Option<u64>) {
        let Some(carrier) = self.state.carriers.0.get_mut(&id) else { return };
        if matches!(carrier.by, By::Page) {
            return self.stopped(id, error, kept);
        }
        // It stood by or held its answer, or was told to let go of it and had stopped by itself before.
        carrier.goes_alone();
    }

    /// Begins what waits, oldest first, where its host has not enough to do.
    pub(super) fn next_in_queue(&mut self) {
        let mut running: HashMap<&str, usize> = HashMap::new();
        for download in self.state.downloads.iter().filter(|download| download.state == DownloadState::Running) {
            *running.entry(&download.host).or_default() += 1;
        }
        let mut ids = Vec::new();
        let (carriers, held_up) = (&self.state.carriers, &self.state.held_up);
        let may_begin = |it: &&Arc<Download<Error>>| carriers.waits(it) && !held_up.keeps_back(it);
        for download in self.state.downloads.iter().rev().filter(may_begin) {
            let running = running.entry(&download.host).or_default();
            if *running < MOST_AT_A_HOST {
                *running += 1;
                ids.push(download.id);
            }
        }
        for id in ids {
            self.go(id);
        }
    }

    fn carry(&mut self, id: DownloadId) {
        let Some(download) = open_mut(&mut self.state.downloads, id) else { return };
        let Some(carrier) = self.state.carriers.0.get_mut(&id) else { return };
        let settings = &self.state.settings;
        let (source, keep_time) = (carrier.source.clone(), settings.downloads.keep_time);
        download.state = DownloadState::Running;
        carrier.pace = Pace::default();
        let Some(source) = source else { return self.carry_copy(id) };
        let order = Order {
            id,
            source,
            announced: download.announced.clone(),
            name: download.name.clone(),
            name_in: download.lost_name.then(|| settings.spoken()),
            folder: download.folder.clone(),
            keep_time,
            arrived: download.bytes,
            partial: download.partial.clone(),
            page_stands_by: matches!(carrier.by, By::Page),
        };
        let by = if order.page_stands_by { By::Trial } else { By::Us };
        carrier.by = by(self.world.transfers.carry(order, self.events.clone()));
    }

    fn at_host(&self, host: &str) -> usize {
        let runs = |download: &&Arc<Download<Error>>| download.state == DownloadState::Running && download.host == host;
        self.state.downloads.iter().filter(runs).count()
    }
}
