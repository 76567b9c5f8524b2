//! What the book promises of bookmarks, through its front.

use jiff::Timestamp;

use super::*;
use crate::domain::book::{Book, BookChange};
use crate::domain::bookmark::BookmarkName;
use crate::domain::partition::PartitionName;
use crate::domain::profile::{AwsAccountId, Group, ProfileName, Region};
use crate::domain::service::PageTemplate;
use crate::domain::source::{AccessKeyId, AccessKeySource, PolicyArn, Source, Through};

type Tested = Result<(), Box<dyn std::error::Error>>;

const TOPIC: &str = "/sns/v3/home?region={region}#/topic/arn:aws:sns:{region}:{account}:orders";

fn profile(id: &str, group: Option<&str>, account: Option<&str>) -> Result<Profile, InputError> {
    Ok(Profile {
        id: ProfileId::parse(id)?,
        name: ProfileName::parse(id)?,
        group: group.map(Group::parse).transpose()?,
        account: account.map(AwsAccountId::parse).transpose()?,
        partition: PartitionName::parse("aws")?,
        region: Region::parse("eu-central-1")?,
        mark: None,
        guards: None,
        sites: Vec::new(),
        source: Source::AccessKey(AccessKeySource {
            key_id: AccessKeyId::parse("AKIAIOSFODNN7EXAMPLE")?,
            through: Through::Federation { policy: PolicyArn::administrator_access("aws") },
            duration: None,
        }),
    })
}

fn bookmark(id: &str, page: &str, scope: BookmarkScope) -> Result<Bookmark, InputError> {
    let (id, name) = (BookmarkId::parse(id)?, BookmarkName::parse(id)?);
    Ok(Bookmark { id, name, page: PageTemplate::parse(page)?, scope })
}

fn only(profile: &str) -> Result<BookmarkScope, InputError> {
    Ok(BookmarkScope::Profile(ProfileId::parse(profile)?))
}

fn save(bookmark: Bookmark) -> BookChange {
    BookChange::SaveBookmark(Box::new(bookmark))
}

/// `prod` and `new`, whose account is not known, of Acme, and `other` of nobody.
fn book() -> Result<Book, InputError> {
    let acme = Some("Acme");
    let profiles = vec![
        profile("prod", acme, Some("111122223333"))?,
        profile("new", acme, None)?,
        profile("other", None, Some("444455556666"))?,
    ];
    Book::from_parts(profiles, Vec::new(), Vec::new(), Vec::new(), Vec::new())
}

fn ids(book: &Book) -> Vec<&str> {
    book.bookmarks().iter().map(|bookmark| bookmark.id.as_str()).collect()
}

fn at<'book>(book: &'book Book, profile: &str, page: &str) -> Result<Option<&'book str>, Box<dyn std::error::Error>> {
    let profile = book.find(profile).ok_or("the profile is there")?;
    Ok(book.bookmark_at(profile, &Url::parse(page)?).map(|bookmark| bookmark.id.as_str()))
}

#[test]
fn a_bookmark_comes_back_before_the_one_that_followed_it() -> Tested {
    let mut book = book()?;
    for id in ["a", "b", "c"] {
        book.apply(save(bookmark(id, "/s3", BookmarkScope::EveryProfile)?))?;
    }
    let (gone, next) = (bookmark("b", "/s3", BookmarkScope::EveryProfile)?, BookmarkId::parse("c")?);
    book.apply(BookChange::RemoveBookmark(gone.id.clone()))?;
    let without = book.clone();
    book.apply(BookChange::RestoreBookmark(Box::new(gone.clone()), Some(next.clone())))?;
    assert_eq!(ids(&book), ["a", "b", "c"]);

    book = without;
    book.apply(BookChange::RemoveBookmark(next.clone()))?;
    book.apply(BookChange::RestoreBookmark(Box::new(gone), Some(next)))?;
    assert_eq!(ids(&book), ["a", "b"], "what followed it is gone too");
    Ok(())
}

#[test]
fn a_bookmark_is_added_changed_in_its_place_and_removed() -> Tested {
    let mut book = book()?;
    book.apply(save(bookmark("a", TOPIC, BookmarkScope::EveryProfile)?))?;
    book.apply(save(bookmark("b", "/s3", BookmarkScope::Group(Group::parse("Acme")?))?))?;
    let renamed = Bookmark { name: BookmarkName::parse("Orders")?, ..bookmark("a", TOPIC, only("prod")?)? };
    book.apply(save(renamed.clone()))?;
    assert_eq!((ids(&book), book.bookmark(&renamed.id)), (vec!["a", "b"], Some(&renamed)));
    book.apply(BookChange::RemoveBookmark(renamed.id.clone()))?;
    assert_eq!(ids(&book), ["b"]);
    let before = book.clone();
    assert_eq!(book.apply(BookChange::RemoveBookmark(renamed.id)), Err(UNKNOWN));
    assert_eq!(book.apply(save(bookmark("c", "/s3", only("nobody")?)?)), Err(UNKNOWN));
    assert_eq!(book, before);
    Ok(())
}

#[test]
fn two_bookmarks_have_two_ids() -> Tested {
    let twice =
        vec![bookmark("a", "/s3", BookmarkScope::EveryProfile)?, bookmark("a", "/ec2", BookmarkScope::EveryProfile)?];
    let answer = Book::from_parts(Vec::new(), Vec::new(), Vec::new(), Vec::new(), twice);
    assert_eq!(answer.map_err(|error| error.to_string()), Err("the name is taken already".to_owned()));
    Ok(())
}

#[test]
fn the_page_of_a_bookmark_is_known_in_each_profile_that_it_is_for() -> Tested {
    let mut book = book()?;
    book.apply(save(bookmark("topic", TOPIC, BookmarkScope::Group(Group::parse("Acme")?))?))?;
    book.apply(save(bookmark("home", "console/home", BookmarkScope::EveryProfile)?))?;
    let topic = |region: &str, account: &str| {
        format!(
            "https://{region}.console.aws.amazon.com/sns/v3/home?region={region}#/topic/arn:aws:sns:{region}:{account}:orders"
        )
    };
    for (profile, page, expected) in [
        ("prod", topic("eu-central-1", "111122223333"), Some("topic")),
        ("prod", topic("us-east-1", "111122223333"), Some("topic")),
        (
            "prod",
            topic("us-east-1", "111122223333").replace("https://", "https://111122223333-abcd1234."),
            Some("topic"),
        ),
        ("prod", topic("eu-central-1", "444455556666"), None),
        ("other", topic("eu-central-1", "444455556666"), None),
        ("new", topic("eu-central-1", "111122223333"), None),
        ("new", "https://console.aws.amazon.com/console/home".to_owned(), Some("home")),
        ("other", "https://evil.example/console/home".to_owned(), None),
    ] {
        assert_eq!(at(&book, profile, &page)?, expected, "{page} in {profile}");
    }
    Ok(())
}

#[test]
fn of_several_bookmarks_of_a_page_the_one_for_the_fewest_profiles_stands_for_it() -> Tested {
    let mut book = book()?;
    let page = "https://eu-central-1.console.aws.amazon.com/s3";
    for (id, scope) in [
        ("all", BookmarkScope::EveryProfile),
        ("acme", BookmarkScope::Group(Group::parse("Acme")?)),
        ("own", only("prod")?),
    ] {
        book.apply(save(bookmark(id, "/s3", scope)?))?;
    }
    assert_eq!((at(&book, "prod", page)?, at(&book, "new", page)?), (Some("own"), Some("acme")));
    assert_eq!(at(&book, "other", page)?, Some("all"));
    Ok(())
}

#[test]
fn a_page_that_becomes_a_bookmark_is_that_bookmarks() -> Tested {
    let mut book = book()?;
    let prod = book.find("prod").ok_or("the profile is there")?.clone();
    let page = Url::parse(
        "https://us-east-1.console.aws.amazon.com/ecr/repositories/private/111122223333/web?region=us-east-1",
    )?;
    let template = PageTemplate::of(&page, link::region(&page).as_ref(), prod.account.as_ref()).ok_or("a page")?;
    book.apply(save(Bookmark { page: template, ..bookmark("web", "/", BookmarkScope::EveryProfile)? }))?;
    assert_eq!(at(&book, "prod", page.as_str())?, Some("web"));
    let there =
        "https://eu-central-1.console.aws.amazon.com/ecr/repositories/private/444455556666/web?region=eu-central-1";
    assert_eq!(at(&book, "other", there)?, Some("web"));
    Ok(())
}

#[test]
fn a_profile_that_is_gone_for_good_takes_its_own_bookmarks_along() -> Tested {
    let mut book = book()?;
    for (id, scope) in [("own", only("prod")?), ("acme", BookmarkScope::Group(Group::parse("Acme")?))] {
        book.apply(save(bookmark(id, "/s3", scope)?))?;
    }
    let prod = ProfileId::parse("prod")?;
    book.apply(BookChange::Remove(prod.clone(), Timestamp::UNIX_EPOCH))?;
    assert_eq!(ids(&book), ["own", "acme"], "it may come back");
    book.apply(BookChange::Restore(prod.clone()))?;
    book.apply(BookChange::Forget(prod.clone()))?;
    assert_eq!(ids(&book), ["own", "acme"], "it has come back");
    book.apply(BookChange::Remove(prod.clone(), Timestamp::UNIX_EPOCH))?;
    book.apply(BookChange::Forget(prod))?;
    assert_eq!(ids(&book), ["acme"]);
    Ok(())
}
