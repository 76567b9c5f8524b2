//! Folders and files on Windows: the user's own folders keep others out by inheritance.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// Makes a folder, parents included; below the user's profile only the user can look into it.
pub(crate) fn create_private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// Options for a file that only this user can read.
pub(crate) fn private_options() -> OpenOptions {
    OpenOptions::new()
}

/// Nothing to do: a file has its folder's permissions.
pub(crate) fn make_ordinary(_file: &File) -> io::Result<()> {
    Ok(())
}

/// Nothing to do, as with a file.
pub(crate) fn make_ordinary_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Nothing to do: NTFS journals its names, and a folder cannot be flushed.
pub(crate) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// There is no word for it here.
pub(crate) fn write_back(_file: &File, _from: u64, _bytes: u64) {}

/// Not asked for here.
pub(crate) fn free_bytes(_path: &Path) -> Option<u64> {
    None
}

/// The control socket is a named pipe: it has no folder, its word carries a hash of the user's.
pub(crate) fn control_socket(_runtime: Option<&Path>, _state: &Path, word: &str) -> PathBuf {
    PathBuf::from(format!(r"\\.\pipe\{word}"))
}
