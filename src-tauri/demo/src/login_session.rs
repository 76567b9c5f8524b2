//! `aws login`: the sign-in endpoint that gives new keys for a refresh token and proof of its key.
//! It is not the browser's part, which a test skips by the control API. It grows with a grant that the app comes to use.
//! AWS: "CreateOAuth2Token" in the AWS Sign-In API reference.

mod begin;
mod error;
mod proof;
mod sessions;

pub(crate) use self::begin::begin;
pub(crate) use self::sessions::LoginSessions;

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use self::error::TokenError;
use self::proof::Proof;
use self::sessions::{KEY_SECONDS, Refreshed};
use crate::credential::Credential;
use crate::issued::Issue;
use crate::memory::{Memory, World};
use crate::stats::count;

/// The client that the AWS CLI is, where its browser is on the same machine.
const CLIENT: &str = "arn:aws:signin:::devtools/same-device";
const TOKEN_TYPE: &str = "aws_sigv4";
const ACTION: &str = "CreateOAuth2Token";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TokenRequest {
    client_id: Option<String>,
    grant_type: Option<String>,
    refresh_token: Option<String>,
}

/// How long keys are good where nothing else is said.
pub(crate) fn usual_seconds() -> u32 {
    KEY_SECONDS
}

/// `POST /v1/token`.
pub(crate) async fn create_token(State(world): State<Arc<World>>, headers: HeaderMap, body: Bytes) -> Response {
    match refresh(&world, &headers, &body) {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => {
            count(&mut world.memory().stats.login_sessions.errors, error.code());
            error.into_response()
        }
    }
}

fn refresh(world: &World, headers: &HeaderMap, body: &[u8]) -> Result<Value, TokenError> {
    if let Some(refusal) = world.memory().faults.take_login() {
        return Err(TokenError::Asked { status: refusal.status, code: refusal.code });
    }
    let request: TokenRequest =
        serde_json::from_slice(body).map_err(|_| TokenError::Invalid("the body is not JSON"))?;
    if request.client_id.as_deref() != Some(CLIENT) {
        return Err(TokenError::Invalid("clientId is not one that this cloud knows"));
    }
    if request.grant_type.as_deref() != Some("refresh_token") {
        return Err(TokenError::Invalid("grantType must be refresh_token"));
    }
    let token = request.refresh_token.ok_or(TokenError::Invalid("refreshToken is required"))?;
    let now = world.now();
    let proof = Proof::of(headers, now).map_err(TokenError::Proof)?;
    let mut memory = world.memory();
    let memory: &mut Memory = &mut memory;
    let refreshed = memory.login_sessions.refresh(&token, &proof, now)?;
    let Refreshed { credential, refresh_token, is_new } = refreshed;
    if is_new {
        memory.stats.login_sessions.refreshes += 1;
        memory.give_out(Issue { action: ACTION, role_arn: None, credential: &credential }, now);
    } else {
        memory.stats.login_sessions.repeats += 1;
    }
    let left = credential.expires.map_or(0, |ends| ends.as_second() - now.as_second());
    Ok(json!({
        "accessToken": keys(&credential),
        "tokenType": TOKEN_TYPE,
        "expiresIn": left,
        "refreshToken": refresh_token,
    }))
}

fn keys(credential: &Credential) -> Value {
    json!({
        "accessKeyId": credential.access_key_id,
        "secretAccessKey": credential.secret,
        "sessionToken": credential.token,
    })
}
