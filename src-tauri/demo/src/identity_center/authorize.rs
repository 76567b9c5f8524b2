//! `/authorize`: the browser's half of the authorization code grant, with PKCE.
//! It is not the exchange of the code for tokens. It grows with a parameter that is enforced.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::clients::AUTHORIZATION_CODE;
use super::directory::Instance;
use super::pages;
use crate::credential::random_hex;
use crate::memory::World;

const CODE_LIFE_SECONDS: i64 = 600;

/// What a code stands for, until it is used.
pub(super) struct AuthorizationCode {
    pub client_id: String,
    pub instance: Instance,
    /// As it was written, for the exchange must name the same.
    pub redirect_uri: String,
    pub challenge: String,
    pub expires: Timestamp,
}

/// A question that the user may be asked.
struct Request {
    client_id: String,
    instance: Instance,
    redirect_uri: String,
    back: Url,
    state: Option<String>,
    challenge: String,
}

/// Why the user is not asked.
enum Unaskable {
    /// Nobody can be told but the user, for the client or its address is not to be trusted.
    Page(&'static str),
    Redirect(Url),
}

type Parameters = HashMap<String, String>;

/// `GET /authorize?response_type=code&…`: the page that asks.
pub(super) async fn ask(State(world): State<Arc<World>>, uri: Uri, Query(query): Query<Parameters>) -> Response {
    match read(&world, &query) {
        Ok(request) => {
            let action = format!("/authorize?{}", uri.query().unwrap_or_default());
            pages::question(&action, &request.instance.start_url(&world.main_origin), None)
        }
        Err(unaskable) => unaskable.into_response(),
    }
}

/// `POST` of the same with `allow=1`: the user's word, which leads back to the client.
pub(super) async fn decide(State(world): State<Arc<World>>, Query(query): Query<Parameters>) -> Response {
    let request = match read(&world, &query) {
        Ok(request) => request,
        Err(unaskable) => return unaskable.into_response(),
    };
    let Request { client_id, instance, redirect_uri, back, state, challenge } = request;
    if query.get("allow").is_none_or(|allow| allow != "1") {
        return found(&with_pairs(back, &[("error", "access_denied")], state.as_deref()));
    }
    let code = random_hex(64);
    let back = with_pairs(back, &[("code", &code)], state.as_deref());
    let expires = world.now() + SignedDuration::from_secs(CODE_LIFE_SECONDS);
    let kept = AuthorizationCode { client_id, instance, redirect_uri, challenge, expires };
    world.memory().identity_center.codes.insert(code, kept);
    found(&back)
}

fn read(world: &World, query: &Parameters) -> Result<Request, Unaskable> {
    let text = |name: &str| query.get(name).map(String::as_str);
    let memory = world.memory();
    let client_id = text("client_id").unwrap_or_default();
    let client = memory.identity_center.clients.get(client_id).ok_or(Unaskable::Page("The client is unknown."))?;
    let redirect_uri = text("redirect_uri").unwrap_or_default();
    let back = Url::parse(redirect_uri).ok().filter(|url| client.redirects_to(url));
    let back = back.ok_or(Unaskable::Page("The redirect URI is not one that the client registered."))?;
    let state = text("state");
    let refused = |error: &str, words: &str| {
        let pairs = [("error", error), ("error_description", words)];
        Unaskable::Redirect(with_pairs(back.clone(), &pairs, state))
    };
    if text("response_type") != Some("code") {
        return Err(refused("unsupported_response_type", "response_type must be code"));
    }
    if !client.may_use(AUTHORIZATION_CODE) {
        return Err(refused("unauthorized_client", "The client is not registered for authorization codes"));
    }
    let challenge = text("code_challenge").filter(|_| text("code_challenge_method") == Some("S256"));
    let challenge = challenge.ok_or_else(|| refused("invalid_request", "A code_challenge by S256 is required"))?;
    let instance = client.instance.ok_or_else(|| refused("invalid_request", "The client registered no issuerUrl"))?;
    Ok(Request {
        client_id: client_id.to_owned(),
        instance,
        redirect_uri: redirect_uri.to_owned(),
        state: state.map(str::to_owned),
        challenge: challenge.to_owned(),
        back,
    })
}

fn with_pairs(mut url: Url, pairs: &[(&str, &str)], state: Option<&str>) -> Url {
    url.query_pairs_mut().extend_pairs(pairs).extend_pairs(state.map(|state| ("state", state)));
    url
}

fn found(url: &Url) -> Response {
    (StatusCode::FOUND, [(header::LOCATION, url.as_str())]).into_response()
}

impl IntoResponse for Unaskable {
    fn into_response(self) -> Response {
        match self {
            Self::Page(words) => pages::notice(StatusCode::BAD_REQUEST, "Invalid request", words),
            Self::Redirect(url) => found(&url),
        }
    }
}
