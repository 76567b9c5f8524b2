//! Where the programs under test are: beside the program that asks, or where SIDELIGHT_BIN_DIR says.
//!
//! It builds nothing: a test that finds no program says which one.

use std::path::PathBuf;

use crate::error::{HarnessError, Outcome};

/// The path of one of the workspace's programs: `sidelight`, `side` or `sidelight-demo`.
///
/// # Errors
/// [`HarnessError::NotBuilt`] when it is not there.
pub fn binary(program: &'static str) -> Outcome<PathBuf> {
    let folder = folder()?;
    let path = folder.join(format!("{program}{}", std::env::consts::EXE_SUFFIX));
    if path.is_file() { Ok(path) } else { Err(HarnessError::NotBuilt { program, folder }) }
}

/// The folder the programs of one build lie in, such as `target/debug`.
///
/// # Errors
/// [`HarnessError::Io`] when the system does not tell where this program lies.
pub fn folder() -> Outcome<PathBuf> {
    if let Some(folder) = std::env::var_os("SIDELIGHT_BIN_DIR") {
        return Ok(PathBuf::from(folder));
    }
    let own = std::env::current_exe().map_err(HarnessError::io("find the running program"))?;
    let beside = own.parent().unwrap_or(&own);
    // Cargo puts test binaries one folder deeper than the programs.
    let up = beside.ends_with("deps").then(|| beside.parent()).flatten();
    Ok(up.unwrap_or(beside).to_owned())
}

/// The workspace's root, as it was when this was built.
pub fn workspace() -> PathBuf {
    let package = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    package.parent().map(PathBuf::from).unwrap_or(package)
}
