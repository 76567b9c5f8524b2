//! `cargo xtask bench`: builds the release programs and starts the bench of `tests/`.

use std::process::Command;

use crate::error::Outcome;
use crate::prerequisites::{self, Purpose};
use crate::{building, process, python, workspace};

/// Runs the measurements whose names hold one of `names`, or all.
pub fn run(quick: bool, names: &[String]) -> Outcome {
    prerequisites::install(&[Purpose::Build, Purpose::Demo, Purpose::Tour, Purpose::Bench])?;
    python::install()?;
    building::programs(&["--release"])?;
    let mut bench = Command::new(workspace::program("release", "sidelight-bench")?);
    bench.arg("--folder").arg(workspace::root().join("target/bench"));
    if quick {
        bench.arg("--quick");
    }
    process::run(bench.args(names))
}
