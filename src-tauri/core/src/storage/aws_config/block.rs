//! The one block of `~/.aws/config` that Sidelight writes, and only when it is asked to: it gives
//! profiles to the AWS CLI through `credential_process`.
//!
//! Nothing outside of the two marking lines is touched. A link is not followed, the file's mode
//! stays, the file as it was lies beside it.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::AwsFiles;
use super::reading::AwsSections;
use crate::app::error::{Cause, Error};
use crate::storage::files::{self, RealDisk};

const BEGIN: &str = "# >>> sidelight >>> `side export aws-config` writes what follows; changes here are lost";
const END: &str = "# <<< sidelight <<<";

/// A profile of the block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockEntry {
    /// As the AWS CLI will call it.
    pub name: String,
    /// Where it works.
    pub region: String,
    /// The words of the command that prints its credentials.
    pub command: Vec<String>,
    /// STS's and S3's addresses, where they are not AWS's own.
    pub endpoints: Vec<(&'static str, String)>,
}

/// What writing the block changes, or has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockChange {
    /// The block's lines as they were.
    pub before: Vec<String>,
    /// The block's lines as they are now.
    pub after: Vec<String>,
    /// Names that the files have outside of the block: those profiles are left as they are.
    pub taken: Vec<String>,
    /// Where the file as it was lies now; `None` where nothing was written.
    pub backup: Option<PathBuf>,
}

impl AwsFiles {
    /// Writes the block with these profiles, or takes it away where there are none.
    ///
    /// # Errors
    /// `Disk`; for a link, and for a block whose end is missing, with words.
    pub fn write_block(&self, entries: &[BlockEntry], now: Timestamp, dry_run: bool) -> Result<BlockChange, Error> {
        let path = self.config();
        if fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()) {
            return Err(refused(path, "it is a link, and links are not followed"));
        }
        let bytes = files::read(path)?.unwrap_or_default();
        let text = String::from_utf8(bytes).map_err(|_| refused(path, "it is not UTF-8"))?;
        let parts = Parts::of(&text).ok_or_else(|| refused(path, "the last line of Sidelight's block is missing"))?;
        // A profile of the credentials file would win over ours.
        let credentials = files::read(self.credentials_file())?.unwrap_or_default();
        let outside = AwsSections::of(format!("{}{}", parts.above, parts.below).as_bytes(), &credentials);
        let (taken, free): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| outside.has(&entry.name));
        let block = block(&free);
        let lines = |text: &str| text.lines().map(str::to_owned).collect();
        let mut change = BlockChange {
            before: lines(parts.block),
            after: lines(&block),
            taken: taken.iter().map(|entry| entry.name.clone()).collect(),
            backup: None,
        };
        if dry_run || change.before == change.after {
            return Ok(change);
        }
        let gap = if block.is_empty() || parts.above.is_empty() || parts.above.ends_with("\n\n") { "" } else { "\n" };
        let gap =
            if parts.above.is_empty() || parts.above.ends_with('\n') { gap.to_owned() } else { format!("\n{gap}") };
        let after = format!("{}{gap}{block}{}", parts.above, parts.below);
        change.backup = self.put(&text, &after, now)?;
        Ok(change)
    }

    fn put(&self, before: &str, after: &str, now: Timestamp) -> Result<Option<PathBuf>, Error> {
        let path = self.config();
        if let Some(folder) = path.parent().filter(|folder| !folder.is_dir()) {
            files::create_private_folder(folder)?;
        }
        let Ok(found) = fs::metadata(path) else {
            files::replace(&RealDisk, path, after.as_bytes())?;
            return Ok(None);
        };
        let backup = files::free_beside(path, ".before-sidelight", now)?;
        let mode = |path: &Path| fs::set_permissions(path, found.permissions()).map_err(files::disk_error(path));
        files::replace(&RealDisk, &backup, before.as_bytes())?;
        mode(&backup)?;
        files::replace(&RealDisk, path, after.as_bytes())?;
        mode(path)?;
        Ok(Some(backup))
    }
}

/// The file around the block.
struct Parts<'a> {
    above: &'a str,
    block: &'a str,
    below: &'a str,
}

impl<'a> Parts<'a> {
    /// `None` where the block has no end.
    fn of(text: &'a str) -> Option<Self> {
        let Some(begin) = line_at(text, BEGIN) else { return Some(Self { above: text, block: "", below: "" }) };
        let end = begin + line_at(&text[begin..], END)?;
        let end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
        Some(Self { above: &text[..begin], block: &text[begin..end], below: &text[end..] })
    }
}

/// Where a line of that text begins.
fn line_at(text: &str, wanted: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_end() == wanted {
            return Some(at);
        }
        at += line.len();
    }
    None
}

fn block(entries: &[&BlockEntry]) -> String {
    if entries.is_empty() {
        return String::new();
    }
    let mut text = format!("{BEGIN}\n");
    for (number, entry) in entries.iter().enumerate() {
        let command = shlex::try_join(entry.command.iter().map(String::as_str)).unwrap_or_default();
        text +=
            &format!("[profile {}]\nregion = {}\ncredential_process = {command}\n", quoted(&entry.name), entry.region);
        if !entry.endpoints.is_empty() {
            let services = format!("sidelight-{}", number + 1);
            text += &format!("services = {services}\n[services {services}]\n");
            for (service, url) in &entry.endpoints {
                text += &format!("{service} =\n  endpoint_url = {url}\n");
            }
        }
    }
    text + END + "\n"
}

/// As a shell's word, which is how the AWS CLI reads a name.
fn quoted(name: &str) -> String {
    shlex::try_quote(name).map(std::borrow::Cow::into_owned).unwrap_or_default()
}

fn refused(path: &Path, words: &str) -> Error {
    Error::detailed(Cause::Disk { path: path.to_owned(), free_bytes: None }, format!("{words}; nothing was written"))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Tested = Result<(), Box<dyn std::error::Error>>;

    fn entry(name: &str) -> BlockEntry {
        BlockEntry {
            name: name.to_owned(),
            region: "eu-west-1".to_owned(),
            command: ["/opt/my side", "credentials", name].map(str::to_owned).to_vec(),
            endpoints: Vec::new(),
        }
    }

    fn files(folder: &Path) -> AwsFiles {
        AwsFiles::at(folder.join("config"), folder.join("credentials"))
    }

    #[test]
    fn only_the_block_changes_and_the_file_as_it_was_lies_beside_it() -> Tested {
        let folder = tempfile::tempdir()?;
        let own = "# mine\r\n[profile own]\nregion = us-east-1 ; x\n\n[default]\noutput=json";
        fs::write(folder.path().join("config"), own)?;
        let change =
            files(folder.path()).write_block(&[entry("acme prod"), entry("own")], Timestamp::UNIX_EPOCH, false)?;
        assert_eq!(change.taken, ["own"]);
        let text = fs::read_to_string(folder.path().join("config"))?;
        assert!(text.starts_with(own) && text.contains("[profile 'acme prod']"), "{text}");
        assert_eq!(fs::read_to_string(change.backup.ok_or("there is a backup")?)?, own);
        let sections = files(folder.path()).read()?;
        let command = sections.get("acme prod", "credential_process");
        assert_eq!(command, Some("'/opt/my side' credentials 'acme prod'"));
        files(folder.path()).write_block(&[], Timestamp::UNIX_EPOCH, false)?;
        assert_eq!(fs::read_to_string(folder.path().join("config"))?.trim_end(), own);
        Ok(())
    }

    #[test]
    fn a_dry_run_and_the_same_block_again_write_nothing() -> Tested {
        let folder = tempfile::tempdir()?;
        let change = files(folder.path()).write_block(&[entry("a")], Timestamp::UNIX_EPOCH, true)?;
        assert!(change.before.is_empty() && change.after.len() == 5 && !folder.path().join("config").exists());
        files(folder.path()).write_block(&[entry("a")], Timestamp::UNIX_EPOCH, false)?;
        let again = files(folder.path()).write_block(&[entry("a")], Timestamp::UNIX_EPOCH, false)?;
        assert_eq!((again.before == again.after, again.backup), (true, None));
        Ok(())
    }

    #[test]
    fn a_block_without_its_end_is_left_as_it_is() -> Tested {
        let folder = tempfile::tempdir()?;
        let text = format!("{BEGIN}\n[profile a]\n");
        fs::write(folder.path().join("config"), &text)?;
        assert!(files(folder.path()).write_block(&[entry("a")], Timestamp::UNIX_EPOCH, false).is_err());
        assert_eq!(fs::read_to_string(folder.path().join("config"))?, text);
        Ok(())
    }

    #[test]
    #[cfg(unix)]
    fn a_link_is_not_followed_and_the_files_mode_stays() -> Tested {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir()?;
        let (real, config) = (folder.path().join("real"), folder.path().join("config"));
        fs::write(&real, "[default]\n")?;
        std::os::unix::fs::symlink(&real, &config)?;
        assert!(files(folder.path()).write_block(&[entry("a")], Timestamp::UNIX_EPOCH, false).is_err());
        fs::remove_file(&config)?;
        fs::rename(&real, &config)?;
        fs::set_permissions(&config, fs::Permissions::from_mode(0o644))?;
        files(folder.path()).write_block(&[entry("a")], Timestamp::UNIX_EPOCH, false)?;
        assert_eq!(fs::metadata(&config)?.permissions().mode() & 0o777, 0o644);
        Ok(())
    }
}
