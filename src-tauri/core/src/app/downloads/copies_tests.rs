//! What becomes of copies from S3 and to it.

use jiff::SignedDuration;

use super::WantedCopy;
use crate::app::error::{Cause, Error};
use crate::app::event::{DownloadEvent, DownloadWish, Event, TabWish, Target, Wish};
use crate::app::fakes::Tried;
use crate::app::state::Forgetting;
use crate::app::window::{Chosen, UploadTo};
use crate::domain::book::BookChange;
use crate::domain::download::{Download, DownloadId, DownloadState};
use crate::domain::guard::Guards;
use crate::domain::input::{Field, InputError, Problem};
use crate::domain::s3::{S3Uri, S3Way};
use crate::domain::session::Access;
use crate::domain::workspace::TabId;

/// An app with the profile `acme`, whose downloads go to `/downloads`.
async fn tried() -> Tried {
    let (mut tried, _) = Tried::with_profile().await;
    tried.app.state.download_home = "/downloads".into();
    tried.fake.said();
    tried
}

fn uri(text: &str) -> S3Uri {
    S3Uri::parse(text).expect("an address of S3")
}

fn down(at: &str) -> WantedCopy {
    WantedCopy { at: uri(at), way: S3Way::Down, local: None, access: None, replaces: false }
}

fn up(local: &str, at: &str) -> WantedCopy {
    WantedCopy { way: S3Way::Up, local: Some(local.into()), ..down(at) }
}

async fn asked(tried: &mut Tried, profile: &str, wanted: WantedCopy) -> Result<DownloadId, Error> {
    let (reply, answer) = tokio::sync::oneshot::channel();
    let wish = Wish::Copy { profile: profile.to_owned(), wanted: Box::new(wanted), reply: Some(reply) };
    tried.handle(Event::Asked(wish));
    answer.await.expect("it is answered")
}

async fn begun(tried: &mut Tried, wanted: WantedCopy) -> DownloadId {
    let id = asked(tried, "acme", wanted).await.expect("it is taken");
    tried.fake.said();
    id
}

fn row(tried: &Tried, id: DownloadId) -> Download<Error> {
    let found = tried.state().downloads.iter().find(|download| download.id == id);
    found.expect("it is in the list").as_ref().clone()
}

fn happens(tried: &mut Tried, event: DownloadEvent) {
    tried.handle(Event::Download(event));
}

fn stops(tried: &mut Tried, id: DownloadId, cause: Option<Cause>, kept: Option<u64>) {
    happens(tried, DownloadEvent::Stopped { id, error: cause.map(Into::into), kept });
}

fn wants(tried: &mut Tried, id: DownloadId, wish: DownloadWish) {
    tried.handle(Wish::Download(id, wish).into());
}

/// A tab of `acme` on a page.
async fn tab_at(tried: &mut Tried, page: &str, access: Access) -> TabId {
    let target = Target { page: Some(page.to_owned()), access: Some(access), ..Target::default() };
    let profile = tried.state().book.find("acme").expect("it is there").id.clone();
    tried.handle(Wish::OpenTab { profile, target, reply: None }.into());
    let tab = tried.state().workspace.active().expect("it shows").id.clone();
    let page = url::Url::parse(page).expect("an address");
    tried.handle(Event::Page(tab.clone(), crate::app::event::PageEvent::At(page)));
    tried.settle().await;
    tried.fake.said();
    tab
}

#[tokio::test]
async fn a_copy_is_in_the_list_with_its_address_and_page_and_its_folder() {
    let mut tried = tried().await;
    let id = asked(&mut tried, "acme", down("s3://reports/2026/a.csv")).await.expect("it is taken");
    assert_eq!(tried.fake.said(), ["d1 copied from None"]);
    let its = row(&tried, id);
    assert_eq!((its.state.clone(), its.name.as_str()), (DownloadState::Running, "a.csv"));
    assert_eq!(its.folder.to_str(), Some("/downloads"));
    assert_eq!(its.host, "reports.s3.amazonaws.com");
    assert_eq!(its.address().as_deref(), Some("s3://reports/2026/a.csv"));
    let page = its.page.expect("the console has it").to_string();
    assert!(page.contains("/s3/object/reports?") && page.contains("a.csv"), "{page}");

    let named = WantedCopy { local: Some("/srv/b.csv".into()), ..down("s3://reports/2026/") };
    let id = begun(&mut tried, named).await;
    let its = row(&tried, id);
    assert_eq!((its.folder.to_str(), its.name.as_str()), (Some("/srv"), "b.csv"));
    let page = its.page.expect("the console has it").to_string();
    assert!(page.contains("/s3/buckets/reports?") && page.ends_with("prefix=2026%2F"), "{page}");
    happens(&mut tried, DownloadEvent::Finished { id, name: "b (2).csv".to_owned(), bytes: 3 });
    assert_eq!((row(&tried, id).state, row(&tried, id).name.as_str()), (DownloadState::Done, "b (2).csv"));
}

#[tokio::test]
async fn what_cannot_be_copied_is_refused_before_it_is_in_the_list() {
    let mut tried = tried().await;
    let nobody = asked(&mut tried, "nobody", down("s3://reports/a")).await;
    assert_eq!(nobody, Err(InputError::new(Field::Name, Problem::Unknown).into()));
    let denied = |answer: Result<DownloadId, Error>| match answer.map_err(|error| error.cause) {
        Err(Cause::Denied { action, resource }) => {
            assert_eq!((action.as_str(), resource.as_deref()), ("s3:PutObject", Some("s3://reports/a")));
        }
        other => panic!("it was {other:?}"),
    };
    let reads = WantedCopy { access: Some(Access::ReadOnly), ..up("/srv/a", "s3://reports/a") };
    denied(asked(&mut tried, "acme", reads).await);
    // The profile's guards make reading its habit; full rights are one word away.
    let mut profile = tried.state().book.find("acme").expect("it is there").clone();
    profile.guards = Some(Guards { read_only: true, ..Guards::NONE });
    tried.fake.with(|fake| fake.book.apply(BookChange::Save(Box::new(profile))).expect("it fits"));
    tried.handle(Wish::ReadBook(None).into());
    tried.settle().await;
    denied(asked(&mut tried, "acme", up("/srv/a", "s3://reports/a")).await);
    assert!(tried.state().downloads.is_empty());
    let full = WantedCopy { access: Some(Access::Full), ..up("/srv/a", "s3://reports/a") };
    assert!(asked(&mut tried, "acme", full).await.is_ok());
}

#[tokio::test]
async fn one_pauses_goes_on_comes_back_after_a_restart_and_tells_what_it_knows() {
    let mut tried = tried().await;
    let id = begun(&mut tried, up("/srv/a", "s3://reports/a")).await;
    happens(&mut tried, DownloadEvent::Uploading { id, upload: "u1".to_owned() });
    wants(&mut tried, id, DownloadWish::Pause);
    stops(&mut tried, id, None, Some(8));
    assert_eq!(row(&tried, id).state, DownloadState::Paused(None));
    wants(&mut tried, id, DownloadWish::Again);
    let order = tried.fake.with(|fake| fake.copied.clone()).expect("it goes on");
    assert_eq!((order.arrived, order.copy.upload.as_deref()), (8, Some("u1")));
    assert_eq!((order.name.as_str(), order.folder.to_str()), ("a", Some("/srv")));

    let rows = vec![row(&tried, id).after_restart(|_| Cause::Bug.into()).into()];
    let mut again = self::tried().await;
    again.app.state.downloads = rows;
    assert_eq!(row(&again, id).state, DownloadState::Paused(None));
    wants(&mut again, id, DownloadWish::Again);
    assert_eq!(again.fake.said(), ["d1 copied from None"]);
    assert_eq!(row(&again, id).state, DownloadState::Running);
}

#[tokio::test]
async fn an_upload_that_is_given_up_leaves_nothing_in_s3() {
    let mut tried = tried().await;
    let first = begun(&mut tried, up("/srv/a", "s3://reports/a")).await;
    happens(&mut tried, DownloadEvent::Uploading { id: first, upload: "u1".to_owned() });
    wants(&mut tried, first, DownloadWish::Cancel);
    assert!(tried.fake.said().is_empty(), "not before it has stopped");
    stops(&mut tried, first, None, Some(8));
    assert_eq!(tried.fake.said(), ["d1 abandoned: Some(\"u1\")"]);

    let second = begun(&mut tried, up("/srv/b", "s3://reports/b")).await;
    happens(&mut tried, DownloadEvent::Uploading { id: second, upload: "u2".to_owned() });
    stops(&mut tried, second, Some(Cause::Throttled), Some(8));
    assert!(tried.fake.said().is_empty(), "it can go on");
    tried.handle(Wish::ClearDownloads.into());
    assert_eq!(tried.fake.said(), ["d2 abandoned: Some(\"u2\")"]);
    assert!(tried.state().downloads.is_empty());
}

#[tokio::test]
async fn an_object_that_is_there_is_replaced_only_by_who_says_so() {
    let mut tried = tried().await;
    let id = begun(&mut tried, up("/srv/a", "s3://reports/a")).await;
    wants(&mut tried, id, DownloadWish::Replace);
    stops(&mut tried, id, Some(Cause::Exists { name: "s3://reports/a".to_owned() }), Some(0));
    wants(&mut tried, id, DownloadWish::Again);
    let again = tried.fake.with(|fake| fake.copied.take()).expect("it is tried again");
    assert!(!again.copy.replaces);
    stops(&mut tried, id, Some(Cause::Exists { name: "s3://reports/a".to_owned() }), Some(0));
    wants(&mut tried, id, DownloadWish::Replace);
    assert!(tried.fake.with(|fake| fake.copied.take()).expect("it is tried again").copy.replaces);
}

#[tokio::test]
async fn behind_the_lock_one_goes_on_with_what_it_holds_asks_for_nothing_and_goes_on_after_it() {
    let mut tried = tried().await;
    let id = begun(&mut tried, down("s3://reports/a")).await;
    let keys = tried.fake.with(|fake| fake.copied.take()).expect("it began").keys;
    keys.current().await.expect("there are some");
    keys.current().await.expect("the same");
    let asked = tried.fake.said();
    assert_eq!(asked.iter().filter(|said| said.starts_with("AssumeRole")).count(), 1, "{asked:?}");

    tried.handle(Wish::Lock.into());
    tried.settle().await;
    tried.fake.said();
    keys.current().await.expect("they hold still");
    tried.fake.with(|fake| fake.now += SignedDuration::from_hours(13));
    assert_eq!(keys.current().await.err(), Some(Error::of_locked_window()));
    assert!(tried.fake.said().is_empty(), "nobody was asked");
    happens(&mut tried, DownloadEvent::Stopped { id, error: Some(Error::of_locked_window()), kept: Some(3) });
    tried.fake.with(|fake| fake.now += super::held_up::ROOM_AFTER);
    tried.handle(Event::Tick);
    assert!(matches!(row(&tried, id).state, DownloadState::Paused(Some(_))), "room on the disk is no reason to go on");

    tried.handle(Wish::Unlock.into());
    tried.settle().await;
    assert_eq!(row(&tried, id).state, DownloadState::Running);
    let keys = tried.fake.with(|fake| fake.copied.take()).expect("it goes on").keys;
    assert!(keys.current().await.is_ok());
}

#[tokio::test]
async fn the_user_is_asked_where_one_goes_unless_they_have_said_so() {
    let mut tried = tried().await;
    tried.app.state.settings.downloads.asks = true;
    let id = asked(&mut tried, "acme", down("s3://reports/a.csv")).await.expect("it is taken");
    assert_eq!(tried.fake.said(), ["asked where d1 goes: /downloads/a.csv"]);
    assert_eq!(row(&tried, id).state, DownloadState::Queued);
    happens(&mut tried, DownloadEvent::Placed { id, place: Some("/else/b.csv".into()) });
    assert_eq!(tried.fake.said(), ["d1 copied from None"]);
    assert_eq!(row(&tried, id).name, "b.csv");
    let second = begun(&mut tried, down("s3://reports/a.csv")).await;
    happens(&mut tried, DownloadEvent::Placed { id: second, place: None });
    assert_eq!(row(&tried, second).state, DownloadState::Cancelled);
    let named = WantedCopy { local: Some("/srv/b.csv".into()), ..down("s3://reports/a.csv") };
    asked(&mut tried, "acme", named).await.expect("it is taken");
    assert_eq!(tried.fake.said(), ["d3 copied from None"]);
}

#[tokio::test]
async fn a_page_of_s3_is_downloaded_and_uploaded_to_with_its_tabs_rights() {
    let mut tried = tried().await;
    let page = "https://eu-central-1.console.aws.amazon.com/s3/buckets/reports?prefix=2026/";
    let tab = tab_at(&mut tried, page, Access::Full).await;
    tried.handle(Wish::With(tab.clone(), TabWish::S3Download).into());
    let order = tried.fake.with(|fake| fake.copied.take()).expect("it began");
    assert_eq!((order.copy.at.to_string().as_str(), order.name.as_str()), ("s3://reports/2026/", "2026"));
    tried.fake.said();
    tried.handle(Wish::With(tab.clone(), TabWish::S3Upload(Chosen::Files)).into());
    assert_eq!(tried.fake.said(), ["ask for Files to s3://reports/2026/"]);
    let store = tried.state().workspace.tab(&tab).expect("it is open").store.clone();
    let to = UploadTo { store, folder: uri("s3://reports/2026/") };
    tried.handle(Event::UploadChosen(to.clone(), Chosen::Files, vec!["/srv/a".into(), "/srv/b".into()]));
    tried.handle(Event::UploadChosen(to, Chosen::Folder, vec!["/srv/site".into()]));
    let listed: Vec<_> = tried.state().downloads.iter().filter_map(|download| download.address()).collect();
    assert_eq!(listed, ["s3://reports/2026/site/", "s3://reports/2026/b", "s3://reports/2026/a", "s3://reports/2026/"]);

    let tab = tab_at(&mut tried, page, Access::ReadOnly).await;
    tried.handle(Wish::With(tab, TabWish::S3Upload(Chosen::Files)).into());
    assert!(tried.fake.said().is_empty(), "nobody is asked for what would be refused");
    let elsewhere = "https://eu-central-1.console.aws.amazon.com/ec2/home";
    let tab = tab_at(&mut tried, elsewhere, Access::Full).await;
    tried.handle(Wish::With(tab, TabWish::S3Download).into());
    assert_eq!(tried.state().downloads.len(), 4);
    assert_eq!(tried.state().notices.len(), 2, "each is told why");
}

#[tokio::test]
async fn a_sign_out_pauses_copies_and_a_removed_profile_has_none() {
    let mut tried = tried().await;
    let id = begun(&mut tried, down("s3://reports/a")).await;
    let profile = row(&tried, id).profile;
    tried.app.state.settings.downloads.folders.insert(profile.clone(), "/own".into());
    tried.handle(Wish::SignOut(Some(profile.clone()), None).into());
    stops(&mut tried, id, None, Some(3));
    assert_eq!(row(&tried, id).state, DownloadState::Paused(None));
    tried.app.state.forgetting.insert(profile.clone(), Forgetting::Secret);
    tried.handle(Event::SecretForgotten { profile: profile.clone(), outcome: Ok(()) });
    assert_eq!(row(&tried, id).state, DownloadState::Cancelled);
    assert!(tried.state().settings.downloads.folders.is_empty());
}

#[tokio::test]
async fn a_sign_out_holds_what_would_go_on_by_itself_and_a_copy_that_came_so_far_never_fails_by_the_network() {
    let mut tried = tried().await;
    let id = begun(&mut tried, up("/srv/a", "s3://reports/a")).await;
    let network = || Some(Cause::Network { host: "h".to_owned() });
    for kept in [3, 0] {
        stops(&mut tried, id, network(), Some(kept));
        assert!(matches!(row(&tried, id).state, DownloadState::Paused(Some(_))), "{kept} of this run");
        tried.handle(Wish::Download(id, DownloadWish::Again).into());
        happens(&mut tried, DownloadEvent::Progress { id, bytes: 3, files: None });
    }
    stops(&mut tried, id, network(), Some(3));
    let profile = row(&tried, id).profile;
    tried.handle(Wish::SignOut(Some(profile), None).into());
    assert_eq!(row(&tried, id).state, DownloadState::Paused(None));
    tried.fake.said();
    tried.fake.with(|fake| fake.now += SignedDuration::from_mins(10));
    tried.handle(Event::Tick);
    assert!(tried.fake.said().is_empty(), "whoever signs out wants nothing done any more");
}

#[tokio::test]
async fn with_a_limit_what_can_be_asked_for_again_is_carried_by_us() {
    let mut tried = tried().await;
    let limit = Some(crate::app::settings::Bandwidth::of(1_000_000));
    tried.handle(Wish::SetDownloadPlaces { by_profile: false, asks: false, keep_time: false, limit }.into());
    assert_eq!(tried.fake.said(), ["limit Some(Bandwidth(1000000))"]);
    let offer = super::tests::offer(7, true);
    happens(&mut tried, DownloadEvent::Offered(Box::new(offer)));
    assert_eq!(tried.fake.said(), ["d7 tried beside the page from None"]);
    let form = crate::domain::download::Offer { source: None, ..super::tests::offer(8, true) };
    happens(&mut tried, DownloadEvent::Offered(Box::new(form)));
    assert_eq!(tried.fake.said(), ["d8 begun as /downloads/a.csv"], "it cannot be asked for by us");
}

#[tokio::test]
async fn one_whose_name_the_page_has_lost_is_carried_by_us_for_its_name() {
    let mut tried = tried().await;
    let lost = crate::domain::download::Offer { name: "\u{fffd}.csv".to_owned(), ..super::tests::offer(7, true) };
    happens(&mut tried, DownloadEvent::Offered(Box::new(lost)));
    assert_eq!(tried.fake.said(), ["d7 tried beside the page from None, named anew"]);
    assert_eq!(tried.app.state.downloads[0].name, "a.csv", "until then it is called as in its address");
    let (error, name) = (crate::app::error::Cause::Damaged.into(), Some("../売上.csv".to_owned()));
    happens(&mut tried, DownloadEvent::Declined { id: DownloadId(7), error, name });
    assert_eq!(tried.fake.said(), ["d7 begun as /downloads/売上.csv"], "the page's engine goes on");
    let form =
        crate::domain::download::Offer { name: "\u{fffd}".to_owned(), source: None, ..super::tests::offer(8, true) };
    happens(&mut tried, DownloadEvent::Offered(Box::new(form)));
    assert_eq!(tried.fake.said(), ["d8 begun as /downloads/a.csv"], "it cannot be asked for by us");
}
