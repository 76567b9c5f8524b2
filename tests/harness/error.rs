//! What can go wrong in the harness itself, in words a person reads at the end of a failed test.
//!
//! Not the app's errors: those are read from its window, its exit codes and its JSON.

use std::fmt;
use std::path::PathBuf;

/// The result of every function of the harness, and of every test that uses it.
pub type Outcome<T = ()> = Result<T, HarnessError>;

/// Why the harness could not do what a test asked of it.
#[derive(thiserror::Error)]
pub enum HarnessError {
    /// A program is not there or may not run.
    #[error("failed to start {program}: {source}")]
    Start {
        /// The program as it was called.
        program: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A program of ours has not been built, or not beside this one.
    #[error("{program} is not in {folder}: build the workspace first, or set SIDELIGHT_BIN_DIR")]
    NotBuilt {
        /// The program's name.
        program: &'static str,
        /// Where it was looked for.
        folder: PathBuf,
    },
    /// A program ended although it should have stayed, or ended with the wrong code.
    #[error("{program} ended with {status}:\n{output}")]
    Ended {
        /// The program's name.
        program: String,
        /// Its exit status.
        status: String,
        /// What it had printed.
        output: String,
    },
    /// Something awaited did not come.
    #[error("waited {seconds:.1} s in vain for {what}")]
    Late {
        /// What was awaited.
        what: String,
        /// How long.
        seconds: f64,
    },
    /// Something looked for is not there.
    #[error("there is no {what}")]
    Missing {
        /// What was looked for.
        what: String,
    },
    /// A file or pipe failed.
    #[error("failed to {action}: {source}")]
    Io {
        /// What was being done.
        action: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// An answer over loopback HTTP was not a success.
    #[error("{url} answered {status}: {body}")]
    Http {
        /// The address that was asked.
        url: String,
        /// The status code, 0 where the answer was no HTTP.
        status: u16,
        /// The start of the answer's body.
        body: String,
    },
    /// Something that should be JSON is not, or has another shape.
    #[error("failed to read {what} as JSON: {source}")]
    Json {
        /// What was read.
        what: String,
        /// Where it went wrong.
        source: serde_json::Error,
    },
    /// A picture could not be written or read.
    #[error("failed to write the picture {path}: {source}")]
    Picture {
        /// The picture's file.
        path: PathBuf,
        /// What the encoder said.
        source: png::EncodingError,
    },
    /// The X server could not be reached.
    #[error("failed to connect to the display: {0}")]
    NoDisplay(#[from] x11rb::errors::ConnectError),
    /// The connection to the X server broke.
    #[error("lost the display: {0}")]
    DisplayLost(#[from] x11rb::errors::ConnectionError),
    /// The X server refused a request.
    #[error("the display refused a request: {0}")]
    DisplayRefused(#[from] x11rb::errors::ReplyError),
    /// WebDriver gave no session.
    #[error("WebDriver gave no session: {0}")]
    NoSession(#[from] fantoccini::error::NewSessionError),
    /// WebDriver refused a command.
    #[error("WebDriver refused a command: {0}")]
    Driver(#[from] fantoccini::error::CmdError),
    /// A question over D-Bus failed.
    #[cfg(target_os = "linux")]
    #[error("the bus did not answer: {0}")]
    Bus(#[from] zbus::Error),
}

impl HarnessError {
    /// An [`HarnessError::Io`] made by `map_err`.
    pub fn io(action: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let action = action.into();
        move |source| Self::Io { action, source }
    }

    /// An [`HarnessError::Json`] made by `map_err`.
    pub fn json(what: impl Into<String>) -> impl FnOnce(serde_json::Error) -> Self {
        let what = what.into();
        move |source| Self::Json { what, source }
    }

    /// An [`HarnessError::Missing`].
    pub fn missing(what: impl Into<String>) -> Self {
        Self::Missing { what: what.into() }
    }
}

/// The same words as `Display`, since a failed test prints `Debug`.
impl fmt::Debug for HarnessError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}
