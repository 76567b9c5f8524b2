//! The rules of getting credentials, among fakes.

use jiff::SignedDuration;

use super::*;
use crate::app::fakes::{Fake, draft};
use crate::domain::book::BookChange;
use crate::domain::draft::ProfileDraft;
use crate::domain::source::SourceKind;

const DEVICE: &str = "arn:aws:iam::111122223333:mfa/bob";

fn arn(role: &str) -> String {
    format!("arn:aws:iam::111122223333:role/{role}")
}

fn key(name: &str) -> ProfileDraft {
    draft(name)
}

fn role(name: &str, from: &str) -> ProfileDraft {
    ProfileDraft { source: SourceKind::Role, from: from.to_owned(), role_arn: arn(name), ..draft(name) }
}

fn with_device(draft: ProfileDraft) -> ProfileDraft {
    ProfileDraft { mfa_serial: DEVICE.to_owned(), ..draft }
}

/// A world that keeps these, each under its name as id, with a secret for each key.
fn world(drafts: Vec<ProfileDraft>) -> (Fake, Book) {
    let fake = Fake::default();
    fake.with(|fake| fake.now = "2026-11-23T12:00:00Z".parse().expect("a time"));
    let mut book = Book::default();
    for draft in drafts {
        let id = ProfileId::parse(&draft.name).expect("the case has a plain name");
        fake.with(|fake| fake.secrets.insert(SecretId::AccessKey(id.clone()), "secret".to_owned()));
        let profile = draft.finish(id, &book).expect("the case is a profile");
        book.apply(BookChange::Save(Box::new(profile))).expect("the case fits the book");
    }
    (fake, book)
}

async fn granted(fake: &Fake, book: &Book, name: &str, access: Access) -> Result<Grant, Error> {
    of(&fake.world(), book, book.find(name).expect("the case names a profile"), access, Use::Console).await
}

#[tokio::test(start_paused = true)]
async fn a_chain_is_walked_link_by_link_and_lasts_an_hour() -> Result<(), Error> {
    let (fake, book) = world(vec![key("base"), role("a", "base"), role("b", "a"), role("c", "b")]);
    let grant = granted(&fake, &book, "c", Access::Full).await?;
    assert_eq!(
        fake.said(),
        [
            "AssumeRole of a for 1 h",
            "AssumeRole of b by temporary credentials for 1 h",
            "AssumeRole of c by temporary credentials for 1 h"
        ]
    );
    assert_eq!(
        (grant.duration, grant.end, grant.may_ask_length),
        (SessionDuration::HOUR, SessionEnd::ChainedRole, false)
    );
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn what_was_got_for_one_profile_is_shared_by_all_behind_it_until_shortly_before_its_end() -> Result<(), Error> {
    let (fake, book) = world(vec![key("base"), role("hub", "base"), role("x", "hub"), role("y", "hub")]);
    granted(&fake, &book, "x", Access::Full).await?;
    fake.said();
    granted(&fake, &book, "y", Access::Full).await?;
    assert_eq!(fake.said(), ["AssumeRole of y by temporary credentials for 1 h"]);
    fake.with(|fake| fake.now += jiff::SignedDuration::from_mins(56));
    granted(&fake, &book, "y", Access::Full).await?;
    assert_eq!(fake.said(), ["AssumeRole of hub for 1 h", "AssumeRole of y by temporary credentials for 1 h"]);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn ten_that_come_through_one_link_at_once_ask_for_it_once() -> Result<(), Error> {
    let (fake, book) = world(vec![key("base"), role("hub", "base"), role("x", "hub")]);
    let (world, profile) = (fake.world(), book.find("x").expect("it was saved"));
    let one = || of(&world, &book, profile, Access::Full, Use::Console);
    let (a, b, c) = tokio::join!(one(), one(), one());
    assert!(a.is_ok() && b.is_ok() && c.is_ok());
    assert_eq!(fake.said().iter().filter(|said| said.contains("of hub")).count(), 1);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn read_only_bounds_the_last_role_of_a_chain_and_no_other() -> Result<(), Error> {
    let (fake, book) = world(vec![key("base"), role("a", "base"), role("b", "a")]);
    granted(&fake, &book, "b", Access::ReadOnly).await?;
    let policy = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    assert_eq!(
        fake.said(),
        ["AssumeRole of a for 1 h", &format!("AssumeRole of b with {policy} by temporary credentials for 1 h")]
    );
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_code_goes_into_assume_role_itself_where_that_keeps_twelve_hours() -> Result<(), Error> {
    let (fake, book) = world(vec![key("base"), with_device(role("a", "base"))]);
    fake.with(|fake| fake.codes = vec!["111111"]);
    let grant = granted(&fake, &book, "a", Access::Full).await?;
    let said = fake.said();
    assert!(said.contains(&"AssumeRole of a with code 111111 for 12 h".to_owned()), "{said:?}");
    assert!(grant.may_ask_length);
    // And the next sign-in needs no code.
    granted(&fake, &book, "a", Access::Full).await?;
    assert_eq!(fake.said(), Vec::<String>::new());
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn roles_behind_one_device_ask_for_one_code_together() -> Result<(), Error> {
    let (fake, book) = world(vec![key("base"), with_device(role("a", "base")), with_device(role("b", "base"))]);
    fake.with(|fake| fake.codes = vec!["111111"]);
    granted(&fake, &book, "a", Access::Full).await?;
    granted(&fake, &book, "b", Access::Full).await?;
    let said: Vec<String> = fake.said().into_iter().filter(|said| !said.starts_with("keychain")).collect();
    assert_eq!(
        said,
        [
            "code of bob asked for a: First",
            "GetSessionToken with code 111111 for 12 h",
            "AssumeRole of a by temporary credentials for 1 h",
            "AssumeRole of b by temporary credentials for 1 h"
        ]
    );
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn what_a_code_was_spent_on_is_found_by_another_program_and_forgotten_with_the_sign_out() -> Result<(), Error> {
    let (fake, book) = world(vec![key("base"), with_device(role("a", "base"))]);
    fake.with(|fake| fake.codes = vec!["111111"]);
    granted(&fake, &book, "a", Access::Full).await?;
    fake.with(|fake| fake.kept = Arc::default());
    fake.said();
    granted(&fake, &book, "a", Access::Full).await?;
    assert_eq!(fake.said(), Vec::<String>::new());
    let profile = book.find("a").expect("it was saved").clone();
    forget(&fake.world(), &book, &[profile]).await?;
    let without_code = granted(&fake, &book, "a", Access::Full).await;
    assert_eq!(without_code.map(drop).map_err(|error| error.cause), Err(Cause::MfaNeeded));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_removed_profile_takes_along_what_codes_were_spent_on_for_it_alone() -> Result<(), Error> {
    let sessions = |fake: &Fake| {
        fake.with(|fake| fake.secrets.keys().filter(|secret| matches!(secret, SecretId::Session(_))).count())
    };
    for (others, left) in [(vec![], 0), (vec![with_device(role("b", "base"))], 1)] {
        let (fake, mut book) = world([vec![key("base"), with_device(role("a", "base"))], others].concat());
        fake.with(|fake| fake.codes = vec!["111111"]);
        granted(&fake, &book, "a", Access::Full).await?;
        assert_eq!(sessions(&fake), 1);
        let profile = book.find("a").expect("it was saved").clone();
        book.apply(BookChange::Remove(profile.id.clone(), fake.with(|fake| fake.now)))?;
        forget_removed(&fake.world(), &book, &profile).await?;
        assert_eq!(sessions(&fake), left, "the others' user still has it");
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_code_is_never_sent_twice_and_a_wrong_one_is_asked_for_again() -> Result<(), Error> {
    let (fake, book) = world(vec![key("base"), with_device(role("a", "base"))]);
    fake.with(|fake| {
        fake.codes = vec!["111111", "111111", "222222"];
        fake.refused_codes = vec!["111111"];
    });
    granted(&fake, &book, "a", Access::Full).await?;
    let said: Vec<String> = fake.said().into_iter().filter(|said| !said.starts_with("keychain")).collect();
    assert_eq!(
        said,
        [
            "code of bob asked for a: First",
            "AssumeRole of a with code 111111 for 12 h",
            "code of bob asked for a: Wrong",
            "code of bob asked for a: Reused { until: 2026-11-23T12:00:30Z }",
            "AssumeRole of a with code 222222 for 12 h"
        ]
    );
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_code_that_came_too_late_is_called_late_and_the_next_one_awaited_where_it_is_near() -> Result<(), Error> {
    for (seconds, until) in [(10, "2026-11-23T12:00:35Z"), (34, "2026-11-23T12:01:00Z")] {
        let (fake, book) = world(vec![key("base"), with_device(role("a", "base"))]);
        fake.with(|fake| {
            fake.now += SignedDuration::from_secs(25);
            fake.codes = vec!["111111", "222222"];
            fake.refused_codes = vec!["111111"];
            fake.on_the_way = SignedDuration::from_secs(seconds);
        });
        granted(&fake, &book, "a", Access::Full).await?;
        let asked: Vec<String> = fake.said().into_iter().filter(|said| said.starts_with("code")).collect();
        let late = format!("code of bob asked for a: Late {{ until: {until} }}");
        assert_eq!(asked, ["code of bob asked for a: First".to_owned(), late]);
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_seed_makes_the_codes_by_awss_clock_and_waits_for_the_next_one() -> Result<(), Error> {
    let (fake, book) = world(vec![
        key("base"),
        ProfileDraft { duration: Some(SessionDuration::LONGEST), ..with_device(role("a", "base")) },
        ProfileDraft { duration: Some(SessionDuration::LONGEST), ..with_device(role("b", "base")) },
    ]);
    let device = MfaSerial::parse(DEVICE)?;
    // RFC 6238: 287082 is the code of second 59, 081804 that of 1,111,111,109.
    fake.with(|fake| {
        fake.secrets.insert(SecretId::TotpSeed(device), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".to_owned());
        fake.now = "1970-01-01T00:00:00Z".parse().expect("a time");
        fake.aws_is_ahead = jiff::SignedDuration::from_secs(40);
    });
    granted(&fake, &book, "a", Access::Full).await?;
    let started = tokio::time::Instant::now();
    granted(&fake, &book, "b", Access::Full).await?;
    let sent: Vec<String> = fake.said().into_iter().filter(|said| said.starts_with("AssumeRole")).collect();
    assert_eq!(sent[0], "AssumeRole of a with code 287082 for 12 h");
    assert!(!sent[1].contains("287082"), "{sent:?}");
    assert_eq!(started.elapsed().as_secs(), 20);

    // Another process knows which code was the last one, though not what was got with it.
    fake.with(|fake| {
        fake.kept = Arc::default();
        fake.secrets.retain(|secret, _| !matches!(secret, SecretId::Session(_)));
    });
    granted(&fake, &book, "a", Access::Full).await?;
    let code = |said: &String| said.split("code ").nth(1).and_then(|rest| rest.get(..6)).map(str::to_owned);
    let before: Vec<_> = sent.iter().filter_map(code).collect();
    let later: Vec<_> = fake.said().iter().filter_map(code).collect();
    assert_eq!((before.len(), later.len()), (2, 1));
    assert!(!before.contains(&later[0]), "{later:?} after {before:?}");
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn an_unanswered_prompt_ends_the_sign_in_and_changes_nothing() {
    let (fake, book) = world(vec![key("base"), with_device(role("a", "base"))]);
    let outcome = granted(&fake, &book, "a", Access::Full).await;
    assert_eq!(outcome.map(drop).map_err(|error| error.cause), Err(Cause::MfaNeeded));
    assert_eq!(fake.said(), ["code of bob asked for a: First"]);
}

#[tokio::test(start_paused = true)]
async fn a_role_that_allows_less_than_twelve_hours_costs_a_second_code_and_gets_an_hour() -> Result<(), Error> {
    let (fake, book) = world(vec![key("base"), with_device(role("a", "base"))]);
    fake.with(|fake| {
        fake.codes = vec!["111111", "222222"];
        fake.role_maximum = Some(3_600);
    });
    let grant = granted(&fake, &book, "a", Access::Full).await?;
    assert_eq!((grant.duration, grant.end), (SessionDuration::HOUR, SessionEnd::RoleMaximum));
    let said = fake.said();
    assert!(said.contains(&"code of bob asked for a: Shorter".to_owned()), "{said:?}");

    // Another program finds the hour and asks for no code.
    fake.with(|fake| fake.kept = Arc::default());
    let again = granted(&fake, &book, "a", Access::Full).await?;
    assert_eq!((again.duration, again.end), (SessionDuration::HOUR, SessionEnd::RoleMaximum));
    assert_eq!(fake.said(), Vec::<String>::new());
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_profile_of_the_aws_cli_is_used_as_the_file_says() -> Result<(), Error> {
    let config = ProfileDraft { source: SourceKind::ConfigProfile, config_profile: "acme".to_owned(), ..draft("file") };
    let (fake, book) = world(vec![config, role("a", "file")]);
    let grant = granted(&fake, &book, "file", Access::Full).await?;
    assert_eq!((grant.end, grant.duration.seconds()), (SessionEnd::CredentialsEnd, 7_200));
    assert_eq!(fake.said(), ["Process(\"print-credentials-of acme\") asked", "GetCallerIdentity"]);
    granted(&fake, &book, "a", Access::Full).await?;
    assert!(fake.said().contains(&"AssumeRole of a by temporary credentials for 1 h".to_owned()));
    let read_only = granted(&fake, &book, "file", Access::ReadOnly).await;
    let refused = Cause::Input(InputError::new(Field::ReadOnly, Problem::NotWithSource));
    assert_eq!(read_only.map(drop).map_err(|error| error.cause), Err(refused));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn programs_get_a_users_session_where_no_role_follows() -> Result<(), Error> {
    let (fake, book) = world(vec![key("base")]);
    let profile = book.find("base").expect("it was saved");
    of(&fake.world(), &book, profile, Access::Full, Use::Programs).await?;
    assert_eq!(fake.said(), ["GetSessionToken for 12 h"]);
    Ok(())
}
