//! The keychain on macOS: the user's login keychain.
//!
//! Source: Apple, "Security Framework Result Codes".

use std::error::Error as StdError;
use std::sync::Arc;

use keyring_core::CredentialStore;
use security_framework::base::Error as Status;
use security_framework::os::macos::keychain::{SecKeychain, SecPreferencesDomain};

use crate::app::error::{Cause, Error};

/// An entry is known by service and account; Keychain Access shows the service.
pub(super) const TAKES_LABEL: bool = false;

pub(super) fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

/// Whether there is a login keychain. A locked one asks for its password when it is needed.
pub(super) fn state() -> Result<(), Error> {
    match SecKeychain::default_for_domain(SecPreferencesDomain::User) {
        Ok(_) => Ok(()),
        Err(status) => Err(Error::detailed(cause(&status).unwrap_or(Cause::KeychainUnavailable), status.to_string())),
    }
}

/// What a failure of the store means; `None` for one that Apple gives no reason for.
pub(super) fn cause(failure: &(dyn StdError + 'static)) -> Option<Cause> {
    match failure.downcast_ref::<Status>()?.code() {
        // errSecInteractionNotAllowed, errSecInteractionRequired
        -25308 | -25315 => Some(Cause::KeychainLocked),
        // errSecUserCanceled, errSecAuthFailed, errSecInvalidOwnerEdit, wrPermErr, errSecReadOnly, errSecNoAccessForItem
        -128 | -25293 | -25244 | -61 | -25292 | -25243 => Some(Cause::KeychainDenied),
        // errSecNotAvailable, errSecNoSuchKeychain, errSecInvalidKeychain
        -25291 | -25294 | -25295 => Some(Cause::KeychainUnavailable),
        _ => None,
    }
}
