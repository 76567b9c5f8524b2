//! Several profiles at once: an import, or another book. All of them or none.
//!
//! Not where they come from.

use super::Book;
use crate::domain::input::{Field, InputError, Problem};
use crate::domain::partition::OwnPartition;
use crate::domain::profile::Profile;

impl Book {
    pub(super) fn save_all(&mut self, profiles: Vec<Profile>) -> Result<(), InputError> {
        let mut after = self.clone();
        after.save_in_any_order(profiles)?;
        *self = after;
        Ok(())
    }

    /// Takes over another book's partitions, profiles and bookmarks, by their stable ids. A partition that is
    /// known keeps its addresses: credentials go there, so another book may not move them.
    pub(super) fn merge(&mut self, other: Self) -> Result<(), InputError> {
        let mut after = self.clone();
        let moves = |partition: &OwnPartition| {
            self.partitions.iter().any(|known| known.name == partition.name && known != partition)
        };
        if other.partitions.iter().any(moves) {
            return Err(InputError::new(Field::Partition, Problem::Taken));
        }
        other.partitions.into_iter().try_for_each(|partition| after.save_partition(partition))?;
        after.save_in_any_order(other.profiles)?;
        other.bookmarks.into_iter().try_for_each(|bookmark| after.save_bookmark(bookmark))?;
        *self = after;
        Ok(())
    }

    /// A role may stand before the profile that it comes through.
    fn save_in_any_order(&mut self, mut waiting: Vec<Profile>) -> Result<(), InputError> {
        while !waiting.is_empty() {
            let before = waiting.len();
            let mut refused = None;
            waiting.retain(|profile| match self.save(profile.clone()) {
                Ok(()) => false,
                Err(error) => {
                    refused = Some(error);
                    true
                }
            });
            if let (Some(error), true) = (refused, waiting.len() == before) {
                return Err(error);
            }
        }
        self.profiles.iter().try_for_each(|profile| self.check_behind(profile))
    }

    /// Roles that come through a profile stay in its partition.
    pub(super) fn check_behind(&self, profile: &Profile) -> Result<(), InputError> {
        match self.behind(&profile.id).all(|role| role.partition == profile.partition) {
            true => Ok(()),
            false => Err(InputError::new(Field::Partition, Problem::Contradicts)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::book::BookChange;
    use crate::domain::draft::ProfileDraft;
    use crate::domain::profile::ProfileId;
    use crate::domain::source::SourceKind;

    fn profile(id: &str, from: Option<&str>, book: &Book) -> Result<Profile, InputError> {
        let draft = ProfileDraft {
            name: format!("profile {id}"),
            source: if from.is_some() { SourceKind::Role } else { SourceKind::AccessKey },
            access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
            from: from.unwrap_or_default().to_owned(),
            role_arn: from.map(|_| "arn:aws:iam::111122223333:role/Admin".to_owned()).unwrap_or_default(),
            ..ProfileDraft::default()
        };
        draft.finish(ProfileId::parse(id)?, book)
    }

    #[test]
    fn a_book_is_merged_by_ids_whatever_the_order_and_twice_is_once() -> Result<(), InputError> {
        let mut other = Book::default();
        other.apply(BookChange::Save(Box::new(profile("base", None, &other)?)))?;
        other.apply(BookChange::Save(Box::new(profile("role", Some("base"), &other)?)))?;
        // As a person's file may have it: the role first.
        let reversed = other.profiles().iter().rev().cloned().collect();
        let other = Book::from_parts(reversed, Vec::new(), Vec::new(), Vec::new(), Vec::new())?;
        let mut book = Book::default();
        book.apply(BookChange::Merge(Box::new(other.clone())))?;
        let once = book.clone();
        book.apply(BookChange::Merge(Box::new(other)))?;
        assert_eq!((book.profiles().len(), &book), (2, &once));
        Ok(())
    }

    #[test]
    fn one_that_does_not_fit_leaves_the_book_as_it_was() -> Result<(), InputError> {
        let mut known = Book::default();
        known.apply(BookChange::Save(Box::new(profile("base", None, &known)?)))?;
        let (fits, lost) = (profile("fits", None, &known)?, profile("lost", Some("base"), &known)?);
        let mut book = Book::default();
        assert!(book.apply(BookChange::SaveAll(vec![fits, lost])).is_err());
        assert_eq!(book, Book::default());
        Ok(())
    }
}
