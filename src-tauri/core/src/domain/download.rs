//! Download: one file on its way from a tab to disk, or a copy from S3 or to it, its states, and the name it gets there.
//!
//! Not the transfer (the shell's engine, or `transfers`) nor the making of the file (`storage`).
//! Grows with what can happen to one.

mod announced;
mod file_name;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use secrecy::SecretString;
use url::Url;

use super::profile::ProfileId;
use super::s3::S3Copy;
pub use announced::{Announced, Digest, Kind, Version};
pub use file_name::{numbered, safe_file_name};

/// A download's id, never given again while its row is in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DownloadId(pub u64);

/// Gives ids. Clones share what was given.
#[derive(Clone, Debug, Default)]
pub struct DownloadIds(Arc<AtomicU64>);

impl DownloadIds {
    /// That follow those of a list.
    #[must_use]
    pub fn after<Failure>(listed: &[Arc<Download<Failure>>]) -> Self {
        let newest = listed.iter().map(|download| download.id.0).max().unwrap_or_default();
        Self(Arc::new(AtomicU64::new(newest)))
    }

    /// That nobody else had before `now`: for when the list is not known.
    #[must_use]
    pub fn of_nobody(now: Timestamp) -> Self {
        Self(Arc::new(AtomicU64::new(now.as_second().unsigned_abs())))
    }

    /// The next one.
    #[must_use]
    pub fn next(&self) -> DownloadId {
        DownloadId(self.0.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

impl fmt::Display for DownloadId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "d{}", self.0)
    }
}

/// In bytes: what is shorter stays with the page's engine, and after a restart is asked for again on its page.
const LONG: u64 = 8 << 20;

/// One file on its way from a tab to disk.
#[derive(Clone, Debug, PartialEq)]
pub struct Download<Failure> {
    /// Its id.
    pub id: DownloadId,
    /// Whose.
    pub profile: ProfileId,
    /// The name it has, or will have, on disk.
    pub name: String,
    /// The engine of its page has lost its name, which Sidelight reads from its own answer.
    pub lost_name: bool,
    /// The folder.
    pub folder: PathBuf,
    /// Where it comes from.
    pub host: String,
    /// Its address without query, user and fragment: those may carry a signature.
    pub link: Option<Url>,
    /// The page that it was begun on.
    pub page: Option<Url>,
    /// Bytes that have arrived.
    pub bytes: u64,
    /// What the server announced.
    pub announced: Announced,
    /// Bytes a second, of the last seconds.
    pub speed: Option<f64>,
    /// When it began.
    pub started_at: Timestamp,
    /// The hidden file that holds what has arrived, from when there is one.
    pub partial: Option<PathBuf>,
    /// Whether it can be asked for again.
    pub again: Again,
    /// What is copied, where Sidelight does it with the profile's own credentials.
    pub s3: Option<S3Copy>,
    /// How many files of how many, where it is a folder.
    pub files: Option<Files>,
    /// Where it stands.
    pub state: DownloadState<Failure>,
}

/// How far a folder is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// That are there.
    pub done: u64,
    /// That are known of.
    pub all: u64,
}

/// Where a download stands.
#[derive(Clone, Debug, PartialEq)]
pub enum DownloadState<Failure> {
    /// Its host has enough to do with others; or it waits for the user to say where it goes.
    Queued,
    /// Bytes are arriving, or will again after a break.
    Running,
    /// What arrived is kept, and it goes on when the user says so, or what holds it up is over.
    Paused(Option<Failure>),
    /// Whole, under its own name.
    Done,
    /// Not whole; no file is left under its name.
    Failed(Failure),
    /// The user did not want it any more.
    Cancelled,
}

/// Whether a download can be asked for again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// It cannot: the answer to a form, or made by the page itself.
    Never,
    /// Only from its beginning: the server says no version of it, or its length is not known.
    Anew,
    /// From where it broke off.
    Onward,
}

/// How a download is asked for.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its address, which may carry a signature.
    pub url: SecretString,
    /// What the profile's browser would send along.
    pub cookies: Option<SecretString>,
    /// As which browser.
    pub user_agent: Option<String>,
}

/// What a page or a server offers, before a byte of it is taken.
#[derive(Debug)]
pub struct Offer {
    /// Its id.
    pub id: DownloadId,
    /// Whose.
    pub profile: ProfileId,
    /// The page that it was begun on.
    pub page: Option<Url>,
    /// What it is called there, as the engine has read it.
    pub name: String,
    /// Its address, bare ([`super::link::bare`]).
    pub url: Option<Url>,
    /// What the server says of it.
    pub announced: Announced,
    /// How it is asked for again; nothing where it cannot be.
    pub source: Option<Source>,
}

impl Offer {
    /// What it is called: where a server says nothing, or what the engine has lost, its address says more.
    #[must_use]
    pub fn called(&self) -> String {
        let last = || {
            let segment = self.url.as_ref()?.path_segments()?.next_back()?;
            percent_decode_str(segment).decode_utf8().ok().map(|name| name.into_owned())
        };
        let says_none = self.name.is_empty() || self.has_lost_its_name();
        says_none.then(last).flatten().unwrap_or_else(|| self.name.clone())
    }

    /// Whether its name was in bytes that the engine could not read.
    #[must_use]
    pub fn has_lost_its_name(&self) -> bool {
        self.name.contains(char::REPLACEMENT_CHARACTER)
    }

    /// Whether it can be asked for again.
    #[must_use]
    pub fn again(&self) -> Again {
        match &self.source {
            None => Again::Never,
            Some(_) if self.announced.version.is_some() && self.announced.accepts_ranges => Again::Onward,
            Some(_) => Again::Anew,
        }
    }
}

impl<Failure: PartialEq> Download<Failure> {
    /// Long enough, or of unknown length, that a restart may come between: how it is asked for is kept, and Sidelight
    /// carries it. Of a copy of S3's the row says all.
    #[must_use]
    pub fn is_long(&self) -> bool {
        self.s3.is_none() && self.again == Again::Onward && self.announced.length.is_none_or(|length| length >= LONG)
    }

    /// As it stands after a restart: what was under way waits for the user, where it can go on, or has failed.
    #[must_use]
    pub fn after_restart(self, failure: impl FnOnce(&Self) -> Failure) -> Self {
        if self.has_ended() {
            return self;
        }
        if self.s3.is_some() || self.is_long() {
            return Self { state: DownloadState::Paused(None), speed: None, ..self };
        }
        // Nobody knows any more how it was asked for.
        let state = DownloadState::Failed(failure(&self));
        Self { state, again: Again::Never, speed: None, ..self }
    }

    /// Its address, in words that may be told.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        let in_s3 = self.s3.as_ref().map(|copy| copy.at.to_string());
        in_s3.or_else(|| self.link.as_ref().map(ToString::to_string))
    }

    /// Whether S3 may have parts of it that cost something until its upload is ended.
    #[must_use]
    pub fn can_be_abandoned(&self) -> bool {
        self.state != DownloadState::Done && self.s3.as_ref().is_some_and(|copy| copy.upload.is_some())
    }

    /// Whether it can stop for a while and lose nothing.
    #[must_use]
    pub fn can_pause(&self) -> bool {
        match self.state {
            DownloadState::Running => self.again == Again::Onward,
            DownloadState::Queued => self.again != Again::Never,
            _ => false,
        }
    }

    /// Whether it still does something, or will by itself.
    #[must_use]
    pub fn is_running(&self) -> bool {
        matches!(self.state, DownloadState::Running | DownloadState::Queued)
    }

    /// Whether nothing more happens to it, unless the user begins it again.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        matches!(self.state, DownloadState::Done | DownloadState::Failed(_) | DownloadState::Cancelled)
    }
}
