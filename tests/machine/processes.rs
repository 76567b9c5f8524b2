//! Processes end with their handle, also those that they started and left behind.

use std::time::Duration;

use sidelight_tests::desktop::{Desktop, Furnishing};
use sidelight_tests::keyring::KeyringState;
use sidelight_tests::process::family;
use sidelight_tests::{HarnessError, Outcome, memory};

fn bare_machine() -> Outcome<Desktop> {
    Desktop::furnished(Furnishing { display: None, bus: false, keyring: KeyringState::None })
}

#[test]
fn a_program_and_its_children_end_with_its_handle() -> Outcome {
    let desktop = bare_machine()?;
    let mut command = desktop.command("sh");
    command.args(["-c", "tail -f /dev/null & echo ready; wait"]);
    let mut program = desktop.launch("program", command)?;
    let ready = |line: &str| (line == "ready").then_some(());
    program.wait_for_line("the program", Duration::from_secs(10), ready)?;
    assert_eq!(family::living_in(&desktop.home()).len(), 2);
    assert!(memory::of_family(program.id())? > 0);
    program.stop()?;
    no_one_lives_in(&desktop)
}

#[test]
fn a_program_that_broke_away_ends_with_the_machine() -> Outcome {
    let desktop = bare_machine()?;
    let home = desktop.home();
    let mut command = desktop.command("sh");
    command.args(["-c", "setsid tail -f /dev/null & echo ready"]);
    let mut program = desktop.launch("program", command)?;
    program.wait_for_end(Duration::from_secs(10))?;
    sidelight_tests::wait::wait_until("the orphan", Duration::from_secs(10), || {
        // While a process becomes another program, it shows no environment.
        Ok(family::living_in(&home).iter().any(|id| family::name_of(*id) == "tail").then_some(()))
    })?;
    drop(desktop);
    sidelight_tests::wait::wait_until("the orphan's end", Duration::from_secs(10), || {
        Ok(family::living_in(&home).is_empty().then_some(()))
    })
}

#[test]
fn a_program_that_ends_instead_of_getting_ready_is_told_with_its_words() -> Outcome {
    let desktop = bare_machine()?;
    let mut command = desktop.command("sh");
    command.args(["-c", "echo 'no such display' >&2; exit 3"]);
    let mut program = desktop.launch("program", command)?;
    let never = program.wait_for("a window", Duration::from_secs(10), |_| Ok(None::<()>));
    let Err(HarnessError::Ended { output, .. }) = never else {
        panic!("the end was not noticed");
    };
    assert_eq!(output, "no such display\n");
    Ok(())
}

fn no_one_lives_in(desktop: &Desktop) -> Outcome {
    sidelight_tests::wait::wait_until("everything to end", Duration::from_secs(10), || {
        Ok(family::living_in(&desktop.home()).is_empty().then_some(()))
    })
}
