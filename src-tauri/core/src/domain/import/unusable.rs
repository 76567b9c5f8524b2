//! Why a profile of `~/.aws` gives no credentials.
//!
//! Not where it says so (`storage::aws_config`). Grows with AWS's keys.

use std::fmt;

use crate::domain::input::Problem;

/// Why a profile of the files gives no credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// There is no such profile.
    Unknown,
    /// It describes none.
    Nothing,
    /// Half of what a source needs; which key is missing.
    Incomplete(&'static str),
    /// Its `source_profile` is not there.
    MissingParent(String),
    /// Its `source_profile`s come back to it; the names, in order.
    Cycle(Vec<String>),
    /// `credential_source` of a machine in AWS: nobody's metadata service is asked.
    UnsupportedSource(String),
    /// Two keys that exclude each other, or say different things.
    Contradiction(&'static str),
    /// A key whose value is not of AWS's form.
    Malformed(&'static str),
    /// Sidelight wrote it: its credentials come from here.
    Own,
}

impl Unusable {
    /// What is wrong with the name of such a profile.
    #[must_use]
    pub fn problem(&self) -> Problem {
        match self {
            Self::Unknown => Problem::Unknown,
            Self::Cycle(_) | Self::Own => Problem::Cycle,
            Self::Nothing | Self::Incomplete(_) | Self::MissingParent(_) => Problem::GivesNothing,
            Self::UnsupportedSource(_) => Problem::NotWithSource,
            Self::Contradiction(_) | Self::Malformed(_) => Problem::Malformed,
        }
    }
}

impl fmt::Display for Unusable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => formatter.write_str("there is no such profile"),
            Self::Nothing => formatter.write_str("it describes no credentials"),
            Self::Incomplete(key) => write!(formatter, "{key} is missing"),
            Self::MissingParent(name) => write!(formatter, "its source_profile {name} is not there"),
            Self::Cycle(names) => write!(formatter, "it comes back to itself: {}", names.join(" → ")),
            Self::UnsupportedSource(source) => {
                write!(formatter, "credential_source = {source} works only inside of AWS")
            }
            Self::Contradiction(keys) => write!(formatter, "{keys} contradict each other"),
            Self::Own => formatter.write_str("its credentials come from Sidelight itself"),
            Self::Malformed(key) => write!(formatter, "{key} is not of the form that AWS uses"),
        }
    }
}
