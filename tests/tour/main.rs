//! The demo: Sidelight on the embedded demo cloud with three profiles, either shown to a person or
//! walked through step by step on a display of its own.
//!
//! `cargo xtask demo` builds and calls it. It is no test: it shows the way through the app, and fails
//! where the way is blocked.

#[cfg(target_os = "linux")]
mod album;
#[cfg(target_os = "linux")]
mod guided;
#[cfg_attr(target_os = "linux", path = "shown/linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "shown/other.rs")]
mod keychain;
mod shown;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use sidelight_tests::Outcome;

/// Opens Sidelight on the demo cloud
#[derive(Parser)]
struct Arguments {
    /// On the display of this session until the window is closed, or as a tour on a display of its own
    #[arg(value_enum)]
    how: How,
    /// The folder for the demo's home and for the tour's pictures
    #[arg(long, default_value = "target/demo")]
    folder: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum How {
    /// For a person to use
    Shown,
    /// Step by step, with a picture of each
    Guided,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.how {
        How::Shown => shown::run(&arguments.folder),
        How::Guided => guided(&arguments.folder),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(target_os = "linux")]
fn guided(folder: &std::path::Path) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(sidelight_tests::HarnessError::io("start the tour"))?;
    runtime.block_on(guided::run(folder))
}

#[cfg(not(target_os = "linux"))]
fn guided(_folder: &std::path::Path) -> Outcome {
    Err(sidelight_tests::HarnessError::missing("tour on this system: it needs Xvfb, which is on Linux only"))
}
