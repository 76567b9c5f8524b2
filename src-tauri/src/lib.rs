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

/// Runs the app until its window is closed.
pub fn main() -> ExitCode {
    log::start();
    automation::refuse_in_a_release();
    console::prepare_process();
    let link = std::env::args().nth(1);
    match start::run(link) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}\n{}", error.cause.hint());
            ExitCode::from(error.cause.exit_code())
        }
    }
}
