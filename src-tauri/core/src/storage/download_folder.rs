//! The folder that downloads come into: a free name is reserved, a hidden partial file filled,
//! and only a whole file gets its name.
//!
//! Not the transfer (the shell) nor what a name may hold (`domain::download`).
//! Grows when a download can be resumed.

#[cfg_attr(target_os = "macos", path = "download_folder/origin_macos.rs")]
#[cfg_attr(windows, path = "download_folder/origin_windows.rs")]
#[cfg_attr(not(any(target_os = "macos", windows)), path = "download_folder/origin_linux.rs")]
mod origin;

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tempfile::TempPath;

use super::{files, platform};
use crate::app::error::{Cause, Error};
use crate::domain::download::{numbered, safe_file_name};

/// Where downloads go. Clones share what is reserved.
#[derive(Clone, Debug)]
pub struct DownloadFolder {
    folder: PathBuf,
    live: Arc<Mutex<Live>>,
}

/// What live reservations hold.
#[derive(Debug, Default)]
struct Live {
    /// In lower case: some file systems take `A` and `a` for one.
    names: HashSet<String>,
    partials: HashSet<OsString>,
}

const PARTIAL: &str = ".sidelight-part";

/// WebKitGTK writes beside the file that it is given, and renames at the end.
const WEBKIT_PARTIAL: &str = ".wkdownload";

/// Tries before a folder full of one name is an error.
const MOST_NUMBERS: u32 = 10_000;

impl DownloadFolder {
    /// Of this folder, which must be there by the first [`Self::reserve`].
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), live: Arc::default() }
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// A free name for what a page or a server calls `name_from_outside`, and an empty partial
    /// file. `size` is what the server announced.
    ///
    /// # Errors
    /// `Disk`, also where `size` is more than the disk has left.
    pub fn reserve(&self, name_from_outside: &str, size: Option<u64>) -> Result<Reservation, Error> {
        let free_bytes = platform::free_bytes(&self.folder);
        if size.zip(free_bytes).is_some_and(|(size, free)| size > free) {
            return Err(Cause::Disk { path: self.folder.clone(), free_bytes }.into());
        }
        let wanted = safe_file_name(name_from_outside);
        let mut live = self.live();
        let name = free_names(&wanted)
            .find(|name| !live.names.contains(&name.to_lowercase()) && is_free(&self.folder.join(name)))
            .ok_or_else(|| Error::from(Cause::Disk { path: self.folder.join(&wanted), free_bytes: None }))?;
        // 200 bytes of name, a dot before it and 23 behind it: within the 255 of every file system.
        let partial = tempfile::Builder::new()
            .prefix(&format!(".{name}."))
            .suffix(PARTIAL)
            .rand_bytes(8)
            .make_in(&self.folder, |path| platform::private_options().write(true).create_new(true).open(path))
            .map_err(files::disk_error(&self.folder.join(&name)))?
            .into_temp_path();
        live.names.insert(name.to_lowercase());
        live.partials.extend(partial.file_name().map(ToOwned::to_owned));
        let held = Held { folder: self.clone(), name, partial_name: partial.file_name().map(ToOwned::to_owned) };
        Ok(Reservation { partial, held, wanted })
    }

    /// Removes partial files that an app left which was killed. Only for whoever holds the app's
    /// lock; live reservations keep theirs.
    pub fn clear_stale(&self) {
        let live = self.live();
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let partial = name.to_str().map(|name| name.strip_suffix(WEBKIT_PARTIAL).unwrap_or(name));
            let is_stale = partial.is_some_and(|partial| {
                partial.starts_with('.') && partial.ends_with(PARTIAL) && !live.partials.contains(OsStr::new(partial))
            });
            if is_stale && entry.file_type().is_ok_and(|kind| kind.is_file()) {
                // One that cannot be removed stays hidden and never looks whole.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn live(&self) -> MutexGuard<'_, Live> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A name and a partial file for one download. Dropped unfinished, both are free again and
/// nothing is left.
#[derive(Debug)]
pub struct Reservation {
    partial: TempPath,
    held: Held,
    wanted: String,
}

impl Reservation {
    /// The file to write into; hidden, and this user's only.
    #[must_use]
    pub fn partial_path(&self) -> &Path {
        &self.partial
    }

    /// The name that the file shall get.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.held.name
    }

    /// Makes a whole file of it; answers where it lies. Should its name have been taken meanwhile,
    /// it gets the next free one. It is marked as come from outside, and is never executable.
    ///
    /// # Errors
    /// `Network` where its length is not `expected_length`: the transfer was cut off; `Disk`. The
    /// partial file is then gone.
    pub fn finish(self, expected_length: Option<u64>) -> Result<PathBuf, Error> {
        let folder = &self.held.folder.folder;
        let failed = |error| files::disk_error(&folder.join(&self.held.name))(error);
        let found = fs::symlink_metadata(&self.partial).map_err(failed)?;
        if !found.is_file() {
            return Err(failed(io::Error::other("the partial file was replaced")));
        }
        if let Some(expected) = expected_length.filter(|expected| *expected != found.len()) {
            let words = format!("{} of {expected} bytes arrived", found.len());
            return Err(Error::detailed(Cause::Network { host: self.held.name.clone() }, words));
        }
        let file = File::options().write(true).open(&self.partial).map_err(failed)?;
        platform::make_ordinary(&file).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        drop(file);
        origin::mark(&self.partial);
        let Self { mut partial, held, wanted } = self;
        for name in std::iter::once(held.name.clone()).chain(free_names(&wanted)) {
            let path = held.folder.folder.join(&name);
            match partial.persist_noclobber(&path) {
                Ok(()) => {
                    // The name is there; should the disk lose it, the download was lost, not a file of the user's.
                    let _ = platform::sync_folder(&held.folder.folder);
                    return Ok(path);
                }
                Err(refused) if refused.error.kind() == io::ErrorKind::AlreadyExists => partial = refused.path,
                Err(refused) => return Err(files::disk_error(&path)(refused.error)),
            }
        }
        Err(Cause::Disk { path: held.folder.folder.join(&wanted), free_bytes: None }.into())
    }

    /// Removes the partial file.
    pub fn discard(self) {
        drop(self);
    }
}

/// Gives a name and a partial's name free when dropped.
#[derive(Debug)]
struct Held {
    folder: DownloadFolder,
    name: String,
    partial_name: Option<OsString>,
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut live = self.folder.live();
        live.names.remove(&self.name.to_lowercase());
        if let Some(partial) = &self.partial_name {
            live.partials.remove(partial);
        }
    }
}

fn free_names(wanted: &str) -> impl Iterator<Item = String> {
    (1..MOST_NUMBERS).map(|number| if number == 1 { wanted.to_owned() } else { numbered(wanted, number) })
}

/// A link that leads nowhere has the name, too.
fn is_free(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}
