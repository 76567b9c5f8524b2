//! Who carries each download that is not over.

use std::collections::HashMap;

use super::pace::Pace;
use crate::app::error::Error;
use crate::app::ports::Stop;
use crate::domain::download::{Download, DownloadId, DownloadState, Source};

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
    pub(super) pace: Pace,
}

#[derive(Debug, Default)]
pub(super) enum By {
    /// Nobody: it waits.
    #[default]
    Nobody,
    /// Nobody: the user is asked where a copy goes.
    Asking,
    /// The engine of the page that it came from.
    Page,
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
