//! A whole folder that is on its way here: hidden until nothing more comes into it.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use tempfile::TempPath;

use super::{DownloadFolder, Held, Reservation, free_names, is_free, partial};
use crate::app::error::{Cause, Error};
use crate::domain::download::safe_file_name;
use crate::storage::{files, platform};

/// A name and a hidden folder for a copy of many files.
#[derive(Debug)]
pub struct FolderReservation {
    held: Held,
    wanted: String,
}

impl DownloadFolder {
    /// A free name for a folder, and a hidden one to be filled. Within it every file is reserved, filled and
    /// finished as one of its own: [`FolderReservation::at`].
    ///
    /// # Errors
    /// `Disk`.
    pub fn reserve_folder(&self, name_from_outside: &str) -> Result<FolderReservation, Error> {
        let wanted = safe_file_name(name_from_outside);
        let failed = files::disk_error(&self.folder.join(&wanted));
        let mut live = self.live();
        let name = self.free_name(&live, &wanted)?;
        let partial = tempfile::Builder::new()
            .prefix(&format!(".{name}.{}", self.tag))
            .suffix(partial::PARTIAL)
            .rand_bytes(8)
            .tempdir_in(&self.folder)
            .map_err(failed)?
            .keep();
        Ok(FolderReservation { held: self.held(&mut live, partial, name), wanted })
    }

    /// As [`Self::reserve_folder`], with what has arrived already.
    ///
    /// # Errors
    /// `Disk` where it is gone, or was never one of ours.
    pub fn reopen_folder(&self, partial: &Path, wanted: &str) -> Result<FolderReservation, Error> {
        let mut live = self.live();
        let is_ours = partial.parent() == Some(self.folder.as_path()) && partial::is_partial(partial);
        let is_there = fs::symlink_metadata(partial).is_ok_and(|found| found.is_dir());
        if !is_ours || !is_there || live.partials.contains(partial) {
            return Err(Cause::Disk { path: partial.to_owned(), free_bytes: None }.into());
        }
        let wanted = safe_file_name(wanted);
        let name = self.free_name(&live, &wanted)?;
        Ok(FolderReservation { held: self.held(&mut live, partial.to_owned(), name), wanted })
    }

    /// As [`Self::reserve_as`], for one of many files: what has arrived of this version of it (its ETag, say) by an
    /// earlier run is in it, and stays when the reservation is dropped.
    ///
    /// # Errors
    /// `Disk`.
    pub fn reserve_version(&self, name: String, version: &str, length: Option<u64>) -> Result<Reservation, Error> {
        let free_bytes = platform::free_bytes(&self.folder);
        let hash = format!("{:x}", Sha256::digest(version.as_bytes()));
        let partial = format!(".{name}.{}{}{}", self.tag, hash.get(..16).unwrap_or_default(), partial::PARTIAL);
        let partial = self.folder.join(partial);
        let arrived = fs::symlink_metadata(&partial).map_or(0, |found| found.len());
        let missing = length.map(|length| length.saturating_sub(arrived));
        if missing.zip(free_bytes).is_some_and(|(missing, free)| missing > free) {
            return Err(self.is_full());
        }
        let failed = files::disk_error(&partial);
        platform::private_options().append(true).create(true).open(&partial).map_err(&failed)?;
        let mut partial = TempPath::try_from_path(partial).map_err(&failed)?;
        partial.disable_cleanup(true);
        let mut live = self.live();
        Ok(self.hold(&mut live, partial, name.clone(), name))
    }

    /// Whether a whole file of this name and length is there. What is there has its name only because it is whole.
    #[must_use]
    pub fn has(&self, name: &str, length: u64) -> bool {
        let found = fs::symlink_metadata(self.folder.join(name));
        found.is_ok_and(|found| found.is_file() && found.len() == length)
    }
}

impl FolderReservation {
    /// The hidden folder.
    #[must_use]
    pub fn partial_path(&self) -> &Path {
        &self.held.partial
    }

    /// The name that the folder shall get.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.held.name
    }

    /// A folder within it, which is made where it is not there.
    ///
    /// # Errors
    /// `Disk`.
    pub fn at(&self, below: &Path) -> Result<DownloadFolder, Error> {
        let folder = self.held.partial.join(below);
        fs::create_dir_all(&folder).map_err(files::disk_error(&folder))?;
        Ok(self.held.folder.at(&folder))
    }

    /// Gives it its name, or the next free one; answers which.
    ///
    /// # Errors
    /// `Disk`; it stays hidden then.
    pub fn finish(self) -> Result<String, Error> {
        let Self { held, wanted } = self;
        let folder = &held.folder.folder;
        clear_partials(&held.partial);
        platform::make_ordinary_folder(&held.partial).map_err(files::disk_error(&held.partial))?;
        for name in std::iter::once(held.name.clone()).chain(free_names(&wanted)) {
            let path = folder.join(&name);
            if !is_free(&path) {
                continue;
            }
            // Whoever takes the name in between: a file, or a folder with something in it, is not replaced by a folder.
            if let Err(error) = fs::rename(&held.partial, &path)
                && is_free(&path)
            {
                return Err(files::disk_error(&path)(error));
            }
            if !held.partial.exists() {
                let _ = platform::sync_folder(folder);
                return Ok(name);
            }
        }
        Err(Cause::Disk { path: folder.join(&wanted), free_bytes: None }.into())
    }
}

/// What is left of files that were not whole: of other versions, or by an app that was killed.
fn clear_partials(folder: &Path) {
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(kind) if kind.is_file() && partial::is_partial(&entry.path()) => {
                    let _ = fs::remove_file(entry.path());
                }
                _ => {}
            }
        }
    }
}
