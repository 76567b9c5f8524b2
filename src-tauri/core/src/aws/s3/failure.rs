//! What it means that S3 does not do what it is asked for.
//!
//! Source: Amazon S3 API reference, "Error responses". The answer to a HEAD has no body: then the status alone tells.

use std::error::Error as StdError;

use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use super::Bucket;
use crate::app::error::{Cause, Error};
use crate::aws::sdk;

/// Why S3 did not do it.
#[derive(Clone, Debug, PartialEq)]
pub enum S3Error {
    /// What it should only be done for is not so (HTTP 412): another version is there, or one at all.
    Precondition,
    /// Anything else.
    Failed(Error),
}

impl From<Error> for S3Error {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<S3Error> for Error {
    fn from(error: S3Error) -> Self {
        match error {
            S3Error::Failed(error) => error,
            S3Error::Precondition => Error::detailed(Cause::Damaged, "the object has changed meanwhile"),
        }
    }
}

/// What S3 was asked for.
pub(super) struct Asked<'a> {
    pub(super) action: &'static str,
    pub(super) bucket: &'a Bucket,
    pub(super) key: &'a str,
}

impl Asked<'_> {
    fn arn(&self) -> String {
        let Bucket { arn_partition, name, .. } = self.bucket;
        match self.key {
            "" => format!("arn:{arn_partition}:s3:::{name}"),
            key => format!("arn:{arn_partition}:s3:::{name}/{key}"),
        }
    }
}

pub(super) fn refused<E>(asked: &Asked<'_>, error: &SdkError<E, HttpResponse>) -> S3Error
where
    E: ProvideErrorMetadata + StdError + 'static,
{
    if let Some(ours) = of_credentials(error) {
        return S3Error::Failed(ours);
    }
    let host = asked.bucket.host.clone();
    let code = error.code().unwrap_or_default();
    let status = error.raw_response().map(|answer| answer.status().as_u16());
    // An answer that begins well and breaks off is none. (CompleteMultipartUpload can fail with 200, and says why.)
    let Some(status) = status.filter(|status| *status >= 300 || !code.is_empty()) else {
        return S3Error::Failed(sdk::unreached(host, error));
    };
    let cause = match (code, status) {
        (_, 412) | ("ConditionalRequestConflict", _) => return S3Error::Precondition,
        ("ExpiredToken" | "TokenRefreshRequired" | "InvalidToken", _) => Cause::Expired,
        ("InvalidAccessKeyId" | "SignatureDoesNotMatch", _) => {
            Cause::Denied { action: asked.action.to_owned(), resource: Some(asked.arn()) }
        }
        // It lies in Glacier: the right to read it would not help.
        ("InvalidObjectState", _) => Cause::Refused { host, status },
        ("SlowDown" | "ServiceUnavailable" | "RequestTimeout", _) | (_, 429 | 503) => Cause::Throttled,
        // It will not be otherwise.
        (_, 501) => Cause::Refused { host, status },
        (_, 500..) => Cause::Network { host },
        (_, 401 | 403) => Cause::Denied { action: asked.action.to_owned(), resource: Some(asked.arn()) },
        _ => Cause::Refused { host, status },
    };
    S3Error::Failed(Error::detailed(cause, words(code, error.message())))
}

/// The SDK hands on what we told it ourselves.
fn of_credentials(error: &(dyn StdError + 'static)) -> Option<Error> {
    let mut error = Some(error);
    while let Some(one) = error {
        if let Some(ours) = one.downcast_ref::<Error>() {
            return Some(ours.clone());
        }
        error = one.source();
    }
    None
}

fn words(code: &str, message: Option<&str>) -> String {
    match message.filter(|message| !message.is_empty()) {
        Some(message) => format!("{code}: {message}"),
        None => code.to_owned(),
    }
}
