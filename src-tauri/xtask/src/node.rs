//! The UI: its npm packages from the lock file, its build, its own checks.
//!
//! Work is done only where something has changed since.

use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use crate::error::Outcome;
use crate::process::run;
use crate::workspace::{changed, root};

const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// What is made in `ui/`, or comes from elsewhere, and is no source.
const NO_SOURCES: [&str; 3] = ["node_modules", "dist", "paraglide"];

/// Installs the packages of the lock file, unless they are there.
pub fn install() -> Outcome {
    let ui = root().join("ui");
    let installed = changed(&ui.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= changed(&ui.join("package-lock.json")) {
        return Ok(());
    }
    run(npm().args(["ci", "--no-audit", "--no-fund"]))
}

/// Builds `ui/dist`, which the app embeds, unless it is newer than all sources.
pub fn build() -> Outcome {
    install()?;
    let ui = root().join("ui");
    let built = changed(&ui.join("dist/index.html"));
    if built.is_some() && built >= newest_source(&ui) {
        return Ok(());
    }
    script("build")
}

/// Runs a script of package.json.
pub fn script(name: &str) -> Outcome {
    run(npm().args(["run", "--silent", name]))
}

fn npm() -> Command {
    let mut command = Command::new(NPM);
    command.current_dir(root().join("ui"));
    command
}

fn newest_source(folder: &Path) -> Option<SystemTime> {
    let entries = std::fs::read_dir(folder).ok()?.flatten();
    let sources = entries.filter(|entry| !NO_SOURCES.iter().any(|&name| entry.file_name() == name));
    sources
        .filter_map(|entry| {
            let path = entry.path();
            if path.is_dir() { newest_source(&path) } else { changed(&path) }
        })
        .max()
}

#[cfg(test)]
mod tests {
    use super::{changed, newest_source};

    #[test]
    fn what_is_made_is_no_source() {
        let folder = tempfile::tempdir().expect("a folder");
        let ui = folder.path();
        for made in ["node_modules", "dist", "src/lib/paraglide"] {
            std::fs::create_dir_all(ui.join(made)).expect("a folder");
            std::fs::write(ui.join(made).join("file.js"), "").expect("a file");
        }
        assert_eq!(newest_source(ui), None);
        std::fs::write(ui.join("src/main.ts"), "").expect("a file");
        assert_eq!(newest_source(ui), changed(&ui.join("src/main.ts")));
    }
}
