//! What the tests of storage share: a home of their own, profiles, a clock that stands.
#![allow(dead_code, reason = "not each test file uses all of it")]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use jiff::Timestamp;
use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::ports::{Clock, ProfileBook};
use sidelight_core::domain::book::{Book, BookChange};
use sidelight_core::domain::input::{Field, InputError};
use sidelight_core::domain::mark::MarkWord;
use sidelight_core::domain::partition::{Endpoint, OwnPartition, PartitionName};
use sidelight_core::domain::profile::{AwsAccountId, Group, Profile, ProfileId, ProfileName, Region};
use sidelight_core::domain::source::{
    AccessKeyId, AccessKeySource, ExternalId, PolicyArn, Role, RoleArn, SessionDuration, Source, Through,
};
use sidelight_core::storage::home::Home;
use sidelight_core::storage::profile_book::BookFile;

pub type Tested = Result<(), Box<dyn std::error::Error>>;

/// 2026-11-23, always.
pub struct Standing;

impl Clock for Standing {
    fn now(&self) -> Timestamp {
        Timestamp::constant(1_795_438_800, 0)
    }
}

pub fn book_in(folder: &Path) -> Result<BookFile, Box<dyn std::error::Error>> {
    Ok(BookFile::new(&Home::at(folder)?, Arc::new(Standing)))
}

/// A book of some generations: an own partition, three profiles, one removed.
pub fn filled(folder: &Path) -> Result<Book, Box<dyn std::error::Error>> {
    let book = book_in(folder)?;
    book.apply(BookChange::SavePartition(Box::new(partition("demo")?)))?;
    book.apply(save(full_profile("a1", "acme prod")?))?;
    book.apply(save(profile("a2", "acme staging")?))?;
    book.apply(save(profile("b1", "other")?))?;
    Ok(book.apply(BookChange::Remove(ProfileId::parse("a2")?, Standing.now()))?)
}

/// A book with one change is set aside as damaged, and the warning's detail has these words.
pub fn is_damaged_and_says_where(book: &str, (from, to): (&str, &str), words: &str) -> Tested {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("profiles.toml"), book.replacen(from, to, 1))?;
    let warning = book_in(folder.path())?.load()?.warning;
    let Some(Error { cause: Cause::Corrupt { moved_to: Some(_), .. }, detail: Some(detail) }) = &warning else {
        return Err(format!("{from} -> {to}: {warning:?}").into());
    };
    assert!(detail.contains(words), "{from} -> {to}: {detail}");
    Ok(())
}

pub fn names_in(folder: &Path) -> Result<Vec<String>, std::io::Error> {
    let mut names: Vec<String> =
        fs::read_dir(folder)?.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    Ok(names)
}

pub fn profile(id: &str, name: &str) -> Result<Profile, InputError> {
    Ok(Profile {
        id: ProfileId::parse(id)?,
        name: ProfileName::parse(name)?,
        group: None,
        account: None,
        partition: PartitionName::parse("aws")?,
        region: Region::parse("us-east-1")?,
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

/// Every field filled.
pub fn full_profile(id: &str, name: &str) -> Result<Profile, InputError> {
    Ok(Profile {
        group: Some(Group::parse("アクメ \"株式会社\" #1")?),
        account: Some(AwsAccountId::parse("111122223333")?),
        region: Region::parse("eu-central-1")?,
        mark: Some(MarkWord::parse("本番")?),
        source: Source::AccessKey(AccessKeySource {
            key_id: AccessKeyId::parse("AKIAIOSFODNN7EXAMPLE")?,
            through: Through::Role(Role {
                external_id: Some(ExternalId::parse("ex-42")?),
                ..Role::plain(RoleArn::parse("arn:aws:iam::111122223333:role/team/Admin")?)
            }),
            duration: Some(SessionDuration::HOUR),
        }),
        ..profile(id, name)?
    })
}

pub fn save(profile: Profile) -> BookChange {
    BookChange::Save(Box::new(profile))
}

pub fn partition(name: &str) -> Result<OwnPartition, InputError> {
    Ok(OwnPartition {
        name: PartitionName::parse(name)?,
        sts: Endpoint::parse("http://127.0.0.1:4566", Field::Sts)?,
        sign_in: Endpoint::parse("http://127.0.0.1:4566/federation", Field::SignIn)?,
        consoles: vec![Endpoint::parse("http://127.0.0.1:4567", Field::Console)?],
        s3: Some(Endpoint::parse("http://127.0.0.1:4568", Field::S3)?),
        iam: None,
        sso: None,
        sso_oidc: None,
        regions: vec![Region::parse("us-east-1")?, Region::parse("eu-central-1")?],
    })
}

/// This test binary again, running only its ignored test `child`.
pub fn child_process() -> Result<Command, std::io::Error> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["--exact", "child", "--ignored", "--nocapture", "--test-threads=1"]);
    Ok(command)
}
