//! Why a task stopped, in words for whoever typed it.

use std::process::ExitStatus;

/// The result of every task.
pub type Outcome<T = ()> = Result<T, TaskError>;

/// Why a task stopped.
#[derive(Debug, thiserror::Error)]
pub enum TaskError {
    /// A program is not there or may not run.
    #[error("failed to start {program}: {source}")]
    Start {
        /// The program as it was called.
        program: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A program ended with an error, which it has printed itself.
    #[error("{program} ended with {status}")]
    Ended {
        /// The program as it was called.
        program: String,
        /// How it ended.
        status: ExitStatus,
    },
    /// A file could not be read or written.
    #[error("failed to {action}: {source}")]
    Io {
        /// What was being done.
        action: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// Something must be installed by the user.
    #[error("missing on this machine:\n{}", .list.join("\n"))]
    Missing {
        /// A line for each thing: what it is, why, and how to get it.
        list: Vec<String>,
    },
}

impl TaskError {
    /// An [`TaskError::Io`] made by `map_err`.
    pub fn io(action: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let action = action.into();
        move |source| Self::Io { action, source }
    }

    /// The code to end with: that of the program that failed, where there is one.
    pub fn exit_code(&self) -> u8 {
        let code = match self {
            Self::Ended { status, .. } => status.code(),
            _ => None,
        };
        code.and_then(|code| u8::try_from(code).ok()).filter(|&code| code != 0).unwrap_or(1)
    }
}
