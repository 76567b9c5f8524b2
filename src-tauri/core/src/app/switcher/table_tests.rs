//! What people type and what they mean by it (`table.tsv`), and what else an answer holds.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use super::example::{INDEX, find, line};
use super::{Choice, Context, Deed, Frecency, Language, PartKind, search};
use crate::domain::input::InputError;
use crate::domain::profile::ProfileId;

fn lines(query: &str, frecency: &Frecency) -> Vec<String> {
    find(query, &HashSet::new(), frecency, 20).iter().map(line).collect()
}

#[test]
fn what_people_type_finds_first_what_they_mean() {
    let rows: Vec<(&str, &str)> = include_str!("table.tsv").lines().filter_map(|row| row.split_once('\t')).collect();
    assert!(rows.len() >= 60);
    let wrong: Vec<String> = rows
        .into_iter()
        .filter_map(|(query, expected)| {
            let found = lines(query, &Frecency::default());
            let first = found.first().map_or("nothing", String::as_str);
            (first != expected).then(|| format!("{query}: {expected} was meant, found {found:#?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_service_without_a_profile_is_offered_in_the_others_below() {
    let found = lines("sqs", &Frecency::default());
    assert_eq!(found[0], "SQS @ acme dev, N. Virginia");
    assert!(found.contains(&"SQS @ acme prod, N. Virginia".to_owned()), "{found:#?}");
    assert!(found.contains(&"tab Dead letters | SQS".to_owned()), "{found:#?}");
}

#[test]
fn a_bookmark_is_offered_only_where_it_leads() {
    let offered = |query| -> Vec<String> {
        let found = lines(query, &Frecency::default()).into_iter();
        found.filter(|line| line.starts_with("bookmark")).collect()
    };
    assert_eq!(offered("ledger"), ["bookmark Ledger @ globex-prod", "bookmark Ledger @ globex-stg"]);
    assert_eq!(offered("ledger acme"), [""; 0], "another group's");
    assert_eq!(offered("cleanup acme prod"), ["bookmark Cleanup @ acme prod"]);
    assert_eq!(offered("cleanup emulator"), [""; 0], "its account is not known");
    assert_eq!(offered("nightly emulator"), ["bookmark Nightly report @ emulator"]);
}

#[test]
fn an_empty_query_lists_what_was_chosen_lately_then_tabs_then_profiles() -> Result<(), InputError> {
    let mut frecency = Frecency::default();
    let chosen = find("globex stg sqs", &HashSet::new(), &frecency, 1)[0].what.clone();
    frecency.visit(&chosen, Timestamp::UNIX_EPOCH);
    let gone = Choice::OpenProfile { profile: ProfileId::parse("gone")?, page: None, region: None };
    frecency.visit(&gone, Timestamp::UNIX_EPOCH);
    let found = lines("　", &frecency);
    assert_eq!(found[0], "SQS @ globex-stg, Tokyo");
    assert_eq!(found[1], "tab Dead letters | SQS");
    assert_eq!(found[4], "@ acme prod, N. Virginia");
    assert_eq!(found.len(), 1 + 3 + 13);
    Ok(())
}

#[test]
fn of_two_that_fit_alike_the_one_chosen_lately_comes_first() {
    let mut frecency = Frecency::default();
    let before = lines("globex lambda", &frecency);
    assert_eq!(before[..2], ["Lambda @ globex-stg, Tokyo", "Lambda @ globex-prod, Tokyo"]);
    let production = find("globex-prod lambda", &HashSet::new(), &frecency, 1)[0].what.clone();
    (0..3).for_each(|_| frecency.visit(&production, Timestamp::UNIX_EPOCH));
    let after = lines("globex lambda", &frecency);
    assert_eq!(after[..2], ["Lambda @ globex-prod, Tokyo", "Lambda @ globex-stg, Tokyo"]);
    // Never a worse match before a better one.
    assert_eq!(lines("globex-stg lambda", &frecency)[0], "Lambda @ globex-stg, Tokyo");
    let long_ago = Timestamp::UNIX_EPOCH - SignedDuration::from_hours(24 * 365);
    let mut forgotten = Frecency::default();
    forgotten.visit(&production, long_ago);
    assert_eq!(lines("globex lambda", &forgotten), before);
}

#[test]
fn a_line_says_what_it_is_in_the_callers_language_and_what_matched() {
    let (hidden, frecency) = (HashSet::new(), Frecency::default());
    let context = Context {
        now: Timestamp::UNIX_EPOCH,
        active: None,
        hidden: &hidden,
        frecency: &frecency,
        language: Language::Japanese,
    };
    let found = search(&INDEX, "acme prod subnets osaka", &context, 1).remove(0);
    let parts: Vec<_> = found.title.iter().chain(&found.detail).map(|part| (part.kind, part.text())).collect();
    let expected = [
        (PartKind::Service, "VPC"),
        (PartKind::Page, "サブネット"),
        (PartKind::Profile, "acme prod"),
        (PartKind::Group, "Acme"),
        (PartKind::Account, "111122223333"),
        (PartKind::Region, "大阪"),
    ];
    assert_eq!(parts, expected.map(|(kind, text)| (kind, text.to_owned())));
    let runs: Vec<_> = found.detail[0].runs.iter().map(|run| (run.text.as_str(), run.is_match)).collect();
    assert_eq!(runs, [("acme", true), (" ", false), ("prod", true)]);
    let action = search(&INDEX, "downloads", &context, 1).remove(0);
    assert_eq!(action.title[0].text(), "ダウンロードを表示");
    assert_eq!(action.detail[0].text(), "Ctrl+J");
}

#[test]
fn keys_do_only_what_makes_sense() {
    let first = |query| find(query, &HashSet::new(), &Frecency::default(), 1).remove(0).keys;
    let open = first("acme prod sqs");
    assert_eq!(
        (open.enter, open.shift_enter, open.alt_enter),
        (Deed::Open, Some(Deed::OpenBeside), Some(Deed::OpenReadOnly))
    );
    let tab = first("dead letters");
    assert_eq!((tab.enter, tab.shift_enter, tab.alt_enter), (Deed::Show, Some(Deed::ShowBeside), None));
    let action = first("downloads");
    assert_eq!((action.enter, action.shift_enter, action.alt_enter), (Deed::Act, None, None));
}
