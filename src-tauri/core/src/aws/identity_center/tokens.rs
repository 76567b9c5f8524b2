//! The tokens of an access portal, and the client that they were given to.

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::after;
use super::calls::{Client, TokenAnswer};
use crate::domain::profile::Region;

/// What signing in gave.
pub(super) struct Tokens {
    pub(super) access_token: SecretString,
    pub(super) refresh_token: Option<SecretString>,
    pub(super) expires_at: Timestamp,
    pub(super) client: Client,
    pub(super) region: Region,
}

/// As the keychain keeps them.
#[derive(Serialize, Deserialize)]
struct Packed {
    access_token: String,
    refresh_token: Option<String>,
    expires_at: i64,
    client_id: String,
    client_secret: String,
    region: String,
}

impl Tokens {
    pub(super) fn first(client: Client, answer: TokenAnswer, region: &Region, now: Timestamp) -> Self {
        Self {
            access_token: answer.access_token,
            refresh_token: answer.refresh_token,
            expires_at: after(now, answer.expires_in),
            client,
            region: region.clone(),
        }
    }

    /// Whether nobody has refreshed them since.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.access_token.expose_secret() == other.access_token.expose_secret()
    }

    /// A portal that gives no new refresh token lets the old one work on.
    pub(super) fn refreshed(self, answer: TokenAnswer, now: Timestamp) -> Self {
        Self {
            access_token: answer.access_token,
            refresh_token: answer.refresh_token.or(self.refresh_token),
            expires_at: after(now, answer.expires_in),
            ..self
        }
    }

    pub(super) fn packed(&self) -> SecretString {
        let packed = Packed {
            access_token: self.access_token.expose_secret().to_owned(),
            refresh_token: self.refresh_token.as_ref().map(|token| token.expose_secret().to_owned()),
            expires_at: self.expires_at.as_second(),
            client_id: self.client.client_id.clone(),
            client_secret: self.client.client_secret.expose_secret().to_owned(),
            region: self.region.to_string(),
        };
        serde_json::to_string(&packed).unwrap_or_default().into()
    }

    pub(super) fn unpacked(text: &SecretString) -> Option<Self> {
        let packed: Packed = serde_json::from_str(text.expose_secret()).ok()?;
        Some(Self {
            access_token: packed.access_token.into(),
            refresh_token: packed.refresh_token.map(SecretString::from),
            expires_at: Timestamp::from_second(packed.expires_at).ok()?,
            client: Client { client_id: packed.client_id, client_secret: packed.client_secret.into() },
            region: Region::parse(&packed.region).ok()?,
        })
    }
}
