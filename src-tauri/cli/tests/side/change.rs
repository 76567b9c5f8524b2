//! Changes of the book, and what is refused before anything is asked or written.

use std::fs;

use crate::support::{Machine, Outcome, book_of};

const ADD: [&str; 5] = ["add", "access-key", "acme", "--access-key-id", "AKIAIOSFODNN7EXAMPLE"];

fn with(options: &[&'static str]) -> Vec<&'static str> {
    [&ADD[..], options].concat()
}

#[test]
fn an_option_that_does_not_fit_is_named_before_the_secret_is_asked_for() -> Outcome {
    let machine = Machine::new()?;
    machine.write_book(&book_of(1))?;
    let before = fs::read(machine.book())?;
    let role = "arn:aws:iam::111122223333:role/Admin";
    for (call, words, hint) in [
        (with(&["--account", "1234"]), "The account is not of the form", "--account"),
        (with(&["--role", "Admin"]), "The role is not of the form", "--role"),
        (with(&["--role", role, "--account", "999900001111"]), "The account belongs to another", "--account"),
        (with(&["--external-id", "x1"]), "The role must not be empty", "--role"),
        (with(&["--region", "EU"]), "The region is not of the form", "--region"),
        (with(&["--partition", "mine"]), "The partition is not known", "side partition ls"),
        (with(&["--duration", "13h"]), "The duration is outside", "--duration"),
        (with(&["--mark", "much too long for a mark"]), "The mark is too long", "--mark"),
        (with(&["--session-policy", "x"]), "The session policy is not of the form", "--session-policy"),
        (vec!["add", "access-key", " ", "--access-key-id", "AKIAIOSFODNN7EXAMPLE"], "The name must not", "NAME"),
        (vec!["add", "access-key", "PROFILE 0", "--access-key-id", "AKIAIOSFODNN7EXAMPLE"], "is taken", "side ls"),
        (
            vec!["add", "access-key", "a", "--access-key-id", "ASIAIOSFODNN7EXAMPLE"],
            "The access key id",
            "--access-key-id",
        ),
        (vec!["edit", "profile 0", "--session-policy", "x"], "without a role", "--role ''"),
        (vec!["edit", "profile 0"], "Nothing to change", "side edit --help"),
        (vec!["url", "profile 0", "--service", "s4"], "The service is not known", "short name"),
        (vec!["url", "profile 0", "--page", "https://evil.example/"], "The page belongs to another", "--page"),
        (vec!["url", "profile 0", "--duration", "1m"], "The duration is outside", "--duration"),
        (vec!["open", "profile 0", "--region", "!"], "The region is not of the form", "--region"),
    ] {
        machine.side(&call)?.exits(2).complains(words).complains("hint: ").complains(hint);
    }
    machine.side(&with(&["--role", role, "--session-policy", "x"]))?.exits(2).complains("cannot be used with");
    machine.side(&ADD)?.exits(2).complains("The secret access key must not be empty");
    assert_eq!(fs::read(machine.book())?, before);
    Ok(())
}

#[test]
fn a_profile_that_is_not_there_is_exit_code_3_everywhere() -> Outcome {
    let machine = Machine::new()?;
    for call in [
        &["rm", "nobody"][..],
        &["test", "nobody"],
        &["url", "nobody"],
        &["open", "nobody"],
        &["edit", "nobody", "--mark", "x"],
        &["duplicate", "nobody", "somebody"],
        &["move", "nobody", "--group", "x"],
    ] {
        machine.side(call)?.exits(3).complains("There is no profile \"nobody\"").complains("hint: `side ls`");
    }
    machine.side(&["partition", "rm", "nothing"])?.exits(3).complains("own partition");
    Ok(())
}

#[test]
fn an_edit_changes_what_is_given_and_an_empty_word_takes_away() -> Outcome {
    let machine = Machine::new()?;
    machine.write_book(&book_of(2))?;
    machine
        .side(&["edit", "p0", "--rename", "acme", "--mark", "", "--duration", "1h", "--region", "eu-west-1"])?
        .exits(0);
    let json = machine.side(&["ls", "--json"])?.json()?;
    let acme = json.as_array().into_iter().flatten().find(|line| line["id"] == "p0").cloned().unwrap_or_default();
    assert_eq!(
        [&acme["name"], &acme["region"], &acme["group"], &acme["duration_seconds"], &acme["mark"]],
        [&"acme".into(), &"eu-west-1".into(), &"group 0".into(), &3600.into(), &serde_json::Value::Null]
    );
    let federated = ["edit", "acme", "--role", "", "--session-policy", "arn:aws:iam::aws:policy/ReadOnlyAccess"];
    machine.side(&federated)?.exits(2).complains("cannot be used with");
    machine.side(&["edit", "acme", "--role", ""])?.exits(0);
    machine.side(&federated[..2].iter().chain(&federated[4..]).collect::<Vec<_>>())?.exits(0);
    let json = machine.side(&["ls", "--json"])?.json()?;
    assert_eq!(json[0]["session_policy"], "arn:aws:iam::aws:policy/ReadOnlyAccess");
    machine.side(&["edit", "acme", "--access-key-id", "AKIAI44QH8DHBEXAMPLE"])?.exits(0).complains("--secret");
    Ok(())
}

#[test]
fn a_profile_moves_before_another_and_joins_its_group() -> Outcome {
    let machine = Machine::new()?;
    machine.write_book(&book_of(3))?;
    machine.side(&["edit", "p0", "--group", "first"])?.exits(0);
    machine.side(&["move", "p2", "--before", "p0"])?.exits(0);
    let order = |machine: &Machine| -> Result<Vec<String>, Box<dyn std::error::Error>> {
        let json = machine.side(&["ls", "--json"])?.exits(0).json()?;
        let lines = json.as_array().into_iter().flatten();
        Ok(lines.map(|line| format!("{} {}", line["id"].as_str().unwrap_or("?"), line["group"])).collect())
    };
    let found = order(&machine)?;
    assert!(found.windows(2).any(|pair| pair == ["p2 \"first\"", "p0 \"first\""]), "{found:?}");
    machine.side(&["move", "p2", "--group", ""])?.exits(0);
    assert!(order(&machine)?.contains(&"p2 null".to_owned()));
    machine.side(&["move", "p2", "--group", "other", "--before", "p0"])?.exits(2).complains("not in that group");
    machine.side(&["move", "p2"])?.exits(2);
    Ok(())
}

#[test]
fn a_partition_is_added_replaced_and_not_removed_while_it_is_used() -> Outcome {
    let machine = Machine::new()?;
    let add = |host: &'static str| ["partition", "add", "demo", "--sts", host, "--sign-in", host, "--console", host];
    machine.side(&add("http://127.0.0.1:1"))?.exits(0);
    machine.side(&add("https://sts.example"))?.exits(0);
    assert_eq!(machine.side(&["partition", "ls", "--json"])?.json()?[4]["sts"], "https://sts.example/");
    machine.side(&add("http://10.0.0.1"))?.exits(2).complains("must be https").complains("--console");
    let text = fs::read_to_string(machine.book())?;
    let profile = book_of(1).replace("schema = 1\n", "").replace("partition = \"aws\"", "partition = \"demo\"");
    machine.write_book(&text.replace("# end of the book\n", &profile))?;
    machine.side(&["partition", "rm", "demo"])?.exits(2).complains("still used by a profile");
    machine
        .side(&[
            "partition",
            "add",
            "aws",
            "--sts",
            "https://a.b",
            "--sign-in",
            "https://a.b",
            "--console",
            "https://a.b",
        ])?
        .exits(2)
        .complains("The partition is taken");
    Ok(())
}
