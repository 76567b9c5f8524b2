//! The keychain on Linux: the Secret Service of gnome-keyring, KWallet or KeePassXC.
//!
//! Its state is asked on a connection of its own, because what the store says does not tell a
//! locked or missing collection from an empty one. Its password is what proves the user: locking
//! Sidelight locks the default collection, for other programs too.
//! Source: freedesktop.org Secret Service API 0.2.

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use keyring_core::CredentialStore;
use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, Proxy};
use zbus::zvariant::{OwnedObjectPath, OwnedValue};

use crate::app::error::{Cause, Error};

/// Items have a label.
pub(super) const TAKES_LABEL: bool = true;

const SERVICE: &str = "org.freedesktop.secrets";
const ROOT: &str = "/org/freedesktop/secrets";
const SERVICE_INTERFACE: &str = "org.freedesktop.Secret.Service";

/// A provider that the bus has to start first takes a second or two.
const CALL_TIME: Duration = Duration::from_secs(5);

pub(super) fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

/// Whether the default collection is there and open.
pub(super) fn state() -> Result<(), Error> {
    match is_locked() {
        Ok(Some(false)) => Ok(()),
        Ok(Some(true)) => Err(Cause::KeychainLocked.into()),
        Ok(None) => Err(no_collection()),
        Err(error) => Err(Error::detailed(cause_of(&error), error.to_string())),
    }
}

fn no_collection() -> Error {
    Error::detailed(Cause::KeychainUnavailable, "the keychain has no default collection")
}

/// What a failure of the store means; `None` where nothing is wrong with the keychain itself.
pub(super) fn cause(failure: &(dyn StdError + 'static)) -> Option<Cause> {
    let mut source = Some(failure);
    while let Some(error) = source {
        if error.downcast_ref::<zbus::Error>().is_some_and(is_refusal) {
            return Some(Cause::KeychainDenied);
        }
        source = error.source();
    }
    state().err().map(|state| state.cause)
}

/// Locks the default collection.
pub(super) fn lock() -> Result<(), Error> {
    let locked = session(CALL_TIME).and_then(|connection| match default_collection(&connection)? {
        Some(collection) => {
            connection.call_method(Some(SERVICE), ROOT, Some(SERVICE_INTERFACE), "Lock", &vec![collection]).map(Some)
        }
        None => Ok(None),
    });
    match locked {
        Ok(Some(_)) => Ok(()),
        Ok(None) => Err(no_collection()),
        Err(error) => Err(Error::detailed(cause_of(&error), error.to_string())),
    }
}

/// Unlocks the default collection, for which its provider asks the user in a dialog of its own.
pub(super) fn prove() -> Result<(), Error> {
    match unlocked() {
        Ok(()) => state(),
        Err(error) => Err(Error::detailed(cause_of(&error), error.to_string())),
    }
}

fn unlocked() -> zbus::Result<()> {
    // However long the dialog stands: whoever asks has a patience of their own.
    let connection = Builder::session()?.build()?;
    let Some(collection) = default_collection(&connection)? else { return Ok(()) };
    let answer = connection.call_method(Some(SERVICE), ROOT, Some(SERVICE_INTERFACE), "Unlock", &vec![collection])?;
    let (_, prompt): (Vec<OwnedObjectPath>, OwnedObjectPath) = answer.body().deserialize()?;
    if prompt.as_str() == "/" {
        return Ok(());
    }
    let prompt = Proxy::new(&connection, SERVICE, prompt, "org.freedesktop.Secret.Prompt")?;
    let mut answered = prompt.receive_signal("Completed")?;
    prompt.call_method("Prompt", &"")?;
    // Dismissed or not: the collection says whether it is open.
    answered.next();
    Ok(())
}

fn session(patience: Duration) -> zbus::Result<Connection> {
    Builder::session()?.method_timeout(patience).build()
}

fn default_collection(connection: &Connection) -> zbus::Result<Option<OwnedObjectPath>> {
    let answer = connection.call_method(Some(SERVICE), ROOT, Some(SERVICE_INTERFACE), "ReadAlias", &"default")?;
    let collection: OwnedObjectPath = answer.body().deserialize()?;
    Ok(Some(collection).filter(|collection| collection.as_str() != "/"))
}

/// `None` where there is no default collection.
fn is_locked() -> zbus::Result<Option<bool>> {
    let connection = session(CALL_TIME)?;
    default_collection(&connection)?.map(|collection| property(&connection, &collection)).transpose()
}

fn property(connection: &Connection, collection: &OwnedObjectPath) -> zbus::Result<bool> {
    let asked = ("org.freedesktop.Secret.Collection", "Locked");
    let answer =
        connection.call_method(Some(SERVICE), collection, Some("org.freedesktop.DBus.Properties"), "Get", &asked)?;
    let value: OwnedValue = answer.body().deserialize()?;
    Ok(bool::try_from(value)?)
}

fn cause_of(error: &zbus::Error) -> Cause {
    if is_refusal(error) { Cause::KeychainDenied } else { Cause::KeychainUnavailable }
}

fn is_refusal(error: &zbus::Error) -> bool {
    match error {
        zbus::Error::MethodError(name, _, _) => name.as_str() == "org.freedesktop.DBus.Error.AccessDenied",
        zbus::Error::FDO(error) => matches!(error.as_ref(), zbus::fdo::Error::AccessDenied(_)),
        _ => false,
    }
}
