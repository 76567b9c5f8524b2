//! `side open` where the app does not run: a script beside `side` stands in for its program.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use crate::app::App;
use crate::support::{Machine, Outcome, Printed, book_of};

#[test]
fn an_app_that_is_not_installed_is_told_apart_from_one_that_fails() -> Outcome {
    let machine = Machine::with_program_apart()?;
    machine.write_book(&book_of(1))?;
    machine.side(&["open", "profile 0"])?.exits(1).complains("is not installed").complains("beside `side`");
    write_program(&machine, "exit 3")?;
    machine.side(&["open", "profile 0"])?.exits(1).complains("ended right after its start");
    write_program(&machine, "exit 1")?;
    machine.side(&["open", "profile 0"])?.exits(1).complains("no display to open a window on").complains("`side url`");
    Ok(())
}

#[test]
fn an_app_that_does_not_run_is_started_in_a_session_of_its_own_and_then_asked() -> Outcome {
    let machine = Machine::with_program_apart()?;
    machine.write_book(&book_of(1))?;
    let pipe = machine.folder().join("started");
    assert!(Command::new("mkfifo").arg(&pipe).status()?.success());
    // Open at both ends: neither the script nor `side` that ends without having started it waits here.
    let told = || File::options().read(true).write(true).open(&pipe);
    let mut started = BufReader::new(told()?).lines();
    write_program(
        &machine,
        &format!("read -r id _ _ _ _ session _ < /proc/self/stat\necho $$ $session > {}\n", pipe.display()),
    )?;
    let (opened, session, app) =
        std::thread::scope(|scope| -> Result<(Printed, String, App), Box<dyn std::error::Error>> {
            let opening = scope.spawn(|| {
                let opened = machine.side(&["open", "profile 0"]);
                told()?.write_all(b"nobody\n")?;
                opened
            });
            let session = started.next().ok_or("the pipe was closed")??;
            let app = App::start(&machine)?;
            Ok((opening.join().map_err(|_| "the call ended early")??, session, app))
        })?;
    opened.exits(0);
    let (process, session) = session.split_once(' ').ok_or("the app was not started")?;
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
