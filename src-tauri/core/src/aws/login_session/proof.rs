//! A proof that whoever sends a refresh token holds its key: a JWT, good for one request.
//! Sources: RFC 9449, section 4; RFC 7518, section 3.4 (ES256).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use p256::SecretKey;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use url::Url;

/// `None` where the key is none (SEC 1, as PEM).
pub(super) fn of(key: &SecretString, url: &Url, now: Timestamp, id: &str) -> Option<String> {
    let key = SigningKey::from(SecretKey::from_sec1_pem(key.expose_secret()).ok()?);
    let point = key.verifying_key().to_encoded_point(false);
    let (x, y) = (URL_SAFE_NO_PAD.encode(point.x()?), URL_SAFE_NO_PAD.encode(point.y()?));
    let head = json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": { "kty": "EC", "crv": "P-256", "x": x, "y": y } });
    let claims = json!({ "htm": "POST", "htu": url.as_str(), "iat": now.as_second(), "jti": id });
    let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(head), part(claims));
    let signature: Signature = key.sign(signed.as_bytes());
    Some(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes())))
}

#[cfg(test)]
mod tests {
    use p256::ecdsa::VerifyingKey;
    use p256::ecdsa::signature::Verifier;

    use super::*;

    /// The key of RFC 7515, appendix A.3, as SEC 1.
    const KEY: &str = include_str!("test_key.pem");

    #[test]
    fn a_proof_names_the_request_and_is_signed_by_the_key_that_it_shows() -> Result<(), Box<dyn std::error::Error>> {
        let url = Url::parse("https://eu-central-1.signin.aws.amazon.com/v1/token")?;
        let proof = of(&KEY.to_owned().into(), &url, "2026-11-23T12:00:00Z".parse()?, "a-number").ok_or("a key")?;
        let [head, claims, signature] = proof.split('.').collect::<Vec<_>>()[..] else {
            return Err("three parts".into());
        };
        let read = |part: &str| -> Result<serde_json::Value, Box<dyn std::error::Error>> {
            Ok(serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part)?)?)
        };
        let jwk = json!({
            "kty": "EC", "crv": "P-256",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        });
        assert_eq!(read(head)?, json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": jwk }));
        let claimed = json!({ "htm": "POST", "htu": url.as_str(), "iat": 1_795_435_200, "jti": "a-number" });
        assert_eq!(read(claims)?, claimed);
        let shown = VerifyingKey::from(&SigningKey::from(SecretKey::from_sec1_pem(KEY)?));
        let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature)?)?;
        shown.verify(format!("{head}.{claims}").as_bytes(), &signature)?;
        Ok(())
    }

    #[test]
    fn what_is_no_key_proves_nothing() -> Result<(), Box<dyn std::error::Error>> {
        let url = Url::parse("https://eu-central-1.signin.aws.amazon.com/v1/token")?;
        assert_eq!(of(&"no key".to_owned().into(), &url, Timestamp::UNIX_EPOCH, "a-number"), None);
        Ok(())
    }
}
