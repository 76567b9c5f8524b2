//! IAM Identity Center: signing in to an access portal, keeping its tokens fresh, and what it
//! assigns. Sources: AWS IAM Identity Center OIDC API and Portal API references.
//!
//! Not where the tokens lie, nor who refreshes them (`keeper`).

mod calls;
mod keeper;
mod loopback;
mod tokens;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use sha2::{Digest, Sha256};
use url::Url;

use crate::app::error::{Cause, Error};
use crate::app::ports::{Clock, IdentityCenter, Place, PortalPrompt, SignInBy, Turns, Vault};
use crate::domain::assigned::Assigned;
use crate::domain::profile::{AwsAccountId, Region};
use crate::domain::secret::SessionCredentials;
use crate::domain::source::{IdentityCenterSource, PermissionSetName, StartUrl};
use calls::{Calls, Refused};
use keeper::TokenKeeper;
use loopback::Loopback;
use tokens::Tokens;

/// How long a person has to sign in.
const PATIENCE: Duration = Duration::from_secs(600);

/// Between two requests for assignments: the portal throttles at about twenty a second.
const PACE: Duration = Duration::from_millis(50);

/// Access portals over HTTP.
pub struct HttpIdentityCenter {
    calls: Calls,
    keeper: Arc<TokenKeeper>,
    /// Letters and digits that nobody can guess.
    random: fn() -> String,
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
        Self { keeper: Arc::new(TokenKeeper::new(calls.clone(), vault, clock, turns)), calls, random }
    }

    /// Asks the portal by a token; one that it ended before its time is refreshed once.
    async fn asked<T, Asked: Future<Output = Result<T, Refused>>>(
        &self,
        place: &Place,
        start_url: &StartUrl,
        ask: impl Fn(SecretString) -> Asked,
    ) -> Result<T, Error> {
        let tokens = self.keeper.tokens(place, start_url).await?;
        match ask(tokens.access_token.clone()).await {
            Err(Refused::Unauthorized) => {}
            other => return Ok(other?),
        }
        let tokens = self.keeper.refreshed(place, start_url, tokens).await?;
        Ok(ask(tokens.access_token).await?)
    }

    /// By PKCE: the system's browser comes back to this machine.
    async fn by_browser(
        &self,
        place: &Place,
        (start_url, region): (&StartUrl, &Region),
        prompt: &dyn PortalPrompt,
    ) -> Result<Tokens, Error> {
        let host = oidc(place, region)?;
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
        Ok(Tokens::first(client, answer, region, self.keeper.now()))
    }

    /// By a code that the user compares, on any device.
    async fn by_device_code(
        &self,
        place: &Place,
        (start_url, region): (&StartUrl, &Region),
        prompt: &dyn PortalPrompt,
    ) -> Result<Tokens, Error> {
        let host = oidc(place, region)?;
        let client = self.calls.register(&host, start_url, None).await?;
        let device = self.calls.device_authorization(&host, &client, start_url).await?;
        prompt.show_code(&device.user_code, &device.verification_uri_complete).await?;
        let mut interval = Duration::from_secs(device.interval.unwrap_or(5).max(1));
        let form = calls::TokenRequest::device(&client, &device.device_code);
        loop {
            tokio::time::sleep(interval).await;
            match self.calls.token(&host, &form).await {
                Ok(answer) => return Ok(Tokens::first(client, answer, region, self.keeper.now())),
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
        let host = &portal(place, &source.region)?;
        let ask = |token| async move { self.calls.role_credentials(host, &token, source).await };
        self.asked(place, &source.start_url, ask).await
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
        self.keeper.keep(start_url, &tokens).await
    }

    async fn assigned(
        &self,
        place: &Place,
        start_url: &StartUrl,
        region: &Region,
        progress: &(dyn Fn(usize, usize) + Send + Sync),
    ) -> Result<Vec<Assigned>, Error> {
        let host = &portal(place, region)?;
        let mut pace = tokio::time::interval(PACE);
        let mut accounts = Vec::new();
        let mut next = None;
        loop {
            pace.tick().await;
            let after = next.as_deref();
            let ask = |token| async move { self.calls.accounts(host, &token, after).await };
            let page = self.asked(place, start_url, ask).await?;
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
                let (id, after) = (&account.account_id, next.as_deref());
                let ask = |token| async move { self.calls.roles(host, &token, id, after).await };
                let page = self.asked(place, start_url, ask).await?;
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
        if let Some(tokens) = self.keeper.forget(start_url).await? {
            let host = portal(place, &tokens.region)?;
            // Where the portal is not reached, the token ends by itself within the hour.
            let _ = self.calls.log_out(&host, &tokens.access_token).await;
        }
        Ok(())
    }
}

fn oidc(place: &Place, region: &Region) -> Result<Url, Error> {
    place.partition.sso_oidc(region).ok_or_else(|| no_portal("OIDC"))
}

fn portal(place: &Place, region: &Region) -> Result<Url, Error> {
    place.partition.sso(region).ok_or_else(|| no_portal("portal"))
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
