//! Copies from S3 and to it, with a profile's own credentials: an object, or all below a prefix.
//!
//! Not the calls (`aws::s3`). Objects come in ranges and go in parts, several side by side; a copy that
//! stops goes on where it stopped, as long as object or file are the same.

mod down;
mod folder;
mod object;
mod progress;
mod refused;
mod up;

use std::sync::Mutex;

use tokio::sync::{Semaphore, oneshot};

use super::limit::Limit;
use super::{HttpTransfers, Patience, Teller};
use crate::app::error::{Cause, Error};
use crate::app::event::DownloadEvent;
use crate::app::ports::CopyOrder;
use crate::aws::s3::{Bucket, S3, S3Error, Upload};
use crate::domain::download::DownloadId;
use crate::domain::s3::S3Way;
use crate::storage::download_folder::DownloadFolder;
use progress::Progress;

/// Requests of one copy that are under way at a time.
const SIDE_BY_SIDE: usize = 8;

/// One copy.
pub struct Copying {
    s3: S3,
    folder: DownloadFolder,
    patience: Patience,
    limit: Limit,
    order: CopyOrder,
    progress: Progress,
    gate: Semaphore,
    /// Multipart uploads of a folder's files that are under way: keys and ids.
    begun: Mutex<Vec<(String, String)>>,
}

/// Told when the copy shall stop.
type Stopped = oneshot::Receiver<()>;

impl Copying {
    pub fn new(engine: &HttpTransfers, order: CopyOrder, teller: Teller) -> Self {
        Self {
            s3: engine.s3.clone(),
            folder: engine.folder.at(&order.folder),
            patience: engine.patience,
            limit: engine.limit.clone(),
            order,
            progress: Progress::new(teller),
            gate: Semaphore::new(SIDE_BY_SIDE),
            begun: Mutex::default(),
        }
    }

    /// Until it is whole, fails, or is stopped.
    pub async fn run(self, mut stopped: Stopped) {
        let bucket = tokio::select! {
            bucket = self.bucket() => bucket,
            _ = &mut stopped => return self.say(|id| DownloadEvent::Stopped { id, error: None, kept: self.kept() }),
        };
        let ended = match bucket {
            Ok(bucket) => match self.order.copy.way {
                S3Way::Down if self.order.copy.at.is_folder() => folder::copy(&self, &bucket, stopped).await,
                S3Way::Down => down::copy(&self, &bucket, stopped).await,
                S3Way::Up => up::copy(&self, &bucket, stopped).await,
            },
            Err(error) => Ended::Stopped(Some(error), self.kept()),
        };
        self.say(|id| match ended {
            Ended::Whole(name, bytes) => DownloadEvent::Finished { id, name, bytes },
            Ended::Stopped(error, kept) => DownloadEvent::Stopped { id, error, kept },
        });
    }

    /// Ends the multipart upload that is under way, if one is.
    pub async fn abandon(self) {
        let Some(id) = &self.order.copy.upload else { return };
        let key = self.order.copy.at.key();
        let ended = match self.bucket().await {
            Ok(bucket) => self.patiently(|| bucket.abort(Upload { key, id })).await,
            Err(error) => Err(error),
        };
        if let Err(error) = ended {
            tracing::info!(%error, "a multipart upload is not ended: its parts stay until the bucket's lifecycle rule");
        }
    }

    async fn bucket(&self) -> Result<Bucket, Error> {
        let CopyOrder { copy, place, keys, .. } = &self.order;
        self.patiently(|| self.s3.bucket(copy.at.bucket(), place, keys.clone())).await
    }

    /// Asks again while the network is gone, or S3 asks for fewer requests.
    async fn patiently<T, E, Asked>(&self, ask: impl Fn() -> Asked) -> Result<T, E>
    where
        E: Passing,
        Asked: Future<Output = Result<T, E>>,
    {
        let mut tries = self.patience.tries(0);
        loop {
            let error = match ask().await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            let Some(pause) = tries.again(0).filter(|_| error.may_pass()) else { return Err(error) };
            tokio::time::sleep(pause).await;
        }
    }

    /// What is there of an earlier run: told again where this one does not come so far as to look.
    fn kept(&self) -> Option<u64> {
        let CopyOrder { copy, partial, arrived, .. } = &self.order;
        (copy.way == S3Way::Up || partial.is_some()).then_some(*arrived)
    }

    fn say(&self, event: impl FnOnce(DownloadId) -> DownloadEvent) {
        self.progress.teller.say(event);
    }
}

/// What may be otherwise in a while.
trait Passing {
    fn may_pass(&self) -> bool;
}

impl Passing for Error {
    fn may_pass(&self) -> bool {
        matches!(self.cause, Cause::Network { .. } | Cause::Throttled)
    }
}

impl Passing for S3Error {
    fn may_pass(&self) -> bool {
        matches!(self, Self::Failed(error) if error.may_pass())
    }
}

/// How a copy ended.
enum Ended {
    /// Under this name, with so many bytes.
    Whole(String, u64),
    /// Not whole: why, and how much is kept.
    Stopped(Option<Error>, Option<u64>),
}
