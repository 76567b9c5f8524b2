//! What the book's file promises, through `ProfileBook`.

mod storage_support;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::ports::{Clock, LoadedBook, ProfileBook};
use sidelight_core::domain::book::{Book, BookChange};
use sidelight_core::domain::profile::{Group, Profile, ProfileId};
use sidelight_core::domain::source::{AccountOrAlias, PageSource, Source};
use storage_support::{Standing, Tested, book_in, filled, full_profile, names_in, partition, profile, save};

#[test]
fn a_missing_file_is_an_empty_book_and_nothing_is_written_for_it() -> Tested {
    let folder = tempfile::tempdir()?;
    let loaded = book_in(folder.path())?.load()?;
    assert_eq!(loaded, LoadedBook { book: Book::default(), read_only: false, warning: None });
    assert!(names_in(folder.path())?.is_empty());
    Ok(())
}

#[test]
fn what_was_applied_is_what_another_process_loads() -> Tested {
    let folder = tempfile::tempdir()?;
    let applied = filled(folder.path())?;
    assert_eq!(book_in(folder.path())?.load()?, LoadedBook { book: applied, read_only: false, warning: None });
    Ok(())
}

#[test]
fn the_file_is_readable() -> Tested {
    let folder = tempfile::tempdir()?;
    let book = book_in(folder.path())?;
    book.apply(BookChange::SavePartition(Box::new(partition("demo")?)))?;
    book.apply(save(full_profile("a1", "acme prod")?))?;
    book.apply(save(profile("a2", "acme staging")?))?;
    book.apply(BookChange::Remove(ProfileId::parse("a2")?, Standing.now()))?;
    assert_eq!(
        fs::read_to_string(folder.path().join("profiles.toml"))?,
        r#"# Sidelight's profiles. No secrets are in here: they lie in the keychain.
# You may edit this file; comments and keys of your own stay. Keep its last line.
schema = 1

[[partition]]
name = "demo"
sts = "http://127.0.0.1:4566/"
sign_in = "http://127.0.0.1:4566/federation"
consoles = ["http://127.0.0.1:4567/"]
s3 = "http://127.0.0.1:4568/"
regions = ["us-east-1", "eu-central-1"]

[[profile]]
id = "a1"
name = "acme prod"
group = 'アクメ "株式会社" #1'
account = "111122223333"
partition = "aws"
region = "eu-central-1"
mark = "本番"
[profile.access_key]
id = "AKIAIOSFODNN7EXAMPLE"
role = "arn:aws:iam::111122223333:role/team/Admin"
external_id = "ex-42"
duration_seconds = 3600

[[removed]]
id = "a2"
name = "acme staging"
partition = "aws"
region = "us-east-1"
removed_at = "2026-11-23T13:00:00Z"
[removed.access_key]
id = "AKIAIOSFODNN7EXAMPLE"
session_policy = "arn:aws:iam::aws:policy/AdministratorAccess"

# end of the book
"#
    );
    Ok(())
}

const BY_HAND: &str = r#"# head of mine
schema = 1 # the first

[mine]
key = "stays"

# about b
[[profile]]
id = 'b' # single quotes
colour-of-mine = "red"
name = "b"
partition = "aws"
region = "us-east-1"
access_key = { id = "AKIAIOSFODNN7EXAMPLE", session_policy = "arn:aws:iam::aws:policy/ReadOnlyAccess", mine = 1 }

# about a
[[profile]]
id = "a"
name = "a"
partition = "aws"   # the usual one
region = "us-east-1"
# about a's key
[profile.access_key]
id = "AKIAIOSFODNN7EXAMPLE"
session_policy = "arn:aws:iam::aws:policy/ReadOnlyAccess"

# at the end
# end of the book

# added below the end
[[profile]]
id = "c"
name = "c"
partition = "aws"
region = "us-east-1"
[profile.access_key]
id = "AKIAIOSFODNN7EXAMPLE"
session_policy = "arn:aws:iam::aws:policy/ReadOnlyAccess"
"#;

#[test]
fn a_change_leaves_comments_unknown_keys_and_spelling_as_they_are() -> Tested {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("profiles.toml");
    fs::write(&file, BY_HAND)?;
    let book = book_in(folder.path())?;
    assert_eq!(book.load()?.warning, None);
    let a = ProfileId::parse("a")?;
    book.apply(BookChange::Move {
        profile: a.clone(),
        group: Some(Group::parse("g")?),
        before: Some(ProfileId::parse("b")?),
    })?;
    let after = fs::read_to_string(&file)?;
    for kept in BY_HAND.lines().filter(|line| !line.is_empty()) {
        assert_eq!(
            after.lines().filter(|line| *line == kept).count(),
            BY_HAND.lines().filter(|line| *line == kept).count(),
            "{kept}\n{after}"
        );
    }
    let place = |words: &str| after.find(words).ok_or(format!("{words} is gone"));
    assert!(place("[mine]")? < place("# about a\n")? && place("# about a's key")? < place("# about b")?, "{after}");
    assert!(place("# added below the end")? < place("# end of the book")?, "{after}");
    assert!(after.ends_with("# end of the book\n"));
    assert_eq!(after.lines().count(), BY_HAND.lines().count() + 2, "the group and a blank line were added\n{after}");

    let before = fs::read_to_string(&file)?;
    book.apply(BookChange::Remove(a.clone(), Standing.now()))?;
    let removed = fs::read_to_string(&file)?;
    assert!(removed.contains("# about a's key") && removed.contains("# the usual one"), "{removed}");
    book.apply(BookChange::Restore(a))?;
    assert_eq!(fs::read_to_string(&file)?, before, "a profile that comes back is as it was");
    Ok(())
}

#[test]
fn a_change_that_does_not_fit_leaves_the_file_as_it_is() -> Tested {
    let folder = tempfile::tempdir()?;
    filled(folder.path())?;
    let before = fs::read(folder.path().join("profiles.toml"))?;
    let answer = book_in(folder.path())?.apply(save(profile("new", "ACME PROD")?));
    assert!(matches!(answer, Err(Error { cause: Cause::Input(_), .. })), "{answer:?}");
    assert_eq!(fs::read(folder.path().join("profiles.toml"))?, before);
    Ok(())
}

#[test]
fn three_generations_are_kept() -> Tested {
    let folder = tempfile::tempdir()?;
    filled(folder.path())?;
    let count = |name: &str| -> Result<usize, std::io::Error> {
        Ok(fs::read_to_string(folder.path().join(name))?.matches("[[profile]]").count())
    };
    assert_eq!((count("profiles.toml")?, count("profiles.toml.1")?, count("profiles.toml.2")?), (2, 3, 2));
    assert_eq!(names_in(folder.path())?, ["profiles.toml", "profiles.toml.1", "profiles.toml.2", "profiles.toml.lock"]);
    Ok(())
}

#[test]
#[cfg(unix)]
fn files_are_for_this_user_only() -> Tested {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir()?;
    let home = folder.path().join("made/below");
    filled(&home)?;
    for path in [folder.path().join("made"), home.clone()] {
        assert_eq!(fs::metadata(&path)?.permissions().mode() & 0o777, 0o700, "{}", path.display());
    }
    for name in names_in(&home)? {
        assert_eq!(fs::metadata(home.join(&name))?.permissions().mode() & 0o777, 0o600, "{name}");
    }
    Ok(())
}

#[test]
fn a_book_that_needs_a_newer_schema_leaves_a_copy_for_an_older_sidelight() -> Tested {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("profiles.toml");
    let book = book_in(folder.path())?;
    book.apply(save(profile("a1", "acme prod")?))?;
    let before = fs::read_to_string(&path)?;
    assert!(before.contains("schema = 1"), "{before}");
    let page = PageSource { account: AccountOrAlias::parse("acme-prod")?, user: None };
    for name in ["acme by hand", "acme by hand, renamed", "acme by hand, again"] {
        book.apply(save(Profile { source: Source::Page(page.clone()), ..profile("b1", name)? }))?;
    }
    assert!(fs::read_to_string(&path)?.contains("schema = 2"));
    assert_eq!(fs::read_to_string(folder.path().join("profiles.toml.schema-1"))?, before);
    Ok(())
}

#[test]
fn a_file_of_a_newer_sidelight_is_shown_and_never_written() -> Tested {
    for (change, profiles) in [
        (("schema = 1", "schema = 3"), 2),
        (("schema = 1\n", "schema = 3\nmeaning = \"other\"\n"), 2),
        (("schema = 1\n", "schema = 99\nprofile = \"all different\"\n"), 0),
    ] {
        let folder = tempfile::tempdir()?;
        filled(folder.path())?;
        let file = folder.path().join("profiles.toml");
        let newer = fs::read_to_string(&file)?.replacen(change.0, change.1, 1);
        let newer = if profiles == 0 { newer.split("[[").next().unwrap_or_default().to_owned() } else { newer };
        fs::write(&file, &newer)?;
        let before = names_in(folder.path())?;
        let book = book_in(folder.path())?;
        let loaded = book.load()?;
        assert_eq!((loaded.read_only, loaded.book.profiles().len()), (true, profiles));
        assert_eq!(book.apply(save(profile("new", "new")?)), Err(Cause::Conflict.into()));
        assert_eq!(fs::read_to_string(&file)?, newer);
        assert_eq!(names_in(folder.path())?, before);
    }
    Ok(())
}

#[test]
#[cfg(unix)]
fn a_linked_file_stays_a_link_and_what_it_points_to_is_written() -> Tested {
    let folder = tempfile::tempdir()?;
    let (home, dotfiles) = (folder.path().join("home"), folder.path().join("dotfiles"));
    fs::create_dir_all(&home)?;
    fs::create_dir_all(&dotfiles)?;
    let real = dotfiles.join("profiles.toml");
    std::os::unix::fs::symlink(&real, home.join("profiles.toml"))?;
    let good = filled(&home)?;
    assert!(home.join("profiles.toml").is_symlink() && real.is_file());
    fs::copy(&real, dotfiles.join("profiles.toml.1"))?;
    fs::write(&real, "damaged")?;
    assert_eq!(book_in(&home)?.load()?.book, good);
    assert!(home.join("profiles.toml").is_symlink());

    fs::rename(&dotfiles, folder.path().join("unmounted"))?;
    let answer = book_in(&home)?.load();
    assert!(matches!(answer, Err(Error { cause: Cause::Disk { .. }, .. })), "not an empty book: {answer:?}");
    Ok(())
}

/// `count` profiles, as the file spells them.
fn large_file(folder: &Path, count: usize) -> Result<PathBuf, Box<dyn std::error::Error>> {
    book_in(folder)?.apply(save(full_profile("template", "template")?))?;
    let file = folder.join("profiles.toml");
    let text = fs::read_to_string(&file)?;
    let (head, rest) = text.split_once("[[profile]]").ok_or("no profile")?;
    let (one, end) = rest.split_once("# end").ok_or("no end")?;
    let mut all = head.to_owned();
    for number in 0..count {
        all.push_str("[[profile]]");
        all.push_str(&one.replace("template", &format!("p{number}")));
    }
    fs::write(&file, format!("{all}# end{end}"))?;
    Ok(file)
}

#[test]
fn a_hundred_thousand_profiles_load() -> Tested {
    let folder = tempfile::tempdir()?;
    large_file(folder.path(), 100_000)?;
    let began = Instant::now();
    assert_eq!(book_in(folder.path())?.load()?.book.profiles().len(), 100_000);
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    Ok(())
}

#[test]
fn ten_thousand_profiles_change() -> Tested {
    let folder = tempfile::tempdir()?;
    large_file(folder.path(), 10_000)?;
    let book = book_in(folder.path())?;
    let changed = book.apply(BookChange::Remove(ProfileId::parse("p5000")?, Standing.now()))?;
    assert_eq!((changed.profiles().len(), changed.removed().len()), (9_999, 1));
    assert_eq!(book.load()?.book, changed);
    Ok(())
}
