//! `side open` where the app does not run: a script beside `side` stands in for its program.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use tokio::runtime::Runtime;

use crate::app::App;
use crate::support::{Machine, Outcome, Printed, book_of};

#[test]
fn an_app_that_is_not_installed_is_told_apart_from_one_that_fails() -> Outcome {
    let machine = Machine::with_program_apart()?;
    machine.write_book(&book_of(1))?;
    machine.side(&["open", "profile 0"])?.exits(1).complains("is not installed").complains("beside `side`");
    write_program(&machine, "exit 3")?;
    machine.side(&["open", "profile 0"])?.exits(1).complains("ended right after its start");
    Ok(())
}

#[test]
fn an_app_that_does_not_run_is_started_in_a_session_of_its_own_and_then_asked() -> Outcome {
    let machine = Machine::with_program_apart()?;
    machine.write_book(&book_of(1))?;
    let note = machine.folder().join("started");
    write_program(
        &machine,
        &format!(
            "read -r id _ _ _ _ session _ < /proc/self/stat\necho $$ $session > {0}.new\n/bin/mv {0}.new {0}\n",
            note.display()
        ),
    )?;
    let (opened, app) = std::thread::scope(|scope| -> Result<(Printed, App), Box<dyn std::error::Error>> {
        let opening = scope.spawn(|| machine.side(&["open", "profile 0"]));
        Runtime::new()?.block_on(async {
            while !note.exists() && !opening.is_finished() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        });
        let app = App::start(&machine)?;
        Ok((opening.join().map_err(|_| "the call ended early")??, app))
    })?;
    opened.exits(0);
    let started = fs::read_to_string(note)?;
    let (process, session) = started.trim().split_once(' ').unwrap_or_default();
    assert_eq!(process, session, "it leads its session");
    assert_eq!(app.asked().len(), 1);
    Ok(())
}

/// A program `sidelight` beside `side`.
fn write_program(machine: &Machine, script: &str) -> std::io::Result<()> {
    let program = machine.beside("sidelight");
    fs::write(&program, format!("#!/bin/sh\n{script}\n"))?;
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755))
}
