//! DPoP: a signed word of whoever holds a key, for one request. RFC 9449, with the one algorithm that AWS uses.
//! It is not whether that key may do anything. It grows with a part of the proof that AWS enforces.

use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use p256::EncodedPoint;
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// How far a proof's time may be from the cloud's own.
pub(super) const SKEW_SECONDS: i64 = 300;
const PATH: &str = "/v1/token";

/// A proof that is right by itself; whether it is new, and its key the right one, is for others to say.
pub(super) struct Proof {
    pub key: VerifyingKey,
    /// Its name, which must be no other proof's.
    pub id: Uuid,
    pub issued_at: i64,
}

/// What is wrong with a proof.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unproven {
    #[error("there must be one DPoP header")]
    Missing,
    #[error("it is not a JWT of type dpop+jwt, signed by ES256")]
    Malformed,
    #[error("jwk is not a public key of P-256")]
    NoKey,
    #[error("the signature does not verify")]
    Signature,
    #[error("htm is not the method of this request")]
    Method,
    #[error("htu is not the address of this request")]
    Address,
    #[error("iat is too far from now")]
    Time,
    #[error("jti has been used before")]
    UsedBefore,
    #[error("the refresh token is bound to another key")]
    OtherKey,
}

#[derive(Deserialize)]
struct Head {
    typ: String,
    alg: String,
    jwk: Jwk,
}

#[derive(Deserialize)]
struct Jwk {
    kty: String,
    crv: String,
    x: String,
    y: String,
    /// The private part, which must not be sent.
    d: Option<String>,
}

#[derive(Deserialize)]
struct Claims {
    htm: String,
    htu: String,
    iat: i64,
    jti: String,
}

impl Proof {
    /// The one that came with a `POST` to the token endpoint.
    pub(super) fn of(headers: &HeaderMap, now: Timestamp) -> Result<Self, Unproven> {
        let mut given = headers.get_all("dpop").iter();
        let (Some(text), None) = (given.next().and_then(|text| text.to_str().ok()), given.next()) else {
            return Err(Unproven::Missing);
        };
        let (signed, signature) = text.rsplit_once('.').ok_or(Unproven::Malformed)?;
        let (head, claims) = signed.split_once('.').ok_or(Unproven::Malformed)?;
        let head: Head = part(head)?;
        if head.typ != "dpop+jwt" || head.alg != "ES256" {
            return Err(Unproven::Malformed);
        }
        let key = head.jwk.key().ok_or(Unproven::NoKey)?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok().and_then(|bytes| Signature::from_slice(&bytes).ok());
        let signature = signature.ok_or(Unproven::Signature)?;
        key.verify(signed.as_bytes(), &signature).map_err(|_| Unproven::Signature)?;
        let claims: Claims = part(claims)?;
        if claims.htm != "POST" {
            return Err(Unproven::Method);
        }
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        if claims.htu != format!("http://{host}{PATH}") {
            return Err(Unproven::Address);
        }
        if now.as_second().abs_diff(claims.iat) > SKEW_SECONDS.unsigned_abs() {
            return Err(Unproven::Time);
        }
        let id = Uuid::parse_str(&claims.jti).map_err(|_| Unproven::Malformed)?;
        Ok(Self { key, id, issued_at: claims.iat })
    }
}

impl Jwk {
    fn key(&self) -> Option<VerifyingKey> {
        if self.kty != "EC" || self.crv != "P-256" || self.d.is_some() {
            return None;
        }
        let coordinate = |text: &str| <[u8; 32]>::try_from(URL_SAFE_NO_PAD.decode(text).ok()?).ok();
        let (x, y) = (coordinate(&self.x)?, coordinate(&self.y)?);
        let point = EncodedPoint::from_affine_coordinates(&x.into(), &y.into(), false);
        VerifyingKey::from_encoded_point(&point).ok()
    }
}

fn part<T: DeserializeOwned>(text: &str) -> Result<T, Unproven> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Unproven::Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| Unproven::Malformed)
}
