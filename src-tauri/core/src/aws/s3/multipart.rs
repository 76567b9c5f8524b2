//! Multipart uploads: an object in parts that are sent side by side, and again where they broke off.
//!
//! Source: Amazon S3 user guide, "Uploading and copying objects using multipart upload" (limits: 10,000 parts of
//! 5 MiB to 5 GiB).

use aws_sdk_s3::types::{ChecksumAlgorithm, ChecksumType, CompletedMultipartUpload, CompletedPart, Part as S3Part};
use bytes::Bytes;

use super::Bucket;
use super::failure::{S3Error, refused};
use crate::app::error::{Cause, Error};

/// A multipart upload that is under way.
#[derive(Clone, Copy, Debug)]
pub struct Upload<'a> {
    /// The object's key.
    pub key: &'a str,
    /// As S3 names the upload.
    pub id: &'a str,
}

/// A part that S3 has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// From 1.
    pub number: i32,
    /// In bytes.
    pub length: u64,
    etag: String,
    crc: Option<String>,
}

impl Bucket {
    /// Begins one; gives its id.
    ///
    /// # Errors
    /// `Denied`, `Network`, …
    pub async fn begin_upload(&self, key: &str) -> Result<String, Error> {
        let call = self
            .client
            .create_multipart_upload()
            .bucket(&self.name)
            .key(key)
            .checksum_algorithm(ChecksumAlgorithm::Crc64Nvme)
            .checksum_type(ChecksumType::FullObject);
        let answer = call.send().await.map_err(|error| refused(&self.asked("s3:PutObject", key), &error))?;
        answer.upload_id.ok_or_else(|| Error::detailed(Cause::Bug, "S3 gave the upload no id"))
    }

    /// Sends a part, with its checksum.
    ///
    /// # Errors
    /// `Refused` with 404 where the upload is over; `Denied`, `Network`, …
    pub async fn upload_part(&self, upload: Upload<'_>, number: i32, bytes: Bytes) -> Result<Part, Error> {
        let length = bytes.len() as u64;
        let call = self
            .client
            .upload_part()
            .bucket(&self.name)
            .key(upload.key)
            .upload_id(upload.id)
            .part_number(number)
            .checksum_algorithm(ChecksumAlgorithm::Crc64Nvme)
            .body(bytes.into());
        let answer = call.send().await.map_err(|error| refused(&self.asked("s3:PutObject", upload.key), &error))?;
        let etag = answer.e_tag.ok_or_else(|| Error::detailed(Cause::Bug, "S3 gave the part no ETag"))?;
        Ok(Part { number, length, etag, crc: answer.checksum_crc64_nvme })
    }

    /// What S3 has of it; `None` where there is no such upload any more.
    ///
    /// # Errors
    /// `Denied`, `Network`, …
    pub async fn parts(&self, upload: Upload<'_>) -> Result<Option<Vec<Part>>, Error> {
        let mut parts = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let call = self
                .client
                .list_parts()
                .bucket(&self.name)
                .key(upload.key)
                .upload_id(upload.id)
                .set_part_number_marker(after);
            let answer = match call.send().await {
                Ok(answer) => answer,
                Err(error) => {
                    return match refused(&self.asked("s3:ListMultipartUploadParts", upload.key), &error).into() {
                        Error { cause: Cause::Refused { status: 404, .. }, .. } => Ok(None),
                        error => Err(error),
                    };
                }
            };
            parts.extend(answer.parts().iter().filter_map(part));
            after = answer.next_part_number_marker.filter(|_| answer.is_truncated == Some(true));
            if after.is_none() {
                return Ok(Some(parts));
            }
        }
    }

    /// Makes an object of the parts, if it comes to this CRC-64/NVME (base64); only where there is none yet, unless it
    /// `replaces` it.
    ///
    /// # Errors
    /// [`S3Error::Precondition`] where there is one.
    pub async fn complete(
        &self,
        upload: Upload<'_>,
        mut parts: Vec<Part>,
        crc: &str,
        replaces: bool,
    ) -> Result<(), S3Error> {
        parts.sort_by_key(|part| part.number);
        let parts = parts.into_iter().map(|part| {
            CompletedPart::builder().part_number(part.number).e_tag(part.etag).set_checksum_crc64_nvme(part.crc).build()
        });
        let call = self
            .client
            .complete_multipart_upload()
            .bucket(&self.name)
            .key(upload.key)
            .upload_id(upload.id)
            .multipart_upload(CompletedMultipartUpload::builder().set_parts(Some(parts.collect())).build())
            .checksum_type(ChecksumType::FullObject)
            .checksum_crc64_nvme(crc)
            .set_if_none_match((!replaces).then(|| "*".to_owned()));
        call.send().await.map_err(|error| refused(&self.asked("s3:PutObject", upload.key), &error))?;
        Ok(())
    }

    /// Ends one, so that its parts cost nothing any more; one that is over already is fine.
    ///
    /// # Errors
    /// `Denied`, `Network`, …
    pub async fn abort(&self, upload: Upload<'_>) -> Result<(), Error> {
        let call = self.client.abort_multipart_upload().bucket(&self.name).key(upload.key).upload_id(upload.id);
        match call.send().await {
            Ok(_) => Ok(()),
            Err(error) => match refused(&self.asked("s3:AbortMultipartUpload", upload.key), &error).into() {
                Error { cause: Cause::Refused { status: 404, .. }, .. } => Ok(()),
                error => Err(error),
            },
        }
    }
}

fn part(part: &S3Part) -> Option<Part> {
    Some(Part {
        number: part.part_number?,
        length: u64::try_from(part.size?).ok()?,
        etag: part.e_tag.clone()?,
        crc: part.checksum_crc64_nvme.clone(),
    })
}
