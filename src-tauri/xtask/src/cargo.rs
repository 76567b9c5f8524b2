//! Cargo, called with one set of packages and features, so that nothing is built twice.

use std::process::Command;

use crate::{process, workspace};

/// Cargo itself, in the workspace's root: the very one that started this program.
pub fn command() -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(workspace::root());
    // They describe this package, and would be taken for another's by build scripts.
    for variable in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME", "CARGO_PKG_VERSION"] {
        command.env_remove(variable);
    }
    command
}

/// Whether a subcommand such as `nextest` is installed.
pub fn has(subcommand: &str) -> bool {
    process::answer(command().args([subcommand, "--version"])).is_some()
}
