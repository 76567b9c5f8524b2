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

/// Whether the default collection could be locked and unlocked.
pub(super) fn ready() -> Result<(), Error> {
    let found = session(CALL_TIME).and_then(|connection| default_collection(&connection));
    found.map_err(|error| told(&error))?.map(drop).ok_or_else(no_collection)
}

/// Locks the default collection, as far as that asks nobody.
pub(super) fn lock() -> Result<(), Error> {
    session(CALL_TIME).and_then(|connection| ask(&connection, "Lock")).map(drop).map_err(|error| told(&error))
}

/// Unlocks the default collection, for which its provider asks the user in a dialog of its own. One
/// that is open, since it was not locked or somebody else has opened it, is locked first.
pub(super) fn prove() -> Result<(), Error> {
    // However long the dialog stands: whoever asks has a patience of their own.
    let connection = Builder::session().and_then(Builder::build).map_err(|error| told(&error))?;
    let done = |call| -> zbus::Result<()> {
        let prompt = ask(&connection, call)?;
        if prompt.as_str() == "/" {
            return Ok(());
        }
        let prompt = Proxy::new(&connection, SERVICE, prompt, "org.freedesktop.Secret.Prompt")?;
        let mut answered = prompt.receive_signal("Completed")?;
        prompt.call_method("Prompt", &"")?;
        // Dismissed or not: the collection says whether it is open.
        answered.next();
        Ok(())
    };
    done("Lock").map_err(|error| told(&error))?;
    match state() {
        Err(Error { cause: Cause::KeychainLocked, .. }) => {}
        Err(error) => return Err(error),
        Ok(()) => {
            return Err(Error::detailed(Cause::KeychainUnavailable, "the keychain does not let itself be locked"));
        }
    }
    done("Unlock").map_err(|error| told(&error))?;
    state()
}

/// Locks or unlocks; answers the prompt that is needed for it, `/` for none.
fn ask(connection: &Connection, call: &str) -> zbus::Result<OwnedObjectPath> {
    let none = || zbus::Error::Failure("the keychain has no default collection".to_owned());
    let collection = default_collection(connection)?.ok_or_else(none)?;
    let answer = connection.call_method(Some(SERVICE), ROOT, Some(SERVICE_INTERFACE), call, &vec![collection])?;
    let (_, prompt): (Vec<OwnedObjectPath>, OwnedObjectPath) = answer.body().deserialize()?;
    Ok(prompt)
}

fn told(error: &zbus::Error) -> Error {
    Error::detailed(cause_of(error), error.to_string())
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
