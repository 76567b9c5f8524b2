//! Sessions of `aws login`: their keys are good for a quarter of an hour, and refreshed by a token that
//! is bound to a key. Sources: AWS SDKs and Tools reference guide, "Login credential provider"; AWS
//! Sign-In API reference, CreateOAuth2Token; RFC 9449 (DPoP).
//!
//! Not where they lie (`storage::aws_config::login`), and not signing in, which is the AWS CLI's.

mod proof;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use jiff::SignedDuration;
use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;

use super::http;
use crate::app::error::{Cause, Error};
use crate::app::ports::{Clock, LoginFiles, LoginSessions, LoginTokens, Place, Refreshed, TurnOf, Turns};
use crate::domain::secret::SessionCredentials;

/// With less left, keys are refreshed, as the SDKs do it.
const SPARE: SignedDuration = SignedDuration::from_mins(5);

/// Sign-in's OAuth endpoint over HTTP.
pub struct HttpLoginSessions {
    refresher: Arc<Refresher>,
}

struct Refresher {
    client: reqwest::Client,
    files: Arc<dyn LoginFiles>,
    clock: Arc<dyn Clock>,
    turns: Arc<dyn Turns>,
    /// A new UUID.
    fresh_id: fn() -> String,
    /// What could not be written where the AWS CLI keeps it: the token before is spent.
    unkept: Mutex<HashMap<String, Refreshed>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Asked<'a> {
    client_id: &'a str,
    grant_type: &'static str,
    refresh_token: &'a str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    access_token: Keys,
    expires_in: i64,
    refresh_token: SecretString,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Keys {
    access_key_id: String,
    secret_access_key: SecretString,
    session_token: SecretString,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Refusal {
    error: String,
    message: String,
}

impl HttpLoginSessions {
    /// With the client that all calls share.
    #[must_use]
    pub fn new(
        client: reqwest::Client,
        files: Arc<dyn LoginFiles>,
        clock: Arc<dyn Clock>,
        turns: Arc<dyn Turns>,
        fresh_id: fn() -> String,
    ) -> Self {
        Self { refresher: Arc::new(Refresher { client, files, clock, turns, fresh_id, unkept: Mutex::default() }) }
    }
}

#[async_trait]
impl LoginSessions for HttpLoginSessions {
    async fn credentials(&self, place: &Place, session: &str) -> Result<Arc<SessionCredentials>, Error> {
        let known = self.refresher.known(session).await?;
        if self.refresher.is_fresh(&known) && !self.refresher.unkept().contains_key(session) {
            return Ok(known.credentials);
        }
        // It comes to its end, whoever loses patience: the token that it uses works once.
        let (refresher, place, session) = (self.refresher.clone(), place.clone(), session.to_owned());
        let refresh = tokio::spawn(async move { refresher.refreshed(&place, &session).await });
        refresh.await.unwrap_or_else(|_panicked| Err(Cause::Bug.into()))
    }
}

impl Refresher {
    async fn known(&self, session: &str) -> Result<LoginTokens, Error> {
        let kept = self.files.read_login(session).await?.ok_or_else(|| signed_out("nobody has signed in"))?;
        let mut unkept = self.unkept();
        match unkept.get(session) {
            // Whoever signed in anew meanwhile has other keys, which end later.
            Some(ours) if ours.credentials.expires_at > kept.credentials.expires_at => {
                let credentials = ours.credentials.clone();
                Ok(LoginTokens { credentials, refresh_token: ours.refresh_token.clone(), ..kept })
            }
            _ => {
                unkept.remove(session);
                Ok(kept)
            }
        }
    }

    /// What could not be written a while ago may be now.
    async fn keep_again(&self, session: &str) {
        let Some(ours) = self.unkept().remove(session) else { return };
        if self.files.keep_login(session, &ours).await.is_err() {
            self.unkept().insert(session.to_owned(), ours);
        }
    }

    fn unkept(&self) -> MutexGuard<'_, HashMap<String, Refreshed>> {
        self.unkept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_fresh(&self, tokens: &LoginTokens) -> bool {
        self.clock.now().checked_add(SPARE).is_ok_and(|soon| tokens.credentials.expires_at > soon)
    }

    /// Whoever comes second finds what the first one got, also the AWS CLI.
    async fn refreshed(&self, place: &Place, session: &str) -> Result<Arc<SessionCredentials>, Error> {
        let _turn = self.turns.take(&TurnOf::Login(session.to_owned())).await?;
        let known = self.known(session).await?;
        self.keep_again(session).await;
        if self.is_fresh(&known) {
            return Ok(known.credentials);
        }
        let fresh = match self.asked(place, &known).await {
            Ok(fresh) => fresh,
            Err(error) if error.cause == Cause::Expired => {
                // The AWS CLI may have been faster.
                let theirs = self.known(session).await?;
                return if self.is_fresh(&theirs) { Ok(theirs.credentials) } else { Err(error) };
            }
            // What is known may be good for some minutes yet.
            Err(_) if known.credentials.expires_at > self.clock.now() => return Ok(known.credentials),
            Err(error) => return Err(error),
        };
        let credentials = fresh.credentials.clone();
        if let Err(error) = self.files.keep_login(session, &fresh).await {
            tracing::warn!(code = error.cause.code(), "what `aws login` keeps is not written; it is kept in memory");
            self.unkept().insert(session.to_owned(), fresh);
        }
        Ok(credentials)
    }

    async fn asked(&self, place: &Place, known: &LoginTokens) -> Result<Refreshed, Error> {
        let endpoint = endpoint(place).ok_or(Cause::Bug)?;
        let host = endpoint.host_str().unwrap_or_default().to_owned();
        let proof = proof::of(&known.key, &endpoint, self.clock.now(), &(self.fresh_id)());
        let proof = proof.ok_or_else(|| signed_out("what `aws login` kept has no key that can be used"))?;
        let asked = Asked {
            client_id: &known.client_id,
            grant_type: "refresh_token",
            refresh_token: known.refresh_token.expose_secret(),
        };
        let failed = |error: reqwest::Error| http::connection_failed(&host, &error.without_url());
        let answer = self.client.post(endpoint).header("DPoP", proof).json(&asked).send().await.map_err(failed)?;
        let status = answer.status();
        if status != StatusCode::OK {
            let said = answer.json().await.unwrap_or_default();
            return Err(refused(host, status, said));
        }
        let unreadable = |_| Error::detailed(Cause::Network { host: host.clone() }, "The answer holds no keys");
        let answer: Answer = answer.json().await.map_err(unreadable)?;
        let Keys { access_key_id, secret_access_key, session_token } = answer.access_token;
        let left = SignedDuration::from_secs(answer.expires_in.clamp(1, 900));
        let end = self.clock.now().saturating_add(left).map_err(|_| Cause::Bug)?;
        let credentials = SessionCredentials::new(access_key_id, secret_access_key, session_token, end);
        Ok(Refreshed { credentials: Arc::new(credentials), refresh_token: answer.refresh_token })
    }
}

/// Beside the federation endpoint of the same region.
fn endpoint(place: &Place) -> Option<Url> {
    place.partition.federation(&place.region)?.join("/v1/token").ok()
}

fn refused(host: String, status: StatusCode, said: Refusal) -> Error {
    let Refusal { error, message } = said;
    let detail = format!("HTTP {}: {error} {message}", status.as_u16());
    match (status.as_u16(), error.as_str()) {
        (401 | 403, "TOKEN_EXPIRED" | "AUTHCODE_EXPIRED" | "USER_CREDENTIALS_CHANGED") => signed_out(&detail),
        (400 | 401 | 403, _) => {
            Error::detailed(Cause::Denied { action: "signin:CreateOAuth2Token".to_owned(), resource: None }, detail)
        }
        (429, _) => Error::detailed(Cause::Throttled, detail),
        _ => Error::detailed(Cause::Network { host }, detail),
    }
}

fn signed_out(why: &str) -> Error {
    Error::detailed(Cause::Expired, format!("{why}: `aws login` signs in again"))
}

#[cfg(test)]
#[path = "login_session_tests.rs"]
mod tests;
