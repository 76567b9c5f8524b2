//! The command `side`: Sidelight from a terminal.
//!
//! Reads the arguments, does one command, says how it ended. What the commands do is in `commands`,
//! what they do it with in the core. Nothing starts here that a command may not need: no runtime,
//! no TLS, no keychain.

mod arguments;
mod book;
mod commands;
mod doctor;
mod failure;
mod mfa;
mod output;
mod privacy;
mod running_app;
mod runtime;
mod secret;
mod table;

use std::env;
use std::process::ExitCode;

use clap::Parser;
use sidelight_core::storage::home::Home;

use arguments::Arguments;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    privacy::begin();
    let home = || Home::from_environment(env::var_os("SIDELIGHT_HOME"));
    match arguments.command.run(home) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::complain(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}
