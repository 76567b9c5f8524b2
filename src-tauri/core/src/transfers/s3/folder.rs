//! All objects below a prefix to this machine, into one folder that is hidden until nothing more comes.

use std::path::PathBuf;
use std::pin::pin;

use futures_util::stream::{self, StreamExt};
use tokio::sync::watch;

use super::object::PIECE;
use super::refused::{Refused, summed};
use super::{Copying, Ended, SIDE_BY_SIDE, Stopped, down, object};
use crate::app::error::{Cause, Error};
use crate::app::event::DownloadEvent;
use crate::aws::s3::Bucket;
use crate::domain::download::{Announced, Files};
use crate::domain::s3::{Place, Places};
use crate::storage::download_folder::FolderReservation;
use crate::transfers::off_the_loop;
use crate::transfers::pen::Pen;

/// Whether the copy shall stop.
type Stop = watch::Receiver<bool>;

/// One object, and where it goes.
struct Wanted {
    key: String,
    length: u64,
    folder: PathBuf,
    /// Nothing for an object that stands for a folder.
    name: Option<String>,
}

/// Until nothing more comes, it fails, or is stopped.
pub async fn copy(copying: &Copying, bucket: &Bucket, stopped: Stopped) -> Ended {
    let reservation = match reserve(copying).await {
        Ok(reservation) => reservation,
        Err(error) => return Ended::Stopped(Some(error), copying.kept()),
    };
    let outcome = {
        let (tell, stop) = watch::channel(false);
        let mut filling = pin!(fill(copying, bucket, &reservation, stop));
        tokio::select! {
            outcome = &mut filling => outcome,
            _ = stopped => {
                // What is under way gets to the disk before it is left.
                let _ = tell.send(true);
                filling.await
            }
        }
    };
    let bytes = copying.progress.bytes();
    if outcome.is_ok() {
        copying.progress.tell();
    }
    let refused = match outcome {
        Ok(Some(refused)) => refused,
        Ok(None) => return Ended::Stopped(None, Some(bytes)),
        // What came before is there, whether this run has come so far as to look or not.
        Err(error) => return Ended::Stopped(Some(error), Some(bytes.max(copying.order.arrived))),
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

/// Gives what does not come, whoever asks again, when all else is there; nothing where it was stopped before.
async fn fill(
    copying: &Copying,
    bucket: &Bucket,
    into: &FolderReservation,
    mut stop: Stop,
) -> Result<Option<Vec<Refused>>, Error> {
    let listed = tokio::select! {
        listed = list(copying, bucket) => listed?,
        _ = stop.wait_for(|stop| *stop) => return Ok(None),
    };
    let length: u64 = listed.iter().map(|one| one.length).sum();
    let announced = Announced { length: Some(length), ..Announced::default() };
    copying.say(|id| DownloadEvent::Announced { id, announced });
    if !copying.folder.has_room(length.saturating_sub(copying.order.arrived)) {
        return Err(copying.folder.is_full());
    }
    let (mut refused, mut failed) = (Vec::new(), None);
    let all = listed.into_iter().map(|one| fetch(copying, bucket, into, one, stop.clone()));
    let mut all = stream::iter(all).buffer_unordered(SIDE_BY_SIDE);
    let mut is_stopped = false;
    while let Some(one) = all.next().await {
        match one {
            Ok(true) => copying.progress.one_done(),
            Ok(false) => is_stopped = true,
            Err(one) if one.is_of_it_alone() => refused.push(one),
            Err(one) => {
                failed = Some(one.error);
                break;
            }
        }
    }
    match failed {
        Some(error) => Err(error),
        None if is_stopped => Ok(None),
        None => Ok(Some(refused)),
    }
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

/// Whether it is there; not, where it was stopped.
async fn fetch(
    copying: &Copying,
    bucket: &Bucket,
    into: &FolderReservation,
    wanted: Wanted,
    mut stop: Stop,
) -> Result<bool, Refused> {
    if *stop.borrow() {
        return Ok(false);
    }
    one(copying, bucket, into, &wanted, &mut stop).await.map_err(|error| Refused { name: wanted.key, error })
}

async fn one(
    copying: &Copying,
    bucket: &Bucket,
    into: &FolderReservation,
    wanted: &Wanted,
    stop: &mut Stop,
) -> Result<bool, Error> {
    let folder = into.at(&wanted.folder)?;
    let Some(name) = wanted.name.clone() else { return Ok(true) };
    if folder.has(&name, wanted.length) {
        copying.progress.more(wanted.length);
        return Ok(true);
    }
    let keep_time = copying.order.keep_time;
    if wanted.length <= PIECE {
        let (announced, pieces) = tokio::select! {
            whole = object::whole(copying, bucket, &wanted.key) => whole?,
            _ = stop.wait_for(|stop| *stop) => return Ok(false),
        };
        off_the_loop(move || down::write(&folder, &name, &announced, keep_time, &pieces)).await?;
        copying.progress.more(wanted.length);
        return Ok(true);
    }
    let announced = copying.patiently(|| bucket.head(&wanted.key)).await?;
    let version = announced.version.as_ref().map_or_else(String::new, |version| version.as_str().to_owned());
    let (reserving, length) = (folder.clone(), announced.length);
    let reservation = off_the_loop(move || reserving.reserve_version(name, &version, length)).await?;
    let mut pen = Pen::new(reservation.open()?);
    copying.progress.more(pen.length());
    let outcome = tokio::select! {
        outcome = object::fetch(copying, bucket, &wanted.key, &announced, &mut pen) => outcome.map(|()| true),
        _ = stop.wait_for(|stop| *stop) => Ok(false),
    };
    pen.put_down().await?;
    if !outcome? {
        return Ok(false);
    }
    let partial = reservation.partial_path().to_owned();
    let whole = off_the_loop(move || reservation.finish(&announced, keep_time)).await;
    if whole.is_err() {
        // What is there of it is not what it should be.
        folder.discard(&partial);
    }
    whole.map(|_| true)
}
