//! Source: where a profile's credentials come from.
//!
//! Not how they are fetched (`aws`), link by link (`way`), nor the secret itself (`secret`).
//! Grows by a variant for each further way in.

mod duration;
mod policy;
mod role;

use super::input::{Field, InputError, Problem};
use super::partition::Endpoint;
use super::profile::{AwsAccountId, ProfileId, Region};
pub use duration::SessionDuration;
pub use policy::PolicyArn;
use role::checked_text;
pub use role::{ExternalId, MfaSerial, Role, RoleArn, RoleSessionName, SessionTag, SourceIdentity};

/// Where a profile's credentials come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A long-term access key of an IAM user, in the keychain.
    AccessKey(AccessKeySource),
    /// A role that is assumed with another profile's credentials.
    Role(RoleSource),
    /// A permission set of IAM Identity Center.
    IdentityCenter(IdentityCenterSource),
    /// What a profile of `~/.aws` describes, by reference.
    ConfigProfile(ConfigProfileSource),
    /// The account's own sign-in page: the user signs in by hand.
    Page(PageSource),
}

impl Source {
    /// The length that the profile asks for; `None` for the longest that AWS grants.
    #[must_use]
    pub fn duration(&self) -> Option<SessionDuration> {
        match self {
            Self::AccessKey(source) => source.duration,
            Self::Role(source) => source.duration,
            Self::ConfigProfile(source) => source.duration,
            Self::IdentityCenter(_) | Self::Page(_) => None,
        }
    }

    /// Asks for another length, where this source can be asked.
    pub fn set_duration(&mut self, duration: Option<SessionDuration>) {
        match self {
            Self::AccessKey(source) => source.duration = duration,
            Self::Role(source) => source.duration = duration,
            Self::ConfigProfile(source) => source.duration = duration,
            Self::IdentityCenter(_) | Self::Page(_) => {}
        }
    }

    /// The role that it assumes last, as far as the profile itself says.
    #[must_use]
    pub fn role(&self) -> Option<&Role> {
        match self {
            Self::AccessKey(AccessKeySource { through: Through::Role(role), .. })
            | Self::Role(RoleSource { role, .. }) => Some(role),
            _ => None,
        }
    }

    /// What its role is called, as far as the profile itself says: the permission set of Identity Center, or the role's
    /// name with its path.
    #[must_use]
    pub fn role_name(&self) -> Option<&str> {
        match self {
            Self::IdentityCenter(source) => Some(source.permission_set.as_str()),
            source => source.role().map(|role| role.arn.name()),
        }
    }

    /// The public half of the access key that it keeps in the keychain.
    #[must_use]
    pub fn key_id(&self) -> Option<&AccessKeyId> {
        match self {
            Self::AccessKey(source) => Some(&source.key_id),
            _ => None,
        }
    }

    /// Which of the kinds.
    #[must_use]
    pub fn kind(&self) -> SourceKind {
        match self {
            Self::AccessKey(_) => SourceKind::AccessKey,
            Self::Role(_) => SourceKind::Role,
            Self::IdentityCenter(_) => SourceKind::IdentityCenter,
            Self::ConfigProfile(_) => SourceKind::ConfigProfile,
            Self::Page(_) => SourceKind::Page,
        }
    }
}

/// The kinds of sources, without what they hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SourceKind {
    /// See [`Source::AccessKey`].
    #[default]
    AccessKey,
    /// See [`Source::Role`].
    Role,
    /// See [`Source::IdentityCenter`].
    IdentityCenter,
    /// See [`Source::ConfigProfile`].
    ConfigProfile,
    /// See [`Source::Page`].
    Page,
}

impl SourceKind {
    /// The word of `side` and of scripts.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::AccessKey => "access-key",
            Self::Role => "role",
            Self::IdentityCenter => "identity-center",
            Self::ConfigProfile => "config-profile",
            Self::Page => "page",
        }
    }
}

/// An IAM user's access key, and what is done with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessKeySource {
    /// The key's public half.
    pub key_id: AccessKeyId,
    /// What turns the key into a session that the console takes.
    pub through: Through,
    /// Asked-for length; `None` for the longest that AWS grants.
    pub duration: Option<SessionDuration>,
}

/// What turns a long-term key into a session that the console takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Through {
    /// `AssumeRole`: up to 12 h.
    Role(Role),
    /// `GetFederationToken`, bounded by a managed policy: without one the console would be empty.
    Federation {
        /// The session policy; AdministratorAccess means "what the user may do".
        policy: PolicyArn,
    },
}

/// A role that is assumed with another profile's credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleSource {
    /// Whose credentials.
    pub from: ProfileId,
    /// Which role.
    pub role: Role,
    /// Asked-for length; `None` for the longest that AWS grants.
    pub duration: Option<SessionDuration>,
}

/// A permission set in an account, as IAM Identity Center assigns it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IdentityCenterSource {
    /// The access portal's address.
    pub start_url: StartUrl,
    /// The region that Identity Center runs in.
    pub region: Region,
    /// Whose console.
    pub account: AwsAccountId,
    /// Which permission set.
    pub permission_set: PermissionSetName,
}

/// A profile of `~/.aws`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigProfileSource {
    /// Its name there.
    pub name: ConfigProfileName,
    /// Asked-for length; `None` for what the file says, else the longest that AWS grants.
    pub duration: Option<SessionDuration>,
}

/// The account's own sign-in page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageSource {
    /// Twelve digits, or the account's alias.
    pub account: AccountOrAlias,
    /// Filled in for the user.
    pub user: Option<UserName>,
}

/// The public half of an access key: 16–128 of `[A-Z0-9_]`.
/// Source: AWS STS API, `AccessKeyId` of `Credentials`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AccessKeyId(String);

impl AccessKeyId {
    /// Trims and checks.
    ///
    /// # Errors
    /// Empty or malformed. A temporary key (`ASIA…`) is refused: it would die within hours. An
    /// emulator's key may be any word, such as a 12-digit account.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let text = text.trim();
        let wrong = |problem| Err(InputError::new(Field::AccessKeyId, problem));
        if text.is_empty() {
            return wrong(Problem::Missing);
        }
        let fits =
            (4..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if !fits || (text.starts_with("ASIA") && text.len() >= 16) {
            return wrong(Problem::Malformed);
        }
        Ok(Self(text.to_owned()))
    }

    /// As AWS writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An access portal's address: https, or http to this very machine; without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StartUrl(String);

impl StartUrl {
    /// Trims and checks. `https://d-….awsapps.com/start#/` is `https://d-….awsapps.com/start`.
    ///
    /// # Errors
    /// As [`Endpoint::parse`].
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let bare = text.trim().split('#').next().unwrap_or_default();
        let endpoint = Endpoint::parse(bare, Field::StartUrl)?;
        Ok(Self(endpoint.url().as_str().trim_end_matches('/').to_owned()))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

checked_text! {
    /// A permission set's name: 1–32 of `[\w+=,.@-]`.
    PermissionSetName, PermissionSet, (1..=32), |text| {
        text.chars().all(|character| character.is_ascii_alphanumeric() || "_+=,.@-".contains(character))
    }
}

/// The name of a profile of `~/.aws`, as the file has it: on one line, blanks at its ends included.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConfigProfileName(String);

impl ConfigProfileName {
    /// Checks.
    ///
    /// # Errors
    /// Empty, over 256 bytes, or with control characters.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        if text.trim().is_empty() {
            return Err(InputError::new(Field::ConfigProfile, Problem::Missing));
        }
        (text.len() <= 256 && !text.chars().any(char::is_control))
            .then(|| Self(text.to_owned()))
            .ok_or(InputError::new(Field::ConfigProfile, Problem::Malformed))
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

checked_text! {
    /// An account's twelve digits, or its alias: 3–63 lower-case letters, digits and hyphens.
    /// Source: IAM user guide, "Your AWS account ID and its alias".
    AccountOrAlias, SignInAccount, (3..=63), |text| {
        text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
            && !text.starts_with('-') && !text.ends_with('-') && !text.contains("--")
            && (text.bytes().any(|byte| !byte.is_ascii_digit()) || text.len() == 12)
    }
}

impl AccountOrAlias {
    /// The account, where it is no alias.
    #[must_use]
    pub fn account(&self) -> Option<AwsAccountId> {
        AwsAccountId::parse(self.as_str()).ok()
    }
}

checked_text! {
    /// An IAM user's name: 1–64 of `[\w+=,.@-]`.
    UserName, UserName, (1..=64), |text| {
        text.chars().all(|character| character.is_ascii_alphanumeric() || "_+=,.@-".contains(character))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_temporary_key_is_no_long_term_source() {
        assert!(AccessKeyId::parse("AKIAIOSFODNN7EXAMPLE").is_ok());
        assert!(AccessKeyId::parse("ASIAIOSFODNN7EXAMPLE").is_err());
        assert!(AccessKeyId::parse("AKIA IOSFODNN").is_err());
        assert!(AccessKeyId::parse("111111111111").is_ok(), "an emulator's key names an account");
    }

    #[test]
    fn a_start_url_is_the_same_however_it_was_copied() {
        let url = |text: &str| StartUrl::parse(text).map(|url| url.as_str().to_owned());
        assert_eq!(
            url("https://d-1234567890.awsapps.com/start#/"),
            Ok("https://d-1234567890.awsapps.com/start".into())
        );
        assert_eq!(url("https://d-1234567890.awsapps.com/start/"), Ok("https://d-1234567890.awsapps.com/start".into()));
        assert_eq!(url("http://d.example/start"), Err(InputError::new(Field::StartUrl, Problem::NotSecure)));
    }

    #[test]
    fn a_sign_in_page_is_an_accounts_or_an_aliass() {
        for fits in ["111122223333", "acme-prod", "acme1"] {
            assert!(AccountOrAlias::parse(fits).is_ok(), "{fits}");
        }
        for wrong in ["1111", "Acme", "-acme", "ac--me", "a", "acme.com"] {
            assert!(AccountOrAlias::parse(wrong).is_err(), "{wrong}");
        }
    }
}
