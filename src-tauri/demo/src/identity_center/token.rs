//! CreateToken: the three grants that end in tokens. AWS: "CreateToken".
//! It is not the tokens' life afterwards. It grows with a grant.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::clients::{AUTHORIZATION_CODE, DEVICE_CODE, REFRESH_TOKEN};
use super::error::OidcError;
use super::sessions::NotRefreshed;
use super::{IdentityCenter, Instance, device};
use crate::memory::{Memory, World};

/// The body of `POST /token`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TokenRequest {
    client_id: Option<String>,
    client_secret: Option<String>,
    grant_type: Option<String>,
    device_code: Option<String>,
    code: Option<String>,
    refresh_token: Option<String>,
    redirect_uri: Option<String>,
    code_verifier: Option<String>,
}

pub(super) fn create(world: &World, request: &TokenRequest) -> Result<Value, OidcError> {
    let now = world.now();
    let Memory { identity_center, stats, .. } = &mut *world.memory();
    let client_id = request.client_id.as_deref();
    let client = identity_center.client(client_id, request.client_secret.as_deref(), now)?;
    let grant_type = request.grant_type.as_deref().ok_or(OidcError::InvalidRequest("grantType is required"))?;
    if ![AUTHORIZATION_CODE, DEVICE_CODE, REFRESH_TOKEN].contains(&grant_type) {
        return Err(OidcError::UnsupportedGrantType);
    }
    if !client.may_use(grant_type) {
        return Err(OidcError::UnauthorizedClient);
    }
    let refreshable = client.is_given_refresh_tokens();
    let client_id = client_id.unwrap_or_default();
    let instance = match grant_type {
        AUTHORIZATION_CODE => by_code(identity_center, client_id, request, now)?,
        DEVICE_CODE => {
            let code = required(&request.device_code, "deviceCode is required")?;
            device::redeem(identity_center, client_id, code, now)?
        }
        _ => {
            let token = required(&request.refresh_token, "refreshToken is required")?;
            return match identity_center.sessions.refresh(token, client_id, now) {
                Ok(answer) => {
                    stats.identity_center.refreshes += 1;
                    Ok(answer)
                }
                Err(refused) => {
                    stats.identity_center.revoked_families += u64::from(refused == NotRefreshed::UsedTwice);
                    Err(OidcError::InvalidGrant)
                }
            };
        }
    };
    Ok(identity_center.sessions.begin(instance, client_id, refreshable, now))
}

/// A code from the browser, with the verifier that its challenge was made of: any try uses it up.
fn by_code(
    identity_center: &mut IdentityCenter,
    client_id: &str,
    request: &TokenRequest,
    now: Timestamp,
) -> Result<Instance, OidcError> {
    let given = required(&request.code, "code is required")?;
    let redirect_uri = required(&request.redirect_uri, "redirectUri is required")?;
    let verifier = required(&request.code_verifier, "codeVerifier is required")?;
    let code = identity_center.codes.remove(given).ok_or(OidcError::InvalidGrant)?;
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    let fits = code.client_id == client_id
        && code.redirect_uri == redirect_uri
        && code.challenge == challenge
        && code.expires > now;
    if fits { Ok(code.instance) } else { Err(OidcError::InvalidGrant) }
}

fn required<'a>(value: &'a Option<String>, words: &'static str) -> Result<&'a str, OidcError> {
    value.as_deref().ok_or(OidcError::InvalidRequest(words))
}
