//! Source: where a profile's credentials come from.
//!
//! Not how they are fetched (`aws`) nor the secret itself (`secret`).
//! Grows by a variant for each further way in: role through a profile, Identity Center, …

use std::fmt;
use std::time::Duration;

use super::input::{Field, InputError, Problem};
use super::profile::AwsAccountId;

/// Where a profile's credentials come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A long-term access key of an IAM user, in the keychain.
    AccessKey(AccessKeySource),
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

/// A role and what its trust policy asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Which.
    pub arn: RoleArn,
    /// 2–1224 characters, where the trust policy has a condition on it.
    pub external_id: Option<ExternalId>,
}

/// The public half of an access key: 16–128 of `[A-Z0-9_]`.
/// Source: AWS STS API, `AccessKeyId` of `Credentials`.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// `arn:<partition>:iam::<account>:role/<path/name>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleArn {
    text: String,
    partition: String,
    account: AwsAccountId,
    name: String,
}

impl RoleArn {
    /// Trims and checks.
    ///
    /// # Errors
    /// Empty, or not a role's ARN. Source: IAM user guide, "IAM identifiers".
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(InputError::new(Field::RoleArn, Problem::Missing));
        }
        let malformed = InputError::new(Field::RoleArn, Problem::Malformed);
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let ["arn", partition, "iam", "", account, resource] = parts[..] else {
            return Err(malformed);
        };
        let name = resource.strip_prefix("role/").ok_or(malformed)?;
        let fits = partition.starts_with("aws")
            && !name.is_empty()
            && text.len() <= 2048
            && name.bytes().all(|byte| byte.is_ascii_graphic())
            && !name.ends_with('/');
        if !fits {
            return Err(malformed);
        }
        Ok(Self {
            text: text.to_owned(),
            partition: partition.to_owned(),
            account: AwsAccountId::parse(account).map_err(|_| malformed)?,
            name: name.to_owned(),
        })
    }

    /// The whole ARN.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The account that the role lives in.
    #[must_use]
    pub fn account(&self) -> &AwsAccountId {
        &self.account
    }

    /// `aws`, `aws-cn`, …
    #[must_use]
    pub fn partition(&self) -> &str {
        &self.partition
    }

    /// Path and name, without `role/`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// What a role's trust policy asks a third party for: 2–1224 of `[\w+=,.@:/-]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalId(String);

impl ExternalId {
    /// Trims and checks.
    ///
    /// # Errors
    /// Outside of what STS takes. Source: AWS STS API, `AssumeRole`.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let text = text.trim();
        let fits = (2..=1224).contains(&text.len())
            && text.chars().all(|character| character.is_ascii_alphanumeric() || "_+=,.@:/-".contains(character));
        fits.then(|| Self(text.to_owned())).ok_or(InputError::new(Field::ExternalId, Problem::Malformed))
    }

    /// As typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The ARN of a managed policy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PolicyArn(String);

impl PolicyArn {
    /// "What the user may do": a session never gets more than its user has.
    #[must_use]
    pub fn administrator_access(arn_partition: &str) -> Self {
        Self(format!("arn:{arn_partition}:iam::aws:policy/AdministratorAccess"))
    }

    /// Everything may be looked at, nothing changed. Source: IAM user guide, "AWS managed policies
    /// for job functions".
    #[must_use]
    pub fn read_only_access(arn_partition: &str) -> Self {
        Self(format!("arn:{arn_partition}:iam::aws:policy/ReadOnlyAccess"))
    }

    /// What bounds a read-only session of a user whose session this policy bounds anyway. Session
    /// policies that are given together add up, so ReadOnlyAccess takes the place of
    /// AdministratorAccess only; AWS's own policies that only read stay as they are.
    ///
    /// # Errors
    /// [`Problem::Contradicts`] for any other policy: beside it ReadOnlyAccess would let the session
    /// read what the policy keeps from it.
    pub fn made_read_only(&self) -> Result<Self, InputError> {
        let by_aws = self.0.split_once(":iam::aws:policy/");
        match by_aws {
            Some((arn, "AdministratorAccess")) => {
                Ok(Self::read_only_access(arn.strip_prefix("arn:").unwrap_or_default()))
            }
            Some((_, name)) if name.ends_with("ReadOnlyAccess") || name.ends_with("/ViewOnlyAccess") => {
                Ok(self.clone())
            }
            _ => Err(InputError::new(Field::SessionPolicyArn, Problem::Contradicts)),
        }
    }

    /// Trims and checks.
    ///
    /// # Errors
    /// Not a managed policy's ARN.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let text = text.trim();
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let fits = matches!(parts[..], ["arn", partition, "iam", "", owner, resource]
            if partition.starts_with("aws")
                && (owner == "aws" || AwsAccountId::parse(owner).is_ok())
                && resource.starts_with("policy/")
                && resource.len() > "policy/".len()
                && text.len() <= 2048);
        fits.then(|| Self(text.to_owned())).ok_or(InputError::new(Field::SessionPolicyArn, Problem::Malformed))
    }

    /// The whole ARN.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A console session's length: 15 minutes to 12 hours, in whole seconds.
/// Source: IAM user guide, "Enabling custom identity broker access to the AWS console".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SessionDuration(u32);

impl SessionDuration {
    /// The longest console session that AWS allows.
    pub const LONGEST: Self = Self(43_200);
    /// What every role allows.
    pub const HOUR: Self = Self(3_600);

    /// From seconds.
    ///
    /// # Errors
    /// [`Problem::OutOfRange`] outside of 900–43,200.
    pub fn from_seconds(seconds: u32) -> Result<Self, InputError> {
        (900..=43_200)
            .contains(&seconds)
            .then_some(Self(seconds))
            .ok_or(InputError::new(Field::Duration, Problem::OutOfRange))
    }

    /// From `12h`, `45m`, `3600s` or `3600`.
    ///
    /// # Errors
    /// Malformed or out of range.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let text = text.trim();
        let (digits, unit) = match text.char_indices().last() {
            Some((at, 'h')) => (&text[..at], 3_600),
            Some((at, 'm')) => (&text[..at], 60),
            Some((at, 's')) => (&text[..at], 1),
            _ => (text, 1),
        };
        let number: u32 = digits.parse().map_err(|_| InputError::new(Field::Duration, Problem::Malformed))?;
        Self::from_seconds(number.saturating_mul(unit))
    }

    /// In seconds.
    #[must_use]
    pub fn seconds(self) -> u32 {
        self.0
    }
}

impl From<SessionDuration> for Duration {
    fn from(duration: SessionDuration) -> Self {
        Self::from_secs(duration.0.into())
    }
}

impl fmt::Display for SessionDuration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 3_600, self.0 % 3_600 / 60) {
            (0, minutes) => write!(formatter, "{minutes} min"),
            (hours, 0) => write!(formatter, "{hours} h"),
            (hours, minutes) => write!(formatter, "{hours} h {minutes} min"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_arn_tells_partition_account_and_name() -> Result<(), InputError> {
        let arn = RoleArn::parse(" arn:aws-cn:iam::111122223333:role/team/Admin ")?;
        assert_eq!((arn.partition(), arn.account().as_str(), arn.name()), ("aws-cn", "111122223333", "team/Admin"));
        for wrong in [
            "arn:aws:iam::111122223333:user/Bob",
            "arn:aws:iam::111122223333:role/",
            "arn:aws:iam::1111:role/Admin",
            "arn:aws:sts::111122223333:assumed-role/Admin/me",
            "Admin",
        ] {
            assert!(RoleArn::parse(wrong).is_err(), "{wrong}");
        }
        Ok(())
    }

    #[test]
    fn a_temporary_key_is_no_long_term_source() {
        assert!(AccessKeyId::parse("AKIAIOSFODNN7EXAMPLE").is_ok());
        assert!(AccessKeyId::parse("ASIAIOSFODNN7EXAMPLE").is_err());
        assert!(AccessKeyId::parse("AKIA IOSFODNN").is_err());
        assert!(AccessKeyId::parse("111111111111").is_ok(), "an emulator's key names an account");
    }

    #[test]
    fn a_duration_is_read_with_and_without_a_unit_and_kept_within_what_aws_allows() {
        assert_eq!(SessionDuration::parse("12h"), Ok(SessionDuration::LONGEST));
        assert_eq!(SessionDuration::parse("60m"), SessionDuration::parse("3600"));
        assert_eq!(SessionDuration::parse("13h").map_err(|error| error.problem), Err(Problem::OutOfRange));
        assert_eq!(SessionDuration::parse("10m").map_err(|error| error.problem), Err(Problem::OutOfRange));
        assert_eq!(SessionDuration::parse("ever").map_err(|error| error.problem), Err(Problem::Malformed));
        assert_eq!(SessionDuration::parse("99999999h").map_err(|error| error.problem), Err(Problem::OutOfRange));
    }

    #[test]
    fn a_policy_arn_may_be_amazons_or_the_accounts_own() {
        assert!(PolicyArn::parse("arn:aws:iam::aws:policy/ReadOnlyAccess").is_ok());
        assert!(PolicyArn::parse("arn:aws:iam::111122223333:policy/team/Own").is_ok());
        assert!(PolicyArn::parse("arn:aws:iam::aws:role/ReadOnlyAccess").is_err());
    }

    #[test]
    fn a_session_policy_is_made_read_only_where_that_takes_nothing_of_it_away() {
        let made = |name: &str| {
            let policy = PolicyArn::parse(&format!("arn:aws-cn:iam::{name}")).expect("the case is a policy");
            policy.made_read_only().map(|policy| policy.as_str().to_owned()).map_err(|error| error.problem)
        };
        let read_only = "arn:aws-cn:iam::aws:policy/ReadOnlyAccess".to_owned();
        assert_eq!(made("aws:policy/AdministratorAccess"), Ok(read_only.clone()));
        assert_eq!(made("aws:policy/ReadOnlyAccess"), Ok(read_only));
        let narrower = "aws:policy/AmazonS3ReadOnlyAccess";
        assert_eq!(made(narrower), Ok(format!("arn:aws-cn:iam::{narrower}")));
        for other in [
            "aws:policy/PowerUserAccess",
            "111122223333:policy/MyReadOnlyAccess",
            "111122223333:policy/AdministratorAccess",
        ] {
            assert_eq!(made(other), Err(Problem::Contradicts), "{other}");
        }
    }
}
