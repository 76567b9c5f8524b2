//! The keychain on macOS: the user's login keychain.
//!
//! The system itself asks who the user is. Sources: Apple, "Security Framework Result Codes" and
//! "LAContext".

use std::error::Error as StdError;
use std::sync::{Arc, mpsc};

use block2::RcBlock;
use keyring_core::CredentialStore;
use objc2::runtime::Bool;
use objc2_foundation::{NSError, NSString};
use objc2_local_authentication::{LAContext, LAPolicy};
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

/// Whether the user has anything by which they could prove who they are.
pub(super) fn ready() -> Result<(), Error> {
    // SAFETY: it only looks at the system's settings.
    #[expect(unsafe_code, reason = "the crate marks all methods so")]
    let possible = unsafe { LAContext::new().canEvaluatePolicy_error(LAPolicy::DeviceOwnerAuthentication) };
    possible.map_err(|error| Error::detailed(Cause::KeychainUnavailable, error.localizedDescription().to_string()))
}

/// Nothing: the system asks for the user whether anything is locked or not.
#[expect(clippy::unnecessary_wraps, reason = "Linux has a keychain to lock")]
pub(super) fn lock() -> Result<(), Error> {
    Ok(())
}

/// Asks for Touch ID, an Apple Watch or the password.
pub(super) fn prove() -> Result<(), Error> {
    let (told, answer) = mpsc::channel();
    let reply = RcBlock::new(move |proved: Bool, error: *mut NSError| {
        // SAFETY: it is null, or an error that lives as long as this call.
        #[expect(unsafe_code, reason = "the block is given a plain pointer")]
        let words = unsafe { error.as_ref() }.map(|error| error.localizedDescription().to_string());
        // Whoever asked may have lost patience.
        let _ = told.send(if proved.as_bool() { Ok(()) } else { Err(words.unwrap_or_default()) });
    });
    // SAFETY: the block holds a channel only, which any thread may use.
    #[expect(unsafe_code, reason = "the system answers on a thread of its own")]
    // Held until the answer is there: with it the question would go.
    let _context = unsafe {
        let context = LAContext::new();
        let reason = NSString::from_str("unlock Sidelight");
        context.evaluatePolicy_localizedReason_reply(LAPolicy::DeviceOwnerAuthentication, &reason, &reply);
        context
    };
    match answer.recv() {
        Ok(Ok(())) => Ok(()),
        Ok(Err(words)) => Err(Error::detailed(Cause::KeychainLocked, words)),
        Err(_) => Err(Cause::KeychainUnavailable.into()),
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
