//! Multipart uploads: parts that become one object, or none.
//! It is not the rules of completing one: `s3` has those. It grows never.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::http::HeaderMap;
use jiff::Timestamp;

use super::{NotKept, Object, Objects, Place};
use crate::credential::random_hex;

/// One upload that is neither completed nor aborted; a copy shares the parts' bytes.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    place: Place,
    /// The headers that come back with the object.
    pub metadata: HeaderMap,
    pub parts: BTreeMap<u16, Part>,
}

#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub bytes: Bytes,
    /// In quotation marks.
    pub etag: String,
    pub last_modified: Timestamp,
}

impl Upload {
    pub(super) fn size(&self) -> usize {
        self.parts.values().map(|part| part.bytes.len()).sum()
    }
}

impl Objects {
    /// Begins an upload; answers with its id.
    pub(crate) fn begin_upload(&self, place: &Place, metadata: HeaderMap) -> String {
        let id = random_hex(64);
        self.kept().uploads.insert(id.clone(), Upload { place: place.clone(), metadata, parts: BTreeMap::new() });
        id
    }

    /// The upload as it is now.
    pub(crate) fn upload(&self, id: &str, place: &Place) -> Option<Upload> {
        self.kept().uploads.get(id).filter(|upload| upload.place == *place).cloned()
    }

    /// Keeps a part in the place of any other with its number.
    pub(crate) fn put_part(&self, id: &str, place: &Place, number: u16, part: Part) -> Result<(), NotKept> {
        let mut kept = self.kept();
        let size = kept.size();
        let upload = kept.uploads.get_mut(id).filter(|upload| upload.place == *place).ok_or(NotKept::NoSuchUpload)?;
        let replaced = upload.parts.get(&number).map_or(0, |part| part.bytes.len());
        if size - replaced + part.bytes.len() > self.limit {
            return Err(NotKept::Full);
        }
        upload.parts.insert(number, part);
        Ok(())
    }

    /// Ends an upload with the object it became; its parts were counted already.
    pub(crate) fn complete(&self, id: &str, place: &Place, object: Object, only_new: bool) -> Result<(), NotKept> {
        let mut kept = self.kept();
        if only_new && kept.holds(place) {
            return Err(NotKept::Exists);
        }
        kept.uploads.remove(id).ok_or(NotKept::NoSuchUpload)?;
        kept.objects.insert(place.clone(), Arc::new(object));
        Ok(())
    }

    /// Forgets an upload; whether there was one.
    pub(crate) fn abort(&self, id: &str, place: &Place) -> bool {
        let mut kept = self.kept();
        let is_there = kept.uploads.get(id).is_some_and(|upload| upload.place == *place);
        is_there && kept.uploads.remove(id).is_some()
    }
}
