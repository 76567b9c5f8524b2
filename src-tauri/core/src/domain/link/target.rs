//! Link: what a pasted, dropped or given link says, and how it is written again.
//!
//! Not how it is read (`reading`) nor which profile opens it (`app`). Grows with what links say.

use std::fmt;

use url::Url;

use super::arn::Arn;
use super::encoding;
use super::pasted::wrapped;
use super::portal;
use super::resource_pages;
use crate::domain::input::{Field, InputError, Problem};
use crate::domain::partition::{Partition, PartitionName};
use crate::domain::profile::{AwsAccountId, Region};
use crate::domain::s3::S3Uri;
use crate::domain::service::Service;

/// What a link says; whatever it does not say is `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it belongs; for an ARN as ARNs spell it, so that `aws` is an emulator's too.
    pub partition: Option<PartitionName>,
    /// Whose page it is.
    pub account: Option<AccountName>,
    /// Which region it names.
    pub region: Option<Region>,
    /// The console's service.
    pub service: Option<&'static Service>,
    /// The role or permission set to be there with.
    pub role: Option<RoleName>,
    /// The access portal that it goes through.
    pub start_url: Option<Url>,
    /// Where it leads.
    pub page: Page,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// To the account, and no page of it.
    Home,
    /// To this page of the console: no session, no token, no prefix in it.
    At(Url),
    /// To the page of a resource; each partition that fits has it at its own console.
    Resource(Arn),
    /// To this page of one of the user's own sites: no token in it.
    OwnSite(Url),
    /// To an object of S3, or to a bucket where the key is empty: in whichever partition has it.
    Object(S3Uri),
}

/// An account as a link names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountName {
    /// Twelve digits.
    Id(AwsAccountId),
    /// The account's alias.
    Alias(AccountAlias),
}

impl AccountName {
    /// Takes an account's id, else its alias.
    ///
    /// # Errors
    /// [`Problem::Malformed`] for what is neither.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        AwsAccountId::parse(text).map(Self::Id).or_else(|_| AccountAlias::parse(text).map(Self::Alias))
    }
}

impl fmt::Display for AccountName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(formatter),
            Self::Alias(alias) => formatter.write_str(alias.as_str()),
        }
    }
}

/// An account's alias: 3–63 of `[a-z0-9-]`, no hyphen at an end, no two in a row.
/// Source: IAM API, `CreateAccountAlias`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountAlias(String);

impl AccountAlias {
    /// Checks.
    ///
    /// # Errors
    /// [`Problem::Malformed`], also for twelve digits: those are an account's id.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let fits = (3..=63).contains(&text.len())
            && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--")
            && AwsAccountId::parse(text).is_err();
        fits.then(|| Self(text.to_owned())).ok_or(InputError::new(Field::Link, Problem::Malformed))
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A role's name with its path, or a permission set's: 1–576 of `[\w+=,.@/-]`.
/// Source: IAM API, `CreateRole`; Identity Center API, `CreatePermissionSet`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleName(String);

impl RoleName {
    /// Checks.
    ///
    /// # Errors
    /// [`Problem::Malformed`].
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let fits = (1..=576).contains(&text.len())
            && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "_+=,.@/-".contains(letter));
        fits.then(|| Self(text.to_owned())).ok_or(InputError::new(Field::Link, Problem::Malformed))
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Link {
    /// Whether a profile of this partition and account can open it. What the link or the profile does
    /// not know speaks against nobody.
    #[must_use]
    pub fn fits(&self, partition: &Partition, account: Option<&AwsAccountId>) -> bool {
        let is_there = match (&self.partition, &self.page) {
            (Some(name), Page::Resource(_)) => partition.arn_partition() == name.as_str(),
            (Some(name), _) => partition.name() == name.as_str(),
            (None, _) => true,
        };
        let is_whose = match (&self.account, account) {
            (Some(AccountName::Id(named)), Some(account)) => named == account,
            _ => true,
        };
        is_there && is_whose
    }

    /// The page at a partition's console; `region` is for what names none. `None` where the link names no page.
    #[must_use]
    pub fn page_at(&self, partition: &Partition, region: &Region) -> Option<Url> {
        let mut folder = None;
        let arn = match &self.page {
            Page::Home => return None,
            Page::At(url) | Page::OwnSite(url) => return Some(url.clone()),
            Page::Resource(arn) => arn.clone(),
            Page::Object(uri) => {
                let (bucket, key) = (uri.bucket(), uri.key());
                // A folder is a part of its bucket's page, and no object.
                folder = (uri.is_folder() && !key.is_empty()).then_some(key);
                let resource = if uri.is_folder() { bucket.to_owned() } else { format!("{bucket}/{key}") };
                Arn::parse(&format!("arn:{}:s3:::{resource}", partition.arn_partition())).ok()?
            }
        };
        let page = resource_pages::page(&arn, region).ok()?;
        let mut page = partition.console(arn.region().unwrap_or(region))?.join(&page.below_console).ok()?;
        if let Some(folder) = folder {
            let query = format!("{}&prefix={}", page.query().unwrap_or_default(), encoding::component(folder));
            page.set_query(Some(&query));
        }
        Some(page)
    }
}

/// One text that says the same; `link::parse` (or `link::to_own_site`) makes the same link of it. It never signs in.
impl fmt::Display for Link {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&wrapped(&self.spelled()))
    }
}

impl Link {
    fn spelled(&self) -> String {
        let page = match &self.page {
            Page::Home => None,
            Page::At(url) | Page::OwnSite(url) => Some(url.as_str().to_owned()),
            Page::Resource(arn) => Some(arn.as_str().to_owned()),
            Page::Object(uri) => Some(uri.to_string()),
        };
        let destination = match &self.page {
            Page::At(url) => Some(url),
            _ => None,
        };
        match (&self.start_url, &self.account, page) {
            (Some(start_url), Some(AccountName::Id(account)), _) => {
                portal::shortcut(start_url, account, self.role.as_ref(), destination).into()
            }
            (Some(start_url), _, _) => start_url.as_str().to_owned(),
            (None, Some(account), page) if self.role.is_some() || page.is_none() => self.sign_in(account, destination),
            (None, account, page) => {
                let page = page.unwrap_or_default();
                match account.as_ref().filter(|account| self.account_of_the_page().as_ref() != Some(*account)) {
                    None => page,
                    // The page's address does not say whose it is.
                    Some(account) => {
                        let mut query = url::form_urlencoded::Serializer::new(String::new());
                        query.append_pair("link", &wrapped(&page)).append_pair("account", &account.to_string());
                        format!("sidelight:open?{}", query.finish())
                    }
                }
            }
        }
    }

    /// The account that the page's own text names.
    fn account_of_the_page(&self) -> Option<AccountName> {
        match &self.page {
            Page::At(url) => super::address::account_in(url).map(AccountName::Id),
            Page::Resource(arn) => arn.account().cloned().map(AccountName::Id),
            Page::Home | Page::OwnSite(_) | Page::Object(_) => None,
        }
    }

    /// Switching to a role, or an account's own sign-in page.
    fn sign_in(&self, account: &AccountName, destination: Option<&Url>) -> String {
        let name = self.partition.as_ref().map_or("aws", PartitionName::as_str);
        let suffix = Partition::built_in().find(|known| known.name() == name).and_then(|known| known.sign_in_suffix());
        let suffix = suffix.unwrap_or_default();
        let Some(role) = &self.role else {
            return format!("https://{account}.{suffix}/console");
        };
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("account", &account.to_string()).append_pair("roleName", role.as_str());
        if let Some(destination) = destination {
            query.append_pair("redirect_uri", destination.as_str());
        }
        format!("https://{suffix}/switchrole?{}", query.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::link::laws::partitions;

    fn fitting(text: &str, account: Option<&AwsAccountId>) -> Result<Vec<String>, InputError> {
        let partitions = partitions();
        let link = super::super::parse(text, &partitions)?;
        let fits = partitions.iter().filter(|partition| link.fits(partition, account));
        Ok(fits.map(|partition| partition.name().to_owned()).collect())
    }

    #[test]
    fn an_arn_of_aws_is_an_emulators_too_and_an_address_is_of_its_own_partition() -> Result<(), InputError> {
        assert_eq!(fitting("arn:aws:sqs:us-east-1:111122223333:orders", None)?, ["aws", "demo"]);
        assert_eq!(fitting("arn:aws-cn:sqs:cn-north-1:111122223333:orders", None)?, ["aws-cn"]);
        assert_eq!(fitting("https://us-east-1.console.aws.amazon.com/s3/buckets", None)?, ["aws"]);
        assert_eq!(fitting("http://127.0.0.1:4999/s3/buckets", None)?, ["demo"]);
        assert_eq!(fitting("s3://acme-logs/a", None)?.len(), 5);
        Ok(())
    }

    #[test]
    fn another_account_does_not_fit_and_an_unknown_one_may() -> Result<(), InputError> {
        let arn = "arn:aws-cn:sqs:cn-north-1:111122223333:orders";
        assert_eq!(fitting(arn, Some(&AwsAccountId::parse("111122223333")?))?, ["aws-cn"]);
        assert!(fitting(arn, Some(&AwsAccountId::parse("444455556666")?))?.is_empty());
        assert_eq!(
            fitting("https://acme.signin.amazonaws.cn/console", Some(&AwsAccountId::parse("444455556666")?))?,
            ["aws-cn"]
        );
        Ok(())
    }

    #[test]
    fn a_resource_has_its_page_at_each_console_that_fits() -> Result<(), InputError> {
        let partitions = partitions();
        let link = super::super::parse("arn:aws:sqs:us-east-1:111122223333:orders", &partitions)?;
        let region = Region::parse("eu-west-1")?;
        let page = |partition: &Partition| link.page_at(partition, &region).map(String::from);
        let below =
            "sqs/v3/home?region=us-east-1#/queues/https%3A%2F%2Fsqs.us-east-1.amazonaws.com%2F111122223333%2Forders";
        assert_eq!(page(&partitions[0]), Some(format!("https://us-east-1.console.aws.amazon.com/{below}")));
        assert_eq!(page(&partitions[4]), Some(format!("http://127.0.0.1:4999/{below}")));
        Ok(())
    }

    #[test]
    fn a_role_or_an_alias_that_aws_would_not_take_is_refused() {
        for wrong in ["", "a", "ab--c", "-abc", "abc-", "Abc", "111122223333", "a.b"] {
            assert!(AccountAlias::parse(wrong).is_err(), "{wrong}");
        }
        assert!(AccountAlias::parse("acme-prod").is_ok());
        for wrong in ["", "a b", "a&b", "ロール"] {
            assert!(RoleName::parse(wrong).is_err(), "{wrong}");
        }
        assert!(RoleName::parse("team/Admin_1+=,.@-").is_ok());
    }
}
