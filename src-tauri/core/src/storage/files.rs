//! Files that matter: replaced as a whole or not at all, older generations kept, damaged ones set
//! aside.
//!
//! Not what is in them. A symbolic link is written through to where it points, so that a book
//! kept with the user's dotfiles stays there; where its folder is gone (a volume that is not mounted)
//! that is an error, never an empty file.
//! Grows when another file needs another promise.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::platform;
use crate::app::error::{Cause, Error};

/// What writing a file takes, step by step: tests let a step fail.
pub trait Disk: Send + Sync {
    /// Makes a new file that only this user can read.
    ///
    /// # Errors
    /// The system's, also where the file exists.
    fn create(&self, path: &Path) -> io::Result<File>;
    /// Writes all of it.
    ///
    /// # Errors
    /// The system's.
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()>;
    /// Makes a file's contents last.
    ///
    /// # Errors
    /// The system's.
    fn sync(&self, file: &File) -> io::Result<()>;
    /// Renames, in place of whatever had the name.
    ///
    /// # Errors
    /// The system's.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Makes a folder's names last.
    ///
    /// # Errors
    /// The system's.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
}

/// This machine's.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn create(&self, path: &Path) -> io::Result<File> {
        platform::private_options().write(true).create_new(true).open(path)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        platform::sync_folder(folder)
    }
}

/// A file's bytes; `None` where there is none.
///
/// # Errors
/// `Disk` where it is there but cannot be read, and for a link into a folder that is gone.
pub fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    let is_lost = |path| real_path(path).is_ok_and(|target| target != path && !folder_of(&target).is_dir());
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound && !is_lost(path) => Ok(None),
        Err(error) => Err(disk_error(path)(error)),
    }
}

/// Puts `bytes` in place of a file: wholly, or the file stays as it was.
///
/// # Errors
/// `Disk`.
pub fn replace(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let target = real_path(path)?;
    let before = read(path)?;
    written(disk, &target, bytes)?.put(disk, before.as_deref())
}

/// As [`replace`], and keeps what was there before as `NAME.1`, and what `NAME.1` was as `NAME.2`.
///
/// # Errors
/// `Disk`; the file itself then is as it was.
pub fn replace_keeping_generations(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let target = real_path(path)?;
    let before = read(path)?;
    let new = written(disk, &target, bytes)?;
    if let Some(before) = &before {
        keep_generation(disk, &target, before)?;
    }
    new.put(disk, before.as_deref())
}

/// Keeps what a file holds as `NAME.1`, and what `NAME.1` was as `NAME.2`.
///
/// # Errors
/// `Disk`.
pub fn keep_generation(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let [newest, oldest] = generations_of(path)?;
    if read(&newest)?.as_deref() == Some(bytes) {
        return Ok(());
    }
    if newest.exists() {
        disk.rename(&newest, &oldest).map_err(disk_error(&newest))?;
    }
    // A copy, not a rename: at no moment there is no file under its own name.
    written(disk, &newest, bytes)?.rename(disk).map(drop)
}

/// The names under which older generations lie, newest first.
///
/// # Errors
/// `Disk` for links that lead around in a circle.
pub fn generations_of(path: &Path) -> Result<[PathBuf; 2], Error> {
    Ok(generations(&real_path(path)?))
}

/// Renames a file that makes no sense to `NAME.damaged-<time>`; answers its new name.
///
/// # Errors
/// `Disk`; the file then is where it was.
pub fn set_aside(disk: &dyn Disk, path: &Path, now: Timestamp) -> Result<PathBuf, Error> {
    let target = real_path(path)?;
    let aside = free_beside(&target, ".damaged", now)?;
    disk.rename(&target, &aside).map_err(disk_error(&target))?;
    Ok(aside)
}

/// A name that nobody has beside a file: `<file><word>-<time>`, and a number where that is taken.
///
/// # Errors
/// `Disk` where there is none.
pub fn free_beside(path: &Path, word: &str, now: Timestamp) -> Result<PathBuf, Error> {
    let stamp = now.strftime("%Y%m%dT%H%M%SZ");
    let mut names = (1_u32..).map(|number| match number {
        1 => with_suffix(path, &format!("{word}-{stamp}")),
        _ => with_suffix(path, &format!("{word}-{stamp}-{number}")),
    });
    let free = names.find(|candidate| fs::symlink_metadata(candidate).is_err());
    free.ok_or_else(|| Error::from(Cause::Disk { path: path.to_owned(), free_bytes: None }))
}

/// When a file was last written.
#[must_use]
pub fn written_at(path: &Path) -> Option<Timestamp> {
    Timestamp::try_from(fs::metadata(path).ok()?.modified().ok()?).ok()
}

/// Removes what a writer that was killed left beside a file. Only for whoever holds its lock.
pub fn sweep_unfinished(path: &Path) {
    let Ok(target) = real_path(path) else { return };
    let (Some(folder), Some(name)) = (target.parent(), target.file_name().and_then(|name| name.to_str())) else {
        return;
    };
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let found = entry.file_name();
        let is_ours = found
            .to_str()
            .and_then(|found| found.strip_prefix('.')?.strip_suffix(UNFINISHED)?.strip_prefix(name))
            .is_some_and(|rest| rest.starts_with('.'));
        if is_ours {
            // A leftover that cannot be removed does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Makes a folder that only this user can look into, parents included; one that is there keeps
/// its mode.
///
/// # Errors
/// `Disk`.
pub fn create_private_folder(folder: &Path) -> Result<(), Error> {
    platform::create_private_folder(folder).map_err(disk_error(folder))
}

/// The error for a path; with the free space where that was the reason.
pub fn disk_error(path: &Path) -> impl Fn(io::Error) -> Error + use<> {
    let path = path.to_owned();
    move |error| {
        let is_full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
        let free_bytes = is_full.then(|| platform::free_bytes(&path)).flatten();
        Error::detailed(Cause::Disk { path: path.clone(), free_bytes }, error.to_string())
    }
}

const UNFINISHED: &str = ".unfinished";

/// A new file beside its target, whole and on disk; dropped, it is gone again.
struct Written {
    at: tempfile::TempPath,
    target: PathBuf,
}

fn written(disk: &dyn Disk, target: &Path, bytes: &[u8]) -> Result<Written, Error> {
    let folder = folder_of(target);
    create_private_folder(folder)?;
    let name = target.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let new = tempfile::Builder::new()
        .prefix(&format!(".{name}."))
        .suffix(UNFINISHED)
        .make_in(folder, |path| disk.create(path))
        .map_err(disk_error(target))?;
    let (mut file, at) = new.into_parts();
    disk.write(&mut file, bytes).map_err(disk_error(target))?;
    disk.sync(&file).map_err(disk_error(target))?;
    Ok(Written { at, target: target.to_owned() })
}

impl Written {
    fn rename(mut self, disk: &dyn Disk) -> Result<PathBuf, Error> {
        disk.rename(&self.at, &self.target).map_err(disk_error(&self.target))?;
        self.at.disable_cleanup(true);
        Ok(self.target)
    }

    /// Renames and makes that last; where the last step fails, `before` is put back, so that an
    /// error always means "not written".
    fn put(self, disk: &dyn Disk, before: Option<&[u8]>) -> Result<(), Error> {
        let target = self.rename(disk)?;
        let Err(error) = disk.sync_folder(folder_of(&target)) else {
            return Ok(());
        };
        match before {
            Some(before) => written(disk, &target, before)?.rename(disk).map(drop)?,
            None => fs::remove_file(&target).map_err(disk_error(&target))?,
        }
        Err(disk_error(&target)(error))
    }
}

fn generations(target: &Path) -> [PathBuf; 2] {
    [with_suffix(target, ".1"), with_suffix(target, ".2")]
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Where links lead, whether or not a file is there.
fn real_path(path: &Path) -> Result<PathBuf, Error> {
    let mut target = path.to_owned();
    for _ in 0..16 {
        match fs::read_link(&target) {
            Ok(link) => target = folder_of(&target).join(link),
            Err(_) => return Ok(target),
        }
    }
    Err(Cause::Disk { path: path.to_owned(), free_bytes: None }.into())
}
