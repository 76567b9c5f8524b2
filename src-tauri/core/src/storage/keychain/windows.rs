//! The keychain on Windows: the Credential Manager, open while the user is signed in.
//!
//! An entry holds 2,560 bytes, which an access key is far below. Windows Hello asks who the user is.
//! Source: Microsoft, "UserConsentVerifier Class".

use std::error::Error as StdError;
use std::sync::Arc;

use keyring_core::{CredentialStore, Error as Failed};
use windows::Security::Credentials::UI::{
    UserConsentVerificationResult, UserConsentVerifier, UserConsentVerifierAvailability,
};
use windows::core::HSTRING;

use crate::app::error::{Cause, Error};

/// An entry is shown by its target.
pub(super) const TAKES_LABEL: bool = false;

pub(super) fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

/// Asks for an entry that is not there: that fails otherwise only without a sign-in session.
pub(super) fn state() -> Result<(), Error> {
    let asked = store().and_then(|store| store.build("sidelight", "state", None)).and_then(|entry| entry.get_secret());
    match asked {
        Ok(_) | Err(Failed::NoEntry) => Ok(()),
        Err(Failed::NoStorageAccess(source) | Failed::PlatformFailure(source)) => {
            Err(Error::detailed(Cause::KeychainUnavailable, source.to_string()))
        }
        Err(_) => Err(Cause::KeychainUnavailable.into()),
    }
}

/// Whether Windows Hello could ask the user.
pub(super) fn ready() -> Result<(), Error> {
    match UserConsentVerifier::CheckAvailabilityAsync().and_then(|asked| asked.join()) {
        Ok(UserConsentVerifierAvailability::Available | UserConsentVerifierAvailability::DeviceBusy) => Ok(()),
        Ok(_) => Err(Error::detailed(Cause::KeychainUnavailable, "Windows Hello is not set up")),
        Err(error) => Err(Error::detailed(Cause::KeychainUnavailable, error.message())),
    }
}

/// Nothing: the system asks for the user whether anything is locked or not.
#[expect(clippy::unnecessary_wraps, reason = "Linux has a keychain to lock")]
pub(super) fn lock() -> Result<(), Error> {
    Ok(())
}

/// Asks for a PIN, a finger or a face.
pub(super) fn prove() -> Result<(), Error> {
    let asked = UserConsentVerifier::RequestVerificationAsync(&HSTRING::from("Sidelight"));
    match asked.and_then(|asked| asked.join()) {
        Ok(UserConsentVerificationResult::Verified) => Ok(()),
        Ok(
            UserConsentVerificationResult::DeviceNotPresent
            | UserConsentVerificationResult::NotConfiguredForUser
            | UserConsentVerificationResult::DisabledByPolicy,
        ) => Err(Error::detailed(Cause::KeychainUnavailable, "Windows Hello is not set up")),
        Ok(_) => Err(Cause::KeychainLocked.into()),
        Err(error) => Err(Error::detailed(Cause::KeychainUnavailable, error.message())),
    }
}

/// What a failure of the store means: without a sign-in session there is no store.
#[expect(clippy::unnecessary_wraps, reason = "the other systems tell failures apart")]
pub(super) fn cause(_failure: &(dyn StdError + 'static)) -> Option<Cause> {
    Some(Cause::KeychainUnavailable)
}
