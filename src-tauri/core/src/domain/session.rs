//! Session: a profile's signed-in console: who it is, from when to when, and why it ends.
//!
//! Not how it is made (`app::sessions`). Grows with renewal.

use jiff::Timestamp;

use super::profile::{AwsAccountId, ProfileId};

/// What a session may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Access {
    /// All that the profile may.
    #[default]
    Full,
    /// The same role or user, with ReadOnlyAccess as session policy.
    ReadOnly,
}

impl Access {
    /// Full for read-only, and the other way around.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Full => Self::ReadOnly,
            Self::ReadOnly => Self::Full,
        }
    }
}

/// A browser store and the session in it: of one profile, with full rights or read-only. The two
/// kinds never share one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StoreId {
    /// Whose.
    pub profile: ProfileId,
    /// With which rights.
    pub access: Access,
}

impl StoreId {
    /// Both stores of a profile.
    #[must_use]
    pub fn both(profile: &ProfileId) -> [Self; 2] {
        [Access::Full, Access::ReadOnly].map(|access| Self { profile: profile.clone(), access })
    }
}

/// A signed-in console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// As STS says.
    pub identity: Identity,
    /// When it was signed in.
    pub started_at: Timestamp,
    /// When the console will ask for a new sign-in.
    pub ends_at: Timestamp,
    /// Why then.
    pub end: SessionEnd,
}

impl Session {
    /// Whether it has ended.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        now >= self.ends_at
    }
}

/// Why a session ends when it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionEnd {
    /// The profile asks for this length.
    AskedFor,
    /// The role allows no longer session.
    RoleMaximum,
    /// AWS allows at most twelve hours for a console.
    ConsoleMaximum,
    /// The federation endpoint took no length of its own: it ends with the credentials.
    CredentialsEnd,
    /// A role that is assumed with a role's credentials lasts at most an hour.
    ChainedRole,
    /// As long as Identity Center's permission set says.
    PermissionSet,
    /// The user signed in by hand: AWS says nothing, and allows at most twelve hours.
    Unknown,
}

/// Who a session is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Twelve digits.
    pub account: AwsAccountId,
    /// e.g. `arn:aws:sts::111122223333:assumed-role/Admin/sidelight`.
    pub arn: String,
}

impl Identity {
    /// Reads the account out of an ARN of STS or IAM; `None` where it names none.
    #[must_use]
    pub fn from_arn(arn: &str) -> Option<Self> {
        let mut parts = arn.splitn(6, ':');
        let account = (parts.next() == Some("arn")).then(|| parts.nth(3)).flatten()?;
        Some(Self { account: AwsAccountId::parse(account).ok()?, arn: arn.to_owned() })
    }

    /// Short, as people speak of it: `role/Admin`, `federated-user/sidelight`, `user/bob`.
    #[must_use]
    pub fn short(&self) -> String {
        let resource = self.arn.splitn(6, ':').nth(5).unwrap_or(&self.arn);
        match resource.strip_prefix("assumed-role/").and_then(|rest| rest.rsplit_once('/')) {
            Some((role, _session)) => format!("role/{role}"),
            None => resource.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_is_read_from_the_arn_that_sts_gives() {
        let identity = Identity::from_arn("arn:aws:sts::111122223333:assumed-role/Admin/sidelight");
        assert_eq!(
            identity.map(|identity| (identity.account.to_string(), identity.short())),
            Some(("111122223333".to_owned(), "role/Admin".to_owned()))
        );
        let federated = Identity::from_arn("arn:aws:sts::111122223333:federated-user/sidelight");
        assert_eq!(federated.map(|identity| identity.short()), Some("federated-user/sidelight".to_owned()));
        for wrong in ["", "111122223333", "arn:aws:s3:::bucket", "arn:aws:sts::abc:user/x"] {
            assert_eq!(Identity::from_arn(wrong), None, "{wrong}");
        }
    }
}
