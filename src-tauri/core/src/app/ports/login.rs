//! What `aws login` keeps: a session whose keys are good for a quarter of an hour, and refreshed for as
//! long as the sign-in lasts.

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;

use super::Place;
use crate::app::error::Error;
use crate::domain::secret::SessionCredentials;

/// Sessions of `aws login`.
#[async_trait]
pub trait LoginSessions: Send + Sync {
    /// A session's credentials, refreshed where they must be.
    ///
    /// # Errors
    /// `Expired` where the user must run `aws login` again.
    async fn credentials(&self, place: &Place, session: &str) -> Result<Arc<SessionCredentials>, Error>;
}

/// The files in which they lie, shared with the AWS CLI.
#[async_trait]
pub trait LoginFiles: Send + Sync {
    /// What is kept of a session, if anything is.
    ///
    /// # Errors
    /// `Disk`, `Corrupt`.
    async fn read_login(&self, session: &str) -> Result<Option<LoginTokens>, Error>;

    /// Keeps what a refresh gave, and everything else as it was.
    ///
    /// # Errors
    /// As [`Self::read_login`].
    async fn keep_login(&self, session: &str, fresh: &Refreshed) -> Result<(), Error>;
}

/// What is kept of a session.
#[derive(Debug)]
pub struct LoginTokens {
    /// The newest keys.
    pub credentials: Arc<SessionCredentials>,
    /// Whom the refresh token was given to.
    pub client_id: String,
    /// For newer ones.
    pub refresh_token: SecretString,
    /// What proves that the token is used by whoever signed in: an EC key, as PEM (SEC 1).
    pub key: SecretString,
}

/// What a refresh gave.
#[derive(Debug)]
pub struct Refreshed {
    /// The newest keys.
    pub credentials: Arc<SessionCredentials>,
    /// In place of the one that was used.
    pub refresh_token: SecretString,
}
