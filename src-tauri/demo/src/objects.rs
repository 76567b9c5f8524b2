//! The objects in a bucket: those that are there from the start, and those that were uploaded since.
//! It is not S3's protocol, and nothing outlives the cloud. It grows with what can be done to an object.

mod ready_made;
mod uploads;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use axum::http::HeaderMap;
use jiff::Timestamp;
use md5::{Digest, Md5};
use serde::Serialize;

use self::ready_made::ReadyMade;
pub(crate) use self::uploads::{Part, Upload};
use crate::clock::iso_time;

/// One line of a bucket's listing in the console.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Listed {
    pub key: String,
    pub size: usize,
    pub last_modified: String,
    pub storage_class: &'static str,
}

/// Where an object is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub bucket: String,
    pub key: String,
}

/// An object with its bytes.
#[derive(Debug)]
pub(crate) struct Object {
    pub bytes: Bytes,
    /// In quotation marks; the hexadecimal MD5 of what was put in one piece.
    pub etag: String,
    /// The headers that come back with it.
    pub metadata: HeaderMap,
    pub last_modified: Timestamp,
}

/// Everything S3 holds.
#[derive(Debug)]
pub(crate) struct Objects {
    ready_made: ReadyMade,
    /// The most bytes of uploaded objects and parts together.
    pub limit: usize,
    kept: Mutex<Kept>,
}

/// What was uploaded.
#[derive(Debug, Default)]
struct Kept {
    objects: BTreeMap<Place, Arc<Object>>,
    uploads: BTreeMap<String, Upload>,
}

/// Why nothing was kept.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NotKept {
    /// There is an object already, and none was to be replaced.
    Exists,
    Full,
    NoSuchUpload,
}

impl Object {
    pub(crate) fn new(bytes: Bytes, metadata: HeaderMap, last_modified: Timestamp) -> Self {
        Self { etag: etag(&bytes), bytes, metadata, last_modified }
    }
}

/// The ETag of what came in one piece.
pub(crate) fn etag(bytes: &[u8]) -> String {
    format!("\"{}\"", hex::encode(Md5::digest(bytes)))
}

impl Objects {
    pub(crate) fn new(large_mib: usize, kept_mib: usize) -> Self {
        Self { ready_made: ReadyMade::new(large_mib), limit: kept_mib * 1024 * 1024, kept: Mutex::default() }
    }

    /// For the console: those from the start, then the others by key.
    pub(crate) fn list(&self, bucket: &str) -> Vec<Listed> {
        let uploaded = self.uploaded(bucket);
        let line = |(key, object): (&String, &Arc<Object>)| Listed {
            key: key.clone(),
            size: object.bytes.len(),
            last_modified: iso_time(object.last_modified),
            storage_class: "Standard",
        };
        let untouched = self.ready_made.list(bucket).filter(|listed| !uploaded.contains_key(&listed.key));
        untouched.chain(uploaded.iter().map(line)).collect()
    }

    /// All of a bucket by key, in the order of UTF-8 bytes. It makes what is not made yet, which takes a moment.
    pub(crate) fn all(&self, bucket: &str) -> BTreeMap<String, Arc<Object>> {
        let ready_made = ReadyMade::keys().filter_map(|key| Some((key.to_owned(), self.ready_made.get(bucket, key)?)));
        ready_made.chain(self.uploaded(bucket)).collect()
    }

    pub(crate) fn get(&self, place: &Place) -> Option<Arc<Object>> {
        let uploaded = self.kept().objects.get(place).cloned();
        uploaded.or_else(|| self.ready_made.get(&place.bucket, &place.key))
    }

    /// Keeps an object in the place of any other, or only where there is none.
    pub(crate) fn put(&self, place: &Place, object: Object, only_new: bool) -> Result<(), NotKept> {
        let mut kept = self.kept();
        if only_new && kept.holds(place) {
            return Err(NotKept::Exists);
        }
        let replaced = kept.objects.get(place).map_or(0, |object| object.bytes.len());
        if kept.size() - replaced + object.bytes.len() > self.limit {
            return Err(NotKept::Full);
        }
        kept.objects.insert(place.clone(), Arc::new(object));
        Ok(())
    }

    fn uploaded(&self, bucket: &str) -> BTreeMap<String, Arc<Object>> {
        let kept = self.kept();
        let ours = kept.objects.iter().filter(|(place, _)| place.bucket == bucket);
        ours.map(|(place, object)| (place.key.clone(), Arc::clone(object))).collect()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn holds(&self, place: &Place) -> bool {
        self.objects.contains_key(place) || ReadyMade::keys().any(|key| key == place.key)
    }

    fn size(&self) -> usize {
        let objects: usize = self.objects.values().map(|object| object.bytes.len()).sum();
        objects + self.uploads.values().map(Upload::size).sum::<usize>()
    }
}
