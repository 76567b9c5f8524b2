//! Registered clients: their secret, and what each may ask for. AWS: "RegisterClient".
//! It is not tokens. It grows with a part of the registration that is enforced.

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use url::{Host, Url};

use super::IdentityCenter;
use super::directory::Instance;
use super::error::OidcError;
use crate::credential::random_hex;

pub(super) const AUTHORIZATION_CODE: &str = "authorization_code";
pub(super) const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";
pub(super) const REFRESH_TOKEN: &str = "refresh_token";

const SECRET_LIFE_DAYS: i64 = 90;
const SCOPES: [&str; 3] = ["sso:account:access", "openid", "aws"];

/// The body of `POST /client/register`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Registration {
    client_name: Option<String>,
    client_type: Option<String>,
    scopes: Option<Vec<String>>,
    redirect_uris: Option<Vec<String>>,
    grant_types: Option<Vec<String>>,
    issuer_url: Option<String>,
}

pub(super) struct Client {
    secret: String,
    secret_expires: Timestamp,
    scopes: Vec<String>,
    redirect_uris: Vec<Url>,
    grant_types: Vec<String>,
    /// The instance that the registration named; a code for a browser needs one.
    pub instance: Option<Instance>,
}

impl Client {
    /// A client that named no grant types is one of old, which uses device codes.
    pub(super) fn may_use(&self, grant_type: &str) -> bool {
        let old = self.grant_types.is_empty() && grant_type != AUTHORIZATION_CODE;
        old || self.grant_types.iter().any(|known| known == grant_type)
    }

    /// AWS gives refresh tokens only to clients that registered scopes.
    pub(super) fn is_given_refresh_tokens(&self) -> bool {
        !self.scopes.is_empty() && self.may_use(REFRESH_TOKEN)
    }

    /// Whether this is a registered redirect URI, whatever its port. RFC 8252, section 7.3.
    pub(super) fn redirects_to(&self, url: &Url) -> bool {
        let same = |known: &Url| known.host() == url.host() && known.path() == url.path();
        is_loopback(url) && self.redirect_uris.iter().any(same)
    }
}

impl IdentityCenter {
    pub(super) fn register(
        &mut self,
        registration: Registration,
        main_origin: &str,
        now: Timestamp,
    ) -> Result<Value, OidcError> {
        let client_type = registration.client_type.ok_or(OidcError::InvalidRequest("clientType is required"))?;
        if registration.client_name.is_none_or(|name| name.is_empty()) {
            return Err(OidcError::InvalidRequest("clientName is required"));
        }
        if client_type != "public" {
            return Err(OidcError::InvalidClientMetadata);
        }
        let grant_types = registration.grant_types.unwrap_or_default();
        let known = |name: &String| [AUTHORIZATION_CODE, DEVICE_CODE, REFRESH_TOKEN].contains(&name.as_str());
        if !grant_types.iter().all(known) {
            return Err(OidcError::UnsupportedGrantType);
        }
        let scopes = registration.scopes.unwrap_or_default();
        if !scopes.iter().all(|scope| SCOPES.contains(&scope.as_str())) {
            return Err(OidcError::InvalidScope);
        }
        let instance = match registration.issuer_url {
            Some(url) => Some(
                Instance::of_start_url(main_origin, &url)
                    .ok_or(OidcError::InvalidRequest("issuerUrl is no instance of this cloud"))?,
            ),
            None => None,
        };
        let redirect_uris = registration.redirect_uris.unwrap_or_default();
        let redirect_uris = redirect_uris.iter().map(|text| loopback(text)).collect::<Result<Vec<_>, _>>()?;
        let secret_expires = now + SignedDuration::from_hours(24 * SECRET_LIFE_DAYS);
        let (id, secret) = (random_hex(22), random_hex(64));
        let answer = json!({
            "clientId": id,
            "clientSecret": secret,
            "clientIdIssuedAt": now.as_second(),
            "clientSecretExpiresAt": secret_expires.as_second(),
        });
        let client = Client { secret, secret_expires, scopes, redirect_uris, grant_types, instance };
        self.clients.insert(id, client);
        Ok(answer)
    }

    /// The client that these belong to, while its secret lasts.
    pub(super) fn client(&self, id: Option<&str>, secret: Option<&str>, now: Timestamp) -> Result<&Client, OidcError> {
        let id = id.ok_or(OidcError::InvalidRequest("clientId is required"))?;
        let secret = secret.ok_or(OidcError::InvalidRequest("clientSecret is required"))?;
        let client = self.clients.get(id).ok_or(OidcError::InvalidClient)?;
        if client.secret != secret || client.secret_expires <= now {
            return Err(OidcError::InvalidClient);
        }
        Ok(client)
    }
}

fn loopback(text: &str) -> Result<Url, OidcError> {
    Url::parse(text).ok().filter(is_loopback).ok_or(OidcError::InvalidRedirectUri)
}

fn is_loopback(url: &Url) -> bool {
    let here = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv6(_)) | None => false,
    };
    url.scheme() == "http" && here
}
