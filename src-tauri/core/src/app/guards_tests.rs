//! Guards in the running loop, among fakes.

use super::*;
use crate::app::error::Cause;
use crate::app::event::{Event, PageEvent, Target, Wish};
use crate::app::fakes::{Tried, profile};
use crate::domain::book::BookChange;
use crate::domain::guard::IdleMinutes;
use crate::domain::profile::{Group, ProfileName};
use crate::domain::secret::SecretId;
use crate::domain::session::Access;

/// One profile, `acme prod`, with these guards.
async fn guarded(guards: Guards) -> Tried {
    let mut tried = Tried::new();
    tried.fake.with(|fake| {
        let profile = profile("acme", Some("arn:aws:iam::111122223333:role/Admin"));
        let name = ProfileName::parse("acme prod").expect("a name");
        let profile = Profile { name, guards: Some(guards), ..profile };
        fake.secrets.insert(SecretId::AccessKey(profile.id.clone()), "secret".to_owned());
        fake.book.apply(BookChange::Save(Box::new(profile))).expect("the book is empty");
    });
    tried.handle(Wish::ReadBook(None).into());
    tried.settle().await;
    tried
}

async fn open(tried: &mut Tried, access: Option<Access>) -> TabId {
    let profile = ProfileId::parse("acme").expect("an id");
    let target = Target { access, ..Target::default() };
    tried.handle(Wish::OpenTab { profile, target, reply: None }.into());
    tried.settle().await;
    tried.state().workspace.active().expect("it shows").id.clone()
}

fn state(tried: &Tried, tab: &TabId) -> TabState<Error> {
    tried.state().workspace.tab(tab).expect("the tab is there").state.clone()
}

async fn confirm(tried: &mut Tried, tab: &TabId, name: Option<&str>) -> Result<(), Error> {
    let (reply, answer) = tokio::sync::oneshot::channel();
    let name = name.map(ToOwned::to_owned);
    tried.handle(Wish::ConfirmOpen { tab: tab.clone(), name, reply: Some(reply) }.into());
    tried.settle().await;
    answer.await.expect("an answer comes")
}

#[tokio::test(start_paused = true)]
async fn a_profile_that_asks_first_reaches_nothing_before_the_yes() {
    let mut tried = guarded(Guards { confirm_open: true, ..Guards::NONE }).await;
    let tab = open(&mut tried, None).await;
    assert_eq!(state(&tried, &tab), TabState::Held(Asked::Confirmation));
    assert!(tried.fake.said().is_empty(), "neither keychain nor AWS nor a webview");
    confirm(&mut tried, &tab, None).await.expect("a yes is enough");
    assert_eq!(state(&tried, &tab), TabState::Loading);
    let second = open(&mut tried, None).await;
    assert_ne!(state(&tried, &second), TabState::Held(Asked::Confirmation), "it is asked once for a session");
}

#[tokio::test(start_paused = true)]
async fn full_rights_need_the_name_and_read_only_is_the_default() {
    let mut tried = guarded(Guards { read_only: true, type_name: true, ..Guards::NONE }).await;
    let looking = open(&mut tried, None).await;
    assert_eq!(tried.state().workspace.tab(&looking).map(|tab| tab.store.access), Some(Access::ReadOnly));
    assert_eq!(state(&tried, &looking), TabState::Loading);

    let full = open(&mut tried, Some(Access::Full)).await;
    assert_eq!(state(&tried, &full), TabState::Held(Asked::Name));
    for wrong in [None, Some("acme"), Some("ACME PROD")] {
        assert!(confirm(&mut tried, &full, wrong).await.is_err(), "{wrong:?}");
        assert_eq!(state(&tried, &full), TabState::Held(Asked::Name));
    }
    confirm(&mut tried, &full, Some("acme prod")).await.expect("the name is right");
    assert_eq!(state(&tried, &full), TabState::Loading);
}

#[tokio::test(start_paused = true)]
async fn a_held_tab_can_be_opened_read_only_instead_without_another_question() {
    let mut tried = guarded(Guards { confirm_open: true, type_name: true, ..Guards::NONE }).await;
    let tab = open(&mut tried, None).await;
    assert_eq!(state(&tried, &tab), TabState::Held(Asked::Name));
    tried.handle(Wish::With(tab.clone(), crate::app::event::TabWish::WithRights(Access::ReadOnly)).into());
    tried.settle().await;
    assert_eq!(state(&tried, &tab), TabState::Loading);
    assert_eq!(tried.state().workspace.tabs().len(), 1);
    assert!(tried.fake.said().contains(&"console of acme (read-only) opened".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_tab_held_after_its_session_ended_takes_no_webview_of_the_other_store_along() {
    let mut tried = guarded(Guards { type_name: true, ..Guards::NONE }).await;
    let tab = open(&mut tried, None).await;
    confirm(&mut tried, &tab, Some("acme prod")).await.expect("the name is right");
    let url = url::Url::parse("https://eu-central-1.console.aws.amazon.com/console/home").expect("a URL");
    tried.handle(Event::Page(tab.clone(), PageEvent::At(url)));
    for due in ["a warning", "the end"] {
        let at = tried.state().next_deadline().expect(due);
        tried.fake.with(|fake| fake.now = at);
        tried.handle(Event::Tick);
    }
    tried.handle(Wish::With(tab.clone(), crate::app::event::TabWish::Reload).into());
    assert_eq!(state(&tried, &tab), TabState::Held(Asked::Name), "the yes was for the session that ended");
    tried.fake.said();
    tried.handle(Wish::With(tab, crate::app::event::TabWish::WithRights(Access::ReadOnly)).into());
    assert_eq!(tried.fake.said()[..2], ["console closed", "console of acme (read-only) opened"]);
}

#[tokio::test(start_paused = true)]
async fn an_untouched_page_is_covered_until_it_is_shown_again() {
    let minutes = IdleMinutes::new(10).expect("minutes");
    let mut tried = guarded(Guards { cover_after: Some(minutes), ..Guards::NONE }).await;
    let tab = open(&mut tried, None).await;
    let url = url::Url::parse("https://eu-central-1.console.aws.amazon.com/console/home").expect("a URL");
    tried.handle(Event::Page(tab.clone(), PageEvent::At(url)));
    assert_eq!(tried.shown(), std::slice::from_ref(&tab));

    let due = tried.state().next_deadline().expect("a cover is due");
    tried.fake.with(|fake| fake.now = due);
    tried.handle(Event::Tick);
    assert_eq!(tried.shown(), []);
    tried.handle(Wish::With(tab.clone(), crate::app::event::TabWish::Uncover).into());
    assert_eq!(tried.shown(), std::slice::from_ref(&tab));

    tried.fake.with(|fake| fake.now += SignedDuration::from_mins(9));
    tried.handle(Event::Touched);
    tried.fake.with(|fake| fake.now += SignedDuration::from_mins(9));
    tried.handle(Event::Tick);
    assert_eq!(tried.shown(), [tab], "a hand on the keyboard keeps it uncovered");
}

#[tokio::test(start_paused = true)]
async fn while_the_screen_is_shared_other_clients_neither_show_nor_are_found() {
    let mut tried = guarded(Guards::NONE).await;
    let other = ProfileId::parse("other").expect("an id");
    tried.fake.with(|fake| {
        let profile = profile("other", Some("arn:aws:iam::444455556666:role/Admin"));
        let profile = Profile { group: Group::parse("Borealis").ok(), ..profile };
        fake.book.apply(BookChange::Save(Box::new(profile))).expect("the names differ");
    });
    tried.handle(Wish::ReadBook(None).into());
    tried.settle().await;
    let tab = open(&mut tried, None).await;
    let url = url::Url::parse("https://eu-central-1.console.aws.amazon.com/console/home").expect("a URL");
    tried.handle(Event::Page(tab.clone(), PageEvent::At(url)));
    tried.handle(Wish::Drawer(crate::app::event::DrawerWish::Switcher).into());
    tried.handle(Wish::Drawer(crate::app::event::DrawerWish::Search("other".to_owned())).into());
    let finds_other = |tried: &Tried| match &tried.state().drawer {
        Some(crate::app::drawer::Drawer::Switcher(switching)) => switching
            .offers
            .iter()
            .any(|offer| offer.found.what.profile() == Some(&ProfileId::parse("other").expect("an id"))),
        _ => false,
    };
    assert!(finds_other(&tried));
    tried.handle(Wish::ShareScreen(true).into());
    assert!(!finds_other(&tried), "what is open already shows it no more");
    assert!(tried.state().is_hidden(&other) && !tried.state().is_hidden(&ProfileId::parse("acme").expect("an id")));
    assert_eq!(tried.shown(), [tab]);

    tried.handle(Wish::Drawer(crate::app::event::DrawerWish::Switcher).into());
    tried.handle(Wish::Drawer(crate::app::event::DrawerWish::Search("other".to_owned())).into());
    let Some(crate::app::drawer::Drawer::Switcher(switching)) = &tried.state().drawer else {
        panic!("the drawer is open");
    };
    let finds_it = |offer: &crate::app::drawer::Offer| offer.found.what.profile() == Some(&other);
    assert!(!switching.offers.iter().any(finds_it));
    tried.handle(Wish::ShareScreen(false).into());
    assert!(!tried.state().is_hidden(&other));
}

#[tokio::test(start_paused = true)]
async fn a_session_that_is_over_is_not_renewed_without_its_word() {
    let mut tried = guarded(Guards { type_name: true, ..Guards::NONE }).await;
    let tab = open(&mut tried, None).await;
    confirm(&mut tried, &tab, Some("acme prod")).await.expect("the name is right");
    let url = url::Url::parse("https://eu-central-1.console.aws.amazon.com/console/home").expect("a URL");
    tried.handle(Event::Page(tab.clone(), PageEvent::At(url)));
    tried.fake.with(|fake| fake.now += SignedDuration::from_hours(13));
    tried.handle(Event::Tick);
    assert_eq!(state(&tried, &tab), TabState::Expired);
    tried.fake.said();
    tried.handle(Wish::Renew(ProfileId::parse("acme").expect("an id")).into());
    tried.settle().await;
    assert_eq!(state(&tried, &tab), TabState::Held(Asked::Name));
    assert!(tried.fake.said().is_empty(), "neither keychain nor AWS");
    confirm(&mut tried, &tab, Some("acme prod")).await.expect("the name is right");
    assert_eq!(state(&tried, &tab), TabState::Loading);
}

#[tokio::test(start_paused = true)]
async fn a_word_for_a_sign_in_that_failed_is_asked_for_again() {
    let mut tried = guarded(Guards { confirm_open: true, ..Guards::NONE }).await;
    tried.fake.with(|fake| fake.vault_fails = Some(Cause::KeychainDenied));
    let tab = open(&mut tried, None).await;
    confirm(&mut tried, &tab, None).await.expect("a yes is enough");
    assert!(matches!(state(&tried, &tab), TabState::Failed(_)));
    tried.fake.with(|fake| fake.vault_fails = None);
    let later = open(&mut tried, None).await;
    assert_eq!(state(&tried, &later), TabState::Held(Asked::Confirmation));
}
