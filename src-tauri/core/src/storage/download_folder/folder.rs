//! A whole folder that is on its way here: hidden until nothing more comes into it.

use std::fs;
use std::path::{Path, PathBuf};

use super::{DownloadFolder, Held, free_names, is_free, partial};
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
        clear_partials(partial);
        let wanted = safe_file_name(wanted);
        let name = self.free_name(&live, &wanted)?;
        Ok(FolderReservation { held: self.held(&mut live, partial.to_owned(), name), wanted })
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

/// What an app left that was killed, of files that were not whole.
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
