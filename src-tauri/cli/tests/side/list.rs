//! What is shown of the book: as a table, as JSON, damaged, of a newer Sidelight.

use std::fs;

use crate::support::{Machine, Outcome, book_of};

#[test]
fn an_empty_book_is_an_empty_list_and_a_word_on_how_to_begin() -> Outcome {
    let machine = Machine::new()?;
    let table = machine.side(&["ls"])?.exits(0).complains("side add access-key --help");
    assert_eq!(table.output, "");
    assert_eq!(machine.side(&["ls", "--json"])?.exits(0).output, "[]\n");
    Ok(())
}

#[test]
fn profiles_stand_in_columns_and_as_one_json_document() -> Outcome {
    let machine = Machine::new()?;
    machine.write_book(
        r#"schema = 1

[[profile]]
id = "a"
name = "本番 acme"
group = "Acme"
account = "111122223333"
partition = "aws"
region = "eu-central-1"
mark = "PROD"
[profile.access_key]
id = "AKIAIOSFODNN7EXAMPLE"
role = "arn:aws:iam::111122223333:role/team/Admin"
external_id = "x-1"
duration_seconds = 3600

[[profile]]
id = "b"
name = "other"
partition = "aws"
region = "us-east-1"
[profile.access_key]
id = "AKIAI44QH8DHBEXAMPLE"
session_policy = "arn:aws:iam::aws:policy/AdministratorAccess"

# end of the book
"#,
    )?;
    assert_eq!(
        machine.side(&["ls"])?.exits(0).output,
        "MARK  NAME       GROUP  ACCOUNT       REGION        HOW\n\
         PROD  本番 acme  Acme   111122223333  eu-central-1  role/team/Admin\n\
         -     other      -      -             us-east-1     federation\n"
    );
    let json = machine.side(&["ls", "--json"])?.exits(0).json()?;
    assert_eq!(
        json[0],
        serde_json::json!({
            "id": "a", "name": "本番 acme", "group": "Acme", "account": "111122223333", "partition": "aws",
            "region": "eu-central-1", "mark": "PROD", "source": "access-key",
            "access_key_id": "AKIAIOSFODNN7EXAMPLE", "role": "arn:aws:iam::111122223333:role/team/Admin",
            "external_id": "x-1", "session_policy": null, "duration_seconds": 3600,
        })
    );
    assert!(json[1]["account"].is_null() && json[1]["role"].is_null());
    Ok(())
}

#[test]
fn ten_thousand_profiles_are_listed() -> Outcome {
    let machine = Machine::new()?;
    machine.write_book(&book_of(10_000))?;
    assert_eq!(machine.side(&["ls"])?.exits(0).output.lines().count(), 10_001);
    let json = machine.side(&["ls", "--json"])?.exits(0).json()?;
    assert_eq!(json.as_array().map(Vec::len), Some(10_000));
    Ok(())
}

#[test]
fn partitions_are_listed_and_the_users_own_can_be_told() -> Outcome {
    let machine = Machine::new()?;
    let add = ["partition", "add", "demo", "--sts", "http://127.0.0.1:1", "--sign-in", "http://127.0.0.1:1/federation"];
    let add = [&add[..], &["--console", "http://127.0.0.1:1", "--console", "http://127.0.0.1:2"]].concat();
    machine.side(&add)?.exits(0);
    let json = machine.side(&["partition", "ls", "--json"])?.exits(0).json()?;
    let names: Vec<_> = json.as_array().into_iter().flatten().filter_map(|line| line["name"].as_str()).collect();
    assert_eq!(names, ["aws", "aws-cn", "aws-us-gov", "aws-eusc", "demo"]);
    assert_eq!(
        json[4],
        serde_json::json!({
            "name": "demo", "own": true, "sts": "http://127.0.0.1:1/", "sign_in": "http://127.0.0.1:1/federation",
            "consoles": ["http://127.0.0.1:1/", "http://127.0.0.1:2/"], "s3": null, "regions": ["us-east-1"],
        })
    );
    Ok(())
}

#[test]
fn a_damaged_book_is_told_of_and_set_aside_and_the_last_good_one_is_listed() -> Outcome {
    let machine = Machine::new()?;
    machine.write_book("not = a = book")?;
    fs::write(machine.folder().join("profiles.toml.1"), book_of(2))?;
    let printed = machine.side(&["ls"])?.exits(0).complains("warning: ").complains("hint: ");
    assert_eq!(printed.output.lines().count(), 3);
    assert_eq!(machine.side(&["ls"])?.exits(0).complaints, "");
    let set_aside = fs::read_dir(machine.folder())?.flatten();
    let set_aside = set_aside.filter(|entry| entry.file_name().to_string_lossy().contains("damaged"));
    assert_eq!(
        set_aside.map(|entry| fs::read_to_string(entry.path())).collect::<Result<Vec<_>, _>>()?,
        ["not = a = book"]
    );
    Ok(())
}

#[test]
fn a_newer_sidelights_book_is_shown_and_not_changed() -> Outcome {
    let machine = Machine::new()?;
    let newer = book_of(1).replace("schema = 1", "schema = 3");
    machine.write_book(&newer)?;
    assert_eq!(machine.side(&["ls"])?.exits(0).output.lines().count(), 2);
    for change in
        [&["rm", "profile 0"][..], &["move", "profile 0", "--group", "x"], &["edit", "profile 0", "--mark", "x"]]
    {
        machine.side(change)?.exits(1).complains("newer Sidelight");
    }
    assert_eq!(fs::read_to_string(machine.book())?, newer);
    Ok(())
}
