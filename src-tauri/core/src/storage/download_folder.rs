//! The folder that downloads come into: a free name is reserved, a hidden partial file filled,
//! and only a whole file gets its name.
//!
//! Not the transfer (the shell, `transfers`) nor what a name may hold (`domain::download`).

pub(super) mod content;
mod folder;
#[cfg_attr(target_os = "macos", path = "download_folder/origin_macos.rs")]
#[cfg_attr(windows, path = "download_folder/origin_windows.rs")]
#[cfg_attr(not(any(target_os = "macos", windows)), path = "download_folder/origin_linux.rs")]
mod origin;
mod partial;

use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use tempfile::TempPath;

use super::home::Home;
use super::{files, platform};
use crate::app::error::{Cause, Error};
use crate::domain::download::{Announced, numbered, safe_file_name};
pub use folder::FolderReservation;
use partial::PARTIAL;
pub use partial::{Partial, arrived};

/// Where downloads go. Clones share what is reserved.
#[derive(Clone, Debug)]
pub struct DownloadFolder {
    folder: PathBuf,
    /// How the chance in the names of partial files begins: whose they are.
    tag: Arc<str>,
    live: Arc<Mutex<Live>>,
}

/// What live reservations hold.
#[derive(Debug, Default)]
struct Live {
    /// The names in lower case: some file systems take `A` and `a` for one.
    names: HashSet<(PathBuf, String)>,
    partials: HashSet<PathBuf>,
}

/// A disk with less is full.
const HARDLY_ANY: u64 = 1 << 20;

/// Tries before a folder full of one name is an error.
const MOST_NUMBERS: u32 = 10_000;

impl DownloadFolder {
    /// Of this folder, which must be there by the first [`Self::reserve`].
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), tag: "".into(), live: Arc::default() }
    }

    /// Of one home of Sidelight's: another home's app, whose downloads go into the same folders, does not take for
    /// stale what this one has left.
    #[must_use]
    pub fn owned_by(self, home: &Home) -> Self {
        let hash = format!("{:x}", Sha256::digest(home.downloads_list().as_os_str().as_encoded_bytes()));
        Self { tag: hash.get(..6).unwrap_or_default().into(), ..self }
    }

    /// Another folder, which knows of the same reservations.
    #[must_use]
    pub fn at(&self, folder: &Path) -> Self {
        Self { folder: folder.to_owned(), ..self.clone() }
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
        self.reserve_as(safe_file_name(name_from_outside), size)
    }

    /// As [`Self::reserve`], for a name that is safe already (`domain::s3::Places`).
    ///
    /// # Errors
    /// As there.
    pub fn reserve_as(&self, wanted: String, size: Option<u64>) -> Result<Reservation, Error> {
        let free_bytes = platform::free_bytes(&self.folder);
        if size.zip(free_bytes).is_some_and(|(size, free)| size > free) {
            return Err(self.is_full());
        }
        // A profile's own, in a folder that is there; one on a disk that is not plugged in is not made up.
        match fs::create_dir(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(files::disk_error(&self.folder)(error));
            }
            _ => {}
        }
        let mut live = self.live();
        let name = self.free_name(&live, &wanted)?;
        // 200 bytes of name, a dot before it, 30 behind it and WebKit's and our own ends: within the 255 of every
        // file system.
        let partial = tempfile::Builder::new()
            .prefix(&format!(".{name}.{}", self.tag))
            .suffix(PARTIAL)
            .rand_bytes(8)
            .make_in(&self.folder, |path| platform::private_options().write(true).create_new(true).open(path))
            .map_err(files::disk_error(&self.folder.join(&name)))?
            .into_temp_path();
        Ok(self.hold(&mut live, partial, name, wanted))
    }

    /// As [`Self::reserve`], with what has arrived already: `partial` was left by [`Reservation::leave`],
    /// or by an app that was killed.
    ///
    /// # Errors
    /// `Disk` where it is gone, or was never one of ours.
    pub fn reopen(&self, partial: &Path, wanted: &str) -> Result<Reservation, Error> {
        let gone = || Error::from(Cause::Disk { path: partial.to_owned(), free_bytes: None });
        let is_ours = partial.parent() == Some(self.folder.as_path()) && partial::is_partial(partial);
        let mut live = self.live();
        if !is_ours || live.partials.contains(partial) {
            return Err(gone());
        }
        partial::gather(partial);
        if !fs::symlink_metadata(partial).is_ok_and(|found| found.is_file()) {
            return Err(gone());
        }
        let wanted = safe_file_name(wanted);
        let name = self.free_name(&live, &wanted)?;
        let partial = TempPath::try_from_path(partial).map_err(files::disk_error(partial))?;
        Ok(self.hold(&mut live, partial, name, wanted))
    }

    fn free_name(&self, live: &Live, wanted: &str) -> Result<String, Error> {
        let is_free = |name: &String| {
            !live.names.contains(&(self.folder.clone(), name.to_lowercase())) && is_free(&self.folder.join(name))
        };
        let none = || Error::from(Cause::Disk { path: self.folder.join(wanted), free_bytes: None });
        free_names(wanted).find(is_free).ok_or_else(none)
    }

    fn hold(&self, live: &mut Live, partial: TempPath, name: String, wanted: String) -> Reservation {
        let held = self.held(live, partial.to_path_buf(), name);
        Reservation { partial, held, wanted }
    }

    fn held(&self, live: &mut Live, partial: PathBuf, name: String) -> Held {
        live.names.insert((self.folder.clone(), name.to_lowercase()));
        live.partials.insert(partial.clone());
        Held { folder: self.clone(), name, partial }
    }

    /// Removes what arrived of a download that nobody carries.
    pub fn discard(&self, partial: &Path) {
        if partial::is_partial(partial) && !self.live().partials.contains(partial) {
            partial::remove(partial);
        }
    }

    /// Whether the folder's disk has room for so many bytes more; true where that cannot be told.
    #[must_use]
    pub fn has_room(&self, bytes: u64) -> bool {
        platform::free_bytes(&self.folder).is_none_or(|free| free > bytes)
    }

    /// The error for a disk without enough room.
    #[must_use]
    pub fn is_full(&self) -> Error {
        Cause::Disk { path: self.folder.clone(), free_bytes: platform::free_bytes(&self.folder) }.into()
    }

    /// Removes partial files that an app left which was killed, but for those of downloads that go
    /// on. Only for whoever holds the app's lock; live reservations keep theirs.
    pub fn clear_stale(&self, go_on: &HashSet<PathBuf>) {
        let live = self.live();
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for entry in entries.flatten() {
            let path = entry.path();
            let Some(partial) = partial::of(&path) else { continue };
            let is_ours = partial::chance(&partial).is_some_and(|chance| chance.starts_with(&*self.tag));
            let is_stale = is_ours && !live.partials.contains(&partial) && !go_on.contains(&partial);
            if is_stale {
                partial::remove(&path);
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

    /// The file for whoever fills it here.
    ///
    /// # Errors
    /// `Disk`.
    pub fn open(&self) -> Result<Partial, Error> {
        Partial::open(&self.partial)
    }

    /// Bytes that have arrived.
    #[must_use]
    pub fn length(&self) -> u64 {
        fs::symlink_metadata(&self.partial).map_or(0, |found| found.len())
    }

    /// Keeps what the web engine writes: it removes its own file when the transfer breaks off. Where
    /// the disk knows no second names, such a transfer cannot go on.
    pub fn hold_what_arrives(&self) {
        partial::hold(&self.partial);
    }

    /// The error for a file that could not be written; with the free space where there is hardly any.
    #[must_use]
    pub fn disk_error(&self) -> Error {
        let free_bytes = platform::free_bytes(&self.held.folder.folder).filter(|free| *free < HARDLY_ANY);
        Cause::Disk { path: self.held.folder.folder.join(&self.held.name), free_bytes }.into()
    }

    /// Gives up the name, and leaves what has arrived on the disk; answers how much that is, or
    /// nothing where nothing is left.
    #[must_use]
    pub fn leave(self) -> Option<u64> {
        let Self { partial, .. } = self;
        partial::gather(&partial);
        let length = fs::symlink_metadata(&partial).ok().map(|found| found.len());
        // Not removed is all that is asked here.
        length.filter(|_| partial.keep().is_ok())
    }

    /// Makes a whole file of it. Should its name have been taken meanwhile,
    /// it gets the next free one. It is marked as come from outside, and is never executable.
    /// `keep_time`: it gets the time of its last change on the server.
    ///
    /// # Errors
    /// `Damaged` where its length or content is not what was announced; `Disk`. The partial file is
    /// then gone.
    pub fn finish(self, announced: &Announced, keep_time: bool) -> Result<Whole, Error> {
        partial::drop_held(&self.partial);
        let folder = &self.held.folder.folder;
        let failed = |error| files::disk_error(&folder.join(&self.held.name))(error);
        let found = fs::symlink_metadata(&self.partial).map_err(failed)?;
        if !found.is_file() {
            return Err(failed(io::Error::other("the partial file was replaced")));
        }
        if let Some(expected) = announced.length.filter(|expected| *expected != found.len()) {
            return Err(Error::detailed(Cause::Damaged, format!("{} of {expected} bytes arrived", found.len())));
        }
        if let Some(digest) = &announced.digest {
            content::check(&self.partial, digest)?;
        }
        let file = File::options().write(true).open(&self.partial).map_err(failed)?;
        platform::make_ordinary(&file).map_err(failed)?;
        if let Some(modified) = announced.modified.filter(|_| keep_time) {
            file.set_modified(since_1970(modified)).map_err(failed)?;
        }
        file.sync_all().map_err(failed)?;
        drop(file);
        origin::mark(&self.partial);
        let bytes = found.len();
        let Self { mut partial, held, wanted } = self;
        for name in std::iter::once(held.name.clone()).chain(free_names(&wanted)) {
            let path = held.folder.folder.join(&name);
            match partial.persist_noclobber(&path) {
                Ok(()) => {
                    origin::forget_address(&path);
                    // The name is there; should the disk lose it, the download was lost, not a file of the user's.
                    let _ = platform::sync_folder(&held.folder.folder);
                    return Ok(Whole { path, name, bytes });
                }
                Err(refused) if refused.error.kind() == io::ErrorKind::AlreadyExists => partial = refused.path,
                Err(refused) => return Err(files::disk_error(&path)(refused.error)),
            }
        }
        Err(Cause::Disk { path: held.folder.folder.join(&wanted), free_bytes: None }.into())
    }

    /// Removes the partial file.
    pub fn discard(self) {
        partial::drop_held(&self.partial);
    }
}

/// A file that is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// Where it lies.
    pub path: PathBuf,
    /// The name that it got.
    pub name: String,
    /// Its length.
    pub bytes: u64,
}

/// Gives a name and a partial's name free when dropped.
#[derive(Debug)]
struct Held {
    folder: DownloadFolder,
    name: String,
    partial: PathBuf,
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut live = self.folder.live();
        live.names.remove(&(self.folder.folder.clone(), self.name.to_lowercase()));
        live.partials.remove(&self.partial);
    }
}

fn since_1970(time: Timestamp) -> SystemTime {
    let seconds = u64::try_from(time.as_second()).unwrap_or_default();
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

fn free_names(wanted: &str) -> impl Iterator<Item = String> {
    (1..MOST_NUMBERS).map(|number| if number == 1 { wanted.to_owned() } else { numbered(wanted, number) })
}

/// A link that leads nowhere has the name, too.
fn is_free(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}
