//! How rules and guards are kept in the book's file, through `ProfileBook`.

mod storage_support;

use std::fs;

use sidelight_core::app::ports::ProfileBook;
use sidelight_core::domain::book::BookChange;
use sidelight_core::domain::guard::{Guards, IdleMinutes};
use sidelight_core::domain::input::InputError;
use sidelight_core::domain::mark::{Colour, Look, MarkWord, Shape};
use sidelight_core::domain::profile::Profile;
use sidelight_core::domain::rule::{Condition, Rule, Subject, ready_made};
use storage_support::{Tested, book_in, is_damaged_and_says_where, profile, save};

fn rule(on: Subject, pattern: &str, word: &str, look: Option<Look>, guards: Guards) -> Result<Rule, InputError> {
    Rule::new(Condition::parse(on, pattern)?, MarkWord::parse(word)?, look, guards)
}

fn every_guard() -> Result<Guards, InputError> {
    Ok(Guards {
        confirm_open: true,
        read_only: true,
        type_name: true,
        cover_after: Some(IdleMinutes::new(15)?),
        confirm_linked: true,
    })
}

#[test]
fn rules_and_guards_are_readable_and_come_back_as_they_were() -> Tested {
    let folder = tempfile::tempdir()?;
    let book = book_in(folder.path())?;
    let violet = Look::new(Colour::Violet, Shape::Diamond)?;
    let rules = vec![
        rule(Subject::Name, "prod, \"本番\", !non prod", "PROD", None, every_guard()?)?,
        rule(Subject::Role, "admin*", "ADMIN", None, Guards::NONE)?,
        rule(Subject::Page, "*.acme.example", "ADMIN", Some(violet), Guards::NONE)?,
    ];
    book.apply(BookChange::SetRules(rules.clone()))?;
    book.apply(save(Profile { guards: Some(Guards::NONE), ..profile("a1", "acme prod")? }))?;
    let text = fs::read_to_string(folder.path().join("profiles.toml"))?;
    let (_, text) = text.split_once("schema = 1\n").ok_or("no schema")?;
    assert_eq!(
        text,
        r#"
[[rule]]
on = "name"
pattern = 'prod, "本番", !non prod'
word = "PROD"
guards = { confirm_open = true, read_only = true, type_name = true, confirm_linked = true, cover_after_minutes = 15 }

[[rule]]
on = "role"
pattern = "admin*"
word = "ADMIN"

[[rule]]
on = "page"
pattern = "*.acme.example"
word = "ADMIN"
colour = "violet"
shape = "diamond"

[[profile]]
id = "a1"
name = "acme prod"
partition = "aws"
region = "us-east-1"
guards = {}
[profile.access_key]
id = "AKIAIOSFODNN7EXAMPLE"
session_policy = "arn:aws:iam::aws:policy/AdministratorAccess"

# end of the book
"#
    );
    let loaded = book_in(folder.path())?.load()?;
    assert_eq!((loaded.warning, loaded.book.own_rules()), (None, rules.as_slice()));
    assert_eq!(loaded.book.profiles()[0].guards, Some(Guards::NONE));

    let copied = book.apply(BookChange::SetRules(ready_made().to_vec()))?;
    assert_eq!(copied.own_rules(), ready_made(), "the ready-made ones are where own ones begin");
    let bare = book.apply(BookChange::SetRules(Vec::new()))?;
    assert_eq!(bare.rules(), ready_made());
    let own = Profile { guards: Some(every_guard()?), ..profile("a1", "acme prod")? };
    assert_eq!(book.apply(save(own))?.profiles()[0].guards, Some(every_guard()?));
    let without = book.apply(save(profile("a1", "acme prod")?))?;
    assert_eq!(without.profiles()[0].guards, None);
    let text = fs::read_to_string(folder.path().join("profiles.toml"))?;
    assert!(!text.contains("rule") && !text.contains("guards"), "{text}");
    Ok(())
}

const BY_HAND: &str = r#"schema = 1

# production first
[[rule]]
pattern = 'prod' # not products
on = "name"
word = "PROD"
mine = 1
[rule.guards]
# never without asking
confirm_open = true
cover_after_minutes = 1_0

# then the rest
[[rule]]
on = "account"
pattern = "1111*"
word = "EU"

[[profile]]
id = "a"
name = "a"
partition = "aws"
region = "us-east-1"
guards = { read_only = true, mine = 2 }
[profile.access_key]
id = "AKIAIOSFODNN7EXAMPLE"
session_policy = "arn:aws:iam::aws:policy/ReadOnlyAccess"

# end of the book
"#;

#[test]
fn rules_written_by_hand_keep_their_comments_and_keys_and_move_with_them() -> Tested {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("profiles.toml");
    fs::write(&file, BY_HAND)?;
    let book = book_in(folder.path())?;
    let loaded = book.load()?;
    assert_eq!(loaded.warning, None);
    let mut rules = loaded.book.own_rules().to_vec();
    let guards = Guards { confirm_open: true, cover_after: Some(IdleMinutes::new(10)?), ..Guards::NONE };
    assert_eq!(rules[0].guards(), guards);
    assert_eq!(loaded.book.profiles()[0].guards, Some(Guards { read_only: true, ..Guards::NONE }));

    book.apply(BookChange::SetRules(rules.clone()))?;
    assert_eq!(fs::read_to_string(&file)?, BY_HAND, "what says the same stays as it is");

    rules.reverse();
    book.apply(BookChange::SetRules(rules))?;
    let after = fs::read_to_string(&file)?;
    for kept in BY_HAND.lines().filter(|line| !line.is_empty()) {
        assert!(after.lines().any(|line| line == kept), "{kept} is gone\n{after}");
    }
    let place = |words: &str| after.find(words).ok_or(format!("{words} is gone"));
    assert!(place("# then the rest")? < place("# production first")?, "{after}");
    assert!(place("# production first")? < place("# never without asking")?, "{after}");
    Ok(())
}

#[test]
fn a_rule_that_cannot_be_is_a_damaged_file_that_says_where() -> Tested {
    for (change, words) in [
        (("'prod' #", "'!prod' #"), "the pattern"),
        (("on = \"name\"", "on = \"weather\""), "weather"),
        (("mine = 1", "colour = \"red\"\nshape = \"circle\""), "red octagon"),
        (("mine = 1", "colour = \"mauve\"\nshape = \"circle\""), "the colour and shape is not known"),
        (("mine = 1", "colour = \"red\""), "the colour and shape"),
        (("1_0", "0"), "the minutes until the cover"),
        (("read_only = true", "read_only = 1"), "boolean"),
    ] {
        is_damaged_and_says_where(BY_HAND, change, words)?;
    }
    Ok(())
}
