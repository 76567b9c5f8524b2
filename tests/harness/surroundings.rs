//! The environment a program is started with: exactly these variables, and a folder for what it prints.
//!
//! Not a machine: it starts nothing. It grows by nothing but what every program must be given.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a test's programs may take over from whoever runs the tests.
const TAKEN_OVER: &[&str] = &["PATH", "LANG", "LC_ALL", "TZ", "RUST_BACKTRACE"];

/// The variables and the log folder of the programs on one machine.
#[derive(Clone, Debug)]
pub struct Surroundings {
    variables: BTreeMap<OsString, OsString>,
    logs: PathBuf,
}

impl Surroundings {
    /// Nothing but what any program needs (PATH and the language); logs go to `logs`.
    pub fn bare(logs: &Path) -> Self {
        let taken = TAKEN_OVER.iter().filter_map(|name| Some((OsString::from(name), std::env::var_os(name)?)));
        Self { variables: taken.collect(), logs: logs.to_owned() }
    }

    /// Everything the user's own session has; for programs shown to a person, and for servers that
    /// are no part of what is tested.
    pub fn of_the_user(logs: &Path) -> Self {
        Self { variables: std::env::vars_os().collect(), logs: logs.to_owned() }
    }

    /// Sets a variable.
    pub fn set(&mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) {
        self.variables.insert(name.as_ref().to_owned(), value.as_ref().to_owned());
    }

    /// Takes a variable away.
    pub fn unset(&mut self, name: impl AsRef<OsStr>) {
        self.variables.remove(name.as_ref());
    }

    /// A variable's value.
    pub fn get(&self, name: impl AsRef<OsStr>) -> Option<&OsStr> {
        self.variables.get(name.as_ref()).map(OsString::as_os_str)
    }

    /// A command that will run with these variables and no others.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(&self.variables);
        command
    }

    /// Where programs' outputs are kept.
    pub fn logs(&self) -> &Path {
        &self.logs
    }
}
