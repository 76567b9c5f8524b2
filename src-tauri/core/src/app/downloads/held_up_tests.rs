//! What holds downloads up, and when they go on.

use jiff::SignedDuration;

use super::held_up::{LONGEST, NETWORK_AFTER, ROOM_AFTER};
use super::tests::{begun, happens, long, network, offer, offered, page_stops, row, stops, tried, wants};
use crate::app::error::Cause;
use crate::app::event::{DownloadEvent, DownloadWish, Event};
use crate::app::fakes::Tried;
use crate::domain::download::{DownloadId, DownloadState, Offer};

fn later(tried: &mut Tried, by: SignedDuration) {
    tried.fake.with(|fake| fake.now += by);
    tried.handle(Event::Tick);
}

fn is_held_up(tried: &Tried, id: DownloadId) -> bool {
    matches!(row(tried, id).state, DownloadState::Paused(Some(_)))
}

/// One that the network holds up, and so does every other try of ours.
fn cut_off(tried: &mut Tried, number: u64) -> DownloadId {
    let id = begun(tried, number, true);
    page_stops(tried, id, network(), Some(4));
    stops(tried, id, network(), Some(4));
    tried.fake.said();
    assert!(is_held_up(tried, id));
    id
}

/// A long one, which neither its page nor our try beside it gets.
fn offered_and_lost(tried: &mut Tried, number: u64) -> DownloadId {
    let id = offered(tried, long(number));
    page_stops(tried, id, network(), None);
    happens(tried, DownloadEvent::Declined { id, error: network().expect("a cause").into(), name: None });
    id
}

fn arrives(tried: &mut Tried, id: DownloadId, bytes: u64) {
    happens(tried, DownloadEvent::Progress { id, bytes, files: None });
}

#[tokio::test]
async fn a_full_disk_pauses_and_room_goes_on() {
    let mut tried = tried();
    let id = begun(&mut tried, 1, true);
    tried.fake.with(|fake| fake.is_full = true);
    page_stops(&mut tried, id, Some(Cause::Disk { path: "/downloads".into(), free_bytes: Some(0) }), Some(4));
    assert!(matches!(row(&tried, id).state, DownloadState::Paused(Some(_))));
    tried.fake.with(|fake| fake.now += ROOM_AFTER);
    tried.handle(Event::Tick);
    assert!(tried.fake.said().is_empty());
    tried.fake.with(|fake| fake.is_full = false);
    tried.handle(Event::Tick);
    assert!(tried.fake.said().is_empty(), "not at every turn");
    tried.fake.with(|fake| fake.now += ROOM_AFTER);
    tried.handle(Event::Tick);
    assert_eq!(tried.fake.said(), ["d1 carried from Some(\"/downloads/.1\")"]);
}

#[tokio::test]
async fn a_quota_that_no_look_at_the_disk_shows_is_asked_more_and_more_rarely() {
    let mut tried = tried();
    let id = begun(&mut tried, 1, true);
    let full = Some(Cause::Disk { path: "/downloads".into(), free_bytes: Some(1 << 30) });
    page_stops(&mut tried, id, full.clone(), Some(4));
    let mut wait = ROOM_AFTER;
    for _ in 0..8 {
        later(&mut tried, wait - SignedDuration::from_secs(1));
        assert!(tried.fake.said().is_empty(), "not before {wait:?}");
        later(&mut tried, SignedDuration::from_secs(1));
        assert_eq!(tried.fake.said(), ["d1 carried from Some(\"/downloads/.1\")"]);
        stops(&mut tried, id, full.clone(), Some(4));
        wait = (wait * 2).min(LONGEST);
    }
    assert_eq!(wait, LONGEST);
}

#[tokio::test]
async fn where_the_network_is_gone_one_of_a_host_asks_now_and_then_and_the_others_follow_it() {
    let mut tried = tried();
    let ids = [1, 2, 3].map(|number| cut_off(&mut tried, number));
    let waiting = offered_and_lost(&mut tried, 4);
    tried.fake.said();
    assert_eq!(row(&tried, waiting).state, DownloadState::Queued, "nothing else is begun");
    later(&mut tried, NETWORK_AFTER);
    assert_eq!(tried.fake.said(), ["d1 carried from Some(\"/downloads/.1\")"], "the oldest");
    later(&mut tried, NETWORK_AFTER * 2);
    assert!(tried.fake.said().is_empty(), "it asks still");
    stops(&mut tried, ids[0], network(), Some(4));
    later(&mut tried, NETWORK_AFTER);
    assert!(tried.fake.said().is_empty(), "twice as long as before");
    later(&mut tried, NETWORK_AFTER);
    assert_eq!(tried.fake.said(), ["d2 carried from Some(\"/downloads/.2\")"], "each in its turn");
    arrives(&mut tried, ids[1], 4);
    assert!(tried.fake.said().is_empty(), "nothing more than was there");
    arrives(&mut tried, ids[1], 5);
    let others = ["d1 carried from Some(\"/downloads/.1\")", "d3 carried from Some(\"/downloads/.3\")"];
    assert_eq!(tried.fake.said(), others, "as many as a host gives at a time");
    arrives(&mut tried, ids[1], 6);
    assert!(tried.state().held_up.next_due().is_none(), "nothing is held up");
}

#[tokio::test]
async fn one_that_alone_cannot_be_reached_keeps_no_other_back_and_asks_by_its_own_time() {
    let mut tried = tried();
    let (fine, dead) = (begun(&mut tried, 1, true), cut_off(&mut tried, 2));
    for bytes in [1, 2, 3] {
        arrives(&mut tried, fine, bytes);
    }
    assert!(tried.fake.said().is_empty() && is_held_up(&tried, dead), "it asks by its own time");
    offered_and_lost(&mut tried, 3);
    assert_eq!(tried.fake.said(), ["d3 tried beside the page from None", "d3 carried from None"]);
    wants(&mut tried, dead, DownloadWish::Again);
    assert_eq!(tried.fake.said(), ["d2 carried from Some(\"/downloads/.2\")"], "the user does not wait");
}

#[tokio::test]
async fn a_refusal_shows_that_the_host_is_there() {
    let mut tried = tried();
    let [first, second] = [1, 2].map(|number| cut_off(&mut tried, number));
    later(&mut tried, NETWORK_AFTER);
    assert_eq!(tried.fake.said(), ["d1 carried from Some(\"/downloads/.1\")"]);
    stops(&mut tried, first, Some(Cause::LinkExpired), Some(4));
    assert!(matches!(row(&tried, first).state, DownloadState::Failed(_)));
    assert_eq!(tried.fake.said(), ["d2 carried from Some(\"/downloads/.2\")"]);
    assert_eq!(row(&tried, second).state, DownloadState::Running);
}

#[tokio::test]
async fn after_a_sleep_what_the_network_held_up_goes_on_at_once() {
    for clock_alone in [false, true] {
        let mut tried = tried();
        let id = cut_off(&mut tried, 1);
        for _ in 0..2 {
            later(&mut tried, NETWORK_AFTER * 2);
            assert_eq!(tried.fake.said(), ["d1 carried from Some(\"/downloads/.1\")"]);
            stops(&mut tried, id, network(), Some(4));
        }
        later(&mut tried, NETWORK_AFTER);
        assert!(tried.fake.said().is_empty() && is_held_up(&tried, id), "it is not due");
        if clock_alone {
            tried.fake.with(|fake| fake.now += SignedDuration::from_secs(91));
            tried.handle(Event::Touched);
        } else {
            tried.handle(Event::Awake);
        }
        assert_eq!(tried.fake.said(), ["d1 carried from Some(\"/downloads/.1\")"]);
    }
}

#[tokio::test]
async fn what_is_offered_while_the_network_goes_is_not_lost_though_nothing_of_it_has_come() {
    let mut tried = tried();
    let id = offered_and_lost(&mut tried, 1);
    stops(&mut tried, id, network(), None);
    assert!(is_held_up(&tried, id));
    wants(&mut tried, id, DownloadWish::Cancel);
    assert_eq!(row(&tried, id).state, DownloadState::Cancelled);
    later(&mut tried, NETWORK_AFTER);
    assert_eq!(row(&tried, id).state, DownloadState::Cancelled);

    let anew = begun(&mut tried, 2, false);
    page_stops(&mut tried, anew, network(), None);
    stops(&mut tried, anew, network(), None);
    assert!(matches!(row(&tried, anew).state, DownloadState::Failed(_)), "the user decides whether it begins anew");
}

#[tokio::test]
async fn the_desktop_is_told_once_that_something_holds_one_up() {
    let (mut tried, acme) = Tried::with_profile().await;
    let id = offered(&mut tried, Offer { profile: acme, ..offer(1, true) });
    happens(
        &mut tried,
        DownloadEvent::Began { id, name: "1.csv".to_owned(), folder: "/d".into(), partial: "/d/.1".into() },
    );
    tried.fake.with(|fake| fake.now += super::LONG_TIME);
    page_stops(&mut tried, id, network(), Some(4));
    tried.fake.said();
    stops(&mut tried, id, network(), Some(4));
    assert_eq!(tried.fake.said(), ["notified: 1.csv waits"]);
    later(&mut tried, NETWORK_AFTER);
    tried.fake.said();
    // As a copy does of what was there before.
    arrives(&mut tried, id, 4);
    stops(&mut tried, id, network(), Some(4));
    assert!(tried.fake.said().is_empty() && is_held_up(&tried, id));
    wants(&mut tried, id, DownloadWish::Again);
    arrives(&mut tried, id, 5);
    tried.fake.said();
    stops(&mut tried, id, network(), Some(5));
    assert_eq!(tried.fake.said(), ["notified: 1.csv waits"], "it had gone on meanwhile");
}

#[tokio::test]
async fn what_could_not_be_told_when_it_began_is_told_later() {
    let (mut tried, acme) = Tried::with_profile().await;
    let id = offered(&mut tried, Offer { profile: acme, ..offer(1, true) });
    page_stops(&mut tried, id, network(), Some(4));
    stops(&mut tried, id, network(), Some(4));
    tried.fake.said();
    later(&mut tried, super::LONG_TIME);
    tried.fake.said();
    stops(&mut tried, id, network(), Some(4));
    assert_eq!(tried.fake.said(), ["notified: a.csv waits"]);
}
