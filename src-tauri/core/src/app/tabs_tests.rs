//! What the user and the pages do with tabs, among fakes.

use super::*;
use crate::app::event::Event;
use crate::app::fakes::Tried;
use crate::domain::workspace::TabChoice;

async fn with_open_tab() -> (Tried, ProfileId, TabId) {
    let (mut tried, acme) = Tried::with_profile().await;
    tried.handle(Wish::ShowProfile(acme.clone()).into());
    tried.settle().await;
    let tab = tried.state().workspace.tabs()[0].id.clone();
    tried.handle(Event::Page(tab.clone(), at("https://eu-central-1.console.aws.amazon.com/console/home")));
    tried.handle(Event::Page(tab.clone(), PageEvent::Loaded));
    tried.fake.said();
    (tried, acme, tab)
}

fn at(url: &str) -> PageEvent {
    PageEvent::At(Url::parse(url).expect("the case is a URL"))
}

#[tokio::test(start_paused = true)]
async fn opening_an_open_profile_returns_to_its_tab() {
    let (mut tried, acme, tab) = with_open_tab().await;
    tried.handle(Wish::ShowProfile(acme).into());
    tried.settle().await;
    assert_eq!(tried.state().workspace.tabs().len(), 1);
    assert_eq!(tried.shown(), [tab]);
}

#[tokio::test(start_paused = true)]
async fn an_unknown_profile_or_service_is_told_to_whoever_asked() {
    let (mut tried, acme, _) = with_open_tab().await;
    let (reply, answer) = tokio::sync::oneshot::channel();
    let target = Target { service: Some("s4".to_owned()), ..Target::default() };
    tried.handle(Wish::OpenTab { profile: acme, target, reply: Some(reply) }.into());
    let cause = answer.await.expect("an answer comes").map_err(|error| error.cause);
    assert_eq!(cause, Err(Cause::Input(InputError::new(Field::Service, Problem::Unknown))));
    assert_eq!(tried.state().workspace.tabs().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_page_of_a_foreign_host_never_stays_in_a_tab() {
    let (mut tried, _, tab) = with_open_tab().await;
    tried.handle(Event::Page(tab, at("https://evil.example/console")));
    assert_eq!(tried.fake.said(), ["console closed"]);
    let state = &tried.state().workspace.tabs()[0].state;
    assert_eq!(*state, TabState::Failed(Cause::Policy { host: "evil.example".to_owned() }.into()));
}

#[tokio::test(start_paused = true)]
async fn a_console_that_names_another_account_is_closed() {
    let (mut tried, _, tab) = with_open_tab().await;
    tried.handle(Event::Page(tab, at("https://999900001111-abcd1234.eu-central-1.console.aws.amazon.com/s3")));
    assert_eq!(tried.fake.said(), ["console closed"]);
    let TabState::Failed(error) = &tried.state().workspace.tabs()[0].state else {
        panic!("the tab fails");
    };
    assert_eq!(error.cause.code(), "wrong-account");
}

#[tokio::test(start_paused = true)]
async fn the_sign_in_page_is_never_what_a_tab_is_at() {
    let (mut tried, _, tab) = with_open_tab().await;
    tried.handle(Event::Page(tab.clone(), at("https://eu-central-1.console.aws.amazon.com/s3/buckets")));
    tried.handle(Event::Page(tab, at("https://eu-central-1.signin.aws.amazon.com/federation?Action=login")));
    assert_eq!(tried.state().workspace.tabs()[0].page.url.path(), "/s3/buckets");
}

#[tokio::test(start_paused = true)]
async fn pages_of_the_console_are_remembered_when_they_are_there_and_by_their_titles() {
    let (mut tried, acme, tab) = with_open_tab().await;
    tried.handle(Event::Page(tab.clone(), at("https://eu-central-1.console.aws.amazon.com/s3/buckets")));
    tried.handle(Event::Page(tab.clone(), PageEvent::Titled("Buckets".to_owned())));
    tried.handle(Event::Page(tab.clone(), PageEvent::Loading(0.1)));
    tried.handle(Event::Page(tab.clone(), at("https://console.aws.amazon.com/on-its-way")));
    tried.handle(Event::Page(tab.clone(), at("https://eu-central-1.console.aws.amazon.com/ec2/home")));
    tried.handle(Event::Page(tab.clone(), PageEvent::Titled("EC2".to_owned())));
    tried.handle(Event::Page(tab.clone(), PageEvent::Loaded));
    tried.handle(Event::Page(tab, at("https://eu-central-1.signin.aws.amazon.com/oauth?Action=logout")));
    let recent = tried.state().workspace.recent_pages().of(&acme);
    let seen: Vec<_> = recent.map(|page| (page.url.path().to_owned(), page.title.clone())).collect();
    let expected = [("/ec2/home", "EC2"), ("/s3/buckets", "Buckets"), ("/console/home", "")];
    assert_eq!(seen, expected.map(|(path, title)| (path.to_owned(), title.to_owned())));
}

#[tokio::test(start_paused = true)]
async fn a_window_that_a_page_opens_is_a_tab_of_the_same_profile() {
    let (mut tried, acme, tab) = with_open_tab().await;
    let opened = TabId::new("popup".to_owned());
    let url = Url::parse("https://eu-central-1.console.aws.amazon.com/ec2/home").expect("a URL");
    tried.handle(Event::Page(tab, PageEvent::Opened { tab: opened.clone(), page: Page::at(&url) }));
    let popup = tried.state().workspace.tab(&opened).expect("the tab is there");
    assert_eq!(popup.store.profile, acme);
    assert_eq!(tried.shown(), std::slice::from_ref(&opened));
    tried.handle(Event::Page(opened.clone(), PageEvent::ClosedItself));
    assert!(tried.state().workspace.tab(&opened).is_none());
}

#[tokio::test(start_paused = true)]
async fn a_file_that_does_not_come_leaves_the_page_and_is_said() {
    let (mut tried, _, tab) = with_open_tab().await;
    let failed = |url: &str| {
        let error = Cause::Network { host: "bucket".to_owned() }.into();
        PageEvent::LoadFailed(Url::parse(url).expect("a URL"), error)
    };
    tried.handle(Event::Page(tab.clone(), failed("https://bucket.s3.eu-central-1.amazonaws.com/key")));
    assert_eq!(tried.shown(), std::slice::from_ref(&tab));
    assert_eq!(tried.state().notices.len(), 1);
    tried.handle(Event::Page(tab, failed("https://eu-central-1.console.aws.amazon.com/s3")));
    assert_eq!(tried.shown(), []);
}

#[tokio::test(start_paused = true)]
async fn a_crashed_page_can_be_reloaded() {
    let (mut tried, _, tab) = with_open_tab().await;
    tried.handle(Event::Page(tab.clone(), PageEvent::Crashed));
    assert_eq!(tried.shown(), []);
    tried.handle(Wish::With(tab, TabWish::Reload).into());
    tried.settle().await;
    assert_eq!(tried.fake.said(), ["console of acme opened", "tab goes to /console/home"]);
    assert_eq!(tried.state().workspace.tabs()[0].state, TabState::Loading);
}

#[tokio::test(start_paused = true)]
async fn a_closed_tab_comes_back_on_its_page() {
    let (mut tried, _, tab) = with_open_tab().await;
    tried.handle(Event::Page(tab.clone(), at("https://eu-central-1.console.aws.amazon.com/s3/buckets?region=x")));
    tried.handle(Wish::CloseTab(tab, None).into());
    assert!(tried.state().workspace.can_reopen());
    tried.handle(Wish::ReopenTab.into());
    tried.settle().await;
    assert_eq!(tried.fake.said(), ["console closed", "console of acme opened", "tab goes to /s3/buckets"]);
}

#[tokio::test(start_paused = true)]
async fn a_page_that_was_seen_opens_again_and_no_other_does() {
    let (mut tried, acme, tab) = with_open_tab().await;
    tried.handle(Event::Page(tab.clone(), at("https://eu-central-1.console.aws.amazon.com/s3/buckets?region=x#a")));
    tried.handle(Event::Page(tab, at("https://eu-central-1.console.aws.amazon.com/ec2/home?region=x")));
    let seen: Vec<String> =
        tried.state().workspace.recent_pages().of(&acme).map(|recent| recent.below_console().to_owned()).collect();
    assert_eq!(seen[..2], ["/ec2/home?region=x", "/s3/buckets?region=x#a"]);
    for page in ["/s3/buckets?region=x#a", "/never/seen"] {
        tried.handle(Wish::OpenRecent { profile: acme.clone(), page: page.to_owned() }.into());
    }
    assert_eq!(tried.state().workspace.tabs().len(), 2);
    assert_eq!(tried.state().workspace.tabs()[1].page.url.path(), "/s3/buckets");
}

#[tokio::test(start_paused = true)]
async fn another_surface_covers_the_console_and_choosing_a_tab_brings_it_back() {
    let (mut tried, _, tab) = with_open_tab().await;
    tried.handle(Wish::Show(Surface::Downloads).into());
    assert_eq!(tried.shown(), []);
    tried.handle(Wish::ChooseTab(TabChoice::Next).into());
    assert_eq!(tried.shown(), [tab]);
}

#[tokio::test(start_paused = true)]
async fn a_foreign_page_is_offered_to_the_system_browser_and_said() {
    let (mut tried, _, tab) = with_open_tab().await;
    let url = Url::parse("https://docs.aws.amazon.com/s3").expect("a URL");
    tried.handle(Event::Page(tab, PageEvent::WentOutside(url)));
    assert_eq!(tried.fake.said(), ["docs.aws.amazon.com opened outside"]);
    assert_eq!(tried.state().notices.len(), 1);
}
