//! The body of a request, held to what its signature says of it.
//! It is not what is done with it. AWS: "x-amz-content-sha256" in "Signature Calculations for the Authorization Header".

use axum::body::Bytes;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};

use super::aws_chunked;
use super::call::Call;
use super::error::S3Error;
use crate::sigv4::{Chain, Claim, sha256_hex};

const DECODED_LENGTH: HeaderName = HeaderName::from_static("x-amz-decoded-content-length");

const NO_PAYLOAD_HASH: &str = "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, \
    STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.";

/// What `x-amz-content-sha256` says of a body.
pub(super) enum Payload {
    Unsigned,
    Sha256(String),
    /// aws-chunked, with a signature for each chunk or none.
    Chunked(Option<Box<Chain>>),
}

/// How many bytes a request sends, unless they are more than could be kept.
pub(super) fn length(parts: &Parts, limit: usize) -> Result<usize, S3Error> {
    let Some(length) = number(&parts.headers, header::CONTENT_LENGTH) else {
        return if parts.method == Method::PUT { Err(S3Error::MissingContentLength) } else { Ok(limit) };
    };
    let decoded = number(&parts.headers, DECODED_LENGTH).unwrap_or(length);
    // Chunks add to the bytes, but not as much again.
    if decoded.max(length / 2) > limit {
        return Err(S3Error::EntityTooLarge { proposed: decoded, limit });
    }
    Ok(length)
}

fn number(headers: &HeaderMap, name: HeaderName) -> Option<usize> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

impl Payload {
    pub(super) fn declared(text: &str, claim: &Claim, secret: &str) -> Result<Self, S3Error> {
        match text {
            "UNSIGNED-PAYLOAD" => Ok(Self::Unsigned),
            "STREAMING-UNSIGNED-PAYLOAD-TRAILER" => Ok(Self::Chunked(None)),
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" | "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" => {
                Ok(Self::Chunked(Some(Box::new(Chain::new(claim, secret)))))
            }
            hash if hash.len() == 64 => Ok(Self::Sha256(hash.to_owned())),
            _ => Err(S3Error::InvalidArgument { name: "x-amz-content-sha256", words: NO_PAYLOAD_HASH }),
        }
    }

    /// Puts what was meant in the place of what was sent; trailers become headers, as they stand for some.
    pub(super) fn open(self, call: &mut Call) -> Result<(), S3Error> {
        match self {
            Self::Unsigned => Ok(()),
            Self::Sha256(hash) if hash == sha256_hex(&call.body) => Ok(()),
            Self::Sha256(_) => Err(S3Error::ContentSha256Mismatch),
            Self::Chunked(chain) => {
                let decoded = aws_chunked::decode(&call.body, chain)?;
                if number(&call.headers, DECODED_LENGTH) != Some(decoded.bytes.len()) {
                    return Err(S3Error::IncompleteBody);
                }
                call.body = Bytes::from(decoded.bytes);
                add_trailers(&mut call.headers, &decoded.trailers)
            }
        }
    }
}

/// Only checksums come as trailers, and only those that the signed headers name.
fn add_trailers(headers: &mut HeaderMap, trailers: &[(String, String)]) -> Result<(), S3Error> {
    let named = headers.get("x-amz-trailer").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let named: Vec<&str> = named.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    let came: Vec<&str> = trailers.iter().map(|(name, _)| name.as_str()).collect();
    if named != came || came.iter().any(|name| !name.starts_with("x-amz-checksum-")) {
        return Err(S3Error::MalformedTrailer);
    }
    for (name, value) in trailers {
        let name: HeaderName = name.parse().map_err(|_| S3Error::MalformedTrailer)?;
        let value: HeaderValue = value.parse().map_err(|_| S3Error::MalformedTrailer)?;
        headers.insert(name, value);
    }
    Ok(())
}
