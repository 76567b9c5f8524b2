//! What was asked of this cloud, in numbers, so that a test can prove that something was not sent.
//! It is not a log: no parameter is kept. It grows with a number that a test needs.

use std::collections::BTreeMap;

use serde::Serialize;

/// The answer of `GET /demo/stats`.
#[derive(Debug, Default, Clone, Serialize)]
pub(crate) struct Stats {
    /// Answered STS calls, whatever the answer, by action.
    pub sts: BTreeMap<String, u64>,
    /// Refused STS calls, by error code.
    pub sts_errors: BTreeMap<String, u64>,
    pub mfa: MfaCalls,
    pub identity_center: IdentityCenterCalls,
    pub login_sessions: LoginSessionCalls,
    pub signin_tokens: SigninTokens,
    pub logins: u64,
    pub refused_logins: u64,
    /// Signed calls of S3, whatever the answer, by operation.
    pub s3: BTreeMap<String, u64>,
    /// Whole or partial objects sent, by key.
    pub downloads: BTreeMap<String, u64>,
}

/// Calls of the OIDC service and of the portal.
#[derive(Debug, Default, Clone, Serialize)]
pub(crate) struct IdentityCenterCalls {
    /// Answered calls, whatever the answer, by operation.
    pub operations: BTreeMap<String, u64>,
    /// Refused calls, by exception.
    pub errors: BTreeMap<String, u64>,
    /// Refresh tokens that were exchanged.
    pub refreshes: u64,
    /// Sessions that ended because a refresh token came a second time.
    pub revoked_families: u64,
}

/// What became of `aws login` and of its refresh tokens.
#[derive(Debug, Default, Clone, Serialize)]
pub(crate) struct LoginSessionCalls {
    /// Logins that a test began.
    pub begun: u64,
    /// Refresh tokens that were exchanged for new keys.
    pub refreshes: u64,
    /// Refresh tokens that came again soon after, and got the same keys again.
    pub repeats: u64,
    /// Refused calls, by AWS's error code.
    pub errors: BTreeMap<String, u64>,
}

/// STS calls that carried a one-time code.
#[derive(Debug, Default, Clone, Serialize)]
pub(crate) struct MfaCalls {
    pub with_code: u64,
    pub refused: u64,
}

impl MfaCalls {
    pub(crate) fn count(&mut self, refused: bool) {
        self.with_code += 1;
        self.refused += u64::from(refused);
    }
}

/// getSigninToken by HTTP method.
#[derive(Debug, Default, Clone, Serialize)]
pub(crate) struct SigninTokens {
    pub post: BySessionDuration,
    pub get: BySessionDuration,
    pub refused: u64,
}

#[derive(Debug, Default, Clone, Serialize)]
pub(crate) struct BySessionDuration {
    pub with_session_duration: u64,
    pub without_session_duration: u64,
}

impl BySessionDuration {
    pub(crate) fn count(&mut self, with_session_duration: bool) {
        if with_session_duration {
            self.with_session_duration += 1;
        } else {
            self.without_session_duration += 1;
        }
    }
}

/// Adds one.
pub(crate) fn count(table: &mut BTreeMap<String, u64>, name: &str) {
    *table.entry(name.to_owned()).or_default() += 1;
}
