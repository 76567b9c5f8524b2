//! `cargo xtask demo`: builds everything and starts the tour of `tests/`, which knows the way.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::Outcome;
use crate::prerequisites::{self, Purpose};
use crate::{building, process, workspace};

/// Shows the app to a person, or walks through it where nobody could see it.
pub fn run(headless: bool) -> Outcome {
    let guided = headless || !has_display();
    if guided && !headless {
        println!("There is no display here, so Sidelight is shown to nobody: it takes a tour on a display of its own.");
    }
    let purposes: &[Purpose] = match guided {
        true => &[Purpose::Build, Purpose::Demo, Purpose::Tour],
        false => &[Purpose::Build, Purpose::Demo],
    };
    prerequisites::install(purposes)?;
    building::programs(&[])?;
    let folder = workspace::root().join("target/demo");
    let how = if guided { "guided" } else { "shown" };
    let tour = workspace::program("debug", "sidelight-tour")?;
    process::run(Command::new(tour).arg(how).arg("--folder").arg(folder))
}

/// Whether somebody can see a window of this session.
fn has_display() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    let value = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let wayland = value("WAYLAND_DISPLAY").zip(value("XDG_RUNTIME_DIR"));
    let has_x11 =
        value("DISPLAY").is_some_and(|display| x11_socket(&display.to_string_lossy()).is_none_or(|at| at.exists()));
    has_x11 || wayland.is_some_and(|(socket, folder)| Path::new(&folder).join(socket).exists())
}

/// Where a display of this machine listens; a shell outlives the display that it was started on. `None` for another
/// machine's, as `ssh -X` has them.
fn x11_socket(display: &str) -> Option<PathBuf> {
    let number = display.strip_prefix("unix").unwrap_or(display).strip_prefix(':')?;
    let number = number.split('.').next()?;
    Some(Path::new("/tmp/.X11-unix").join(format!("X{number}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_display_of_this_machine_listens_at_its_socket() {
        for display in [":99", ":99.0", "unix:99.1"] {
            assert_eq!(x11_socket(display).as_deref(), Some(Path::new("/tmp/.X11-unix/X99")), "{display}");
        }
        assert_eq!(x11_socket("localhost:10.0"), None);
    }
}
