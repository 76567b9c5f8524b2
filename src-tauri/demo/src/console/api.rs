//! The data the console's pages fetch, always that of the session whose cookie came along.
//! It is not what AWS's console speaks, which is not public. It grows with a page.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::accounts::DemoProfile;
use crate::clock::iso_time;
use crate::estate;
use crate::federation::session_of;
use crate::memory::{ConsoleSession, World};
use crate::signing::{Signer, presign_get};
use crate::sigv4::{encode_path, encode_query};

const LINK_LIFE: Duration = Duration::from_secs(300);

#[derive(Deserialize)]
pub(super) struct Place {
    #[serde(default)]
    region: String,
    #[serde(default)]
    bucket: String,
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    bucket: String,
    key: String,
}

/// Why a page gets no data.
pub(super) enum Denied {
    SignedOut,
    NoPermission,
    NoSuchBucket,
}

type Answer = Result<Json<Value>, Denied>;

pub(super) async fn session(State(world): State<Arc<World>>, headers: HeaderMap) -> Answer {
    let session = live_session(&world, &headers)?;
    let principal = &session.principal;
    let profile = world.accounts.profile_or_guest(&principal.account);
    let user = principal.arn.splitn(6, ':').nth(5).unwrap_or_default();
    Ok(Json(json!({
        "session": session.id,
        "account": principal.account,
        "arn": principal.arn,
        "user": user.strip_prefix("assumed-role/").unwrap_or(user),
        "ends": iso_time(session.ends),
        "seconds_left": session.ends.as_second() - world.now().as_second(),
        "issuer": session.issuer,
        "permitted": session.permitted,
        "home_region": profile.region,
    })))
}

pub(super) async fn overview(
    State(world): State<Arc<World>>,
    Query(place): Query<Place>,
    headers: HeaderMap,
) -> Answer {
    let profile = permitted(&world, &headers)?;
    Ok(Json(json!(estate::overview(&profile, &place.region))))
}

pub(super) async fn instances(
    State(world): State<Arc<World>>,
    Query(place): Query<Place>,
    headers: HeaderMap,
) -> Answer {
    let profile = permitted(&world, &headers)?;
    Ok(Json(json!(estate::instances(&profile, &place.region))))
}

pub(super) async fn stacks(State(world): State<Arc<World>>, Query(place): Query<Place>, headers: HeaderMap) -> Answer {
    let profile = permitted(&world, &headers)?;
    Ok(Json(json!(estate::stacks(&profile, &place.region))))
}

pub(super) async fn buckets(State(world): State<Arc<World>>, headers: HeaderMap) -> Answer {
    let profile = permitted(&world, &headers)?;
    Ok(Json(json!(estate::buckets(&profile))))
}

pub(super) async fn objects(State(world): State<Arc<World>>, Query(place): Query<Place>, headers: HeaderMap) -> Answer {
    let profile = permitted(&world, &headers)?;
    if estate::bucket(&profile, &place.bucket).is_none() {
        return Err(Denied::NoSuchBucket);
    }
    Ok(Json(json!(world.objects.list(&place.bucket))))
}

/// Mints a link to one object, good for five minutes.
pub(super) async fn presign(State(world): State<Arc<World>>, headers: HeaderMap, Json(wanted): Json<Wanted>) -> Answer {
    let profile = permitted(&world, &headers)?;
    let session = live_session(&world, &headers)?;
    if estate::bucket(&profile, &wanted.bucket).is_none() {
        return Err(Denied::NoSuchBucket);
    }
    let path = encode_path(&format!("/{}/{}", wanted.bucket, wanted.key));
    let url = format!("{}{path}?response-content-disposition={}", world.s3_origin, encode_query("attachment"),);
    let signer = Signer {
        access_key_id: &session.credential.access_key_id,
        secret: &session.credential.secret,
        token: session.credential.token.as_deref(),
    };
    let url = presign_get(&signer, &profile.region, &url, world.now(), LINK_LIFE).map_err(|_| Denied::NoSuchBucket)?;
    Ok(Json(json!({ "url": url })))
}

fn live_session(world: &World, headers: &HeaderMap) -> Result<ConsoleSession, Denied> {
    session_of(world, headers).filter(|session| session.ends > world.now()).ok_or(Denied::SignedOut)
}

fn permitted(world: &World, headers: &HeaderMap) -> Result<DemoProfile, Denied> {
    let session = live_session(world, headers)?;
    if !session.permitted {
        return Err(Denied::NoPermission);
    }
    Ok(world.accounts.profile_or_guest(&session.principal.account))
}

impl IntoResponse for Denied {
    fn into_response(self) -> Response {
        let (status, code) = match self {
            Self::SignedOut => (StatusCode::UNAUTHORIZED, "signed_out"),
            Self::NoPermission => (StatusCode::FORBIDDEN, "no_permission"),
            Self::NoSuchBucket => (StatusCode::NOT_FOUND, "no_such_bucket"),
        };
        (status, Json(json!({ "error": code }))).into_response()
    }
}
