//! ListParts: which parts of an upload have arrived.
//! It is not the list of uploads. AWS: "ListParts" in the S3 API reference.

use axum::response::Response;

use super::call::Call;
use super::checksum::Checksum;
use super::error::S3Error;
use super::multipart::names;
use super::xml::{self, element, parent};
use crate::clock::iso_milliseconds;
use crate::objects::Part;

const LONGEST_PAGE: usize = 1000;

pub(super) fn list_parts(call: &Call) -> Result<Response, S3Error> {
    let most = call.number("max-parts")?.unwrap_or(LONGEST_PAGE).min(LONGEST_PAGE);
    let marker = call.number("part-number-marker")?.unwrap_or_default();
    let upload = call.world.objects.upload(call.upload_id(), &call.place).ok_or_else(|| call.no_such_upload())?;
    let mut rest = upload.parts.iter().filter(|(number, _)| usize::from(**number) > marker);
    let page: Vec<(&u16, &Part)> = rest.by_ref().take(most).collect();
    let is_truncated = rest.next().is_some();
    let last = page.last().map_or(marker, |(number, _)| usize::from(**number));
    let head = [
        names(call),
        element("UploadId", call.upload_id()),
        element("StorageClass", "STANDARD"),
        element("PartNumberMarker", marker),
        element("NextPartNumberMarker", last),
        element("MaxParts", most),
        element("IsTruncated", is_truncated),
    ];
    let line = |(number, part): (&u16, &Part)| {
        let content = [
            element("PartNumber", number),
            element("LastModified", iso_milliseconds(part.last_modified)),
            element("ETag", &part.etag),
            element("Size", part.bytes.len()),
            element("ChecksumCRC64NVME", Checksum::Crc64Nvme.of(&part.bytes)),
        ];
        parent("Part", &content.concat())
    };
    let parts: String = page.into_iter().map(line).collect();
    Ok(xml::answer("ListPartsResult", &(head.concat() + &parts)))
}
