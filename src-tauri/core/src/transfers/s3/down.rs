//! One object to this machine.

use super::{Copying, Ended, Stopped, object};
use crate::app::error::{Cause, Error};
use crate::app::event::DownloadEvent;
use crate::aws::s3::{Bucket, S3Error};
use crate::domain::download::Announced;
use crate::storage::download_folder::{DownloadFolder, Reservation};
use crate::transfers::pen::Pen;
use crate::transfers::{off_the_loop, taken};

/// Until it is whole, fails, or is stopped.
pub async fn copy(copying: &Copying, bucket: &Bucket, mut stopped: Stopped) -> Ended {
    let order = &copying.order;
    let announced = tokio::select! {
        announced = copying.patiently(|| bucket.head(order.copy.at.key())) => announced,
        _ = &mut stopped => return Ended::Stopped(None, copying.kept()),
    };
    let reserved = match announced {
        Ok(announced) => reserve(copying, announced).await,
        Err(error) => Err(error),
    };
    let (reservation, announced) = match reserved {
        Ok(reserved) => reserved,
        Err(error) => return Ended::Stopped(Some(error), copying.kept()),
    };
    let mut pen = match reservation.open() {
        Ok(file) => Pen::new(file),
        Err(error) => return Ended::Stopped(Some(error), reservation.leave()),
    };
    copying.progress.is_at(pen.length());
    let outcome = tokio::select! {
        outcome = object::fetch(copying, bucket, order.copy.at.key(), &announced, &mut pen) => outcome.map(|()| true),
        _ = stopped => Ok(false),
    };
    // What is on its way to the disk gets there, whatever the outcome.
    let outcome = pen.put_down().await.map_err(S3Error::from).and(outcome);
    let keep_time = order.keep_time;
    let ended = off_the_loop(move || Ok(end(reservation, &announced, keep_time, outcome))).await;
    ended.unwrap_or_else(|error| Ended::Stopped(Some(error), None))
}

/// The hidden file: that which was left, unless it is of another version, or a new one.
async fn reserve(copying: &Copying, announced: Announced) -> Result<(Reservation, Announced), Error> {
    let order = &copying.order;
    let partial = order.partial.clone().filter(|_| order.announced.version == announced.version);
    let stale = order.partial.clone().filter(|_| partial.is_none());
    let (folder, name, length) = (copying.folder.clone(), order.name.clone(), announced.length);
    let reservation = off_the_loop(move || {
        if let Some(stale) = stale {
            folder.discard(&stale);
        }
        taken(&folder, partial.as_deref(), &name, length)
    });
    let reservation = reservation.await?;
    let (name, folder) = (reservation.name().to_owned(), order.folder.clone());
    let partial = reservation.partial_path().to_owned();
    copying.say(|id| DownloadEvent::Began { id, name, folder, partial });
    let said = announced.clone();
    copying.say(|id| DownloadEvent::Announced { id, announced: said });
    Ok((reservation, announced))
}

fn end(reservation: Reservation, announced: &Announced, keep_time: bool, outcome: Result<bool, S3Error>) -> Ended {
    match outcome {
        Ok(true) => match reservation.finish(announced, keep_time) {
            Ok(whole) => Ended::Whole(whole.name, whole.bytes),
            Err(error) => Ended::Stopped(Some(error), None),
        },
        Ok(false) => Ended::Stopped(None, reservation.leave()),
        // What has arrived is of a version that is no more.
        Err(error @ S3Error::Precondition) => {
            reservation.discard();
            Ended::Stopped(Some(error.into()), None)
        }
        Err(S3Error::Failed(error)) => Ended::Stopped(Some(error), reservation.leave()),
    }
}

/// Writes a small object into a folder, whole at once.
///
/// # Errors
/// `Damaged`, `Disk`.
pub fn write(
    folder: &DownloadFolder,
    name: &str,
    announced: &Announced,
    keep_time: bool,
    pieces: &[bytes::Bytes],
) -> Result<(), Error> {
    let reservation = folder.reserve_as(name.to_owned(), announced.length)?;
    let mut file = reservation.open()?;
    for piece in pieces {
        file.write(piece)?;
    }
    drop(file);
    let whole = reservation.finish(announced, keep_time)?;
    // The places of a copy are its own: whoever puts a file there meanwhile is not overwritten, and is told of.
    if whole.name == name { Ok(()) } else { Err(Cause::Disk { path: whole.path, free_bytes: None }.into()) }
}
