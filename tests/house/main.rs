//! The house: the architecture and the habits of this project, read from its sources.
//!
//! Each rule is a function from text to the list of what breaks it, tried on a planted violation and
//! then on the checkout. A new rule is a new file, or a function in the file of its kind; what the
//! rule is for stands in ARCHITECTURE.md or CONTRIBUTING.md.

mod dependencies;
mod direction;
mod documents;
mod error_codes;
mod files;
mod habits;
mod layout;
mod manifest;
mod paths;
mod secrets;
mod sources;
mod webview_safety;

/// Fails with all violations at once, one a line.
#[track_caller]
fn holds(violations: &[String]) {
    assert!(violations.is_empty(), "\n{}\n", violations.join("\n"));
}

/// Fails where a planted violation is not seen, or is called something else.
#[track_caller]
fn sees(violations: &[String], words: &str) {
    assert!(violations.iter().any(|violation| violation.contains(words)), "{words:?} is not in {violations:?}");
}
