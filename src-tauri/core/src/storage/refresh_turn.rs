//! Whose turn it is to refresh an access portal's tokens: a lock file for each portal.
//!
//! Not the tokens, which lie in the keychain.

use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;

use super::home::Home;
use super::lock::FileLock;
use crate::app::error::{Cause, Error};
use crate::app::ports::RefreshTurn;
use crate::domain::source::StartUrl;

/// A refresh is one request, with a time limit of its own.
const PATIENCE: Duration = Duration::from_secs(30);

/// Lock files in this home.
pub struct RefreshLocks {
    folder: PathBuf,
}

impl RefreshLocks {
    /// Of this home.
    #[must_use]
    pub fn new(home: &Home) -> Self {
        Self { folder: home.portal_locks() }
    }
}

#[async_trait]
impl RefreshTurn for RefreshLocks {
    async fn take(&self, start_url: &StartUrl) -> Result<Box<dyn Send>, Error> {
        let safe = |character: char| if character.is_ascii_alphanumeric() { character } else { '-' };
        let name: String = start_url.as_str().chars().map(safe).take(120).collect();
        let path = self.folder.join(format!("{name}.lock"));
        let taken = tokio::task::spawn_blocking(move || FileLock::take(&path, PATIENCE)).await;
        let lock = taken.unwrap_or_else(|_panicked| Err(Cause::Bug.into()))?;
        Ok(Box::new(lock))
    }
}
