//! The table of regions against botocore's endpoint data, which the AWS CLI goes by.

use std::fs;
use std::path::Path;
use std::process::Output;

use sidelight_tests::binaries::workspace;
use sidelight_tests::emulators::virtual_environment;
use sidelight_tests::{HarnessError, Outcome};

const TABLE: &str = "src-tauri/core/src/domain/service/regions.rs";

#[test]
fn every_region_of_aws_is_in_the_table_and_no_other() -> Outcome {
    let checked = refresh(&workspace().join(TABLE), &["--check"])?;
    assert!(checked.status.success(), "cargo xtask regions mends: {}", String::from_utf8_lossy(&checked.stdout));
    Ok(())
}

#[test]
fn a_table_that_is_behind_is_brought_up_to_date() -> Outcome {
    let folder = tempfile::tempdir().map_err(HarnessError::io("make a folder"))?;
    let table = folder.path().join("regions.rs");
    let whole = fs::read_to_string(workspace().join(TABLE)).map_err(HarnessError::io("read the table"))?;
    let behind: Vec<&str> = whole.lines().filter(|line| !line.contains("\"eu-west-2\"")).collect();
    let behind = behind.join("\n").replace("\"us-gov-west-1\"", "\"us-gov-old-1\"");
    fs::write(&table, behind).map_err(HarnessError::io("write the table"))?;
    assert_eq!(refresh(&table, &["--check"])?.status.code(), Some(1));
    let said = String::from_utf8_lossy(&refresh(&table, &[])?.stdout).into_owned();
    for change in ["gone: us-gov-old-1", "new: us-gov-west-1 (US-West)", "new: eu-west-2 (London)"] {
        assert!(said.contains(change), "{change} in: {said}");
    }
    let mended = fs::read_to_string(&table).map_err(HarnessError::io("read the table"))?;
    assert!(mended.contains("    region(\"eu-west-2\", \"London\", \"London\", \"\", \"aws\"),"), "{mended}");
    assert!(refresh(&table, &["--check"])?.status.success());
    Ok(())
}

fn refresh(table: &Path, more: &[&str]) -> Outcome<Output> {
    let mut python = std::process::Command::new(virtual_environment().join("bin/python"));
    python.arg(workspace().join("tests/regions/from_botocore.py")).arg(table).args(more);
    python.output().map_err(|source| HarnessError::Start { program: "python".to_owned(), source })
}
