//! Book: all profiles, own partitions, rules and bookmarks, and every way in which they change.
//!
//! Not the file (`storage::profile_book`) and nothing secret. Grows by a change when the user can
//! do one more thing with profiles.

mod bookmarks;
mod names;
mod several;

use jiff::Timestamp;
use url::Url;

use super::bookmark::{Bookmark, BookmarkId};
use super::guard::Guards;
use super::input::{Field, InputError, Problem};
use super::mark::{self, Mark, Marked};
use super::partition::{OwnPartition, Partition, PartitionName};
use super::profile::{AwsAccountId, Group, Profile, ProfileId, ProfileName};
use super::rule::{Rule, ready_made};
use super::source::Source;
use names::{alike, key};

/// All profiles in the user's order, the user's own partitions, the rules that give marks, and bookmarks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    profiles: Vec<Profile>,
    partitions: Vec<OwnPartition>,
    removed: Vec<RemovedProfile>,
    own_rules: Vec<Rule>,
    bookmarks: Vec<Bookmark>,
}

/// A profile that the user removed: kept for a while, so that it can be brought back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemovedProfile {
    /// As it was.
    pub profile: Profile,
    /// When it was removed.
    pub at: Timestamp,
    /// Before which profile it stood; `None` for the end.
    pub before: Option<ProfileId>,
}

/// One change of the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BookChange {
    /// Add a profile, or replace the one with its id.
    Save(Box<Profile>),
    /// Add or replace several profiles, all or none.
    SaveAll(Vec<Profile>),
    /// Take over another book's partitions and profiles, by their stable ids; all or none.
    Merge(Box<Book>),
    /// Note the account that the first sign-in told.
    NoteAccount(ProfileId, AwsAccountId),
    /// Put a profile into a group, before another one or at the group's end.
    Move {
        /// Which.
        profile: ProfileId,
        /// Its new group.
        group: Option<Group>,
        /// The one that it shall stand before.
        before: Option<ProfileId>,
    },
    /// Set a profile aside.
    Remove(ProfileId, Timestamp),
    /// Bring it back to its place.
    Restore(ProfileId),
    /// Let go of one that was set aside, and of the bookmarks that were its alone.
    Forget(ProfileId),
    /// Add an own partition, or replace the one of its name.
    SavePartition(Box<OwnPartition>),
    /// Remove an own partition.
    RemovePartition(PartitionName),
    /// Replace the user's own rules; none brings the ready-made ones back.
    SetRules(Vec<Rule>),
    /// Add a bookmark, or replace the one with its id.
    SaveBookmark(Box<Bookmark>),
    /// Remove a bookmark.
    RemoveBookmark(BookmarkId),
    /// Bring one back to its place: before the one that followed it.
    RestoreBookmark(Box<Bookmark>, Option<BookmarkId>),
}

impl Book {
    /// From what a file held.
    ///
    /// # Errors
    /// Two profiles with one id or name, two partitions with one name, two bookmarks with one id.
    pub fn from_parts(
        profiles: Vec<Profile>,
        partitions: Vec<OwnPartition>,
        removed: Vec<RemovedProfile>,
        own_rules: Vec<Rule>,
        bookmarks: Vec<Bookmark>,
    ) -> Result<Self, InputError> {
        let mut ids = std::collections::HashSet::new();
        let mut names = std::collections::HashSet::new();
        let all = profiles.iter().chain(removed.iter().map(|removed| &removed.profile));
        let ids_differ = all.into_iter().all(|profile| ids.insert(profile.id.clone()));
        let names_differ = profiles.iter().all(|profile| names.insert(key(&profile.name)));
        let mut marked = std::collections::HashSet::new();
        let bookmarks_differ = bookmarks.iter().all(|bookmark| marked.insert(bookmark.id.clone()));
        if !ids_differ || !names_differ || !bookmarks_differ {
            return Err(InputError::new(Field::Name, Problem::Taken));
        }
        let mut book = Self { profiles, partitions: Vec::new(), removed, own_rules, bookmarks };
        for partition in partitions {
            if book.partition(&partition.name).is_some() {
                return Err(InputError::new(Field::Partition, Problem::Taken));
            }
            book.partitions.push(partition);
        }
        Ok(book)
    }

    /// In the user's order.
    #[must_use]
    pub fn profiles(&self) -> &[Profile] {
        &self.profiles
    }

    /// The marks in the order of [`Self::profiles`].
    #[must_use]
    pub fn marks(&self) -> Vec<Mark> {
        self.marked().into_iter().map(|marked| marked.mark).collect()
    }

    /// The marks in the order of [`Self::profiles`], each with its reason.
    #[must_use]
    pub fn marked(&self) -> Vec<Marked> {
        mark::marked(&self.profiles, self.rules())
    }

    /// The marks that profiles would have which are not in the book yet.
    #[must_use]
    pub fn marked_as(&self, profiles: &[Profile]) -> Vec<Marked> {
        mark::marked(profiles, self.rules())
    }

    /// The mark of a page that a profile with the mark `marked` shows: another one where a rule is
    /// about the page. No rule is about pages of the profile's partition.
    #[must_use]
    pub fn marked_page(&self, profile: &Profile, marked: &Marked, page: &Url) -> Marked {
        mark::marked_page(marked, self.partition(&profile.partition).as_ref(), page, self.rules())
    }

    /// A profile's own guards, else those that come with its mark.
    #[must_use]
    pub fn guards_of(&self, profile: &Profile) -> Guards {
        profile.guards.unwrap_or_else(|| mark::guards(profile, self.rules()))
    }

    /// The rules in their order: the user's own, or the ready-made ones where there are none.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        if self.own_rules.is_empty() { ready_made() } else { &self.own_rules }
    }

    /// The user's own rules.
    #[must_use]
    pub fn own_rules(&self) -> &[Rule] {
        &self.own_rules
    }

    /// The user's own.
    #[must_use]
    pub fn own_partitions(&self) -> &[OwnPartition] {
        &self.partitions
    }

    /// AWS's partitions, then the user's own.
    pub fn partitions(&self) -> impl Iterator<Item = Partition> {
        Partition::built_in().chain(self.partitions.iter().cloned().map(|own| Partition::Own(Box::new(own))))
    }

    /// Set aside, oldest first.
    #[must_use]
    pub fn removed(&self) -> &[RemovedProfile] {
        &self.removed
    }

    /// By id.
    #[must_use]
    pub fn profile(&self, id: &ProfileId) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.id == *id)
    }

    /// Those that come through a profile.
    pub fn behind(&self, id: &ProfileId) -> impl Iterator<Item = &Profile> {
        self.profiles
            .iter()
            .filter(move |profile| matches!(&profile.source, Source::Role(source) if source.from == *id))
    }

    /// By name, whatever the case; else by id.
    #[must_use]
    pub fn find(&self, name_or_id: &str) -> Option<&Profile> {
        let wanted = name_or_id.trim().to_lowercase();
        self.profiles
            .iter()
            .find(|profile| alike(profile.name.as_str(), &wanted))
            .or_else(|| self.profiles.iter().find(|profile| profile.id.as_str() == wanted))
    }

    /// By name.
    #[must_use]
    pub fn partition(&self, name: &PartitionName) -> Option<Partition> {
        self.partitions().find(|partition| partition.name() == name.as_str())
    }

    /// `name`, or `name 2`, `name 3`, … where it is taken.
    #[must_use]
    pub fn free_name(&self, name: &ProfileName) -> ProfileName {
        let stem: String = name.as_str().chars().take(58).collect();
        (1_u32..)
            .map(|number| if number == 1 { name.to_string() } else { format!("{stem} {number}") })
            .filter_map(|candidate| ProfileName::parse(&candidate).ok())
            .find(|candidate| self.profiles.iter().all(|profile| !alike(profile.name.as_str(), candidate.as_str())))
            .unwrap_or_else(|| name.clone())
    }

    /// Makes one change, or none.
    ///
    /// # Errors
    /// The field that does not fit the rest of the book; the book is then as before.
    pub fn apply(&mut self, change: BookChange) -> Result<(), InputError> {
        match change {
            BookChange::Save(profile) => {
                self.check_behind(&profile)?;
                self.save(*profile)
            }
            BookChange::SaveAll(profiles) => self.save_all(profiles),
            BookChange::Merge(other) => self.merge(*other),
            BookChange::NoteAccount(id, account) => {
                self.profile_mut(&id)?.account = Some(account);
                Ok(())
            }
            BookChange::Move { profile, group, before } => self.move_profile(&profile, group, before.as_ref()),
            BookChange::Remove(id, at) => self.remove(&id, at),
            BookChange::Restore(id) => self.restore(&id),
            BookChange::Forget(id) => {
                self.removed.retain(|removed| removed.profile.id != id);
                self.forget_bookmarks_of(&id);
                Ok(())
            }
            BookChange::SavePartition(partition) => self.save_partition(*partition),
            BookChange::RemovePartition(name) => self.remove_partition(&name),
            BookChange::SetRules(rules) => {
                self.own_rules = rules;
                Ok(())
            }
            BookChange::SaveBookmark(bookmark) => self.save_bookmark(*bookmark),
            BookChange::RemoveBookmark(id) => self.remove_bookmark(&id),
            BookChange::RestoreBookmark(bookmark, before) => self.restore_bookmark(*bookmark, before.as_ref()),
        }
    }

    fn profile_mut(&mut self, id: &ProfileId) -> Result<&mut Profile, InputError> {
        self.profiles.iter_mut().find(|profile| profile.id == *id).ok_or(UNKNOWN)
    }

    fn save(&mut self, profile: Profile) -> Result<(), InputError> {
        let same_name = |other: &Profile| alike(other.name.as_str(), profile.name.as_str());
        let taken = self.profiles.iter().any(|other| other.id != profile.id && same_name(other));
        if taken {
            return Err(InputError::new(Field::Name, Problem::Taken));
        }
        let partition =
            self.partition(&profile.partition).ok_or(InputError::new(Field::Partition, Problem::Unknown))?;
        check_role(&profile, &partition)?;
        self.check_way(&profile)?;
        // One that was set aside and is saved again, as by an import, is back.
        self.removed.retain(|removed| removed.profile.id != profile.id);
        match self.profiles.iter().position(|other| other.id == profile.id) {
            Some(at) if self.profiles[at].group == profile.group => self.profiles[at] = profile,
            Some(at) => {
                self.profiles.remove(at);
                self.insert(profile, None);
            }
            None => self.insert(profile, None),
        }
        Ok(())
    }

    /// A role is assumed with credentials of its own partition, and not, in the end, with itself.
    fn check_way(&self, profile: &Profile) -> Result<(), InputError> {
        let Source::Role(source) = &profile.source else { return Ok(()) };
        self.way(profile)?;
        match self.profile(&source.from) {
            Some(from) if from.partition != profile.partition => {
                Err(InputError::new(Field::From, Problem::Contradicts))
            }
            _ => Ok(()),
        }
    }

    /// Before another profile of its group, else behind the group's last, else at the end.
    fn insert(&mut self, profile: Profile, before: Option<&ProfileId>) {
        let at = before
            .and_then(|before| self.profiles.iter().position(|other| other.id == *before))
            .or_else(|| self.profiles.iter().rposition(|other| other.group == profile.group).map(|last| last + 1))
            .unwrap_or(self.profiles.len());
        self.profiles.insert(at, profile);
    }

    fn move_profile(
        &mut self,
        id: &ProfileId,
        group: Option<Group>,
        before: Option<&ProfileId>,
    ) -> Result<(), InputError> {
        if before == Some(id) {
            return Ok(());
        }
        let at = self.profiles.iter().position(|profile| profile.id == *id).ok_or(UNKNOWN)?;
        let mut profile = self.profiles.remove(at);
        profile.group = group;
        self.insert(profile, before);
        Ok(())
    }

    fn remove(&mut self, id: &ProfileId, at: Timestamp) -> Result<(), InputError> {
        let place = self.profiles.iter().position(|profile| profile.id == *id).ok_or(UNKNOWN)?;
        if self.behind(id).next().is_some() {
            return Err(InputError::new(Field::Name, Problem::InUse));
        }
        let profile = self.profiles.remove(place);
        let before = self.profiles.get(place).map(|next| next.id.clone());
        self.removed.push(RemovedProfile { profile, at, before });
        Ok(())
    }

    fn restore(&mut self, id: &ProfileId) -> Result<(), InputError> {
        let place = self.removed.iter().position(|removed| removed.profile.id == *id).ok_or(UNKNOWN)?;
        let RemovedProfile { mut profile, before, .. } = self.removed.remove(place);
        profile.name = self.free_name(&profile.name);
        let at = before
            .and_then(|before| self.profiles.iter().position(|other| other.id == before))
            .unwrap_or(self.profiles.len());
        self.profiles.insert(at, profile);
        Ok(())
    }

    fn save_partition(&mut self, partition: OwnPartition) -> Result<(), InputError> {
        if Partition::built_in().any(|built_in| built_in.name() == partition.name.as_str()) {
            return Err(InputError::new(Field::Partition, Problem::Taken));
        }
        if partition.consoles.is_empty() {
            return Err(InputError::new(Field::Console, Problem::Missing));
        }
        match self.partitions.iter_mut().find(|own| own.name == partition.name) {
            Some(own) => *own = partition,
            None => self.partitions.push(partition),
        }
        Ok(())
    }

    fn remove_partition(&mut self, name: &PartitionName) -> Result<(), InputError> {
        let in_use = self
            .profiles
            .iter()
            .chain(self.removed.iter().map(|removed| &removed.profile))
            .any(|profile| profile.partition == *name);
        if in_use {
            return Err(InputError::new(Field::Partition, Problem::InUse));
        }
        let before = self.partitions.len();
        self.partitions.retain(|own| own.name != *name);
        if self.partitions.len() == before {
            return Err(InputError::new(Field::Partition, Problem::Unknown));
        }
        Ok(())
    }
}

const UNKNOWN: InputError = InputError { field: Field::Name, problem: Problem::Unknown };

/// A role must live in the account and partition that the profile says.
fn check_role(profile: &Profile, partition: &Partition) -> Result<(), InputError> {
    let Some(role) = profile.source.role() else { return Ok(()) };
    if role.arn.partition() != partition.arn_partition() {
        return Err(InputError::new(Field::RoleArn, Problem::Contradicts));
    }
    match &profile.account {
        Some(account) if account != role.arn.account() => Err(InputError::new(Field::Account, Problem::Contradicts)),
        _ => Ok(()),
    }
}

#[cfg(test)]
#[path = "book_tests.rs"]
mod tests;
