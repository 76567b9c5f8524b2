//! Import: what `~/.aws` holds, what of it the user chose, and what became of that.
//!
//! Not what each would become (`domain::import`). Files of the AWS CLI are never written.

mod given;

pub use given::{import_given, merged};

use super::App;
use super::World;
use super::error::{Cause, Error};
use super::event::{Event, Reply};
use super::ports::{FoundCredentials, FoundInAws};
use super::profiles::{self, keep_secrets, written};
use super::state::{NoticeBody, Surface};
use crate::domain::book::{Book, BookChange};
use crate::domain::import::{self, Candidate, Choice, ConfigProfile, Given};
use crate::domain::input::{Field, InputError, Problem};
use crate::domain::profile::ProfileId;
use crate::domain::secret::{AccessKey, SecretId};
use crate::domain::source::SourceKind;
use crate::domain::way::Base;

/// What is being imported.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Importing {
    /// Where it was read.
    pub file: String,
    /// What could become profiles.
    pub candidates: Vec<Candidate>,
    /// What became of it.
    pub done: Option<Imported>,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Profiles that were not there.
    pub added: usize,
    /// Profiles that were.
    pub changed: usize,
    /// Lines of the credentials file that the user may delete now: its keys are in the keychain.
    pub lines_to_delete: Vec<String>,
    /// The file that was given: its keys are in the keychain, and the user may delete it now.
    pub file_to_delete: Option<String>,
}

/// Imports what was chosen: when all of it fits, keys that move go into the keychain, then all
/// profiles into the book at once. `fresh` makes ids that nobody else has.
///
/// # Errors
/// `Input` for a choice that does not fit (its name is the detail), the keychain's, the book's; then
/// nothing was changed.
pub async fn import(
    world: &World,
    book: &Book,
    found: &FoundInAws,
    choices: &[Choice],
    fresh: impl Fn() -> Result<ProfileId, InputError>,
) -> Result<Imported, Error> {
    let mut done = Imported::default();
    let (mut after, mut saved, mut keys) = (book.clone(), Vec::new(), Vec::new());
    for choice in choices {
        let unknown = InputError::new(Field::ConfigProfile, Problem::Unknown);
        let one = found.profiles.iter().find(|one| one.name.as_str() == choice.key).ok_or(unknown)?;
        let known = import::known(book, one);
        let id = known.map_or_else(&fresh, |known| Ok(known.id.clone()))?;
        let mut draft = import::draft(book, one, choice);
        let key = match choice.moves_keys && one.has_keys() {
            true => long_term_key(world, one).await?,
            false => None,
        };
        if let Some(key) = key {
            draft.access_key_id = key.id.as_str().to_owned();
            draft.source = SourceKind::AccessKey;
            keys.push((SecretId::AccessKey(id.clone()), key.secret));
            done.lines_to_delete.extend(lines_to_delete(world, found, one).await?);
        }
        // Of many rows: which one.
        let of_row = |error| Error::detailed(Cause::Input(error), choice.name.trim());
        let profile = draft.finish(id, &after).map_err(of_row)?;
        after.apply(BookChange::Save(Box::new(profile.clone())))?;
        match known {
            Some(_) => done.changed += 1,
            None => done.added += 1,
        }
        saved.push(profile);
    }
    let keys: Vec<_> = keys.iter().map(|(secret, key)| (secret, key.wrapped())).collect();
    keep_secrets(world.vault.as_ref(), &keys, written(world, BookChange::SaveAll(saved))).await?;
    Ok(done)
}

/// Its keys; none where they end by themselves: such a profile is imported by reference.
async fn long_term_key(world: &World, of: &ConfigProfile) -> Result<Option<AccessKey>, Error> {
    Ok(match world.aws_config.credentials(&Base::ConfigKeys(of.name.clone())).await? {
        FoundCredentials::LongTerm(key) => Some(key),
        FoundCredentials::Temporary(_) => None,
    })
}

/// Where the moved keys still lie, and who needs them there.
async fn lines_to_delete(world: &World, all: &FoundInAws, of: &ConfigProfile) -> Result<Vec<String>, Error> {
    let keys = Base::ConfigKeys(of.name.clone());
    let needs = |other: &&ConfigProfile| other.name != of.name && other.way.as_ref().is_ok_and(|way| way.base == keys);
    let needed_by = all.profiles.iter().find(needs).map(|other| format!(" ({} needs it)", other.name.as_str()));
    let lines = world.aws_config.key_lines(&of.name).await?;
    Ok(lines.into_iter().map(|line| line + needed_by.as_deref().unwrap_or_default()).collect())
}

impl App {
    /// Looks at `~/.aws`; answered by [`Event::AwsRead`].
    pub(super) fn read_aws(&self) {
        let (world, events) = (self.world.clone(), self.events.clone());
        tokio::spawn(async move {
            let outcome = world.aws_config.found().await;
            let _ = events.send(Event::AwsRead(outcome));
        });
    }

    pub(super) fn aws_read(&mut self, outcome: Result<FoundInAws, Error>) {
        match outcome {
            Ok(found) => self.state.aws = Some(found),
            Err(error) => {
                let now = self.now();
                self.state.notice(now, NoticeBody::Failed { about: None, error });
            }
        }
        if self.state.surface == Surface::Import {
            self.prepare_import();
        }
    }

    /// Opens the page on which the user chooses.
    pub(super) fn find_imports(&mut self) {
        self.state.surface = Surface::Import;
        self.state.importing = None;
        self.prepare_import();
        self.read_aws();
    }

    fn prepare_import(&mut self) {
        let done = self.state.importing.take().and_then(|importing| importing.done);
        self.state.importing = self.state.aws.as_ref().map(|found| Importing {
            file: found.file.clone(),
            candidates: import::candidates(&self.state.book, &found.profiles),
            done,
        });
    }

    pub(super) fn import(&mut self, choices: Vec<Choice>, reply: Option<Reply<()>>) {
        let Some(found) = self.state.aws.clone() else { return self.refuse(reply, None, Cause::Bug) };
        if let Some(why) = self.state.read_only_book.clone() {
            return self.answer(reply, None, Err(why));
        }
        let (world, book, events) = (self.world.clone(), self.state.book.clone(), self.events.clone());
        tokio::spawn(async move {
            let outcome = import(&world, &book, &found, &choices, profiles::fresh_id).await;
            let _ = events.send(Event::Imported { outcome, reply });
        });
    }

    /// Imports what a file of the user's holds.
    pub(super) fn import_file(&mut self, file: String, given: Given, reply: Option<Reply<()>>) {
        if let Some(why) = self.state.read_only_book.clone() {
            return self.answer(reply, None, Err(why));
        }
        let (world, book, events) = (self.world.clone(), self.state.book.clone(), self.events.clone());
        tokio::spawn(async move {
            let outcome = import_given(&world, &book, &file, given, None, profiles::fresh_id).await;
            let _ = events.send(Event::Imported { outcome, reply });
        });
    }

    pub(super) fn imported(&mut self, outcome: Result<Imported, Error>, reply: Option<Reply<()>>) {
        if let Ok(done) = &outcome {
            // Without ~/.aws there was nothing to choose from.
            self.state.importing.get_or_insert_default().done = Some(done.clone());
        }
        self.read_book(None);
        self.answer(reply, None, outcome.map(drop));
    }
}
