//! Every refusal of S3, with AWS's code, status, words and XML.
//! It is not the decision to refuse. It grows with a refusal that a transfer must tell apart.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};

use super::xml::{DECLARATION, element, parent};
use crate::clock::{iso_time, signing_time};

/// Why a request was refused.
#[derive(Debug, thiserror::Error)]
pub(super) enum S3Error {
    #[error("Access Denied")]
    AccessDenied,
    #[error(
        "User: {caller} is not authorized to perform: {action} on resource: \"{resource}\" because no session policy \
         allows the {action} action"
    )]
    MayNot { caller: String, action: &'static str, resource: String },
    #[error("Request has expired")]
    Expired(TimeOut),
    #[error("Request is not valid yet")]
    NotYetValid,
    #[error("The difference between the request time and the current time is too large.")]
    RequestTimeTooSkewed(Skew),
    #[error("X-Amz-Expires must be between 1 and 604800 seconds")]
    BadExpires,
    #[error("The authorization header that you provided is not valid.")]
    AuthorizationHeaderMalformed,
    #[error("Missing required header for this request: x-amz-content-sha256")]
    MissingContentSha256,
    #[error("The provided 'x-amz-content-sha256' header does not match what was computed.")]
    ContentSha256Mismatch,
    #[error("The AWS Access Key Id you provided does not exist in our records.")]
    InvalidAccessKeyId,
    #[error("The provided token is malformed or otherwise invalid.")]
    InvalidToken,
    #[error("The provided token has expired.")]
    ExpiredToken,
    #[error(
        "The request signature we calculated does not match the signature you provided. Check your key and signing \
         method."
    )]
    SignatureDoesNotMatch,
    #[error(
        "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all \
         future requests to this endpoint."
    )]
    PermanentRedirect { bucket: String, region: String },
    #[error("The specified bucket does not exist")]
    NoSuchBucket { bucket: String },
    #[error("The specified key does not exist.")]
    NoSuchKey { key: String },
    #[error(
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or \
         completed."
    )]
    NoSuchUpload { upload_id: String },
    #[error("The requested range is not satisfiable")]
    InvalidRange { size: u64 },
    #[error("At least one of the pre-conditions you specified did not hold")]
    PreconditionFailed { condition: &'static str },
    #[error("A response header cannot have this value")]
    BadHeaderOverride,
    #[error("{words}")]
    InvalidArgument { name: &'static str, words: &'static str },
    #[error("The {checksum} you specified did not match the calculated checksum.")]
    BadDigest { checksum: &'static str },
    #[error("Value for {header} header is invalid.")]
    InvalidChecksum { header: &'static str },
    #[error("You must provide the Content-Length HTTP header.")]
    MissingContentLength,
    #[error("The request body terminated unexpectedly")]
    IncompleteBody,
    #[error("The request contained trailing data that was not well-formed or did not conform to our published schema.")]
    MalformedTrailer,
    #[error("The XML you provided was not well-formed or did not validate against our published schema")]
    MalformedXml,
    #[error("Your key is too long")]
    KeyTooLong { size: usize, most: usize },
    #[error("Your proposed upload exceeds what the demo cloud keeps")]
    EntityTooLarge { proposed: usize, limit: usize },
    #[error("Your proposed upload is smaller than the minimum allowed size")]
    EntityTooSmall { least: usize },
    #[error(
        "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified \
         entity tag may not match the part's entity tag."
    )]
    InvalidPart { number: u16, etag: String },
    #[error("The list of parts was not in ascending order. Parts must be ordered by part number.")]
    InvalidPartOrder,
    #[error("A header or parameter you provided implies functionality that is not implemented")]
    NotImplemented,
    #[error("We encountered an internal error. Please try again.")]
    InternalError,
}

/// When a link was good.
#[derive(Debug)]
pub(super) struct TimeOut {
    pub signed: Timestamp,
    pub lifetime: i64,
    pub now: Timestamp,
}

/// How far apart two clocks are.
#[derive(Debug)]
pub(super) struct Skew {
    pub signed: Timestamp,
    pub now: Timestamp,
    pub most_seconds: i64,
}

impl S3Error {
    pub(super) fn response(&self, request_id: &str) -> Response {
        let (status, code) = self.status_and_code();
        let content = [
            element("Code", code),
            element("Message", self),
            self.details(),
            element("RequestId", request_id),
            element("HostId", "demo"),
        ];
        let xml = format!("{DECLARATION}{}", parent("Error", &content.concat()));
        let mut response = (status, [(header::CONTENT_TYPE, "application/xml")], xml).into_response();
        if let Some((name, Ok(value))) = self.header().map(|(name, text)| (name, text.parse())) {
            response.headers_mut().insert(name, value);
        }
        response
    }

    fn status_and_code(&self) -> (StatusCode, &'static str) {
        match self {
            Self::AccessDenied | Self::MayNot { .. } | Self::Expired(_) | Self::NotYetValid => {
                (StatusCode::FORBIDDEN, "AccessDenied")
            }
            Self::RequestTimeTooSkewed(_) => (StatusCode::FORBIDDEN, "RequestTimeTooSkewed"),
            Self::BadExpires => (StatusCode::BAD_REQUEST, "AuthorizationQueryParametersError"),
            Self::AuthorizationHeaderMalformed => (StatusCode::BAD_REQUEST, "AuthorizationHeaderMalformed"),
            Self::MissingContentSha256 | Self::InvalidChecksum { .. } => (StatusCode::BAD_REQUEST, "InvalidRequest"),
            Self::ContentSha256Mismatch => (StatusCode::BAD_REQUEST, "XAmzContentSHA256Mismatch"),
            Self::InvalidAccessKeyId => (StatusCode::FORBIDDEN, "InvalidAccessKeyId"),
            Self::InvalidToken => (StatusCode::BAD_REQUEST, "InvalidToken"),
            Self::ExpiredToken => (StatusCode::BAD_REQUEST, "ExpiredToken"),
            Self::SignatureDoesNotMatch => (StatusCode::FORBIDDEN, "SignatureDoesNotMatch"),
            Self::PermanentRedirect { .. } => (StatusCode::MOVED_PERMANENTLY, "PermanentRedirect"),
            Self::NoSuchBucket { .. } => (StatusCode::NOT_FOUND, "NoSuchBucket"),
            Self::NoSuchKey { .. } => (StatusCode::NOT_FOUND, "NoSuchKey"),
            Self::NoSuchUpload { .. } => (StatusCode::NOT_FOUND, "NoSuchUpload"),
            Self::InvalidRange { .. } => (StatusCode::RANGE_NOT_SATISFIABLE, "InvalidRange"),
            Self::PreconditionFailed { .. } => (StatusCode::PRECONDITION_FAILED, "PreconditionFailed"),
            Self::BadHeaderOverride | Self::InvalidArgument { .. } => (StatusCode::BAD_REQUEST, "InvalidArgument"),
            Self::BadDigest { .. } => (StatusCode::BAD_REQUEST, "BadDigest"),
            Self::MissingContentLength => (StatusCode::LENGTH_REQUIRED, "MissingContentLength"),
            Self::IncompleteBody => (StatusCode::BAD_REQUEST, "IncompleteBody"),
            Self::MalformedTrailer => (StatusCode::BAD_REQUEST, "MalformedTrailerError"),
            Self::MalformedXml => (StatusCode::BAD_REQUEST, "MalformedXML"),
            Self::KeyTooLong { .. } => (StatusCode::BAD_REQUEST, "KeyTooLongError"),
            Self::EntityTooLarge { .. } => (StatusCode::BAD_REQUEST, "EntityTooLarge"),
            Self::EntityTooSmall { .. } => (StatusCode::BAD_REQUEST, "EntityTooSmall"),
            Self::InvalidPart { .. } => (StatusCode::BAD_REQUEST, "InvalidPart"),
            Self::InvalidPartOrder => (StatusCode::BAD_REQUEST, "InvalidPartOrder"),
            Self::NotImplemented => (StatusCode::NOT_IMPLEMENTED, "NotImplemented"),
            Self::InternalError => (StatusCode::INTERNAL_SERVER_ERROR, "InternalError"),
        }
    }

    fn details(&self) -> String {
        match self {
            Self::Expired(time) => {
                let end = time.signed + SignedDuration::from_secs(time.lifetime);
                element("X-Amz-Expires", time.lifetime)
                    + &element("Expires", iso_time(end))
                    + &element("ServerTime", iso_time(time.now))
            }
            Self::RequestTimeTooSkewed(skew) => {
                element("RequestTime", signing_time(skew.signed))
                    + &element("ServerTime", iso_time(skew.now))
                    + &element("MaxAllowedSkewMilliseconds", skew.most_seconds * 1000)
            }
            Self::PermanentRedirect { bucket, region } => {
                element("Endpoint", format!("{bucket}.s3.{region}.amazonaws.com")) + &element("Bucket", bucket)
            }
            Self::NoSuchBucket { bucket } => element("BucketName", bucket),
            Self::NoSuchKey { key } => element("Key", key),
            Self::NoSuchUpload { upload_id } => element("UploadId", upload_id),
            Self::PreconditionFailed { condition } => element("Condition", condition),
            Self::InvalidArgument { name, .. } => element("ArgumentName", name),
            Self::KeyTooLong { size, most } => element("Size", size) + &element("MaxSizeAllowed", most),
            Self::EntityTooLarge { proposed, limit } => {
                element("ProposedSize", proposed) + &element("MaxSizeAllowed", limit)
            }
            Self::EntityTooSmall { least } => element("MinSizeAllowed", least),
            Self::InvalidPart { number, etag } => element("PartNumber", number) + &element("ETag", etag),
            _ => String::new(),
        }
    }

    /// What an answer without a body, to HEAD, must say, too.
    fn header(&self) -> Option<(&'static str, String)> {
        match self {
            Self::InvalidRange { size } => Some(("content-range", format!("bytes */{size}"))),
            Self::PermanentRedirect { region, .. } => Some(("x-amz-bucket-region", region.clone())),
            _ => None,
        }
    }
}
