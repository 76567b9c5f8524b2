//! Files that the user gives: the access keys that AWS's console hands out, and our own export.
//!
//! Not their formats (`storage::import_file`).

use super::super::World;
use super::super::error::{Cause, Error};
use super::super::profiles::{keep_secrets, written};
use super::Imported;
use crate::domain::book::{Book, BookChange};
use crate::domain::draft::ProfileDraft;
use crate::domain::import::{Given, NamedKey};
use crate::domain::input::InputError;
use crate::domain::profile::{Profile, ProfileId, ProfileName};
use crate::domain::secret::SecretId;
use crate::domain::source::Source;

/// Each key becomes a profile of its own; one that the book knows goes into the keychain where that
/// holds none for it, as after a book came from another machine (`changed`).
///
/// # Errors
/// As [`super::import()`].
async fn import_keys(
    world: &World,
    book: &Book,
    keys: Vec<NamedKey>,
    group: Option<&str>,
    fresh: impl Fn() -> Result<ProfileId, InputError>,
) -> Result<Imported, Error> {
    let (mut after, mut saved, mut secrets, mut missed) = (book.clone(), Vec::new(), Vec::new(), Vec::new());
    for NamedKey { name, key } in keys {
        let is_known =
            |profile: &Profile| matches!(&profile.source, Source::AccessKey(source) if source.key_id == key.id);
        if let Some(known) = after.profiles().iter().find(|profile| is_known(profile)) {
            let secret = SecretId::AccessKey(known.id.clone());
            match world.vault.read(&secret).await {
                Ok(_) => {}
                Err(Error { cause: Cause::KeychainMissing, .. }) => missed.push((secret, key.secret)),
                Err(error) => return Err(error),
            }
            continue;
        }
        let of_row = |error| Error::detailed(Cause::Input(error), name.trim());
        let free = after.free_name(&ProfileName::parse(&name).map_err(of_row)?);
        let draft = ProfileDraft {
            name: free.to_string(),
            group: group.unwrap_or_default().to_owned(),
            access_key_id: key.id.as_str().to_owned(),
            ..ProfileDraft::default()
        };
        let profile = draft.finish(fresh()?, &after).map_err(of_row)?;
        after.apply(BookChange::Save(Box::new(profile.clone())))?;
        secrets.push((SecretId::AccessKey(profile.id.clone()), key.secret));
        saved.push(profile);
    }
    let (added, changed) = (saved.len(), missed.len());
    secrets.extend(missed);
    let secrets: Vec<_> = secrets.iter().map(|(secret, key)| (secret, key.wrapped())).collect();
    keep_secrets(world.vault.as_ref(), &secrets, written(world, BookChange::SaveAll(saved))).await?;
    Ok(Imported { added, changed, ..Imported::default() })
}

/// Imports what a file holds, keys into `group`; `file` is how the user knows it.
///
/// # Errors
/// As [`super::import()`].
pub async fn import_given(
    world: &World,
    book: &Book,
    file: &str,
    given: Given,
    group: Option<&str>,
    fresh: impl Fn() -> Result<ProfileId, InputError>,
) -> Result<Imported, Error> {
    match given {
        Given::Keys(keys) => {
            let done = import_keys(world, book, keys, group, fresh).await?;
            Ok(Imported { file_to_delete: Some(file.to_owned()), ..done })
        }
        Given::Export(other) => {
            let done = merged(book, &other)?;
            written(world, BookChange::Merge(other)).await?;
            Ok(done)
        }
    }
}

/// What merging an export will do.
///
/// # Errors
/// `Input` for a profile that does not fit.
pub fn merged(book: &Book, other: &Book) -> Result<Imported, Error> {
    book.clone().apply(BookChange::Merge(Box::new(other.clone())))?;
    let mut done = Imported::default();
    for profile in other.profiles() {
        match book.profile(&profile.id) {
            None => done.added += 1,
            Some(known) if known != profile => done.changed += 1,
            Some(_) => {}
        }
    }
    Ok(done)
}
