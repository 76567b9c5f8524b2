//! The closed list of errors: each with a code, words, what was not changed, and a next step.
//!
//! Not the words in other languages (the UI has a table over the same codes).
//! Nothing matches on a text; `detail` is for a person who looks closer, and never has a secret
//! or a URL in it.

use std::fmt;
use std::path::PathBuf;

use crate::domain::book::Book;
use crate::domain::import::Unusable;
use crate::domain::input::{Field, InputError, Problem};
use crate::domain::profile::{AwsAccountId, Profile, ProfileName};
use crate::domain::source::ConfigProfileName;

/// What went wrong, and the raw answer behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// Which of the closed list.
    pub cause: Cause,
    /// What AWS or the system said.
    pub detail: Option<String>,
}

impl Error {
    /// With the raw answer.
    #[must_use]
    pub fn detailed(cause: Cause, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        Self { cause, detail: (!detail.trim().is_empty()).then_some(detail) }
    }
}

impl Error {
    /// Why a profile of `~/.aws` gives no credentials.
    #[must_use]
    pub fn of_unusable(profile: &ConfigProfileName, unusable: &Unusable) -> Self {
        let cause = Cause::Input(InputError::new(Field::ConfigProfile, unusable.problem()));
        Self::detailed(cause, format!("[profile {}]: {unusable}", profile.as_str()))
    }

    /// What is asked of a locked window: it locks the keychain too.
    #[must_use]
    pub fn of_locked_window() -> Self {
        Self::detailed(Cause::KeychainLocked, "Sidelight's window is locked: unlock it there")
    }

    /// Why a book does not take a profile; a cycle with the names that it goes through.
    #[must_use]
    pub fn of_saving(book: &Book, profile: &Profile, error: InputError) -> Self {
        let names = book.cycle(profile).filter(|_| error.problem == Problem::Cycle).unwrap_or_default();
        let names: Vec<&str> = names.iter().map(ProfileName::as_str).collect();
        Self::detailed(Cause::Input(error), names.join(" → "))
    }
}

impl From<Cause> for Error {
    fn from(cause: Cause) -> Self {
        Self { cause, detail: None }
    }
}

impl From<InputError> for Error {
    fn from(error: InputError) -> Self {
        Cause::Input(error).into()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.cause)
    }
}

impl std::error::Error for Error {}

/// The closed list.
#[derive(Clone, Debug, PartialEq)]
pub enum Cause {
    /// The host was not reached, or did not answer in time.
    Network {
        /// Which host.
        host: String,
    },
    /// The host's certificate is not trusted: often a proxy that looks into the traffic.
    Certificate {
        /// Which host.
        host: String,
        /// Who issued the certificate, where that can be told.
        issuer: Option<String>,
    },
    /// AWS does not take the access key.
    Auth {
        /// Its public half.
        access_key_id: String,
    },
    /// The key is fine, but it may not do this.
    Denied {
        /// e.g. `sts:AssumeRole`.
        action: String,
        /// What on.
        resource: Option<String>,
    },
    /// A code of an MFA device is needed.
    MfaNeeded,
    /// The code was wrong.
    MfaWrong,
    /// The code was used before.
    MfaReused {
        /// Until the next one.
        seconds: u32,
    },
    /// Credentials or a sign-in link are past their end.
    Expired,
    /// AWS asks for fewer requests.
    Throttled,
    /// This machine's clock differs from AWS's.
    ClockSkew {
        /// By how much, rounded up.
        minutes: u32,
    },
    /// The keychain is locked.
    KeychainLocked,
    /// The keychain has no secret for the profile.
    KeychainMissing,
    /// There is no keychain that answers.
    KeychainUnavailable,
    /// The keychain refused.
    KeychainDenied,
    /// A file could not be read or written.
    Disk {
        /// Which.
        path: PathBuf,
        /// Bytes free, where that can be told and matters.
        free_bytes: Option<u64>,
    },
    /// A file made no sense. It was set aside, never overwritten.
    Corrupt {
        /// Which.
        file: PathBuf,
        /// When the copy was written that was loaded in its stead.
        restored_from: Option<String>,
        /// Where the damaged one lies now.
        moved_to: Option<PathBuf>,
    },
    /// The rules for tabs forbid the page.
    Policy {
        /// Its host.
        host: String,
    },
    /// The page's process ended, or the web engine is missing something.
    Engine,
    /// There is no display to open a window on.
    NoDisplay,
    /// The desktop does not take this program for `sidelight:` links.
    NoHandler,
    /// STS or the console speaks of another account than the profile.
    WrongAccount {
        /// The profile's.
        expected: AwsAccountId,
        /// The one that answered.
        found: AwsAccountId,
    },
    /// Another Sidelight has the files, or a newer one wrote them.
    Conflict,
    /// A download's address was signed for a time that is over.
    LinkExpired,
    /// A server does not give a file.
    Refused {
        /// Its host.
        host: String,
        /// HTTP's status code.
        status: u16,
    },
    /// What arrived is not what was announced.
    Damaged,
    /// Something else is there under that name, and stays.
    Exists {
        /// What.
        name: String,
    },
    /// An address that is none of the console's.
    Link,
    /// A field does not hold what is needed.
    Input(InputError),
    /// A fault of ours.
    Bug,
}

impl Cause {
    /// The word that scripts and the UI go by.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Network { .. } => "network",
            Self::Certificate { .. } => "certificate",
            Self::Auth { .. } => "auth",
            Self::Denied { .. } => "denied",
            Self::MfaNeeded => "mfa-needed",
            Self::MfaWrong => "mfa-wrong",
            Self::MfaReused { .. } => "mfa-reused",
            Self::Expired => "expired",
            Self::Throttled => "throttled",
            Self::ClockSkew { .. } => "clock-skew",
            Self::KeychainLocked => "keychain-locked",
            Self::KeychainMissing => "keychain-missing",
            Self::KeychainUnavailable => "keychain-unavailable",
            Self::KeychainDenied => "keychain-denied",
            Self::Disk { .. } => "disk",
            Self::Corrupt { .. } => "corrupt",
            Self::Policy { .. } => "policy",
            Self::Engine => "engine",
            Self::NoDisplay => "no-display",
            Self::NoHandler => "no-handler",
            Self::WrongAccount { .. } => "wrong-account",
            Self::Conflict => "conflict",
            Self::LinkExpired => "link-expired",
            Self::Refused { .. } => "refused",
            Self::Damaged => "damaged",
            Self::Exists { .. } => "exists",
            Self::Link => "link",
            Self::Input(_) => "input",
            Self::Bug => "bug",
        }
    }

    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Network { .. } => "Check the connection and the proxy variables, then try again. Nothing was changed",
            Self::Certificate { .. } => {
                "If a proxy of your company answers, add its CA to the system's trust store. Nothing was sent"
            }
            Self::Auth { .. } => {
                "Check in IAM that the key exists and is active, then save the profile with the right key. Nothing was opened"
            }
            Self::Denied { .. } => {
                "Ask the account's administrator for the permission, or choose another role. Nothing was changed"
            }
            Self::MfaNeeded => {
                "Sign in at the window or in a terminal, and type the code that the device shows. Nothing was opened"
            }
            Self::MfaWrong => {
                "Check the device's serial in the profile, and its clock; then type the code that it shows now. Nothing was opened"
            }
            Self::MfaReused { .. } => "Wait for the device's next code. Nothing was opened",
            Self::Expired => "Sign in again. The profile is as it was",
            Self::Throttled => "Wait a moment, then try again. You are still signed in where you were",
            Self::ClockSkew { .. } => {
                "Set this machine's clock (turn on time synchronisation), then try again. Nothing was changed"
            }
            Self::KeychainLocked => "Unlock the keychain, then try again. Nothing was deleted",
            Self::KeychainMissing => "Edit the profile and enter its secret access key again. The profile is as it was",
            Self::KeychainUnavailable => {
                "Start a keychain (on Linux gnome-keyring or KWallet's Secret Service), then try again. Nothing was deleted"
            }
            Self::KeychainDenied => "Allow Sidelight in the keychain's dialog, then try again. Nothing was deleted",
            Self::Disk { .. } => "Make room or mend the permissions, then try again. The old file is as it was",
            Self::Corrupt { .. } => "Look at the file that was set aside; nothing of it was overwritten",
            Self::Policy { .. } => "Open it in your browser instead. Nothing of it was shown",
            Self::Engine => "Reload the page. If it happens again, run `side doctor`. You are still signed in",
            Self::NoDisplay => {
                "Start it in a desktop session, or set DISPLAY or WAYLAND_DISPLAY; `side url` and `side exec` need none. Nothing was changed"
            }
            Self::NoHandler => "Install xdg-utils, then try again. Nothing was changed",
            Self::WrongAccount { .. } => "Correct the profile's account or its key. Nothing was opened",
            Self::Conflict => "Update Sidelight, or close the other one. The files are as they were",
            Self::LinkExpired => "Open the page that it came from, and begin it there again. What has arrived is kept",
            Self::Refused { .. } => {
                "Open the page that it came from and look whether it is there still. No file was made"
            }
            Self::Damaged => "Begin it again. No file of that name was made",
            Self::Exists { .. } => "Choose another name, or say that it shall be replaced. It is as it was",
            Self::Link => "Copy the address from the console's address bar again. Nothing was opened",
            Self::Input(_) => "Correct it and save again. Nothing was changed",
            Self::Bug => "Please report it, with what you did. Nothing was deleted",
        }
    }

    /// What `side` exits with: 2 usage, 3 not found, 4 AWS refused, 5 keychain, 6 network.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Input(InputError { field: Field::Name, problem: Problem::Unknown })
            | Self::Refused { status: 404 | 410, .. } => 3,
            Self::Input(_) | Self::Link => 2,
            Self::Auth { .. }
            | Self::Denied { .. }
            | Self::MfaNeeded
            | Self::MfaWrong
            | Self::MfaReused { .. }
            | Self::Expired
            | Self::Throttled
            | Self::ClockSkew { .. }
            | Self::WrongAccount { .. } => 4,
            Self::KeychainLocked | Self::KeychainMissing | Self::KeychainUnavailable | Self::KeychainDenied => 5,
            Self::Network { .. } | Self::Certificate { .. } | Self::Refused { .. } => 6,
            Self::Disk { .. }
            | Self::Corrupt { .. }
            | Self::Policy { .. }
            | Self::Engine
            | Self::NoDisplay
            | Self::NoHandler
            | Self::LinkExpired
            | Self::Damaged
            | Self::Exists { .. }
            | Self::Conflict
            | Self::Bug => 1,
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Network { host } => write!(formatter, "{host} could not be reached"),
            Self::Certificate { host, issuer: Some(issuer) } => {
                write!(formatter, "The certificate of {host} is not trusted (issued by {issuer})")
            }
            Self::Certificate { host, issuer: None } => {
                write!(formatter, "The certificate of {host} is not trusted")
            }
            Self::Auth { access_key_id } => write!(formatter, "AWS does not accept the access key {access_key_id}"),
            Self::Denied { action, resource: Some(resource) } => {
                write!(formatter, "AWS does not allow {action} on {resource}")
            }
            Self::Denied { action, resource: None } => write!(formatter, "AWS does not allow {action}"),
            Self::MfaNeeded => formatter.write_str("An MFA code is needed"),
            Self::MfaWrong => formatter.write_str("The MFA code is wrong"),
            Self::MfaReused { seconds } => {
                write!(formatter, "The MFA code was used before; the next one comes in {seconds} s")
            }
            Self::Expired => formatter.write_str("The session has ended"),
            Self::Throttled => formatter.write_str("AWS asks for fewer requests"),
            Self::ClockSkew { minutes } => {
                write!(formatter, "This machine's clock differs from AWS's by {minutes} min")
            }
            Self::KeychainLocked => formatter.write_str("The keychain is locked"),
            Self::KeychainMissing => formatter.write_str("The keychain has no secret for this profile"),
            Self::KeychainUnavailable => formatter.write_str("No keychain answers"),
            Self::KeychainDenied => formatter.write_str("The keychain refused access"),
            Self::Disk { path, free_bytes: Some(free) } => {
                write!(formatter, "{} could not be read or written ({free} bytes free)", path.display())
            }
            Self::Disk { path, free_bytes: None } => {
                write!(formatter, "{} could not be read or written", path.display())
            }
            Self::Corrupt { file, restored_from, moved_to } => {
                write!(formatter, "{} is damaged", file.display())?;
                if let Some(moved_to) = moved_to {
                    write!(formatter, "; it was set aside as {}", moved_to.display())?;
                }
                match restored_from {
                    Some(when) => write!(formatter, "; the copy of {when} was loaded"),
                    None => Ok(()),
                }
            }
            Self::Policy { host } => write!(formatter, "{host} does not belong to this console"),
            Self::Engine => formatter.write_str("The page's process ended"),
            Self::NoDisplay => formatter.write_str("There is no display to open a window on"),
            Self::NoHandler => formatter.write_str("The desktop does not give sidelight: links to Sidelight"),
            Self::WrongAccount { expected, found } => {
                write!(formatter, "The profile is for account {expected}, but AWS answered for {found}")
            }
            Self::Conflict => formatter.write_str("Another or a newer Sidelight uses these files"),
            Self::LinkExpired => formatter.write_str("The address of the download has expired"),
            Self::Refused { host, status } => write!(formatter, "{host} does not give the file (HTTP {status})"),
            Self::Damaged => formatter.write_str("What arrived is not what was announced"),
            Self::Exists { name } => write!(formatter, "{name} is there already, with other content"),
            Self::Link => formatter.write_str("The address is not understood"),
            Self::Input(error) => {
                let words = error.to_string();
                let mut letters = words.chars();
                let first = letters.next().into_iter().flat_map(char::to_uppercase);
                write!(formatter, "{}{}", first.collect::<String>(), letters.as_str())
            }
            Self::Bug => formatter.write_str("Sidelight made a mistake"),
        }
    }
}
