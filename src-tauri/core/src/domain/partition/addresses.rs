//! Where a partition's services answer: STS, sign-in, Identity Center.
//!
//! Not its console nor its pages (`partition`, `hosts`). Grows with the services that are asked.

use url::Url;

use super::Partition;
use crate::domain::profile::Region;
use crate::domain::source::AccountOrAlias;

impl Partition {
    /// STS's address; `None` where the SDK knows it.
    #[must_use]
    pub fn sts(&self) -> Option<&Url> {
        match self {
            Self::BuiltIn(_) => None,
            Self::Own(partition) => Some(partition.sts.url()),
        }
    }

    /// STS's address in a region, for whoever only wants to know whether it answers. Source: AWS
    /// General Reference, "AWS Security Token Service endpoints".
    #[must_use]
    pub fn sts_in(&self, region: &Region) -> Option<Url> {
        match self {
            Self::BuiltIn(partition) => Url::parse(&format!("https://sts.{region}.{}/", partition.sts_suffix)).ok(),
            Self::Own(partition) => Some(partition.sts.url().clone()),
        }
    }

    /// Identity Center's portal API of a region. Source: AWS General Reference, "IAM Identity Center
    /// endpoints".
    #[must_use]
    pub fn sso(&self, region: &Region) -> Option<Url> {
        match self {
            Self::BuiltIn(partition) => {
                Url::parse(&format!("https://portal.sso.{region}.{}/", partition.sts_suffix)).ok()
            }
            Self::Own(partition) => partition.sso.as_ref().map(|sso| sso.url().clone()),
        }
    }

    /// Identity Center's OIDC API of a region. Source: as [`Self::sso`].
    #[must_use]
    pub fn sso_oidc(&self, region: &Region) -> Option<Url> {
        match self {
            Self::BuiltIn(partition) => Url::parse(&format!("https://oidc.{region}.{}/", partition.sts_suffix)).ok(),
            Self::Own(partition) => partition.sso_oidc.as_ref().map(|oidc| oidc.url().clone()),
        }
    }

    /// The host of a bucket's objects; empty for an own partition that says none. Source: Amazon S3 user guide,
    /// "Virtual hosting of general purpose buckets".
    #[must_use]
    pub fn s3_host(&self, bucket: &str) -> String {
        match self {
            Self::BuiltIn(partition) => format!("{bucket}.s3.{}", partition.file_hosts),
            Self::Own(partition) => {
                let host = partition.s3.as_ref().and_then(|s3| s3.url().host_str());
                host.unwrap_or_default().to_owned()
            }
        }
    }

    /// An account's own sign-in page, by its id or alias; an own partition has it beside its federation
    /// endpoint. Source: AWS Sign-In user guide, "Sign in as an IAM user".
    #[must_use]
    pub fn sign_in_page(&self, account: &AccountOrAlias) -> Option<Url> {
        let account = account.as_str();
        match self {
            Self::BuiltIn(partition) => {
                Url::parse(&format!("https://{account}.{}/console/", partition.sign_in_suffix)).ok()
            }
            Self::Own(partition) => partition.sign_in.url().join(&format!("/signin/{account}/console/")).ok(),
        }
    }

    /// The federation endpoint of a region.
    #[must_use]
    pub fn federation(&self, region: &Region) -> Option<Url> {
        match self {
            Self::BuiltIn(partition) => {
                Url::parse(&format!("https://{region}.{}/federation", partition.sign_in_suffix)).ok()
            }
            Self::Own(partition) => Some(partition.sign_in.url().clone()),
        }
    }

    /// The page that ends a browser's session. Source: what AWS's own "Sign out" leads to.
    #[must_use]
    pub fn sign_out(&self, region: &Region) -> Option<Url> {
        let mut url = self.federation(region)?.join("/oauth").ok()?;
        url.query_pairs_mut().append_pair("Action", "logout");
        Some(url)
    }
}
