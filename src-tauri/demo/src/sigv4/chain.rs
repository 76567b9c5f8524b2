//! The signatures within an aws-chunked body: each covers its chunk and the signature before it, the first one the
//! request's own. It is not the body's form. AWS: "Signature calculations for trailing headers".

use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};

use super::{Claim, sha256_hex};
use crate::clock::{signing_time, system_time};

/// What the next signature must go on from.
pub(crate) struct Chain {
    key: Vec<u8>,
    time: String,
    scope: String,
    previous: String,
}

impl Chain {
    /// The chain that a request's own signature begins.
    pub(crate) fn new(claim: &Claim, secret: &str) -> Self {
        let key = generate_signing_key(secret, system_time(claim.time), &claim.region, &claim.service);
        Self {
            key: key.as_ref().to_vec(),
            time: signing_time(claim.time),
            scope: claim.scope(),
            previous: claim.signature.clone(),
        }
    }

    /// Whether this signature is that of the next chunk.
    pub(crate) fn takes_chunk(&mut self, bytes: &[u8], signature: &str) -> bool {
        let hashes = format!("{}\n{}", sha256_hex(&[]), sha256_hex(bytes));
        self.takes("AWS4-HMAC-SHA256-PAYLOAD", &hashes, signature)
    }

    /// Whether this signature is that of the trailers, each `name:value` with a line feed.
    pub(crate) fn takes_trailers(&mut self, trailers: &str, signature: &str) -> bool {
        self.takes("AWS4-HMAC-SHA256-TRAILER", &sha256_hex(trailers.as_bytes()), signature)
    }

    fn takes(&mut self, algorithm: &str, hashes: &str, signature: &str) -> bool {
        let Self { key, time, scope, previous } = self;
        let to_sign = format!("{algorithm}\n{time}\n{scope}\n{previous}\n{hashes}");
        *previous = calculate_signature(key, to_sign.as_bytes());
        previous == signature
    }
}
