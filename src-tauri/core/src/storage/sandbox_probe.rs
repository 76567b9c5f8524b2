//! Whether WebKit's process sandbox can be built on this machine, and what is in its way.
//!
//! Asked by the app before it turns the sandbox on, and by `side doctor`. Linux only: elsewhere
//! the web engine brings its own. Source: WebKitGTK, `BubblewrapLauncher.cpp`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What keeps the sandbox from being built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SandboxProblem {
    /// A program is not installed.
    Missing(&'static str),
    /// The accessibility bus's folder is not there and cannot be made; WebKit would abort.
    NoAccessibilityFolder(PathBuf),
    /// The kernel or a container forbids user namespaces.
    NoUserNamespaces,
}

/// The first problem found; `None` where the sandbox can be built.
#[must_use]
pub fn problem() -> Option<SandboxProblem> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    missing_program().or_else(missing_folder).or_else(forbidden_namespaces)
}

fn missing_program() -> Option<SandboxProblem> {
    ["bwrap", "xdg-dbus-proxy"].into_iter().find(|program| !is_installed(program)).map(SandboxProblem::Missing)
}

fn is_installed(program: &str) -> bool {
    let folders = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&folders).any(|folder| folder.join(program).is_file())
}

/// The sandbox's bus proxy shares this folder, which a session without assistive technology lacks: it is made here.
fn missing_folder() -> Option<SandboxProblem> {
    env::var_os("DBUS_SESSION_BUS_ADDRESS")?;
    let runtime = env::var_os("XDG_RUNTIME_DIR")?;
    let folder = Path::new(&runtime).join("at-spi");
    let is_there = folder.is_dir() || fs::create_dir(&folder).is_ok() || folder.is_dir();
    (!is_there).then_some(SandboxProblem::NoAccessibilityFolder(folder))
}

fn forbidden_namespaces() -> Option<SandboxProblem> {
    let tried = Command::new("bwrap")
        .args(["--unshare-user", "--unshare-pid", "--ro-bind", "/", "/", "true"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    (!tried.is_ok_and(|status| status.success())).then_some(SandboxProblem::NoUserNamespaces)
}
