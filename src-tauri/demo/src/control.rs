//! What tests ask of a running cloud: reports of pages, what was issued, codes, logins, numbers, faults, the clock.
//! It is not a way to change an account. It grows with a question that a test cannot answer otherwise.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::clock::iso_time;
use crate::faults::{FaultRequest, Faults};
use crate::federation::{expire, session_of};
use crate::identity_center::Lifetimes;
use crate::issued::Issued;
use crate::login_session;
use crate::memory::World;
use crate::mfa;
use crate::objects::Place;
use crate::reports::Report;
use crate::stats::Stats;

#[derive(Deserialize)]
struct After {
    #[serde(default)]
    after: u64,
}

#[derive(Deserialize)]
struct Expire {
    account: String,
}

#[derive(Deserialize)]
struct MoveClock {
    advance_seconds: i64,
}

/// The query of `POST /demo/login`.
#[derive(Deserialize)]
struct Login {
    account: String,
    /// How long the first keys are good.
    #[serde(default = "login_session::usual_seconds")]
    seconds: u32,
}

/// The body of `POST /demo/identity-center`; what it does not name stays as it was.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IdentityCenterChange {
    access_token_seconds: Option<u32>,
    session_seconds: Option<u32>,
    #[serde(default)]
    end_sessions: bool,
}

/// The routes under `/demo` that no page of the console offers.
pub(crate) fn routes() -> Router<Arc<World>> {
    Router::new()
        .route("/demo/report", post(report))
        .route("/demo/reports", get(reports))
        .route("/demo/issued", get(issued))
        .route("/demo/mfa/{account}", get(mfa_device))
        .route("/demo/stats", get(stats))
        .route("/demo/expire", post(expire_account))
        .route("/demo/identity-center", post(change_identity_center))
        .route("/demo/login", post(begin_login))
        .route("/demo/login/revoke", post(revoke_logins))
        .route("/demo/faults", post(add_faults).delete(clear_faults))
        .route("/demo/clock", post(move_clock))
        .route("/demo/objects/{bucket}/{*key}", get(object))
}

async fn report(
    State(world): State<Arc<World>>,
    headers: HeaderMap,
    Json(page): Json<Map<String, Value>>,
) -> Json<Value> {
    let session = session_of(&world, &headers);
    let user_agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let now = world.now();
    let report = Report {
        sequence: 0,
        cookie_live: session.as_ref().is_some_and(|session| session.ends > now),
        cookie_session: session.as_ref().map(|session| session.id.clone()),
        cookie_account: session.map(|session| session.principal.account),
        user_agent: user_agent.to_owned(),
        page,
    };
    let sequence = world.memory().reports.add(report);
    Json(json!({ "sequence": sequence }))
}

async fn reports(State(world): State<Arc<World>>, Query(query): Query<After>) -> Json<Vec<Report>> {
    Json(world.memory().reports.after(query.after))
}

async fn issued(State(world): State<Arc<World>>, Query(query): Query<After>) -> Json<Vec<Issued>> {
    Json(world.memory().issued_log.after(query.after))
}

/// What the device of an account's user shows now.
async fn mfa_device(State(world): State<Arc<World>>, Path(account): Path<String>) -> Json<Value> {
    let now = world.now();
    Json(json!({
        "serial": mfa::serial(&account),
        "code": mfa::code_at(&account, now),
        "seconds_left": mfa::seconds_left(now),
    }))
}

/// What S3 holds, without a signature: a download is compared with it.
async fn object(
    State(world): State<Arc<World>>,
    Path((bucket, key)): Path<(String, String)>,
) -> Result<Bytes, StatusCode> {
    world.objects.get(&Place { bucket, key }).map(|object| object.bytes.clone()).ok_or(StatusCode::NOT_FOUND)
}

async fn stats(State(world): State<Arc<World>>) -> Json<Stats> {
    Json(world.memory().stats.clone())
}

async fn expire_account(State(world): State<Arc<World>>, Json(wanted): Json<Expire>) -> Json<Value> {
    Json(json!({ "ended": expire(&world, &wanted.account) }))
}

/// `aws login` to its end: what the CLI writes into its cache.
async fn begin_login(State(world): State<Arc<World>>, Query(wanted): Query<Login>) -> Result<Json<Value>, StatusCode> {
    let owner = world.accounts.by_account_or_alias(&wanted.account).ok_or(StatusCode::NOT_FOUND)?;
    Ok(Json(login_session::begin(&world, &owner.account, wanted.seconds)))
}

/// No refresh token of the account is taken any more; its keys stay good until they end.
async fn revoke_logins(State(world): State<Arc<World>>, Json(wanted): Json<Expire>) -> Json<Value> {
    Json(json!({ "ended": world.memory().login_sessions.revoke(&wanted.account) }))
}

/// Tokens that are given from now on live as long as is said here.
async fn change_identity_center(
    State(world): State<Arc<World>>,
    Json(change): Json<IdentityCenterChange>,
) -> Json<Value> {
    let sessions = &mut world.memory().identity_center.sessions;
    let lifetimes = sessions.lifetimes;
    sessions.lifetimes = Lifetimes {
        access_token: change.access_token_seconds.unwrap_or(lifetimes.access_token),
        session: change.session_seconds.unwrap_or(lifetimes.session),
    };
    Json(json!({ "ended": if change.end_sessions { sessions.end_all() } else { 0 } }))
}

async fn add_faults(State(world): State<Arc<World>>, Json(request): Json<FaultRequest>) -> StatusCode {
    world.memory().faults.add(request);
    world.faults_changed.send_modify(|version| *version += 1);
    StatusCode::NO_CONTENT
}

async fn clear_faults(State(world): State<Arc<World>>) -> StatusCode {
    world.memory().faults = Faults::default();
    world.faults_changed.send_modify(|version| *version += 1);
    StatusCode::NO_CONTENT
}

async fn move_clock(State(world): State<Arc<World>>, Json(request): Json<MoveClock>) -> Json<Value> {
    world.clock.advance(request.advance_seconds);
    Json(json!({ "now": iso_time(world.now()) }))
}
