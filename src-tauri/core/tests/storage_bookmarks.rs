//! How bookmarks are kept in the book's file, through `ProfileBook`.

mod storage_support;

use std::fs;

use sidelight_core::app::ports::{Clock, ProfileBook};
use sidelight_core::domain::book::BookChange;
use sidelight_core::domain::bookmark::{Bookmark, BookmarkId, BookmarkName, BookmarkScope};
use sidelight_core::domain::input::InputError;
use sidelight_core::domain::profile::{Group, ProfileId};
use sidelight_core::domain::service::PageTemplate;
use storage_support::{Standing, Tested, book_in, is_damaged_and_says_where, profile, save};

fn bookmark(id: &str, name: &str, page: &str, scope: BookmarkScope) -> Result<Bookmark, InputError> {
    let (id, name) = (BookmarkId::parse(id)?, BookmarkName::parse(name)?);
    Ok(Bookmark { id, name, page: PageTemplate::parse(page)?, scope })
}

fn save_bookmark(bookmark: &Bookmark) -> BookChange {
    BookChange::SaveBookmark(Box::new(bookmark.clone()))
}

#[test]
fn bookmarks_are_readable_and_come_back_as_they_were() -> Tested {
    let folder = tempfile::tempdir()?;
    let book = book_in(folder.path())?;
    book.apply(save(profile("a1", "acme prod")?))?;
    let topic = "/sns/v3/home?region={region}#/topic/arn:aws:sns:{region}:{account}:orders";
    let bookmarks = [
        bookmark("k1", "Orders", topic, BookmarkScope::EveryProfile)?,
        bookmark("k2", "障害 \"対応\"", "/", BookmarkScope::Group(Group::parse("Acme")?))?,
        bookmark("k3", "Ledger", "s3/buckets/ledger", BookmarkScope::Profile(ProfileId::parse("a1")?))?,
    ];
    for bookmark in &bookmarks {
        book.apply(save_bookmark(bookmark))?;
    }
    let text = fs::read_to_string(folder.path().join("profiles.toml"))?;
    let (_, text) = text.split_once("session_policy = ").ok_or("no profile")?;
    assert_eq!(
        text,
        r#""arn:aws:iam::aws:policy/AdministratorAccess"

[[bookmark]]
id = "k1"
name = "Orders"
page = "/sns/v3/home?region={region}#/topic/arn:aws:sns:{region}:{account}:orders"

[[bookmark]]
id = "k2"
name = '障害 "対応"'
page = "/"
group = "Acme"

[[bookmark]]
id = "k3"
name = "Ledger"
page = "/s3/buckets/ledger"
profile = "a1"

# end of the book
"#
    );
    let loaded = book_in(folder.path())?.load()?;
    assert_eq!((loaded.warning, loaded.book.bookmarks()), (None, bookmarks.as_slice()));

    let [first, second, _] = bookmarks.as_slice() else { return Err("three bookmarks".into()) };
    book.apply(BookChange::RemoveBookmark(first.id.clone()))?;
    book.apply(BookChange::RestoreBookmark(Box::new(first.clone()), Some(second.id.clone())))?;
    assert_eq!(book_in(folder.path())?.load()?.book.bookmarks(), bookmarks.as_slice());

    book.apply(BookChange::Remove(ProfileId::parse("a1")?, Standing.now()))?;
    let after = book.apply(BookChange::Forget(ProfileId::parse("a1")?))?;
    assert_eq!(after.bookmarks(), &bookmarks[..2]);
    for bookmark in &bookmarks[..2] {
        book.apply(BookChange::RemoveBookmark(bookmark.id.clone()))?;
    }
    let text = fs::read_to_string(folder.path().join("profiles.toml"))?;
    assert!(!text.contains("bookmark"), "{text}");
    Ok(())
}

const BY_HAND: &str = r#"schema = 1

# what is looked at each morning
[[bookmark]]
name = 'Costs' # and nothing else
page = "costmanagement/home" # without a slash
id = "costs"
mine = 1

# then the rest
[[bookmark]]
id = "logs"
name = "Logs"
page = "/cloudwatch/home?region={region}#logsV2:log-groups"
group = "Acme"

[[profile]]
id = "a"
name = "a"
partition = "aws"
region = "us-east-1"
[profile.access_key]
id = "AKIAIOSFODNN7EXAMPLE"
session_policy = "arn:aws:iam::aws:policy/ReadOnlyAccess"

# end of the book
"#;

#[test]
fn bookmarks_written_by_hand_keep_their_comments_and_keys() -> Tested {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("profiles.toml");
    fs::write(&file, BY_HAND)?;
    let book = book_in(folder.path())?;
    let loaded = book.load()?;
    let [costs, logs] = loaded.book.bookmarks() else { return Err(format!("{loaded:?}").into()) };
    assert_eq!((costs.page.as_str(), &costs.scope), ("costmanagement/home", &BookmarkScope::EveryProfile));

    book.apply(save_bookmark(costs))?;
    assert_eq!(fs::read_to_string(&file)?, BY_HAND, "what says the same stays as it is");

    let scope = BookmarkScope::Profile(ProfileId::parse("a")?);
    book.apply(save_bookmark(&Bookmark { name: BookmarkName::parse("Log groups")?, scope, ..logs.clone() }))?;
    book.apply(save_bookmark(&Bookmark { page: PageTemplate::parse("billing/home")?, ..costs.clone() }))?;
    let expected = BY_HAND
        .replace("\"costmanagement/home\"", "\"/billing/home\"")
        .replace("\"Logs\"", "\"Log groups\"")
        .replace("group = \"Acme\"", "profile = \"a\"");
    assert_eq!(fs::read_to_string(&file)?, expected);
    Ok(())
}

#[test]
fn a_bookmark_of_a_profile_that_was_deleted_by_hand_does_no_harm() -> Tested {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("profiles.toml");
    fs::write(&file, BY_HAND.replace("group = \"Acme\"", "profile = \"gone\""))?;
    let loaded = book_in(folder.path())?.load()?;
    assert_eq!((loaded.warning, loaded.book.bookmarks().len()), (None, 2));
    Ok(())
}

#[test]
fn a_bookmark_that_cannot_be_is_a_damaged_file_that_says_where() -> Tested {
    for (change, words) in [
        (("id = \"logs\"", "id = \"costs\""), "the name is taken"),
        (("id = \"logs\"", "id = \"../logs\""), "the name"),
        (("\"Logs\"", "\"\""), "the name must not be empty"),
        (("\"/cloudwatch/", "\"//cloudwatch.example/"), "the page"),
        (("costmanagement/home", "https://evil.example/"), "the page"),
        (("group = \"Acme\"", "group = \"Acme\"\nprofile = \"a\""), "the group"),
        (("mine = 1\n", "mine = 1\ngroup = 1\n"), "string"),
    ] {
        is_damaged_and_says_where(BY_HAND, change, words)?;
    }
    Ok(())
}
