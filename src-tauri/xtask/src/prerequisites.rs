//! What a machine must have, and why; who installs it depends on the system.
//!
//! Rust itself is there, or this would not run. npm and Python packages are `node`'s and `python`'s
//! matter. A new need is a line in `NEEDS`.

#[cfg(target_os = "linux")]
mod debian;
#[cfg(target_os = "linux")]
#[path = "prerequisites/linux.rs"]
mod system;
#[cfg(target_os = "macos")]
#[path = "prerequisites/macos.rs"]
mod system;
#[cfg(windows)]
#[path = "prerequisites/windows.rs"]
mod system;

mod node_version;

use crate::error::{Outcome, TaskError};

/// What something is needed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To compile the app.
    Build,
    /// To run the app with a keychain of its own.
    Demo,
    /// To run the app on a display of its own, driven by a program.
    Tour,
    /// To run the tests. Holds all of [`Purpose::Demo`] and [`Purpose::Tour`].
    Test,
    /// To compare with others.
    Bench,
}

/// Sees to it that everything for these purposes is there.
///
/// # Errors
/// [`TaskError::Missing`] with what the user must install, or what an installer failed with.
pub fn install(purposes: &[Purpose]) -> Outcome {
    let mut wanted = purposes.to_vec();
    if purposes.contains(&Purpose::Test) {
        wanted.extend([Purpose::Demo, Purpose::Tour]);
    }
    system::install(&wanted)
}

/// Fails with what is missing, if anything is.
fn all_there(list: Vec<String>) -> Outcome {
    if list.is_empty() { Ok(()) } else { Err(TaskError::Missing { list }) }
}
