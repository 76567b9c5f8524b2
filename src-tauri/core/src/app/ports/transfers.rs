//! Downloads that Sidelight carries itself, where the web engine has let go of one or need not begin it.

use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;
use url::Url;

use super::Place;
use crate::app::error::Error;
use crate::app::event::Event;
use crate::app::settings::Bandwidth;
use crate::app::switcher::Language;
use crate::domain::download::{Announced, DownloadId, Source};
use crate::domain::profile::ProfileId;
use crate::domain::s3::S3Copy;
use crate::domain::secret::SessionCredentials;

/// The native engine. Only what is asynchronous waits.
#[async_trait]
pub trait Transfers: Send + Sync {
    /// Carries a download on to its end, or until what it returns is dropped; tells by events how far it is.
    fn carry(&self, order: Order, events: UnboundedSender<Event>) -> Stop;

    /// Keeps how a download is asked for, so that it can go on after a restart. Where the keychain does not take
    /// it, the download cannot.
    fn keep(&self, id: DownloadId, profile: &ProfileId, source: &Source);

    /// How a download is asked for, by an earlier run of the app.
    ///
    /// # Errors
    /// The keychain's; `KeychainMissing` where it was not kept, or is of another profile or address: ids are given
    /// again where a list was lost.
    async fn recall(&self, id: DownloadId, profile: &ProfileId, link: &Url) -> Result<Source, Error>;

    /// Forgets it.
    fn forget(&self, id: DownloadId);

    /// Removes what arrived of a download.
    fn discard(&self, partial: &Path);

    /// Copies from S3 or to it, as [`Self::carry`] does.
    fn copy(&self, order: CopyOrder, events: UnboundedSender<Event>) -> Stop;

    /// Ends the multipart upload of a copy that nobody carries: its parts cost something.
    fn abandon(&self, order: CopyOrder);

    /// All that is carried and copied from now on, together, is no faster; `None` for no limit.
    fn limit(&self, to: Option<Bandwidth>);

    /// Whether a folder's disk has room for so many bytes more.
    fn has_room(&self, folder: &Path, bytes: u64) -> bool;
}

/// What is to be carried.
#[derive(Clone, Debug)]
pub struct Order {
    /// Its id.
    pub id: DownloadId,
    /// Where it is asked for.
    pub source: Source,
    /// What is known of it.
    pub announced: Announced,
    /// Its name on disk, or from outside.
    pub name: String,
    /// The page's engine could not read the name that the server says: it is probably of this language, in bytes that
    /// are no UTF-8.
    pub name_in: Option<Language>,
    /// Where it goes.
    pub folder: PathBuf,
    /// The file gets the time of its last change on the server.
    pub keep_time: bool,
    /// Bytes in `partial`.
    pub arrived: u64,
    /// What has arrived, to go on from.
    pub partial: Option<PathBuf>,
    /// The page's engine stands by with the answer that it has: what does not get the same one at once is declined
    /// ([`DownloadEvent::Declined`]).
    ///
    /// [`DownloadEvent::Declined`]: crate::app::event::DownloadEvent::Declined
    pub page_stands_by: bool,
}

/// What is to be copied from S3, or to it.
#[derive(Clone)]
pub struct CopyOrder {
    /// Its id.
    pub id: DownloadId,
    /// What, and which way.
    pub copy: S3Copy,
    /// In which partition.
    pub place: Place,
    /// With whose credentials.
    pub keys: Arc<dyn Keys>,
    /// What is known of what is copied: of the object, or of the file here.
    pub announced: Announced,
    /// The file's or folder's name here.
    pub name: String,
    /// Where it lies, or goes.
    pub folder: PathBuf,
    /// Files get the times of their last changes in S3.
    pub keep_time: bool,
    /// Bytes that are there of an earlier run.
    pub arrived: u64,
    /// What has arrived, to go on from.
    pub partial: Option<PathBuf>,
}

/// A profile's temporary credentials, for as long as something takes.
#[async_trait]
pub trait Keys: Debug + Send + Sync {
    /// Those that hold now; new ones where they end soon.
    ///
    /// # Errors
    /// Everything between the keychain and STS; `KeychainLocked` behind the window's lock.
    async fn current(&self) -> Result<Arc<SessionCredentials>, Error>;
}

/// Dropped, it stops what it was given for.
#[derive(Debug)]
pub struct Stop(pub oneshot::Sender<()>);
