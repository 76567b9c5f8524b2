//! The Python tools of the tests (emulators, boto3), in a virtual environment of the checkout.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::error::{Outcome, TaskError};
use crate::process::{answer, run};
use crate::workspace::root;

/// Tried in turn: a version manager's python3 may not work without its own settings.
const PYTHONS: [&str; 2] = ["python3", "/usr/bin/python3"];

/// Makes `.venv` hold exactly what `tests/requirements.txt` says, unless it does already.
pub fn install() -> Outcome {
    // The tests that start them need a whole machine, which they have on Linux only.
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let requirements = root().join("tests/requirements.txt");
    let wanted = fs::read(&requirements).map_err(TaskError::io("read tests/requirements.txt"))?;
    let environment = root().join(".venv");
    // Written last, so an installation that was broken off is begun again.
    let stamp = environment.join("installed-requirements.txt");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    run(Command::new(python()?).args(["-m", "venv", "--clear"]).arg(&environment))?;
    let pip = environment.join("bin/python");
    let quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    run(Command::new(&pip).args(quiet).arg(&requirements))?;
    write(&stamp, &wanted)
}

fn python() -> Outcome<&'static str> {
    let works = |python: &&&str| answer(Command::new(python).args(["-c", "import venv, ensurepip"])).is_some();
    let found = PYTHONS.iter().find(works).copied();
    found.ok_or_else(|| TaskError::Missing {
        list: vec!["Python 3 with venv, for the emulators of the tests: on Debian, python3-venv".to_owned()],
    })
}

fn write(file: &Path, content: &[u8]) -> Outcome {
    fs::write(file, content).map_err(TaskError::io(format!("write {}", file.display())))
}
