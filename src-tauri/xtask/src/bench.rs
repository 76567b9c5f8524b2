//! `cargo xtask bench`: builds the programs as a release has them, but for WebDriver, and starts the bench of `tests/`.

use std::process::Command;

use crate::error::Outcome;
use crate::prerequisites::{self, Purpose};
use crate::{building, process, python, workspace};

/// As a release, in a folder of its own.
const PROFILE: &str = "measured";

/// Runs the measurements whose names hold one of `names`, or all.
pub fn run(quick: bool, names: &[String]) -> Outcome {
    prerequisites::install(&[Purpose::Build, Purpose::Demo, Purpose::Tour, Purpose::Bench])?;
    python::install()?;
    building::programs(&["--profile", PROFILE, "--features", "sidelight/automation"])?;
    let mut bench = Command::new(workspace::program(PROFILE, "sidelight-bench")?);
    bench.arg("--folder").arg(workspace::root().join("target/bench"));
    if quick {
        bench.arg("--quick");
    }
    process::run(bench.args(names))
}
