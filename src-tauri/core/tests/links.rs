//! Links as people paste them: what each says, the page it leads to, and that page in another account.
//!
//! The rows are `links.tsv` beside this file; its header says what the columns are.

use sidelight_core::domain::draft::PartitionDraft;
use sidelight_core::domain::input::{InputError, Problem};
use sidelight_core::domain::link::{self, AccountName, Link, Loss, Side};
use sidelight_core::domain::partition::Partition;
use sidelight_core::domain::profile::{AwsAccountId, Region};

const ROWS: &str = include_str!("links.tsv");

/// Of whoever pasted the link.
const OWN_ACCOUNT: &str = "111122223333";
const OTHER_ACCOUNT: &str = "444455556666";
const OWN_REGION: &str = "eu-west-1";

fn partitions() -> Vec<Partition> {
    let demo = PartitionDraft {
        name: "demo".to_owned(),
        sts: "http://127.0.0.1:4999/sts".to_owned(),
        sign_in: "http://127.0.0.1:4999/federation".to_owned(),
        consoles: vec!["http://127.0.0.1:4999".to_owned()],
        regions: vec!["us-east-1".to_owned(), "eu-central-1".to_owned()],
        ..PartitionDraft::default()
    };
    let demo = demo.finish().expect("the draft is complete");
    Partition::built_in().chain([Partition::Own(Box::new(demo))]).collect()
}

/// What is found out about a row, in the words of its columns.
struct Found {
    partition: String,
    service: String,
    region: String,
    account: String,
    page: String,
}

fn shown<T: ToString>(value: Option<T>) -> String {
    value.map_or("-".to_owned(), |value| value.to_string())
}

fn problem(error: InputError) -> Found {
    let word = match error.problem {
        Problem::Missing => "missing",
        Problem::Malformed => "malformed",
        Problem::Foreign => "foreign",
        Problem::NotSecure => "not-secure",
        Problem::Unknown => "unknown",
        other => panic!("no row expects {other}"),
    };
    let none = || "-".to_owned();
    Found { partition: none(), service: none(), region: none(), account: none(), page: format!("!{word}") }
}

fn home_of(link: &Link, partitions: &[Partition]) -> Partition {
    let fits = partitions.iter().find(|partition| link.fits(partition, None));
    fits.expect("a link that is understood fits a partition").clone()
}

/// The page for a profile of the row's partition: in its own region where that is AWS's first partition.
fn page_of(link: &Link, partitions: &[Partition], region: &Region) -> Option<url::Url> {
    let home = home_of(link, partitions);
    let default = Region::parse(home.default_region()).expect("a partition has a region");
    link.page_at(&home, if home.name() == "aws" { region } else { &default })
}

fn found(text: &str, partitions: &[Partition]) -> Result<Found, InputError> {
    let link = link::parse(text, partitions)?;
    let region = Region::parse(OWN_REGION)?;
    let account = match &link.role {
        Some(role) => format!("{}/{}", shown(link.account.as_ref()), role.as_str()),
        None => shown(link.account.as_ref()),
    };
    Ok(Found {
        partition: shown(link.partition.as_ref()),
        service: shown(link.service.map(|service| service.id)),
        region: shown(link.region.as_ref()),
        account,
        page: shown(page_of(&link, partitions, &region)),
    })
}

/// Carries a link's page to where a row says, and tells it as `<losses> <url>`.
fn carried(text: &str, to: &str, partitions: &[Partition]) -> Result<String, InputError> {
    let link = link::parse(text, partitions)?;
    let region = Region::parse(OWN_REGION)?;
    let home = home_of(&link, partitions);
    let page = page_of(&link, partitions, &region).expect("a row that is carried has a page");
    let account = match &link.account {
        Some(AccountName::Id(id)) => id.clone(),
        _ => AwsAccountId::parse(OWN_ACCOUNT)?,
    };
    let from = Side::new(&home, Some(&account), &region)?;
    let (name, account) = to.split_once('/').expect("a side is written partition/account");
    let there = partitions.iter().find(|partition| partition.name() == name).expect("the partition is known");
    let account = if account == "?" { None } else { Some(AwsAccountId::parse(account)?) };
    let region = Region::parse(if name == "aws" { OWN_REGION } else { there.default_region() })?;
    let carried = link::carry(&page, &from, &Side::new(there, account.as_ref(), &region)?);
    let losses = carried.losses.iter().map(|loss| match loss {
        Loss::GeneratedId { id } => format!("id:{id}"),
        Loss::UniqueName { name } => format!("unique:{name}"),
        Loss::Account => "account".to_owned(),
        Loss::Region { wanted } => format!("region:{wanted}"),
        Loss::NoConsole => "no-console".to_owned(),
    });
    let losses: Vec<String> = losses.collect();
    let losses = if losses.is_empty() { "exact".to_owned() } else { losses.join(",") };
    Ok(format!("{losses} {}", carried.url))
}

#[test]
fn every_link_of_the_table_says_what_its_row_tells() {
    let partitions = partitions();
    let (mut rows, mut taken_along, mut wrong) = (0, 0, Vec::new());
    for (number, line) in ROWS.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let text = cells[0];
        let found = found(text, &partitions).unwrap_or_else(problem);
        let mut actual = vec![text.to_owned(), found.partition, found.service, found.region, found.account, found.page];
        rows += 1;
        if let Some(to) = cells.get(6) {
            taken_along += 1;
            actual.push((*to).to_owned());
            actual.push(carried(text, to, &partitions).expect("a row that is carried is understood"));
        }
        if actual != cells {
            wrong.push(format!("links.tsv:{} is\n  {}\nbut should be\n  {line}", number + 1, actual.join("\t")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(rows >= 300 && taken_along >= 60, "{rows} rows, {taken_along} of them carried");
}

#[test]
fn no_page_of_the_table_keeps_its_account_or_leaves_the_console_that_it_is_carried_to() {
    let partitions = partitions();
    let region = Region::parse(OWN_REGION).expect("a region");
    let old = AwsAccountId::parse(OWN_ACCOUNT).expect("an account");
    let new = AwsAccountId::parse(OTHER_ACCOUNT).expect("an account");
    for line in ROWS.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let text = line.split('\t').next().unwrap_or_default();
        let Ok(link) = link::parse(text, &partitions) else { continue };
        let home = home_of(&link, &partitions);
        let Some(page) = page_of(&link, &partitions, &region) else { continue };
        let from = Side::new(&home, Some(&old), &region).expect("a side");
        assert_eq!(link::carry(&page, &from, &from).url, page, "to the same side: {text}");
        for there in &partitions {
            let region = Region::parse(there.default_region()).expect("a region");
            let to = Side::new(there, Some(&new), &region).expect("a side");
            let carried = link::carry(&page, &from, &to).url;
            assert!(there.is_console(&carried), "{text} leaves {}: {carried}", there.name());
            assert!(!carried.as_str().contains(OWN_ACCOUNT), "{text} keeps its account: {carried}");
        }
    }
}

#[test]
fn every_link_of_the_table_is_written_so_that_it_is_read_again() {
    let partitions = partitions();
    for line in ROWS.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let text = line.split('\t').next().unwrap_or_default();
        let Ok(link) = link::parse(text, &partitions) else { continue };
        assert_eq!(link::parse(&link.to_string(), &partitions).as_ref(), Ok(&link), "{text} is written {link}");
    }
}
