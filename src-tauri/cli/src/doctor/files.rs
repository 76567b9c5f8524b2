//! The files: whether the book can be read and changed, who else can read it, and whether the app
//! runs.

#[cfg(unix)]
#[path = "files/unix.rs"]
mod platform;
#[cfg(windows)]
#[path = "files/windows.rs"]
mod platform;

use std::path::Path;

use sidelight_core::app::ports::{LoadedBook, ProfileBook};
use sidelight_core::control::Request;
use sidelight_core::storage::home::Home;

use super::Check;
use crate::book;
use crate::running_app;

/// What the book holds, if it can be read, and how it and its surroundings are.
pub async fn check(home: &Home) -> (Option<LoadedBook>, Vec<Check>) {
    let path = home.book();
    let loaded = book::file(home).load();
    let mut checks = vec![match &loaded {
        Ok(LoadedBook { warning: Some(warning), .. }) => {
            Check::warning("profiles", warning.to_string(), warning.cause.hint())
        }
        Ok(LoadedBook { read_only: true, .. }) => Check::warning(
            "profiles",
            format!("{} was written by a newer Sidelight: it is shown, not changed", path.display()),
            "Update Sidelight",
        ),
        Ok(loaded) => {
            let count = loaded.book.profiles().len();
            Check::ok("profiles", format!("{count} in {}", path.display()))
        }
        Err(error) => Check::problem("profiles", error.to_string(), error.cause.hint()),
    }];
    checks.extend(open_to_others(&path));
    checks.push(match running_app::ask(home, &Request::Hello).await {
        Ok(Some(_)) => Check::ok("app", "Sidelight runs and answers"),
        Ok(None) => Check::ok("app", "Sidelight does not run"),
        Err(failure) => Check::problem(
            "app",
            failure.detail().unwrap_or_else(|| failure.to_string()),
            failure.hint().unwrap_or_default(),
        ),
    });
    (loaded.ok(), checks)
}

/// The file and its folder are for this user only.
fn open_to_others(path: &Path) -> Option<Check> {
    let open: Vec<String> = [Some(path), path.parent()]
        .into_iter()
        .flatten()
        .filter(|path| platform::is_open_to_others(path))
        .map(|path| path.display().to_string())
        .collect();
    if open.is_empty() {
        return path.exists().then(|| Check::ok("permissions", "The profiles are yours alone"));
    }
    let found = format!("{} can be entered or read by other users of this machine", open.join(" and "));
    Some(Check::warning("permissions", found, format!("chmod go-rwx {}", open.join(" "))))
}
