//! Signature Version 4 as the receiving side sees it: what was claimed, and what it should have been.
//! It is not a signer, and knows no credentials but those it is given. AWS: "Signature Version 4 signing process".

mod chain;

use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use axum::http::{HeaderMap, Method, Uri};
use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha2::{Digest, Sha256};

pub(crate) use self::chain::Chain;
use crate::clock::{parse_signing_time, system_time};

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// Everything but the characters RFC 3986 leaves unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
const RESERVED_IN_PATH: &AsciiSet = &RESERVED.remove(b'/');

/// Who signed what, and when, as the request says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claim {
    pub access_key_id: String,
    pub token: Option<String>,
    pub time: Timestamp,
    pub signature: String,
    signed_headers: Vec<String>,
    pub region: String,
    pub service: String,
}

/// A claim that cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(crate) enum Unreadable {
    #[error("Request is missing Authentication Token")]
    Missing,
    #[error("Authorization header requires '{0}'.")]
    Incomplete(&'static str),
}

/// The parts of a request that a signature covers.
pub(crate) struct Received<'a> {
    pub method: &'a Method,
    pub uri: &'a Uri,
    pub headers: &'a HeaderMap,
    pub payload_hash: String,
}

impl Claim {
    /// From the `Authorization` header.
    pub(crate) fn from_headers(headers: &HeaderMap) -> Result<Self, Unreadable> {
        let text = header(headers, "authorization").ok_or(Unreadable::Missing)?;
        let fields = text.strip_prefix(ALGORITHM).ok_or(Unreadable::Incomplete(ALGORITHM))?;
        let field = |name: &'static str| {
            fields
                .split(',')
                .find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))
                .ok_or(Unreadable::Incomplete(name))
        };
        let date = header(headers, "x-amz-date").ok_or(Unreadable::Incomplete("X-Amz-Date"))?;
        Self::new(
            field("Credential")?,
            &date,
            field("SignedHeaders")?,
            field("Signature")?,
            header(headers, "x-amz-security-token"),
        )
    }

    /// From the query of a presigned link.
    pub(crate) fn from_query(pairs: &[(String, String)]) -> Result<Self, Unreadable> {
        let field = |name: &'static str| query_value(pairs, name).ok_or(Unreadable::Incomplete(name));
        if query_value(pairs, "X-Amz-Algorithm") != Some(ALGORITHM) {
            return Err(Unreadable::Missing);
        }
        Self::new(
            field("X-Amz-Credential")?,
            field("X-Amz-Date")?,
            field("X-Amz-SignedHeaders")?,
            field("X-Amz-Signature")?,
            query_value(pairs, "X-Amz-Security-Token").map(str::to_owned),
        )
    }

    fn new(
        credential: &str,
        date: &str,
        signed_headers: &str,
        signature: &str,
        token: Option<String>,
    ) -> Result<Self, Unreadable> {
        let scope: Vec<&str> = credential.split('/').collect();
        let [access_key_id, day, region, service, "aws4_request"] = scope[..] else {
            return Err(Unreadable::Incomplete("Credential"));
        };
        if !date.starts_with(day) {
            return Err(Unreadable::Incomplete("Credential"));
        }
        Ok(Self {
            access_key_id: access_key_id.to_owned(),
            token,
            time: parse_signing_time(date).ok_or(Unreadable::Incomplete("X-Amz-Date"))?,
            signature: signature.to_owned(),
            signed_headers: signed_headers.split(';').map(str::to_owned).collect(),
            region: region.to_owned(),
            service: service.to_owned(),
        })
    }

    /// Whether the signature is for this host alone.
    pub(crate) fn covers_host(&self) -> bool {
        self.signed_headers.iter().any(|name| name == "host")
    }

    /// Whether this claim is what the holder of `secret` would have made of the request.
    pub(crate) fn is_signed_with(&self, secret: &str, received: &Received<'_>) -> bool {
        let canonical = received.canonical(&self.signed_headers);
        let time = crate::clock::signing_time(self.time);
        let to_sign = format!("{ALGORITHM}\n{time}\n{}\n{}", self.scope(), sha256_hex(canonical.as_bytes()),);
        let key = generate_signing_key(secret, system_time(self.time), &self.region, &self.service);
        calculate_signature(key, to_sign.as_bytes()) == self.signature
    }

    fn scope(&self) -> String {
        let time = crate::clock::signing_time(self.time);
        format!("{}/{}/{}/aws4_request", &time[..8], self.region, self.service)
    }
}

impl Received<'_> {
    fn canonical(&self, signed_headers: &[String]) -> String {
        let mut query: Vec<(String, String)> = query_pairs(self.uri)
            .into_iter()
            .filter(|(name, _)| name != "X-Amz-Signature")
            .map(|(name, value)| (encode(&name, RESERVED), encode(&value, RESERVED)))
            .collect();
        query.sort();
        let query: Vec<String> = query.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        let headers: String = signed_headers
            .iter()
            .map(|name| format!("{name}:{}\n", header(self.headers, name).unwrap_or_default()))
            .collect();
        format!(
            "{}\n{}\n{}\n{headers}\n{}\n{}",
            self.method,
            encode(&decode(self.uri.path()), RESERVED_IN_PATH),
            query.join("&"),
            signed_headers.join(";"),
            self.payload_hash,
        )
    }
}

/// The query's pairs in their order, decoded; a plus sign stays one, as signatures have it.
pub(crate) fn query_pairs(uri: &Uri) -> Vec<(String, String)> {
    uri.query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect()
}

pub(crate) fn query_value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// A path as it appears on the wire.
pub(crate) fn encode_path(path: &str) -> String {
    encode(path, RESERVED_IN_PATH)
}

/// One name or value of a query as it appears on the wire.
pub(crate) fn encode_query(text: &str) -> String {
    encode(text, RESERVED)
}

pub(crate) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// All values of a header joined, with runs of blanks made one, as a canonical request has them.
fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let values: Vec<String> = headers
        .get_all(name)
        .iter()
        .map(|value| String::from_utf8_lossy(value.as_bytes()).split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    (!values.is_empty()).then(|| values.join(","))
}

fn encode(text: &str, set: &'static AsciiSet) -> String {
    utf8_percent_encode(text, set).to_string()
}
