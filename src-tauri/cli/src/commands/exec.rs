//! `side exec`: runs a program with a profile's temporary credentials in its environment, and in
//! nobody else's.

use std::env;
use std::ffi::OsString;
use std::io;
use std::process::Command;

use clap::Args;
use sidelight_core::storage::home::Home;

use super::credentials::WhoseCredentials;
use crate::failure::Failure;

#[cfg(unix)]
#[path = "exec/unix.rs"]
mod platform;
#[cfg(windows)]
#[path = "exec/windows.rs"]
mod platform;

/// Run a program with a profile's temporary credentials in its environment
///
/// The program takes this command's place: signals reach it, and its exit code is the answer. Its
/// environment alone has the credentials; AWS_PROFILE and its like are taken out of it.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Exec {
    #[command(flatten)]
    whose: WhoseCredentials,
    /// The program and its arguments
    #[arg(last = true, required = true, value_name = "CMD")]
    command: Vec<OsString>,
}

const HELP: &str = "\
Examples:
  side exec 'acme prod' -- aws s3 ls
  side exec 'acme staging' --read-only -- terraform plan

Exit codes:
  the program's · 2 an option does not fit · 3 no such profile or program · 4 AWS refused
  5 keychain · 6 network";

impl Exec {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let granted = self.whose.get(home)?;
        let (program, arguments) = self.command.split_first().expect("clap asks for at least one");
        let mut command = Command::new(program);
        command.args(arguments);
        // Of a shell that was itself started so: another account, and another place to send to.
        let of_another =
            |name: &OsString| name == "AWS_ACCOUNT_ID" || name.to_string_lossy().starts_with("AWS_ENDPOINT_URL");
        for (name, _) in env::vars_os().filter(|(name, _)| of_another(name)) {
            command.env_remove(name);
        }
        for (name, value) in granted.variables() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        let program = program.to_string_lossy().into_owned();
        Err(match platform::become_it(command) {
            Ended::With(code) => Failure::Child(code),
            Ended::NotStarted(error) if error.kind() == io::ErrorKind::NotFound => Failure::NoProgram(program),
            Ended::NotStarted(source) => Failure::Start { program, source },
        })
    }
}

/// How a program that took our place ended, where that can be told.
enum Ended {
    #[cfg_attr(unix, expect(dead_code, reason = "on Unix the program is this very process then"))]
    With(u8),
    NotStarted(io::Error),
}
