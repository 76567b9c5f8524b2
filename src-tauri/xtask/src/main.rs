//! The project's own commands: what a fresh machine needs, how it is built, tried, tested and measured.
//!
//! It starts other programs and does nothing itself: the demo and the bench live in `tests/`. It must
//! compile in seconds on a bare machine, so it uses no other package of the workspace.

mod bench;
mod building;
mod cargo;
mod checking;
mod demo;
mod error;
mod node;
mod prerequisites;
mod process;
mod python;
mod regions;
mod testing;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Builds, tries, tests and measures Sidelight, and installs what that needs
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Open Sidelight on the embedded demo cloud, with three profiles ready to click
    Demo {
        /// Walk through by itself on a display of its own, and save pictures under target/demo
        #[arg(long)]
        headless: bool,
    },
    /// Run all tests, end to end too
    Test {
        /// Leave out the tests that open the app
        #[arg(long)]
        skip_e2e: bool,
        /// Only tests whose names hold one of these words
        filter: Vec<String>,
    },
    /// Everything CI asks: format, lints, documentation, licenses, the UI's types, and all tests
    Check,
    /// Leave the release programs `sidelight` and `side` in target/release
    Build,
    /// Bring the table of regions up to date by botocore's endpoint data, and say what changed
    Regions,
    /// Measure times and memory, beside a boto3 script and Chromium
    Bench {
        /// Fewer runs: enough to see whether a measurement works
        #[arg(long)]
        quick: bool,
        /// Only measurements whose names hold one of these words
        names: Vec<String>,
    },
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Demo { headless } => demo::run(headless),
        Task::Test { skip_e2e, filter } => testing::run(skip_e2e, &filter),
        Task::Check => checking::run(),
        Task::Build => building::run(),
        Task::Regions => regions::run(),
        Task::Bench { quick, names } => bench::run(quick, &names),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(error.exit_code())
        }
    }
}
