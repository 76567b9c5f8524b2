//! Where a portal's tokens lie, and who refreshes them.
//!
//! They lie in the keychain; where one does not take them (Windows has a limit), they live in this
//! process only. Only one process refreshes at a time, since a refresh token works once, and a refresh
//! that has begun comes to its end, whoever loses patience meanwhile: its answer is the only copy.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use tokio::sync::Mutex as AsyncMutex;

use super::calls::{Calls, Refused, TokenRequest};
use super::oidc;
use super::tokens::Tokens;
use crate::app::error::{Cause, Error};
use crate::app::ports::{Clock, Place, TurnOf, Turns, Vault};
use crate::domain::secret::SecretId;
use crate::domain::source::StartUrl;

/// With less left, tokens are refreshed.
const SPARE: SignedDuration = SignedDuration::from_mins(2);

/// Keeps the tokens of all portals.
pub(super) struct TokenKeeper {
    calls: Calls,
    vault: Arc<dyn Vault>,
    clock: Arc<dyn Clock>,
    turns: Arc<dyn Turns>,
    /// What the keychain did not take.
    in_memory: Mutex<HashMap<StartUrl, SecretString>>,
    /// One refresh at a time within this process.
    refreshing: AsyncMutex<()>,
}

impl TokenKeeper {
    pub(super) fn new(calls: Calls, vault: Arc<dyn Vault>, clock: Arc<dyn Clock>, turns: Arc<dyn Turns>) -> Self {
        Self { calls, vault, clock, turns, in_memory: Mutex::default(), refreshing: AsyncMutex::default() }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Tokens that still work, refreshed where they must be; `Expired` where the user must sign in.
    pub(super) async fn tokens(self: &Arc<Self>, place: &Place, start_url: &StartUrl) -> Result<Tokens, Error> {
        let tokens = self.kept(start_url).await?.ok_or(Cause::Expired)?;
        if self.is_fresh(&tokens) { Ok(tokens) } else { self.refreshed(place, start_url, tokens).await }
    }

    /// Others than `old`.
    pub(super) async fn refreshed(
        self: &Arc<Self>,
        place: &Place,
        start_url: &StartUrl,
        old: Tokens,
    ) -> Result<Tokens, Error> {
        let (keeper, place, start_url) = (self.clone(), place.clone(), start_url.clone());
        let refresh = tokio::spawn(async move { keeper.refresh(&place, &start_url, &old).await });
        refresh.await.unwrap_or_else(|_panicked| Err(Cause::Bug.into()))
    }

    /// Whoever comes second finds what the first one got.
    async fn refresh(&self, place: &Place, start_url: &StartUrl, old: &Tokens) -> Result<Tokens, Error> {
        let _here = self.refreshing.lock().await;
        let _anywhere = self.turns.take(&TurnOf::Portal(start_url.clone())).await?;
        let known = self.kept(start_url).await?.ok_or(Cause::Expired)?;
        if !known.is_same(old) && self.is_fresh(&known) {
            return Ok(known);
        }
        let Some(refresh_token) = &known.refresh_token else { return Err(Cause::Expired.into()) };
        let host = oidc(place, &known.region)?;
        let form = TokenRequest::refresh(&known, refresh_token);
        let answer = match self.calls.token(&host, &form).await {
            Ok(answer) => answer,
            // The portal's word that this sign-in is over. Where only we held it, another process may
            // have signed in since.
            Err(Refused::Grant(words)) => {
                let held = self.in_memory().remove(start_url);
                let theirs = if held.is_some() { self.kept(start_url).await? } else { None };
                let theirs = theirs.filter(|theirs| !theirs.is_same(&known) && self.is_fresh(theirs));
                return theirs.ok_or_else(|| Error::detailed(Cause::Expired, words));
            }
            // Anything else changes no knowledge.
            Err(other) => return Err(other.into()),
        };
        let fresh = known.refreshed(answer, self.now());
        // Kept in memory then; the next program signs in anew.
        let _ = self.keep(start_url, &fresh).await;
        Ok(fresh)
    }

    /// In the keychain; in memory where it takes nothing: the ones before may be spent already.
    ///
    /// # Errors
    /// The keychain's, but for a refusal of what is too long for it.
    pub(super) async fn keep(&self, start_url: &StartUrl, tokens: &Tokens) -> Result<(), Error> {
        let text = tokens.packed();
        let kept = self.vault.write(&SecretId::PortalTokens(start_url.clone()), &text).await;
        let mut in_memory = self.in_memory();
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

    /// Waits for a refresh under way, whose tokens would come back otherwise, and lets go of them.
    ///
    /// # Errors
    /// The keychain's.
    pub(super) async fn forget(&self, start_url: &StartUrl) -> Result<Option<Tokens>, Error> {
        let _here = self.refreshing.lock().await;
        let _anywhere = self.turns.take(&TurnOf::Portal(start_url.clone())).await?;
        let tokens = self.kept(start_url).await?;
        self.vault.remove(&SecretId::PortalTokens(start_url.clone())).await?;
        self.in_memory().remove(start_url);
        Ok(tokens)
    }

    async fn kept(&self, start_url: &StartUrl) -> Result<Option<Tokens>, Error> {
        let in_memory = self.in_memory().get(start_url).cloned();
        if let Some(text) = in_memory {
            return Ok(Tokens::unpacked(&text));
        }
        match self.vault.read(&SecretId::PortalTokens(start_url.clone())).await {
            Ok(text) => Ok(Tokens::unpacked(&text)),
            Err(Error { cause: Cause::KeychainMissing, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn is_fresh(&self, tokens: &Tokens) -> bool {
        self.now().checked_add(SPARE).is_ok_and(|soon| tokens.expires_at > soon)
    }

    fn in_memory(&self) -> MutexGuard<'_, HashMap<StartUrl, SecretString>> {
        self.in_memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
#[path = "keeper_tests.rs"]
mod tests;
