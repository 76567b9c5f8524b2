//! What the app asks of the world: a few questions each, named after the question.
//!
//! Not who answers: `aws` and `storage` here, the window in the shell, small fakes in tests.
//! A trait grows only when a caller needs more.

mod login;
mod mfa;
mod presence;
mod transfers;

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use url::Url;

use super::error::Error;
use crate::domain::assigned::Assigned;
use crate::domain::book::{Book, BookChange};
use crate::domain::import::ConfigProfile;
use crate::domain::partition::Partition;
use crate::domain::profile::Region;
use crate::domain::secret::{AccessKey, MfaCode, SecretId, SessionCredentials};
use crate::domain::session::Identity;
use crate::domain::source::{
    ConfigProfileName, IdentityCenterSource, MfaSerial, PolicyArn, Role, SessionDuration, StartUrl,
};
use crate::domain::way::{Base, Way};
pub use login::{LoginFiles, LoginSessions, LoginTokens, Refreshed};
pub use mfa::{MfaAsk, MfaPrompt, MfaWhy};
pub use presence::Presence;
pub use transfers::{CopyOrder, Keys, Order, Stop, Transfers};

/// Secrets at rest: one entry each, read when it is needed.
#[async_trait]
pub trait Vault: Send + Sync {
    /// A secret.
    ///
    /// # Errors
    /// `KeychainMissing`, `KeychainLocked`, `KeychainUnavailable` or `KeychainDenied`, never mixed.
    async fn read(&self, secret: &SecretId) -> Result<SecretString, Error>;

    /// Keeps it, in place of the one before.
    ///
    /// # Errors
    /// As [`Self::read`], but not `KeychainMissing`.
    async fn write(&self, secret: &SecretId, value: &SecretString) -> Result<(), Error>;

    /// Removes it; none there is fine.
    ///
    /// # Errors
    /// As [`Self::write`].
    async fn remove(&self, secret: &SecretId) -> Result<(), Error>;
}

/// Profiles at rest.
pub trait ProfileBook: Send + Sync {
    /// What the file holds. A damaged file is set aside and the last good copy loaded.
    ///
    /// # Errors
    /// `Disk` where nothing could be read at all.
    fn load(&self) -> Result<LoadedBook, Error>;

    /// Reads, changes and writes as one step that no other process can come between.
    ///
    /// # Errors
    /// `Input` from the change, `Disk`, or `Conflict` for a file of a newer Sidelight; the file is then as before.
    fn apply(&self, change: BookChange) -> Result<Book, Error>;
}

/// What loading the book gave.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadedBook {
    /// The profiles.
    pub book: Book,
    /// A newer Sidelight wrote it: it is shown, not changed.
    pub read_only: bool,
    /// What the user must be told, where the file was damaged.
    pub warning: Option<Error>,
}

/// Temporary credentials for other credentials.
#[async_trait]
pub trait Sts: Send + Sync {
    /// `AssumeRole`.
    ///
    /// # Errors
    /// [`StsError::TooLong`] where the role's maximum is shorter than what is asked for.
    async fn assume_role(
        &self,
        place: &Place,
        signer: Signer<'_>,
        role: &Role,
        asked: RoleSession<'_>,
    ) -> Result<Granted, StsError>;

    /// `GetFederationToken`, bounded by a managed policy.
    ///
    /// # Errors
    /// [`StsError::Failed`].
    async fn federation_token(
        &self,
        place: &Place,
        key: &AccessKey,
        policy: &PolicyArn,
        duration: SessionDuration,
    ) -> Result<Granted, StsError>;

    /// `GetSessionToken`: the user's own rights, with a device's code or without.
    ///
    /// # Errors
    /// [`StsError::MfaRefused`] where the code is not taken.
    async fn session_token(
        &self,
        place: &Place,
        key: &AccessKey,
        mfa: Option<(&MfaSerial, &MfaCode)>,
        duration: SessionDuration,
    ) -> Result<Granted, StsError>;

    /// `AssumeRoleWithWebIdentity`.
    ///
    /// # Errors
    /// [`StsError::Failed`].
    async fn web_identity(&self, place: &Place, role: &Role, token: &SecretString) -> Result<Granted, StsError>;

    /// `GetCallerIdentity`: whose credentials these are.
    ///
    /// # Errors
    /// [`StsError::Failed`].
    async fn caller_identity(&self, place: &Place, credentials: &SessionCredentials) -> Result<Identity, StsError>;

    /// How far AWS's clock is ahead of this machine's, as its last answer said.
    fn clock_offset(&self) -> SignedDuration;
}

/// What a role is asked for.
#[derive(Clone, Copy, Debug)]
pub struct RoleSession<'a> {
    /// How long.
    pub duration: SessionDuration,
    /// Goes along as session policy.
    pub bound: Option<&'a PolicyArn>,
    /// A code of the role's device.
    pub code: Option<&'a MfaCode>,
}

/// Who signs a call.
#[derive(Clone, Copy, Debug)]
pub enum Signer<'a> {
    /// A user's own key.
    LongTerm(&'a AccessKey),
    /// What STS, Identity Center or a command gave.
    Temporary(&'a SessionCredentials),
}

/// Whose STS is asked, and in which region.
#[derive(Clone, Debug)]
pub struct Place {
    /// The partition.
    pub partition: Partition,
    /// The region.
    pub region: Region,
}

/// What STS granted.
#[derive(Debug)]
pub struct Granted {
    /// For the federation endpoint, and for the roles behind them.
    pub credentials: Arc<SessionCredentials>,
    /// Who they are.
    pub identity: Identity,
}

/// Why STS granted nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum StsError {
    /// The role's maximum session is shorter.
    TooLong,
    /// The device's code was not taken.
    MfaRefused(String),
    /// Anything else.
    Failed(Error),
}

/// The federation endpoint.
#[async_trait]
pub trait Federation: Send + Sync {
    /// `getSigninToken`: good for one sign-in within 15 minutes.
    ///
    /// # Errors
    /// [`FederationError::BadRequest`] is the endpoint's 400, which a length that it does not
    /// like gives too.
    async fn sign_in_token(
        &self,
        endpoint: &Url,
        credentials: &SessionCredentials,
        duration: Option<SessionDuration>,
    ) -> Result<SecretString, FederationError>;
}

/// Why there is no sign-in token.
#[derive(Clone, Debug, PartialEq)]
pub enum FederationError {
    /// HTTP 400.
    BadRequest(String),
    /// Anything else.
    Failed(Error),
}

/// The user's files for the AWS CLI, and what they lead to. Never written, and nothing beyond
/// them: no default chain, no instance metadata.
#[async_trait]
pub trait AwsConfig: Send + Sync {
    /// How the credentials of a profile are got.
    ///
    /// # Errors
    /// `Input` on the AWS config profile: unknown, or what it lacks.
    async fn way(&self, profile: &ConfigProfileName) -> Result<Way, Error>;

    /// What a base of a way gives: keys of a file, of the environment, or of a command.
    ///
    /// # Errors
    /// `Input` where nothing is there any more; `Expired` for what has ended.
    async fn credentials(&self, base: &Base) -> Result<FoundCredentials, Error>;

    /// All profiles, for the user to choose from.
    ///
    /// # Errors
    /// `Disk`.
    async fn found(&self) -> Result<FoundInAws, Error>;

    /// On which lines of the credentials file a profile's keys stand: `12: aws_access_key_id`.
    ///
    /// # Errors
    /// `Disk`.
    async fn key_lines(&self, profile: &ConfigProfileName) -> Result<Vec<String>, Error>;

    /// A web identity's token.
    ///
    /// # Errors
    /// `Disk`.
    async fn token(&self, file: &Path) -> Result<SecretString, Error>;
}

/// What the files of the AWS CLI hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundInAws {
    /// Where the profiles are described.
    pub file: String,
    /// By name.
    pub profiles: Vec<ConfigProfile>,
    /// How many access portals are described.
    pub sso_sessions: usize,
}

/// Credentials that lie outside of the keychain.
#[derive(Debug)]
pub enum FoundCredentials {
    /// A user's own key.
    LongTerm(AccessKey),
    /// Such with a session token.
    Temporary(SessionCredentials),
}

/// IAM Identity Center's access portals.
#[async_trait]
pub trait IdentityCenter: Send + Sync {
    /// `GetRoleCredentials`, with tokens that are refreshed quietly.
    ///
    /// # Errors
    /// `Expired` where the user must sign in to the portal; `Denied` for what is not assigned.
    async fn credentials(&self, place: &Place, source: &IdentityCenterSource) -> Result<SessionCredentials, Error>;

    /// Signs the user in to a portal; the tokens go into the keychain.
    ///
    /// # Errors
    /// `Expired` where nobody signs in, `Denied` where the user says no, the keychain's.
    async fn sign_in(
        &self,
        place: &Place,
        start_url: &StartUrl,
        region: &Region,
        by: SignInBy,
        prompt: &dyn PortalPrompt,
    ) -> Result<(), Error>;

    /// All accounts and permission sets that the user may enter; `progress` is told how many
    /// accounts of how many are done.
    ///
    /// # Errors
    /// As [`Self::credentials`].
    async fn assigned(
        &self,
        place: &Place,
        start_url: &StartUrl,
        region: &Region,
        progress: &(dyn Fn(usize, usize) + Send + Sync),
    ) -> Result<Vec<Assigned>, Error>;

    /// Ends the sign-in, there and here.
    ///
    /// # Errors
    /// The keychain's.
    async fn sign_out(&self, place: &Place, start_url: &StartUrl) -> Result<(), Error>;
}

/// How a user signs in to a portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInBy {
    /// In the system's browser, which comes back to this machine (PKCE).
    Browser,
    /// On any device, with a code to compare.
    DeviceCode,
}

/// Whoever signs in to a portal.
#[async_trait]
pub trait PortalPrompt: Send + Sync {
    /// The system's browser opens this page.
    ///
    /// # Errors
    /// `Expired` where nobody can be asked.
    async fn open(&self, url: &Url) -> Result<(), Error>;

    /// The user compares this code with the one of that page.
    ///
    /// # Errors
    /// As [`Self::open`].
    async fn show_code(&self, code: &str, url: &str) -> Result<(), Error>;
}

/// What is done by one process at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TurnOf {
    /// Refreshing a portal's tokens.
    Portal(StartUrl),
    /// Refreshing a session of `aws login`.
    Login(String),
    /// Sending codes of an MFA device.
    Device(MfaSerial),
}

/// Whose turn it is, among all processes.
#[async_trait]
pub trait Turns: Send + Sync {
    /// Waits for it; it is over when the answer is dropped.
    ///
    /// # Errors
    /// `Conflict` where another process holds it for long, `Disk`.
    async fn take(&self, what: &TurnOf) -> Result<Box<dyn HeldTurn>, Error>;
}

/// A turn, with a number that its holders leave for the next one.
pub trait HeldTurn: Send + Sync {
    /// The last one's.
    fn note(&self) -> Option<i64>;

    /// For the next one; a note that cannot be left is none.
    fn leave(&self, note: i64);
}

/// The time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}
