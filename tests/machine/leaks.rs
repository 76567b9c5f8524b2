//! The leak check as part of a machine: a leak anywhere on it fails the test that made it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use sidelight_tests::Outcome;
use sidelight_tests::desktop::{Desktop, Furnishing};
use sidelight_tests::keyring::KeyringState;

const SECRET: &str = "a canary that must not get out";

/// Makes a machine, lets `act` leak on it, and gives the words with which the machine's end fails.
fn words_of_the_failure(act: impl FnOnce(&Desktop) -> Outcome) -> Outcome<String> {
    let furnishing = Furnishing { display: None, bus: false, keyring: KeyringState::None };
    let desktop = Desktop::furnished(furnishing)?;
    desktop.leaks().watch("the canary", SECRET);
    act(&desktop)?;
    let end = catch_unwind(AssertUnwindSafe(move || drop(desktop)));
    let panic = end.expect_err("a leak must fail the test");
    let words = panic.downcast_ref::<String>().cloned().unwrap_or_default();
    assert!(!words.contains(SECRET), "the words must not hold the secret");
    Ok(words)
}

#[test]
fn a_secret_in_a_file_is_found() -> Outcome {
    let words = words_of_the_failure(|desktop| {
        let file = desktop.sidelight_home().join("book.toml");
        std::fs::write(file, format!("secret = {SECRET:?}")).expect("the file can be written");
        Ok(())
    })?;
    assert!(words.contains("book.toml"), "{words}");
    Ok(())
}

#[test]
fn a_secret_that_a_program_prints_is_found() -> Outcome {
    let words = words_of_the_failure(|desktop| {
        let mut command = desktop.command("cat");
        command.arg(desktop.home().join(".config/user-dirs.dirs"));
        std::fs::write(desktop.home().join(".config/user-dirs.dirs"), SECRET).expect("the file can be written");
        let mut cat = desktop.launch("cat", command)?;
        cat.wait_for_end(std::time::Duration::from_secs(10)).map(drop)
    })?;
    assert!(words.contains("cat.out"), "{words}");
    Ok(())
}

#[test]
fn a_secret_among_a_programs_arguments_is_found_before_it_ends() -> Outcome {
    let words = words_of_the_failure(|desktop| {
        let mut command = desktop.command("sh");
        command.args(["-c", "echo ready; tail -f /dev/null", SECRET]);
        wait_until_ready(desktop, command)
    })?;
    assert!(words.contains("cmdline of sh"), "{words}");
    Ok(())
}

#[test]
fn a_secret_in_a_programs_environment_is_found() -> Outcome {
    let words = words_of_the_failure(|desktop| {
        let mut command = desktop.command("sh");
        command.args(["-c", "echo ready; tail -f /dev/null"]).env("CANARY", SECRET);
        wait_until_ready(desktop, command)
    })?;
    assert!(words.contains("environ of "), "{words}");
    Ok(())
}

/// Starts it, waits for its word, and ends it.
fn wait_until_ready(desktop: &Desktop, command: std::process::Command) -> Outcome {
    let mut program = desktop.launch("program", command)?;
    program.wait_for_line("the program", std::time::Duration::from_secs(10), |line| (line == "ready").then_some(()))
}

#[test]
fn a_machine_where_nothing_leaked_ends_in_peace() -> Outcome {
    let desktop = Desktop::furnished(Furnishing { display: None, bus: false, keyring: KeyringState::None })?;
    desktop.leaks().watch("the canary", SECRET);
    desktop.leaks().look_at("a message", "nothing of the kind");
    Ok(())
}
