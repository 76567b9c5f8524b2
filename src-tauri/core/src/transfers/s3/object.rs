//! One object's bytes, in ranges that come side by side and are written one after the other: what is in the file is
//! always its beginning, so that it can go on there. The first of them is written while it comes: a slow object that
//! is stopped keeps more than its whole ranges.

use std::collections::VecDeque;

use bytes::Bytes;
use futures_util::stream::{FuturesUnordered, StreamExt};
use tokio::sync::mpsc::{self, UnboundedSender};
use tokio::time::sleep;

use super::{Copying, Passing, SIDE_BY_SIDE};
use crate::app::error::{Cause, Error};
use crate::aws::s3::{Bucket, S3Error};
use crate::domain::download::{Announced, Version};
use crate::transfers::pen::Pen;

/// The least that is asked for at once.
pub const PIECE: u64 = 4 << 20;

/// The most: what costs least of a large object (Amazon S3 performance guidelines, "Byte-range fetches").
const LARGEST_PIECE: u64 = 16 << 20;

/// What lies in memory at most, of one object.
const IN_MEMORY: u64 = 64 << 20;

/// The rest of an object, into its file.
///
/// # Errors
/// [`S3Error::Precondition`] where it is another version by now.
pub async fn fetch(
    copying: &Copying,
    bucket: &Bucket,
    key: &str,
    announced: &Announced,
    pen: &mut Pen,
) -> Result<(), S3Error> {
    let etag = match &announced.version {
        Some(Version::ETag(etag)) => Some(etag.as_str()),
        _ => None,
    };
    let length = announced.length.unwrap_or_default();
    let size = (length / 64).clamp(PIECE, LARGEST_PIECE);
    let side_by_side = usize::try_from(IN_MEMORY / size).map_or(SIDE_BY_SIDE, |fit| fit.min(SIDE_BY_SIDE));
    let starts = std::iter::successors(Some(pen.length()), |start| Some(start + size));
    let mut ranges = starts.take_while(|start| *start < length).map(|start| (start, length.min(start + size)));
    let mut under_way = FuturesUnordered::new();
    let mut in_order = VecDeque::new();
    loop {
        while in_order.len() < side_by_side
            && let Some(range) = ranges.next()
        {
            let (arrived, arriving) = mpsc::unbounded_channel();
            under_way.push(piece(copying, bucket, key, range, etag, arrived));
            in_order.push_back(arriving);
        }
        let Some(first) = in_order.front_mut() else { return Ok(()) };
        tokio::select! {
            bytes = first.recv() => match bytes {
                Some(bytes) => pen.write(bytes).await?,
                None => drop(in_order.pop_front()),
            },
            Some(ended) = under_way.next() => ended?,
        }
    }
}

/// A small object, whole, and what S3 says of it.
///
/// # Errors
/// `Refused`, `Denied`, `Network`, …
pub async fn whole(copying: &Copying, bucket: &Bucket, key: &str) -> Result<(Announced, Vec<Bytes>), Error> {
    let all = copying.patiently(|| async {
        let mut got = Vec::new();
        let announced = once(copying, bucket, key, None, None, &mut |bytes| got.push(bytes)).await?;
        Ok::<_, S3Error>((announced, got))
    });
    Ok(all.await?)
}

/// All of a range, told as it comes.
async fn piece(
    copying: &Copying,
    bucket: &Bucket,
    key: &str,
    (start, end): (u64, u64),
    etag: Option<&str>,
    arrived: UnboundedSender<Bytes>,
) -> Result<(), S3Error> {
    let mut at = start;
    let mut tries = copying.patience.tries(0);
    loop {
        let from = at;
        let mut more = |mut bytes: Bytes| {
            bytes.truncate(usize::try_from(end - at).unwrap_or(usize::MAX));
            at += bytes.len() as u64;
            // Nobody listens where the copy is stopped.
            drop(arrived.send(bytes));
        };
        let answer = once(copying, bucket, key, Some((from, end)), etag, &mut more).await;
        let error = match answer {
            _ if at == end => return Ok(()),
            Ok(_) => {
                let words = format!("{} of {} bytes arrived", at - start, end - start);
                Error::detailed(Cause::Network { host: bucket.host().to_owned() }, words)
            }
            Err(S3Error::Failed(error)) if error.may_pass() => error,
            Err(error) => return Err(error),
        };
        let Some(pause) = tries.again(at - start) else { return Err(error.into()) };
        sleep(pause).await;
    }
}

/// One request; what came of its answer is told, also where the rest did not.
async fn once(
    copying: &Copying,
    bucket: &Bucket,
    key: &str,
    range: Option<(u64, u64)>,
    etag: Option<&str>,
    arrived: &mut impl FnMut(Bytes),
) -> Result<Announced, S3Error> {
    let _turn = copying.gate.acquire().await;
    let mut body = bucket.get(key, range, etag).await?;
    while let Some(bytes) = body.next().await? {
        copying.limit.wait_for(bytes.len() as u64).await;
        // Of a small object all is counted when it is whole: it begins anew where it breaks off.
        if range.is_some() {
            copying.progress.more(bytes.len() as u64);
        }
        arrived(bytes);
    }
    Ok(body.announced)
}
