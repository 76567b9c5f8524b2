//! The access portal's API: accounts, permission sets, credentials, and the end of a session.
//! It is not the portal's web page. It grows with an operation. AWS: "IAM Identity Center Portal API Reference".

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::directory::{Instance, USER, assigned, role_name};
use super::error::PortalError;
use crate::credential::{Credential, Grant, Principal};
use crate::issued::Issue;
use crate::memory::World;
use crate::stats::count;

const BEARER: &str = "x-amz-sso_bearer_token";
/// What a page holds when nobody says how much, and the most it can.
const PAGE_LENGTH: usize = 20;
const LONGEST_PAGE: usize = 100;
/// The session duration of every permission set here.
const CREDENTIAL_SECONDS: i64 = 3_600;

type Parameters = Query<HashMap<String, String>>;

/// `GET /assignment/accounts`.
pub(super) async fn list_accounts(
    State(world): State<Arc<World>>,
    headers: HeaderMap,
    Query(query): Parameters,
) -> Response {
    let outcome = enter(&world, &headers).and_then(|instance| {
        let accounts = assigned(&world.accounts, instance).into_iter().map(|assigned| {
            json!({
                "accountId": assigned.account,
                "accountName": assigned.name,
                "emailAddress": format!("aws+{}@example.com", assigned.account),
            })
        });
        page("accountList", accounts, &query)
    });
    answer(&world, "ListAccounts", outcome.map(|value| Json(value).into_response()))
}

/// `GET /assignment/roles?account_id=…`.
pub(super) async fn list_account_roles(
    State(world): State<Arc<World>>,
    headers: HeaderMap,
    Query(query): Parameters,
) -> Response {
    let outcome = enter(&world, &headers).and_then(|instance| {
        let account = required(&query, "account_id", "account_id is required")?;
        let assigned = assigned(&world.accounts, instance).into_iter().find(|assigned| assigned.account == account);
        let permission_sets = assigned.ok_or(PortalError::ResourceNotFound)?.permission_sets;
        let roles = permission_sets.iter().map(|name| json!({ "roleName": name, "accountId": account }));
        page("roleList", roles, &query)
    });
    answer(&world, "ListAccountRoles", outcome.map(|value| Json(value).into_response()))
}

/// `GET /federation/credentials?account_id=…&role_name=…`.
pub(super) async fn get_role_credentials(
    State(world): State<Arc<World>>,
    headers: HeaderMap,
    Query(query): Parameters,
) -> Response {
    let outcome = enter(&world, &headers).and_then(|instance| {
        let account = required(&query, "account_id", "account_id is required")?;
        let permission_set = required(&query, "role_name", "role_name is required")?;
        let is_assigned = assigned(&world.accounts, instance)
            .iter()
            .any(|assigned| assigned.account == account && assigned.permission_sets.contains(&permission_set));
        if is_assigned { Ok(credentials(&world, account, permission_set)) } else { Err(PortalError::Forbidden) }
    });
    answer(&world, "GetRoleCredentials", outcome.map(|value| Json(value).into_response()))
}

/// `POST /logout`.
pub(super) async fn logout(State(world): State<Arc<World>>, headers: HeaderMap) -> Response {
    let outcome = enter(&world, &headers).map(|_| {
        world.memory().identity_center.sessions.end(bearer_token(&headers));
        StatusCode::OK.into_response()
    });
    answer(&world, "Logout", outcome)
}

/// The instance that the bearer of the token is signed in to, if they may ask now.
fn enter(world: &World, headers: &HeaderMap) -> Result<Instance, PortalError> {
    let now = world.now();
    let mut memory = world.memory();
    if let Some(refusal) = memory.faults.take_portal() {
        return Err(PortalError::Asked { status: refusal.status, code: refusal.code });
    }
    let bearer = memory.identity_center.sessions.bearer(bearer_token(headers), now);
    let bearer = bearer.ok_or(PortalError::Unauthorized)?;
    if bearer.within_rate { Ok(bearer.instance) } else { Err(PortalError::TooManyRequests) }
}

fn bearer_token(headers: &HeaderMap) -> &str {
    headers.get(BEARER).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn required<'a>(query: &'a HashMap<String, String>, name: &str, words: &'static str) -> Result<&'a str, PortalError> {
    query.get(name).map(String::as_str).filter(|text| !text.is_empty()).ok_or(PortalError::InvalidRequest(words))
}

/// One page of a list, from where `next_token` says.
fn page(
    name: &str,
    items: impl ExactSizeIterator<Item = Value>,
    query: &HashMap<String, String>,
) -> Result<Value, PortalError> {
    let length = match query.get("max_result") {
        Some(text) => text.parse().ok().filter(|length| (1..=LONGEST_PAGE).contains(length)),
        None => Some(PAGE_LENGTH),
    };
    let length = length.ok_or(PortalError::InvalidRequest("max_result must be between 1 and 100"))?;
    let whole = items.len();
    let first = match query.get("next_token") {
        Some(text) => text.strip_prefix(name).and_then(|text| text.parse().ok()).filter(|first| *first < whole),
        None => Some(0),
    };
    let first: usize = first.ok_or(PortalError::InvalidRequest("next_token is invalid"))?;
    let mut answer = json!({ name: items.skip(first).take(length).collect::<Vec<_>>() });
    if first + length < whole {
        answer["nextToken"] = json!(format!("{name}{}", first + length));
    }
    Ok(answer)
}

fn credentials(world: &World, account: &str, permission_set: &str) -> Value {
    let role = role_name(account, permission_set);
    let principal = Principal {
        account: account.to_owned(),
        arn: format!("arn:aws:sts::{account}:assumed-role/{role}/{USER}"),
        user_id: format!("AROADEMO{account}:{USER}"),
    };
    let role_arn = format!("arn:aws:iam::{account}:role/aws-reserved/sso.amazonaws.com/{role}");
    let now = world.now();
    let expires = now + SignedDuration::from_secs(CREDENTIAL_SECONDS);
    let grant = Grant::PermissionSet { name: permission_set.to_owned() };
    let credential = Credential::temporary(principal, grant, expires);
    let issue = Issue { action: "GetRoleCredentials", role_arn: Some(&role_arn), credential: &credential };
    world.memory().give_out(issue, now);
    json!({
        "roleCredentials": {
            "accessKeyId": credential.access_key_id,
            "secretAccessKey": credential.secret,
            "sessionToken": credential.token,
            "expiration": expires.as_millisecond(),
        }
    })
}

fn answer(world: &World, operation: &str, outcome: Result<Response, PortalError>) -> Response {
    let counts = &mut world.memory().stats.identity_center;
    count(&mut counts.operations, operation);
    outcome.unwrap_or_else(|error| {
        count(&mut counts.errors, error.exception());
        error.into_response()
    })
}
