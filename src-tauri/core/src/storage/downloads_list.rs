//! The list of downloads, as it comes back after a restart.
//!
//! Addresses are bare: how a download is asked for lies in the keychain (`transfers`). After a damaged file the list
//! begins anew (an older one would ask for files again that are here), and what has arrived of unfinished downloads stays
//! where it lies. Not how it is kept (`app_file`).

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::app_file::{AppFile, Loaded, Spelling};
use super::download_folder;
use super::home::Home;
use crate::app::error::{Cause, Error};
use crate::app::ports::Clock;
use crate::domain::download::Download;
use row::Row;

mod row;

/// The schema that this version writes.
const SCHEMA: u32 = 1;

/// `downloads.json`.
#[derive(Clone)]
pub struct DownloadsList(AppFile);

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Format {
    schema: u32,
    downloads: Vec<Row>,
}

impl DownloadsList {
    /// In its place.
    #[must_use]
    pub fn new(home: &Home, clock: Arc<dyn Clock>) -> Self {
        Self(AppFile::new(home.downloads_list(), Spelling::Json, SCHEMA, clock).without_generations())
    }

    /// As it stands after a restart: nothing runs. `None` where the file says nothing that makes sense: then it is not
    /// known either what lies in the folders for it.
    #[must_use]
    pub fn load(&self) -> Loaded<Option<Vec<Arc<Download<Error>>>>> {
        let Loaded { value, warning } = self.0.load::<Format>();
        let rows = warning.is_none().then(|| value.map(Format::after_restart).unwrap_or_default());
        Loaded { value: rows, warning }
    }

    /// Keeps it, unless the file is to be left as it is.
    ///
    /// # Errors
    /// `Disk`.
    pub fn save(&self, downloads: &[Arc<Download<Error>>]) -> Result<(), Error> {
        let rows = downloads.iter().map(|download| Row::of(download)).collect();
        self.0.save(&Format { schema: SCHEMA, downloads: rows })
    }
}

impl Format {
    fn after_restart(self) -> Vec<Arc<Download<Error>>> {
        let ended = |download: &Download<Error>| {
            let cause = Cause::Network { host: download.host.clone() };
            Error::detailed(cause, "Sidelight ended meanwhile")
        };
        let rows = self.downloads.into_iter().filter_map(Row::download);
        rows.map(|download| Arc::new(as_it_lies(download.after_restart(ended)))).collect()
    }
}

/// The list says how much had arrived when it was written; the file had more since.
fn as_it_lies(download: Download<Error>) -> Download<Error> {
    let arrived = download.partial.as_deref().filter(|_| !download.has_ended()).and_then(download_folder::arrived);
    Download { bytes: arrived.unwrap_or(download.bytes), ..download }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use url::Url;

    use super::*;
    use crate::domain::download::{Again, Announced, Digest, DownloadId, DownloadState, Files, Kind, Version};
    use crate::domain::profile::ProfileId;
    use crate::domain::s3::{S3Copy, S3Uri, S3Way};
    use crate::domain::session::Access;
    use crate::world::SystemClock;

    type Tested = Result<(), Box<dyn std::error::Error>>;

    fn list() -> Result<(tempfile::TempDir, DownloadsList), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let home = Home::at(folder.path())?;
        Ok((folder, DownloadsList::new(&home, Arc::new(SystemClock))))
    }

    /// What is kept and what comes back are shared rows.
    fn shared<const N: usize>(rows: [Download<Error>; N]) -> Vec<Arc<Download<Error>>> {
        rows.map(Arc::new).to_vec()
    }

    fn download(number: u64, state: DownloadState<Error>) -> Result<Download<Error>, Box<dyn std::error::Error>> {
        Ok(Download {
            id: DownloadId(number),
            profile: ProfileId::parse("acme")?,
            name: "売上 \"2026\".csv".to_owned(),
            lost_name: true,
            folder: "/home/kim/Downloads".into(),
            host: "reports.s3.eu-central-1.amazonaws.com".to_owned(),
            link: Some(Url::parse("https://reports.s3.eu-central-1.amazonaws.com/a.csv")?),
            page: Some(Url::parse("https://eu-central-1.console.aws.amazon.com/s3/object/reports?prefix=a.csv")?),
            bytes: 5,
            announced: Announced {
                length: Some(10 << 20),
                version: Some(Version::ETag("\"1\"".to_owned())),
                accepts_ranges: true,
                digest: Some(Digest { kind: Kind::Crc64Nvme, hex: "0123456789abcdef".to_owned() }),
                modified: Some("2026-10-27T10:00:00Z".parse()?),
            },
            speed: None,
            started_at: "2026-11-26T01:02:03Z".parse::<Timestamp>()?,
            partial: Some("/home/kim/Downloads/.a.csv.01234567.sidelight-part".into()),
            again: Again::Onward,
            s3: None,
            files: None,
            state,
        })
    }

    #[test]
    fn a_copy_of_s3_comes_back_and_waits_for_the_user() -> Tested {
        let (_folder, list) = list()?;
        let copy = |way| {
            Ok::<_, Box<dyn std::error::Error>>(S3Copy {
                at: S3Uri::parse("s3://reports/2026/売上")?,
                way,
                access: Access::Full,
                replaces: true,
                upload: Some("id".to_owned()),
            })
        };
        let up = Download { s3: Some(copy(S3Way::Up)?), partial: None, ..download(1, DownloadState::Done)? };
        let files = Some(Files { done: 3, all: 7 });
        let down = Download { s3: Some(copy(S3Way::Down)?), files, ..download(2, DownloadState::Running)? };
        let exists = Error::from(Cause::Exists { name: "s3://reports/a".to_owned() });
        let failed = Download { state: DownloadState::Failed(exists), ..up.clone() };
        let queued = Download { state: DownloadState::Queued, ..up.clone() };
        list.save(&shared([up.clone(), down.clone(), failed.clone(), queued]))?;
        let waits = |download| Download { state: DownloadState::Paused(None), ..download };
        assert_eq!(list.load().value, Some(shared([up.clone(), waits(down), failed, waits(up)])));
        Ok(())
    }

    #[test]
    fn what_has_ended_comes_back_as_it_ended() -> Tested {
        let (_folder, list) = list()?;
        assert_eq!(list.load().value, Some(Vec::new()));
        let host = "h".to_owned();
        let causes = [
            Cause::Network { host: host.clone() },
            Cause::Certificate { host: host.clone(), issuer: None },
            Cause::LinkExpired,
            Cause::Refused { host, status: 404 },
            Cause::Damaged,
            Cause::Disk { path: "/x".into(), free_bytes: Some(3) },
        ];
        let mut rows = vec![download(1, DownloadState::Done)?, download(2, DownloadState::Cancelled)?];
        for (number, cause) in (3..).zip(causes) {
            rows.push(download(number, DownloadState::Failed(Error::detailed(cause, "words")))?);
        }
        let rows: Vec<_> = rows.into_iter().map(Arc::new).collect();
        list.save(&rows)?;
        assert_eq!(list.load().value, Some(rows));
        Ok(())
    }

    #[test]
    fn what_was_under_way_waits_where_it_can_go_on_and_has_failed_otherwise() -> Tested {
        let (_folder, list) = list()?;
        let onward = download(1, DownloadState::Running)?;
        let anew = Download { again: Again::Anew, ..download(2, DownloadState::Queued)? };
        let begun = Download { partial: None, ..download(3, DownloadState::Running)? };
        list.save(&shared([onward, anew, begun]))?;
        let loaded = list.load().value.ok_or("it is read")?;
        assert!([0, 2].iter().all(|row| loaded[*row].state == DownloadState::Paused(None)));
        assert!(matches!(loaded[1].state, DownloadState::Failed(_)));
        Ok(())
    }

    #[test]
    fn what_has_arrived_since_the_list_was_kept_counts_whoever_wrote_it() -> Tested {
        let (folder, list) = list()?;
        for end in ["", ".held", ".wkdownload"] {
            let partial = folder.path().join(".a.csv.01234567.sidelight-part");
            let written = folder.path().join(format!(".a.csv.01234567.sidelight-part{end}"));
            std::fs::write(&written, [0; 4000])?;
            list.save(&shared([Download { partial: Some(partial), ..download(1, DownloadState::Running)? }]))?;
            let loaded = list.load().value.ok_or("it is read")?;
            assert_eq!(loaded[0].bytes, 4000, "{end}");
            std::fs::remove_file(written)?;
        }
        Ok(())
    }

    #[test]
    fn a_damaged_list_is_set_aside_and_a_newer_one_left_alone() -> Tested {
        let (folder, list) = list()?;
        let path = Home::at(folder.path())?.downloads_list();
        std::fs::write(&path, "{\"schema\":1,\"downloads\":[")?;
        assert_eq!(list.load().value, None);
        let aside = std::fs::read_dir(folder.path())?.flatten();
        assert_eq!(aside.filter(|entry| entry.file_name().to_string_lossy().starts_with("downloads.")).count(), 1);
        std::fs::write(&path, "{\"schema\":2,\"downloads\":[],\"more\":1}")?;
        assert_eq!(list.load().value, None);
        list.save(&shared([download(1, DownloadState::Done)?]))?;
        assert_eq!(std::fs::read_to_string(&path)?, "{\"schema\":2,\"downloads\":[],\"more\":1}");
        Ok(())
    }
}
