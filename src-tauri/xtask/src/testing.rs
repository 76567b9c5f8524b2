//! `cargo xtask test`: everything that tests need, and all tests.
//!
//! The last line is the test runner's own summary: nothing is printed after it.

use std::process::Command;

use crate::error::Outcome;
use crate::prerequisites::{self, Purpose};
use crate::process::run as run_command;
use crate::{cargo, node, python};

/// All packages with all their targets: one set of features, whether built or tested.
const EVERYTHING: [&str; 3] = ["--workspace", "--all-targets", "--locked"];

/// Runs the tests whose names hold a word of `filter`, or all; `skip_e2e` leaves out those that open the app.
pub fn run(skip_e2e: bool, filter: &[String]) -> Outcome {
    prerequisites::install(&[Purpose::Build, Purpose::Test])?;
    python::install()?;
    node::build()?;
    node::script("test")?;
    // The tests start programs of other packages, which testing alone would not build.
    run_command(cargo::command().arg("build").args(EVERYTHING))?;
    if cargo::has("nextest") {
        return run_command(&mut with_nextest(skip_e2e, filter));
    }
    eprintln!("cargo-nextest is not installed, so `cargo test` runs the tests");
    if skip_e2e {
        let others = ["test", "--workspace", "--exclude", "sidelight-tests", "--locked"];
        run_command(cargo::command().args(others).arg("--").args(filter))?;
        let machine = ["test", "--package", "sidelight-tests", "--lib", "--test", "machine", "--locked"];
        return run_command(cargo::command().args(machine).arg("--").args(filter));
    }
    run_command(cargo::command().arg("test").args(EVERYTHING).arg("--").args(filter))
}

fn with_nextest(skip_e2e: bool, filter: &[String]) -> Command {
    let mut command = cargo::command();
    command.args(["nextest", "run"]).args(EVERYTHING);
    if skip_e2e {
        command.args(["--filterset", "not (package(sidelight-tests) and binary(app))"]);
    }
    command.arg("--").args(filter);
    command
}
