//! `/federation` and `/oauth`: from temporary credentials to a signed-in browser.
//! It is not STS. It grows with an action of AWS's federation endpoint. AWS: "Enabling custom identity broker access".

mod elsewhere;
mod login;
mod rules;

pub(crate) use self::login::{clear_cookies, expire, is_on_main, open, session_of};

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use self::rules::Refused;
use crate::credential::{Credential, random_hex};
use crate::memory::{SigninToken, World};

/// `GET` and `POST` of `/federation`.
pub(crate) async fn endpoint(
    State(world): State<Arc<World>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let text = if method == Method::POST { body.as_ref() } else { uri.query().unwrap_or_default().as_bytes() };
    let parameters: HashMap<String, String> = url::form_urlencoded::parse(text).into_owned().collect();
    match parameters.get("Action").map(String::as_str) {
        Some("getSigninToken") => signin_token(&world, &method, &parameters).await,
        Some("login") => login::login(&world, &headers, &parameters),
        _ => Refused::UnknownAction.into_response(),
    }
}

/// `/oauth?Action=logout&redirect_uri=…`.
pub(crate) async fn oauth(State(world): State<Arc<World>>, uri: Uri, headers: HeaderMap) -> Response {
    let query = uri.query().unwrap_or_default().as_bytes();
    let parameters: HashMap<String, String> = url::form_urlencoded::parse(query).into_owned().collect();
    if parameters.get("Action").map(String::as_str) != Some("logout") {
        return Refused::UnknownAction.into_response();
    }
    login::logout(&world, &headers, parameters.get("redirect_uri").map(String::as_str))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SessionParameter {
    session_id: String,
    session_key: String,
    session_token: String,
}

async fn signin_token(world: &World, method: &Method, parameters: &HashMap<String, String>) -> Response {
    let duration = parameters.get("SessionDuration").map(String::as_str);
    {
        let mut memory = world.memory();
        let counts = &mut memory.stats.signin_tokens;
        let by_method = if method == Method::POST { &mut counts.post } else { &mut counts.get };
        by_method.count(duration.is_some());
    }
    match mint(world, parameters.get("Session"), duration).await {
        Ok(token) => Json(serde_json::json!({ "SigninToken": token })).into_response(),
        Err(refused) => {
            world.memory().stats.signin_tokens.refused += 1;
            refused.into_response()
        }
    }
}

async fn mint(world: &World, session: Option<&String>, duration: Option<&str>) -> Result<String, Refused> {
    if let Some(refusal) = world.memory().faults.take_federation() {
        return Err(Refused::Asked(refusal.status));
    }
    let text = session.ok_or(Refused::InvalidCredentials)?;
    let session: SessionParameter = serde_json::from_str(text).map_err(|_| Refused::InvalidCredentials)?;
    let credential = resolve(world, session).await?;
    let now = world.now();
    let mut memory = world.memory();
    if duration.is_some() && memory.faults.refuse_session_duration {
        return Err(Refused::InvalidCredentials);
    }
    let session_ends = rules::session_end(&credential, duration, now)?;
    let token = random_hex(512);
    memory.signin_tokens.retain(|_, kept| !login::is_too_old(kept, now));
    memory.signin_tokens.insert(token.clone(), SigninToken { credential, created: now, session_ends });
    Ok(token)
}

/// The credentials meant, if they are what was issued, here or elsewhere.
async fn resolve(world: &World, session: SessionParameter) -> Result<Credential, Refused> {
    if let Some(known) = world.credential(&session.session_id) {
        let same = known.secret == session.session_key && known.token.as_ref() == Some(&session.session_token);
        return if same { Ok(known) } else { Err(Refused::InvalidCredentials) };
    }
    let Some(sts) = &world.verify_with else {
        return Err(Refused::InvalidCredentials);
    };
    let question = elsewhere::Question {
        sts,
        access_key_id: session.session_id,
        secret: session.session_key,
        token: session.session_token,
        now: world.now(),
    };
    elsewhere::ask(question).await.map_err(|_| Refused::InvalidCredentials)
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Asked(status) => StatusCode::from_u16(status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE),
            _ => StatusCode::BAD_REQUEST,
        };
        let page = format!(
            "<!doctype html><html><head><title>Amazon Web Services Sign-In</title></head><body><h1>{status}</h1>\
             <p>{self}</p></body></html>"
        );
        (status, Html(page)).into_response()
    }
}
