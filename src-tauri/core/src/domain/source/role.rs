//! Role: which one is assumed, and what AssumeRole is told with it.
//!
//! Not with whose credentials (`way`). Source: AWS STS API, `AssumeRole`. Grows with its parameters.

use crate::domain::input::{Field, InputError, Problem};
use crate::domain::profile::AwsAccountId;

/// A role, and what AssumeRole is told with it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Role {
    /// Which.
    pub arn: RoleArn,
    /// Where the trust policy has a condition on it.
    pub external_id: Option<ExternalId>,
    /// The device whose code the trust policy asks for.
    pub mfa: Option<MfaSerial>,
    /// What CloudTrail shows; `sidelight` where nothing is said.
    pub session_name: Option<RoleSessionName>,
    /// Who is behind it, through all roles that follow.
    pub source_identity: Option<SourceIdentity>,
    /// At most 50, with keys that differ by more than their case.
    pub tags: Vec<SessionTag>,
}

impl Role {
    /// Told nothing but its ARN.
    #[must_use]
    pub fn plain(arn: RoleArn) -> Self {
        Self { arn, external_id: None, mfa: None, session_name: None, source_identity: None, tags: Vec::new() }
    }

    /// What CloudTrail shows; stable, so that a trail can be searched for it.
    #[must_use]
    pub fn session_name(&self) -> &str {
        self.session_name.as_ref().map_or("sidelight", RoleSessionName::as_str)
    }
}

/// `arn:<partition>:iam::<account>:role/<path/name>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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

/// Of `[\w+=,.@-]`, as names of sessions and users are.
fn is_plain_name(text: &str) -> bool {
    text.chars().all(|character| character.is_ascii_alphanumeric() || "_+=,.@-".contains(character))
}

macro_rules! checked_text {
    ($(#[$doc:meta])* $name:ident, $field:ident, $lengths:expr, $fits:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// Trims and checks.
            ///
            /// # Errors
            /// Empty, or outside of what AWS takes.
            pub fn parse(text: &str) -> Result<Self, InputError> {
                let text = text.trim();
                if text.is_empty() {
                    return Err(InputError::new(Field::$field, Problem::Missing));
                }
                let fits: fn(&str) -> bool = $fits;
                ($lengths.contains(&text.len()) && fits(text))
                    .then(|| Self(text.to_owned()))
                    .ok_or(InputError::new(Field::$field, Problem::Malformed))
            }

            /// As written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    };
}
pub(super) use checked_text;

checked_text! {
    /// An MFA device: a virtual one's ARN or a hardware one's number, 9–256 of `[\w+=/:,.@-]`.
    MfaSerial, MfaSerial, (9..=256), |text| {
        text.chars().all(|character| character.is_ascii_alphanumeric() || "_+=/:,.@-".contains(character))
    }
}

impl MfaSerial {
    /// As people speak of it: what stands behind `mfa/`.
    #[must_use]
    pub fn short(&self) -> &str {
        self.0.rsplit_once(":mfa/").map_or(&self.0, |(_, name)| name)
    }
}

checked_text! {
    /// What CloudTrail shows of a session: 2–64 of `[\w+=,.@-]`.
    RoleSessionName, RoleSessionName, (2..=64), is_plain_name
}

checked_text! {
    /// Who is behind a session, through all roles that follow: 2–64 of `[\w+=,.@-]`.
    SourceIdentity, SourceIdentity, (2..=64), is_plain_name
}

/// A tag of a session, which policies may ask for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SessionTag {
    key: String,
    value: String,
    /// It stays through the roles that follow.
    pub transitive: bool,
}

impl SessionTag {
    /// Key 1–128, value 0–256 characters: letters, digits, blanks and `_.:/=+-@`.
    ///
    /// # Errors
    /// Outside of that.
    pub fn new(key: &str, value: &str, transitive: bool) -> Result<Self, InputError> {
        let (key, value) = (key.trim(), value.trim());
        let fits = |text: &str| {
            text.chars()
                .all(|character| character.is_alphanumeric() || character == ' ' || "_.:/=+-@".contains(character))
        };
        if key.is_empty() {
            return Err(InputError::new(Field::SessionTag, Problem::Missing));
        }
        (key.chars().count() <= 128 && value.chars().count() <= 256 && fits(key) && fits(value))
            .then(|| Self { key: key.to_owned(), value: value.to_owned(), transitive })
            .ok_or(InputError::new(Field::SessionTag, Problem::Malformed))
    }

    /// From `key=value`, or `key=value!` for one that stays through the roles that follow.
    ///
    /// # Errors
    /// As [`Self::new`], and where there is no `=`.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let (text, transitive) = text.trim().strip_suffix('!').map_or((text.trim(), false), |text| (text, true));
        let (key, value) = text.split_once('=').ok_or(InputError::new(Field::SessionTag, Problem::Malformed))?;
        Self::new(key, value, transitive)
    }

    /// As [`Self::parse`] reads it.
    #[must_use]
    pub fn spelled(&self) -> String {
        format!("{}={}{}", self.key, self.value, if self.transitive { "!" } else { "" })
    }

    /// Whether the keys differ by more than their case, and are at most 50.
    ///
    /// # Errors
    /// [`Problem::Taken`] for a key that is there twice, [`Problem::TooLong`] for more than 50.
    pub fn check_all(tags: &[Self]) -> Result<(), InputError> {
        let mut keys = std::collections::HashSet::new();
        if tags.len() > 50 {
            return Err(InputError::new(Field::SessionTag, Problem::TooLong));
        }
        match tags.iter().all(|tag| keys.insert(tag.key.to_lowercase())) {
            true => Ok(()),
            false => Err(InputError::new(Field::SessionTag, Problem::Taken)),
        }
    }

    /// Its key.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Its value.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
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
    fn a_session_tag_is_spelled_as_it_is_read() -> Result<(), InputError> {
        for spelled in ["team=blue", "team=blue!", "cost center=", "a=b=c"] {
            assert_eq!(SessionTag::parse(spelled)?.spelled(), spelled);
        }
        assert!(SessionTag::parse("team").is_err() && SessionTag::parse("=x").is_err());
        let twice = ["Team=a", "team=b"].map(SessionTag::parse).into_iter().collect::<Result<Vec<_>, _>>()?;
        assert_eq!(SessionTag::check_all(&twice), Err(InputError::new(Field::SessionTag, Problem::Taken)));
        Ok(())
    }

    #[test]
    fn a_device_is_an_arn_or_a_number() -> Result<(), InputError> {
        assert_eq!(MfaSerial::parse("arn:aws:iam::111122223333:mfa/bob")?.short(), "bob");
        assert_eq!(MfaSerial::parse("GAHT12345678")?.short(), "GAHT12345678");
        assert!(MfaSerial::parse("short").is_err() && MfaSerial::parse("with blank 123").is_err());
        Ok(())
    }
}
