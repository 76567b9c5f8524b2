//! Import: what could become profiles, and as what each would.
//!
//! Not where it was read (`storage`). Nothing is kept until the user has chosen. Grows with the
//! places that profiles come from.

mod given;
mod unusable;

use std::collections::HashMap;

use super::book::Book;
use super::draft::ProfileDraft;
use super::input::InputError;
use super::profile::{AwsAccountId, Group, Profile, ProfileId, ProfileName, Region};
use super::source::{AccessKeyId, ConfigProfileName, Source, SourceKind};
use super::way::{Base, Way};
pub use given::{Given, NamedKey};
pub use unusable::Unusable;

/// A profile of `~/.aws`, as far as it can be told without asking anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigProfile {
    /// As the file calls it.
    pub name: ConfigProfileName,
    /// Where it works.
    pub region: Option<Region>,
    /// How its credentials are got, or why they cannot be.
    pub way: Result<Way, Unusable>,
    /// The public half of the long-term key that it holds itself.
    pub key_id: Option<AccessKeyId>,
}

impl ConfigProfile {
    /// The account that it says by itself.
    #[must_use]
    pub fn account(&self) -> Option<&AwsAccountId> {
        let way = self.way.as_ref().ok()?;
        match (way.steps.last(), &way.base) {
            (Some(step), _) => Some(step.role.arn.account()),
            (None, Base::IdentityCenter(source)) => Some(&source.account),
            (None, Base::WebIdentity { role, .. }) => Some(role.arn.account()),
            _ => None,
        }
    }

    /// The partition that the role which it assumes is in.
    fn arn_partition(&self) -> Option<&str> {
        let way = self.way.as_ref().ok()?;
        match (way.steps.last(), &way.base) {
            (Some(step), _) => Some(step.role.arn.partition()),
            (None, Base::WebIdentity { role, .. }) => Some(role.arn.partition()),
            _ => None,
        }
    }

    /// Where its credentials come from, in AWS's terms: `access key → role/Admin`.
    #[must_use]
    pub fn how(&self) -> String {
        let Ok(way) = &self.way else { return String::new() };
        let base = match &way.base {
            Base::Keychain { .. } | Base::ConfigKeys(_) | Base::ConfigProfile(_) => "access key".to_owned(),
            Base::Environment => "environment".to_owned(),
            Base::Process(_) => "credential_process".to_owned(),
            Base::WebIdentity { role, .. } => format!("web identity → role/{}", role.arn.name()),
            Base::Login(_) => "aws login".to_owned(),
            Base::IdentityCenter(source) => format!("Identity Center {}", source.permission_set.as_str()),
        };
        let roles = way.steps.iter().map(|step| format!("role/{}", step.role.arn.name()));
        std::iter::once(base).chain(roles).collect::<Vec<_>>().join(" → ")
    }

    /// Keys that could move into the keychain.
    #[must_use]
    pub fn has_keys(&self) -> bool {
        self.way.as_ref().is_ok_and(|way| matches!(way.base, Base::ConfigKeys(_)) && way.steps.is_empty())
    }

    /// The command that its credentials come from.
    #[must_use]
    pub fn command(&self) -> Option<&str> {
        match self.way.as_ref().map(|way| &way.base) {
            Ok(Base::Process(command)) => Some(command),
            _ => None,
        }
    }
}

/// Something that could become a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What it was read from.
    pub found: ConfigProfile,
    /// Its name, unlike any other.
    pub name: ProfileName,
    /// A group that several of the found names begin with.
    pub group: Option<Group>,
    /// Whether it is there already.
    pub standing: Standing,
    /// As the profile that it would become; `None` where it cannot become one.
    pub profile: Option<Profile>,
}

/// How something found stands to the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not there.
    New,
    /// There, and the same.
    Known,
    /// There, but the file says another region or account now.
    Changed,
    /// It gives no credentials.
    Cannot,
}

/// What the user chose of a candidate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Its name in the file.
    pub key: String,
    /// As typed.
    pub name: String,
    /// As typed.
    pub group: String,
    /// As typed.
    pub mark: String,
    /// Its keys go into the keychain, and the profile is an access key's.
    pub moves_keys: bool,
}

/// What of the found profiles could become profiles of the book.
#[must_use]
pub fn candidates(book: &Book, found: &[ConfigProfile]) -> Vec<Candidate> {
    let groups = groups(found);
    let mut taken = book.clone();
    let candidate = |found: &ConfigProfile| {
        let known = known(book, found);
        let name = match known {
            Some(known) => known.name.clone(),
            None => taken.free_name(&readable(found.name.as_str())),
        };
        let group = match known {
            Some(known) => known.group.clone(),
            None => prefix(found.name.as_str()).and_then(|word| groups.get(word)).cloned().flatten(),
        };
        let choice = Choice {
            key: found.name.as_str().to_owned(),
            name: name.to_string(),
            group: group.as_ref().map(ToString::to_string).unwrap_or_default(),
            ..Choice::default()
        };
        let id = known.map_or_else(|| preview_id(found.name.as_str()), |known| Ok(known.id.clone()));
        let profile = found.way.as_ref().ok().and_then(|_| draft(book, found, &choice).finish(id.ok()?, book).ok());
        let standing = match (&profile, known) {
            (None, _) => Standing::Cannot,
            (Some(_), None) => Standing::New,
            (Some(profile), Some(known)) if is_same(profile, known) => Standing::Known,
            (Some(_), Some(_)) => Standing::Changed,
        };
        if let (Standing::New, Some(profile)) = (standing, &profile) {
            // So that the next one gets another name.
            let _ = taken.apply(super::book::BookChange::Save(Box::new(profile.clone())));
        }
        Candidate { found: found.clone(), name, group, standing, profile }
    };
    found.iter().map(candidate).collect()
}

/// The draft of what a found profile becomes, by reference; the caller says what moves into the
/// keychain.
#[must_use]
pub fn draft(book: &Book, found: &ConfigProfile, choice: &Choice) -> ProfileDraft {
    // What the user said of it before stays, where neither the file nor the choice says otherwise.
    let known = known(book, found).map(ProfileDraft::from).unwrap_or_default();
    let (source, config_profile) = match known.source {
        // Its key has moved into the keychain, and stays there.
        SourceKind::AccessKey if !known.access_key_id.is_empty() => (SourceKind::AccessKey, String::new()),
        _ => (SourceKind::ConfigProfile, found.name.as_str().to_owned()),
    };
    let or_known = |said: Option<String>, known: &String| said.unwrap_or_else(|| known.clone());
    let chosen_mark = Some(choice.mark.clone()).filter(|mark| !mark.trim().is_empty());
    ProfileDraft {
        name: choice.name.clone(),
        group: choice.group.clone(),
        mark: or_known(chosen_mark, &known.mark),
        source,
        config_profile,
        partition: or_known(found.arn_partition().map(ToOwned::to_owned), &known.partition),
        region: or_known(found.region.as_ref().map(ToString::to_string), &known.region),
        account: or_known(found.account().map(ToString::to_string), &known.account),
        ..known
    }
}

/// The profile that stands for one of the file: by reference, or with its key.
#[must_use]
pub fn known<'a>(book: &'a Book, found: &ConfigProfile) -> Option<&'a Profile> {
    let moved = found.key_id.as_ref().filter(|_| found.has_keys());
    let refers =
        |profile: &&Profile| matches!(&profile.source, Source::ConfigProfile(source) if source.name == found.name);
    let has_its_key =
        |profile: &&Profile| matches!(&profile.source, Source::AccessKey(source) if moved == Some(&source.key_id));
    book.profiles().iter().find(refers).or_else(|| book.profiles().iter().find(has_its_key))
}

/// A name's first word that at least two names begin with, as it would be a group's name.
fn groups(found: &[ConfigProfile]) -> HashMap<&str, Option<Group>> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in found.iter().filter_map(|found| prefix(found.name.as_str())) {
        *counts.entry(word).or_default() += 1;
    }
    counts.into_iter().map(|(word, count)| (word, (count > 1).then(|| Group::parse(word).ok()).flatten())).collect()
}

fn prefix(name: &str) -> Option<&str> {
    name.trim().split_once(['-', '_', '/', '.', ' ']).map(|(word, _)| word).filter(|word| !word.is_empty())
}

fn readable(name: &str) -> ProfileName {
    let cut: String = name.trim().chars().take(64).collect();
    ProfileName::parse(&cut).unwrap_or_else(|_| ProfileName::parse("profile").expect("a plain word is a name"))
}

fn preview_id(name: &str) -> Result<ProfileId, InputError> {
    let hex: String = name.bytes().take(30).map(|byte| format!("{byte:02x}")).collect();
    ProfileId::parse(&format!("import-{}", hex.chars().take(50).collect::<String>()))
}

fn is_same(profile: &Profile, known: &Profile) -> bool {
    let account = profile.account.is_none() || profile.account == known.account;
    profile.region == known.region && account && profile.source == known.source
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::book::BookChange;

    fn found(name: &str) -> ConfigProfile {
        ConfigProfile {
            name: ConfigProfileName::parse(name).expect("the case is a name"),
            region: Region::parse("eu-west-1").ok(),
            way: Ok(Way { base: Base::Process("print".to_owned()), steps: Vec::new(), policy: None }),
            key_id: None,
        }
    }

    #[test]
    fn names_that_begin_alike_become_a_group_and_nothing_is_kept() {
        let book = Book::default();
        let all = [found("acme-prod"), found("acme-stg"), found("solo-x"), found("alone")];
        let candidates = candidates(&book, &all);
        let groups: Vec<_> =
            candidates.iter().map(|one| one.group.as_ref().map(ToString::to_string).unwrap_or_default()).collect();
        assert_eq!(groups, ["acme", "acme", "", ""]);
        assert!(candidates.iter().all(|one| one.standing == Standing::New && one.found.command() == Some("print")));
        assert_eq!(book, Book::default());
    }

    #[test]
    fn what_is_there_is_known_what_differs_is_told_and_what_cannot_be_used_says_why() -> Result<(), InputError> {
        let mut book = Book::default();
        let there = candidates(&book, &[found("acme")]).remove(0).profile.expect("it can be imported");
        book.apply(BookChange::Save(Box::new(there)))?;
        let moved = ConfigProfile { region: Region::parse("us-east-1").ok(), ..found("acme") };
        let broken = ConfigProfile { way: Err(Unusable::Nothing), ..found("broken") };
        let standings =
            |all: &[ConfigProfile]| candidates(&book, all).into_iter().map(|one| one.standing).collect::<Vec<_>>();
        assert_eq!(standings(&[found("acme")]), [Standing::Known]);
        assert_eq!(standings(&[moved, broken]), [Standing::Changed, Standing::Cannot]);
        Ok(())
    }

    #[test]
    fn one_whose_key_has_moved_into_the_keychain_is_known_and_stays_there() -> Result<(), InputError> {
        let name = ConfigProfileName::parse("keys")?;
        let way = Ok(Way { base: Base::ConfigKeys(name.clone()), steps: Vec::new(), policy: None });
        let keys = ConfigProfile { way, key_id: AccessKeyId::parse("AKIAIOSFODNN7EXAMPLE").ok(), ..found("keys") };
        let mut book = Book::default();
        let reference = candidates(&book, std::slice::from_ref(&keys)).remove(0).profile.expect("it can be imported");
        let moved = ProfileDraft {
            source: SourceKind::AccessKey,
            access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
            config_profile: String::new(),
            ..ProfileDraft::from(&reference)
        };
        book.apply(BookChange::Save(Box::new(moved.finish(reference.id, &book)?)))?;
        let again = candidates(&book, std::slice::from_ref(&keys)).remove(0);
        assert_eq!(again.standing, Standing::Known);
        assert!(matches!(again.profile.map(|profile| profile.source), Some(Source::AccessKey(_))));
        let other = ConfigProfile { key_id: AccessKeyId::parse("AKIAI44QH8DHBEXAMPLE").ok(), ..keys };
        assert_eq!(candidates(&book, &[other]).remove(0).standing, Standing::New, "the key was changed in the file");
        Ok(())
    }

    #[test]
    fn two_found_profiles_never_get_one_name() {
        let all = [found("acme"), found("ACME"), found("Acme")];
        let names: Vec<_> = candidates(&Book::default(), &all).into_iter().map(|one| one.name.to_string()).collect();
        assert_eq!(names, ["acme", "ACME 2", "Acme 3"]);
    }
}
