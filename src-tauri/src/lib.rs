//! Sidelight's desktop app: the window around `sidelight-core`.
//!
//! Start and joining: the only place where the parts meet. Everything that decides is in the core.

mod automation;
mod aws_watch;
mod commands;
mod console;
mod control;
mod convert;
mod keeping;
mod link_handler;
mod log;
mod notification;
mod request;
mod sleep_watch;
mod start;
mod view;
mod window;

use std::process::ExitCode;

use sidelight_core::storage::home::Home;

/// Runs the app until its window is closed.
pub fn main() -> ExitCode {
    log::start();
    automation::refuse_in_a_release();
    let home = Home::from_environment(std::env::var_os("SIDELIGHT_HOME"));
    let outcome = home.and_then(|home| {
        console::prepare_process(&home);
        start::run(home, std::env::args().nth(1))
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}\n{}", error.cause.hint());
            ExitCode::from(error.cause.exit_code())
        }
    }
}
