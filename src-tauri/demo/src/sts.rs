//! STS on the wire: `POST /` with the query protocol, signed, answered in XML.
//! It is not the rules of each action: those are the files below. It grows with an action the app comes to use.

mod answer;
mod assume_role;
mod error;
mod federation_token;
mod mfa;
mod parameters;
mod session;
mod session_context;
mod web_identity;

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;

use self::error::StsError;
use self::parameters::Parameters;
use crate::clock::signing_time;
use crate::credential::{Credential, request_id};
use crate::memory::World;
use crate::sigv4::{Claim, Received, Unreadable, sha256_hex};
use crate::stats::count;

/// How far apart the clocks of caller and STS may be.
const SKEW_SECONDS: i64 = 300;

/// A signed request to STS.
pub(crate) async fn post(
    State(world): State<Arc<World>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form: HashMap<String, String> = url::form_urlencoded::parse(&body).into_owned().collect();
    let action = form.get("Action").cloned().unwrap_or_default();
    let received = Received { method: &method, uri: &uri, headers: &headers, payload_hash: sha256_hex(&body) };
    let outcome = perform(&world, &action, &received, &Parameters(form));
    let request_id = request_id();
    let mut memory = world.memory();
    count(&mut memory.stats.sts, &action);
    let (status, xml) = match outcome {
        Ok(result) => (StatusCode::OK, answer::document(&action, &result, &request_id)),
        Err(error) => {
            count(&mut memory.stats.sts_errors, &error.code());
            (error.status(), error.document(&request_id))
        }
    };
    drop(memory);
    let headers = [
        // By the cloud's own clock: a client whose clock is wrong learns the difference from it.
        (header::DATE, world.now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()),
        (header::CONTENT_TYPE, "text/xml".to_owned()),
        (header::HeaderName::from_static("x-amzn-requestid"), request_id),
    ];
    (status, headers, xml).into_response()
}

fn perform(world: &World, action: &str, received: &Received<'_>, parameters: &Parameters) -> Result<String, StsError> {
    if let Some(refusal) = world.memory().faults.take_sts() {
        return Err(StsError::Asked { status: refusal.status, code: refusal.code });
    }
    if action == "AssumeRoleWithWebIdentity" {
        return web_identity::perform(world, parameters);
    }
    let caller = authenticate(world, received)?;
    match action {
        "AssumeRole" => assume_role::perform(world, &caller, parameters),
        "GetFederationToken" => federation_token::get_federation_token(world, &caller, parameters),
        "GetSessionToken" => federation_token::get_session_token(world, &caller, parameters),
        "GetCallerIdentity" => Ok(answer::caller_identity(&caller.principal)),
        _ => Err(StsError::InvalidAction {
            action: action.to_owned(),
            version: parameters.text("Version").unwrap_or_default().to_owned(),
        }),
    }
}

fn authenticate(world: &World, received: &Received<'_>) -> Result<Credential, StsError> {
    let claim = Claim::from_headers(received.headers).map_err(|problem| match problem {
        Unreadable::Missing => StsError::MissingAuthenticationToken,
        Unreadable::Incomplete(part) => StsError::IncompleteSignature(part),
    })?;
    if claim.service != "sts" {
        return Err(StsError::WrongService);
    }
    if !claim.covers_host() {
        return Err(StsError::HostNotSigned);
    }
    let credential = world.credential(&claim.access_key_id).ok_or(StsError::InvalidClientTokenId)?;
    if credential.token != claim.token {
        return Err(StsError::InvalidClientTokenId);
    }
    let now = world.now();
    if credential.is_over(now) {
        return Err(StsError::ExpiredToken);
    }
    check_skew(claim.time, now)?;
    if !claim.is_signed_with(&credential.secret, received) {
        return Err(StsError::SignatureDoesNotMatch);
    }
    Ok(credential)
}

fn check_skew(signed: Timestamp, now: Timestamp) -> Result<(), StsError> {
    let skew = jiff::SignedDuration::from_secs(SKEW_SECONDS);
    let (text, present) = (signing_time(signed), signing_time(now));
    let behind = now.as_second() - signed.as_second();
    if behind > SKEW_SECONDS {
        return Err(StsError::SignatureExpired { signed: text, earliest: signing_time(now - skew), now: present });
    }
    if -behind > SKEW_SECONDS {
        return Err(StsError::SignatureNotYetCurrent { signed: text, latest: signing_time(now + skew), now: present });
    }
    Ok(())
}
