//! On Windows the program is waited for; Ctrl-C reaches both, and only the program acts on it.

use std::process::Command;

use super::Ended;

pub fn become_it(mut command: Command) -> Ended {
    match command.status() {
        Ok(status) => Ended::With(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)),
        Err(error) => Ended::NotStarted(error),
    }
}
