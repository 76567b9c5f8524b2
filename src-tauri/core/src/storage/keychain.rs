//! Secrets in the system's keychain: one entry each, read when it is needed.
//!
//! Not the secret's shape (`domain::secret`). Five states that are never mixed: there, missing,
//! locked, unavailable, denied. Nothing is ever deleted because a read failed.
//! Grows by an entry for each further kind of secret.

#[cfg_attr(target_os = "macos", path = "keychain/macos.rs")]
#[cfg_attr(windows, path = "keychain/windows.rs")]
#[cfg_attr(not(any(target_os = "macos", windows)), path = "keychain/linux.rs")]
mod platform;
mod thread;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use keyring_core::{CredentialStore, Entry};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use zeroize::Zeroize;

use crate::app::error::{Cause, Error};
use crate::app::ports::{Presence, Vault};
use crate::domain::secret::SecretId;
use thread::KeychainThread;

/// The system's keychain.
///
/// Calls are made one after the other on a thread of their own: a locked keychain may show a
/// dialog and block until it is answered. After a minute the caller is told `KeychainLocked`, and
/// later calls get a new thread.
pub struct Keychain {
    thread: KeychainThread,
    patience: Duration,
}

/// How long a person has for the keychain's dialog.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long a question may take that shows no dialog.
const STATE_TIME: Duration = Duration::from_secs(10);

impl Default for Keychain {
    fn default() -> Self {
        Self::new()
    }
}

impl Keychain {
    /// Touches nothing until the first question.
    #[must_use]
    pub fn new() -> Self {
        Self { thread: KeychainThread::default(), patience: PATIENCE }
    }

    /// Whether secrets could be read and written now; shows no dialog and writes nothing.
    ///
    /// # Errors
    /// `KeychainLocked`, `KeychainUnavailable` or `KeychainDenied`.
    pub async fn state(&self) -> Result<(), Error> {
        KeychainThread::default().ask(STATE_TIME, |_| platform::state()).await
    }

    async fn with_entry<Answer: Send + 'static>(
        &self,
        secret: &SecretId,
        act: impl Fn(&Entry) -> keyring_core::Result<Answer> + Send + 'static,
    ) -> Result<Answer, Error> {
        let secret = secret.clone();
        self.thread.ask(self.patience, move |store| on_store(store, |store| act(&entry(store, &secret)?))).await
    }
}

#[async_trait]
impl Vault for Keychain {
    async fn read(&self, secret: &SecretId) -> Result<SecretString, Error> {
        let bytes = self.with_entry(secret, |entry| entry.get_secret()).await?;
        let text = String::from_utf8(bytes).map_err(|error| {
            error.into_bytes().zeroize();
            not_a_secret()
        })?;
        Ok(SecretString::from(text))
    }

    async fn write(&self, secret: &SecretId, value: &SecretString) -> Result<(), Error> {
        let bytes = zeroize::Zeroizing::new(value.expose_secret().as_bytes().to_vec());
        self.with_entry(secret, move |entry| entry.set_secret(&bytes)).await
    }

    async fn remove(&self, secret: &SecretId) -> Result<(), Error> {
        match self.with_entry(secret, Entry::delete_credential).await {
            Err(Error { cause: Cause::KeychainMissing, .. }) => Ok(()),
            other => other,
        }
    }
}

#[async_trait]
impl Presence for Keychain {
    async fn ready(&self) -> Result<(), Error> {
        KeychainThread::default().ask(STATE_TIME, |_| platform::ready()).await
    }

    async fn lock(&self) -> Result<(), Error> {
        KeychainThread::default().ask(STATE_TIME, |_| platform::lock()).await
    }

    async fn prove(&self) -> Result<(), Error> {
        KeychainThread::default().ask(self.patience, |_| platform::prove()).await
    }
}

const SERVICE: &str = "sidelight";

fn entry(store: &CredentialStore, secret: &SecretId) -> keyring_core::Result<Entry> {
    let (user, label) = match secret {
        SecretId::AccessKey(profile) => {
            (format!("{profile}/secret-access-key"), format!("Sidelight: secret access key of profile {profile}"))
        }
        SecretId::TotpSeed(device) => {
            let device = device.as_str();
            (format!("{device}/totp-seed"), format!("Sidelight: seed of the MFA device {device}"))
        }
        // A command may stand in what it is for, and not every keychain hides its entries' names.
        SecretId::Session(what) => {
            let what = URL_SAFE_NO_PAD.encode(Sha256::digest(what));
            (format!("{what}/session"), "Sidelight: session that an MFA code was spent on".to_owned())
        }
        SecretId::PortalTokens(start_url) => {
            let start_url = start_url.as_str();
            (format!("{start_url}/portal-tokens"), format!("Sidelight: sign-in to {start_url}"))
        }
        SecretId::DownloadSource(id) => {
            (format!("{id}/download-source"), "Sidelight: address of a download that is not over".to_owned())
        }
    };
    let modifiers = platform::TAKES_LABEL.then(|| HashMap::from([("label", label.as_str())]));
    store.build(SERVICE, &user, modifiers.as_ref())
}

/// Acts on the store, which is made when it is needed. A store that was made before may be broken
/// because its provider was restarted, so one failure of it is answered with a new one.
fn on_store<Answer>(
    kept: &mut Option<Arc<CredentialStore>>,
    act: impl Fn(&CredentialStore) -> keyring_core::Result<Answer>,
) -> Result<Answer, Error> {
    if let Some(store) = kept.as_deref() {
        match act(store) {
            Err(keyring_core::Error::PlatformFailure(_)) => *kept = None,
            Err(error) => return Err(told(&error)),
            Ok(answer) => return Ok(answer),
        }
    }
    let store = platform::store().map_err(|error| told(&error))?;
    let answer = act(store.as_ref()).map_err(|error| told(&error))?;
    *kept = Some(store);
    Ok(answer)
}

/// Which of the five states an error means. What the store says may be part of the words, what
/// it holds never.
fn told(error: &keyring_core::Error) -> Error {
    use keyring_core::Error as Failed;
    match error {
        Failed::NoEntry => match platform::state() {
            Ok(()) => Cause::KeychainMissing.into(),
            // A keychain that is locked or not set up looks empty.
            Err(hidden) => hidden,
        },
        // Where the keychain itself is open, this one entry was refused: a dialog was dismissed.
        Failed::NoStorageAccess(source) => {
            Error::detailed(platform::cause(source.as_ref()).unwrap_or(Cause::KeychainDenied), source.to_string())
        }
        Failed::PlatformFailure(source) => {
            Error::detailed(platform::cause(source.as_ref()).unwrap_or(Cause::KeychainUnavailable), source.to_string())
        }
        Failed::Ambiguous(entries) => {
            Error::detailed(Cause::KeychainDenied, format!("{} entries have the same name", entries.len()))
        }
        Failed::BadEncoding(_) | Failed::BadDataFormat(..) => not_a_secret(),
        Failed::TooLong(what, most) => Error::detailed(Cause::KeychainDenied, format!("{what} is longer than {most}")),
        _ => Error::detailed(Cause::KeychainUnavailable, "the store does not do what Sidelight needs"),
    }
}

fn not_a_secret() -> Error {
    Error::detailed(Cause::KeychainMissing, "the entry holds something else than a secret")
}
