//! `cargo xtask check`: what CI runs, in the order in which it fails fastest.

use std::process::Command;

use crate::error::Outcome;
use crate::prerequisites::{self, Purpose};
use crate::process::{find, run as run_command};
use crate::{cargo, node, testing};

/// Runs all checks, the tests last.
pub fn run() -> Outcome {
    prerequisites::install(&[Purpose::Build, Purpose::Test])?;
    run_command(cargo::command().args(["fmt", "--all", "--check"]))?;
    spelling()?;
    licenses()?;
    node::build()?;
    node::script("check")?;
    node::script("lint")?;
    let lints = ["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"];
    run_command(cargo::command().args(lints))?;
    let documentation = ["doc", "--workspace", "--no-deps", "--locked"];
    run_command(cargo::command().args(documentation).env("RUSTDOCFLAGS", "-Dwarnings"))?;
    testing::run(false, &[])
}

fn spelling() -> Outcome {
    if find("typos").is_some() {
        return run_command(Command::new("typos").current_dir(crate::workspace::root()));
    }
    skipped("spelling", "typos-cli");
    Ok(())
}

fn licenses() -> Outcome {
    if cargo::has("deny") {
        return run_command(cargo::command().args(["deny", "--all-features", "check"]));
    }
    skipped("licenses and advisories", "cargo-deny");
    Ok(())
}

fn skipped(what: &str, package: &str) {
    eprintln!("SKIPPED: {what}, since {package} is not installed: cargo install --locked {package}");
}
