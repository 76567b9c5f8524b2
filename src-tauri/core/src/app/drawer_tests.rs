//! The drawer in the running loop, among fakes.

use super::*;
use crate::app::event::PageEvent;
use crate::app::fakes::Tried;

async fn with_switcher(query: &str) -> (Tried, ProfileId) {
    let (mut tried, acme) = Tried::with_profile().await;
    tried.settle().await;
    tried.handle(Wish::Drawer(DrawerWish::Switcher).into());
    tried.handle(Wish::Drawer(DrawerWish::Search(query.to_owned())).into());
    (tried, acme)
}

fn offers(tried: &Tried) -> Vec<String> {
    let Some(Drawer::Switcher(switching)) = &tried.state().drawer else { return Vec::new() };
    let titles = switching.offers.iter();
    titles.map(|offer| offer.found.title.iter().map(switcher::Part::text).collect::<Vec<_>>().join(" ")).collect()
}

#[tokio::test(start_paused = true)]
async fn a_line_opens_profile_page_and_region_at_once() {
    let (mut tried, acme) = with_switcher("acme sqs tokyo").await;
    assert!(!offers(&tried).is_empty());
    tried.handle(Wish::Drawer(DrawerWish::Choose(0, ChosenBy::AltEnter)).into());
    let tab = tried.state().workspace.active().expect("it opens");
    assert_eq!((&tab.store.profile, tab.store.access), (&acme, Access::ReadOnly));
    assert_eq!(tab.page.url.host_str(), Some("ap-northeast-1.console.aws.amazon.com"));
    assert!(tab.page.url.path().starts_with("/sqs/"));
    assert_eq!(tried.state().drawer, None);
}

#[tokio::test(start_paused = true)]
async fn a_pasted_link_offers_the_profiles_that_open_it() {
    let (mut tried, acme) = with_switcher("arn:aws:sqs:eu-west-1:111122223333:orders").await;
    assert_eq!(offers(&tried).len(), 1);
    tried.handle(Wish::Drawer(DrawerWish::Choose(0, ChosenBy::Enter)).into());
    let tab = tried.state().workspace.active().expect("it opens");
    assert_eq!(tab.store.profile, acme);
    assert_eq!(tab.page.url.host_str(), Some("eu-west-1.console.aws.amazon.com"));
}

#[tokio::test(start_paused = true)]
async fn every_action_is_found_by_its_words_and_done() {
    let (mut tried, _) = with_switcher("右に分割").await;
    tried.handle(Wish::Drawer(DrawerWish::Choose(0, ChosenBy::Enter)).into());
    assert_eq!(tried.state().workspace.panes().all().len(), 2);
    for fact in Action::all() {
        tried.handle(Wish::Drawer(DrawerWish::Switcher).into());
        tried.handle(Wish::Drawer(DrawerWish::Search(fact.en.to_owned())).into());
        let found = match &tried.state().drawer {
            Some(Drawer::Switcher(switching)) => switching.offers.clone(),
            _ => Vec::new(),
        };
        let is_it = |offer: &Offer| matches!(&offer.found.what, Choice::Act(id) if id.as_str() == fact.id);
        assert!(found.iter().any(is_it), "{}", fact.en);
    }
}

#[tokio::test(start_paused = true)]
async fn a_line_that_is_not_there_changes_nothing() {
    let (mut tried, _) = with_switcher("acme").await;
    tried.handle(Wish::Drawer(DrawerWish::Choose(99, ChosenBy::Enter)).into());
    assert!(tried.state().drawer.is_some());
    tried.handle(Wish::Drawer(DrawerWish::Hide).into());
    assert_eq!((&tried.state().drawer, tried.state().workspace.tabs().len()), (&None, 0));
}

#[tokio::test(start_paused = true)]
async fn a_text_is_looked_for_in_the_page_and_its_number_is_told() {
    let (mut tried, acme) = Tried::with_profile().await;
    tried.handle(Wish::ShowProfile(acme).into());
    tried.settle().await;
    let tab = tried.state().workspace.tabs()[0].id.clone();
    tried.fake.said();
    tried.handle(Wish::Act(Action::FindInPage).into());
    tried.handle(Wish::Drawer(DrawerWish::FindText("queue".to_owned())).into());
    tried.handle(Wish::Act(Action::FindNext).into());
    tried.handle(Event::Page(tab, PageEvent::Matched(3)));
    assert!(matches!(&tried.state().drawer, Some(Drawer::Find(finding)) if finding.matches == Some(3)));
    tried.handle(Wish::Drawer(DrawerWish::Hide).into());
    assert_eq!(
        tried.fake.said(),
        [
            "Drawer has the keyboard",
            "find \"queue\" Anew",
            "find \"queue\" Next",
            "find \"\" Anew",
            "page has the keyboard"
        ]
    );
}
