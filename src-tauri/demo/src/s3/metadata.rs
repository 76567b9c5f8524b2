//! The headers that an upload gives an object, and that come back with it.
//! It is not what they mean. It grows with a header that S3 keeps.

use axum::http::{HeaderMap, HeaderValue, header};

const KEPT: [&str; 7] = [
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-type",
    "expires",
    "x-amz-storage-class",
];

/// What S3 says of an object's content where the upload said nothing.
const UNKNOWN_TYPE: HeaderValue = HeaderValue::from_static("binary/octet-stream");

/// What is kept of an upload's headers.
pub(super) fn of(headers: &HeaderMap) -> HeaderMap {
    let kept =
        headers.iter().filter(|(name, _)| KEPT.contains(&name.as_str()) || name.as_str().starts_with("x-amz-meta-"));
    let mut kept: HeaderMap = kept.map(|(name, value)| (name.clone(), value.clone())).collect();
    kept.entry(header::CONTENT_TYPE).or_insert(UNKNOWN_TYPE);
    // How the body came is no encoding of the object.
    if let Some(encodings) = kept.remove(header::CONTENT_ENCODING) {
        let encodings = encodings.to_str().unwrap_or_default().split(',').map(str::trim);
        let encodings: Vec<&str> = encodings.filter(|name| !name.is_empty() && *name != "aws-chunked").collect();
        if let Ok(value) = encodings.join(",").parse::<HeaderValue>()
            && !value.is_empty()
        {
            kept.insert(header::CONTENT_ENCODING, value);
        }
    }
    kept
}
