//! Everything that changes while a demo cloud runs, behind one lock.
//! It is not the rules: `sts`, `federation`, `identity_center` and `s3` have those. It grows with what must be kept.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use url::Url;

use crate::accounts::Accounts;
use crate::clock::Clock;
use crate::credential::{Credential, Grant, Principal, random_hex};
use crate::faults::Faults;
use crate::identity_center::IdentityCenter;
use crate::issued::{Issue, IssuedLog};
use crate::login_session::LoginSessions;
use crate::mfa::UsedCodes;
use crate::objects::Objects;
use crate::reports::Reports;
use crate::stats::Stats;

/// One running cloud as its request handlers see it.
pub(crate) struct World {
    pub clock: Clock,
    pub accounts: Accounts,
    pub objects: Objects,
    pub verify_with: Option<Url>,
    /// `http://127.0.0.1:P`, without a slash at the end.
    pub main_origin: String,
    pub s3_origin: String,
    pub main_port: u16,
    /// Wakes held downloads when the faults change.
    pub faults_changed: tokio::sync::watch::Sender<u64>,
    memory: Mutex<Memory>,
}

/// What [`World`] is made of besides its memory.
pub(crate) struct Ground {
    pub clock: Clock,
    pub accounts: Accounts,
    pub objects: Objects,
    pub verify_with: Option<Url>,
    pub main_port: u16,
    pub s3_port: u16,
}

#[derive(Default)]
pub(crate) struct Memory {
    issued: HashMap<String, Credential>,
    pub signin_tokens: HashMap<String, SigninToken>,
    pub console_sessions: HashMap<String, ConsoleSession>,
    pub faults: Faults,
    pub stats: Stats,
    pub reports: Reports,
    pub issued_log: IssuedLog,
    pub used_codes: UsedCodes,
    pub identity_center: IdentityCenter,
    pub login_sessions: LoginSessions,
}

/// What a sign-in token stands for, until it is used.
pub(crate) struct SigninToken {
    pub credential: Credential,
    pub created: Timestamp,
    pub session_ends: Timestamp,
}

/// One signed-in browser.
#[derive(Clone)]
pub(crate) struct ConsoleSession {
    /// Names the session in reports; the cookie that opens it is another value.
    pub id: String,
    pub principal: Principal,
    /// Signs what the console itself asks for.
    pub credential: Credential,
    pub permitted: bool,
    pub issuer: Option<String>,
    pub ends: Timestamp,
}

impl ConsoleSession {
    /// With keys of its own for what the console itself asks for.
    pub(crate) fn new(principal: Principal, issuer: Option<String>, ends: Timestamp) -> Self {
        Self {
            id: format!("session-{}", random_hex(8)),
            credential: Credential::temporary(principal.clone(), Grant::Console, ends),
            permitted: true,
            principal,
            issuer,
            ends,
        }
    }
}

impl World {
    pub(crate) fn new(ground: Ground) -> Self {
        Self {
            clock: ground.clock,
            accounts: ground.accounts,
            objects: ground.objects,
            verify_with: ground.verify_with,
            main_origin: format!("http://127.0.0.1:{}", ground.main_port),
            s3_origin: format!("http://127.0.0.1:{}", ground.s3_port),
            main_port: ground.main_port,
            faults_changed: tokio::sync::watch::Sender::new(0),
            memory: Mutex::default(),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The credentials behind an access key id, long-term or issued here.
    pub(crate) fn credential(&self, access_key_id: &str) -> Option<Credential> {
        if let Some(profile) = self.accounts.by_access_key(access_key_id) {
            return Some(Credential::long_term(profile));
        }
        self.memory().issued.get(access_key_id).cloned()
    }
}

impl Memory {
    /// Remembers new credentials that a call asked for, and the terms on which it got them.
    pub(crate) fn give_out(&mut self, issue: Issue<'_>, now: Timestamp) {
        self.issued_log.add(&issue, now);
        self.issue(issue.credential.clone(), now);
    }

    /// Remembers new credentials, and forgets those that ended long enough ago to be told apart no more.
    pub(crate) fn issue(&mut self, credential: Credential, now: Timestamp) {
        const KEPT_AFTER_END_SECONDS: i64 = 86_400;
        const SWEEP_ABOVE: usize = 10_000;
        if self.issued.len() > SWEEP_ABOVE {
            self.issued.retain(|_, issued| {
                issued.expires.is_none_or(|end| end.as_second() + KEPT_AFTER_END_SECONDS > now.as_second())
            });
        }
        self.issued.insert(credential.access_key_id.clone(), credential);
    }
}
