//! The OIDC service on the wire: JSON in, JSON or an OAuth error out; nothing is signed.
//! It is not the rules of each grant. It grows with an operation. AWS: "IAM Identity Center OIDC API Reference".

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::clients::DEVICE_CODE;
use super::directory::Instance;
use super::error::OidcError;
use super::{device, token};
use crate::memory::World;
use crate::stats::count;

/// `POST /client/register`.
pub(super) async fn register_client(State(world): State<Arc<World>>, body: Bytes) -> Response {
    let now = world.now();
    let outcome = read(&body)
        .and_then(|registration| world.memory().identity_center.register(registration, &world.main_origin, now));
    answer(&world, "RegisterClient", outcome)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DeviceAuthorization {
    client_id: Option<String>,
    client_secret: Option<String>,
    start_url: Option<String>,
}

/// `POST /device_authorization`.
pub(super) async fn start_device_authorization(State(world): State<Arc<World>>, body: Bytes) -> Response {
    let outcome = read(&body).and_then(|request: DeviceAuthorization| {
        let now = world.now();
        let identity_center = &mut world.memory().identity_center;
        let id = request.client_id.as_deref();
        let client = identity_center.client(id, request.client_secret.as_deref(), now)?;
        if !client.may_use(DEVICE_CODE) {
            return Err(OidcError::UnauthorizedClient);
        }
        let start_url = request.start_url.ok_or(OidcError::InvalidRequest("startUrl is required"))?;
        let instance = Instance::of_start_url(&world.main_origin, &start_url)
            .ok_or(OidcError::InvalidRequest("startUrl is no instance of this cloud"))?;
        let client_id = id.unwrap_or_default().to_owned();
        Ok(device::start(identity_center, client_id, instance, &world.main_origin, now))
    });
    answer(&world, "StartDeviceAuthorization", outcome)
}

/// `POST /token`.
pub(super) async fn create_token(State(world): State<Arc<World>>, body: Bytes) -> Response {
    let fault = world.memory().faults.take_token();
    let outcome = match fault {
        Some(refusal) => Err(OidcError::Asked { status: refusal.status, code: refusal.code }),
        None => read(&body).and_then(|request| token::create(&world, &request)),
    };
    answer(&world, "CreateToken", outcome)
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, OidcError> {
    serde_json::from_slice(body).map_err(|_| OidcError::InvalidRequest("the body is not the JSON of this operation"))
}

fn answer(world: &World, operation: &str, outcome: Result<Value, OidcError>) -> Response {
    let counts = &mut world.memory().stats.identity_center;
    count(&mut counts.operations, operation);
    match outcome {
        Ok(value) => Json(value).into_response(),
        Err(error) => {
            count(&mut counts.errors, error.exception());
            error.into_response()
        }
    }
}
