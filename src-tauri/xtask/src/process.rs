//! Running a program in the foreground, saying first what is run.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::{Outcome, TaskError};

/// Says what is run, runs it with the terminal's own input and output, and waits.
///
/// # Errors
/// When it cannot be started, or ends with an error.
pub fn run(command: &mut Command) -> Outcome {
    eprintln!("> {}", words_of(command));
    let program = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(TaskError::Ended { program, status }),
        Err(source) => Err(TaskError::Start { program, source }),
    }
}

/// Runs it unseen and gives what it printed, or nothing if it failed or is not there.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Where a program is, looking through PATH.
pub fn find(program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(&name)).find(|file| file.is_file())
}

fn words_of(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}
