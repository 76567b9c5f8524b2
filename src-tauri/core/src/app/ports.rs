//! What the app asks of the world: a few questions each, named after the question.
//!
//! Not who answers: `aws` and `storage` here, the window in the shell, small fakes in tests.
//! A trait grows only when a caller needs more.

use async_trait::async_trait;
use jiff::Timestamp;
use secrecy::SecretString;
use url::Url;

use super::error::Error;
use crate::domain::book::{Book, BookChange};
use crate::domain::partition::Partition;
use crate::domain::profile::{ProfileId, Region};
use crate::domain::secret::{AccessKey, SecretAccessKey, SessionCredentials};
use crate::domain::session::Identity;
use crate::domain::source::{PolicyArn, Role, SessionDuration};

/// Secrets at rest: one entry for each profile, read when it is needed.
#[async_trait]
pub trait Vault: Send + Sync {
    /// The secret half of a profile's access key.
    ///
    /// # Errors
    /// `KeychainMissing`, `KeychainLocked`, `KeychainUnavailable` or `KeychainDenied`, never mixed.
    async fn read(&self, profile: &ProfileId) -> Result<SecretAccessKey, Error>;

    /// Keeps it, in place of the one before.
    ///
    /// # Errors
    /// As [`Self::read`], but not `KeychainMissing`.
    async fn write(&self, profile: &ProfileId, secret: &SecretAccessKey) -> Result<(), Error>;

    /// Removes it; none there is fine.
    ///
    /// # Errors
    /// As [`Self::write`].
    async fn remove(&self, profile: &ProfileId) -> Result<(), Error>;
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

/// Temporary credentials for a long-term key.
#[async_trait]
pub trait Sts: Send + Sync {
    /// `AssumeRole`, straight from the long-term key; `bound` goes along as session policy.
    ///
    /// # Errors
    /// [`StsError::TooLong`] where the role's maximum is shorter than `duration`.
    async fn assume_role(
        &self,
        place: &Place,
        key: &AccessKey,
        role: &Role,
        duration: SessionDuration,
        bound: Option<&PolicyArn>,
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
    /// For the federation endpoint.
    pub credentials: SessionCredentials,
    /// Who they are.
    pub identity: Identity,
}

/// Why STS granted nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum StsError {
    /// The role's maximum session is shorter.
    TooLong,
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

/// The time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}
