//! All objects below a prefix to this machine, into one folder that is hidden until nothing more comes.

use std::path::PathBuf;

use futures_util::stream::{self, StreamExt};

use super::object::PIECE;
use super::{Copying, Ended, SIDE_BY_SIDE, Stopped, down, object};
use crate::app::error::{Cause, Error};
use crate::app::event::DownloadEvent;
use crate::aws::s3::Bucket;
use crate::domain::download::{Announced, Files};
use crate::domain::s3::{Place, Places};
use crate::storage::download_folder::FolderReservation;
use crate::transfers::off_the_loop;
use crate::transfers::pen::Pen;

/// Refused objects that are named.
const NAMED: usize = 5;

/// One object, and where it goes.
struct Wanted {
    key: String,
    length: u64,
    folder: PathBuf,
    /// Nothing for an object that stands for a folder.
    name: Option<String>,
}

/// An object that does not come, and why.
struct Refused {
    key: String,
    error: Error,
}

/// Until nothing more comes, it fails, or is stopped.
pub async fn copy(copying: &Copying, bucket: &Bucket, stopped: Stopped) -> Ended {
    let reservation = match reserve(copying).await {
        Ok(reservation) => reservation,
        Err(error) => return Ended::Stopped(Some(error), copying.kept()),
    };
    let outcome = tokio::select! {
        outcome = fill(copying, bucket, &reservation) => outcome.map(Some),
        _ = stopped => Ok(None),
    };
    let bytes = copying.progress.bytes();
    copying.progress.tell();
    let refused = match outcome {
        Ok(Some(refused)) => refused,
        Ok(None) => return Ended::Stopped(None, Some(bytes)),
        Err(error) => return Ended::Stopped(Some(error), Some(bytes)),
    };
    match (off_the_loop(move || reservation.finish()).await, summed(&refused)) {
        (Ok(name), None) => Ended::Whole(name, bytes),
        (Ok(name), Some(error)) => {
            let (folder, partial) = (copying.order.folder.clone(), copying.order.folder.join(&name));
            copying.say(|id| DownloadEvent::Began { id, name, folder, partial });
            Ended::Stopped(Some(error), None)
        }
        (Err(error), _) => Ended::Stopped(Some(error), Some(bytes)),
    }
}

async fn reserve(copying: &Copying) -> Result<FolderReservation, Error> {
    let (folder, name, partial) = (copying.folder.clone(), copying.order.name.clone(), copying.order.partial.clone());
    let reservation = off_the_loop(move || match partial {
        // One that is gone is begun anew.
        Some(partial) => folder.reopen_folder(&partial, &name).or_else(|_| folder.reserve_folder(&name)),
        None => folder.reserve_folder(&name),
    });
    let reservation = reservation.await?;
    let (name, folder) = (reservation.name().to_owned(), copying.order.folder.clone());
    let partial = reservation.partial_path().to_owned();
    copying.say(|id| DownloadEvent::Began { id, name, folder, partial });
    Ok(reservation)
}

/// Gives what does not come, whoever asks again; all else is there then.
async fn fill(copying: &Copying, bucket: &Bucket, into: &FolderReservation) -> Result<Vec<Refused>, Error> {
    let wanted = list(copying, bucket).await?;
    let length: u64 = wanted.iter().map(|one| one.length).sum();
    let announced = Announced { length: Some(length), ..Announced::default() };
    copying.say(|id| DownloadEvent::Announced { id, announced });
    if !copying.folder.has_room(length.saturating_sub(copying.order.arrived)) {
        return Err(copying.folder.is_full());
    }
    let mut refused = Vec::new();
    let all = wanted.into_iter().map(|one| fetch(copying, bucket, into, one));
    let mut all = stream::iter(all).buffer_unordered(SIDE_BY_SIDE);
    while let Some(one) = all.next().await {
        match one {
            Ok(()) => copying.progress.one_done(),
            Err(one) if is_of_it_alone(&one.error) => refused.push(one),
            Err(one) => return Err(one.error),
        }
    }
    Ok(refused)
}

/// All of them, and where each goes.
async fn list(copying: &Copying, bucket: &Bucket) -> Result<Vec<Wanted>, Error> {
    let prefix = copying.order.copy.at.key();
    let (mut wanted, mut places, mut from) = (Vec::new(), Places::default(), None::<String>);
    loop {
        let (listed, next) = copying.patiently(|| bucket.list(prefix, from.clone())).await?;
        for object in listed {
            let below = object.key.strip_prefix(prefix).unwrap_or_default();
            // The prefix itself is such an object where the console made it.
            if below.is_empty() {
                continue;
            }
            let (folder, name) = match places.give(below) {
                Place::File { folder, name } => (folder, Some(name)),
                Place::Folder(folder) => (folder, None),
            };
            wanted.push(Wanted { key: object.key, length: object.length, folder, name });
        }
        copying.progress.files(Files { done: 0, all: wanted.len() as u64 });
        from = next;
        if from.is_none() {
            break;
        }
    }
    if wanted.is_empty() {
        let cause = Cause::Refused { host: bucket.host().to_owned(), status: 404 };
        return Err(Error::detailed(cause, format!("nothing is below {}", copying.order.copy.at)));
    }
    Ok(wanted)
}

async fn fetch(copying: &Copying, bucket: &Bucket, into: &FolderReservation, wanted: Wanted) -> Result<(), Refused> {
    one(copying, bucket, into, &wanted).await.map_err(|error| Refused { key: wanted.key, error })
}

async fn one(copying: &Copying, bucket: &Bucket, into: &FolderReservation, wanted: &Wanted) -> Result<(), Error> {
    let folder = into.at(&wanted.folder)?;
    let Some(name) = wanted.name.clone() else { return Ok(()) };
    if folder.has(&name, wanted.length) {
        copying.progress.more(wanted.length);
        return Ok(());
    }
    let keep_time = copying.order.keep_time;
    if wanted.length <= PIECE {
        let (announced, pieces) = object::whole(copying, bucket, &wanted.key).await?;
        off_the_loop(move || down::write(&folder, &name, &announced, keep_time, &pieces)).await?;
        copying.progress.more(wanted.length);
        return Ok(());
    }
    let announced = copying.patiently(|| bucket.head(&wanted.key)).await?;
    let length = announced.length;
    let reservation = off_the_loop(move || folder.reserve_as(name, length)).await?;
    let mut pen = Pen::new(reservation.open()?);
    let outcome = object::fetch(copying, bucket, &wanted.key, &announced, &mut pen).await;
    pen.put_down().await?;
    outcome?;
    off_the_loop(move || reservation.finish(&announced, keep_time)).await.map(drop)
}

/// Whether others may come though this one does not.
fn is_of_it_alone(error: &Error) -> bool {
    matches!(error.cause, Cause::Refused { .. } | Cause::Denied { .. } | Cause::Damaged)
}

/// One error for all: the first one's cause, and which ones.
fn summed(refused: &[Refused]) -> Option<Error> {
    let first = refused.first()?;
    let named: Vec<String> = refused.iter().take(NAMED).map(|one| format!("{} ({})", one.key, one.error)).collect();
    let more = refused.len().saturating_sub(NAMED);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    let words = format!("All but {} came: {}{rest}", refused.len(), named.join(", "));
    Some(Error::detailed(first.error.cause.clone(), words))
}
