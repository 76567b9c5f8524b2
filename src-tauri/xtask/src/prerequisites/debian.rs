//! Debian and Ubuntu: packages by apt, with sudo where needed, without a question.

use std::process::Command;

use super::all_there;
use super::node_version;
use super::system::Need;
use crate::error::Outcome;
use crate::process::{answer, find, run};

/// Whether this system has apt and dpkg.
pub fn is_here() -> bool {
    find("apt-get").is_some() && find("dpkg-query").is_some()
}

/// Installs the packages that are missing, and says which and why.
pub fn install(wanted: &[&Need]) -> Outcome {
    let mut missing: Vec<(&str, &str, bool)> = Vec::new();
    for need in wanted {
        let listed = missing.iter().any(|(package, ..)| *package == need.package);
        if !listed && !is_installed(need.package) {
            missing.push((need.package, need.why, need.optional));
        }
    }
    let node_is_there = node_version::is_there();
    if missing.is_empty() && node_is_there {
        return Ok(());
    }
    // Without a network the lists that are there must do; installing will say so if not.
    let _stale = run(&mut apt_get(&["update"]));
    if !node_is_there {
        if !candidate("nodejs").is_some_and(|version| node_version::is_new_enough(&version)) {
            return all_there(vec![format!("{} (this system's own is too old)", node_version::HOW_TO_GET_IT)]);
        }
        missing.push(("nodejs", "builds the window's UI", false));
        missing.push(("npm", "fetches the packages of the UI", false));
    }
    missing.retain(|&(package, why, optional)| {
        let offered = !optional || candidate(package).is_some();
        println!("{} {package}: {why}", if offered { "Installing" } else { "Not to be had here, left out:" });
        offered
    });
    if missing.is_empty() {
        return Ok(());
    }
    let mut command = apt_get(&["install", "--yes", "--no-install-recommends"]);
    run(command.args(missing.iter().map(|(package, ..)| package)))
}

fn is_installed(package: &str) -> bool {
    let query = answer(Command::new("dpkg-query").args(["--show", "--showformat=${db:Status-Status} ", package]));
    query.is_some_and(|states| states.split_whitespace().any(|state| state == "installed"))
}

/// The version that apt would install.
fn candidate(package: &str) -> Option<String> {
    let policy = answer(Command::new("apt-cache").args(["policy", package]).env("LC_ALL", "C"))?;
    let version = policy.lines().find_map(|line| line.trim().strip_prefix("Candidate: "))?;
    (version != "(none)").then(|| version.to_owned())
}

/// apt-get as root. sudo drops the environment, so the settings go through `env`.
fn apt_get(arguments: &[&str]) -> Command {
    let is_root = answer(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    let mut command = Command::new(if is_root { "env" } else { "sudo" });
    if !is_root {
        command.arg("env");
    }
    // A desktop that updates itself holds the lock for a while after its start.
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", "-oDPkg::Lock::Timeout=300"]).args(arguments);
    command
}
