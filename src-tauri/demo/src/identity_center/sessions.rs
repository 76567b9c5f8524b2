//! Signed-in sessions and their tokens: access tokens that end, refresh tokens that work once.
//! It is not how a session begins. It grows with a rule of AWS about tokens.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::directory::Instance;
use super::rate::Bucket;
use crate::credential::random_hex;

/// How long things last, in seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lifetimes {
    pub access_token: u32,
    /// From the sign-in on, however often its tokens are renewed.
    pub session: u32,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self { access_token: 3_600, session: 8 * 3_600 }
    }
}

#[derive(Default)]
pub(crate) struct Sessions {
    pub lifetimes: Lifetimes,
    last_id: u64,
    live: HashMap<u64, Session>,
    access_tokens: HashMap<String, AccessToken>,
    refresh_tokens: HashMap<String, RefreshToken>,
}

struct Session {
    instance: Instance,
    client_id: String,
    ends: Timestamp,
}

struct AccessToken {
    session: u64,
    ends: Timestamp,
    bucket: Bucket,
}

struct RefreshToken {
    session: u64,
    used: bool,
}

/// Why no new tokens are given for a refresh token.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NotRefreshed {
    Unknown,
    /// It had been used before: its whole family is gone now.
    UsedTwice,
}

/// Who bears an access token, and whether it may make another request now.
pub(super) struct Bearer {
    pub instance: Instance,
    pub within_rate: bool,
}

impl Sessions {
    /// A new session, and the answer that hands over its tokens.
    pub(super) fn begin(&mut self, instance: Instance, client_id: &str, refreshable: bool, now: Timestamp) -> Value {
        self.last_id += 1;
        let ends = now + SignedDuration::from_secs(self.lifetimes.session.into());
        self.live.insert(self.last_id, Session { instance, client_id: client_id.to_owned(), ends });
        self.tokens(self.last_id, refreshable, now)
    }

    /// New tokens for a refresh token, which is used up by it.
    pub(super) fn refresh(&mut self, token: &str, client_id: &str, now: Timestamp) -> Result<Value, NotRefreshed> {
        let known = self.refresh_tokens.get_mut(token).ok_or(NotRefreshed::Unknown)?;
        let id = known.session;
        let is_clients = |session: &&Session| session.client_id == client_id && session.ends > now;
        self.live.get(&id).filter(is_clients).ok_or(NotRefreshed::Unknown)?;
        if known.used {
            self.live.remove(&id);
            return Err(NotRefreshed::UsedTwice);
        }
        known.used = true;
        Ok(self.tokens(id, true, now))
    }

    /// Takes one request off the token's allowance; none when nobody bears it any more.
    pub(super) fn bearer(&mut self, access_token: &str, now: Timestamp) -> Option<Bearer> {
        let token = self.access_tokens.get_mut(access_token).filter(|token| token.ends > now)?;
        let session = self.live.get(&token.session)?;
        Some(Bearer { instance: session.instance, within_rate: token.bucket.take(now) })
    }

    /// Ends the session of an access token.
    pub(super) fn end(&mut self, access_token: &str) {
        if let Some(token) = self.access_tokens.get(access_token) {
            self.live.remove(&token.session);
        }
    }

    /// Ends every session; says how many.
    pub(crate) fn end_all(&mut self) -> usize {
        let ended = self.live.len();
        self.live.clear();
        ended
    }

    fn tokens(&mut self, id: u64, refreshable: bool, now: Timestamp) -> Value {
        let wanted = now + SignedDuration::from_secs(self.lifetimes.access_token.into());
        let ends = self.live.get(&id).map_or(wanted, |session| session.ends.min(wanted));
        let access_token = format!("aoaDemo{}", random_hex(121));
        let access = AccessToken { session: id, ends, bucket: Bucket::full(now) };
        self.access_tokens.insert(access_token.clone(), access);
        let mut answer = json!({
            "accessToken": access_token,
            "tokenType": "Bearer",
            "expiresIn": ends.as_second() - now.as_second(),
        });
        if refreshable {
            let refresh_token = format!("aorDemo{}", random_hex(121));
            answer["refreshToken"] = json!(refresh_token);
            self.refresh_tokens.insert(refresh_token, RefreshToken { session: id, used: false });
        }
        answer
    }
}
