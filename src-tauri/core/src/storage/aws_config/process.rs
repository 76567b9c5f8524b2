//! A command that prints credentials. Source: AWS SDKs and Tools reference guide, "Process
//! credential provider".
//!
//! Only ever one that stands in the user's own `~/.aws`. What it says on stderr goes to the
//! user's terminal or nowhere: it may name a secret.

use std::io::IsTerminal;
use std::process::Stdio;
use std::time::Duration;

use jiff::Timestamp;
use secrecy::SecretString;
use serde::Deserialize;
use tokio::process::Command;
use zeroize::Zeroizing;

use super::reading::KeyPair;
use super::words;
use crate::app::error::{Cause, Error};
use crate::domain::input::{Field, InputError, Problem};
use crate::storage::other_programs;

/// A person may have to answer it.
const PATIENCE: Duration = Duration::from_secs(120);

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Printed {
    version: i64,
    access_key_id: String,
    secret_access_key: SecretString,
    session_token: Option<SecretString>,
    expiration: Option<String>,
}

/// Where its complaints go: to a terminal, and into no log.
fn complaints() -> Stdio {
    if std::io::stderr().is_terminal() { Stdio::inherit() } else { Stdio::null() }
}

/// Runs it, and reads what it prints.
pub(super) async fn run(command: &str) -> Result<KeyPair, Error> {
    let mut words = words::split(command).unwrap_or_default().into_iter();
    let mut program = Command::new(words.next().ok_or_else(|| failed("credential_process names no program"))?);
    program.args(words).stdin(Stdio::null()).stderr(complaints()).kill_on_drop(true);
    other_programs::give_the_users_environment(program.as_std_mut());
    let output = tokio::time::timeout(PATIENCE, program.output()).await;
    let output = output.map_err(|_| failed("credential_process did not end within two minutes"))?;
    let output = output.map_err(|error| failed(&format!("credential_process could not be started: {error}")))?;
    let printed = Zeroizing::new(output.stdout);
    if !output.status.success() {
        return Err(failed(&format!("credential_process ended with {}", output.status)));
    }
    let printed: Printed =
        serde_json::from_slice(&printed).map_err(|_| failed("credential_process printed no credentials"))?;
    if printed.version != 1 {
        return Err(failed("credential_process speaks another version than 1"));
    }
    let expires_at = printed.expiration.map(|text| text.parse::<Timestamp>());
    Ok(KeyPair {
        id: printed.access_key_id,
        secret: printed.secret_access_key,
        token: printed.session_token,
        expires_at: expires_at.transpose().map_err(|_| failed("credential_process names no point in time"))?,
    })
}

fn failed(words: &str) -> Error {
    Error::detailed(Cause::Input(InputError::new(Field::ConfigProfile, Problem::GivesNothing)), words)
}
