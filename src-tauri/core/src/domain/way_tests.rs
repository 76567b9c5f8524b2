//! What ways promise, through the book's front.

use super::*;
use crate::domain::book::BookChange;
use crate::domain::draft::ProfileDraft;
use crate::domain::source::SourceKind;

type Tested = Result<(), InputError>;

fn key(name: &str) -> ProfileDraft {
    ProfileDraft { name: name.to_owned(), access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(), ..ProfileDraft::default() }
}

fn role(name: &str, from: &str) -> ProfileDraft {
    ProfileDraft {
        name: name.to_owned(),
        source: SourceKind::Role,
        from: from.to_owned(),
        role_arn: format!("arn:aws:iam::111122223333:role/{name}"),
        ..ProfileDraft::default()
    }
}

/// Keeps drafts, each under its name as id.
fn book(drafts: Vec<ProfileDraft>) -> Result<Book, InputError> {
    let mut book = Book::default();
    for draft in drafts {
        save(&mut book, draft)?;
    }
    Ok(book)
}

fn save(book: &mut Book, draft: ProfileDraft) -> Result<(), InputError> {
    let id = ProfileId::parse(&draft.name)?;
    let profile = draft.finish(id, book)?;
    book.apply(BookChange::Save(Box::new(profile)))
}

fn way(book: &Book, name: &str) -> Result<Way, InputError> {
    book.way(book.find(name).expect("the case names a profile of the book"))
}

fn roles(way: &Way) -> Vec<&str> {
    way.steps.iter().map(|step| step.role.arn.name()).collect()
}

#[test]
fn a_chain_of_any_depth_begins_at_the_key_and_ends_at_the_profile() -> Tested {
    let book = book(vec![key("base"), role("a", "base"), role("b", "a"), role("c", "b")])?;
    let (way_of_a, way) = (way(&book, "a")?, way(&book, "c")?);
    assert_eq!(roles(&way), ["a", "b", "c"]);
    assert!(matches!(&way.base, Base::Keychain { profile, .. } if profile.as_str() == "base"));
    assert!(way.is_chained() && !way_of_a.is_chained());
    Ok(())
}

#[test]
fn a_key_that_assumes_a_role_by_itself_is_a_link_of_the_chain() -> Tested {
    let hub = ProfileDraft { role_arn: "arn:aws:iam::111122223333:role/Hub".to_owned(), ..key("hub") };
    let book = book(vec![hub, role("spoke", "hub")])?;
    assert_eq!(roles(&way(&book, "spoke")?), ["Hub", "spoke"]);
    Ok(())
}

#[test]
fn a_cycle_is_refused_with_the_names_it_goes_through_and_the_book_stays() -> Tested {
    let mut book = book(vec![key("base"), role("a", "base"), role("b", "a"), role("c", "b")])?;
    let before = book.clone();
    let turned = role("a", "c").finish(ProfileId::parse("a")?, &book)?;
    let names: Vec<String> = book.cycle(&turned).into_iter().flatten().map(|name| name.to_string()).collect();
    assert_eq!(names, ["a", "c", "b", "a"]);
    let refused = book.apply(BookChange::Save(Box::new(turned)));
    assert_eq!(refused, Err(InputError::new(Field::From, Problem::Cycle)));
    assert_eq!(book, before);
    assert_eq!(save(&mut book, role("own", "own")), Err(InputError::new(Field::From, Problem::Cycle)));
    Ok(())
}

#[test]
fn a_profile_that_others_come_through_is_not_removed() -> Tested {
    let mut book = book(vec![key("base"), role("a", "base")])?;
    let remove = |id: &str| Ok(BookChange::Remove(ProfileId::parse(id)?, jiff::Timestamp::UNIX_EPOCH));
    assert_eq!(book.apply(remove("base")?), Err(InputError::new(Field::Name, Problem::InUse)));
    book.apply(remove("a")?)?;
    book.apply(remove("base")?)
}

#[test]
fn a_sign_in_page_gives_no_credentials_to_others() -> Tested {
    let page = ProfileDraft {
        name: "page".to_owned(),
        source: SourceKind::Page,
        sign_in_account: "acme-prod".to_owned(),
        ..ProfileDraft::default()
    };
    let mut book = book(vec![page])?;
    assert_eq!(save(&mut book, role("a", "page")), Err(InputError::new(Field::From, Problem::GivesNothing)));
    Ok(())
}

#[test]
fn roles_behind_one_device_share_it_and_one_alone_does_not() -> Tested {
    let device = "arn:aws:iam::111122223333:mfa/bob";
    let with_device = |name: &str| ProfileDraft { mfa_serial: device.to_owned(), ..role(name, "base") };
    let mut book = book(vec![key("base"), with_device("a"), role("plain", "base")])?;
    let (of_a, a) = (way(&book, "a")?, ProfileId::parse("a")?);
    assert_eq!(of_a.device().map(MfaSerial::as_str), Some(device));
    assert!(!book.shares_device(&of_a, &a));
    save(&mut book, with_device("b"))?;
    assert!(book.shares_device(&of_a, &a));
    assert!(!book.shares_device(&way(&book, "plain")?, &a));
    Ok(())
}

#[test]
fn a_draft_of_each_source_becomes_the_same_profile_again() -> Tested {
    let book = book(vec![key("base")])?;
    let identity_center = ProfileDraft {
        name: "sso".to_owned(),
        source: SourceKind::IdentityCenter,
        start_url: "https://d-1234567890.awsapps.com/start".to_owned(),
        sso_region: "eu-central-1".to_owned(),
        account: "111122223333".to_owned(),
        permission_set: "AdministratorAccess".to_owned(),
        ..ProfileDraft::default()
    };
    let config = ProfileDraft {
        name: "file".to_owned(),
        source: SourceKind::ConfigProfile,
        config_profile: "acme prod".to_owned(),
        ..ProfileDraft::default()
    };
    let page = ProfileDraft {
        name: "page".to_owned(),
        source: SourceKind::Page,
        sign_in_account: "111122223333".to_owned(),
        user_name: "bob".to_owned(),
        ..ProfileDraft::default()
    };
    let full = ProfileDraft {
        external_id: "acme-4711".to_owned(),
        mfa_serial: "arn:aws:iam::111122223333:mfa/bob".to_owned(),
        role_session_name: "bob@acme".to_owned(),
        source_identity: "bob".to_owned(),
        ..role("a", "base")
    };
    for draft in [identity_center, config, page, full] {
        let id = ProfileId::parse("x")?;
        let profile = draft.finish(id.clone(), &book)?;
        assert_eq!(ProfileDraft::from(&profile).finish(id, &book)?, profile);
    }
    Ok(())
}

#[test]
fn a_profile_is_somebody_else_by_what_changes_on_its_way_and_not_by_what_its_session_says_of_itself() -> Tested {
    let before = book(vec![key("base"), role("a", "base"), role("b", "a")])?;
    let changed = |draft: ProfileDraft| -> Result<Vec<String>, InputError> {
        let mut after = before.clone();
        save(&mut after, draft)?;
        let names = ["base", "a", "b"].map(ProfileId::parse).into_iter().collect::<Result<Vec<_>, _>>()?;
        let others = names.iter().filter(|id| after.became_somebody_else(id, &before));
        Ok(others.map(|id| id.as_str().to_owned()).collect())
    };
    let other_key = ProfileDraft { access_key_id: "AKIAI44QH8DHBEXAMPLE".to_owned(), ..key("base") };
    assert_eq!(changed(other_key)?, ["base", "a", "b"]);
    let other_role = ProfileDraft { role_arn: "arn:aws:iam::111122223333:role/Reader".to_owned(), ..role("a", "base") };
    assert_eq!(changed(other_role)?, ["a", "b"]);
    let other_way = role("b", "base");
    assert_eq!(changed(other_way)?, ["b"]);
    let said = ProfileDraft {
        role_session_name: "ann".to_owned(),
        duration: Some(SessionDuration::HOUR),
        ..role("a", "base")
    };
    assert_eq!(changed(said)?, [""; 0]);
    let other_region = ProfileDraft { region: "us-east-1".to_owned(), ..key("base") };
    assert_eq!(changed(other_region)?, [""; 0]);
    Ok(())
}

#[test]
fn a_profile_is_of_the_partition_of_its_role_or_else_of_its_region_and_of_no_other() -> Tested {
    let book = Book::default();
    let finish = |draft: ProfileDraft| draft.finish(ProfileId::parse("x")?, &book);
    let partition = |role_arn: &str, region: &str| {
        let (role_arn, region) = (role_arn.to_owned(), region.to_owned());
        finish(ProfileDraft { role_arn, region, ..key("x") }).map(|profile| profile.partition.as_str().to_owned())
    };
    let china = "arn:aws-cn:iam::111122223333:role/Admin";
    assert_eq!(partition("", "cn-north-1")?, "aws-cn");
    assert_eq!(partition("", "us-gov-west-1")?, "aws-us-gov");
    assert_eq!(partition(china, "")?, "aws-cn");
    assert_eq!(partition("", "xx-new-1")?, "aws", "a region that is newer than this list");
    let elsewhere = Err(InputError::new(Field::Region, Problem::Contradicts));
    assert_eq!(partition(china, "us-east-1"), elsewhere);
    let by_name = ProfileDraft { partition: "aws".to_owned(), region: "cn-north-1".to_owned(), ..key("x") };
    assert_eq!(finish(by_name).map(drop), elsewhere.clone().map(drop));

    let policy = |region: &str, policy: &str| {
        finish(ProfileDraft { region: region.to_owned(), session_policy_arn: policy.to_owned(), ..key("x") })
    };
    let read_only = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    assert!(policy("eu-west-1", read_only).is_ok());
    let contradicts = InputError::new(Field::SessionPolicyArn, Problem::Contradicts);
    assert_eq!(policy("cn-north-1", read_only).map(drop), Err(contradicts));
    Ok(())
}
