//! ARN: the name that AWS gives a resource, read into its parts.
//!
//! Not which page shows it (`resource_pages`). Grows when AWS adds a part.
//! Source: IAM user guide, "Identify AWS resources with Amazon Resource Names (ARNs)".

use std::fmt;

use crate::domain::input::{Field, InputError, Problem};
use crate::domain::profile::{AwsAccountId, Region};

/// What AWS takes at most.
const LONGEST: usize = 2048;

/// `arn:<partition>:<service>:<region>:<account>:<resource>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arn {
    text: String,
    partition: String,
    service: String,
    region: Option<Region>,
    account: Option<AwsAccountId>,
    resource: String,
}

impl Arn {
    /// Checks; takes nothing around it.
    ///
    /// # Errors
    /// [`Problem::TooLong`] over 2048 bytes, [`Problem::Malformed`] for anything that is no ARN.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let malformed = InputError::new(Field::Link, Problem::Malformed);
        if text.len() > LONGEST {
            return Err(InputError::new(Field::Link, Problem::TooLong));
        }
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let ["arn", partition, service, region, owner, resource] = parts[..] else {
            return Err(malformed);
        };
        let is_word = |word: &str| {
            word.starts_with(|first: char| first.is_ascii_lowercase())
                && word.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        };
        let is_owner = owner.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let is_digits = owner.bytes().all(|byte| byte.is_ascii_digit());
        let is_resource = !resource.trim().is_empty() && !resource.chars().any(char::is_control);
        if !partition.starts_with("aws") || !is_word(partition) || !is_word(service) || !is_owner || !is_resource {
            return Err(malformed);
        }
        let region = match region {
            "" => None,
            code => Some(Region::parse(code).ok().filter(|region| region.as_str() == code).ok_or(malformed)?),
        };
        let account = match owner {
            "" => None,
            // Numbers are accounts; words are AWS itself (`aws`, `cloudfront`).
            digits if is_digits => Some(AwsAccountId::parse(digits).map_err(|_| malformed)?),
            _ => None,
        };
        Ok(Self {
            text: text.to_owned(),
            partition: partition.to_owned(),
            service: service.to_owned(),
            region,
            account,
            resource: resource.to_owned(),
        })
    }

    /// The whole ARN.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// `aws`, `aws-cn`, …: emulators speak of `aws`.
    #[must_use]
    pub fn partition(&self) -> &str {
        &self.partition
    }

    /// The service as ARNs spell it: `states`, where the console and [`crate::domain::service`] may say otherwise.
    #[must_use]
    pub fn service(&self) -> &str {
        &self.service
    }

    /// `None` for what has no region: IAM, S3 buckets, CloudFront, Route 53.
    #[must_use]
    pub fn region(&self) -> Option<&Region> {
        self.region.as_ref()
    }

    /// `None` where the ARN names no account (S3 buckets), or AWS itself (managed policies).
    #[must_use]
    pub fn account(&self) -> Option<&AwsAccountId> {
        self.account.as_ref()
    }

    /// Everything behind the account: `function:greet`, `role/Admin`, a name alone.
    #[must_use]
    pub fn resource(&self) -> &str {
        &self.resource
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_is_read_into_its_parts_and_written_as_it_was() -> Result<(), InputError> {
        let arn = Arn::parse("arn:aws-cn:lambda:cn-north-1:111122223333:function:greet:live")?;
        assert_eq!((arn.partition(), arn.service(), arn.resource()), ("aws-cn", "lambda", "function:greet:live"));
        assert_eq!(arn.region().map(Region::as_str), Some("cn-north-1"));
        assert_eq!(arn.account().map(AwsAccountId::as_str), Some("111122223333"));
        assert_eq!(arn.to_string(), arn.as_str());
        let policy = Arn::parse("arn:aws:iam::aws:policy/AdministratorAccess")?;
        assert_eq!((policy.region(), policy.account()), (None, None));
        Ok(())
    }

    #[test]
    fn what_is_no_arn_is_refused() {
        for wrong in [
            "",
            "arn",
            "arn:aws:s3",
            "arn:aws:s3::: ",
            "arn:other:s3:::bucket",
            "arn:aws::eu-central-1:111122223333:x",
            "arn:aws:ec2:us-ea+st-1:111122223333:instance/x",
            "arn:aws:ec2:us-east-1:1111:instance/x",
            "arn:aws:ec2:us-east-1:1111/2222:instance/x",
            "arn:aws:s3:::a\nb",
        ] {
            assert_eq!(Arn::parse(wrong).map_err(|error| error.problem), Err(Problem::Malformed), "{wrong}");
        }
        let long = format!("arn:aws:s3:::{}", "a".repeat(LONGEST));
        assert_eq!(Arn::parse(&long).map_err(|error| error.problem), Err(Problem::TooLong));
    }
}
