//! Codes of MFA devices, asked for at the terminal.
//!
//! Not when one is needed (`sidelight_core::app::credentials`).

use std::io::{self, BufRead, IsTerminal};

use async_trait::async_trait;
use jiff::Timestamp;
use secrecy::SecretString;
use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::ports::{Clock, MfaAsk, MfaPrompt, MfaWhy, PortalPrompt};
use sidelight_core::domain::secret::MfaCode;
use sidelight_core::world::SystemClock;
use url::Url;

use crate::{output, runtime};

/// Asks at the terminal that the command was started from, also where its output is piped.
pub struct TerminalPrompt {
    /// Whether a code may come from standard input where there is no terminal: not where that
    /// belongs to another program.
    pub reads_stdin: bool,
}

#[async_trait]
impl MfaPrompt for TerminalPrompt {
    async fn code(&self, ask: MfaAsk) -> Result<MfaCode, Error> {
        let reads_stdin = self.reads_stdin;
        let asked = tokio::task::spawn_blocking(move || {
            loop {
                match MfaCode::parse(&typed(&ask, reads_stdin)?) {
                    Ok(code) => return Ok(code),
                    // Whoever sits at a terminal tries again; a program gets an answer.
                    Err(_) if has_terminal() => output::remark("A code has six digits"),
                    Err(error) => return Err(error.into()),
                }
            }
        });
        asked.await.unwrap_or(Err(Cause::MfaNeeded.into()))
    }
}

/// The user's own browser; its address is said too, for where none opens.
#[async_trait]
impl PortalPrompt for TerminalPrompt {
    async fn open(&self, url: &Url) -> Result<(), Error> {
        if !self.reads_stdin && !has_terminal() {
            return Err(Error::detailed(Cause::Expired, "`side sync` signs in to the access portal"));
        }
        output::remark(&format!("Sign in to the access portal in your browser:\n  {url}"));
        // The address stands there: whoever has no browser here takes it to another one.
        let _ = opener::open_browser(url.as_str());
        Ok(())
    }

    async fn show_code(&self, code: &str, url: &str) -> Result<(), Error> {
        output::remark(&format!("Open this page, compare the code, and allow Sidelight:\n  {url}\n  {code}"));
        Ok(())
    }
}

fn typed(ask: &MfaAsk, reads_stdin: bool) -> Result<SecretString, Error> {
    if has_terminal() {
        let typed = rpassword::prompt_password(prompt(ask));
        return typed.map(SecretString::from).map_err(|error| {
            if matches!(error.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::Interrupted) {
                // Ctrl-D and Ctrl-C leave the cursor behind the prompt.
                output::remark("");
                runtime::give_up();
            }
            Cause::MfaNeeded.into()
        });
    }
    if !reads_stdin || io::stdin().is_terminal() {
        return Err(Cause::MfaNeeded.into());
    }
    let mut line = String::with_capacity(64);
    match io::stdin().lock().read_line(&mut line) {
        Ok(1..) => Ok(line.into()),
        _ => Err(Cause::MfaNeeded.into()),
    }
}

fn prompt(ask: &MfaAsk) -> String {
    let why = match ask.why {
        MfaWhy::First => String::new(),
        MfaWhy::Wrong => "AWS did not take that code. ".to_owned(),
        MfaWhy::Reused { until } => format!("That code was sent before; {}. ", next_code(until)),
        MfaWhy::Late { until } => format!("That code's time was over before AWS saw it; {}. ", next_code(until)),
        MfaWhy::Shorter => "The role allows shorter sessions only, and the code is spent. ".to_owned(),
    };
    format!("{why}Code of the MFA device {} for {}: ", ask.device.short(), ask.name)
}

fn next_code(until: Timestamp) -> String {
    match until.duration_since(SystemClock.now()).as_secs() {
        seconds @ 1.. => format!("the next one comes in {seconds} s"),
        _ => "the device shows the next one".to_owned(),
    }
}

/// Whether somebody can be asked, whatever is piped.
fn has_terminal() -> bool {
    #[cfg(unix)]
    let terminal = std::fs::File::open("/dev/tty").is_ok();
    #[cfg(not(unix))]
    let terminal = io::stdin().is_terminal();
    terminal
}
