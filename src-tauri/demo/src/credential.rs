//! Credentials this cloud knows, and on what terms they were given.
//! It is not where they are kept, and checks no signature. It grows with a new way to be given credentials.

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::accounts::{DemoProfile, USER};

/// AWS's managed policy, which ends its ARN, and the permission set that is named after it.
const READ_ONLY: &str = "ReadOnlyAccess";

/// Somebody who can sign a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Principal {
    pub account: String,
    pub arn: String,
    pub user_id: String,
}

impl Principal {
    /// The IAM user of an account.
    pub(crate) fn user(account: &str) -> Self {
        Self {
            account: account.to_owned(),
            arn: format!("arn:aws:iam::{account}:user/{USER}"),
            user_id: format!("AIDADEMO{account}"),
        }
    }
}

/// On what terms credentials were given: it decides what they may do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Grant {
    /// The access key of an IAM user.
    LongTerm,
    /// AssumeRole; `chained` when it was not called with a long-term key.
    AssumedRole { chained: bool, max_session_seconds: u32, policies: Vec<String> },
    /// GetFederationToken; without policies there are no permissions.
    FederatedUser { policies: Vec<String> },
    /// GetSessionToken.
    SessionToken,
    /// GetRoleCredentials of Identity Center.
    PermissionSet { name: String },
    /// CreateOAuth2Token, after `aws login`.
    LoginSession,
    /// Made at sign-in for the console's own calls, such as presigned links.
    Console,
    /// Issued by the other STS that `verify_with` names.
    Elsewhere,
}

#[derive(Clone)]
pub(crate) struct Credential {
    pub access_key_id: String,
    pub secret: String,
    pub token: Option<String>,
    pub principal: Principal,
    pub grant: Grant,
    pub context: Context,
    pub expires: Option<Timestamp>,
}

/// What a session carries besides its rights.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Context {
    pub source_identity: Option<String>,
    pub tags: Vec<Tag>,
    /// Whether the call that asked for the session had MFA.
    pub mfa: bool,
}

/// One session tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Tag {
    pub key: String,
    pub value: String,
    /// Whether sessions of roles assumed with this one inherit it.
    pub transitive: bool,
}

impl Tag {
    pub(crate) fn has_key(&self, key: &str) -> bool {
        self.key.to_lowercase() == key.to_lowercase()
    }
}

impl Credential {
    pub(crate) fn long_term(profile: &DemoProfile) -> Self {
        Self {
            access_key_id: profile.access_key_id.clone(),
            secret: profile.secret_access_key.clone(),
            token: None,
            principal: Principal::user(&profile.account),
            grant: Grant::LongTerm,
            context: Context::default(),
            expires: None,
        }
    }

    /// New temporary credentials.
    pub(crate) fn temporary(principal: Principal, grant: Grant, expires: Timestamp) -> Self {
        Self {
            access_key_id: format!("ASIA{}", upper_alphanumeric(16)),
            secret: random_hex(40),
            token: Some(format!("IQoJb3JpZ2luX2VjDemo{}", random_hex(256))),
            principal,
            grant,
            context: Context::default(),
            expires: Some(expires),
        }
    }

    pub(crate) fn carrying(self, context: Context) -> Self {
        Self { context, ..self }
    }

    pub(crate) fn is_long_term(&self) -> bool {
        self.grant == Grant::LongTerm
    }

    pub(crate) fn is_over(&self, now: Timestamp) -> bool {
        self.expires.is_some_and(|end| end <= now)
    }

    /// Whether the holder may see or do anything at all.
    pub(crate) fn has_permissions(&self) -> bool {
        !matches!(&self.grant, Grant::FederatedUser { policies } if policies.is_empty())
    }

    /// Whether the holder may change anything; session policies that are given together add up.
    pub(crate) fn may_write(&self) -> bool {
        match &self.grant {
            Grant::AssumedRole { policies, .. } | Grant::FederatedUser { policies } => {
                policies.is_empty() || policies.iter().any(|policy| !policy.ends_with(READ_ONLY))
            }
            Grant::PermissionSet { name } => name != READ_ONLY,
            Grant::LongTerm | Grant::SessionToken | Grant::LoginSession | Grant::Console | Grant::Elsewhere => true,
        }
    }
}

/// Lower-case hexadecimal digits from the system's randomness.
pub(crate) fn random_hex(digits: usize) -> String {
    let mut text = String::with_capacity(digits + 32);
    while text.len() < digits {
        text.push_str(&Uuid::new_v4().simple().to_string());
    }
    text.truncate(digits);
    text
}

/// A request id as AWS gives it.
pub(crate) fn request_id() -> String {
    Uuid::new_v4().to_string()
}

fn upper_alphanumeric(length: usize) -> String {
    random_hex(length).to_ascii_uppercase()
}
