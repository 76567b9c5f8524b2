//! What was issued to whom and on what terms, so that a test can see what a call asked for.
//! It is not the credentials: no secret is kept here. It grows never beyond its limit.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde::Serialize;

use crate::credential::{Credential, Grant, Tag};

const KEPT: usize = 10_000;

/// The newest ones, oldest first.
#[derive(Debug, Default)]
pub(crate) struct IssuedLog {
    last_sequence: u64,
    kept: VecDeque<Issued>,
}

/// New credentials, and the call that they answer.
pub(crate) struct Issue<'a> {
    pub action: &'static str,
    pub role_arn: Option<&'a str>,
    pub credential: &'a Credential,
}

/// One line of `GET /demo/issued`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Issued {
    sequence: u64,
    action: &'static str,
    access_key_id: String,
    account: String,
    arn: String,
    role_arn: Option<String>,
    session_name: Option<String>,
    source_identity: Option<String>,
    tags: Vec<Tag>,
    /// Whether a role was assumed with temporary credentials.
    chained: bool,
    /// Whether the call had MFA.
    mfa: bool,
    duration_seconds: i64,
}

impl IssuedLog {
    pub(crate) fn add(&mut self, issue: &Issue<'_>, now: Timestamp) {
        self.last_sequence += 1;
        let Credential { access_key_id, principal, grant, context, expires, .. } = issue.credential;
        self.kept.push_back(Issued {
            sequence: self.last_sequence,
            action: issue.action,
            access_key_id: access_key_id.clone(),
            account: principal.account.clone(),
            arn: principal.arn.clone(),
            role_arn: issue.role_arn.map(str::to_owned),
            session_name: principal.user_id.split_once(':').map(|(_, name)| name.to_owned()),
            source_identity: context.source_identity.clone(),
            tags: context.tags.clone(),
            chained: matches!(grant, Grant::AssumedRole { chained: true, .. }),
            mfa: context.mfa,
            duration_seconds: expires.map_or(0, |end| end.as_second() - now.as_second()),
        });
        if self.kept.len() > KEPT {
            self.kept.pop_front();
        }
    }

    pub(crate) fn after(&self, sequence: u64) -> Vec<Issued> {
        self.kept.iter().filter(|issued| issued.sequence > sequence).cloned().collect()
    }
}
