//! Failure: why a command did not do what was asked, with its exit code and what to do next.
//!
//! Most of it is the core's closed list of errors; here is what only a command line can run into.

use std::io;
use std::path::PathBuf;
use std::process::ExitStatus;

use sidelight_core::app::error::{Cause, Error};
use sidelight_core::control;
use sidelight_core::domain::input::{Field, InputError, Problem};
use thiserror::Error as ThisError;

/// Why a command did not do what was asked.
#[derive(Debug, ThisError)]
pub enum Failure {
    /// Of the closed list.
    #[error("{0}")]
    Core(#[from] Error),
    /// The running app says so.
    #[error("{}", .0.words)]
    App(control::Failure),
    /// No profile of that name.
    #[error("There is no profile {0:?}")]
    NoProfile(String),
    /// No tab of that id.
    #[error("There is no tab {0:?}")]
    NoTab(String),
    /// No own partition of that name.
    #[error("There is no own partition {0:?}")]
    NoPartition(String),
    /// Arguments that contradict each other or the book.
    #[error("{words}")]
    Usage {
        /// What is wrong.
        words: String,
        /// What to do.
        hint: &'static str,
    },
    /// Ctrl-C, or nothing at the prompt: nothing was begun.
    #[error("Cancelled")]
    NoSecret,
    /// Ctrl-C while something was under way, or Ctrl-D where a code was asked for.
    #[error("Cancelled")]
    Cancelled,
    /// The app is not installed.
    #[error("Sidelight's window is not installed")]
    AppMissing,
    /// The app ended right after its start.
    #[error("Sidelight ended right after its start ({0})")]
    AppEnded(ExitStatus),
    /// The app does not answer.
    #[error("Sidelight was started, but does not answer")]
    AppSilent,
    /// A program could not be started.
    #[error("Failed to start {program}")]
    Start {
        /// Which.
        program: String,
        /// The system's words.
        source: io::Error,
    },
    /// No such program.
    #[error("There is no program {0}")]
    NoProgram(String),
    /// No such file.
    #[error("There is no file {0}")]
    NoFile(String),
    /// A file of the user's choice could not be read.
    #[error("{} could not be read", path.display())]
    FileUnread {
        /// Which.
        path: PathBuf,
        /// The system's words.
        source: io::Error,
    },
    /// The program that was run ended with this code.
    #[error("The program ended with {0}")]
    Child(u8),
    /// `side doctor` found something.
    #[error("Not everything is well")]
    NotWell,
    /// The answer could not be written.
    #[error("Failed to write the answer")]
    Output(#[from] io::Error),
    /// A file of the user's choice could not be written.
    #[error("{} could not be written", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// The system's words.
        source: io::Error,
    },
    /// The prompt or standard input could not be read.
    #[error("Failed to read the secret")]
    Input(io::Error),
    /// Nothing can be waited for.
    #[error("Failed to begin")]
    Runtime(io::Error),
}

impl From<InputError> for Failure {
    fn from(error: InputError) -> Self {
        Self::Core(error.into())
    }
}

impl From<Cause> for Failure {
    fn from(cause: Cause) -> Self {
        Self::Core(cause.into())
    }
}

impl Failure {
    /// Whether there is nothing to say: whoever read the answer has gone, or has read it all.
    pub fn is_silent(&self) -> bool {
        match self {
            Self::Output(error) => error.kind() == io::ErrorKind::BrokenPipe,
            Self::NotWell | Self::Child(_) => true,
            _ => false,
        }
    }

    /// Its code on the closed list, where it is there.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Core(error) => Some(error.cause.code()),
            Self::App(failure) => Some(&failure.code),
            _ => None,
        }
    }

    /// As the contract says: 1 unexpected, 2 usage, 3 not there, 4 AWS, 5 keychain, 6 network, 7 cancelled.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Core(Error { cause: Cause::Input(UNKNOWN_NAME), .. }) => 3,
            Self::Core(error) => error.cause.exit_code(),
            Self::App(failure) => failure.exit_code,
            Self::NoProfile(_) | Self::NoTab(_) | Self::NoPartition(_) | Self::NoProgram(_) | Self::NoFile(_) => 3,
            Self::Child(code) => *code,
            Self::Usage { .. } => 2,
            Self::NoSecret | Self::Cancelled => 7,
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            Self::AppMissing
            | Self::AppEnded(_)
            | Self::AppSilent
            | Self::Start { .. }
            | Self::NotWell
            | Self::File { .. }
            | Self::FileUnread { .. }
            | Self::Output(_)
            | Self::Input(_)
            | Self::Runtime(_) => 1,
        }
    }

    /// What to do next.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Core(Error { cause: Cause::Input(error), .. }) => of_input(*error),
            Self::Core(Error { cause: Cause::Engine, .. }) => "Run `side doctor`".to_owned(),
            Self::Core(Error { cause: Cause::Auth { .. }, .. }) => {
                "Check in IAM that the key exists and is active; `side edit NAME --secret` takes another secret"
                    .to_owned()
            }
            Self::Core(Error { cause: Cause::KeychainMissing, .. }) => {
                "Enter its secret access key again: `side edit NAME --secret`".to_owned()
            }
            Self::Core(error) => error.cause.hint().to_owned(),
            Self::App(failure) => failure.hint.clone(),
            Self::NoProfile(_) => "`side ls` shows all profiles".to_owned(),
            Self::NoTab(_) => "`side tabs` shows all tabs".to_owned(),
            Self::NoPartition(_) => "`side partition ls` shows all partitions; AWS's own stay".to_owned(),
            Self::Usage { hint, .. } => (*hint).to_owned(),
            Self::NoSecret => "Nothing was changed".to_owned(),
            Self::AppMissing => "Put the program `sidelight` beside `side`, or on PATH".to_owned(),
            Self::AppEnded(_) => "Run `sidelight` in a terminal to see why, and `side doctor`".to_owned(),
            Self::AppSilent => "Look at its window; then try again, or run `side doctor`".to_owned(),
            Self::Input(_) => "Pipe the secret into `side`, or run it in a terminal. Nothing was changed".to_owned(),
            Self::NoProgram(_) => "Check its name and PATH; nothing was run".to_owned(),
            Self::Cancelled
            | Self::Child(_)
            | Self::NoFile(_)
            | Self::FileUnread { .. }
            | Self::Start { .. }
            | Self::NotWell
            | Self::File { .. }
            | Self::Output(_)
            | Self::Runtime(_) => return None,
        })
    }

    /// What AWS or the system said.
    pub fn detail(&self) -> Option<String> {
        match self {
            Self::Core(error) => error.detail.clone(),
            Self::App(failure) => failure.detail.clone(),
            Self::Output(source)
            | Self::Input(source)
            | Self::Runtime(source)
            | Self::File { source, .. }
            | Self::FileUnread { source, .. }
            | Self::Start { source, .. } => Some(source.to_string()),
            _ => None,
        }
    }
}

const UNKNOWN_NAME: InputError = InputError { field: Field::Name, problem: Problem::Unknown };

fn of_input(error: InputError) -> String {
    match (error.field, error.problem) {
        (Field::Name, Problem::Taken) => "Choose another name; `side ls` shows all. Nothing was changed".to_owned(),
        (Field::Partition, Problem::Unknown) => {
            "`side partition ls` shows all partitions. Nothing was changed".to_owned()
        }
        (Field::Partition, Problem::InUse) => {
            "Remove or edit the profiles that use it first. Nothing was changed".to_owned()
        }
        (Field::Service, Problem::Unknown) => {
            "Give a service's short name, such as s3 or ec2, or use --page".to_owned()
        }
        (Field::SecretAccessKey, Problem::Missing) => {
            "Type the secret at the prompt, or pipe it in. Nothing was changed".to_owned()
        }
        (field, _) => format!("Correct {}, then try again. Nothing was changed", option(field)),
    }
}

/// What a field is called on the command line.
fn option(field: Field) -> &'static str {
    match field {
        Field::Name => "NAME",
        Field::Group => "--group",
        Field::Mark => "--mark",
        Field::Site => "--site",
        Field::Account => "--account",
        Field::Partition => "--partition (or the partition's NAME)",
        Field::Region => "--region",
        Field::AccessKeyId => "--access-key-id",
        Field::SecretAccessKey => "the secret",
        Field::RoleArn => "--role",
        Field::ExternalId => "--external-id",
        Field::SessionPolicyArn => "--session-policy",
        Field::Duration => "--duration",
        Field::From => "--from",
        Field::MfaSerial => "--mfa-serial",
        Field::MfaCode => "the code",
        Field::TotpSeed => "the seed",
        Field::RoleSessionName => "--role-session-name",
        Field::SourceIdentity => "--source-identity",
        Field::SessionTag => "--tag",
        Field::ConfigProfile => "--profile",
        Field::StartUrl => "--start-url",
        Field::PermissionSet => "--permission-set",
        Field::SignInAccount => "--account",
        Field::UserName => "--user",
        Field::ReadOnly => "--read-only",
        Field::Sts => "--sts",
        Field::SignIn => "--sign-in",
        Field::Console => "--console",
        Field::S3 => "--s3",
        Field::Iam => "--iam",
        Field::Sso => "--sso",
        Field::SsoOidc => "--sso-oidc",
        Field::Service => "--service",
        Field::Page => "--page",
        Field::Shortcut => "the shortcut",
        Field::Link => "the link",
        Field::ImportFile => "the file",
        Field::S3Uri => "s3://BUCKET/KEY",
        Field::LocalPath => "the file or folder",
        Field::Pattern => "the rule's pattern",
        Field::Look => "the rule's colour and shape",
        Field::IdleMinutes => "the minutes until the cover",
    }
}
