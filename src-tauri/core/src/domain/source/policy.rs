//! Managed policies, as far as they bound a session.
//!
//! Not what they allow: AWS decides. Grows with the policies that a session may be bound by.

use crate::domain::input::{Field, InputError, Problem};
use crate::domain::profile::AwsAccountId;

/// The ARN of a managed policy.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
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

    /// `aws`, `aws-cn`, …
    #[must_use]
    pub fn partition(&self) -> &str {
        self.0.split(':').nth(1).unwrap_or_default()
    }

    /// The whole ARN.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
