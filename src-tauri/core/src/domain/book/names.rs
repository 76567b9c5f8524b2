//! Which two names are one to the user.

use crate::domain::profile::ProfileName;

/// Names differ by more than their case.
pub(super) fn key(name: &ProfileName) -> String {
    name.as_str().to_lowercase()
}

/// As [`key`] says it, without a copy of names that are plain ASCII: a large import compares millions.
pub(super) fn alike(one: &str, other: &str) -> bool {
    match one.is_ascii() && other.is_ascii() {
        true => one.eq_ignore_ascii_case(other),
        false => one.to_lowercase() == other.to_lowercase(),
    }
}
