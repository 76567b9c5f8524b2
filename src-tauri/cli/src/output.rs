//! What is said: answers on stdout, everything else on stderr, colour only where a person looks.
//!
//! Not what a command says. Broken pipes are an error like any other, that nobody is told of.

use std::env;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use serde::Serialize;
use sidelight_core::app::error::Error;

use crate::failure::Failure;

const RED: &str = "1;31";
const YELLOW: &str = "1;33";
const CYAN: &str = "36";

/// Stdout, for many lines.
pub fn lines() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(64 * 1024, io::stdout().lock())
}

/// One line on stdout.
///
/// # Errors
/// Where nobody reads.
pub fn line(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    Ok(writeln!(stdout, "{text}").and_then(|()| stdout.flush())?)
}

/// One JSON document on stdout.
///
/// # Errors
/// Where nobody reads.
pub fn json(document: &impl Serialize) -> Result<(), Failure> {
    let mut stdout = lines();
    serde_json::to_writer_pretty(&mut stdout, document).map_err(io::Error::from)?;
    Ok(writeln!(stdout).and_then(|()| stdout.flush())?)
}

/// A remark for a person, on stderr.
pub fn remark(text: &str) {
    say(&[text]);
}

/// The command goes on, but the user must know.
pub fn warn(warning: &Error) {
    let mut said = vec![format!("{} {warning} [{}]", painted("warning:", YELLOW), warning.cause.code())];
    said.push(format!("{} {}", painted("hint:", CYAN), warning.cause.hint()));
    said.extend(warning.detail.as_ref().map(|detail| format!("detail: {detail}")));
    say(&said);
}

/// The command did not do what was asked.
pub fn complain(failure: &Failure) {
    if failure.is_silent() {
        return;
    }
    let code = failure.code().map(|code| format!(" [{code}]")).unwrap_or_default();
    let mut said = vec![format!("{} {failure}{code}", painted("error:", RED))];
    said.extend(failure.hint().map(|hint| format!("{} {hint}", painted("hint:", CYAN))));
    said.extend(failure.detail().map(|detail| format!("detail: {detail}")));
    say(&said);
}

/// Whether this stream wants colour: a terminal, and nobody said no.
pub fn wants_colour(stream: &impl IsTerminal) -> bool {
    let said_no = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    stream.is_terminal() && !said_no && env::var_os("TERM").is_none_or(|terminal| terminal != "dumb")
}

fn painted(text: &str, code: &str) -> String {
    if wants_colour(&io::stderr()) { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
}

fn say(said: &[impl AsRef<str>]) {
    let mut stderr = io::stderr().lock();
    for line in said {
        // Where stderr is closed nobody can be told.
        let _ = writeln!(stderr, "{}", line.as_ref());
    }
}
