//! The help teaches: every command says what it does, names its options and shows an example.

use crate::support::{Machine, Outcome};

/// Every command, with words that its help must have.
const COMMANDS: [(&[&str], &[&str]); 20] = [
    (&["ls"], &["--json"]),
    (&["add"], &["access-key"]),
    (
        &["add", "access-key"],
        &[
            "NAME",
            "--access-key-id",
            "--account",
            "--role",
            "--external-id",
            "--session-policy",
            "--duration",
            "--region",
            "--group",
            "--mark",
            "--partition",
            "standard input",
        ],
    ),
    (&["edit"], &["--rename", "--secret", "--role", "--mark"]),
    (&["duplicate"], &["NEW"]),
    (&["move"], &["--group", "--before"]),
    (&["rm"], &["browser data"]),
    (&["test"], &["--json", "session up to"]),
    (&["open"], &["--service", "--region", "--page"]),
    (&["url"], &["--service", "--region", "--page", "--duration", "password"]),
    (&["tabs"], &["--json", "signing-in"]),
    (&["show"], &["TAB"]),
    (&["close"], &["TAB"]),
    (&["downloads"], &["--json", "cancelled"]),
    (&["partition"], &["add", "ls", "rm"]),
    (&["partition", "add"], &["--sts", "--sign-in", "--console", "--s3", "--region"]),
    (&["partition", "ls"], &["--json"]),
    (&["partition", "rm"], &["NAME"]),
    (&["doctor"], &["--json", "keychain", "clock"]),
    (&["completions"], &["bash", "zsh", "fish"]),
];

#[test]
fn the_help_of_every_command_names_its_options_its_exit_codes_and_an_example() -> Outcome {
    let machine = Machine::new()?;
    for (command, words) in COMMANDS {
        let mut arguments = command.to_vec();
        arguments.push("--help");
        let help = machine.side(&arguments)?.exits(0).output;
        for word in words.iter().chain(&["Example", "side "]) {
            assert!(help.contains(word), "{command:?} says nothing of {word}:\n{help}");
        }
        let is_a_family = matches!(command, ["add"] | ["partition"]);
        assert!(is_a_family || help.contains("Exit codes"), "{command:?} says nothing of exit codes");
    }
    Ok(())
}

#[test]
fn the_first_help_shows_the_way_in_and_every_command() -> Outcome {
    let help = Machine::new()?.side(&["--help"])?.exits(0).output;
    for (command, _) in COMMANDS {
        assert!(help.contains(command[0]), "{command:?}");
    }
    assert!(help.contains("Start here") && help.contains("SIDELIGHT_HOME") && help.contains("Exit codes"));
    assert!(!help.contains("identity-center"), "what is not there is not offered");
    Ok(())
}

#[test]
fn no_option_takes_a_secret() -> Outcome {
    let machine = Machine::new()?;
    for option in ["--secret-access-key", "--secret-key", "--password"] {
        let add = ["add", "access-key", "a", "--access-key-id", "AKIAIOSFODNN7EXAMPLE", option, "x"];
        machine.side(&add)?.exits(2).complains("unexpected argument");
    }
    machine.side(&["edit", "a", "--secret=x"])?.exits(2);
    Ok(())
}

#[test]
fn the_version_makes_no_folder() -> Outcome {
    let machine = Machine::new()?;
    let version = machine.side(&["--version"])?.exits(0).output;
    assert_eq!(version, format!("side {}\n", env!("CARGO_PKG_VERSION")));
    assert!(!machine.folder().exists());
    Ok(())
}

#[test]
fn completions_are_printed_for_every_shell() -> Outcome {
    let machine = Machine::new()?;
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = machine.side(&["completions", shell])?.exits(0).output;
        assert!(script.contains("access-key") && script.contains("session-policy"), "{shell}");
    }
    machine.side(&["completions", "word"])?.exits(2);
    Ok(())
}

#[test]
fn every_command_has_a_manual_page() -> Outcome {
    let machine = Machine::new()?;
    assert!(machine.side(&["man"])?.exits(0).output.contains(".TH side"));
    let folder = tempfile::tempdir()?;
    machine.side(&["man".as_ref(), "--into".as_ref(), folder.path().as_os_str()])?.exits(0);
    for page in ["side.1", "side-ls.1", "side-add-access-key.1", "side-partition-add.1"] {
        assert!(folder.path().join(page).is_file(), "{page}");
    }
    Ok(())
}
