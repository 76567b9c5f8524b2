//! The hidden file that holds what has arrived of a download, and its second names.

use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::app::error::Error;
use crate::storage::{files, platform};

/// How the name of a partial file ends; it begins with a dot.
pub(super) const PARTIAL: &str = ".sidelight-part";

/// WebKitGTK writes beside the file that it is given, and renames at the end.
pub(super) const WEBKIT: &str = ".wkdownload";

/// Our second name for what WebKitGTK writes.
pub(super) const HELD: &str = ".held";

/// So many bytes are sent to the disk together.
const TO_THE_DISK: u64 = 32 << 20;

/// A partial file that is open to be filled from its end on.
#[derive(Debug)]
pub struct Partial {
    file: File,
    path: PathBuf,
    length: u64,
    /// Up to here it is on its way to the disk.
    on_its_way: u64,
}

impl Partial {
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        let failed = files::disk_error(path);
        let mut file = File::options().write(true).open(path).map_err(&failed)?;
        let length = file.seek(SeekFrom::End(0)).map_err(&failed)?;
        Ok(Self { file, path: path.to_owned(), length, on_its_way: length })
    }

    /// Bytes in it.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// More of it.
    ///
    /// # Errors
    /// `Disk`; how much of `bytes` is in it then is not said.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.file.write_all(bytes).map_err(|error| {
            // A full disk may have taken some of it.
            self.length = self.file.metadata().map_or(self.length, |found| found.len());
            files::disk_error(&self.path)(error)
        })?;
        self.length += bytes.len() as u64;
        let waiting = self.length.saturating_sub(self.on_its_way);
        if waiting >= TO_THE_DISK {
            platform::write_back(&self.file, self.on_its_way, waiting);
            self.on_its_way = self.length;
        }
        Ok(())
    }

    /// From its beginning again.
    ///
    /// # Errors
    /// `Disk`.
    pub fn clear(&mut self) -> Result<(), Error> {
        let failed = files::disk_error(&self.path);
        self.file.set_len(0).map_err(&failed)?;
        self.file.seek(SeekFrom::Start(0)).map_err(&failed)?;
        (self.length, self.on_its_way) = (0, 0);
        Ok(())
    }
}

/// Whether a path has the name of a partial file.
pub(super) fn is_partial(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| name.starts_with('.') && name.ends_with(PARTIAL))
}

/// The partial file whose, or whose other name, this is.
pub(super) fn of(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    let own = [WEBKIT, HELD].into_iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    let partial = path.with_file_name(own);
    is_partial(&partial).then_some(partial)
}

/// What chance and its maker gave a partial file's name, to tell it from others.
pub(super) fn chance(partial: &Path) -> Option<&str> {
    partial.file_name()?.to_str()?.strip_suffix(PARTIAL)?.rsplit('.').next()
}

/// Gives what WebKitGTK writes a second name.
pub(super) fn hold(partial: &Path) {
    // Without it what arrived goes with the transfer.
    let _ = fs::hard_link(other(partial, WEBKIT), other(partial, HELD));
}

/// The second name goes; the file itself is another's, or is gone.
pub(super) fn drop_held(partial: &Path) {
    let _ = fs::remove_file(other(partial, HELD));
}

/// What arrived comes under the partial's own name, wherever it lies.
pub(super) fn gather(partial: &Path) {
    for end in [HELD, WEBKIT] {
        let other = other(partial, end);
        if fs::symlink_metadata(&other).is_ok_and(|found| found.is_file()) {
            // Where it fails the partial itself has less, which is asked for again. Two names of one file stay two.
            let _ = fs::rename(&other, partial);
            let _ = fs::remove_file(&other);
        }
    }
}

/// How much has arrived, wherever it lies; nothing where there is no such file.
#[must_use]
pub fn arrived(partial: &Path) -> Option<u64> {
    let places = [other(partial, WEBKIT), other(partial, HELD), partial.to_owned()];
    let mut found = places.iter().filter_map(|path| fs::symlink_metadata(path).ok());
    found.find(fs::Metadata::is_file).map(|found| found.len())
}

/// All of it. What cannot be removed stays hidden and never looks whole.
pub(super) fn remove(partial: &Path) {
    for path in [partial.to_owned(), other(partial, HELD), other(partial, WEBKIT)] {
        let is_folder = fs::symlink_metadata(&path).is_ok_and(|found| found.is_dir());
        let _ = if is_folder { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    }
}

fn other(partial: &Path, end: &str) -> PathBuf {
    let mut name = partial.as_os_str().to_owned();
    name.push(end);
    name.into()
}
