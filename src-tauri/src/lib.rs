//! Sidelight's desktop app: the window around `sidelight-core`.
//!
//! Start and joining: the only place where the parts meet. Everything that decides is in the core.

mod commands;
mod console;
mod control;
mod convert;
mod convert_error;
mod convert_layout;
mod keeping;
mod log;
mod request;
mod start;
mod view;
mod window;

use std::process::ExitCode;

/// Runs the app until its window is closed.
pub fn main() -> ExitCode {
    console::prepare_process();
    log::start();
    match start::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}\n{}", error.cause.hint());
            ExitCode::from(error.cause.exit_code())
        }
    }
}
