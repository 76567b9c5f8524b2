//! A download as the file spells it.

use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::app::error::{Cause, Error};
use crate::domain::download::{Again, Announced, Digest, Download, DownloadId, DownloadState, Files, Kind, Version};
use crate::domain::input::InputError;
use crate::domain::profile::ProfileId;
use crate::domain::s3::{S3Copy, S3Uri, S3Way};
use crate::domain::session::Access;

/// One download.
#[derive(Serialize, Deserialize)]
pub struct Row {
    id: u64,
    profile: String,
    name: String,
    #[serde(default)]
    lost_name: bool,
    folder: PathBuf,
    host: String,
    link: Option<Url>,
    page: Option<Url>,
    bytes: u64,
    length: Option<u64>,
    etag: Option<String>,
    last_modified: Option<String>,
    accepts_ranges: bool,
    digest: Option<(Algorithm, String)>,
    modified: Option<Timestamp>,
    started_at: Timestamp,
    partial: Option<PathBuf>,
    again: Often,
    #[serde(default)]
    s3: Option<Copy>,
    #[serde(default)]
    files: Option<(u64, u64)>,
    state: Stands,
    why: Option<Why>,
}

/// A copy from S3, or to it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
struct Copy {
    bucket: String,
    key: String,
    uploads: bool,
    read_only: bool,
    replaces: bool,
    upload: Option<String>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Algorithm {
    Sha256,
    Sha1,
    Crc64Nvme,
    Crc32c,
    Crc32,
    Md5,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Often {
    Never,
    Anew,
    Onward,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Stands {
    Queued,
    Running,
    Paused,
    Done,
    Failed,
    Cancelled,
}

/// Why one failed: of the closed list, what can happen to a download.
#[derive(Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
enum Cannot {
    Network { host: String },
    Certificate { host: String },
    Disk { path: PathBuf, free_bytes: Option<u64> },
    LinkExpired,
    Refused { host: String, status: u16 },
    Damaged,
    Exists { name: String },
    Denied { action: String, resource: Option<String> },
    Throttled,
    KeychainLocked,
    Other,
}

#[derive(Serialize, Deserialize)]
struct Why {
    #[serde(flatten)]
    cause: Cannot,
    detail: Option<String>,
}

impl Row {
    /// As the file spells it.
    pub fn of(download: &Download<Error>) -> Self {
        let (state, why) = match &download.state {
            DownloadState::Queued => (Stands::Queued, None),
            DownloadState::Running => (Stands::Running, None),
            DownloadState::Paused(error) => (Stands::Paused, error.as_ref()),
            DownloadState::Done => (Stands::Done, None),
            DownloadState::Failed(error) => (Stands::Failed, Some(error)),
            DownloadState::Cancelled => (Stands::Cancelled, None),
        };
        let (etag, last_modified) = match &download.announced.version {
            Some(Version::ETag(tag)) => (Some(tag.clone()), None),
            Some(Version::LastModified(date)) => (None, Some(date.clone())),
            None => (None, None),
        };
        Self {
            id: download.id.0,
            profile: download.profile.to_string(),
            name: download.name.clone(),
            lost_name: download.lost_name,
            folder: download.folder.clone(),
            host: download.host.clone(),
            link: download.link.clone(),
            page: download.page.clone(),
            bytes: download.bytes,
            length: download.announced.length,
            etag,
            last_modified,
            accepts_ranges: download.announced.accepts_ranges,
            digest: download.announced.digest.as_ref().map(|digest| (digest.kind.into(), digest.hex.clone())),
            modified: download.announced.modified,
            started_at: download.started_at,
            partial: download.partial.clone(),
            again: match download.again {
                Again::Never => Often::Never,
                Again::Anew => Often::Anew,
                Again::Onward => Often::Onward,
            },
            s3: download.s3.as_ref().map(Copy::of),
            files: download.files.map(|files| (files.done, files.all)),
            state,
            why: why.map(Why::of),
        }
    }

    /// Nothing for a row of no profile.
    pub fn download(self) -> Option<Download<Error>> {
        let version = self.etag.map(Version::ETag).or(self.last_modified.map(Version::LastModified));
        let why = self.why.map(Why::error);
        Some(Download {
            id: DownloadId(self.id),
            profile: ProfileId::parse(&self.profile).ok()?,
            name: self.name,
            lost_name: self.lost_name,
            folder: self.folder,
            host: self.host,
            link: self.link,
            page: self.page,
            bytes: self.bytes,
            announced: Announced {
                length: self.length,
                version,
                accepts_ranges: self.accepts_ranges,
                digest: self.digest.map(|(kind, hex)| Digest { kind: kind.into(), hex }),
                modified: self.modified,
            },
            speed: None,
            started_at: self.started_at,
            partial: self.partial,
            again: match self.again {
                Often::Never => Again::Never,
                Often::Anew => Again::Anew,
                Often::Onward => Again::Onward,
            },
            s3: self.s3.map(Copy::copy).transpose().ok()?,
            files: self.files.map(|(done, all)| Files { done, all }),
            state: match self.state {
                Stands::Queued => DownloadState::Queued,
                Stands::Running => DownloadState::Running,
                Stands::Paused => DownloadState::Paused(why),
                Stands::Done => DownloadState::Done,
                Stands::Failed => DownloadState::Failed(why.unwrap_or_else(|| Cause::Bug.into())),
                Stands::Cancelled => DownloadState::Cancelled,
            },
        })
    }
}

impl Copy {
    fn of(copy: &S3Copy) -> Self {
        Self {
            bucket: copy.at.bucket().to_owned(),
            key: copy.at.key().to_owned(),
            uploads: copy.way == S3Way::Up,
            read_only: copy.access == Access::ReadOnly,
            replaces: copy.replaces,
            upload: copy.upload.clone(),
        }
    }

    fn copy(self) -> Result<S3Copy, InputError> {
        Ok(S3Copy {
            at: S3Uri::new(&self.bucket, &self.key)?,
            way: if self.uploads { S3Way::Up } else { S3Way::Down },
            access: if self.read_only { Access::ReadOnly } else { Access::Full },
            replaces: self.replaces,
            upload: self.upload,
        })
    }
}

impl Why {
    fn of(error: &Error) -> Self {
        let cause = match &error.cause {
            Cause::Network { host } => Cannot::Network { host: host.clone() },
            Cause::Certificate { host, .. } => Cannot::Certificate { host: host.clone() },
            Cause::Disk { path, free_bytes } => Cannot::Disk { path: path.clone(), free_bytes: *free_bytes },
            Cause::LinkExpired => Cannot::LinkExpired,
            Cause::Refused { host, status } => Cannot::Refused { host: host.clone(), status: *status },
            Cause::Damaged => Cannot::Damaged,
            Cause::Exists { name } => Cannot::Exists { name: name.clone() },
            Cause::Denied { action, resource } => Cannot::Denied { action: action.clone(), resource: resource.clone() },
            Cause::Throttled => Cannot::Throttled,
            Cause::KeychainLocked => Cannot::KeychainLocked,
            _ => Cannot::Other,
        };
        Self { cause, detail: error.detail.clone() }
    }

    fn error(self) -> Error {
        let cause = match self.cause {
            Cannot::Network { host } => Cause::Network { host },
            Cannot::Certificate { host } => Cause::Certificate { host, issuer: None },
            Cannot::Disk { path, free_bytes } => Cause::Disk { path, free_bytes },
            Cannot::LinkExpired => Cause::LinkExpired,
            Cannot::Refused { host, status } => Cause::Refused { host, status },
            Cannot::Damaged => Cause::Damaged,
            Cannot::Exists { name } => Cause::Exists { name },
            Cannot::Denied { action, resource } => Cause::Denied { action, resource },
            Cannot::Throttled => Cause::Throttled,
            Cannot::KeychainLocked => Cause::KeychainLocked,
            Cannot::Other => Cause::Bug,
        };
        Error { cause, detail: self.detail }
    }
}

macro_rules! same {
    ($($kind:ident),*) => {
        impl From<Kind> for Algorithm {
            fn from(kind: Kind) -> Self {
                match kind { $(Kind::$kind => Self::$kind,)* }
            }
        }

        impl From<Algorithm> for Kind {
            fn from(algorithm: Algorithm) -> Self {
                match algorithm { $(Algorithm::$kind => Self::$kind,)* }
            }
        }
    };
}

same!(Sha256, Sha1, Crc64Nvme, Crc32c, Crc32, Md5);
