//! Whether whoever sits there is the machine's user.

use async_trait::async_trait;

use crate::app::error::Error;

/// Asks the system who is there: for its keychain's password, a finger, a face.
#[async_trait]
pub trait Presence: Send + Sync {
    /// Whether it could ask; what is locked could not be opened otherwise.
    ///
    /// # Errors
    /// `KeychainUnavailable`.
    async fn ready(&self) -> Result<(), Error>;

    /// Locks what the system would not ask for otherwise.
    ///
    /// # Errors
    /// `KeychainUnavailable` or `KeychainDenied`.
    async fn lock(&self) -> Result<(), Error>;

    /// Comes back when the user has proved it.
    ///
    /// # Errors
    /// `KeychainLocked` where they did not, `KeychainUnavailable` where nobody can ask them.
    async fn prove(&self) -> Result<(), Error>;
}
