//! What the book promises, through its front.

use super::*;
use crate::domain::profile::Region;
use crate::domain::source::{AccessKeyId, AccessKeySource, PolicyArn, Role, RoleArn, Through};

type Tested = Result<(), InputError>;

fn profile(id: &str, name: &str, group: Option<&str>) -> Result<Box<Profile>, InputError> {
    Ok(Box::new(Profile {
        id: ProfileId::parse(id)?,
        name: ProfileName::parse(name)?,
        group: group.map(Group::parse).transpose()?,
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
    }))
}

fn book(names: &[(&str, Option<&str>)]) -> Result<Book, InputError> {
    let mut book = Book::default();
    for (name, group) in names {
        book.apply(BookChange::Save(profile(&name.to_lowercase(), name, *group)?))?;
    }
    Ok(book)
}

fn names(book: &Book) -> Vec<&str> {
    book.profiles().iter().map(|profile| profile.name.as_str()).collect()
}

#[test]
fn a_name_is_taken_whatever_its_case() -> Tested {
    let mut book = book(&[("Acme", None)])?;
    let before = book.clone();
    let answer = book.apply(BookChange::Save(profile("other", "ACME", None)?));
    assert_eq!(answer, Err(InputError::new(Field::Name, Problem::Taken)));
    assert_eq!(book, before);
    assert_eq!(book.free_name(&ProfileName::parse("acme")?).as_str(), "acme 2");
    Ok(())
}

#[test]
fn a_new_profile_stands_behind_its_group() -> Tested {
    let book = book(&[("a1", Some("A")), ("b1", Some("B")), ("a2", Some("A"))])?;
    assert_eq!(names(&book), ["a1", "a2", "b1"]);
    Ok(())
}

#[test]
fn a_profile_moves_before_another_and_into_its_group() -> Tested {
    let mut book = book(&[("a1", Some("A")), ("a2", Some("A")), ("b1", Some("B"))])?;
    book.apply(BookChange::Move {
        profile: ProfileId::parse("b1")?,
        group: Some(Group::parse("A")?),
        before: Some(ProfileId::parse("a2")?),
    })?;
    assert_eq!(names(&book), ["a1", "b1", "a2"]);
    assert_eq!(book.profiles()[1].group, Some(Group::parse("A")?));
    Ok(())
}

#[test]
fn a_removed_profile_comes_back_to_its_place_even_if_its_name_was_taken_meanwhile() -> Tested {
    let mut book = book(&[("a", None), ("b", None), ("c", None)])?;
    let id = ProfileId::parse("b")?;
    book.apply(BookChange::Remove(id.clone(), Timestamp::UNIX_EPOCH))?;
    assert_eq!(names(&book), ["a", "c"]);
    book.apply(BookChange::Save(profile("new", "b", None)?))?;
    book.apply(BookChange::Restore(id))?;
    assert_eq!(names(&book), ["a", "b 2", "c", "b"]);
    assert!(book.removed().is_empty());
    Ok(())
}

#[test]
fn a_role_of_another_account_or_partition_is_refused() -> Tested {
    let mut book = Book::default();
    let mut wanted = profile("a", "a", None)?;
    wanted.account = Some(AwsAccountId::parse("444455556666")?);
    wanted.source = Source::AccessKey(AccessKeySource {
        key_id: AccessKeyId::parse("AKIAIOSFODNN7EXAMPLE")?,
        through: Through::Role(Role::plain(RoleArn::parse("arn:aws:iam::111122223333:role/Admin")?)),
        duration: None,
    });
    let answer = book.apply(BookChange::Save(wanted.clone()));
    assert_eq!(answer, Err(InputError::new(Field::Account, Problem::Contradicts)));
    wanted.account = None;
    wanted.partition = PartitionName::parse("aws-cn")?;
    let answer = book.apply(BookChange::Save(wanted));
    assert_eq!(answer, Err(InputError::new(Field::RoleArn, Problem::Contradicts)));
    Ok(())
}

#[test]
fn a_partition_in_use_stays() -> Tested {
    let mut book = Book::default();
    let name = PartitionName::parse("emulator")?;
    let endpoint = |field| crate::domain::partition::Endpoint::parse("http://127.0.0.1:4566", field);
    book.apply(BookChange::SavePartition(Box::new(OwnPartition {
        name: name.clone(),
        sts: endpoint(Field::Sts)?,
        sign_in: endpoint(Field::SignIn)?,
        consoles: vec![endpoint(Field::Console)?],
        s3: None,
        iam: None,
        sso: None,
        sso_oidc: None,
        regions: vec![Region::parse("us-east-1")?],
    })))?;
    let mut wanted = profile("a", "a", None)?;
    wanted.partition = name.clone();
    book.apply(BookChange::Save(wanted))?;
    let answer = book.apply(BookChange::RemovePartition(name.clone()));
    assert_eq!(answer, Err(InputError::new(Field::Partition, Problem::InUse)));
    book.apply(BookChange::Remove(ProfileId::parse("a")?, Timestamp::UNIX_EPOCH))?;
    book.apply(BookChange::Forget(ProfileId::parse("a")?))?;
    book.apply(BookChange::RemovePartition(name))?;
    assert!(book.own_partitions().is_empty());
    Ok(())
}
