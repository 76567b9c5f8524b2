//! What an upload reads: a file by its pieces, and which files a folder holds.
//!
//! Not where it goes (`transfers`). Links are not followed: a folder that is copied is left as the user sees it.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crc_fast::CrcAlgorithm;
use jiff::Timestamp;

use super::download_folder::content;
use super::files;
use crate::app::error::{Cause, Error};
use crate::domain::download::{Announced, Digest, Version};
use crate::domain::input::{Field, InputError, Problem};

/// A file that is read from its beginning to its end.
#[derive(Debug)]
pub struct UploadFile {
    file: File,
    path: PathBuf,
    crc: crc_fast::Digest,
    /// Its length, and which version of it this is: the time of its last change.
    pub announced: Announced,
}

/// What is at a path.
#[derive(Debug)]
pub enum Local {
    /// One file.
    File,
    /// A folder: its files by their paths below it, in order.
    Folder(Vec<LocalFile>),
}

/// A file of a folder.
#[derive(Clone, Debug)]
pub struct LocalFile {
    /// Where it lies.
    pub path: PathBuf,
    /// Its path below the folder, with `/`.
    pub below: String,
    /// In bytes.
    pub length: u64,
}

/// Looks at what is to be uploaded.
///
/// # Errors
/// `Input` where nothing is there, it is neither file nor folder, or a name is not Unicode; `Disk`.
pub fn look(path: &Path) -> Result<Local, Error> {
    let problem = |problem| Error::detailed(Cause::Input(InputError::new(Field::LocalPath, problem)), words(path));
    let found = fs::metadata(path).map_err(|_| problem(Problem::Unknown))?;
    if found.is_file() {
        return Ok(Local::File);
    }
    if !found.is_dir() {
        return Err(problem(Problem::Malformed));
    }
    let mut files = Vec::new();
    let mut folders = vec![(path.to_owned(), String::new())];
    while let Some((folder, below)) = folders.pop() {
        let failed = files::disk_error(&folder);
        for entry in fs::read_dir(&folder).map_err(&failed)? {
            let entry = entry.map_err(&failed)?;
            let name = entry.file_name().into_string().map_err(|_| {
                let cause = Cause::Input(InputError::new(Field::LocalPath, Problem::Malformed));
                Error::detailed(cause, words(&entry.path()))
            })?;
            let found = entry.metadata().map_err(&failed)?;
            if found.is_dir() {
                folders.push((entry.path(), format!("{below}{name}/")));
            } else if found.is_file() {
                files.push(LocalFile { path: entry.path(), below: format!("{below}{name}"), length: found.len() });
            }
        }
    }
    files.sort_by(|one, other| one.below.cmp(&other.below));
    Ok(Local::Folder(files))
}

impl UploadFile {
    /// A file to be read.
    ///
    /// # Errors
    /// `Disk`.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let failed = files::disk_error(path);
        let file = File::open(path).map_err(&failed)?;
        let found = file.metadata().map_err(&failed)?;
        let modified = found.modified().ok().and_then(|time| Timestamp::try_from(time).ok());
        let announced = Announced {
            length: Some(found.len()),
            version: modified.map(|time| Version::LastModified(time.to_string())),
            accepts_ranges: true,
            digest: None,
            modified,
        };
        Ok(Self { file, path: path.to_owned(), crc: crc_fast::Digest::new(CrcAlgorithm::Crc64Nvme), announced })
    }

    /// Its length when it was opened, in bytes.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.announced.length.unwrap_or_default()
    }

    /// The next piece of it.
    ///
    /// # Errors
    /// `Disk`, also where the file has become shorter.
    pub fn next(&mut self, length: usize) -> Result<Vec<u8>, Error> {
        let mut piece = vec![0; length];
        self.file.read_exact(&mut piece).map_err(files::disk_error(&self.path))?;
        self.crc.update(&piece);
        Ok(piece)
    }

    /// What the pieces so far come to by CRC-64/NVME, in base64 as S3 writes it.
    #[must_use]
    pub fn crc64nvme(&self) -> String {
        STANDARD.encode(self.crc.finalize().to_be_bytes())
    }

    /// Whether its content comes to this.
    ///
    /// # Errors
    /// `Disk`.
    pub fn is(&self, digest: &Digest) -> Result<bool, Error> {
        match content::check(&self.path, digest) {
            Ok(()) => Ok(true),
            Err(Error { cause: Cause::Damaged, .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

fn words(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Tested = Result<(), Box<dyn std::error::Error>>;

    #[test]
    fn a_folder_is_its_files_in_order_and_no_links() -> Tested {
        let folder = tempfile::tempdir()?;
        let at = |path: &str| folder.path().join(path);
        fs::create_dir_all(at("b/c"))?;
        fs::create_dir(at("empty"))?;
        for (name, text) in [("b/c/2", "22"), ("a", "1"), ("b/.hidden", ""), ("売上", "3")] {
            fs::write(at(name), text)?;
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink("/etc", at("link"))?;
        let Local::Folder(files) = look(folder.path())? else { return Err("it is a folder".into()) };
        let seen: Vec<(&str, u64)> = files.iter().map(|file| (file.below.as_str(), file.length)).collect();
        assert_eq!(seen, [("a", 1), ("b/.hidden", 0), ("b/c/2", 2), ("売上", 1)]);
        assert!(matches!(look(&at("a"))?, Local::File));
        let gone = look(&at("gone")).err().map(|error| error.cause);
        assert_eq!(gone, Some(Cause::Input(InputError::new(Field::LocalPath, Problem::Unknown))));
        Ok(())
    }

    #[test]
    fn the_pieces_of_a_file_come_to_the_published_check_value() -> Tested {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("a");
        fs::write(&path, "123456789")?;
        let mut file = UploadFile::open(&path)?;
        let empty = file.crc64nvme();
        file.next(4)?;
        file.next(5)?;
        // reveng's catalogue of CRCs: ae8b14860a799888.
        assert_eq!((empty.as_str(), file.crc64nvme().as_str()), ("AAAAAAAAAAA=", "rosUhgp5mIg="));
        Ok(())
    }

    #[test]
    fn a_file_that_has_become_shorter_is_told() -> Tested {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("a");
        fs::write(&path, "0123456789")?;
        let mut file = UploadFile::open(&path)?;
        assert_eq!((file.length(), file.next(9)?), (10, b"012345678".to_vec()));
        assert!(matches!(file.next(2), Err(Error { cause: Cause::Disk { .. }, .. })));
        Ok(())
    }
}
