//! Who leaves a session, and why, among fakes.

use super::*;
use crate::app::event::{Event, PageEvent, TabWish, Target, Wish};
use crate::app::fakes::{Tried, profile};
use crate::domain::book::BookChange;
use crate::domain::profile::Region;
use crate::domain::session::Identity;

const ADMIN: &str = "arn:aws:iam::111122223333:role/Admin";
const READER: &str = "arn:aws:iam::111122223333:role/Reader";
const CONSOLE: &str = "https://eu-central-1.console.aws.amazon.com/console/home";
const FEDERATION: &str = "https://eu-central-1.signin.aws.amazon.com/federation";

fn at(url: &str) -> PageEvent {
    PageEvent::At(url::Url::parse(url).expect("the case is a URL"))
}

async fn open(tried: &mut Tried, profile: &ProfileId) -> TabId {
    tried.handle(Wish::OpenTab { profile: profile.clone(), target: Target::default(), reply: None }.into());
    tried.settle().await;
    tried.state().workspace.active().expect("it shows").id.clone()
}

fn states(tried: &Tried) -> Vec<TabState<Error>> {
    tried.state().workspace.tabs().iter().map(|tab| tab.state.clone()).collect()
}

fn sign_out_page_loads(tried: &mut Tried) {
    let leaving: Vec<TabId> = tried.state().signing_out.keys().cloned().collect();
    assert_eq!(leaving.len(), 1);
    leaving.into_iter().for_each(|page| tried.handle(Event::Page(page, PageEvent::Loaded)));
}

fn link_is_refused(tried: &mut Tried, tab: &TabId) {
    let old = Identity::from_arn("arn:aws:sts::444455556666:assumed-role/Admin/sidelight").expect("an ARN");
    for happened in [at(FEDERATION), PageEvent::Loaded, PageEvent::SaysItIs(old)] {
        tried.handle(Event::Page(tab.clone(), happened));
    }
}

#[tokio::test(start_paused = true)]
async fn a_link_that_is_not_taken_signs_the_store_out_and_all_its_tabs_in_anew() {
    let (mut tried, acme) = Tried::with_profile().await;
    let tabs = [open(&mut tried, &acme).await, open(&mut tried, &acme).await];
    link_is_refused(&mut tried, &tabs[0]);
    assert_eq!(states(&tried), [TabState::SigningIn, TabState::SigningIn]);
    tried.fake.said();
    sign_out_page_loads(&mut tried);
    tried.settle().await;
    let said = tried.fake.said();
    assert!(said.iter().any(|said| said.starts_with("getSigninToken")), "{said:?}");
    tried.handle(Event::Page(tabs[0].clone(), at(CONSOLE)));
    assert_eq!(states(&tried), [TabState::Loading, TabState::Loading]);
    assert!(tried.state().refused.is_empty(), "the next sign-in may be mended again");
}

#[tokio::test(start_paused = true)]
async fn a_link_that_is_never_taken_is_the_tabs_failure_and_can_be_tried_again() {
    let (mut tried, acme) = Tried::with_profile().await;
    let tabs = [open(&mut tried, &acme).await, open(&mut tried, &acme).await];
    link_is_refused(&mut tried, &tabs[0]);
    sign_out_page_loads(&mut tried);
    tried.settle().await;
    link_is_refused(&mut tried, &tabs[0]);
    let failed = |state: &TabState<Error>| matches!(state, TabState::Failed(error) if error.cause == Cause::Expired);
    assert!(states(&tried).iter().all(failed), "{:?}", states(&tried));
    tried.handle(Wish::With(tabs[1].clone(), TabWish::Reload).into());
    tried.settle().await;
    tried.handle(Event::Page(tabs[1].clone(), at(CONSOLE)));
    assert_eq!(states(&tried)[1], TabState::Loading);
}

#[tokio::test(start_paused = true)]
async fn a_profile_with_another_role_leaves_its_session_and_one_with_another_region_stays() {
    let (mut tried, acme) = Tried::with_profile().await;
    let tab = open(&mut tried, &acme).await;
    for happened in [at(CONSOLE), PageEvent::Loaded] {
        tried.handle(Event::Page(tab.clone(), happened));
    }
    let named = Profile { region: Region::parse("us-east-1").expect("a region"), ..profile("acme", Some(ADMIN)) };
    for (saved, state) in [(named, TabState::Live), (profile("acme", Some(READER)), TabState::Expired)] {
        tried.fake.with(|fake| fake.book.apply(BookChange::Save(Box::new(saved))).expect("it is in the book"));
        tried.handle(Wish::ReadBook(None).into());
        tried.settle().await;
        assert_eq!(states(&tried), [state]);
    }
    sign_out_page_loads(&mut tried);
}

#[tokio::test(start_paused = true)]
async fn after_a_sign_out_one_sign_in_brings_all_tabs_of_the_profile_back() {
    let (mut tried, acme) = Tried::with_profile().await;
    let tabs = [open(&mut tried, &acme).await, open(&mut tried, &acme).await];
    tabs.iter().for_each(|tab| tried.handle(Event::Page(tab.clone(), at(CONSOLE))));
    tried.handle(Wish::SignOut(Some(acme.clone()), None).into());
    tried.settle().await;
    assert_eq!(states(&tried), [TabState::Expired, TabState::Expired]);
    sign_out_page_loads(&mut tried);

    tried.handle(Wish::With(tabs[1].clone(), TabWish::Reload).into());
    tried.settle().await;
    tried.handle(Event::Page(tabs[1].clone(), at(CONSOLE)));
    assert_eq!(states(&tried)[0], TabState::Asleep, "nobody looks at it yet");
    tried.fake.said();
    tried.handle(Wish::ShowTab(tabs[0].clone(), None).into());
    tried.look_around();
    assert_eq!(tried.fake.said(), ["console of acme opened", "tab goes to /console/home"]);
}
