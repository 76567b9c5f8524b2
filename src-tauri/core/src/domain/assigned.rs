//! What an access portal assigns, beside what the book has: new, there, or gone. Nothing changes by
//! itself.
//!
//! Not how the portal is asked (`aws::identity_center`).

use std::collections::{HashMap, HashSet};

use super::book::Book;
use super::draft::ProfileDraft;
use super::partition::PartitionName;
use super::profile::{AwsAccountId, Profile, ProfileName, Region};
use super::source::{IdentityCenterSource, PermissionSetName, Source, SourceKind, StartUrl};

/// An access portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portal {
    /// Its address.
    pub start_url: StartUrl,
    /// The region that Identity Center runs in.
    pub region: Region,
    /// Of which partition.
    pub partition: PartitionName,
}

/// A permission set that the user may enter an account with.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Assigned {
    /// Which account.
    pub account: AwsAccountId,
    /// As the organisation calls it; empty where that is not known.
    pub account_name: String,
    /// With which permission set.
    pub permission_set: PermissionSetName,
}

/// One assignment, and how it stands to the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignedRow {
    /// Which.
    pub assigned: Assigned,
    /// How it stands.
    pub standing: AssignedStanding,
    /// The profile's name, or what it would be: unlike any other.
    pub name: ProfileName,
}

/// How an assignment stands to the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssignedStanding {
    /// No profile has it.
    New,
    /// A profile has it.
    There,
    /// A profile has it, and the portal assigns it no more. The profile stays.
    Gone,
}

impl AssignedRow {
    /// By this it is chosen.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{} {}", self.assigned.account, self.assigned.permission_set.as_str())
    }

    /// Whether account, name and permission set have all words of a text.
    #[must_use]
    pub fn has(&self, words: &str) -> bool {
        let Assigned { account, account_name, permission_set } = &self.assigned;
        let all = format!("{account} {account_name} {}", permission_set.as_str()).to_lowercase();
        words.to_lowercase().split_whitespace().all(|word| all.contains(word))
    }

    /// The draft of its profile.
    #[must_use]
    pub fn draft(&self, portal: &Portal) -> ProfileDraft {
        ProfileDraft {
            name: self.name.to_string(),
            source: SourceKind::IdentityCenter,
            start_url: portal.start_url.as_str().to_owned(),
            sso_region: portal.region.to_string(),
            partition: portal.partition.to_string(),
            account: self.assigned.account.to_string(),
            permission_set: self.assigned.permission_set.as_str().to_owned(),
            ..ProfileDraft::default()
        }
    }
}

/// All that the portal assigns, then what of the book is gone there.
#[must_use]
pub fn rows(book: &Book, portal: &Portal, assigned: &[Assigned]) -> Vec<AssignedRow> {
    let known: HashMap<_, _> =
        of_portal(book, portal).map(|(profile, source)| ((&source.account, &source.permission_set), profile)).collect();
    let mut names = Names::of(book);
    let mut rows: Vec<AssignedRow> = assigned
        .iter()
        .map(|one| match known.get(&(&one.account, &one.permission_set)) {
            Some(profile) => {
                AssignedRow { assigned: one.clone(), standing: AssignedStanding::There, name: profile.name.clone() }
            }
            None => AssignedRow { assigned: one.clone(), standing: AssignedStanding::New, name: names.free(one) },
        })
        .collect();
    let there: HashSet<_> = assigned.iter().map(|one| (&one.account, &one.permission_set)).collect();
    let gone =
        of_portal(book, portal).filter(|(_, source)| !there.contains(&(&source.account, &source.permission_set)));
    rows.extend(gone.map(|(profile, source)| AssignedRow {
        assigned: Assigned {
            account: source.account.clone(),
            account_name: String::new(),
            permission_set: source.permission_set.clone(),
        },
        standing: AssignedStanding::Gone,
        name: profile.name.clone(),
    }));
    rows
}

fn of_portal<'a>(book: &'a Book, portal: &Portal) -> impl Iterator<Item = (&'a Profile, &'a IdentityCenterSource)> {
    let start_url = portal.start_url.clone();
    book.profiles().iter().filter_map(move |profile| match &profile.source {
        Source::IdentityCenter(source) if source.start_url == start_url => Some((profile, source)),
        _ => None,
    })
}

/// The portals that profiles come through, in the book's order.
#[must_use]
pub fn portals(book: &Book) -> Vec<Portal> {
    let mut portals: Vec<Portal> = Vec::new();
    for profile in book.profiles() {
        if let Source::IdentityCenter(source) = &profile.source
            && portals.iter().all(|known| known.start_url != source.start_url)
        {
            let (start_url, region) = (source.start_url.clone(), source.region.clone());
            portals.push(Portal { start_url, region, partition: profile.partition.clone() });
        }
    }
    portals
}

/// Names that are taken, whatever their case.
struct Names(HashSet<String>);

impl Names {
    fn of(book: &Book) -> Self {
        Self(book.profiles().iter().map(|profile| profile.name.as_str().to_lowercase()).collect())
    }

    /// `account permission-set`, with a number where that is taken.
    fn free(&mut self, one: &Assigned) -> ProfileName {
        let account = match one.account_name.trim() {
            "" => one.account.to_string(),
            name => name.to_owned(),
        };
        let whole = format!("{account} {}", one.permission_set.as_str());
        let stem: String = whole.chars().filter(|character| !character.is_control()).take(58).collect();
        let name = (1_u32..)
            .map(|number| if number == 1 { stem.clone() } else { format!("{stem} {number}") })
            .find(|name| self.0.insert(name.to_lowercase()))
            .and_then(|name| ProfileName::parse(&name).ok());
        name.unwrap_or_else(|| ProfileName::parse(one.account.as_str()).expect("twelve digits are a name"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::book::BookChange;
    use crate::domain::input::InputError;
    use crate::domain::profile::ProfileId;

    type Tested = Result<(), InputError>;

    fn portal() -> Result<Portal, InputError> {
        Ok(Portal {
            start_url: StartUrl::parse("https://d-1234567890.awsapps.com/start")?,
            region: Region::parse("eu-central-1")?,
            partition: PartitionName::parse("aws")?,
        })
    }

    fn one(account: &str, name: &str, permission_set: &str) -> Result<Assigned, InputError> {
        Ok(Assigned {
            account: AwsAccountId::parse(account)?,
            account_name: name.to_owned(),
            permission_set: PermissionSetName::parse(permission_set)?,
        })
    }

    #[test]
    fn what_is_new_there_and_gone_is_told_and_the_book_stays() -> Tested {
        let (portal, mut book) = (portal()?, Book::default());
        let admin = one("111122223333", "acme", "Admin")?;
        let row = rows(&book, &portal, std::slice::from_ref(&admin)).remove(0);
        let profile = row.draft(&portal).finish(ProfileId::parse("a")?, &book)?;
        book.apply(BookChange::SaveAll(vec![profile]))?;
        let before = book.clone();
        let read = one("111122223333", "acme", "Read")?;
        let standings = |assigned: &[Assigned]| -> Vec<_> {
            rows(&book, &portal, assigned).into_iter().map(|row| (row.name.to_string(), row.standing)).collect()
        };
        let (known, new) = ("acme Admin".to_owned(), "acme Read".to_owned());
        assert_eq!(
            standings(&[admin, read.clone()]),
            [(known.clone(), AssignedStanding::There), (new.clone(), AssignedStanding::New)]
        );
        assert_eq!(standings(&[read]), [(new, AssignedStanding::New), (known, AssignedStanding::Gone)]);
        assert_eq!((portals(&book), &book), (vec![portal], &before));
        Ok(())
    }

    #[test]
    fn accounts_that_are_called_alike_get_names_apart() -> Tested {
        let assigned = [one("111122223333", "acme", "Admin")?, one("444455556666", "ACME", "Admin")?];
        let rows = rows(&Book::default(), &portal()?, &assigned);
        let names: Vec<_> = rows.iter().map(|row| row.name.to_string()).collect();
        assert_eq!(names, ["acme Admin", "ACME Admin 2"]);
        assert!(rows[0].has("1111 admin") && !rows[0].has("4444"));
        Ok(())
    }
}
