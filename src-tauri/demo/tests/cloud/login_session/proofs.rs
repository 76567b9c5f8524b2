//! Proofs of the key: each part that is wrong is refused, and no proof works twice.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::Signature;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Login, body, claims, exchange, head, invalid, proof, proof_with, refused, stats};
use crate::support::{Outcome, cloud};

/// The value with one member changed, or taken out where the new one is null.
fn with(mut value: Value, member: &str, new: Value) -> Value {
    match value.as_object_mut() {
        Some(object) if new.is_null() => drop(object.remove(member)),
        _ => value[member] = new,
    }
    value
}

#[tokio::test]
async fn a_proof_that_is_wrong_in_any_part_is_refused_by_what_is_wrong() -> Outcome {
    let cloud = cloud()?;
    let login = Login::begin(&cloud, "111122223333").await?;
    let (key, token) = (login.key()?, login.text("refreshToken")?);
    let other = Login::begin(&cloud, "111122223333").await?.key()?;
    let now = cloud.clock().now().as_second();
    let claim = |member: &str, new: Value| proof(&key, with(claims(&cloud), member, new));
    let heading = |member: &str, new: Value| proof_with(&key, with(head(&key), member, new), claims(&cloud));
    let jwk = |member: &str, new: Value| heading("jwk", with(head(&key)["jwk"].take(), member, new));
    let right = proof(&key, claims(&cloud));
    let (signed, signature) = right.rsplit_once('.').ok_or("a JWT has three parts")?;
    let padded = format!("{right}=");
    let der = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature)?).map_err(|error| error.to_string())?.to_der();
    let localhost = cloud.main_url().replace("127.0.0.1", "localhost");
    let wrong = [
        (String::new(), "type dpop+jwt"),
        (signed.to_owned(), "type dpop+jwt"),
        ("a.b.c".to_owned(), "type dpop+jwt"),
        (heading("typ", json!("JWT")), "type dpop+jwt"),
        (heading("alg", json!("ES384")), "type dpop+jwt"),
        (heading("alg", json!("none")), "type dpop+jwt"),
        (heading("jwk", Value::Null), "type dpop+jwt"),
        (jwk("kty", json!("RSA")), "not a public key"),
        (jwk("crv", json!("P-384")), "not a public key"),
        (jwk("x", json!("AAAA")), "not a public key"),
        (jwk("y", head(&other)["jwk"]["y"].clone()), "not a public key"),
        (jwk("d", json!("AAAA")), "not a public key"),
        (proof_with(&other, head(&key), claims(&cloud)), "the signature"),
        (format!("{signed}.{}", URL_SAFE_NO_PAD.encode(der.as_bytes())), "the signature"),
        (padded, "the signature"),
        (claim("htm", json!("GET")), "htm is not"),
        (claim("htu", json!(format!("{}/v1/other", cloud.main_url()))), "htu is not"),
        (claim("htu", json!(format!("{}/v1/token?x=1", cloud.main_url()))), "htu is not"),
        (claim("htu", json!(format!("{localhost}/v1/token"))), "htu is not"),
        (claim("htu", json!("/v1/token")), "htu is not"),
        (claim("iat", json!(now - 301)), "iat is too far"),
        (claim("iat", json!(now + 301)), "iat is too far"),
        (claim("iat", json!(i64::MIN)), "iat is too far"),
        (claim("iat", json!(format!("{now}"))), "type dpop+jwt"),
        (claim("jti", json!("1")), "type dpop+jwt"),
        (claim("jti", Value::Null), "type dpop+jwt"),
    ];
    for (proof, words) in &wrong {
        let answer = exchange(&cloud, body(&token), &[proof]).await?;
        assert_eq!(refused(&answer), invalid(), "{proof}");
        assert!(answer.text().contains(words), "{} is not: {words}", answer.text());
    }
    for proofs in [&[][..], &[right.as_str(), right.as_str()]] {
        let answer = exchange(&cloud, body(&token), proofs).await?;
        assert!(refused(&answer) == invalid() && answer.text().contains("one DPoP header"), "{}", answer.text());
    }
    assert_eq!(stats(&cloud).await?["refreshes"], 0);
    assert_eq!(exchange(&cloud, body(&token), &[&right]).await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn the_clocks_may_be_five_minutes_apart() -> Outcome {
    let cloud = cloud()?;
    let login = Login::begin(&cloud, "111122223333").await?;
    let now = cloud.clock().now().as_second();
    for time in [now - 300, now + 300] {
        let proof = proof(&login.key()?, with(claims(&cloud), "iat", json!(time)));
        assert_eq!(exchange(&cloud, body(&login.text("refreshToken")?), &[&proof]).await?.status, 200);
    }
    Ok(())
}

#[tokio::test]
async fn no_proof_works_twice_and_no_name_of_one() -> Outcome {
    let cloud = cloud()?;
    let login = Login::begin(&cloud, "111122223333").await?;
    let (key, token) = (login.key()?, login.text("refreshToken")?);
    let early = cloud.clock().now().as_second() + 300;
    let claims = with(claims(&cloud), "iat", json!(early));
    let right = proof(&key, claims.clone());
    assert_eq!(exchange(&cloud, body(&token), &[&right]).await?.status, 200);
    cloud.clock().advance(600);
    let later = proof(&key, with(claims.clone(), "iat", json!(cloud.clock().now().as_second())));
    let other = Login::begin(&cloud, "111122223333").await?.key()?;
    for again in [right, later, proof(&other, claims.clone())] {
        let answer = exchange(&cloud, body(&token), &[&again]).await?;
        assert_eq!(refused(&answer), invalid());
        assert!(answer.text().contains("jti has been used before"), "{}", answer.text());
    }
    let anew = proof(&key, with(claims, "jti", json!(Uuid::new_v4().to_string())));
    assert!(exchange(&cloud, body(&token), &[&anew]).await?.text().contains("TOKEN_EXPIRED"), "that one is new");
    Ok(())
}
