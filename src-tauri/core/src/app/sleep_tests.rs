//! Tabs that sleep and wake, among fakes.

use super::*;
use crate::app::event::{DownloadEvent, Event, PageEvent, Target, Wish};
use crate::app::fakes::{Tried, full};
use crate::app::settings::Tray;
use crate::domain::download::{Announced, DownloadId, Offer};
use crate::domain::profile::ProfileId;
use crate::domain::workspace::kept::Kept;

const PAGE: &str = "https://eu-central-1.console.aws.amazon.com/s3/buckets?region=eu-central-1";

/// Two tabs of a profile with their pages; the second one shows.
async fn two_tabs() -> (Tried, ProfileId, TabId) {
    let (mut tried, acme) = Tried::with_profile().await;
    for _ in 0..2 {
        tried.handle(Wish::OpenTab { profile: acme.clone(), target: Target::default(), reply: None }.into());
        tried.settle().await;
        let tabs: Vec<TabId> = tried.state().workspace.tabs().iter().map(|tab| tab.id.clone()).collect();
        for tab in tabs {
            tried.handle(Event::Page(tab.clone(), PageEvent::At(url::Url::parse(PAGE).expect("a URL"))));
            tried.handle(Event::Page(tab, PageEvent::Loaded));
        }
    }
    tried.look_around();
    tried.fake.said();
    let hidden = tried.state().workspace.tabs()[0].id.clone();
    (tried, acme, hidden)
}

fn state(tried: &Tried, tab: &TabId) -> TabState<Error> {
    tried.state().workspace.tab(tab).expect("the tab is there").state.clone()
}

fn pass(tried: &mut Tried, minutes: i64) {
    tried.fake.with(|fake| fake.now += SignedDuration::from_mins(minutes));
    tried.handle(Event::Tick);
    tried.look_around();
}

#[tokio::test(start_paused = true)]
async fn a_tab_unseen_for_a_quarter_of_an_hour_sleeps_and_wakes_on_its_page() {
    let (mut tried, _, hidden) = two_tabs().await;
    pass(&mut tried, 14);
    assert!(tried.fake.said().is_empty());
    pass(&mut tried, 1);
    assert_eq!(tried.fake.said(), ["tab asked to rest"]);
    tried.handle(Event::Page(hidden.clone(), PageEvent::MayRest(None)));
    assert_eq!(tried.fake.said(), ["console closed"]);
    assert_eq!(state(&tried, &hidden), TabState::Asleep);

    tried.handle(Wish::ShowTab(hidden.clone(), None).into());
    tried.look_around();
    assert_eq!(tried.fake.said(), ["console of acme opened", "tab goes to /s3/buckets"]);
    assert_eq!(state(&tried, &hidden), TabState::Loading);
}

#[tokio::test(start_paused = true)]
async fn with_the_window_in_the_tray_what_it_showed_sleeps_too_and_wakes_when_it_comes_back() {
    let (mut tried, ..) = two_tabs().await;
    let shown = tried.state().workspace.tabs()[1].id.clone();
    tried.handle(Wish::SetTray(Tray::Stays).into());
    tried.handle(Event::TrayFound(true));
    tried.handle(Event::Closed);
    tried.look_around();
    tried.fake.said();
    pass(&mut tried, 15);
    assert_eq!(tried.fake.said(), ["tab asked to rest", "tab asked to rest"]);
    tried.handle(Event::Page(shown.clone(), PageEvent::MayRest(None)));
    tried.look_around();
    assert_eq!(state(&tried, &shown), TabState::Asleep);
    tried.handle(Wish::Present.into());
    tried.look_around();
    assert_eq!(state(&tried, &shown), TabState::Loading);
}

#[tokio::test(start_paused = true)]
async fn a_window_that_starts_in_the_tray_signs_in_nobody_until_it_is_looked_at() {
    let (mut before, ..) = two_tabs().await;
    before.handle(Wish::SetTray(Tray::Starts).into());
    let kept = before.state().workspace.kept();
    let mut tried = Tried::restarted(&before, kept);
    tried.handle(Event::TrayFound(true));
    tried.handle(Wish::ReadBook(None).into());
    tried.settle().await;
    tried.look_around();
    tried.settle().await;
    assert!(tried.state().workspace.tabs().iter().all(|tab| tab.state == TabState::Asleep));
    tried.handle(Wish::Present.into());
    tried.look_around();
    tried.settle().await;
    assert!(tried.state().workspace.tabs().iter().any(|tab| tab.state == TabState::Loading));
}

#[tokio::test(start_paused = true)]
async fn a_busy_page_stays_awake_and_is_asked_again() {
    let (mut tried, _, hidden) = two_tabs().await;
    pass(&mut tried, 15);
    tried.handle(Event::Page(hidden.clone(), PageEvent::MayRest(Some(Busy::UnsavedInput))));
    assert_eq!(state(&tried, &hidden), TabState::Live);
    tried.fake.said();
    tried.handle(Event::Tick);
    assert!(tried.fake.said().is_empty(), "not at once");
    pass(&mut tried, 1);
    assert_eq!(tried.fake.said(), ["tab asked to rest"]);
}

#[tokio::test(start_paused = true)]
async fn a_profile_that_downloads_keeps_its_tabs_awake() {
    let (mut tried, acme, hidden) = two_tabs().await;
    tried.handle(Event::Download(DownloadEvent::Offered(Box::new(Offer {
        id: DownloadId(1),
        profile: acme,
        page: None,
        name: "a".to_owned(),
        url: None,
        announced: Announced::default(),
        source: None,
    }))));
    tried.fake.said();
    pass(&mut tried, 15);
    assert!(tried.fake.said().is_empty());
    let kept = tried.state().workspace.tab(&hidden).and_then(|tab| tab.kept_awake);
    assert_eq!(kept.map(|(_, busy)| busy), Some(Busy::Downloading));
}

#[tokio::test(start_paused = true)]
async fn a_tab_that_came_into_sight_meanwhile_does_not_sleep() {
    let (mut tried, _, hidden) = two_tabs().await;
    tried.handle(Wish::SleepOthers.into());
    tried.handle(Wish::ShowTab(hidden.clone(), None).into());
    tried.handle(Event::Page(hidden.clone(), PageEvent::MayRest(None)));
    assert_eq!(state(&tried, &hidden), TabState::Live);
}

#[tokio::test(start_paused = true)]
async fn with_its_last_tab_asleep_a_store_rests_and_the_next_wake_signs_in() {
    let (mut tried, acme, hidden) = two_tabs().await;
    let shown = tried.state().workspace.tabs()[1].id.clone();
    tried.handle(Wish::CloseTab(shown, None).into());
    tried.handle(Wish::Panes(crate::app::event::PaneWish::Close(None)).into());
    tried.look_around();
    tried.fake.said();
    tried.handle(Wish::SleepOthers.into());
    tried.handle(Event::Page(hidden.clone(), PageEvent::MayRest(None)));
    assert_eq!(tried.fake.said(), ["tab asked to rest", "console closed", "store of acme rests"]);
    assert_eq!(tried.state().sessions.get(&full(&acme)), None);

    tried.handle(Wish::ShowTab(hidden.clone(), None).into());
    tried.look_around();
    tried.settle().await;
    assert!(tried.fake.said().contains(&"tab enters by link".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn tabs_of_the_last_time_are_asleep_and_only_the_one_in_sight_signs_in() {
    let (before, acme, _) = two_tabs().await;
    let kept = before.state().workspace.kept();
    let mut tried = Tried::restarted(&before, kept);
    tried.handle(Wish::ReadBook(None).into());
    tried.settle().await;
    tried.look_around();
    tried.settle().await;
    let states: Vec<TabState<Error>> = tried.state().workspace.tabs().iter().map(|tab| tab.state.clone()).collect();
    assert_eq!(states, [TabState::Asleep, TabState::Loading]);
    assert_eq!(tried.fake.said().iter().filter(|said| said.ends_with("opened")).count(), 1);
    assert_eq!(tried.state().workspace.tabs()[0].store, full(&acme));
    assert_eq!(tried.state().to_restore, None::<Kept>);
}

#[tokio::test(start_paused = true)]
async fn a_page_that_says_nothing_is_asked_once_a_minute_and_no_more() {
    let (mut tried, _, hidden) = two_tabs().await;
    pass(&mut tried, 15);
    assert_eq!(tried.fake.said(), ["tab asked to rest"]);
    for _ in 0..3 {
        tried.handle(Event::Tick);
    }
    assert!(tried.fake.said().is_empty());
    let now = tried.fake.with(|fake| fake.now);
    assert!(tried.state().next_deadline().is_none_or(|due| due > now), "the loop rests meanwhile");
    pass(&mut tried, 1);
    assert_eq!(tried.fake.said(), ["tab asked to rest"]);
    tried.handle(Event::Page(hidden.clone(), PageEvent::MayRest(None)));
    assert_eq!(state(&tried, &hidden), TabState::Asleep);
}
