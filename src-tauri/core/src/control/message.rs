//! Messages: requests and answers, and their JSON.
//!
//! The lines of tabs and downloads are also what `side tabs --json` and `side downloads --json`
//! print: scripts rest on their names. A new field is optional; another meaning needs a new
//! version.

use std::path::PathBuf;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::app::error::{Cause, Error};

/// Both sides must speak the same.
const VERSION: u32 = 1;

/// What `side`, or a second start of the app, asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "request", rename_all = "kebab-case")]
pub enum Request {
    /// Whether anybody is there.
    Hello,
    /// Open a tab; the answer comes when the tab exists.
    Open {
        /// A profile's name or id.
        profile: String,
        /// A console service.
        service: Option<String>,
        /// A region code.
        region: Option<String>,
        /// A console page's address.
        page: Option<String>,
        /// With ReadOnlyAccess as session policy.
        #[serde(default)]
        read_only: bool,
        /// In the other pane.
        #[serde(default)]
        beside: bool,
        /// In a window of its own.
        #[serde(default)]
        new_window: bool,
    },
    /// Puts tabs to sleep that no pane shows, as far as their pages may.
    SleepOthers,
    /// Opens what a console address, an ARN or another link leads to, in the profile that fits.
    OpenLink {
        /// As given.
        link: String,
        /// With ReadOnlyAccess as session policy.
        read_only: bool,
        /// In the other pane.
        beside: bool,
        /// In a window of its own.
        #[serde(default)]
        new_window: bool,
        /// Another program gave it: it only ever opens after a yes.
        from_outside: bool,
    },
    /// Which tabs there are.
    Tabs,
    /// Which downloads there are.
    Downloads,
    /// Copy from S3, or to it; the answer comes when it is in the list of downloads.
    Copy {
        /// A profile's name or id.
        profile: String,
        /// `s3://BUCKET/KEY`.
        s3: String,
        /// The file or folder here, as a whole path; the profile's folder for downloads without it.
        local: Option<PathBuf>,
        /// To S3.
        uploads: bool,
        /// With which rights; those that the profile's guards say without them.
        rights: Option<Rights>,
        /// An object that is there is replaced.
        replaces: bool,
    },
    /// How far a download is.
    Download {
        /// Its id.
        download: String,
    },
    /// Show a tab.
    Show {
        /// Its id.
        tab: String,
    },
    /// Close a tab.
    Close {
        /// Its id.
        tab: String,
    },
    /// Read the book again: `side` changed it.
    Reload,
    /// Remove a profile, with its tabs, secret and browser data.
    RemoveProfile {
        /// Its id.
        profile: String,
    },
    /// Sign a profile out, or all.
    SignOut {
        /// Its id; none for all.
        profile: Option<String>,
    },
    /// Bring the window to the front.
    Focus,
}

/// With which rights something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rights {
    /// With ReadOnlyAccess as session policy.
    ReadOnly,
    /// All that the profile has.
    Full,
}

/// What the app answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum Answer {
    /// Done.
    Ok,
    /// To [`Request::Tabs`].
    Tabs {
        /// In the order of the strip.
        tabs: Vec<TabLine>,
    },
    /// To [`Request::Downloads`].
    Downloads {
        /// In the order of the list.
        downloads: Vec<DownloadLine>,
    },
    /// To [`Request::Copy`].
    Copying {
        /// Its id in the list of downloads.
        download: String,
    },
    /// To [`Request::Download`]; nothing where there is none of that id any more.
    Download {
        /// How it stands.
        line: Option<Box<DownloadLine>>,
        /// Why it failed, or waits.
        failure: Option<Box<Failure>>,
    },
    /// Not done.
    Failed(Failure),
}

/// A tab, as `side tabs --json` prints it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TabLine {
    /// Its id.
    pub tab: String,
    /// Its profile's name.
    pub profile: String,
    /// Twelve digits, once known.
    pub account: Option<String>,
    /// Without tokens.
    pub url: String,
    /// As the page says.
    pub title: String,
    /// Where it stands.
    pub state: TabLineState,
    /// In which pane it shows.
    pub pane: Option<u32>,
    /// Whether its session may only read.
    pub read_only: bool,
    /// RFC 3339; when its session ends.
    pub ends_at: Option<String>,
}

/// Where a tab stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "fixed words of the command line's contract")]
pub enum TabLineState {
    SigningIn,
    Loading,
    Live,
    Asleep,
    Expired,
    Crashed,
    Failed,
}

/// A download, as `side downloads --json` prints it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DownloadLine {
    /// Its id.
    pub id: String,
    /// Its profile's name.
    pub profile: String,
    /// Its name on disk.
    pub name: String,
    /// Where it lies, or will lie.
    pub path: String,
    /// Bytes that have arrived.
    pub bytes: u64,
    /// Bytes announced.
    pub total: Option<u64>,
    /// Where it stands.
    pub state: DownloadLineState,
    /// Why it failed, in words.
    pub error: Option<String>,
    /// `s3://BUCKET/KEY`, where it is a copy from S3, or to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub s3: Option<String>,
    /// To S3.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub uploads: bool,
    /// Files of a folder that are there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<u64>,
    /// Files that are known of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_files: Option<u64>,
}

/// Where a download stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "fixed words of the command line's contract")]
pub enum DownloadLineState {
    Queued,
    Running,
    Paused,
    Done,
    Failed,
    Cancelled,
}

/// Why something was not done: the closed list's error, for a terminal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Of the closed list.
    pub code: String,
    /// What happened.
    pub words: String,
    /// What to do.
    pub hint: String,
    /// What AWS or the system said.
    pub detail: Option<String>,
    /// What `side` exits with.
    pub exit_code: u8,
}

impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        Self {
            code: error.cause.code().to_owned(),
            words: error.to_string(),
            hint: error.cause.hint().to_owned(),
            detail: error.detail.clone(),
            exit_code: error.cause.exit_code(),
        }
    }
}

/// Why a message makes no sense.
#[derive(Debug, Error)]
pub(super) enum MessageError {
    /// The two sides are of different builds.
    #[error("the other Sidelight speaks version {0}, this one {VERSION}")]
    Version(u32),
    /// Not JSON, or not a message of ours. Without the text: it may be anything.
    #[error("a message that is not understood (line {line}, column {column})")]
    Malformed { line: usize, column: usize },
}

impl MessageError {
    pub(super) fn failure(&self) -> Failure {
        let cause = match self {
            Self::Version(_) => Cause::Conflict,
            Self::Malformed { .. } => Cause::Bug,
        };
        Failure::from(&Error::detailed(cause, self.to_string()))
    }
}

impl From<serde_json::Error> for MessageError {
    fn from(error: serde_json::Error) -> Self {
        Self::Malformed { line: error.line(), column: error.column() }
    }
}

#[derive(Serialize)]
struct Sent<'a, Message> {
    version: u32,
    message: &'a Message,
}

#[derive(Deserialize)]
struct Received<Message> {
    message: Message,
}

#[derive(Deserialize)]
struct Head {
    version: u32,
}

pub(super) fn encode(message: &impl Serialize) -> Vec<u8> {
    // Strings, numbers and options only: nothing in a message can fail to be JSON.
    serde_json::to_vec(&Sent { version: VERSION, message }).unwrap_or_default()
}

pub(super) fn decode<Message: DeserializeOwned>(bytes: &[u8]) -> Result<Message, MessageError> {
    match serde_json::from_slice::<Head>(bytes)?.version {
        VERSION => Ok(serde_json::from_slice::<Received<Message>>(bytes)?.message),
        other => Err(MessageError::Version(other)),
    }
}
