//! What S3 says of an object.

use aws_sdk_s3::operation::get_object::GetObjectOutput;
use aws_sdk_s3::operation::head_object::HeadObjectOutput;
use aws_sdk_s3::primitives::DateTimeFormat;

use crate::domain::download::Announced;

/// Both answers have the same fields, and no type in common. An object is taken as it lies there: a coding of its
/// content stays as it is, so that length and checksums are of what arrives.
macro_rules! said {
    ($answer:expr) => {
        Announced::read(|header| {
            let text = |text: Option<&str>| text.map(ToOwned::to_owned);
            match header {
                "content-length" => $answer.content_length().map(|length| length.to_string()),
                "etag" => text($answer.e_tag()),
                "accept-ranges" => Some("bytes".to_owned()),
                "last-modified" => $answer.last_modified().and_then(|time| time.fmt(DateTimeFormat::HttpDate).ok()),
                // Only S3's own ETags are MD5s, and this is S3's.
                "x-amz-request-id" => Some(String::new()),
                "x-amz-server-side-encryption" => $answer.server_side_encryption().map(|by| by.as_str().to_owned()),
                "x-amz-server-side-encryption-customer-algorithm" => text($answer.sse_customer_algorithm()),
                "x-amz-checksum-type" => $answer.checksum_type().map(|kind| kind.as_str().to_owned()),
                "x-amz-checksum-sha256" => text($answer.checksum_sha256()),
                "x-amz-checksum-sha1" => text($answer.checksum_sha1()),
                "x-amz-checksum-crc64nvme" => text($answer.checksum_crc64_nvme()),
                "x-amz-checksum-crc32c" => text($answer.checksum_crc32_c()),
                "x-amz-checksum-crc32" => text($answer.checksum_crc32()),
                _ => None,
            }
        })
    };
}

pub(super) fn of_head(answer: &HeadObjectOutput) -> Announced {
    said!(answer)
}

pub(super) fn of_get(answer: &GetObjectOutput) -> Announced {
    said!(answer)
}
