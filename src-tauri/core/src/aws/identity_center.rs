//! IAM Identity Center: signing in to an access portal, keeping its tokens fresh, and what it
//! assigns. Sources: AWS IAM Identity Center OIDC API and Portal API references.
//!
//! Tokens lie in the keychain; where one does not take them (Windows has a limit), they live in
//! this process only. Only one process refreshes at a time, since a refresh token works once.

mod calls;
mod loopback;
mod tokens;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use sha2::{Digest, Sha256};
use tokio::sync::Mutex as AsyncMutex;
use url::Url;

use crate::app::error::{Cause, Error};
use crate::app::ports::{Clock, IdentityCenter, Place, PortalPrompt, SignInBy, TurnOf, Turns, Vault};
use crate::domain::assigned::Assigned;
use crate::domain::profile::{AwsAccountId, Region};
use crate::domain::secret::{SecretId, SessionCredentials};
use crate::domain::source::{IdentityCenterSource, PermissionSetName, StartUrl};
use calls::{Calls, Refused};
use loopback::Loopback;
use tokens::Tokens;

/// With less left, tokens are refreshed.
const SPARE: SignedDuration = SignedDuration::from_mins(2);

/// How long a person has to sign in.
const PATIENCE: Duration = Duration::from_secs(600);

/// Between two requests for assignments: the portal throttles at about twenty a second.
const PACE: Duration = Duration::from_millis(50);

/// Access portals over HTTP.
pub struct HttpIdentityCenter {
    calls: Calls,
    vault: Arc<dyn Vault>,
    clock: Arc<dyn Clock>,
    turns: Arc<dyn Turns>,
    /// Letters and digits that nobody can guess.
    random: fn() -> String,
    /// What the keychain did not take.
    in_memory: Mutex<HashMap<StartUrl, SecretString>>,
    /// One refresh at a time within this process.
    refreshing: AsyncMutex<()>,
}

impl HttpIdentityCenter {
    /// With the client that all calls share.
    #[must_use]
    pub fn new(
        client: reqwest::Client,
        vault: Arc<dyn Vault>,
        clock: Arc<dyn Clock>,
        turns: Arc<dyn Turns>,
        random: fn() -> String,
    ) -> Self {
        let calls = Calls::new(client);
        Self { calls, vault, clock, turns, random, in_memory: Mutex::default(), refreshing: AsyncMutex::default() }
    }

    /// Tokens that still work, refreshed where they must be; `Expired` where the user must sign in.
    async fn tokens(&self, place: &Place, start_url: &StartUrl) -> Result<Tokens, Error> {
        let tokens = self.kept(start_url).await?.ok_or(Cause::Expired)?;
        if self.is_fresh(&tokens) { Ok(tokens) } else { self.refreshed(place, start_url, &tokens).await }
    }

    fn is_fresh(&self, tokens: &Tokens) -> bool {
        self.clock.now().checked_add(SPARE).is_ok_and(|soon| tokens.expires_at > soon)
    }

    /// Whoever comes second finds what the first one got.
    async fn refreshed(&self, place: &Place, start_url: &StartUrl, old: &Tokens) -> Result<Tokens, Error> {
        let _here = self.refreshing.lock().await;
        let _anywhere = self.turns.take(&TurnOf::Portal(start_url.clone())).await?;
        let known = self.kept(start_url).await?.ok_or(Cause::Expired)?;
        if !known.is_same(old) && self.is_fresh(&known) {
            return Ok(known);
        }
        let Some(refresh_token) = &known.refresh_token else { return Err(Cause::Expired.into()) };
        let host = self.oidc(place, &known.region)?;
        let form = calls::TokenRequest::refresh(&known, refresh_token);
        let answer = match self.calls.token(&host, &form).await {
            Ok(answer) => answer,
            // The portal's word that this sign-in is over. Where only we held it, another process may
            // have signed in since.
            Err(Refused::Grant(words)) => {
                let held = self.in_memory.lock().unwrap_or_else(PoisonError::into_inner).remove(start_url);
                let theirs = if held.is_some() { self.kept(start_url).await? } else { None };
                let theirs = theirs.filter(|theirs| !theirs.is_same(&known) && self.is_fresh(theirs));
                return theirs.ok_or_else(|| Error::detailed(Cause::Expired, words));
            }
            // Anything else changes no knowledge.
            Err(other) => return Err(other.into()),
        };
        let fresh = known.refreshed(answer, self.clock.now());
        // Kept in memory then; the next program signs in anew.
        let _ = self.keep(start_url, &fresh).await;
        Ok(fresh)
    }

    async fn kept(&self, start_url: &StartUrl) -> Result<Option<Tokens>, Error> {
        let in_memory = self.in_memory.lock().unwrap_or_else(PoisonError::into_inner).get(start_url).cloned();
        if let Some(text) = in_memory {
            return Ok(Tokens::unpacked(&text));
        }
        match self.vault.read(&SecretId::PortalTokens(start_url.clone())).await {
            Ok(text) => Ok(Tokens::unpacked(&text)),
            Err(Error { cause: Cause::KeychainMissing, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// In the keychain; in memory where it takes nothing: the ones before may be spent already.
    ///
    /// # Errors
    /// The keychain's, but for a refusal of what is too long for it.
    async fn keep(&self, start_url: &StartUrl, tokens: &Tokens) -> Result<(), Error> {
        let text = tokens.packed();
        let kept = self.vault.write(&SecretId::PortalTokens(start_url.clone()), &text).await;
        let mut in_memory = self.in_memory.lock().unwrap_or_else(PoisonError::into_inner);
        match kept {
            Ok(()) => {
                in_memory.remove(start_url);
                Ok(())
            }
            Err(error) => {
                in_memory.insert(start_url.clone(), text);
                if matches!(error.cause, Cause::KeychainDenied) { Ok(()) } else { Err(error) }
            }
        }
    }

    fn oidc(&self, place: &Place, region: &Region) -> Result<Url, Error> {
        place.partition.sso_oidc(region).ok_or_else(|| no_portal("OIDC"))
    }

    fn portal(&self, place: &Place, region: &Region) -> Result<Url, Error> {
        place.partition.sso(region).ok_or_else(|| no_portal("portal"))
    }

    /// By PKCE: the system's browser comes back to this machine.
    async fn by_browser(
        &self,
        place: &Place,
        (start_url, region): (&StartUrl, &Region),
        prompt: &dyn PortalPrompt,
    ) -> Result<Tokens, Error> {
        let host = self.oidc(place, region)?;
        let loopback = Loopback::open().await?;
        let redirect = loopback.address();
        let client = self.calls.register(&host, start_url, Some(&redirect)).await?;
        let (verifier, state) = (format!("{}{}", (self.random)(), (self.random)()), (self.random)());
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        let mut url = host.join("authorize").map_err(|_| Cause::Bug)?;
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &client.client_id)
            .append_pair("redirect_uri", &redirect)
            .append_pair("state", &state)
            .append_pair("code_challenge_method", "S256")
            .append_pair("scopes", calls::SCOPE)
            .append_pair("code_challenge", &challenge);
        prompt.open(&url).await?;
        let code = tokio::time::timeout(PATIENCE, loopback.code(&state)).await;
        let code = code.map_err(|_| Error::detailed(Cause::Expired, "nobody signed in within ten minutes"))??;
        let form = calls::TokenRequest::code(&client, &code, &redirect, &verifier);
        let answer = self.calls.token(&host, &form).await?;
        Ok(Tokens::first(client, answer, region, self.clock.now()))
    }

    /// By a code that the user compares, on any device.
    async fn by_device_code(
        &self,
        place: &Place,
        (start_url, region): (&StartUrl, &Region),
        prompt: &dyn PortalPrompt,
    ) -> Result<Tokens, Error> {
        let host = self.oidc(place, region)?;
        let client = self.calls.register(&host, start_url, None).await?;
        let device = self.calls.device_authorization(&host, &client, start_url).await?;
        prompt.show_code(&device.user_code, &device.verification_uri_complete).await?;
        let mut interval = Duration::from_secs(device.interval.unwrap_or(5).max(1));
        let form = calls::TokenRequest::device(&client, &device.device_code);
        loop {
            tokio::time::sleep(interval).await;
            match self.calls.token(&host, &form).await {
                Ok(answer) => return Ok(Tokens::first(client, answer, region, self.clock.now())),
                Err(Refused::Pending) => {}
                Err(Refused::SlowDown) => interval += Duration::from_secs(5),
                Err(Refused::Grant(words)) => return Err(Error::detailed(Cause::Expired, words)),
                Err(other) => return Err(other.into()),
            }
        }
    }
}

#[async_trait]
impl IdentityCenter for HttpIdentityCenter {
    async fn credentials(&self, place: &Place, source: &IdentityCenterSource) -> Result<SessionCredentials, Error> {
        let host = self.portal(place, &source.region)?;
        let mut tokens = self.tokens(place, &source.start_url).await?;
        for last_try in [false, true] {
            match self.calls.role_credentials(&host, &tokens.access_token, source).await {
                // The portal may end a token before its time.
                Err(Refused::Unauthorized) if !last_try => {
                    tokens = self.refreshed(place, &source.start_url, &tokens).await?;
                }
                Err(Refused::Unauthorized) => break,
                other => return Ok(other?),
            }
        }
        Err(Cause::Expired.into())
    }

    async fn sign_in(
        &self,
        place: &Place,
        start_url: &StartUrl,
        region: &Region,
        by: SignInBy,
        prompt: &dyn PortalPrompt,
    ) -> Result<(), Error> {
        let tokens = match by {
            SignInBy::Browser => self.by_browser(place, (start_url, region), prompt).await?,
            SignInBy::DeviceCode => self.by_device_code(place, (start_url, region), prompt).await?,
        };
        self.keep(start_url, &tokens).await
    }

    async fn assigned(
        &self,
        place: &Place,
        start_url: &StartUrl,
        region: &Region,
        progress: &(dyn Fn(usize, usize) + Send + Sync),
    ) -> Result<Vec<Assigned>, Error> {
        let host = self.portal(place, region)?;
        let mut pace = tokio::time::interval(PACE);
        let mut accounts = Vec::new();
        let mut next = None;
        loop {
            pace.tick().await;
            let tokens = self.tokens(place, start_url).await?;
            let page = self.calls.accounts(&host, &tokens.access_token, next.as_deref()).await?;
            accounts.extend(page.account_list);
            next = page.next_token.filter(|next| !next.is_empty());
            if next.is_none() {
                break;
            }
        }
        let mut assigned = Vec::new();
        for (done, account) in accounts.iter().enumerate() {
            progress(done, accounts.len());
            let mut next = None;
            loop {
                pace.tick().await;
                let tokens = self.tokens(place, start_url).await?;
                let token = &tokens.access_token;
                let page = self.calls.roles(&host, token, &account.account_id, next.as_deref()).await?;
                for role in page.role_list {
                    assigned.push(Assigned {
                        account: AwsAccountId::parse(&account.account_id)?,
                        account_name: account.account_name.clone().unwrap_or_default(),
                        permission_set: PermissionSetName::parse(&role.role_name)?,
                    });
                }
                next = page.next_token.filter(|next| !next.is_empty());
                if next.is_none() {
                    break;
                }
            }
        }
        progress(accounts.len(), accounts.len());
        Ok(assigned)
    }

    async fn sign_out(&self, place: &Place, start_url: &StartUrl) -> Result<(), Error> {
        if let Some(tokens) = self.kept(start_url).await? {
            let host = self.portal(place, &tokens.region)?;
            // Where the portal is not reached, the token ends by itself within the hour.
            let _ = self.calls.log_out(&host, &tokens.access_token).await;
        }
        self.in_memory.lock().unwrap_or_else(PoisonError::into_inner).remove(start_url);
        self.vault.remove(&SecretId::PortalTokens(start_url.clone())).await
    }
}

/// An own partition without Identity Center.
fn no_portal(what: &str) -> Error {
    let words = format!("this partition has no address of Identity Center's {what}");
    Error::detailed(Cause::Network { host: "Identity Center".to_owned() }, words)
}

/// Seconds from now.
fn after(now: Timestamp, seconds: i64) -> Timestamp {
    now.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(now)
}
