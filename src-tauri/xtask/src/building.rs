//! `cargo xtask build`, and the builds that other tasks need.

use crate::error::Outcome;
use crate::prerequisites::{self, Purpose};
use crate::{cargo, node, process};

/// Leaves the release programs in target/release.
pub fn run() -> Outcome {
    prerequisites::install(&[Purpose::Build])?;
    programs(&["--release"])
}

/// Builds the UI, and all programs but this one, which not every system replaces while it runs.
pub fn programs(options: &[&str]) -> Outcome {
    node::build()?;
    let mut command = cargo::command();
    process::run(command.args(["build", "--workspace", "--exclude", "xtask", "--locked"]).args(options))
}
