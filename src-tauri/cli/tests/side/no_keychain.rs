//! What happens without a keychain: nothing is added, nothing leaks, nothing is half done.

use std::fs;

use crate::support::{Machine, Outcome, book_of, files_below};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const ADD: [&str; 5] = ["add", "access-key", "acme", "--access-key-id", "AKIAIOSFODNN7EXAMPLE"];

#[test]
fn without_a_keychain_nothing_is_added_and_the_words_say_so() -> Outcome {
    let machine = Machine::new()?;
    let printed = machine.side_with_input(&ADD, SECRET)?.exits(5).complains("error: No keychain answers");
    let printed = printed.complains("hint: Start a keychain");
    assert_eq!(printed.output, "");
    assert_eq!(machine.side(&["ls", "--json"])?.exits(0).output, "[]\n");
    assert!(!machine.book().exists());
    Ok(())
}

#[test]
fn a_secret_reaches_neither_the_output_nor_a_file() -> Outcome {
    let machine = Machine::new()?;
    machine.write_book(&book_of(1))?;
    let edit = ["edit", "profile 0", "--secret"];
    for call in [&ADD[..], &edit, &[&ADD[..], &["--role", "wrong"]].concat()] {
        let printed = machine.side_with_input(call, SECRET)?;
        assert!(!printed.output.contains(SECRET) && !printed.complaints.contains(SECRET), "{call:?}");
    }
    let two_words = machine.side_with_input(&ADD, "wJalrXUtn FEMI")?.exits(2).complains("The secret access key");
    assert!(!two_words.complaints.contains("wJalr"));
    for file in files_below(&machine.folder())? {
        assert!(!String::from_utf8_lossy(&fs::read(&file)?).contains(SECRET), "{}", file.display());
    }
    Ok(())
}

#[test]
fn a_removal_that_the_keychain_stops_is_told_and_goes_on_later() -> Outcome {
    let machine = Machine::new()?;
    machine.write_book(&book_of(2))?;
    for _ in 0..2 {
        machine.side(&["rm", "profile 0"])?.exits(5).complains("off the list").complains("No keychain answers");
    }
    assert_eq!(machine.side(&["ls"])?.output.lines().count(), 2);
    assert!(fs::read_to_string(machine.book())?.contains("[[removed]]"));
    Ok(())
}
