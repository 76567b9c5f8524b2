//! The rules of signing in, among fakes.

use super::*;
use crate::app::event::{BookOutcome, PageEvent, Wish};
use crate::app::fakes::{Fake, Tried, draft, full, profile};
use crate::domain::book::{Book, BookChange};
use crate::domain::profile::AwsAccountId;
use crate::domain::secret::SecretId;
use crate::domain::workspace::Busy;

const ADMIN: &str = "arn:aws:iam::111122223333:role/Admin";

const CONSOLE: &str = "https://eu-central-1.console.aws.amazon.com/console/home";

fn at(url: &str) -> PageEvent {
    PageEvent::At(url::Url::parse(url).expect("the case is a URL"))
}

async fn signed_in(fake: &Fake, profile: &Profile) -> Result<SignedIn, Error> {
    let partition = Book::default().partition(&profile.partition).expect("aws is built in");
    let destination = destination(profile, &partition, &Target::default())?;
    fake.with(|fake| fake.secrets.insert(SecretId::AccessKey(profile.id.clone()), "secret".to_owned()));
    sign_in(&fake.world(), &Book::default(), profile, Access::Full, &destination).await
}

fn hours(session: &Session) -> i64 {
    session.ends_at.duration_since(session.started_at).as_secs() / 3_600
}

#[tokio::test(start_paused = true)]
async fn a_role_gets_twelve_hours_in_one_call_and_asks_the_endpoint_for_them() -> Result<(), Error> {
    let fake = Fake::default();
    let signed_in = signed_in(&fake, &profile("acme", Some(ADMIN))).await?;
    assert_eq!(fake.said(), ["AssumeRole for 12 h", "getSigninToken with 12 h"]);
    assert_eq!((hours(&signed_in.session), signed_in.session.end), (12, SessionEnd::ConsoleMaximum));
    assert_eq!(signed_in.session.identity.short(), "role/Admin");
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_role_that_allows_less_is_asked_for_less_and_says_so() -> Result<(), Error> {
    let fake = Fake::default();
    fake.with(|fake| fake.role_maximum = Some(14_400));
    let signed_in = signed_in(&fake, &profile("acme", Some(ADMIN))).await?;
    assert_eq!(
        fake.said(),
        ["AssumeRole for 12 h", "AssumeRole for 8 h", "AssumeRole for 4 h", "getSigninToken with 4 h"]
    );
    assert_eq!((hours(&signed_in.session), signed_in.session.end), (4, SessionEnd::RoleMaximum));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_refused_length_is_tried_once_without_and_the_session_ends_with_the_credentials() -> Result<(), Error> {
    let fake = Fake::default();
    fake.with(|fake| fake.refuses_length = true);
    let signed_in = signed_in(&fake, &profile("acme", Some(ADMIN))).await?;
    assert_eq!(fake.said(), ["AssumeRole for 12 h", "getSigninToken with 12 h", "getSigninToken with no length"]);
    assert_eq!(signed_in.session.end, SessionEnd::CredentialsEnd);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn without_a_role_the_policy_goes_along_and_no_length_is_sent() -> Result<(), Error> {
    let fake = Fake::default();
    let signed_in = signed_in(&fake, &profile("acme", None)).await?;
    assert_eq!(
        fake.said(),
        [
            "GetFederationToken with arn:aws:iam::aws:policy/AdministratorAccess for 12 h",
            "getSigninToken with no length"
        ]
    );
    assert_eq!(hours(&signed_in.session), 12);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_root_users_key_gets_an_hour_and_says_so() -> Result<(), Error> {
    let fake = Fake::default();
    fake.with(|fake| fake.key_maximum = Some(3_600));
    let root = profile("acme", None);
    let signed_in = signed_in(&fake, &root).await?;
    assert_eq!((hours(&signed_in.session), signed_in.session.end), (1, SessionEnd::CredentialsEnd));
    assert_eq!(test(&fake.world(), &Book::default(), &root).await?.up_to, SessionDuration::HOUR);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn an_asked_for_length_is_kept() -> Result<(), Error> {
    let fake = Fake::default();
    let draft = crate::domain::draft::ProfileDraft {
        role_arn: ADMIN.to_owned(),
        duration: Some(SessionDuration::parse("2h")?),
        ..draft("acme")
    };
    let profile = draft.finish(ProfileId::parse("acme")?, &Book::default())?;
    let signed_in = signed_in(&fake, &profile).await?;
    assert_eq!((hours(&signed_in.session), signed_in.session.end), (2, SessionEnd::AskedFor));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn another_account_is_refused_before_a_link_is_minted() -> Result<(), Error> {
    let fake = Fake::default();
    fake.with(|fake| fake.answers_for = Some("999900001111"));
    let refused = signed_in(&fake, &profile("acme", Some(ADMIN))).await.err().map(|error| error.cause);
    assert_eq!(
        refused,
        Some(Cause::WrongAccount {
            expected: AwsAccountId::parse("111122223333")?,
            found: AwsAccountId::parse("999900001111")?,
        })
    );
    assert_eq!(fake.said(), ["AssumeRole for 12 h"]);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_locked_keychain_stops_it_before_aws_is_asked() {
    let fake = Fake::default();
    fake.with(|fake| fake.vault_fails = Some(Cause::KeychainLocked));
    let refused = signed_in(&fake, &profile("acme", Some(ADMIN))).await.err().map(|error| error.cause);
    assert_eq!(refused, Some(Cause::KeychainLocked));
    assert!(fake.said().is_empty());
}

#[tokio::test(start_paused = true)]
async fn one_link_serves_all_tabs_that_wait_and_a_later_one_needs_none() {
    let (mut tried, acme) = Tried::with_profile().await;
    for service in ["s3", "ec2"] {
        let target = Target { service: Some(service.to_owned()), ..Target::default() };
        tried.handle(Wish::OpenTab { profile: acme.clone(), target, reply: None }.into());
    }
    tried.settle().await;
    let said = tried.fake.said();
    assert_eq!(said.iter().filter(|said| *said == "tab enters by link").count(), 1, "{said:?}");
    assert!(!said.iter().any(|said| said.starts_with("tab goes")), "{said:?}");

    let first = tried.state().workspace.tabs()[0].id.clone();
    let sign_in = "https://eu-central-1.signin.aws.amazon.com/federation?Action=login";
    tried.handle(Event::Page(first.clone(), at(sign_in)));
    assert!(tried.fake.said().is_empty(), "the way in is not the console yet");
    tried.handle(Event::Page(first, at(CONSOLE)));
    assert_eq!(tried.fake.said(), ["tab goes to /ec2/home"]);

    tried.handle(Wish::OpenTab { profile: acme, target: Target::default(), reply: None }.into());
    tried.settle().await;
    assert_eq!(tried.fake.said(), ["console of acme opened", "tab goes to /console/home"]);
}

#[tokio::test(start_paused = true)]
async fn closing_the_tab_that_enters_lets_the_next_one_sign_in() {
    let (mut tried, acme) = Tried::with_profile().await;
    for _ in 0..2 {
        tried.handle(Wish::OpenTab { profile: acme.clone(), target: Target::default(), reply: None }.into());
    }
    tried.settle().await;
    let first = tried.state().workspace.tabs()[0].id.clone();
    tried.fake.said();
    tried.handle(Wish::CloseTab(first, None).into());
    tried.settle().await;
    assert!(tried.fake.said().contains(&"tab enters by link".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_failed_sign_in_is_shown_in_the_tab_and_reload_tries_again() {
    let (mut tried, acme) = Tried::with_profile().await;
    tried.fake.with(|fake| fake.sts_fails = Some(Cause::Throttled));
    tried.handle(Wish::OpenTab { profile: acme, target: Target::default(), reply: None }.into());
    tried.settle().await;
    let tab = tried.state().workspace.tabs()[0].clone();
    assert_eq!(tab.state, TabState::Failed(Cause::Throttled.into()));
    assert!(tried.state().notices.is_empty());

    tried.fake.with(|fake| fake.sts_fails = None);
    tried.handle(Wish::With(tab.id, crate::app::event::TabWish::Reload).into());
    tried.settle().await;
    assert_eq!(tried.state().workspace.tabs()[0].state, TabState::Loading);
}

#[tokio::test(start_paused = true)]
async fn a_session_is_warned_of_once_and_ends_at_its_time_and_its_tabs_say_so() {
    let (mut tried, acme) = Tried::with_profile().await;
    tried.handle(Wish::OpenTab { profile: acme.clone(), target: Target::default(), reply: None }.into());
    tried.settle().await;
    let tab = tried.state().workspace.tabs()[0].id.clone();
    tried.handle(Event::Page(tab, at(CONSOLE)));
    tried.fake.said();
    let warns_at = tried.state().next_deadline().expect("a warning is due");
    tried.fake.with(|fake| fake.now = warns_at);
    tried.handle(Event::Tick);
    tried.handle(Event::Tick);
    assert_eq!(tried.fake.said(), ["notified: acme in 10 min"], "once");

    let ends_at = tried.state().next_deadline().expect("a session has an end");
    assert_eq!(ends_at.duration_since(warns_at).as_secs(), 600);
    tried.fake.with(|fake| fake.now = ends_at);
    tried.handle(Event::Tick);
    assert_eq!(tried.state().sessions.get(&full(&acme)), Some(&SessionState::Ended(ends_at)));
    assert_eq!(tried.state().workspace.tabs()[0].state, TabState::Expired);
}

#[tokio::test(start_paused = true)]
async fn a_network_error_ends_no_session_that_has_begun() {
    let (mut tried, acme) = Tried::with_profile().await;
    tried.handle(Wish::OpenTab { profile: acme.clone(), target: Target::default(), reply: None }.into());
    tried.settle().await;
    let tab = tried.state().workspace.tabs()[0].id.clone();
    tried.handle(Event::Page(tab.clone(), at(CONSOLE)));
    let before = tried.state().sessions.get(&full(&acme)).cloned();
    assert!(matches!(before, Some(SessionState::SignedIn(_))), "{before:?}");

    let network = Cause::Network { host: "sts".to_owned() };
    tried.fake.with(|fake| fake.sts_fails = Some(network.clone()));
    tried.handle(Wish::TestProfile(acme.clone()).into());
    let url = url::Url::parse(CONSOLE).expect("the case is a URL");
    tried.handle(Event::Page(tab, PageEvent::LoadFailed(url, network.into())));
    tried.settle().await;
    assert_eq!(tried.state().sessions.get(&full(&acme)).cloned(), before);
}

#[tokio::test(start_paused = true)]
async fn a_test_tells_who_and_how_long_and_notes_the_account() {
    let mut tried = Tried::new();
    let unknown = profile("acme", None);
    let id = unknown.id.clone();
    tried.fake.with(|fake| {
        fake.secrets.insert(SecretId::AccessKey(id.clone()), "secret".to_owned());
        fake.book.apply(crate::domain::book::BookChange::Save(Box::new(unknown))).expect("the book is empty");
    });
    tried.handle(Wish::ReadBook(None).into());
    tried.settle().await;
    tried.handle(Wish::TestProfile(id.clone()).into());
    tried.settle().await;
    let Some(TestState::Passed(tested)) = tried.state().tests.get(&id) else {
        panic!("the test passes");
    };
    assert_eq!(tested.identity.short(), "federated-user/sidelight");
    let noted = tried.fake.with(|fake| fake.book.profiles()[0].account.clone());
    assert_eq!(noted.map(|account| account.to_string()), Some("111122223333".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_tab_that_is_opened_while_its_session_is_renewed_comes_in_with_the_others() {
    let (mut tried, acme) = Tried::with_profile().await;
    let open = |tried: &mut Tried| {
        tried.handle(Wish::OpenTab { profile: acme.clone(), target: Target::default(), reply: None }.into());
    };
    open(&mut tried);
    tried.settle().await;
    let first = tried.state().workspace.tabs()[0].id.clone();
    tried.handle(Event::Page(first.clone(), at(CONSOLE)));
    tried.fake.with(|fake| fake.now += SignedDuration::from_hours(13));
    tried.handle(Event::Tick);
    assert_eq!(tried.state().workspace.tabs()[0].state, TabState::Expired);

    tried.handle(Wish::Renew(acme.clone()).into());
    open(&mut tried);
    tried.settle().await;
    tried.handle(Event::Page(first, at(CONSOLE)));
    let states: Vec<_> = tried.state().workspace.tabs().iter().map(|tab| tab.state.clone()).collect();
    assert_eq!(states, [TabState::Loading, TabState::Loading]);
    assert!(matches!(tried.state().sessions.get(&full(&acme)), Some(SessionState::SignedIn(_))));
}

#[tokio::test(start_paused = true)]
async fn what_was_asked_for_the_profile_as_it_was_says_nothing_of_the_one_that_it_is() {
    let (mut tried, acme) = Tried::with_profile().await;
    tried.handle(Wish::TestProfile(acme.clone()).into());
    let reader = profile("acme", Some("arn:aws:iam::444455556666:role/Reader"));
    tried.fake.with(|fake| fake.book.apply(BookChange::Save(Box::new(reader))).expect("it is in the book"));
    let book = tried.fake.with(|fake| fake.book.clone());
    tried.handle(Event::BookRead { outcome: Ok(BookOutcome::Changed(book)), reply: None });
    tried.settle().await;
    assert!(!matches!(tried.state().tests.get(&acme), Some(TestState::Passed(_))), "it was another account's");
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_does_not_come_in_leaves_the_session_that_pages_still_show() {
    let (mut tried, acme) = Tried::with_profile().await;
    let open = |tried: &mut Tried| {
        tried.handle(Wish::OpenTab { profile: acme.clone(), target: Target::default(), reply: None }.into());
    };
    open(&mut tried);
    open(&mut tried);
    tried.settle().await;
    let tabs: Vec<TabId> = tried.state().workspace.tabs().iter().map(|tab| tab.id.clone()).collect();
    for tab in &tabs {
        for happened in [at(CONSOLE), PageEvent::Loaded] {
            tried.handle(Event::Page(tab.clone(), happened));
        }
    }
    let before = tried.state().sessions.get(&full(&acme)).cloned();
    tried.fake.with(|fake| fake.now += SignedDuration::from_mins(1));
    tried.handle(Wish::Renew(acme.clone()).into());
    for (tab, busy) in [(&tabs[0], None), (&tabs[1], Some(Busy::UnsavedInput))] {
        tried.handle(Event::Page(tab.clone(), PageEvent::MayRest(busy)));
    }
    tried.settle().await;
    assert!(matches!(tried.state().sessions.get(&full(&acme)), Some(SessionState::Entering { .. })));
    tried.handle(Event::Page(tabs[0].clone(), PageEvent::Crashed));
    assert_eq!(tried.state().sessions.get(&full(&acme)).cloned(), before);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_asked_for_behind_the_lock_when_the_tab_that_enters_goes() {
    let (mut tried, acme) = Tried::with_profile().await;
    for _ in 0..2 {
        tried.handle(Wish::OpenTab { profile: acme.clone(), target: Target::default(), reply: None }.into());
    }
    tried.settle().await;
    let tabs: Vec<TabId> = tried.state().workspace.tabs().iter().map(|tab| tab.id.clone()).collect();
    tried.handle(Wish::Lock.into());
    tried.settle().await;
    tried.fake.said();
    tried.handle(Event::Page(tabs[0].clone(), PageEvent::Crashed));
    tried.settle().await;
    assert_eq!(tried.fake.said(), ["console closed"]);
    assert_eq!(tried.state().workspace.tab(&tabs[1]).map(|tab| tab.state.clone()), Some(TabState::Asleep));
}
