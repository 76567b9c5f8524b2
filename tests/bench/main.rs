//! The bench: how long and how much, for Sidelight and for its peers, in one run on one machine.
//!
//! `cargo xtask bench` builds the programs as a release has them, but for WebDriver, and calls it. It prints a
//! table and writes JSON to `target/bench`. A new measurement is a function in its own file and a line in `MEASUREMENTS`.

#[cfg(target_os = "linux")]
mod asleep;
#[cfg(target_os = "linux")]
mod copies;
#[cfg(target_os = "linux")]
mod downloads;
#[cfg(target_os = "linux")]
mod eye;
#[cfg(target_os = "linux")]
mod fixtures;
#[cfg(target_os = "linux")]
mod in_the_app;
#[cfg(target_os = "linux")]
mod memory_use;
#[cfg(target_os = "linux")]
mod mint;
#[cfg(target_os = "linux")]
mod minter;
#[cfg(target_os = "linux")]
mod registry;
#[cfg(target_os = "linux")]
mod report;
#[cfg(target_os = "linux")]
mod start_up;
#[cfg(target_os = "linux")]
mod switcher;
#[cfg(target_os = "linux")]
mod targets;
#[cfg(target_os = "linux")]
mod timing;
#[cfg(target_os = "linux")]
mod ways_in;
#[cfg(target_os = "linux")]
mod window;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

/// Measures Sidelight and its peers
#[derive(Parser)]
struct Arguments {
    /// Fewer runs and profiles: enough to see whether a measurement works
    #[arg(long)]
    quick: bool,
    /// The folder for the JSON files
    #[arg(long, default_value = "target/bench")]
    folder: PathBuf,
    /// Only measurements whose name holds one of these words
    names: Vec<String>,
}

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    let Arguments { quick, folder, names } = Arguments::parse();
    match registry::run(&registry::Plan { quick }, &folder, &names) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    let Arguments { .. } = Arguments::parse();
    eprintln!("The bench needs Xvfb and /proc, which are on Linux only");
    ExitCode::FAILURE
}
