//! Sessions as the UI is told of them: signed in or not, until when, and what a test found.
//!
//! Not the session itself (`sidelight_core::domain::session`).

use serde::Serialize;
use ts_rs::TS;

use super::ErrorView;

/// A profile's signed-in console.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "state", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[ts(export_to = "view.ts")]
pub enum SessionView {
    /// No console is open, or none was signed in since the start.
    SignedOut,
    /// Credentials are being asked for.
    SigningIn,
    /// Signed in.
    SignedIn {
        /// As STS says, e.g. `role/Admin` or `federated-user/sidelight`.
        identity: String,
        /// Milliseconds since 1970.
        since: f64,
        /// Milliseconds since 1970.
        ends_at: f64,
        /// Why it ends then.
        end: EndView,
        /// A new one is on its way.
        renewing: bool,
    },
    /// It has ended.
    Ended {
        /// Milliseconds since 1970.
        ended_at: f64,
    },
}

/// Why a session ends when it does.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum EndView {
    /// The profile asks for this length.
    AskedFor,
    /// The role allows no longer session.
    RoleMaximum,
    /// A role that is assumed with a role's credentials lasts at most an hour.
    ChainedRole,
    /// As long as Identity Center's permission set says.
    PermissionSet,
    /// AWS allows at most twelve hours for a console.
    ConsoleMaximum,
    /// The sign-in endpoint refused a length of its own: it ends with the credentials.
    CredentialsEnd,
    /// The user signed in by hand, and AWS does not say.
    Unknown,
}

/// The answer to "test this profile".
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "state", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[ts(export_to = "view.ts")]
pub enum TestView {
    /// Under way.
    Running,
    /// "111122223333 as role/Admin, session up to 12 h".
    Passed {
        /// Twelve digits.
        account: String,
        /// e.g. `role/Admin`.
        identity: String,
        /// The longest session that AWS granted.
        up_to_seconds: u32,
    },
    /// It did not work, and why.
    Failed {
        /// What went wrong.
        error: ErrorView,
    },
}
