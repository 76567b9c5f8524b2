//! Whose turn it is among all processes: to refresh an access portal's tokens, to send an MFA
//! device's codes. A lock file for each.
//!
//! Not the tokens, which lie in the keychain, and no code: the note in the file is a number.

use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::home::Home;
use super::lock::FileLock;
use crate::app::error::{Cause, Error};
use crate::app::ports::{HeldTurn, TurnOf, Turns};

/// A refresh is one request, with a time limit of its own.
const REFRESHING: Duration = Duration::from_secs(30);

/// A seed's next code comes after half a minute, and several programs may wait for theirs.
const SENDING: Duration = Duration::from_secs(300);

/// Lock files in this home.
pub struct TurnLocks {
    folder: PathBuf,
}

impl TurnLocks {
    /// Of this home.
    #[must_use]
    pub fn new(home: &Home) -> Self {
        Self { folder: home.turns() }
    }
}

#[async_trait]
impl Turns for TurnLocks {
    async fn take(&self, what: &TurnOf) -> Result<Box<dyn HeldTurn>, Error> {
        let (named, patience) = match what {
            TurnOf::Portal(start_url) => (start_url.as_str(), REFRESHING),
            TurnOf::Login(session) => (session.as_str(), REFRESHING),
            TurnOf::Device(device) => (device.as_str(), SENDING),
        };
        let safe = |character: char| if character.is_ascii_alphanumeric() { character } else { '-' };
        let readable: String = named.chars().map(safe).take(60).collect();
        // What is alike by its safe letters is not the same.
        let digest = URL_SAFE_NO_PAD.encode(Sha256::digest(named));
        let path = self.folder.join(format!("{readable}-{}.lock", &digest[..16]));
        let taken = tokio::task::spawn_blocking(move || FileLock::take(&path, patience)).await;
        let lock = taken.unwrap_or_else(|_panicked| Err(Cause::Bug.into()))?;
        Ok(Box::new(lock))
    }
}

impl HeldTurn for FileLock {
    fn note(&self) -> Option<i64> {
        self.text().ok()?.trim().parse().ok()
    }

    fn leave(&self, note: i64) {
        // The next holder then knows of none, and AWS refuses a code that was sent before.
        let _ = self.write(&note.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::source::MfaSerial;

    #[tokio::test]
    async fn a_turn_is_one_holders_at_a_time_and_its_note_is_the_next_ones() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let turns = TurnLocks::new(&Home::at(folder.path())?);
        let device = TurnOf::Device(MfaSerial::parse("arn:aws:iam::111122223333:mfa/bob")?);
        let first = turns.take(&device).await?;
        assert_eq!(first.note(), None);
        first.leave(58_800_000);
        let (second, ()) = tokio::join!(turns.take(&device), async move {
            first.leave(4);
            drop(first);
        });
        assert_eq!(second?.note(), Some(4), "the whole note, not the end of a longer one");
        Ok(())
    }
}
