//! Errors as the UI is told of them: code and facts. The words are the UI's.
//!
//! Not where they are made (`sidelight_core::app::error`).

use serde::Serialize;
use ts_rs::TS;

/// The closed list of errors. The words and the next step for each are the UI's, in every language.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct ErrorView {
    /// Which of the list, with what the words need.
    pub cause: CauseView,
    /// The raw answer of AWS or of the system, for the "details" below; never a secret or a URL.
    pub detail: Option<String>,
}

/// Which error, with what its words need.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[ts(export_to = "view.ts")]
pub enum CauseView {
    Network { host: String },
    Certificate { host: String, issuer: Option<String> },
    Auth { access_key_id: String },
    Denied { action: String, resource: Option<String> },
    MfaNeeded,
    MfaWrong,
    MfaReused { seconds: u32 },
    Expired,
    Throttled,
    ClockSkew { minutes: u32 },
    KeychainLocked,
    KeychainMissing,
    KeychainUnavailable,
    KeychainDenied,
    Disk { path: String, free_bytes: Option<f64> },
    Corrupt { file: String, restored_from: Option<String>, moved_to: Option<String> },
    Policy { host: String },
    Engine,
    NoDisplay,
    NoHandler,
    LinkExpired,
    Refused { host: String, status: u16 },
    Damaged,
    Exists { name: String },
    WrongAccount { expected: String, found: String },
    Conflict,
    Link,
    Input { field: FieldView, problem: ProblemView },
    Bug,
}

/// Which field of a form is meant.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum FieldView {
    Name,
    Group,
    Mark,
    Account,
    Partition,
    Region,
    AccessKeyId,
    SecretAccessKey,
    RoleArn,
    Site,
    ExternalId,
    SessionPolicyArn,
    Duration,
    Sts,
    SignIn,
    Console,
    S3,
    Service,
    Page,
    Shortcut,
    Link,
    Pattern,
    Look,
    IdleMinutes,
    From,
    MfaSerial,
    MfaCode,
    TotpSeed,
    RoleSessionName,
    SourceIdentity,
    SessionTag,
    ConfigProfile,
    StartUrl,
    PermissionSet,
    SignInAccount,
    UserName,
    ReadOnly,
    Iam,
    Sso,
    SsoOidc,
    ImportFile,
    S3Uri,
    LocalPath,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum ProblemView {
    /// It must not be empty.
    Missing,
    /// Longer than allowed.
    TooLong,
    /// Not of the form that AWS uses.
    Malformed,
    /// Another one has it already.
    Taken,
    /// Names something that does not exist.
    Unknown,
    /// Plain http is allowed to loopback only.
    NotSecure,
    /// Outside what AWS allows.
    OutOfRange,
    /// Belongs to another account or partition than the profile's.
    Contradicts,
    /// Typed to be sure, and something else.
    Differs,
    NotAKey,
    /// Pages need the key.
    KeptForPages,
    /// Profiles still use it.
    InUse,
    /// A red octagon is for production, and for nothing else.
    Reserved,
    /// Leads to no console of a known partition.
    Foreign,
    /// A role that is assumed, in the end, with itself.
    Cycle,
    /// A profile without credentials of its own kind.
    GivesNothing,
    NotActivated,
    /// A page that shows no bucket and no object.
    NotOfS3,
    /// Cannot be done with this source.
    NotWithSource,
}
