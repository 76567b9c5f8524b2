//! Login sessions: their refresh tokens, each good for one exchange and for a repetition soon after.
//! It is not the proof of a key, only which key it must be. It grows with a rule of AWS about these tokens.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use p256::ecdsa::VerifyingKey;
use uuid::Uuid;

use super::error::TokenError;
use super::proof::{Proof, SKEW_SECONDS, Unproven};
use crate::credential::{Credential, Grant, Principal, random_hex};

/// How long the keys of an exchange are good.
pub(super) const KEY_SECONDS: u32 = 900;
const SESSION_HOURS: i64 = 12;
/// How long the same answer is given again.
const REPEAT_SECONDS: i64 = 60;

#[derive(Default)]
pub(crate) struct LoginSessions {
    last_id: u64,
    live: HashMap<u64, Session>,
    tokens: HashMap<String, RefreshToken>,
    /// Proofs that came, by their names, with the last second at which they would still be in time.
    proofs: HashMap<Uuid, i64>,
}

struct Session {
    account: String,
    ends: Timestamp,
    /// The first one that a refresh token came with.
    key: Option<VerifyingKey>,
}

struct RefreshToken {
    session: u64,
    exchanged: Option<Exchange>,
}

struct Exchange {
    at: Timestamp,
    credential: Credential,
    next: String,
}

/// What a refresh token was exchanged for.
pub(super) struct Refreshed {
    pub credential: Credential,
    pub refresh_token: String,
    /// Whether it was now, and not the last time.
    pub is_new: bool,
}

/// Keys of an account's user, in the terms of a login.
pub(super) fn keys(account: &str, ends: Timestamp) -> Credential {
    Credential::temporary(Principal::user(account), Grant::LoginSession, ends)
}

impl LoginSessions {
    /// A new session; gives its first refresh token.
    pub(super) fn begin(&mut self, account: &str, now: Timestamp) -> String {
        self.last_id += 1;
        let ends = now + SignedDuration::from_hours(SESSION_HOURS);
        self.live.insert(self.last_id, Session { account: account.to_owned(), ends, key: None });
        self.new_token(self.last_id)
    }

    /// New keys and a new token, or those that this token brought a moment ago.
    pub(super) fn refresh(&mut self, token: &str, proof: &Proof, now: Timestamp) -> Result<Refreshed, TokenError> {
        self.note(proof, now)?;
        let known = self.tokens.get(token).ok_or(TokenError::Expired)?;
        let id = known.session;
        let session = self.live.get_mut(&id).filter(|session| session.ends > now).ok_or(TokenError::Expired)?;
        if *session.key.get_or_insert(proof.key) != proof.key {
            return Err(TokenError::Proof(Unproven::OtherKey));
        }
        if let Some(Exchange { at, credential, next }) = &known.exchanged {
            let passed = now.as_second() - at.as_second();
            let again = Refreshed { credential: credential.clone(), refresh_token: next.clone(), is_new: false };
            return if passed <= REPEAT_SECONDS { Ok(again) } else { Err(TokenError::Expired) };
        }
        let ends = session.ends.min(now + SignedDuration::from_secs(KEY_SECONDS.into()));
        let credential = keys(&session.account, ends);
        let next = self.new_token(id);
        let exchange = Exchange { at: now, credential: credential.clone(), next: next.clone() };
        self.tokens.insert(token.to_owned(), RefreshToken { session: id, exchanged: Some(exchange) });
        Ok(Refreshed { credential, refresh_token: next, is_new: true })
    }

    /// Ends every session of an account; says how many.
    pub(crate) fn revoke(&mut self, account: &str) -> usize {
        let before = self.live.len();
        self.live.retain(|_, session| session.account != account);
        before - self.live.len()
    }

    /// Remembers a proof for as long as it could come again.
    fn note(&mut self, proof: &Proof, now: Timestamp) -> Result<(), TokenError> {
        self.proofs.retain(|_, last| *last >= now.as_second());
        match self.proofs.insert(proof.id, proof.issued_at + SKEW_SECONDS) {
            Some(_) => Err(TokenError::Proof(Unproven::UsedBefore)),
            None => Ok(()),
        }
    }

    fn new_token(&mut self, session: u64) -> String {
        let token = format!("ASORDemo{}", random_hex(248));
        self.tokens.insert(token.clone(), RefreshToken { session, exchanged: None });
        token
    }
}
