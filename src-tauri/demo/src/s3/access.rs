//! Who asks, by the signature in a request's headers or, of a presigned link, in its query.
//! It is not what they may do. AWS: "Authenticating Requests (AWS Signature Version 4)" in the S3 API reference.

use axum::http::header;
use axum::http::request::Parts;
use jiff::Timestamp;

use super::error::{S3Error, Skew, TimeOut};
use super::payload::Payload;
use crate::credential::Credential;
use crate::memory::World;
use crate::sigv4::{Claim, Received, query_value};

const LONGEST_LINK_SECONDS: i64 = 604_800;
const CLOCK_SKEW_SECONDS: i64 = 900;

/// A request whose signature is right.
pub(super) struct Access {
    pub holder: Credential,
    /// The region it was signed for.
    pub region: String,
    pub payload: Payload,
}

pub(super) fn authenticate(world: &World, query: &[(String, String)], parts: &Parts) -> Result<Access, S3Error> {
    let Parts { method, uri, headers, .. } = parts;
    let is_link = !headers.contains_key(header::AUTHORIZATION);
    let (claim, payload_hash) = if is_link {
        (Claim::from_query(query).map_err(|_| S3Error::AccessDenied)?, "UNSIGNED-PAYLOAD")
    } else {
        let hash = headers.get("x-amz-content-sha256").and_then(|value| value.to_str().ok());
        let claim = Claim::from_headers(headers).map_err(|_| S3Error::AuthorizationHeaderMalformed)?;
        (claim, hash.ok_or(S3Error::MissingContentSha256)?)
    };
    let holder = world.credential(&claim.access_key_id).ok_or(S3Error::InvalidAccessKeyId)?;
    if holder.token != claim.token {
        return Err(S3Error::InvalidToken);
    }
    let now = world.now();
    if is_link { check_lifetime(query, claim.time, now) } else { check_skew(claim.time, now) }?;
    if holder.is_over(now) {
        return Err(S3Error::ExpiredToken);
    }
    let received = Received { method, uri, headers, payload_hash: payload_hash.to_owned() };
    if claim.service != "s3" || !claim.is_signed_with(&holder.secret, &received) {
        return Err(S3Error::SignatureDoesNotMatch);
    }
    if !holder.has_permissions() {
        return Err(S3Error::AccessDenied);
    }
    let payload = Payload::declared(payload_hash, &claim, &holder.secret)?;
    Ok(Access { holder, region: claim.region, payload })
}

fn check_lifetime(query: &[(String, String)], signed: Timestamp, now: Timestamp) -> Result<(), S3Error> {
    let lifetime: i64 = query_value(query, "X-Amz-Expires")
        .and_then(|text| text.parse().ok())
        .filter(|seconds| (1..=LONGEST_LINK_SECONDS).contains(seconds))
        .ok_or(S3Error::BadExpires)?;
    let age = now.as_second() - signed.as_second();
    if age < -CLOCK_SKEW_SECONDS {
        return Err(S3Error::NotYetValid);
    }
    if age > lifetime {
        return Err(S3Error::Expired(TimeOut { signed, lifetime, now }));
    }
    Ok(())
}

fn check_skew(signed: Timestamp, now: Timestamp) -> Result<(), S3Error> {
    let skew = now.as_second() - signed.as_second();
    if skew.abs() <= CLOCK_SKEW_SECONDS {
        return Ok(());
    }
    Err(S3Error::RequestTimeTooSkewed(Skew { signed, now, most_seconds: CLOCK_SKEW_SECONDS }))
}
