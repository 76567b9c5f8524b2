//! One transfer and what is around it: a server, a folder, the engine, and what the engine tells.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use secrecy::SecretString;
use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::event::{DownloadEvent, Event};
use sidelight_core::app::ports::{CopyOrder, Order, Stop, Transfers, Vault};
use sidelight_core::app::settings::Bandwidth;
use sidelight_core::aws::trust::Trust;
use sidelight_core::domain::download::{Announced, DownloadId, Source};
use sidelight_core::domain::secret::SecretId;
use sidelight_core::storage::download_folder::DownloadFolder;
use sidelight_core::transfers::{HttpTransfers, Patience};
use sidelight_tests::fault_server::FaultServer;
use sidelight_tests::wait::wait_until_async;
use sidelight_tests::{HarnessError, Outcome};
use tokio::sync::mpsc::{self, UnboundedReceiver};

/// Short: a server that does wrong does so at once.
pub const PATIENCE: Patience = Patience {
    silence: Duration::from_millis(1500),
    backoff: Duration::from_millis(10),
    beside: Duration::from_millis(500),
};

/// Nothing here takes longer on the slowest machine.
const DEADLINE: Duration = Duration::from_secs(60);

/// A server, and a folder to download into.
pub struct Around {
    pub server: FaultServer,
    pub engine: HttpTransfers,
    pub folder: PathBuf,
    _home: Option<tempfile::TempDir>,
}

/// Nothing here outlives its process.
struct NoKeychain;

#[async_trait]
impl Vault for NoKeychain {
    async fn read(&self, _: &SecretId) -> Result<SecretString, Error> {
        Err(Cause::KeychainUnavailable.into())
    }

    async fn write(&self, _: &SecretId, _: &SecretString) -> Result<(), Error> {
        Err(Cause::KeychainUnavailable.into())
    }

    async fn remove(&self, _: &SecretId) -> Result<(), Error> {
        Err(Cause::KeychainUnavailable.into())
    }
}

/// A transfer under way.
pub struct Carried {
    stop: Option<Stop>,
    events: UnboundedReceiver<Event>,
    /// What was announced last.
    pub announced: Announced,
    /// The hidden file.
    pub partial: Option<PathBuf>,
    /// S3's id of the multipart upload.
    pub upload: Option<String>,
    /// How far it is.
    pub bytes: u64,
}

/// How a transfer ended.
#[derive(Debug)]
pub enum End {
    /// Whole, here.
    Whole(PathBuf),
    /// Not whole: why, and how much is kept.
    Stopped(Option<Error>, Option<u64>),
    /// Declined, for the page's engine: why, and the name that the answer says.
    Declined(Error, Option<String>),
}

impl Around {
    /// In a folder of its own.
    pub fn new() -> Outcome<Self> {
        let home = tempfile::tempdir().map_err(HarnessError::io("make a folder"))?;
        let folder = home.path().to_owned();
        Ok(Self { _home: Some(home), ..Self::at(folder)? })
    }

    /// In a folder that is there.
    pub fn at(folder: PathBuf) -> Outcome<Self> {
        let trust = Trust::new(None).map_err(failed)?;
        let engine =
            HttpTransfers::new(&trust, DownloadFolder::new(&folder), Arc::new(NoKeychain), PATIENCE).map_err(failed)?;
        Ok(Self { server: FaultServer::start()?, engine, folder, _home: None })
    }

    /// An order for `query` of this server.
    pub fn order(&self, query: &str) -> Order {
        self.order_at(&self.server.origin(), query)
    }

    /// An order for `query` of a server.
    pub fn order_at(&self, origin: &str, query: &str) -> Order {
        Order {
            id: DownloadId(1),
            source: Source {
                url: SecretString::from(format!("{origin}/get/file.bin?{query}")),
                cookies: Some(SecretString::from("session=abc")),
                user_agent: None,
            },
            announced: Announced::default(),
            name: "file.bin".to_owned(),
            folder: self.folder.clone(),
            keep_time: false,
            arrived: 0,
            partial: None,
            page_stands_by: false,
            name_in: None,
        }
    }

    /// Begins it.
    pub fn carry(&self, order: Order) -> Carried {
        let (told, events) = mpsc::unbounded_channel();
        let (announced, partial) = (order.announced.clone(), order.partial.clone());
        let stop = Some(self.engine.carry(order, told));
        Carried { stop, events, announced, partial, upload: None, bytes: 0 }
    }

    /// What the server says of a file, which comes whole and goes again.
    pub async fn announced(&self, query: &str) -> Outcome<Announced> {
        let mut whole = self.carry(self.order(query));
        match whole.end(&self.folder).await? {
            End::Whole(path) => std::fs::remove_file(path).map_err(HarnessError::io("remove a file"))?,
            other => return Err(HarnessError::missing(format!("a whole file; it ended as {other:?}"))),
        }
        Ok(whole.announced)
    }

    /// Begins a copy from S3, or to it.
    pub fn copy(&self, order: CopyOrder) -> Carried {
        let (told, events) = mpsc::unbounded_channel();
        let (announced, partial, upload) = (order.announced.clone(), order.partial.clone(), order.copy.upload.clone());
        let stop = Some(self.engine.copy(order, told));
        Carried { stop, events, announced, partial, upload, bytes: 0 }
    }

    /// Begins a copy, and tells it to stop when it has come so far: slowly, so that it is not all there by then, and
    /// with something on the disk.
    pub async fn copy_until(&self, order: CopyOrder, bytes: u64) -> Outcome<Carried> {
        self.engine.limit(Some(Bandwidth::of(40_000_000)));
        let mut copied = self.copy(order);
        copied.reached(bytes).await?;
        if copied.partial.is_some() {
            copied.arrived().await?;
        }
        copied.stop();
        self.engine.limit(None);
        Ok(copied)
    }

    /// What lies in the folder and is seen.
    pub fn seen(&self) -> Outcome<BTreeSet<String>> {
        Ok(self.all()?.into_iter().filter(|name| !name.starts_with('.')).collect())
    }

    /// What lies in the folder.
    pub fn all(&self) -> Outcome<BTreeSet<String>> {
        names_in(&self.folder)
    }
}

impl Carried {
    /// Waits until something of it is in its hidden file.
    pub async fn arrived(&mut self) -> Outcome {
        while self.partial.is_none() || self.announced == Announced::default() {
            let event = self.next().await?;
            self.note(&event)?;
        }
        let partial = self.partial.clone().unwrap_or_default();
        wait_until_async("something of it", DEADLINE, async || {
            Ok(std::fs::metadata(&partial).is_ok_and(|found| found.len() > 0).then_some(()))
        })
        .await
    }

    /// Waits until it has come so far.
    pub async fn reached(&mut self, bytes: u64) -> Outcome {
        while self.bytes < bytes {
            let event = self.next().await?;
            self.note(&event)?;
        }
        Ok(())
    }

    /// Tells it to stop.
    pub fn stop(&mut self) {
        self.stop = None;
    }

    /// Waits for its end.
    pub async fn end(&mut self, folder: &Path) -> Outcome<End> {
        loop {
            match self.next().await? {
                DownloadEvent::Finished { name, .. } => return Ok(End::Whole(folder.join(name))),
                DownloadEvent::Stopped { error, kept, .. } => return Ok(End::Stopped(error, kept)),
                DownloadEvent::Declined { error, name, .. } => return Ok(End::Declined(error, name)),
                other => self.note(&other)?,
            }
        }
    }

    fn note(&mut self, event: &DownloadEvent) -> Outcome {
        match event {
            DownloadEvent::Began { partial, .. } => self.partial = Some(partial.clone()),
            DownloadEvent::Announced { announced, .. } => self.announced = announced.clone(),
            DownloadEvent::Progress { bytes, .. } => self.bytes = *bytes,
            DownloadEvent::Uploading { upload, .. } => self.upload = Some(upload.clone()),
            other => return Err(HarnessError::missing(format!("something else than {other:?}"))),
        }
        Ok(())
    }

    async fn next(&mut self) -> Outcome<DownloadEvent> {
        match tokio::time::timeout(DEADLINE, self.events.recv()).await {
            Ok(Some(Event::Download(event))) => Ok(event),
            other => Err(HarnessError::missing(format!("an event of the transfer: {other:?}"))),
        }
    }
}

/// The names in a folder.
pub fn names_in(folder: &Path) -> Outcome<BTreeSet<String>> {
    let entries = std::fs::read_dir(folder).map_err(HarnessError::io("look into the folder"))?;
    Ok(entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
}

/// The SHA-256 of a file, in hexadecimal.
pub fn hash_of(file: &Path) -> Outcome<String> {
    Ok(hash(&std::fs::read(file).map_err(HarnessError::io("read a download"))?))
}

/// The SHA-256 of bytes, in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    use sha2::Digest;
    hex::encode(sha2::Sha256::digest(bytes))
}

/// The core's error as ours.
pub fn failed(error: Error) -> HarnessError {
    HarnessError::missing(error.to_string())
}
