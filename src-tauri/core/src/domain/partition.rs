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
            Self::Own(partition) => partition.s3.as_ref().is_some_and(|s3| s3.url().origin() == url.origin()),
        }
    }
}

/// Whether `host` is `suffix` or ends in `.suffix`.
fn is_below(host: &str, suffix: &str) -> bool {
    host.strip_suffix(suffix).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aws() -> Partition {
        Partition::BuiltIn(&BUILT_IN[0])
    }

    fn has_page(text: &str) -> bool {
        Url::parse(text).is_ok_and(|url| aws().has_page(&url))
    }

    #[test]
    fn a_page_belongs_only_on_a_dot_boundary_of_a_known_host_over_https() {
        assert!(has_page("https://eu-central-1.console.aws.amazon.com/s3/buckets"));
        assert!(has_page("https://111122223333-abcd1234.eu-central-1.console.aws.amazon.com/"));
        assert!(has_page("https://us-east-1.signin.aws.amazon.com/federation"));
        assert!(has_page("https://d-1234567890.awsapps.com/start"));
        for foreign in [
            "http://console.aws.amazon.com/",
            "https://evilconsole.aws.amazon.com/",
            "https://console.aws.amazon.com.evil.example/",
            "https://console.aws.amazon.com:8443/",
            "https://console.aws.amazon.com@evil.example/",
            "https://docs.aws.amazon.com/",
            "https://bucket.s3.amazonaws.com/",
            "https://console.aws.amazon.com\u{ff0e}evil.example/",
            "data:text/html,hi",
        ] {
            assert!(!has_page(foreign), "{foreign}");
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for fine in ["http://127.0.0.1:4566", "http://localhost:1/x", "http://[::1]:80", "https://sts.example"] {
            assert!(Endpoint::parse(fine, Field::Sts).is_ok(), "{fine}");
        }
        for (wrong, problem) in [
            ("http://10.0.0.1", Problem::NotSecure),
            ("http://localhost.evil.example", Problem::NotSecure),
            ("http://127.0.0.1@evil.example", Problem::Malformed),
            ("ftp://127.0.0.1", Problem::Malformed),
            ("127.0.0.1:80", Problem::Malformed),
            (" ", Problem::Missing),
        ] {
            assert_eq!(Endpoint::parse(wrong, Field::Sts), Err(InputError::new(Field::Sts, problem)), "{wrong}");
        }
    }

    #[test]
    fn endpoints_follow_the_partition_and_the_region() -> Result<(), InputError> {
        let spelled = |partition: &Partition, region: &str| -> Result<(String, String), InputError> {
            let region = Region::parse(region)?;
            let text = |url: Option<Url>| url.map(String::from).unwrap_or_default();
            Ok((text(partition.federation(&region)), text(partition.console(&region))))
        };
        assert_eq!(
            spelled(&aws(), "eu-central-1")?,
            (
                "https://eu-central-1.signin.aws.amazon.com/federation".to_owned(),
                "https://eu-central-1.console.aws.amazon.com/".to_owned()
            )
        );
        assert_eq!(
            spelled(&Partition::BuiltIn(&BUILT_IN[3]), "eusc-de-east-1")?,
            (
                "https://eusc-de-east-1.signin.amazonaws-eusc.eu/federation".to_owned(),
                "https://console.amazonaws-eusc.eu/".to_owned()
            )
        );
        Ok(())
    }
}
