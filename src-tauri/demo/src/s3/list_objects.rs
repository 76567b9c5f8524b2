//! HeadBucket and ListObjectsV2: where a bucket is, and what is in it, page by page.
//! It is not the console's listing. AWS: "ListObjectsV2" in the S3 API reference.

use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::call::Call;
use super::error::S3Error;
use super::xml::{self, element, parent};
use crate::clock::iso_milliseconds;
use crate::objects::Object;

const LONGEST_PAGE: usize = 1000;

/// What `encoding-type=url` leaves as it is, besides letters and digits; a space becomes a plus sign.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'*').remove(b'/');

pub(super) fn head_bucket(call: &Call) -> Result<Response, S3Error> {
    let headers = [("x-amz-bucket-region", call.region.as_str()), ("content-type", "application/xml")];
    Ok(headers.into_response())
}

pub(super) fn list_objects_v2(call: &Call) -> Result<Response, S3Error> {
    let encode = encoding(call)?;
    let prefix = call.parameter("prefix").unwrap_or_default();
    let delimiter = call.parameter("delimiter");
    let most = call.number("max-keys")?.unwrap_or(LONGEST_PAGE).min(LONGEST_PAGE);
    let start_after = call.parameter("start-after").unwrap_or_default();
    let token = call.parameter("continuation-token");
    let mut last = token.map(last_of_page).transpose()?.unwrap_or_default();

    let (mut lines, mut count, mut is_truncated) = (String::new(), 0, false);
    let objects = call.world.objects.all(&call.place.bucket);
    for (key, object) in objects.iter().filter(|(key, _)| key.starts_with(prefix) && key.as_str() > start_after) {
        let common = delimiter.and_then(|delimiter| common_prefix(key, prefix, delimiter));
        let line = common.unwrap_or(key);
        // A common prefix is one line, however many keys it stands for.
        if line <= last.as_str() {
            continue;
        }
        if count == most {
            is_truncated = most > 0;
            break;
        }
        count += 1;
        lines.push_str(&match common {
            Some(common) => parent("CommonPrefixes", &element("Prefix", encode(common))),
            None => contents(&encode(key), object),
        });
        last = line.to_owned();
    }

    let given = |name, text: Option<String>| text.map(|text| element(name, text)).unwrap_or_default();
    let next = is_truncated.then(|| BASE64_STANDARD.encode(&last));
    let head = [
        element("Name", &call.place.bucket),
        element("Prefix", encode(prefix)),
        given("StartAfter", call.parameter("start-after").map(encode)),
        given("ContinuationToken", token.map(str::to_owned)),
        given("NextContinuationToken", next),
        element("KeyCount", count),
        element("MaxKeys", most),
        given("Delimiter", delimiter.map(encode)),
        given("EncodingType", call.parameter("encoding-type").map(str::to_owned)),
        element("IsTruncated", is_truncated),
    ];
    Ok(xml::answer("ListBucketResult", &(head.concat() + &lines)))
}

fn contents(key: &str, object: &Object) -> String {
    let storage_class = object.metadata.get("x-amz-storage-class").and_then(|value| value.to_str().ok());
    let content = [
        element("Key", key),
        element("LastModified", iso_milliseconds(object.last_modified)),
        element("ETag", &object.etag),
        element("Size", object.bytes.len()),
        element("StorageClass", storage_class.unwrap_or("STANDARD")),
    ];
    parent("Contents", &content.concat())
}

/// A key to the first delimiter after the prefix, with it.
fn common_prefix<'a>(key: &'a str, prefix: &str, delimiter: &str) -> Option<&'a str> {
    let at = key[prefix.len()..].find(delimiter)?;
    Some(&key[..prefix.len() + at + delimiter.len()])
}

fn last_of_page(token: &str) -> Result<String, S3Error> {
    let bytes = BASE64_STANDARD.decode(token).ok();
    let words = "The continuation token provided is incorrect";
    bytes
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or(S3Error::InvalidArgument { name: "continuation-token", words })
}

fn encoding(call: &Call) -> Result<fn(&str) -> String, S3Error> {
    match call.parameter("encoding-type") {
        None => Ok(str::to_owned),
        Some("url") => Ok(|text| utf8_percent_encode(text, ENCODED).to_string().replace("%20", "+")),
        Some(_) => Err(S3Error::InvalidArgument {
            name: "encoding-type",
            words: "Invalid Encoding Method specified in Request",
        }),
    }
}
