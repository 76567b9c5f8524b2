//! GetObject and HeadObject: an object's bytes, or a range of them, and its headers.
//! It is not how bytes arrive, which faults can change. It grows with a header that a download must be tried on.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;

use super::call::Call;
use super::checksum::Checksum;
use super::error::S3Error;
use super::{body, range};
use crate::clock::http_time;
use crate::stats::count;

pub(super) fn get_object(call: &Call) -> Result<Response, S3Error> {
    let response = head_object(call)?;
    count(&mut call.world.memory().stats.downloads, &call.place.key);
    Ok(response)
}

/// The same, with the body that every answer to HEAD loses.
pub(super) fn head_object(call: &Call) -> Result<Response, S3Error> {
    let missing = || S3Error::NoSuchKey { key: call.place.key.clone() };
    let object = call.world.objects.get(&call.place).ok_or_else(missing)?;
    let is_other = |wanted: &str| !wanted.split(',').any(|etag| etag.trim() == "*" || same_etag(etag, &object.etag));
    if call.header("if-match").is_some_and(is_other) {
        return Err(S3Error::PreconditionFailed { condition: "If-Match" });
    }
    let whole = object.bytes.len() as u64;
    let modified = http_time(object.last_modified);
    let wanted = match range::requested(&call.headers, &object.etag, &modified) {
        Some(range) => Some(range.within(whole).ok_or(S3Error::InvalidRange { size: whole })?),
        None => None,
    };
    let part = match &wanted {
        Some(range) => object.bytes.slice(range.start as usize..range.end as usize),
        None => object.bytes.clone(),
    };
    let mut response = Response::builder()
        .status(if wanted.is_some() { StatusCode::PARTIAL_CONTENT } else { StatusCode::OK })
        .header(header::ACCEPT_RANGES, "bytes")
        .header(header::ETAG, &object.etag)
        .header(header::LAST_MODIFIED, modified)
        .header(header::CONTENT_LENGTH, part.len());
    if let Some(range) = wanted {
        response = response.header(header::CONTENT_RANGE, format!("bytes {}-{}/{whole}", range.start, range.end - 1));
    } else if call.header("x-amz-checksum-mode").is_some_and(|mode| mode.eq_ignore_ascii_case("enabled")) {
        let checksum = Checksum::Crc64Nvme;
        response = response.header(checksum.header(), checksum.of(&object.bytes));
        response = response.header("x-amz-checksum-type", "FULL_OBJECT");
    }
    let body = body::with_faults(call.world.clone(), part);
    let mut response = response.body(body).map_err(|_| S3Error::InternalError)?;
    response.headers_mut().extend(object.metadata.clone());
    override_headers(call, &mut response)?;
    Ok(response)
}

/// `response-content-type` and the like, as presigned links have them.
fn override_headers(call: &Call, response: &mut Response) -> Result<(), S3Error> {
    for (name, value) in &call.query {
        let Some(name) = name.strip_prefix("response-") else { continue };
        let name: HeaderName = name.parse().map_err(|_| S3Error::BadHeaderOverride)?;
        let value: HeaderValue = value.parse().map_err(|_| S3Error::BadHeaderOverride)?;
        response.headers_mut().insert(name, value);
    }
    Ok(())
}

/// The quotation marks of an ETag are often left out.
pub(super) fn same_etag(one: &str, other: &str) -> bool {
    one.trim().trim_matches('"') == other.trim_matches('"')
}
