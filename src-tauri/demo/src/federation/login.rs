//! Signing a browser in and out, and finding its session again by its cookie.
//! It is not the pages behind it. It grows with what AWS's sign-in host decides about a cookie jar.

use std::collections::HashMap;

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use jiff::Timestamp;
use url::Url;

use super::rules::Refused;
use crate::console::pages;
use crate::credential::random_hex;
use crate::memory::{ConsoleSession, SigninToken, World};

const SESSION_COOKIE: &str = "aws-creds";
const USER_COOKIE: &str = "aws-userInfo";
const TOKEN_LIFE_SECONDS: i64 = 900;
/// Cookies outlive their session, so that its last page knows where to sign in again.
const COOKIE_AFTERLIFE_SECONDS: i64 = 7 * 86_400;

/// `/federation?Action=login`.
pub(super) fn login(world: &World, headers: &HeaderMap, parameters: &HashMap<String, String>) -> Response {
    match sign_in(world, headers, parameters) {
        Ok(response) => response,
        Err(refused) => {
            world.memory().stats.refused_logins += 1;
            refused.into_response()
        }
    }
}

/// Ends the session of this browser, and sends it on if it asked to go somewhere here.
pub(super) fn logout(world: &World, headers: &HeaderMap, redirect: Option<&str>) -> Response {
    if let Some(secret) = cookie(headers, SESSION_COOKIE) {
        world.memory().console_sessions.remove(&secret);
    }
    let target = redirect.filter(|url| is_on_main(world, url)).unwrap_or("/console/signed-out").to_owned();
    let mut response = (StatusCode::FOUND, [(header::LOCATION, target)]).into_response();
    clear_cookies(&mut response);
    response
}

/// The session whose cookie this request carries, over or not.
pub(crate) fn session_of(world: &World, headers: &HeaderMap) -> Option<ConsoleSession> {
    let secret = cookie(headers, SESSION_COOKIE)?;
    world.memory().console_sessions.get(&secret).cloned()
}

/// Ends every console session of an account; says how many.
pub(crate) fn expire(world: &World, account: &str) -> usize {
    let now = world.now();
    let mut memory = world.memory();
    let live = memory
        .console_sessions
        .values_mut()
        .filter(|session| session.principal.account == account && session.ends > now);
    live.map(|session| session.ends = now).count()
}

/// Whether a sign-in token has outlived its quarter of an hour.
pub(super) fn is_too_old(token: &SigninToken, now: Timestamp) -> bool {
    now.as_second() - token.created.as_second() > TOKEN_LIFE_SECONDS
}

fn sign_in(world: &World, headers: &HeaderMap, parameters: &HashMap<String, String>) -> Result<Response, Refused> {
    let home = format!("{}/console/home", world.main_origin);
    let destination = parameters.get("Destination").unwrap_or(&home);
    if !is_on_main(world, destination) {
        return Err(Refused::InvalidDestination);
    }
    let now = world.now();
    let token = parameters.get("SigninToken").ok_or(Refused::InvalidToken)?;
    let token = world.memory().signin_tokens.remove(token).ok_or(Refused::InvalidToken)?;
    if is_too_old(&token, now) || token.session_ends <= now {
        return Err(Refused::InvalidToken);
    }
    let session = begin(token, parameters.get("Issuer").cloned());
    Ok(open(world, headers, session, destination))
}

/// Gives a new session to this browser and sends it on, unless another account is signed in there.
pub(crate) fn open(world: &World, headers: &HeaderMap, session: ConsoleSession, destination: &str) -> Response {
    let now = world.now();
    let current = session_of(world, headers).filter(|current| current.ends > now);
    if current.is_some_and(|current| current.principal.account != session.principal.account) {
        world.memory().stats.refused_logins += 1;
        return (StatusCode::BAD_REQUEST, Html(pages::LOG_OUT_FIRST)).into_response();
    }
    let seconds = session.ends.as_second() - now.as_second() + COOKIE_AFTERLIFE_SECONDS;
    let user = user_cookie(world, &session);
    let secret = random_hex(64);
    let mut memory = world.memory();
    memory.stats.logins += 1;
    memory.issue(session.credential.clone(), now);
    memory.console_sessions.insert(secret.clone(), session);
    drop(memory);
    let mut response = (StatusCode::FOUND, [(header::LOCATION, destination.to_owned())]).into_response();
    append_cookie(
        &mut response,
        &format!("{SESSION_COOKIE}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax"),
    );
    append_cookie(&mut response, &format!("{USER_COOKIE}={user}; Path=/; Max-Age={seconds}; SameSite=Lax"));
    response
}

/// Lets the browser forget who was signed in.
pub(crate) fn clear_cookies(response: &mut Response) {
    for name in [SESSION_COOKIE, USER_COOKIE] {
        append_cookie(response, &format!("{name}=; Path=/; Max-Age=0; SameSite=Lax"));
    }
}

fn begin(token: SigninToken, issuer: Option<String>) -> ConsoleSession {
    let permitted = token.credential.has_permissions();
    ConsoleSession { permitted, ..ConsoleSession::new(token.credential.principal, issuer, token.session_ends) }
}

/// What AWS's own cookie of this name tells the console's scripts.
fn user_cookie(world: &World, session: &ConsoleSession) -> String {
    let arn = &session.principal.arn;
    let name = arn.rsplit_once(':').map_or(arn.as_str(), |(_, name)| name);
    let by_hand = name.strip_prefix("user/");
    let owner = world.accounts.by_account(&session.principal.account).filter(|_| by_hand.is_some());
    let user = serde_json::json!({
        "arn": arn,
        "alias": owner.map_or("", |owner| &owner.account_alias),
        "username": by_hand.unwrap_or(name),
        "keybase": "",
        "issuer": session.issuer,
        "signinType": "PUBLIC",
    });
    crate::sigv4::encode_query(&user.to_string())
}

/// Whether a URL leads back to this cloud's own console.
pub(crate) fn is_on_main(world: &World, text: &str) -> bool {
    let Ok(url) = Url::parse(text) else {
        return false;
    };
    let loopback = match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    };
    url.scheme() == "http"
        && loopback
        && url.port_or_known_default() == Some(world.main_port)
        && url.username().is_empty()
        && url.password().is_none()
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
}

fn append_cookie(response: &mut Response, text: &str) {
    let value = HeaderValue::from_str(text).expect("cookies are made of printable ASCII above");
    response.headers_mut().append(header::SET_COOKIE, value);
}
