//! Device codes: a program shows one, and the user allows it in any browser. AWS: "StartDeviceAuthorization".
//! It is not the browser of the other flow. It grows with a state that a device code can be in.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::IdentityCenter;
use super::directory::Instance;
use super::error::OidcError;
use super::pages;
use crate::credential::random_hex;
use crate::memory::World;

const LIFE_SECONDS: i64 = 600;
const INTERVAL_SECONDS: i64 = 1;
/// A client that keeps the interval by its own clock is a little early now and then.
const EARLIEST_MILLISECONDS: i64 = INTERVAL_SECONDS * 1_000 * 9 / 10;

pub(super) struct Device {
    user_code: String,
    client_id: String,
    instance: Instance,
    expires: Timestamp,
    decision: Decision,
    last_asked: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decision {
    Pending,
    Allowed,
    Denied,
}

/// A new device code, and the answer that hands it over.
pub(super) fn start(
    identity_center: &mut IdentityCenter,
    client_id: String,
    instance: Instance,
    main_origin: &str,
    now: Timestamp,
) -> Value {
    let device_code = random_hex(64);
    let user_code = format!("{}-{}", random_hex(4), random_hex(4)).to_ascii_uppercase();
    let answer = json!({
        "deviceCode": device_code,
        "userCode": user_code,
        "verificationUri": format!("{main_origin}/device"),
        "verificationUriComplete": format!("{main_origin}/device?user_code={user_code}"),
        "expiresIn": LIFE_SECONDS,
        "interval": INTERVAL_SECONDS,
    });
    let expires = now + SignedDuration::from_secs(LIFE_SECONDS);
    let device = Device { user_code, client_id, instance, expires, decision: Decision::Pending, last_asked: None };
    identity_center.devices.insert(device_code, device);
    answer
}

/// What the user said; once they allowed it, the code is used up.
pub(super) fn redeem(
    identity_center: &mut IdentityCenter,
    client_id: &str,
    device_code: &str,
    now: Timestamp,
) -> Result<Instance, OidcError> {
    let device = identity_center.devices.get_mut(device_code).filter(|device| device.client_id == client_id);
    let device = device.ok_or(OidcError::InvalidGrant)?;
    if device.expires <= now {
        return Err(OidcError::ExpiredToken);
    }
    let previous = device.last_asked.replace(now);
    match device.decision {
        Decision::Denied => Err(OidcError::AccessDenied),
        Decision::Allowed => {
            let instance = device.instance;
            identity_center.devices.remove(device_code);
            Ok(instance)
        }
        Decision::Pending => {
            let waited = previous.map(|last| now.as_millisecond() - last.as_millisecond());
            let too_soon = waited.is_some_and(|waited| waited < EARLIEST_MILLISECONDS);
            Err(if too_soon { OidcError::SlowDown } else { OidcError::AuthorizationPending })
        }
    }
}

/// `GET /device?user_code=…`: the page that asks.
pub(super) async fn ask(State(world): State<Arc<World>>, Query(query): Query<HashMap<String, String>>) -> Response {
    let Some(user_code) = query.get("user_code") else {
        return pages::code_wanted();
    };
    let now = world.now();
    let mut memory = world.memory();
    match pending(&mut memory.identity_center, user_code, now) {
        Some(device) => {
            let start_url = device.instance.start_url(&world.main_origin);
            pages::question(&format!("/device?user_code={}", device.user_code), &start_url, Some(&device.user_code))
        }
        None => pages::notice(StatusCode::NOT_FOUND, "Unknown code", "This code is unknown, used or expired."),
    }
}

/// `POST /device?user_code=…&allow=1`: the user's word.
pub(super) async fn decide(State(world): State<Arc<World>>, Query(query): Query<HashMap<String, String>>) -> Response {
    let allowed = query.get("allow").is_some_and(|allow| allow == "1");
    let user_code = query.get("user_code").map_or("", String::as_str);
    let now = world.now();
    let mut memory = world.memory();
    let Some(device) = pending(&mut memory.identity_center, user_code, now) else {
        return pages::notice(StatusCode::NOT_FOUND, "Unknown code", "This code is unknown, used or expired.");
    };
    device.decision = if allowed { Decision::Allowed } else { Decision::Denied };
    let title = if allowed { "Request approved" } else { "Request denied" };
    pages::notice(StatusCode::OK, title, "You can close this page and go back to the program that asked.")
}

fn pending<'a>(identity_center: &'a mut IdentityCenter, user_code: &str, now: Timestamp) -> Option<&'a mut Device> {
    let is_meant = |device: &&mut Device| {
        device.user_code.eq_ignore_ascii_case(user_code) && device.expires > now && device.decision == Decision::Pending
    };
    identity_center.devices.values_mut().find(is_meant)
}
