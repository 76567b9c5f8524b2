//! The corpus of `tests/aws_config` against botocore, the engine of the AWS CLI, in the same run:
//! what it expects is what botocore resolves, but for what is listed with its reason.

use sidelight_tests::binaries::workspace;
use sidelight_tests::emulators::virtual_environment;
use sidelight_tests::{HarnessError, Outcome};

#[test]
fn the_corpus_of_aws_files_is_what_botocore_resolves_but_for_what_is_listed() -> Outcome {
    let corpus = workspace().join("tests/aws_config");
    let mut python = std::process::Command::new(virtual_environment().join("bin/python"));
    python.arg(corpus.join("by_botocore.py")).arg(corpus.join("cases")).arg("--check");
    let output = python.output().map_err(|source| HarnessError::Start { program: "python".to_owned(), source })?;
    let said = String::from_utf8_lossy(&output.stdout);
    let counted = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{counted}");
    assert!(counted.contains("163 cases"), "{counted}");
    Ok(())
}
