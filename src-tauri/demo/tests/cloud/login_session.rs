//! `aws login`: what the CLI keeps of it, what its keys may do, and how a refresh token brings new ones.
//! Below are the steps that its tests share. It grows with a grant of the token endpoint.

mod proofs;
mod tokens;

use axum::http::Method;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::SecretKey;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use serde_json::{Value, json};
use sidelight_demo::DemoCloud;
use uuid::Uuid;

use crate::support::{
    ADMIN, Answer, Keys, Outcome, assume, assume_with, cloud, get, last_issued, post_json, request, signin_token, sts,
};

const CLIENT: &str = "arn:aws:signin:::devtools/same-device";
const USER: &str = "arn:aws:iam::111122223333:user/sidelight";

/// The content of the CLI's cache file.
struct Login(Value);

impl Login {
    async fn begin(cloud: &DemoCloud, query: &str) -> Outcome<Self> {
        let url = format!("{}/demo/login?account={query}", cloud.main_url());
        let answer = request(Method::POST, &url, &[], String::new()).await?;
        assert_eq!(answer.status, 200, "{}", answer.text());
        Ok(Self(answer.json()?))
    }

    fn text(&self, name: &str) -> Outcome<String> {
        text(&self.0, name)
    }

    fn keys(&self) -> Outcome<Keys> {
        keys(&self.0)
    }

    fn key(&self) -> Outcome<SigningKey> {
        let key = SecretKey::from_sec1_pem(&self.text("dpopKey")?).map_err(|error| error.to_string())?;
        Ok(key.into())
    }

    /// A refresh with this login's own key and the token given.
    async fn refresh(&self, cloud: &DemoCloud, token: &str) -> Outcome<Answer> {
        let proof = proof(&self.key()?, claims(cloud));
        exchange(cloud, body(token), &[&proof]).await
    }
}

fn text(value: &Value, name: &str) -> Outcome<String> {
    value[name].as_str().map(str::to_owned).ok_or_else(|| format!("there is no {name} in {value}").into())
}

/// The keys in a cache file or in an answer.
fn keys(value: &Value) -> Outcome<Keys> {
    let given = &value["accessToken"];
    let token = Some(text(given, "sessionToken")?);
    Ok(Keys { id: text(given, "accessKeyId")?, secret: text(given, "secretAccessKey")?, token })
}

fn body(token: &str) -> Value {
    json!({ "clientId": CLIENT, "grantType": "refresh_token", "refreshToken": token })
}

/// What a right proof claims.
fn claims(cloud: &DemoCloud) -> Value {
    json!({
        "htm": "POST",
        "htu": format!("{}/v1/token", cloud.main_url()),
        "iat": cloud.clock().now().as_second(),
        "jti": Uuid::new_v4().to_string(),
    })
}

fn head(key: &SigningKey) -> Value {
    let point = key.verifying_key().as_affine().to_encoded_point(false);
    let coordinate = |bytes: Option<&p256::FieldBytes>| URL_SAFE_NO_PAD.encode(bytes.expect("the point is not zero"));
    let (x, y) = (coordinate(point.x()), coordinate(point.y()));
    json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": { "kty": "EC", "crv": "P-256", "x": x, "y": y } })
}

fn proof(key: &SigningKey, claims: Value) -> String {
    proof_with(key, head(key), claims)
}

fn proof_with(key: &SigningKey, head: Value, claims: Value) -> String {
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(head), part(claims));
    let signature: Signature = key.sign(signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
}

async fn exchange(cloud: &DemoCloud, body: Value, proofs: &[&str]) -> Outcome<Answer> {
    let mut headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    headers.extend(proofs.iter().map(|proof| ("DPoP".to_owned(), (*proof).to_owned())));
    request(Method::POST, &format!("{}/v1/token", cloud.main_url()), &headers, body.to_string()).await
}

/// The status, the exception and the error of a refusal.
fn refused(answer: &Answer) -> (u16, String, String) {
    let error = answer.json().ok().and_then(|body| body["error"].as_str().map(str::to_owned));
    (answer.status.as_u16(), answer.header("x-amzn-errortype").to_owned(), error.unwrap_or_default())
}

fn expired() -> (u16, String, String) {
    (401, "AccessDeniedException".to_owned(), "TOKEN_EXPIRED".to_owned())
}

fn invalid() -> (u16, String, String) {
    (400, "ValidationException".to_owned(), "INVALID_REQUEST".to_owned())
}

async fn stats(cloud: &DemoCloud) -> Outcome<Value> {
    Ok(get(&format!("{}/demo/stats", cloud.main_url()), &[]).await?.json()?["login_sessions"].take())
}

#[tokio::test]
async fn a_login_ends_in_what_the_cli_keeps() -> Outcome {
    let cloud = cloud()?;
    let Login(mut kept) = Login::begin(&cloud, "111122223333&seconds=120").await?;
    assert!(text(&kept, "refreshToken")?.starts_with("ASOR"));
    assert!(text(&kept, "dpopKey")?.starts_with("-----BEGIN EC PRIVATE KEY-----\n"));
    let claims = text(&kept, "idToken")?;
    let claims = claims.split('.').nth(1).ok_or("the token has no claims")?;
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims)?)?;
    assert_eq!(claims["sub"], USER);
    for given in ["accessKeyId", "secretAccessKey", "sessionToken"] {
        text(&kept["accessToken"], given)?;
        kept["accessToken"][given].take();
    }
    for given in ["refreshToken", "idToken", "dpopKey"] {
        kept[given].take();
    }
    let expected = json!({
        "accessToken": {
            "accessKeyId": null, "secretAccessKey": null, "sessionToken": null,
            "accountId": "111122223333", "expiresAt": "2026-11-23T12:02:00Z",
        },
        "tokenType": "aws_sigv4", "clientId": CLIENT, "refreshToken": null, "idToken": null, "dpopKey": null,
    });
    assert_eq!(kept, expected);
    let usual = Login::begin(&cloud, "acme-staging").await?;
    assert_eq!(usual.0["accessToken"]["accountId"], "444455556666");
    assert_eq!(usual.0["accessToken"]["expiresAt"], "2026-11-23T12:15:00Z");
    assert_ne!(usual.text("dpopKey")?, Login::begin(&cloud, "acme-staging").await?.text("dpopKey")?);
    let unknown = post_json(&format!("{}/demo/login?account=999999999999", cloud.main_url()), "", json!({})).await?;
    assert_eq!(unknown.status, 404);
    assert_eq!(stats(&cloud).await?["begun"], 3);
    Ok(())
}

#[tokio::test]
async fn its_keys_are_the_users_until_they_end_and_no_long_term_ones() -> Outcome {
    let cloud = cloud()?;
    let keys = Login::begin(&cloud, "111122223333&seconds=120").await?.keys()?;
    assert_eq!(last_issued(&cloud).await?["action"], "CreateOAuth2Token");
    let identity = sts(&cloud, &keys, &[("Action", "GetCallerIdentity")]).await?;
    assert_eq!((identity.status.as_u16(), identity.element("Arn").as_str()), (200, USER));
    let assumed = assume(&cloud, &keys, ADMIN, "3600").await?;
    assert_eq!(assumed.element("Arn"), "arn:aws:sts::111122223333:assumed-role/Admin/jane.doe");
    assert_eq!(signin_token(&cloud, &assumed.keys(), None).await?.status, 200);
    assert_eq!(assume(&cloud, &keys, ADMIN, "3601").await?.status, 400, "a chain lasts an hour");
    let foreign = "arn:aws:iam::444455556666:role/Admin";
    assert_eq!(assume(&cloud, &keys, foreign, "3600").await?.element("Code"), "AccessDenied");
    let mfa_role = "arn:aws:iam::111122223333:role/MfaAdmin";
    assert_eq!(assume(&cloud, &keys, mfa_role, "3600").await?.element("Code"), "AccessDenied");
    let device = get(&format!("{}/demo/mfa/111122223333", cloud.main_url()), &[]).await?.json()?;
    let (serial, code) = (text(&device, "serial")?, text(&device, "code")?);
    let call = [("SerialNumber", serial.as_str()), ("TokenCode", code.as_str())];
    assert_eq!(assume_with(&cloud, &keys, mfa_role, &call).await?.status, 200);
    let federated = sts(&cloud, &keys, &[("Action", "GetFederationToken"), ("Name", "jane")]).await?;
    assert_eq!(federated.element("Code"), "AccessDenied");
    assert_eq!(signin_token(&cloud, &keys, None).await?.status, 400);
    cloud.clock().advance(120);
    let over = sts(&cloud, &keys, &[("Action", "GetCallerIdentity")]).await?;
    assert_eq!(over.element("Code"), "ExpiredToken");
    Ok(())
}
