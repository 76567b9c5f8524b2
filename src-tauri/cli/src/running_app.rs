//! The running app: asked through its control socket, started where none runs.
//!
//! Not what it does. No secret and no sign-in link passes here.

#[cfg(unix)]
#[path = "running_app/unix.rs"]
mod platform;
#[cfg(windows)]
#[path = "running_app/windows.rs"]
mod platform;

use std::env;
use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use sidelight_core::app::error::{Cause, Error};
use sidelight_core::control::{self, Answer, Request};
use sidelight_core::storage::home::Home;
use tokio::time::{Instant, sleep};

use crate::failure::Failure;

/// From the start of the program to its first answer; a cold disk is slow.
const START: Duration = Duration::from_secs(20);

/// Between two looks at the socket.
const LOOK: Duration = Duration::from_millis(40);

/// Asks it; `None` where none runs.
///
/// # Errors
/// What the app refuses ([`Failure::App`]), or that it does not answer (`Conflict`).
pub async fn ask(home: &Home, request: &Request) -> Result<Option<Answer>, Failure> {
    match control::ask(home, request).await? {
        Some(Answer::Failed(failure)) => Err(Failure::App(failure)),
        answer => Ok(answer),
    }
}

/// Lets it read the book again, if it runs.
pub async fn reload(home: &Home) {
    // The change is made; an app that cannot be told reads the book at its next start.
    let _ = control::ask(home, &Request::Reload).await;
}

/// Asks it, after starting it where none runs.
///
/// # Errors
/// As [`ask`], and where it is not installed, ends at once, or stays silent.
pub async fn ask_or_start(home: &Home, request: &Request) -> Result<Answer, Failure> {
    if let Some(answer) = ask(home, request).await? {
        return Ok(answer);
    }
    let mut app = start()?;
    let deadline = Instant::now() + START;
    while Instant::now() < deadline {
        if let Some(answer) = ask(home, request).await? {
            return Ok(answer);
        }
        // One that hands over to an app that started at the same time ends well.
        if let Ok(Some(status)) = app.try_wait()
            && !status.success()
        {
            return Err(why_it_ended(status));
        }
        sleep(LOOK).await;
    }
    Err(Failure::AppSilent)
}

/// What it said itself went nowhere.
fn why_it_ended(status: ExitStatus) -> Failure {
    let no_display = Cause::NoDisplay;
    match status.code() == Some(no_display.exit_code().into()) && !platform::has_display() {
        true => no_display.into(),
        false => Failure::AppEnded(status),
    }
}

/// An answer of another kind than was asked for: another version's.
pub fn not_understood() -> Failure {
    Error::detailed(Cause::Conflict, "the running Sidelight gave another answer than was asked for").into()
}

/// Starts it in a session of its own: it outlives this terminal.
fn start() -> Result<Child, Failure> {
    let program = program()?;
    let mut command = Command::new(&program);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    platform::detach(&mut command);
    command.spawn().map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => Failure::AppMissing,
        _ => Failure::Start { program: program.display().to_string(), source },
    })
}

/// `sidelight` beside this very program, else on PATH.
fn program() -> Result<PathBuf, Failure> {
    let name = format!("sidelight{}", env::consts::EXE_SUFFIX);
    let beside = env::current_exe().ok().map(|side| side.with_file_name(&name)).filter(|path| path.is_file());
    let on_path = || {
        let folders = env::var_os("PATH")?;
        env::split_paths(&folders).map(|folder| folder.join(&name)).find(|path| path.is_file())
    };
    beside.or_else(on_path).ok_or(Failure::AppMissing)
}
