//! `cargo xtask regions`: the table of regions, brought up to date by what the AWS CLI goes by.

use std::process::Command;

use crate::error::Outcome;
use crate::{process, python, workspace};

/// Which regions there are is AWS's to say; the places' Japanese names are ours.
pub fn run() -> Outcome {
    python::install()?;
    let root = workspace::root();
    let mut refresh = Command::new(root.join(".venv/bin/python"));
    refresh.arg(root.join("tests/regions/from_botocore.py"));
    process::run(refresh.arg(root.join("src-tauri/core/src/domain/service/regions.rs")))
}
