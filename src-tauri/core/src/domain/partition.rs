//! Partition: its endpoints, its sign-in and console hosts. The built-in ones are data, the
//! user's own are addresses that the user gave.
//!
//! Not which page may fill a tab (`navigation`) nor how a link is spelled (`sign_in`).
//! Grows by a row when AWS opens a partition.

mod addresses;
mod hosts;

use std::fmt;

use url::{Host, Url};

use super::input::{Field, InputError, Problem};
use super::profile::Region;
use super::service::regions_of;

/// `aws`, `aws-cn`, … or the user's own word: 1–32 of `[a-z0-9-]`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartitionName(String);

impl PartitionName {
    /// Trims and checks.
    ///
    /// # Errors
    /// Empty or malformed.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let text = text.trim();
        let fits = text.len() <= 32
            && text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        if text.is_empty() {
            return Err(InputError::new(Field::Partition, Problem::Missing));
        }
        fits.then(|| Self(text.to_owned())).ok_or(InputError::new(Field::Partition, Problem::Malformed))
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PartitionName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Where STS, sign-in and the console of a set of accounts are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Partition {
    /// One of AWS's.
    BuiltIn(&'static BuiltIn),
    /// One of the user's own: an emulator, an isolated region.
    Own(Box<OwnPartition>),
}

/// One of AWS's partitions. Sources: AWS General Reference, "AWS Sign-In endpoints"; IAM user
/// guide, "Enabling custom identity broker access to the AWS console".
#[derive(Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// As ARNs spell it.
    pub name: &'static str,
    sign_in_suffix: &'static str,
    sts_suffix: &'static str,
    console: Console,
    /// Where pages of this partition live: a host is allowed if it is one of these or below it.
    pub page_hosts: &'static [&'static str],
    /// Where S3 and other services serve files: below this.
    file_hosts: &'static str,
    /// Where the console opens when nothing is said.
    pub default_region: &'static str,
}

#[derive(Debug, PartialEq, Eq)]
enum Console {
    Regional(&'static str),
    One(&'static str),
}

static BUILT_IN: [BuiltIn; 4] = [
    BuiltIn {
        name: "aws",
        sign_in_suffix: "signin.aws.amazon.com",
        sts_suffix: "amazonaws.com",
        console: Console::Regional("console.aws.amazon.com"),
        page_hosts: &["console.aws.amazon.com", "signin.aws.amazon.com", "signin.aws", "awsapps.com", "app.aws"],
        file_hosts: "amazonaws.com",
        default_region: "us-east-1",
    },
    BuiltIn {
        name: "aws-cn",
        sign_in_suffix: "signin.amazonaws.cn",
        sts_suffix: "amazonaws.com.cn",
        console: Console::Regional("console.amazonaws.cn"),
        page_hosts: &["console.amazonaws.cn", "signin.amazonaws.cn", "awsapps.cn"],
        file_hosts: "amazonaws.com.cn",
        default_region: "cn-north-1",
    },
    BuiltIn {
        name: "aws-us-gov",
        sign_in_suffix: "signin.amazonaws-us-gov.com",
        sts_suffix: "amazonaws.com",
        console: Console::Regional("console.amazonaws-us-gov.com"),
        page_hosts: &["console.amazonaws-us-gov.com", "signin.amazonaws-us-gov.com"],
        file_hosts: "amazonaws.com",
        default_region: "us-gov-west-1",
    },
    BuiltIn {
        name: "aws-eusc",
        sign_in_suffix: "signin.amazonaws-eusc.eu",
        sts_suffix: "amazonaws.eu",
        console: Console::One("console.amazonaws-eusc.eu"),
        page_hosts: &["console.amazonaws-eusc.eu", "signin.amazonaws-eusc.eu"],
        file_hosts: "amazonaws.eu",
        default_region: "eusc-de-east-1",
    },
];

/// A partition whose addresses the user gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnPartition {
    /// Not the name of a built-in one.
    pub name: PartitionName,
    /// STS.
    pub sts: Endpoint,
    /// The federation endpoint, path included.
    pub sign_in: Endpoint,
    /// Origins whose pages may fill a tab; the first is where the console opens. Never empty.
    pub consoles: Vec<Endpoint>,
    /// Where S3 objects are served.
    pub s3: Option<Endpoint>,
    /// IAM.
    pub iam: Option<Endpoint>,
    /// Identity Center's portal API.
    pub sso: Option<Endpoint>,
    /// Identity Center's OIDC API.
    pub sso_oidc: Option<Endpoint>,
    /// Regions to choose from. Never empty.
    pub regions: Vec<Region>,
}

/// An address that secrets may be sent to: https, or http to this very machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint(Url);

impl Endpoint {
    /// Trims and checks; `field` says whose fault a wrong one is.
    ///
    /// # Errors
    /// Empty, not a URL with a host, with a user name or fragment, or plain http to another machine.
    pub fn parse(text: &str, field: Field) -> Result<Self, InputError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(InputError::new(field, Problem::Missing));
        }
        let malformed = InputError::new(field, Problem::Malformed);
        let url = Url::parse(text).map_err(|_| malformed)?;
        let bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        match url.scheme() {
            _ if url.host().is_none() || !bare => Err(malformed),
            "https" => Ok(Self(url)),
            "http" if is_loopback(&url) => Ok(Self(url)),
            "http" => Err(InputError::new(field, Problem::NotSecure)),
            _ => Err(malformed),
        }
    }

    /// The address.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.0
    }
}

/// Whether a URL leads to this very machine, whatever the network says.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

impl Partition {
    /// AWS's own partitions.
    pub fn built_in() -> impl Iterator<Item = Self> {
        BUILT_IN.iter().map(Self::BuiltIn)
    }

    /// The one of AWS's own that a region is in, as far as it is known.
    #[must_use]
    pub fn of_region(region: &str) -> Option<Self> {
        Self::built_in().find(|partition| partition.regions().iter().any(|known| known == region))
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::BuiltIn(partition) => partition.name,
            Self::Own(partition) => partition.name.as_str(),
        }
    }

    /// What stands in ARNs. Emulators speak of `aws`.
    #[must_use]
    pub fn arn_partition(&self) -> &str {
        match self {
            Self::BuiltIn(partition) => partition.name,
            Self::Own(_) => "aws",
        }
    }

    /// Regions to choose from, in AWS's order.
    #[must_use]
    pub fn regions(&self) -> Vec<String> {
        match self {
            Self::BuiltIn(partition) => regions_of(partition.name).map(|region| region.code.to_owned()).collect(),
            Self::Own(partition) => partition.regions.iter().map(ToString::to_string).collect(),
        }
    }

    /// Where the console opens when nothing is said.
    #[must_use]
    pub fn default_region(&self) -> &str {
        match self {
            Self::BuiltIn(partition) => partition.default_region,
            Self::Own(partition) => partition.regions.first().map_or("us-east-1", Region::as_str),
        }
    }

    /// The console's origin for a region, ending in `/`.
    #[must_use]
    pub fn console(&self, region: &Region) -> Option<Url> {
        match self {
            Self::BuiltIn(partition) => match partition.console {
                Console::Regional(suffix) => Url::parse(&format!("https://{region}.{suffix}/")).ok(),
                Console::One(host) => Url::parse(&format!("https://{host}/")).ok(),
            },
            Self::Own(partition) => partition.consoles.first().and_then(|console| console.url().join("/").ok()),
        }
    }

    /// Whether a page of this address belongs into a tab of this partition.
    #[must_use]
    pub fn has_page(&self, url: &Url) -> bool {
        match self {
            Self::BuiltIn(partition) => {
                url.scheme() == "https"
                    && url.port().is_none()
                    && matches!(url.host(), Some(Host::Domain(host))
                        if partition.page_hosts.iter().any(|suffix| is_below(host, suffix)))
            }
            Self::Own(partition) => {
                partition.consoles.iter().chain([&partition.sign_in]).any(|own| own.url().origin() == url.origin())
            }
        }
    }
}

impl Partition {
    /// Whether a file of this address may come from this partition: S3's presigned links.
    #[must_use]
    pub fn has_files(&self, url: &Url) -> bool {
        match self {
            Self::BuiltIn(partition) => {
                url.scheme() == "https"
                    && url.port().is_none()
                    && matches!(url.host(), Some(Host::Domain(host)) if is_below(host, partition.file_hosts))
            }
            Self::Own(partition) => partition.s3.as_ref().map_or_else(|| is_presigned(url), |s3| is_at(s3.url(), url)),
        }
    }
}

/// Whether an address is at S3's endpoint, by path or with its bucket before the host
/// (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html>).
fn is_at(s3: &Url, url: &Url) -> bool {
    let is_below = match (s3.host(), url.host()) {
        (Some(Host::Domain(endpoint)), Some(Host::Domain(host))) => is_below(host, endpoint),
        (endpoint, host) => endpoint == host,
    };
    is_below && s3.scheme() == url.scheme() && s3.port_or_known_default() == url.port_or_known_default()
}

/// Whether an address carries Signature Version 4 in its query
/// (<https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>).
fn is_presigned(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.query_pairs().any(|(name, _)| name == "X-Amz-Signature")
}

/// Whether `host` is `suffix` or ends in `.suffix`.
fn is_below(host: &str, suffix: &str) -> bool {
    host.strip_suffix(suffix).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
#[path = "partition_tests.rs"]
mod tests;
