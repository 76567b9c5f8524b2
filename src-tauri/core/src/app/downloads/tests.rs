//! What becomes of downloads, whoever carries them.

use secrecy::SecretString;
use url::Url;

use crate::app::error::{Cause, Error};
use crate::app::event::{DownloadEvent, DownloadWish, Event, Wish};
use crate::app::fakes::{Tried, draft};
use crate::domain::book::{Book, BookChange};
use crate::domain::download::{Announced, Download, DownloadId, DownloadState, Offer, Source, Version};
use crate::domain::link;
use crate::domain::profile::{Profile, ProfileId};

const ADDRESS: &str = "https://reports.s3.eu-central-1.amazonaws.com/a.csv?X-Amz-Signature=0123";

/// An app whose downloads go to `/downloads`.
pub(super) fn tried() -> Tried {
    let mut tried = Tried::new();
    tried.app.state.download_home = "/downloads".into();
    tried
}

pub(super) fn offer(number: u64, resumes: bool) -> Offer {
    let version = resumes.then(|| Version::ETag("\"1\"".to_owned()));
    Offer {
        id: DownloadId(number),
        profile: ProfileId::parse("acme").expect("a plain word is an id"),
        page: Some(
            Url::parse("https://eu-central-1.console.aws.amazon.com/s3/object/reports?prefix=a.csv").expect("a URL"),
        ),
        name: "a.csv".to_owned(),
        url: Some(link::bare(&Url::parse(ADDRESS).expect("a URL"))),
        announced: Announced { length: Some(10), accepts_ranges: resumes, version, ..Announced::default() },
        source: Some(Source { url: SecretString::from(ADDRESS), cookies: None, user_agent: None }),
    }
}

/// Long enough that Sidelight takes it from the page.
pub(super) fn long(number: u64) -> Offer {
    let offer = offer(number, true);
    Offer { announced: Announced { length: Some(8 << 20), ..offer.announced.clone() }, ..offer }
}

fn of_unknown_length(number: u64) -> Offer {
    let offer = offer(number, true);
    Offer { announced: Announced { length: None, ..offer.announced.clone() }, ..offer }
}

pub(super) fn happens(tried: &mut Tried, event: DownloadEvent) {
    tried.handle(Event::Download(event));
}

pub(super) fn offered(tried: &mut Tried, offer: Offer) -> DownloadId {
    let id = offer.id;
    happens(tried, DownloadEvent::Offered(Box::new(offer)));
    id
}

/// Offered, and begun by the page's engine.
pub(super) fn begun(tried: &mut Tried, number: u64, resumes: bool) -> DownloadId {
    let id = offered(tried, offer(number, resumes));
    let (name, folder) = (format!("{number}.csv"), "/downloads".into());
    happens(tried, DownloadEvent::Began { id, name, folder, partial: format!("/downloads/.{number}").into() });
    tried.fake.said();
    id
}

pub(super) fn wants(tried: &mut Tried, id: DownloadId, wish: DownloadWish) {
    tried.handle(Wish::Download(id, wish).into());
}

pub(super) fn page_stops(tried: &mut Tried, id: DownloadId, cause: Option<Cause>, kept: Option<u64>) {
    happens(tried, DownloadEvent::PageStopped { id, error: cause.map(Into::into), kept });
}

pub(super) fn stops(tried: &mut Tried, id: DownloadId, cause: Option<Cause>, kept: Option<u64>) {
    happens(tried, DownloadEvent::Stopped { id, error: cause.map(Into::into), kept });
}

pub(super) fn row(tried: &Tried, id: DownloadId) -> Download<Error> {
    let found = tried.state().downloads.iter().find(|download| download.id == id);
    found.expect("it is in the list").as_ref().clone()
}

pub(super) fn network() -> Option<Cause> {
    Some(Cause::Network { host: "h".to_owned() })
}

#[tokio::test]
async fn what_is_offered_goes_where_the_settings_say_and_its_row_keeps_no_signature() {
    let mut tried = tried();
    let id = offered(&mut tried, offer(1, true));
    assert_eq!(tried.fake.said(), ["d1 begun as /downloads/a.csv"]);
    let row = row(&tried, id);
    assert_eq!(row.state, DownloadState::Running);
    assert_eq!(row.link.map(String::from), Some("https://reports.s3.eu-central-1.amazonaws.com/a.csv".to_owned()));
    assert!(!format!("{:?}", tried.state().downloads).contains("0123"));

    let acme = ProfileId::parse("acme").expect("a plain word is an id");
    tried.app.state.settings.downloads.folders.insert(acme, "/own".into());
    offered(&mut tried, offer(2, true));
    assert_eq!(tried.fake.said(), ["d2 begun as /own/a.csv"]);
}

#[tokio::test]
async fn each_profile_has_a_folder_of_its_own_whatever_stands_in_its_name() {
    let mut tried = tried();
    tried.app.state.settings.downloads.by_profile = true;
    let mut book = Book::default();
    for (id, name) in [("a", "acme/prod"), ("b", "borealis/prod"), ("c", "prod?"), ("d", "Prod")] {
        let id = ProfileId::parse(id).expect("a plain word is an id");
        let profile: Profile = draft(name).finish(id, &book).expect("the case is a profile");
        book.apply(BookChange::Save(Box::new(profile))).expect("no name is taken");
    }
    tried.app.state.book = book.into();
    let folder = |id: &str| tried.app.folder_of(&ProfileId::parse(id).expect("a plain word is an id"));
    let names = ["a", "b", "c", "d"].map(|id| folder(id).to_string_lossy().into_owned());
    assert_eq!(names, ["/downloads/acme-prod", "/downloads/borealis-prod", "/downloads/prod c", "/downloads/Prod d"]);
}

#[tokio::test]
async fn the_user_is_asked_where_it_goes_and_may_not_want_it() {
    let mut tried = tried();
    tried.app.state.settings.downloads.asks = true;
    let first = offered(&mut tried, offer(1, true));
    assert_eq!(tried.fake.said(), ["asked where d1 goes: /downloads/a.csv"]);
    happens(&mut tried, DownloadEvent::Placed { id: first, place: Some("/else/where/..b.csv".into()) });
    assert_eq!(tried.fake.said(), ["d1 begun as /else/where/b.csv"]);
    let second = offered(&mut tried, offer(2, true));
    tried.fake.said();
    happens(&mut tried, DownloadEvent::Placed { id: second, place: None });
    assert_eq!(tried.fake.said(), ["d2 cancelled"]);
    page_stops(&mut tried, second, None, None);
    assert_eq!(row(&tried, second).state, DownloadState::Cancelled);
}

pub(super) fn begins(tried: &mut Tried, id: DownloadId) {
    let partial = format!("/downloads/.{}", id.0).into();
    happens(tried, DownloadEvent::Began { id, name: "a.csv".to_owned(), folder: "/downloads".into(), partial });
}

#[tokio::test]
async fn what_is_long_is_taken_from_the_page_as_soon_as_we_have_the_same_answer() {
    let mut tried = tried();
    let id = offered(&mut tried, long(1));
    assert_eq!(tried.fake.said(), ["d1 tried beside the page from None"]);
    assert_eq!(row(&tried, id).state, DownloadState::Running);
    begins(&mut tried, id);
    assert_eq!(tried.fake.said(), ["d1 left"]);
    stops(&mut tried, id, network(), Some(4));
    let waits = row(&tried, id);
    assert!(matches!(waits.state, DownloadState::Paused(Some(_))), "we have tried again already: {waits:?}");
    wants(&mut tried, id, DownloadWish::Again);
    assert_eq!(tried.fake.said(), ["d1 carried from Some(\"/downloads/.1\")"]);
}

#[tokio::test]
async fn a_link_that_works_once_is_left_to_the_page() {
    let mut tried = tried();
    let id = offered(&mut tried, long(1));
    tried.fake.said();
    let error = Cause::Refused { host: "h".to_owned(), status: 403 }.into();
    happens(&mut tried, DownloadEvent::Declined { id, error, name: None });
    assert_eq!(tried.fake.said(), ["d1 begun as /downloads/a.csv"]);
    wants(&mut tried, id, DownloadWish::Pause);
    assert_eq!(tried.fake.said(), ["d1 paused"]);
}

#[tokio::test]
async fn where_the_page_loses_it_meanwhile_it_is_asked_for_as_anything_else_is() {
    let mut tried = tried();
    let id = offered(&mut tried, long(1));
    page_stops(&mut tried, id, network(), None);
    tried.fake.said();
    let error = Error::from(Cause::Refused { host: "h".to_owned(), status: 503 });
    happens(&mut tried, DownloadEvent::Declined { id, error, name: None });
    assert_eq!(tried.fake.said(), ["d1 carried from None"]);
    begins(&mut tried, id);
    assert!(tried.fake.said().is_empty(), "the page has nothing to let go of");
    // It says so late.
    page_stops(&mut tried, id, network(), None);
    assert_eq!(row(&tried, id).state, DownloadState::Running);
    stops(&mut tried, id, network(), Some(4));
    assert!(matches!(row(&tried, id).state, DownloadState::Paused(Some(_))));
}

#[tokio::test]
async fn one_that_was_cancelled_under_the_dialog_does_not_begin() {
    let mut tried = tried();
    tried.app.state.settings.downloads.asks = true;
    let id = offered(&mut tried, long(1));
    wants(&mut tried, id, DownloadWish::Cancel);
    tried.fake.said();
    happens(&mut tried, DownloadEvent::Placed { id, place: Some("/else/b.csv".into()) });
    assert!(tried.fake.said().is_empty());
    page_stops(&mut tried, id, None, None);
    assert_eq!(row(&tried, id).state, DownloadState::Cancelled);
}

#[tokio::test]
async fn one_that_is_tried_still_is_paused_or_cancelled_and_the_page_lets_go_of_it() {
    for (wish, end) in
        [(DownloadWish::Pause, DownloadState::Paused(None)), (DownloadWish::Cancel, DownloadState::Cancelled)]
    {
        let mut tried = tried();
        let id = offered(&mut tried, long(1));
        tried.fake.said();
        wants(&mut tried, id, wish);
        assert_eq!(tried.fake.said(), ["d1 left"]);
        // It had been declined before it was told.
        happens(&mut tried, DownloadEvent::Declined { id, error: Cause::Damaged.into(), name: None });
        assert_eq!(row(&tried, id).state, end);
    }
}

#[tokio::test]
async fn a_broken_transfer_goes_on_by_us_from_what_has_arrived_and_waits_where_we_fail_too() {
    let mut tried = tried();
    let id = begun(&mut tried, 1, true);
    stops(&mut tried, id, network(), Some(4));
    assert_eq!(tried.fake.said(), ["d1 carried from Some(\"/downloads/.1\")"]);
    let carried = row(&tried, id);
    assert_eq!((carried.state, carried.bytes), (DownloadState::Running, 4));
    stops(&mut tried, id, network(), Some(7));
    let waits = row(&tried, id);
    assert!(matches!(waits.state, DownloadState::Paused(Some(_))) && waits.partial.is_some(), "{waits:?}");
    assert!(tried.fake.said().is_empty(), "what has arrived is kept");
    wants(&mut tried, id, DownloadWish::Again);
    assert_eq!(tried.fake.said(), ["d1 carried from Some(\"/downloads/.1\")"]);
    happens(&mut tried, DownloadEvent::Finished { id, name: "1.csv".to_owned(), bytes: 10 });
    assert_eq!(row(&tried, id).state, DownloadState::Done);
}

#[tokio::test]
async fn what_cannot_go_on_is_failed_and_leaves_nothing_and_is_begun_anew_only_where_it_can_be() {
    let mut tried = tried();
    let id = begun(&mut tried, 1, false);
    wants(&mut tried, id, DownloadWish::Pause);
    assert!(tried.fake.said().is_empty(), "it would lose what has arrived");
    page_stops(&mut tried, id, network(), None);
    assert_eq!(tried.fake.said(), ["/downloads/.1 discarded", "d1 carried from None"], "ours tries once more");
    stops(&mut tried, id, network(), None);
    let failed = row(&tried, id);
    assert_eq!((failed.bytes, failed.partial), (0, None));
    wants(&mut tried, id, DownloadWish::Again);
    assert_eq!(tried.fake.said(), ["d1 carried from None"]);

    let form = offered(&mut tried, Offer { source: None, ..offer(2, true) });
    page_stops(&mut tried, form, network(), None);
    tried.fake.said();
    for wish in [DownloadWish::Again, DownloadWish::Pause] {
        wants(&mut tried, form, wish);
    }
    assert!(tried.fake.said().is_empty());
}

#[tokio::test]
async fn one_is_paused_and_goes_on_whoever_carries_it() {
    let mut tried = tried();
    let id = begun(&mut tried, 1, true);
    wants(&mut tried, id, DownloadWish::Pause);
    assert_eq!(tried.fake.said(), ["d1 paused"]);
    page_stops(&mut tried, id, None, Some(4));
    assert_eq!(row(&tried, id).state, DownloadState::Paused(None));
    wants(&mut tried, id, DownloadWish::Again);
    wants(&mut tried, id, DownloadWish::Pause);
    let mut carried = tried.fake.with(|fake| fake.carried.pop()).expect("we carry it");
    assert!(carried.1.try_recv().is_err_and(|error| error == tokio::sync::oneshot::error::TryRecvError::Closed));
    stops(&mut tried, id, None, Some(6));
    let paused = row(&tried, id);
    assert_eq!((paused.state, paused.bytes), (DownloadState::Paused(None), 6));
    tried.fake.said();
    wants(&mut tried, id, DownloadWish::Cancel);
    assert_eq!(tried.fake.said(), ["/downloads/.1 discarded"]);
    assert_eq!(row(&tried, id).state, DownloadState::Cancelled);
}

#[tokio::test]
async fn the_fourth_of_a_host_waits_in_order_and_what_cannot_wait_does_not() {
    let mut tried = tried();
    for number in 1..=3 {
        begun(&mut tried, number, true);
    }
    let fourth = offered(&mut tried, offer(4, true));
    offered(&mut tried, offer(5, true));
    offered(&mut tried, offer(8, true));
    assert_eq!(tried.fake.said(), ["d8 left"], "two wait with what their pages' engines have");
    offered(&mut tried, Offer { source: None, ..offer(6, true) });
    assert_eq!(tried.fake.said(), ["d6 begun as /downloads/a.csv"]);
    let elsewhere = Url::parse("https://other.example/b").expect("a URL");
    offered(&mut tried, Offer { url: Some(elsewhere), ..offer(7, true) });
    assert_eq!(tried.fake.said(), ["d7 begun as /downloads/a.csv"]);

    page_stops(&mut tried, DownloadId(6), network(), None);
    page_stops(&mut tried, fourth, network(), None);
    assert!(tried.fake.said().is_empty(), "there are three still");
    happens(&mut tried, DownloadEvent::Finished { id: DownloadId(2), name: "2.csv".to_owned(), bytes: 10 });
    assert_eq!(tried.fake.said(), ["d4 carried from None"], "its page's answer has broken off");
    assert_eq!(row(&tried, fourth).state, DownloadState::Running);
    happens(&mut tried, DownloadEvent::Finished { id: fourth, name: "4.csv".to_owned(), bytes: 10 });
    assert_eq!(tried.fake.said(), ["d5 begun as /downloads/a.csv"]);
    let ninth = offered(&mut tried, offer(9, true));
    wants(&mut tried, ninth, DownloadWish::Cancel);
    assert_eq!(tried.fake.said(), ["d9 left"]);
    assert_eq!(row(&tried, ninth).state, DownloadState::Cancelled);
    offered(&mut tried, of_unknown_length(10));
    assert_eq!(tried.fake.said(), ["d10 left"], "it could end short while it is held, and look whole");
}

#[tokio::test]
async fn a_whole_one_is_opened_and_shown_and_its_link_is_copied_without_its_signature() {
    let mut tried = tried();
    let id = begun(&mut tried, 1, true);
    wants(&mut tried, id, DownloadWish::Open);
    assert!(tried.fake.said().is_empty(), "it is not whole");
    happens(&mut tried, DownloadEvent::Finished { id, name: "1.csv".to_owned(), bytes: 10 });
    for wish in [DownloadWish::Open, DownloadWish::Show, DownloadWish::CopyLink] {
        wants(&mut tried, id, wish);
    }
    assert_eq!(
        tried.fake.said(),
        [
            "/downloads/1.csv opened",
            "/downloads/1.csv shown",
            "https://reports.s3.eu-central-1.amazonaws.com/a.csv copied"
        ]
    );
}

#[tokio::test]
async fn the_list_is_cleared_of_what_has_ended_and_nothing_else() {
    let mut tried = tried();
    let (done, failed, running) = (begun(&mut tried, 1, true), begun(&mut tried, 2, true), begun(&mut tried, 3, true));
    happens(&mut tried, DownloadEvent::Finished { id: done, name: "1.csv".to_owned(), bytes: 10 });
    page_stops(&mut tried, failed, network(), Some(4));
    stops(&mut tried, failed, Some(Cause::LinkExpired), Some(4));
    tried.fake.said();
    wants(&mut tried, running, DownloadWish::Remove);
    tried.handle(Wish::ClearDownloads.into());
    assert_eq!(tried.fake.said(), ["/downloads/.2 discarded"]);
    let left: Vec<DownloadId> = tried.state().downloads.iter().map(|download| download.id).collect();
    assert_eq!(left, [running]);
}

#[tokio::test]
async fn the_desktop_is_told_of_what_took_long_alone() {
    let (mut tried, acme) = Tried::with_profile().await;
    for number in [1, 2] {
        offered(&mut tried, Offer { profile: acme.clone(), ..offer(number, true) });
    }
    tried.fake.said();
    happens(&mut tried, DownloadEvent::Finished { id: DownloadId(1), name: "1.csv".to_owned(), bytes: 10 });
    assert!(tried.fake.said().is_empty());
    tried.fake.with(|fake| fake.now += super::LONG_TIME);
    happens(&mut tried, DownloadEvent::Finished { id: DownloadId(2), name: "2.csv".to_owned(), bytes: 10 });
    assert_eq!(tried.fake.said(), ["notified: 2.csv is whole"]);
}

#[tokio::test]
async fn what_is_told_twice_is_done_as_it_was_told_last() {
    let mut tried = tried();
    let id = begun(&mut tried, 1, true);
    page_stops(&mut tried, id, network(), Some(4));
    wants(&mut tried, id, DownloadWish::Pause);
    wants(&mut tried, id, DownloadWish::Cancel);
    tried.fake.said();
    stops(&mut tried, id, None, Some(6));
    assert_eq!(row(&tried, id).state, DownloadState::Cancelled);
    assert_eq!(tried.fake.said(), ["/downloads/.1 discarded"]);
}
