//! What marks promise, through the book: whoever has one, why, and that neighbours differ.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::domain::book::{Book, BookChange};
use crate::domain::partition::PartitionName;
use crate::domain::profile::{AwsAccountId, Group, ProfileId, ProfileName, Region};
use crate::domain::rule::Condition;
use crate::domain::source::{
    AccessKeyId, AccessKeySource, IdentityCenterSource, PermissionSetName, PolicyArn, Role, RoleArn, Source, StartUrl,
    Through,
};

type Tested = Result<(), Box<dyn std::error::Error>>;

fn profile(name: &str, mark: Option<&str>) -> Result<Profile, InputError> {
    let id: String = name.bytes().map(|byte| format!("{byte:02x}")).collect();
    Ok(Profile {
        id: ProfileId::parse(&id)?,
        name: ProfileName::parse(name)?,
        group: None,
        account: None,
        partition: PartitionName::parse("aws")?,
        region: Region::parse("us-east-1")?,
        mark: mark.map(MarkWord::parse).transpose()?,
        guards: None,
        sites: Vec::new(),
        source: Source::AccessKey(AccessKeySource {
            key_id: AccessKeyId::parse("AKIAIOSFODNN7EXAMPLE")?,
            through: Through::Federation { policy: PolicyArn::administrator_access("aws") },
            duration: None,
        }),
    })
}

fn book(profiles: Vec<Profile>, rules: Vec<Rule>) -> Result<Book, InputError> {
    Book::from_parts(profiles, Vec::new(), Vec::new(), rules, Vec::new())
}

fn rule(on: Subject, pattern: &str, word: &str, look: Option<(Colour, Shape)>) -> Result<Rule, InputError> {
    let look = look.map(|(colour, shape)| Look::new(colour, shape)).transpose()?;
    let guards = Guards { read_only: true, ..Guards::NONE };
    Rule::new(Condition::parse(on, pattern)?, MarkWord::parse(word)?, look, guards)
}

fn only(marked: Vec<Marked>) -> Result<Marked, &'static str> {
    marked.into_iter().next().ok_or("no mark")
}

fn by_rule(number: usize, on: Subject, found: &str) -> Reason {
    Reason::Rule { number, on, found: Arc::from(found) }
}

#[test]
fn production_is_a_red_octagon_and_nothing_else_is() -> Tested {
    for word in ["PROD", "prod", "Production", "本番", "live", "prd-eu"] {
        let mark = only(book(vec![profile("a", Some(word))?], Vec::new())?.marked())?.mark;
        assert_eq!((mark.colour, mark.shape), (Colour::Red, Shape::Octagon), "{word}");
    }
    for word in ["STG", "dev", "開発", "qa", "sandbox", "own", "x", "pre-prod", "non-prod", "本番前"] {
        let mark = only(book(vec![profile("a", Some(word))?], Vec::new())?.marked())?.mark;
        assert_ne!(mark.colour, Colour::Red, "{word}");
        assert_ne!(mark.shape, Shape::Octagon, "{word}");
    }
    Ok(())
}

#[test]
fn a_mark_says_why() -> Tested {
    let mut grouped = profile("acme eu", None)?;
    grouped.group = Some(Group::parse("Production")?);
    let marked = book(vec![profile("acme-prod", None)?, grouped, profile("x", None)?], Vec::new())?.marked();
    assert_eq!(marked[0].reason, by_rule(1, Subject::Name, "prod"));
    assert_eq!(marked[1].reason, by_rule(7, Subject::Group, "production"));
    assert_eq!(marked[2].reason, Reason::NoRule);
    assert_eq!(marked[2].mark.word, None);
    let words = marked.iter().map(|marked| marked.mark.word.as_ref().map(MarkWord::as_str));
    assert_eq!(words.collect::<Vec<_>>(), [Some("PROD"), Some("PROD"), None]);
    Ok(())
}

#[test]
fn the_users_own_word_wins_over_every_rule() -> Tested {
    let marked = only(book(vec![profile("acme-prod", Some("DR"))?], Vec::new())?.marked())?;
    assert_eq!((marked.mark.word, marked.reason), (Some(MarkWord::parse("DR")?), Reason::Given));
    assert_ne!(marked.mark.colour, Colour::Red);
    Ok(())
}

#[test]
fn a_rule_on_the_role_looks_at_the_permission_set_or_the_assumed_role() -> Tested {
    let key = profile("key", None)?;
    let arn = |text| Ok::<_, InputError>(Role::plain(RoleArn::parse(text)?));
    let through_role = Source::AccessKey(AccessKeySource {
        key_id: AccessKeyId::parse("AKIAIOSFODNN7EXAMPLE")?,
        through: Through::Role(arn("arn:aws:iam::111122223333:role/ops/power-user")?),
        duration: None,
    });
    let through_portal = Source::IdentityCenter(IdentityCenterSource {
        start_url: StartUrl::parse("https://acme.awsapps.com/start")?,
        region: Region::parse("eu-central-1")?,
        account: AwsAccountId::parse("111122223333")?,
        permission_set: PermissionSetName::parse("AdministratorAccess")?,
    });
    let assumed = Profile { source: through_role, ..profile("assumed", None)? };
    let portal = Profile { source: through_portal, ..profile("portal", None)? };
    let rules = vec![rule(Subject::Role, "admin*", "ADMIN", None)?, rule(Subject::Role, "power user", "POWER", None)?];
    let reasons: Vec<Reason> =
        book(vec![key, assumed, portal], rules)?.marked().into_iter().map(|marked| marked.reason).collect();
    let expected = [Reason::NoRule, by_rule(2, Subject::Role, "power user"), by_rule(1, Subject::Role, "admin*")];
    assert_eq!(reasons, expected);
    Ok(())
}

#[test]
fn the_first_rule_that_fits_wins_and_own_rules_take_the_place_of_the_ready_made() -> Tested {
    let mut profile = profile("acme-prod", None)?;
    profile.account = Some(AwsAccountId::parse("111122223333")?);
    let mut book = book(vec![profile], Vec::new())?;
    book.apply(BookChange::SetRules(vec![
        rule(Subject::Group, "*", "G", None)?,
        rule(Subject::Page, "acme.example", "PAGE", None)?,
        rule(Subject::Account, "4444*, 1111-2222*", "EU", Some((Colour::Pink, Shape::Circle)))?,
        rule(Subject::Name, "prod", "PROD", None)?,
    ]))?;
    let marked = only(book.marked())?;
    assert_eq!(marked.reason, by_rule(3, Subject::Account, "11112222*"));
    assert_eq!((marked.mark.colour, marked.mark.shape), (Colour::Pink, Shape::Circle));
    book.apply(BookChange::SetRules(vec![rule(Subject::Name, "acme", "PROD", None)?]))?;
    assert_eq!(
        only(book.marks().into_iter().map(|mark| Marked { mark, reason: Reason::NoRule }).collect())?.mark.colour,
        Colour::Red
    );
    book.apply(BookChange::SetRules(Vec::new()))?;
    assert_eq!(only(book.marked())?.reason, by_rule(1, Subject::Name, "prod"));
    Ok(())
}

#[test]
fn a_word_looks_alike_whether_the_user_or_a_rule_gave_it() -> Tested {
    let rules = vec![rule(Subject::Name, "canary", "CANARY", Some((Colour::Teal, Shape::Diamond)))?];
    let marks = book(vec![profile("the canary", None)?, profile("b", Some("canary"))?], rules)?.marks();
    assert_eq!((marks[0].colour, marks[0].shape), (marks[1].colour, marks[1].shape));
    let marks = book(vec![profile("a", Some("EU"))?, profile("b", Some("eu"))?], Vec::new())?.marks();
    assert_eq!((marks[0].colour, marks[0].shape), (marks[1].colour, marks[1].shape));
    Ok(())
}

#[test]
fn a_page_of_the_users_own_site_has_its_own_mark_and_a_console_page_never() -> Tested {
    let rules = vec![
        rule(Subject::Page, "stg.acme.example, *.console.aws.amazon.com", "STG", None)?,
        rule(Subject::Name, "prod", "PROD", None)?,
    ];
    let book = book(vec![profile("acme prod", None)?], rules)?;
    let (profile, marked) = (&book.profiles()[0], only(book.marked())?);
    let at = |page: &str| Ok::<_, url::ParseError>(book.marked_page(profile, &marked, &Url::parse(page)?));
    let own = at("https://stg.acme.example/users")?;
    assert_eq!((own.mark.colour, own.reason), (Colour::Amber, by_rule(1, Subject::Page, "stg.acme.example")));
    assert_eq!(at("https://other.example/stg.acme.example")?, marked);
    assert_eq!(at("https://eu-west-1.console.aws.amazon.com/s3")?, marked);
    Ok(())
}

#[test]
fn guards_come_with_the_mark_unless_the_profile_has_its_own() -> Tested {
    let ready_made = Guards { confirm_linked: true, ..Guards::NONE };
    let mut own = profile("own prod", None)?;
    own.guards = Some(Guards::NONE);
    let profiles = vec![profile("prod", None)?, profile("x", Some("本番"))?, own, profile("y", None)?];
    let mut book = book(profiles, Vec::new())?;
    let guards = |book: &Book| book.profiles().iter().map(|profile| book.guards_of(profile)).collect::<Vec<_>>();
    assert_eq!(guards(&book), [ready_made, ready_made, Guards::NONE, Guards::NONE]);
    book.apply(BookChange::SetRules(vec![rule(Subject::Name, "prod", "PROD", None)?]))?;
    let by_rule = Guards { read_only: true, ..Guards::NONE };
    assert_eq!(guards(&book), [by_rule, by_rule, Guards::NONE, Guards::NONE]);
    book.apply(BookChange::SetRules(vec![rule(Subject::Name, "dev", "DEV", None)?]))?;
    assert_eq!(guards(&book), [Guards::NONE, ready_made, Guards::NONE, Guards::NONE]);
    Ok(())
}

#[test]
fn neighbours_without_a_known_word_never_look_alike() -> Tested {
    let profiles = (0..300).map(|number| profile(&format!("p{number}"), None)).collect::<Result<Vec<_>, _>>()?;
    let marks = book(profiles, Vec::new())?.marks();
    assert!(marks.windows(2).all(|pair| pair[0].colour != pair[1].colour));
    let looks: std::collections::HashSet<_> = marks.iter().map(|mark| (mark.colour, mark.shape)).collect();
    assert_eq!(looks.len(), 12, "three colours in four shapes");
    Ok(())
}

#[test]
fn ten_thousand_profiles_are_marked_in_no_time() -> Tested {
    const ENDS: [&str; 5] = ["prod", "staging eu-central", "検証環境", "shared services", "reproduce products"];
    let profiles = (0..10_000)
        .map(|number| profile(&format!("client {number} {}", ENDS[number % ENDS.len()]), None))
        .collect::<Result<Vec<_>, _>>()?;
    let book = book(profiles, Vec::new())?;
    let began = Instant::now();
    assert_eq!(book.marked().len(), 10_000);
    // A few milliseconds when optimised; this is without optimisation, on a busy machine.
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    Ok(())
}

/// Names and words of all kinds, as they may stand one under another.
fn any_profile() -> impl Strategy<Value = (String, Option<&'static str>)> {
    let name = prop_oneof![3 => "[a-z]{6}", 1 => "[a-z]{5} (prod|stg|dev|test|sandbox|nonprod|eu)"];
    let word = proptest::sample::select(vec![None, None, None, Some("EU"), Some("us"), Some("PROD"), Some("検証")]);
    (name, word)
}

/// What a user tells apart: the look that was chosen for a word, else the word, else the profile.
fn is_one_environment(one: &Marked, other: &Marked) -> bool {
    let word = |marked: &Marked| marked.mark.word.as_ref().map(|word| word.as_str().to_lowercase());
    let means = |marked: &Marked| marked.mark.word.as_ref().and_then(meaning).map(|(look, _)| look);
    word(one).is_some() && (word(one) == word(other) || (means(one).is_some() && means(one) == means(other)))
}

proptest! {
    #[test]
    fn neighbours_differ_whatever_they_are_called(
        profiles in proptest::collection::vec(any_profile(), 2..40),
        with_rules in any::<bool>(),
    ) {
        let mut seen = std::collections::HashSet::new();
        let profiles = profiles.into_iter().filter(|(name, _)| seen.insert(name.clone()));
        let profiles: Vec<Profile> =
            profiles.map(|(name, word)| profile(&name, word)).collect::<Result<_, _>>()?;
        // A look that the user chose, in a colour that free ones have.
        let rules = if with_rules { vec![rule(Subject::Name, "a*, eu", "OWN", Some((Colour::Violet, Shape::Circle)))?] } else { Vec::new() };
        let marked = book(profiles, rules)?.marked();
        for pair in marked.windows(2) {
            let is_one = is_one_environment(&pair[0], &pair[1]);
            prop_assert_eq!(pair[0].mark.colour == pair[1].mark.colour, is_one, "{:?}", pair);
        }
    }

    #[test]
    fn a_profile_keeps_its_colour_wherever_no_neighbour_wants_the_same(
        names in proptest::collection::hash_set("[a-z]{6}", 2..30),
    ) {
        let profiles: Vec<Profile> = names.iter().map(|name| profile(name, None)).collect::<Result<_, _>>()?;
        let alone: Vec<Colour> = profiles
            .iter()
            .map(|profile| Ok(book(vec![profile.clone()], Vec::new())?.marks()[0].colour))
            .collect::<Result<_, InputError>>()?;
        let marks = book(profiles, Vec::new())?.marks();
        for (at, mark) in marks.iter().enumerate() {
            let is_wanted = |other: Option<usize>| other.and_then(|other| alone.get(other)) == Some(&alone[at]);
            if !is_wanted(at.checked_sub(1)) && !is_wanted(Some(at + 1)) {
                prop_assert_eq!(mark.colour, alone[at]);
            }
        }
    }
}
