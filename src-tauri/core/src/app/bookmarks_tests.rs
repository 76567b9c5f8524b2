//! Bookmarks in the running loop, among fakes.

use tokio::sync::oneshot;
use url::Url;

use super::*;
use crate::app::error::Error;
use crate::app::event::{Event, PageEvent, TabWish};
use crate::app::fakes::Tried;
use crate::app::settings::{ScreenShare, Settings};
use crate::app::state::State;
use crate::app::switcher::Frecency;
use crate::domain::profile::Group;
use crate::domain::workspace::kept::Kept;

/// One profile without a group, whose list of buckets is bookmarked.
async fn bookmarked() -> (Tried, TabId, BookmarkId) {
    let (mut tried, profile) = Tried::with_profile().await;
    tried.handle(Wish::OpenTab { profile, target: Target::default(), reply: None }.into());
    tried.settle().await;
    let tab = tried.state().workspace.active().expect("it shows").id.clone();
    let url = Url::parse("https://eu-central-1.console.aws.amazon.com/s3/buckets?region=eu-central-1").expect("a URL");
    tried.handle(Event::Page(tab.clone(), PageEvent::At(url)));
    tried.handle(Event::Page(tab.clone(), PageEvent::Titled("Buckets".to_owned())));
    toggle(&mut tried, &tab).await;
    let id = tried.state().book.bookmarks().first().expect("it was made").id.clone();
    (tried, tab, id)
}

async fn toggle(tried: &mut Tried, tab: &TabId) {
    tried.handle(Wish::With(tab.clone(), TabWish::Bookmark).into());
    tried.settle().await;
}

async fn wish(tried: &mut Tried, id: &BookmarkId, wish: BookmarkWish) -> Result<(), Error> {
    let (reply, answered) = oneshot::channel();
    tried.handle(Wish::Bookmark(id.clone(), wish, Some(reply)).into());
    tried.settle().await;
    answered.await.expect("it is answered")
}

fn save(name: &str, page: &str, scope: BookmarkScope) -> BookmarkWish {
    BookmarkWish::Save {
        name: BookmarkName::parse(name).expect("a name"),
        page: PageTemplate::parse(page).expect("a page"),
        scope,
    }
}

#[tokio::test(start_paused = true)]
async fn a_bookmark_gets_another_name_page_and_set_of_profiles() {
    let (mut tried, tab, id) = bookmarked().await;
    let group = BookmarkScope::Group(Group::parse("Acme").expect("a group"));
    let outcome = wish(&mut tried, &id, save("All buckets", "/s3/buckets?region={region}", group.clone())).await;
    assert_eq!(outcome, Ok(()));
    let known = tried.state().book.bookmark(&id).expect("it is there");
    assert_eq!((known.name.as_str(), &known.scope), ("All buckets", &group));
    assert_eq!(tried.state().book.bookmarks().len(), 1);
    // The profile is in no group: the page is not bookmarked for it any more.
    toggle(&mut tried, &tab).await;
    assert_eq!(tried.state().book.bookmarks().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_is_removed_by_key_or_in_the_list_can_be_taken_back_for_a_while() {
    let (mut tried, tab, id) = bookmarked().await;
    let before = tried.state().book.bookmarks().to_vec();
    toggle(&mut tried, &tab).await;
    assert!(tried.state().book.bookmarks().is_empty());
    assert_eq!(wish(&mut tried, &id, BookmarkWish::UndoRemove).await, Ok(()));
    assert_eq!(tried.state().book.bookmarks(), before);
    assert!(tried.state().notices.is_empty());

    assert_eq!(wish(&mut tried, &id, BookmarkWish::Remove).await, Ok(()));
    assert!(tried.state().book.bookmarks().is_empty());
    tried.fake.with(|fake| fake.now += crate::app::state::UNDO);
    tried.handle(Event::Tick);
    assert!(wish(&mut tried, &id, BookmarkWish::UndoRemove).await.is_err(), "nothing offers it back any more");
    assert!(tried.state().book.bookmarks().is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_is_taken_back_stands_where_it_was() {
    let (mut tried, tab, first) = bookmarked().await;
    for path in ["sqs/v3/home", "sns/v3/home"] {
        let url = format!("https://eu-central-1.console.aws.amazon.com/{path}?region=eu-central-1");
        tried.handle(Event::Page(tab.clone(), PageEvent::At(Url::parse(&url).expect("a URL"))));
        toggle(&mut tried, &tab).await;
    }
    let before = tried.state().book.bookmarks().to_vec();
    assert_eq!(before.len(), 3);
    assert_eq!(wish(&mut tried, &first, BookmarkWish::Remove).await, Ok(()));
    assert_eq!(wish(&mut tried, &first, BookmarkWish::UndoRemove).await, Ok(()));
    assert_eq!(tried.state().book.bookmarks(), before);
}

#[tokio::test(start_paused = true)]
async fn a_change_that_the_disk_does_not_take_loses_neither_bookmark_nor_the_way_back() {
    let (mut tried, _, id) = bookmarked().await;
    let full = Cause::Disk { path: "profiles.toml".into(), free_bytes: Some(0) };
    tried.fake.with(|fake| fake.book_fails = Some(full.clone()));
    assert_eq!(wish(&mut tried, &id, BookmarkWish::Remove).await, Err(full.clone().into()));
    assert!(tried.state().notices.is_empty(), "it says that something was removed");
    assert_eq!(tried.state().book.bookmarks().len(), 1);

    tried.fake.with(|fake| fake.book_fails = None);
    assert_eq!(wish(&mut tried, &id, BookmarkWish::Remove).await, Ok(()));
    tried.fake.with(|fake| fake.book_fails = Some(full.clone()));
    assert_eq!(wish(&mut tried, &id, BookmarkWish::UndoRemove).await, Err(full.into()));
    tried.fake.with(|fake| fake.book_fails = None);
    assert_eq!(wish(&mut tried, &id, BookmarkWish::UndoRemove).await, Ok(()));
    assert_eq!(tried.state().book.bookmarks().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_page_that_is_bookmarked_again_is_not_offered_back_as_well() {
    let (mut tried, tab, _) = bookmarked().await;
    toggle(&mut tried, &tab).await;
    assert_eq!(tried.state().notices.len(), 1);
    toggle(&mut tried, &tab).await;
    assert!(tried.state().notices.is_empty());
    assert_eq!(tried.state().book.bookmarks().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_bookmark_that_another_sidelight_removed_is_not_made_again_by_a_form() {
    let (mut tried, _, _) = bookmarked().await;
    let gone = BookmarkId::parse("gone").expect("an id");
    let outcome = wish(&mut tried, &gone, save("Buckets", "/s3", BookmarkScope::EveryProfile)).await;
    assert_eq!(outcome, Err(InputError::new(Field::Name, Problem::Unknown).into()));
    assert_eq!(tried.state().book.bookmarks().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn while_the_screen_is_shared_a_bookmark_shows_only_with_a_profile_that_does() {
    let (tried, _, id) = bookmarked().await;
    let book = &tried.state().book;
    let (known, profile) = (book.bookmark(&id).expect("it is there"), book.profiles()[0].id.clone());
    let globex = BookmarkScope::Group(Group::parse("Globex").expect("a group"));
    for (screen_share, scope, hidden) in [
        (None, globex.clone(), false),
        (Some(ScreenShare::Nobody), BookmarkScope::Profile(profile.clone()), true),
        (Some(ScreenShare::Profile(profile.clone())), BookmarkScope::Profile(profile.clone()), false),
        (Some(ScreenShare::Profile(profile.clone())), BookmarkScope::EveryProfile, false),
        (Some(ScreenShare::Profile(profile)), globex, true),
        (Some(ScreenShare::Nobody), BookmarkScope::EveryProfile, true),
    ] {
        let settings = Settings { screen_share, ..Settings::default() };
        let mut state = State::with(settings, Kept::default(), Frecency::default());
        state.book = book.clone();
        let bookmark = Bookmark { scope, ..known.clone() };
        assert_eq!(state.is_bookmark_hidden(&bookmark), hidden, "{:?}", bookmark.scope);
    }
}
