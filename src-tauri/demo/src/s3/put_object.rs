//! PutObject and UploadPart: bytes that come in one request, kept when their checksums are right.
//! It is not what parts become. It grows with a condition of a put.

use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::call::Call;
use super::error::S3Error;
use super::{checksum, metadata};
use crate::objects::{Object, Part, etag};

/// Bytes of UTF-8.
const LONGEST_KEY: usize = 1024;

pub(super) fn put_object(call: &Call) -> Result<Response, S3Error> {
    check_key(call)?;
    let only_new = call.only_new()?;
    let checksums = checksum::verified(&call.headers, &call.body)?;
    let object = Object::new(call.body.clone(), metadata::of(&call.headers), call.world.now());
    let etag = object.etag.clone();
    call.world.objects.put(&call.place, object, only_new).map_err(|not_kept| call.refusal(not_kept))?;
    let mut response = stored(etag, checksums)?;
    response.headers_mut().insert("x-amz-checksum-type", HeaderValue::from_static("FULL_OBJECT"));
    Ok(response)
}

pub(super) fn upload_part(call: &Call) -> Result<Response, S3Error> {
    const WORDS: &str = "Part number must be an integer between 1 and 10000, inclusive";
    let number = call.parameter("partNumber").and_then(|text| text.parse().ok());
    let number = number.filter(|number| (1..=10_000).contains(number));
    let number = number.ok_or(S3Error::InvalidArgument { name: "partNumber", words: WORDS })?;
    let checksums = checksum::verified(&call.headers, &call.body)?;
    let etag = etag(&call.body);
    let part = Part { bytes: call.body.clone(), etag: etag.clone(), last_modified: call.world.now() };
    let kept = call.world.objects.put_part(call.upload_id(), &call.place, number, part);
    kept.map_err(|not_kept| call.refusal(not_kept))?;
    stored(etag, checksums)
}

/// That a new object may have this key.
pub(super) fn check_key(call: &Call) -> Result<(), S3Error> {
    let size = call.place.key.len();
    if size <= LONGEST_KEY { Ok(()) } else { Err(S3Error::KeyTooLong { size, most: LONGEST_KEY }) }
}

fn stored(etag: String, checksums: Vec<(&'static str, String)>) -> Result<Response, S3Error> {
    let mut response = StatusCode::OK.into_response();
    for (name, text) in checksums.into_iter().chain([("etag", etag)]) {
        response.headers_mut().insert(name, text.parse().map_err(|_| S3Error::InternalError)?);
    }
    Ok(response)
}
