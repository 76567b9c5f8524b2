//! What `aws login` ends in: the content of the file that the AWS CLI keeps in `~/.aws/login/cache`.
//! It is not the file, nor its name. It grows with a field that a reader of that file asks for.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use p256::SecretKey;
use p256::pkcs8::LineEnding;
use serde_json::{Value, json};

use super::sessions::keys;
use super::{ACTION, CLIENT, TOKEN_TYPE};
use crate::clock::iso_time;
use crate::credential::{Principal, random_hex};
use crate::issued::Issue;
use crate::memory::World;

/// A new login of an account's user, whose first keys are good for so many seconds.
pub(crate) fn begin(world: &World, account: &str, seconds: u32) -> Value {
    let now = world.now();
    let ends = now + SignedDuration::from_secs(seconds.into());
    let credential = keys(account, ends);
    let mut memory = world.memory();
    memory.stats.login_sessions.begun += 1;
    memory.give_out(Issue { action: ACTION, role_arn: None, credential: &credential }, now);
    let refresh_token = memory.login_sessions.begin(account, now);
    drop(memory);
    let mut access_token = super::keys(&credential);
    access_token["accountId"] = json!(account);
    access_token["expiresAt"] = json!(iso_time(ends));
    json!({
        "accessToken": access_token,
        "tokenType": TOKEN_TYPE,
        "clientId": CLIENT,
        "refreshToken": refresh_token,
        "idToken": id_token(world, &credential.principal, now),
        "dpopKey": new_key(),
    })
}

/// A private key as the CLI writes it: SEC 1 in PEM.
fn new_key() -> String {
    loop {
        let bytes: Vec<u8> = hex::decode(random_hex(64)).unwrap_or_default();
        // One number of 2^32 is no key of this curve.
        let pem = SecretKey::from_slice(&bytes).ok().and_then(|key| key.to_sec1_pem(LineEnding::LF).ok());
        if let Some(pem) = pem {
            return pem.to_string();
        }
    }
}

/// Tells who signed in, to whoever does not ask for a signature.
fn id_token(world: &World, principal: &Principal, now: Timestamp) -> String {
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let claims = json!({
        "iss": world.main_origin,
        "sub": principal.arn,
        "aud": CLIENT,
        "iat": now.as_second(),
        "exp": now.as_second() + 900,
    });
    format!("{}.{}.", part(json!({ "alg": "none", "typ": "JWT" })), part(claims))
}
