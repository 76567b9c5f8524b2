//! Every refusal of S3, with AWS's code, status, words and XML.
//! It is not the decision to refuse. It grows with a refusal that a download must tell apart.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};

use crate::clock::iso_time;

/// Why an object was not sent.
#[derive(Debug, thiserror::Error)]
pub(super) enum S3Error {
    #[error("Access Denied")]
    AccessDenied,
    #[error("Request has expired")]
    Expired(TimeOut),
    #[error("Request is not valid yet")]
    NotYetValid,
    #[error("X-Amz-Expires must be between 1 and 604800 seconds")]
    BadExpires,
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
    #[error("The specified key does not exist.")]
    NoSuchKey { key: String },
    #[error("The requested range is not satisfiable")]
    InvalidRange { size: u64 },
    #[error("A response header cannot have this value")]
    BadHeaderOverride,
}

/// When a link was good.
#[derive(Debug)]
pub(super) struct TimeOut {
    pub signed: Timestamp,
    pub lifetime: i64,
    pub now: Timestamp,
}

impl S3Error {
    pub(super) fn response(&self, request_id: &str) -> Response {
        let (status, code) = self.status_and_code();
        let xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{self}</Message>{}\
             <RequestId>{request_id}</RequestId><HostId>demo</HostId></Error>",
            self.details(),
        );
        let mut response = (status, [(header::CONTENT_TYPE, "application/xml")], xml).into_response();
        if let Self::InvalidRange { size } = self
            && let Ok(value) = format!("bytes */{size}").parse()
        {
            response.headers_mut().insert(header::CONTENT_RANGE, value);
        }
        response
    }

    fn status_and_code(&self) -> (StatusCode, &'static str) {
        match self {
            Self::AccessDenied | Self::Expired(_) | Self::NotYetValid => (StatusCode::FORBIDDEN, "AccessDenied"),
            Self::BadExpires => (StatusCode::BAD_REQUEST, "AuthorizationQueryParametersError"),
            Self::InvalidAccessKeyId => (StatusCode::FORBIDDEN, "InvalidAccessKeyId"),
            Self::InvalidToken => (StatusCode::BAD_REQUEST, "InvalidToken"),
            Self::ExpiredToken => (StatusCode::BAD_REQUEST, "ExpiredToken"),
            Self::SignatureDoesNotMatch => (StatusCode::FORBIDDEN, "SignatureDoesNotMatch"),
            Self::NoSuchKey { .. } => (StatusCode::NOT_FOUND, "NoSuchKey"),
            Self::InvalidRange { .. } => (StatusCode::RANGE_NOT_SATISFIABLE, "InvalidRange"),
            Self::BadHeaderOverride => (StatusCode::BAD_REQUEST, "InvalidArgument"),
        }
    }

    fn details(&self) -> String {
        match self {
            Self::Expired(time) => format!(
                "<X-Amz-Expires>{}</X-Amz-Expires><Expires>{}</Expires><ServerTime>{}</ServerTime>",
                time.lifetime,
                iso_time(time.signed + SignedDuration::from_secs(time.lifetime)),
                iso_time(time.now),
            ),
            Self::NoSuchKey { key } => {
                let key = key.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
                format!("<Key>{key}</Key>")
            }
            _ => String::new(),
        }
    }
}
