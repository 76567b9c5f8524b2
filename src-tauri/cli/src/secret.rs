//! The secret half of an access key: typed at a prompt that shows nothing, or piped in.
//!
//! Never an argument: those can be seen by every user of the machine.

use std::io::{self, IsTerminal, Read};

use secrecy::SecretString;
use sidelight_core::domain::secret::SecretAccessKey;

use crate::failure::Failure;
use crate::output;
use crate::runtime;

/// More than any secret has; what is longer is refused.
const MOST: usize = 4096;

/// Asks for it where standard input is a terminal, else reads it from there.
///
/// # Errors
/// [`Failure::NoSecret`] for Ctrl-C or nothing at the prompt; `Input` for what is no secret.
pub fn ask(profile: &str) -> Result<SecretAccessKey, Failure> {
    Ok(SecretAccessKey::parse(ask_text(format!("Secret access key of {profile} (it is not shown): "))?)?)
}

/// As [`ask`], for another secret.
///
/// # Errors
/// As [`ask`].
pub fn ask_text(prompt: String) -> Result<SecretString, Failure> {
    if io::stdin().is_terminal() { typed(prompt) } else { piped() }
}

fn typed(prompt: String) -> Result<SecretString, Failure> {
    // Inside of the runtime Ctrl-C only interrupts the prompt, which then puts the terminal back.
    let typed = runtime::run(async { rpassword::prompt_password(prompt).map_err(of_prompt) })?;
    if typed.trim().is_empty() { Err(Failure::NoSecret) } else { Ok(typed.into()) }
}

fn of_prompt(error: io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::Interrupted => Failure::NoSecret,
        io::ErrorKind::UnexpectedEof => {
            // Ctrl-D leaves the cursor behind the prompt.
            output::remark("");
            Failure::NoSecret
        }
        _ => Failure::Input(error),
    }
}

fn piped() -> Result<SecretString, Failure> {
    // Whole from the start, so that no outgrown copy stays behind in memory.
    let mut text = String::with_capacity(MOST);
    io::stdin()
        .lock()
        .take(u64::try_from(MOST).unwrap_or(u64::MAX))
        .read_to_string(&mut text)
        .map_err(Failure::Input)?;
    Ok(text.into())
}
