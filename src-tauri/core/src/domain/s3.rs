//! S3: a bucket's objects as they are copied to this machine and from it.
//!
//! Not the copying (`aws::s3`, `transfers`). Sources: Amazon S3 user guide, "Bucket naming rules",
//! "Naming Amazon S3 objects"; AWS CLI, `aws s3 cp`, for how an address is written.

mod places;

use std::fmt;

use super::input::{Field, InputError, Problem};
use super::session::Access;
pub use places::{Place, Places};

/// The longest key, in bytes.
const LONGEST_KEY: usize = 1024;

/// `s3://BUCKET/KEY`: an object; with a key that is empty or ends in `/`, all objects below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct S3Uri {
    bucket: String,
    key: String,
}

impl S3Uri {
    /// Takes a bucket's name and a whole key, or the beginning of keys.
    ///
    /// # Errors
    /// [`Problem::Malformed`], [`Problem::TooLong`].
    pub fn new(bucket: &str, key: &str) -> Result<Self, InputError> {
        let is_name = (3..=255).contains(&bucket.len())
            && bucket.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
            && bucket.starts_with(|first: char| first.is_ascii_alphanumeric());
        if !is_name {
            return Err(InputError::new(Field::S3Uri, Problem::Malformed));
        }
        if key.len() > LONGEST_KEY {
            return Err(InputError::new(Field::S3Uri, Problem::TooLong));
        }
        Ok(Self { bucket: bucket.to_owned(), key: key.to_owned() })
    }

    /// As the AWS CLI writes it; nothing in it is encoded.
    ///
    /// # Errors
    /// [`Problem::Missing`], [`Problem::Malformed`], [`Problem::TooLong`].
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let rest = text.strip_prefix("s3://").ok_or(InputError::new(Field::S3Uri, Problem::Malformed))?;
        let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
        Self::new(bucket, key)
    }

    /// The bucket's name.
    #[must_use]
    pub fn bucket(&self) -> &str {
        &self.bucket
    }

    /// The object's key, or what the keys of all objects begin with.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether all objects below it are meant.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        self.key.is_empty() || self.key.ends_with('/')
    }

    /// What a file or folder of it is called: the key's last part, else the bucket.
    #[must_use]
    pub fn name(&self) -> &str {
        self.key.split('/').rfind(|part| !part.is_empty()).unwrap_or(&self.bucket)
    }

    /// The object of this name in the folder.
    ///
    /// # Errors
    /// [`Problem::TooLong`].
    pub fn below(&self, name: &str) -> Result<Self, InputError> {
        Self::new(&self.bucket, &format!("{}{name}", self.key))
    }

    /// The folder that it is, or is in.
    #[must_use]
    pub fn folder(&self) -> Self {
        let end = self.key.rfind('/').map_or(0, |slash| slash + 1);
        Self { bucket: self.bucket.clone(), key: self.key.get(..end).unwrap_or_default().to_owned() }
    }

    /// As a folder.
    ///
    /// # Errors
    /// [`Problem::TooLong`].
    pub fn as_folder(&self) -> Result<Self, InputError> {
        if self.is_folder() { Ok(self.clone()) } else { self.below("/") }
    }
}

impl fmt::Display for S3Uri {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "s3://{}/{}", self.bucket, self.key)
    }
}

/// What is copied, and which way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct S3Copy {
    /// In S3.
    pub at: S3Uri,
    /// Which way.
    pub way: S3Way,
    /// With which rights of the profile.
    pub access: Access,
    /// An object that is there already is replaced.
    pub replaces: bool,
    /// The multipart upload that is under way.
    pub upload: Option<String>,
}

/// Which way objects go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum S3Way {
    /// To this machine.
    Down,
    /// To S3.
    Up,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_the_aws_cli_writes_it() -> Result<(), InputError> {
        for (text, bucket, key, name, is_folder) in [
            ("s3://reports", "reports", "", "reports", true),
            ("s3://reports/", "reports", "", "reports", true),
            ("s3://reports/2026/10.csv", "reports", "2026/10.csv", "10.csv", false),
            ("s3://reports/2026/", "reports", "2026/", "2026", true),
            ("s3://reports//a b%20?.csv", "reports", "/a b%20?.csv", "a b%20?.csv", false),
            ("s3://old_Bucket.x/売上", "old_Bucket.x", "売上", "売上", false),
        ] {
            let uri = S3Uri::parse(text)?;
            assert_eq!(
                (uri.bucket(), uri.key(), uri.name(), uri.is_folder()),
                (bucket, key, name, is_folder),
                "{text}"
            );
            assert_eq!(S3Uri::parse(&uri.to_string())?, uri);
        }
        for text in ["", "reports/a", "s3:/reports", "s3://", "s3://ab", "s3:///key", "s3://a b/c", "S3://reports/a"] {
            assert_eq!(S3Uri::parse(text), Err(InputError::new(Field::S3Uri, Problem::Malformed)), "{text}");
        }
        for (text, folder) in [
            ("s3://reports/a/b", "s3://reports/a/"),
            ("s3://reports/a/", "s3://reports/a/"),
            ("s3://reports/a", "s3://reports/"),
        ] {
            assert_eq!(S3Uri::parse(text)?.folder().to_string(), folder);
        }
        let long = format!("s3://reports/{}", "a".repeat(1025));
        assert_eq!(S3Uri::parse(&long), Err(InputError::new(Field::S3Uri, Problem::TooLong)));
        Ok(())
    }
}
