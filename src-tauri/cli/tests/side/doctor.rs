//! `side doctor` on a machine where little is there.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::support::{Machine, Outcome, book_of};

/// A partition of this machine at which nobody listens, and a profile in it.
fn unreachable(machine: &Machine) -> Outcome {
    let partition = "[[partition]]\nname = \"demo\"\nsts = \"http://127.0.0.1:9\"\nsign_in = \"http://127.0.0.1:9/f\"\n\
                     consoles = [\"http://127.0.0.1:9\"]\nregions = [\"us-east-1\"]\n";
    let book = book_of(1).replace("partition = \"aws\"", "partition = \"demo\"");
    machine.write_book(&book.replace("# end of the book\n", &format!("{partition}\n# end of the book\n")))?;
    Ok(())
}

#[test]
fn each_check_has_a_verdict_and_each_problem_a_remedy() -> Outcome {
    let machine = Machine::new()?;
    unreachable(&machine)?;
    let json = machine.side(&["doctor", "--json"])?.exits(1).json()?;
    let checks = json.as_array().cloned().unwrap_or_default();
    let verdict = |name: &str| checks.iter().find(|check| check["name"] == name).map(|check| check["verdict"].clone());
    for name in ["profiles", "permissions", "app", "keychain", "web engine", "sandbox", "network", "clock"] {
        assert!(verdict(name).is_some(), "{name} is not looked at: {json}");
    }
    assert_eq!(verdict("profiles"), Some("ok".into()));
    assert_eq!(verdict("keychain"), Some("problem".into()));
    assert_eq!(verdict("network"), Some("problem".into()));
    for check in &checks {
        assert_eq!(check["remedy"].is_null(), check["verdict"] == "ok", "{check}");
    }
    let network = checks.iter().find(|check| check["name"] == "network").cloned().unwrap_or_default();
    assert!(network["found"].as_str().is_some_and(|found| found.contains("127.0.0.1:9")), "{network}");
    Ok(())
}

#[test]
fn the_list_for_people_says_the_same_and_doctor_changes_nothing() -> Outcome {
    let machine = Machine::new()?;
    unreachable(&machine)?;
    let before = fs::read(machine.book())?;
    let printed = machine.side(&["doctor"])?.exits(1);
    assert!(printed.output.contains("problem  keychain    No keychain answers; the secrets"), "{}", printed.output);
    assert!(printed.output.contains("-> Start a keychain"));
    assert_eq!(printed.complaints, "");
    assert_eq!(fs::read(machine.book())?, before);
    Ok(())
}

#[test]
fn a_book_that_others_can_read_is_a_warning() -> Outcome {
    let machine = Machine::new()?;
    unreachable(&machine)?;
    fs::set_permissions(machine.book(), fs::Permissions::from_mode(0o644))?;
    let printed = machine.side(&["doctor"])?;
    assert!(printed.output.contains("warning  permissions"), "{}", printed.output);
    assert!(printed.output.contains("chmod go-rwx"));
    Ok(())
}
