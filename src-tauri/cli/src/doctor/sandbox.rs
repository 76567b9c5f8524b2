//! The sandbox: whether WebKit can put its page processes into one (Linux).

use sidelight_core::storage::sandbox_probe::{SandboxProblem, problem};

use super::Check;

const NAME: &str = "sandbox";

/// How it is; nothing where the web engine brings its own.
pub fn check() -> Option<Check> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    Some(match problem() {
        None => Check::ok(NAME, "Page processes can be put into a sandbox"),
        Some(SandboxProblem::Missing(program)) => Check::problem(
            NAME,
            format!("The program {program} is not installed"),
            format!("Install it, on Debian and Ubuntu: apt install {}", package(program)),
        ),
        Some(SandboxProblem::NoAccessibilityFolder(folder)) => Check::problem(
            NAME,
            format!("{} is missing, which the sandbox must share", folder.display()),
            "Start the accessibility bus (package at-spi2-core), or log in to the desktop anew",
        ),
        Some(SandboxProblem::NoUserNamespaces) => Check::problem(
            NAME,
            "The kernel, or the container around, forbids user namespaces",
            "On Ubuntu allow them for bwrap by an AppArmor profile; in a container allow unprivileged user namespaces",
        ),
    })
}

fn package(program: &str) -> &str {
    if program == "bwrap" { "bubblewrap" } else { program }
}
