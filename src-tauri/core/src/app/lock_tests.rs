//! The lock in the running loop, among fakes.

use tokio::sync::oneshot;

use super::*;
use crate::app::error::Cause;
use crate::app::event::{PageEvent, TabWish, Target};
use crate::app::fakes::{Tried, draft};
use crate::app::settings::{Minutes, Switch};
use crate::domain::book::BookChange;
use crate::domain::draft::ProfileDraft;
use crate::domain::profile::ProfileId;
use crate::domain::source::SourceKind;
use crate::domain::workspace::TabId;

/// One profile with a console that shows.
async fn at_work() -> (Tried, ProfileId, TabId) {
    let (mut tried, profile) = Tried::with_profile().await;
    tried.handle(Event::Touched);
    tried.handle(Wish::OpenTab { profile: profile.clone(), target: Target::default(), reply: None }.into());
    tried.settle().await;
    let tab = tried.state().workspace.active().expect("it shows").id.clone();
    let url = url::Url::parse("https://eu-central-1.console.aws.amazon.com/console/home").expect("a URL");
    tried.handle(Event::Page(tab.clone(), PageEvent::At(url)));
    assert_eq!(tried.shown(), std::slice::from_ref(&tab));
    tried.fake.said();
    (tried, profile, tab)
}

/// How often a role is assumed to test a profile behind the first one.
async fn tests_deploy(tried: &mut Tried) -> usize {
    let id = ProfileId::parse("deploy").expect("an id");
    let role_arn = "arn:aws:iam::111122223333:role/Deploy".to_owned();
    let draft = ProfileDraft { source: SourceKind::Role, from: "acme".to_owned(), role_arn, ..draft("deploy") };
    tried.fake.with(|fake| {
        let profile = draft.finish(id.clone(), &fake.book).expect("a profile");
        fake.book.apply(BookChange::Save(Box::new(profile))).expect("it fits the book");
    });
    tried.handle(Wish::ReadBook(None).into());
    tried.settle().await;
    tried.handle(Wish::TestProfile(id).into());
    tried.settle().await;
    tried.fake.said().iter().filter(|said| said.starts_with("AssumeRole")).count()
}

fn after(tried: &mut Tried, passed: SignedDuration) {
    tried.fake.with(|fake| fake.now += passed);
    tried.handle(Event::Tick);
}

/// As the loop does it: it looks at the clock every half a minute.
fn awake_for(tried: &mut Tried, minutes: i64) {
    for _ in 0..minutes * 2 {
        after(tried, SignedDuration::from_secs(30));
    }
}

fn why(tried: &Tried) -> Option<LockWhy> {
    tried.state().lock.as_ref().map(|lock| lock.why)
}

#[tokio::test(start_paused = true)]
async fn a_lock_covers_everything_drops_credentials_and_is_opened_by_the_user_alone() {
    let (mut tried, _, tab) = at_work().await;
    assert_eq!(tests_deploy(&mut tried).await, 2, "the role on the way, and the role itself");
    assert_eq!(tests_deploy(&mut tried).await, 1, "what was got on the way serves again");

    tried.handle(Wish::Lock.into());
    tried.settle().await;
    assert_eq!(tried.fake.said(), ["system locked"]);
    assert_eq!((why(&tried), tried.shown()), (Some(LockWhy::Asked), vec![]));
    let seen = tried.state().behind_lock();
    assert!(seen.book.profiles().is_empty() && seen.workspace.tabs().is_empty() && seen.sessions.is_empty());

    tried.fake.with(|fake| fake.is_a_stranger = true);
    tried.handle(Wish::Unlock.into());
    assert!(tried.state().lock.as_ref().is_some_and(|lock| lock.unlocking));
    tried.settle().await;
    let lock = tried.state().lock.as_ref().expect("a stranger does not unlock it");
    assert_eq!(
        (lock.unlocking, lock.error.as_ref().map(|error| error.cause.clone())),
        (false, Some(Cause::KeychainLocked))
    );

    tried.fake.with(|fake| fake.is_a_stranger = false);
    tried.handle(Wish::Unlock.into());
    tried.settle().await;
    assert_eq!((why(&tried), tried.shown()), (None, vec![tab]));
    tried.fake.said();
    assert_eq!(tests_deploy(&mut tried).await, 2, "credentials are got anew");
}

#[tokio::test(start_paused = true)]
async fn what_is_asked_of_a_locked_window_is_refused_but_giving_up_is_not() {
    let (mut tried, profile, tab) = at_work().await;
    tried.handle(Wish::Lock.into());
    tried.settle().await;
    tried.fake.said();

    let (reply, answer) = oneshot::channel();
    let target = Target::default();
    tried.handle(Wish::OpenTab { profile: profile.clone(), target, reply: Some(reply) }.into());
    tried.handle(Wish::With(tab.clone(), TabWish::Reload).into());
    tried.handle(Wish::Renew(profile.clone()).into());
    tried.settle().await;
    let refused = answer.await.expect("an answer comes").map_err(|error| error.cause);
    assert_eq!(refused, Err(Cause::KeychainLocked));
    assert_eq!((tried.state().workspace.tabs().len(), tried.fake.said()), (1, vec![]));

    tried.handle(Wish::SignOut(Some(profile), None).into());
    assert!(tried.state().sessions.is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_untouched_window_is_locked_after_as_long_as_the_settings_say() {
    let (mut tried, ..) = at_work().await;
    awake_for(&mut tried, 60);
    assert_eq!(why(&tried), None, "nobody asked for it");
    tried.handle(Wish::SetLockAfter(Some(Minutes::of(10))).into());
    tried.settle().await;
    let due = tried.state().next_deadline().expect("a lock is due");
    assert_eq!(due.duration_since(tried.fake.with(|fake| fake.now)), SignedDuration::from_mins(10));
    awake_for(&mut tried, 9);
    tried.handle(Event::Touched);
    awake_for(&mut tried, 9);
    assert_eq!(why(&tried), None, "a hand on the keyboard puts it off");
    awake_for(&mut tried, 1);
    assert_eq!(why(&tried), Some(LockWhy::Idle));
}

#[tokio::test(start_paused = true)]
async fn a_night_of_sleep_locks_the_window_and_ends_sessions_without_asking_anybody() {
    let (mut tried, ..) = at_work().await;
    for wish in [Wish::Switch(Switch::LockOnSleep, true), Wish::Switch(Switch::AutoRenew, true)] {
        tried.handle(wish.into());
    }
    tried.settle().await;
    awake_for(&mut tried, 5);
    assert_eq!(why(&tried), None);
    after(&mut tried, SignedDuration::from_hours(9));
    tried.settle().await;
    assert_eq!(why(&tried), Some(LockWhy::Sleep));
    assert_eq!(tried.fake.said(), ["system locked"]);

    after(&mut tried, SignedDuration::from_hours(4));
    tried.settle().await;
    assert_eq!(tried.fake.said(), [] as [&str; 0], "nothing is renewed, and no notification names a client");
    assert!(tried.state().next_deadline().is_none_or(|due| due > tried.fake.with(|fake| fake.now)));
}

#[tokio::test(start_paused = true)]
async fn a_machine_that_says_that_it_will_sleep_waits_until_everything_is_covered() {
    let (mut tried, _, tab) = at_work().await;
    let (done, is_done) = oneshot::channel();
    tried.handle(Event::Sleeps(done));
    assert!(is_done.await.is_err(), "it is let go of");
    assert_eq!(tried.shown(), [tab], "nobody asked for a lock");

    tried.handle(Wish::Switch(Switch::LockOnSleep, true).into());
    tried.settle().await;
    let (done, mut is_done) = oneshot::channel();
    tried.handle(Event::Sleeps(done));
    assert_eq!((why(&tried), tried.shown()), (Some(LockWhy::Sleep), vec![]));
    assert_eq!(is_done.try_recv(), Err(oneshot::error::TryRecvError::Empty), "the window has not done it yet");
    tried.handle(Wish::Covered.into());
    assert_eq!(is_done.try_recv(), Err(oneshot::error::TryRecvError::Closed));
}

#[tokio::test(start_paused = true)]
async fn what_nobody_could_open_again_is_not_locked() {
    let (mut tried, _, tab) = at_work().await;
    tried.fake.with(|fake| fake.vault_fails = Some(Cause::KeychainUnavailable));
    for wish in [Wish::Lock, Wish::SetLockAfter(Some(Minutes::of(10))), Wish::Switch(Switch::LockOnSleep, true)] {
        tried.handle(wish.into());
        tried.settle().await;
    }
    assert_eq!((why(&tried), tried.shown()), (None, vec![tab]));
    assert_eq!((tried.state().settings.lock_after, tried.state().settings.lock_on_sleep), (None, false));
    assert_eq!(tried.state().notices.len(), 1, "and the user is told why");
    tried.handle(Wish::DismissNotice(tried.state().notices[0].id).into());
    for wish in [Wish::SetLockAfter(None), Wish::Switch(Switch::LockOnSleep, false)] {
        tried.handle(wish.into());
        tried.settle().await;
    }
    assert!(tried.state().notices.is_empty(), "what is turned off needs nobody to open it");
}

#[tokio::test(start_paused = true)]
async fn a_locked_window_opens_no_browser_and_asks_the_keychain_nothing() {
    let (mut tried, profile, tab) = at_work().await;
    tried.handle(Wish::RemoveProfile { profile, at_once: false, reply: None }.into());
    tried.settle().await;
    tried.handle(Wish::Lock.into());
    tried.settle().await;
    tried.fake.said();
    let url = url::Url::parse("https://portal.example.com/").expect("a URL");
    tried.handle(Event::Page(tab, PageEvent::WentOutside(url)));
    awake_for(&mut tried, 10);
    tried.handle(Event::Asked(Wish::ReadBook(None)));
    tried.settle().await;
    assert_eq!(tried.fake.said(), [] as [&str; 0]);
    assert!(tried.state().next_deadline().is_none_or(|due| due > tried.fake.with(|fake| fake.now)));
    tried.handle(Wish::Unlock.into());
    tried.settle().await;
    after(&mut tried, SignedDuration::from_secs(30));
    tried.settle().await;
    assert!(tried.fake.said().contains(&"keychain entry removed".to_owned()), "it is forgotten then");
}

#[tokio::test(start_paused = true)]
async fn what_no_hand_did_does_not_put_the_lock_off() {
    let (mut tried, ..) = at_work().await;
    tried.handle(Wish::SetLockAfter(Some(Minutes::of(10))).into());
    tried.settle().await;
    awake_for(&mut tried, 9);
    for wish in [Wish::ReadBook(None), Wish::SleepOthers, Wish::Present] {
        tried.handle(Event::Asked(wish));
    }
    let measure = PaneWish::Measure { width: 800.0, height: 600.0 };
    tried.handle(Wish::Panes(measure).into());
    awake_for(&mut tried, 1);
    assert_eq!(why(&tried), Some(LockWhy::Idle));
}

#[tokio::test(start_paused = true)]
async fn what_a_program_opens_is_not_covered_at_once() {
    let (mut tried, ..) = at_work().await;
    tried.handle(Wish::SetLockAfter(Some(Minutes::of(10))).into());
    tried.settle().await;
    awake_for(&mut tried, 9);
    tried.handle(Event::Asked(Wish::OpenNamed { name: "acme".to_owned(), target: Target::default(), reply: None }));
    awake_for(&mut tried, 9);
    assert_eq!(why(&tried), None);
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_waits_for_its_pages_asks_nobody_behind_the_lock() {
    let (mut tried, profile, tab) = at_work().await;
    tried.handle(Wish::Renew(profile).into());
    tried.handle(Wish::Lock.into());
    tried.settle().await;
    tried.fake.said();
    tried.handle(Event::Page(tab, PageEvent::MayRest(None)));
    tried.settle().await;
    assert_eq!(tried.fake.said(), [] as [&str; 0]);
    assert!(tried.state().renewals.is_empty());
}
