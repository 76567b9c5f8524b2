//! The keychain in each of its states, looked at with `secret-tool` from outside.

use std::io::Write;
use std::process::Stdio;

use sidelight_tests::desktop::{Desktop, Furnishing};
use sidelight_tests::keyring::KeyringState;
use sidelight_tests::{HarnessError, Outcome};

fn machine(keyring: KeyringState) -> Outcome<Desktop> {
    Desktop::furnished(Furnishing { display: None, bus: true, keyring })
}

fn store(desktop: &Desktop, secret: &str) -> Outcome<bool> {
    let mut command = desktop.command("secret-tool");
    command.args(["store", "--label=a test", "kind", "test"]).stdin(Stdio::piped()).stderr(Stdio::null());
    let failed = |source| HarnessError::Start { program: "secret-tool".to_owned(), source };
    let mut tool = command.spawn().map_err(failed)?;
    if let Some(mut stdin) = tool.stdin.take() {
        stdin.write_all(secret.as_bytes()).map_err(HarnessError::io("pass a secret"))?;
    }
    Ok(tool.wait().map_err(failed)?.success())
}

/// What is stored, or nothing.
fn lookup(desktop: &Desktop) -> Outcome<Option<String>> {
    let mut command = desktop.command("secret-tool");
    let output = command.args(["lookup", "kind", "test"]).output();
    let output = output.map_err(|source| HarnessError::Start { program: "secret-tool".to_owned(), source })?;
    let secret = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(output.status.success().then_some(secret))
}

#[test]
fn an_unlocked_keychain_stores_and_answers_and_leaks_nothing() -> Outcome {
    let desktop = machine(KeyringState::Unlocked)?;
    let secret = "a canary for the keychain";
    desktop.leaks().watch("the canary", secret);
    assert!(store(&desktop, secret)?);
    assert_eq!(lookup(&desktop)?.as_deref(), Some(secret));
    Ok(())
}

#[test]
fn a_locked_keychain_answers_nothing_until_it_is_opened_again() -> Outcome {
    let mut desktop = machine(KeyringState::Unlocked)?;
    assert!(store(&desktop, "locked away")?);
    desktop.keyring()?.lock()?;
    assert_eq!(lookup(&desktop)?, None);
    desktop.keyring()?.restart()?;
    assert_eq!(lookup(&desktop)?.as_deref(), Some("locked away"));
    desktop.keyring()?.restart_locked()?;
    assert_eq!(desktop.keyring()?.locked()?, Some(true));
    assert_eq!(lookup(&desktop)?, None);
    Ok(())
}

#[test]
fn a_keychain_can_be_locked_from_the_start() -> Outcome {
    let desktop = machine(KeyringState::Locked)?;
    assert!(!store(&desktop, "cannot be stored")?);
    Ok(())
}

#[test]
fn a_keychain_without_a_collection_stores_nothing() -> Outcome {
    let mut desktop = machine(KeyringState::Empty)?;
    assert_eq!(desktop.keyring()?.locked()?, None);
    assert_eq!(lookup(&desktop)?, None);
    assert!(!store(&desktop, "cannot be stored")?);
    Ok(())
}

#[test]
fn a_machine_without_a_keychain_stays_without_one() -> Outcome {
    let desktop = machine(KeyringState::None)?;
    assert!(!store(&desktop, "cannot be stored")?);
    assert_eq!(lookup(&desktop)?, None);
    Ok(())
}

#[test]
fn a_machine_can_lack_even_the_bus() -> Outcome {
    let mut desktop = Desktop::furnished(Furnishing { display: None, bus: false, keyring: KeyringState::None })?;
    assert!(desktop.keyring().is_err());
    assert!(!store(&desktop, "cannot be stored")?);
    Ok(())
}
