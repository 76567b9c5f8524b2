//! CreateMultipartUpload, CompleteMultipartUpload and AbortMultipartUpload: the life of an upload in parts.
//! It is not where parts are kept. AWS: "Uploading and copying objects using multipart upload".

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use md5::{Digest, Md5};

use super::call::Call;
use super::checksum::{self, Checksum};
use super::error::S3Error;
use super::get_object::same_etag;
use super::xml::{self, element};
use super::{metadata, put_object};
use crate::objects::{Object, Part, Upload};

/// Of every part but the last.
const SMALLEST_PART: usize = 5 * 1024 * 1024;

pub(super) fn create(call: &Call) -> Result<Response, S3Error> {
    put_object::check_key(call)?;
    let id = call.world.objects.begin_upload(&call.place, metadata::of(&call.headers));
    Ok(xml::answer("InitiateMultipartUploadResult", &(names(call) + &element("UploadId", id))))
}

pub(super) fn complete(call: &Call) -> Result<Response, S3Error> {
    let only_new = call.only_new()?;
    let wanted = wanted(&call.body).ok_or(S3Error::MalformedXml)?;
    let upload = call.world.objects.upload(call.upload_id(), &call.place).ok_or_else(|| call.no_such_upload())?;
    let parts = chosen(&upload, &wanted)?;
    let mut bytes = Vec::with_capacity(parts.iter().map(|part| part.bytes.len()).sum());
    parts.iter().for_each(|part| bytes.extend_from_slice(&part.bytes));
    checksum::verified(&call.headers, &bytes)?;
    let etag = etag_of_parts(&parts);
    let crc = Checksum::Crc64Nvme.of(&bytes);
    let metadata = upload.metadata.clone();
    let object = Object { bytes: bytes.into(), etag: etag.clone(), metadata, last_modified: call.world.now() };
    let kept = call.world.objects.complete(call.upload_id(), &call.place, object, only_new);
    kept.map_err(|not_kept| call.refusal(not_kept))?;
    let content = [
        element("Location", format!("{}/{}/{}", call.world.s3_origin, call.place.bucket, call.place.key)),
        names(call),
        element("ETag", etag),
        element("ChecksumCRC64NVME", crc),
        element("ChecksumType", "FULL_OBJECT"),
    ];
    Ok(xml::answer("CompleteMultipartUploadResult", &content.concat()))
}

pub(super) fn abort(call: &Call) -> Result<Response, S3Error> {
    if call.world.objects.abort(call.upload_id(), &call.place) {
        Ok(StatusCode::NO_CONTENT.into_response())
    } else {
        Err(call.no_such_upload())
    }
}

pub(super) fn names(call: &Call) -> String {
    element("Bucket", &call.place.bucket) + &element("Key", &call.place.key)
}

/// A part as the body lists it.
struct Wanted {
    number: u16,
    etag: String,
    crc: Option<String>,
}

fn wanted(body: &[u8]) -> Option<Vec<Wanted>> {
    let text = std::str::from_utf8(body).ok().filter(|text| text.contains("<CompleteMultipartUpload"))?;
    let part = |part| {
        let text = |name| xml::contents(part, name).next().map(str::trim);
        let number = text("PartNumber")?.parse().ok()?;
        let etag = text("ETag")?.replace("&quot;", "\"").replace("&#34;", "\"");
        Some(Wanted { number, etag, crc: text("ChecksumCRC64NVME").map(str::to_owned) })
    };
    let parts: Option<Vec<_>> = xml::contents(text, "Part").map(part).collect();
    parts.filter(|parts| !parts.is_empty())
}

/// The parts listed, if they are there as listed.
fn chosen<'a>(upload: &'a Upload, wanted: &[Wanted]) -> Result<Vec<&'a Part>, S3Error> {
    if !wanted.is_sorted_by(|before, after| before.number < after.number) {
        return Err(S3Error::InvalidPartOrder);
    }
    let of_listed = |Wanted { number, etag, crc }: &Wanted| {
        let part = upload.parts.get(number).filter(|part| same_etag(etag, &part.etag));
        let part = part.filter(|part| crc.as_ref().is_none_or(|crc| *crc == Checksum::Crc64Nvme.of(&part.bytes)));
        part.ok_or_else(|| S3Error::InvalidPart { number: *number, etag: etag.clone() })
    };
    let parts: Vec<&Part> = wanted.iter().map(of_listed).collect::<Result<_, _>>()?;
    let (_, others) = parts.split_last().ok_or(S3Error::MalformedXml)?;
    if others.iter().any(|part| part.bytes.len() < SMALLEST_PART) {
        return Err(S3Error::EntityTooSmall { least: SMALLEST_PART });
    }
    Ok(parts)
}

/// The MD5 of the parts' MD5s, and how many they are.
fn etag_of_parts(parts: &[&Part]) -> String {
    let digests: Vec<u8> = parts.iter().flat_map(|part| Md5::digest(&part.bytes)).collect();
    format!("\"{}-{}\"", hex::encode(Md5::digest(digests)), parts.len())
}
