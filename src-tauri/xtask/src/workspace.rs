//! Where things are in the checkout.

use std::path::{Path, PathBuf};

use crate::error::{Outcome, TaskError};

/// The workspace's root.
pub fn root() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let package = package.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    package.ancestors().nth(2).unwrap_or(&package).to_owned()
}

/// A program of the workspace, built with this profile (`debug`, `release`, `measured`).
///
/// # Errors
/// When the system does not tell where this program lies.
pub fn program(profile: &str, name: &str) -> Outcome<PathBuf> {
    let own = std::env::current_exe().map_err(TaskError::io("find the running program"))?;
    // target/debug/xtask, wherever target is.
    let target = own.ancestors().nth(2).unwrap_or(Path::new("target"));
    Ok(target.join(profile).join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// When a file was last changed; nothing if it is not there.
pub fn changed(file: &Path) -> Option<std::time::SystemTime> {
    file.metadata().and_then(|metadata| metadata.modified()).ok()
}
