//! A file, or all files of a folder, to S3.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_util::stream::{self, StreamExt, TryStreamExt};

use super::refused::{Refused, summed};
use super::{Copying, Ended, Stopped};
use crate::app::error::{Cause, Error};
use crate::app::event::DownloadEvent;
use crate::aws::s3::{Bucket, Part, S3Error, Upload};
use crate::domain::download::{Announced, Files};
use crate::domain::s3::S3Uri;
use crate::storage::upload::{self, Local, LocalFile, UploadFile};
use crate::transfers::off_the_loop;

/// What is not longer goes in one request.
const WHOLE: u64 = 16 << 20;

/// The least length of a part.
const PART: u64 = 8 << 20;

/// The most parts of an object.
const PARTS: u64 = 10_000;

/// Parts, or files of a folder, that are sent side by side: they lie in memory.
const SIDE_BY_SIDE: usize = 4;

/// Until all is there, it fails, or is stopped.
pub async fn copy(copying: &Copying, bucket: &Bucket, stopped: Stopped) -> Ended {
    let (copy, path) = (&copying.order.copy, copying.order.folder.join(&copying.order.name));
    let sent = async {
        let there = path.clone();
        match off_the_loop(move || upload::look(&there)).await? {
            Local::File => file(copying, bucket, &path, copy.at.key(), true).await,
            Local::Folder(files) => folder(copying, bucket, files).await,
        }
    };
    let outcome = tokio::select! {
        outcome = sent => outcome.map(|()| true),
        _ = stopped => Ok(false),
    };
    // Those of a folder's files nobody would go on with.
    let begun = std::mem::take(&mut *copying.begun.lock().unwrap_or_else(PoisonError::into_inner));
    for (key, id) in begun {
        let _ = bucket.abort(Upload { key: &key, id: &id }).await;
    }
    let bytes = copying.progress.bytes();
    match outcome {
        Ok(true) => {
            copying.progress.tell();
            Ended::Whole(copying.order.name.clone(), bytes)
        }
        Ok(false) => Ended::Stopped(None, Some(bytes)),
        // What was sent before is there, whether this run has come so far as to look or not.
        Err(error) => Ended::Stopped(Some(error), Some(bytes.max(copying.order.arrived))),
    }
}

async fn folder(copying: &Copying, bucket: &Bucket, files: Vec<LocalFile>) -> Result<(), Error> {
    let length = files.iter().map(|file| file.length).sum();
    let announced = Announced { length: Some(length), ..Announced::default() };
    copying.say(|id| DownloadEvent::Announced { id, announced });
    copying.progress.files(Files { done: 0, all: files.len() as u64 });
    let at = &copying.order.copy.at;
    let sent = files.into_iter().map(|one| async move {
        let sent = async {
            let to: S3Uri = at.below(&one.below)?;
            file(copying, bucket, &one.path, to.key(), false).await
        };
        sent.await.map_err(|error| Refused { name: one.below.clone(), error })
    });
    let mut refused = Vec::new();
    let mut sent = stream::iter(sent).buffer_unordered(SIDE_BY_SIDE);
    while let Some(one) = sent.next().await {
        match one {
            Ok(()) => copying.progress.one_done(),
            Err(one) if one.is_of_it_alone() => refused.push(one),
            Err(one) => return Err(one.error),
        }
    }
    summed(&refused).map_or(Ok(()), Err)
}

/// One file; `alone`: its multipart upload goes on after it was stopped.
async fn file(copying: &Copying, bucket: &Bucket, path: &Path, key: &str, alone: bool) -> Result<(), Error> {
    let opened = path.to_owned();
    let file = off_the_loop(move || UploadFile::open(&opened)).await?;
    let replaces = copying.order.copy.replaces;
    if !replaces && is_there(copying, bucket, path, key).await? {
        copying.progress.more(file.length());
        return Ok(());
    }
    let goes_on = alone && copying.order.announced == file.announced;
    if alone {
        let announced = file.announced.clone();
        copying.say(|id| DownloadEvent::Announced { id, announced });
    }
    let sent = if file.length() <= WHOLE {
        whole(copying, bucket, file, key).await
    } else {
        parts(copying, bucket, file, key, alone, goes_on).await
    };
    match sent {
        // The answer that it is done may have been lost, and it was asked for again.
        Err(S3Error::Precondition) => match is_there(copying, bucket, path, key).await? {
            true => Ok(()),
            false => Err(exists(bucket, key)),
        },
        Err(S3Error::Failed(error @ Error { cause: Cause::Refused { status: 404, .. }, .. })) => {
            let is_there = is_there(copying, bucket, path, key).await.unwrap_or(false);
            if is_there { Ok(()) } else { Err(error) }
        }
        sent => Ok(sent?),
    }
}

/// Whether an object of the same content is there already; another one is an error, before anything is sent.
async fn is_there(copying: &Copying, bucket: &Bucket, path: &Path, key: &str) -> Result<bool, Error> {
    let found = match copying.patiently(|| bucket.found(key)).await {
        // Whoever may only write finds out when writing.
        Err(Error { cause: Cause::Denied { .. }, .. }) => return Ok(false),
        found => found?,
    };
    let Some((length, digest)) = found else { return Ok(false) };
    let path: PathBuf = path.to_owned();
    let is_same = off_the_loop(move || {
        let file = UploadFile::open(&path)?;
        digest.filter(|_| length == file.length()).map_or(Ok(false), |digest| file.is(&digest))
    });
    if is_same.await? { Ok(true) } else { Err(exists(bucket, key)) }
}

fn exists(bucket: &Bucket, key: &str) -> Error {
    Cause::Exists { name: format!("s3://{}/{key}", bucket.name()) }.into()
}

async fn whole(copying: &Copying, bucket: &Bucket, mut file: UploadFile, key: &str) -> Result<(), S3Error> {
    let length = file.length();
    let bytes: Bytes = off_the_loop(move || file.next(usize::try_from(length).unwrap_or_default())).await?.into();
    let put = copying.patiently(|| async {
        let _turn = copying.gate.acquire().await;
        copying.limit.wait_for(length).await;
        bucket.put(key, bytes.clone(), copying.order.copy.replaces).await
    });
    put.await?;
    copying.progress.more(length);
    Ok(())
}

async fn parts(
    copying: &Copying,
    bucket: &Bucket,
    file: UploadFile,
    key: &str,
    alone: bool,
    goes_on: bool,
) -> Result<(), S3Error> {
    let mut there = None;
    if let Some(id) = copying.order.copy.upload.as_deref().filter(|_| alone) {
        let upload = Upload { key, id };
        if goes_on {
            there = copying.patiently(|| bucket.parts(upload)).await?.map(|there| (id.to_owned(), there));
        } else {
            // Of a file that has changed since.
            copying.patiently(|| bucket.abort(upload)).await?;
        }
    }
    let (id, there) = match there {
        Some(there) => there,
        None => (copying.patiently(|| bucket.begin_upload(key)).await?, Vec::new()),
    };
    let upload = Upload { key, id: &id };
    let begun = (key.to_owned(), id.clone());
    if alone {
        let id = id.clone();
        copying.say(|download| DownloadEvent::Uploading { id: download, upload: id });
    } else {
        copying.begun.lock().unwrap_or_else(PoisonError::into_inner).push(begun.clone());
    }
    let sent = send(copying, bucket, file, upload, &there).await;
    if sent.is_ok() {
        copying.begun.lock().unwrap_or_else(PoisonError::into_inner).retain(|one| *one != begun);
    } else if alone && matches!(&sent, Err(error) if is_over(error)) {
        // It costs nothing any more. Where that fails the first error tells more.
        let _ = bucket.abort(upload).await;
    }
    sent
}

/// What trying again would not mend.
fn is_over(error: &S3Error) -> bool {
    match error {
        S3Error::Precondition => true,
        S3Error::Failed(error) => matches!(error.cause, Cause::Refused { .. } | Cause::Damaged),
    }
}

/// All parts that are not there, and the object made of them.
async fn send(
    copying: &Copying,
    bucket: &Bucket,
    file: UploadFile,
    upload: Upload<'_>,
    there: &[Part],
) -> Result<(), S3Error> {
    let length = file.length();
    let part = PART.max(length.div_ceil(PARTS));
    let file = Arc::new(Mutex::new(file));
    let reads = (0..length.div_ceil(part)).map(|index| {
        let (file, this) = (file.clone(), part.min(length - index * part));
        async move {
            let number = i32::try_from(index + 1).unwrap_or(i32::MAX);
            let read = move || {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.next(usize::try_from(this).unwrap_or_default())
            };
            Ok::<_, Error>((number, Bytes::from(off_the_loop(read).await?)))
        }
    });
    // One is read after the other, as the checksum of the whole needs it.
    let pieces = stream::iter(reads).then(|read| read);
    let sent = pieces.map(|piece| async {
        let (number, bytes) = piece?;
        let length = bytes.len() as u64;
        let known = there.iter().find(|part| part.number == number && part.length == length);
        let part = match known {
            Some(part) => part.clone(),
            None => one(copying, bucket, upload, number, bytes).await?,
        };
        copying.progress.more(length);
        Ok::<_, Error>(part)
    });
    let parts: Vec<Part> = sent.buffer_unordered(SIDE_BY_SIDE).try_collect().await?;
    let crc = file.lock().unwrap_or_else(PoisonError::into_inner).crc64nvme();
    let completed = copying.patiently(|| bucket.complete(upload, parts.clone(), &crc, copying.order.copy.replaces));
    completed.await.map_err(|error| match error {
        // The file has changed while it was read, without its time saying so.
        S3Error::Failed(Error { cause: Cause::Refused { status: 400, .. }, detail }) => {
            S3Error::Failed(Error { cause: Cause::Damaged, detail })
        }
        error => error,
    })
}

async fn one(copying: &Copying, bucket: &Bucket, upload: Upload<'_>, number: i32, bytes: Bytes) -> Result<Part, Error> {
    let sent = copying.patiently(|| async {
        let _turn = copying.gate.acquire().await;
        copying.limit.wait_for(bytes.len() as u64).await;
        bucket.upload_part(upload, number, bytes.clone()).await
    });
    sent.await
}
