//! Identity Center's access portal: its start URLs, and the shortcut links that lead through it.
//!
//! Not how one signs in there. Grows when AWS gives the portal a further host.
//! Sources: IAM Identity Center user guide, "Creating shortcut links to AWS Management Console
//! destinations" and "Customizing the AWS access portal URL"; AWS GovCloud user guide and Amazon Web
//! Services in China guide, "IAM Identity Center".

use url::form_urlencoded::{self, Serializer};
use url::{Host, Url};

use super::target::RoleName;
use crate::domain::partition::Partition;
use crate::domain::profile::AwsAccountId;
use crate::domain::service::regions_of;

/// A link to the portal, read.
pub(super) struct Portal {
    /// Which partition's.
    pub(super) partition: &'static str,
    /// Without a fragment, a query and a `/` at its end.
    pub(super) start_url: Url,
    /// What a shortcut link says.
    pub(super) shortcut: Option<Shortcut>,
}

/// A shortcut link's parameters, as given.
#[derive(Default)]
pub(super) struct Shortcut {
    pub(super) account: Option<String>,
    pub(super) role: Option<String>,
    pub(super) destination: Option<String>,
}

/// Reads an address of AWS's portals; `None` for every other.
pub(super) fn portal(url: &Url) -> Option<Portal> {
    let Some(Host::Domain(host)) = url.host() else { return None };
    if url.scheme() != "https" || url.port().is_some() {
        return None;
    }
    let path = url.path();
    let is_start = path == "/start" || path.starts_with("/start/");
    let partition = if below(host, "us-gov-home.awsapps.com").is_some() && path.starts_with("/directory/") {
        "aws-us-gov"
    } else if below(host, "home.awsapps.cn").is_some() && path.starts_with("/directory/") {
        "aws-cn"
    } else if below(host, "awsapps.com").is_some() && is_start {
        "aws"
    } else if below(host, "awsapps.cn").is_some() && is_start {
        "aws-cn"
    } else if let Some(labels) = below(host, "app.aws") {
        let (_, region) = labels.split_once(".portal.")?;
        let has = |name: &&str| regions_of(name).any(|known| known.code == region);
        ["aws-us-gov", "aws-cn", "aws-eusc"].into_iter().find(|name| has(name)).unwrap_or("aws")
    } else if host == "identitycenter.amazonaws.com" && path.starts_with("/ssoins-") {
        "aws"
    } else {
        return None;
    };
    Some(Portal { partition, start_url: start_url(url), shortcut: shortcut_of(url) })
}

/// Reads a shortcut link at one of the user's own partitions, whose portal may be at any path.
pub(super) fn own_portal(partition: &Partition, url: &Url) -> Option<(Url, Shortcut)> {
    let is_own = matches!(partition, Partition::Own(_)) && partition.has_page(url);
    Some((start_url(url), shortcut_of(url).filter(|_| is_own)?))
}

/// The labels before a suffix that stands on a dot boundary.
fn below<'host>(host: &'host str, suffix: &str) -> Option<&'host str> {
    host.strip_suffix(suffix)?.strip_suffix('.')
}

fn start_url(url: &Url) -> Url {
    let mut start = url.clone();
    start.set_fragment(None);
    start.set_query(None);
    let path = url.path().trim_end_matches('/').to_owned();
    start.set_path(&path);
    start
}

fn shortcut_of(url: &Url) -> Option<Shortcut> {
    let query = url.fragment()?.trim_start_matches('/').strip_prefix("console?")?;
    let mut shortcut = Shortcut::default();
    for (key, value) in form_urlencoded::parse(query.as_bytes()) {
        let place = match key.as_ref() {
            "account_id" => &mut shortcut.account,
            "role_name" => &mut shortcut.role,
            "destination" => &mut shortcut.destination,
            _ => continue,
        };
        *place = Some(value.into_owned());
    }
    Some(shortcut)
}

/// A link that leads through the access portal to an account, and there with a permission set to a
/// page. Without a permission set the portal asks for one. No session or token is in it.
/// Source: IAM Identity Center user guide, "Creating shortcut links to AWS Management Console
/// destinations".
#[must_use]
pub fn shortcut(
    start_url: &Url,
    account: &AwsAccountId,
    permission_set: Option<&RoleName>,
    destination: Option<&Url>,
) -> Url {
    let mut query = Serializer::new(String::new());
    query.append_pair("account_id", account.as_str());
    if let Some(permission_set) = permission_set {
        query.append_pair("role_name", permission_set.as_str());
    }
    if let Some(destination) = destination {
        query.append_pair("destination", super::shareable(destination).as_str());
    }
    let mut link = self::start_url(start_url);
    let path = format!("{}/", link.path().trim_end_matches('/'));
    link.set_path(&path);
    link.set_fragment(Some(&format!("/console?{}", query.finish())));
    link
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::InputError;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("the case is a URL")
    }

    #[test]
    fn a_shortcut_link_is_spelled_as_aws_does() -> Result<(), InputError> {
        let account = AwsAccountId::parse("123456789012")?;
        let role = RoleName::parse("S3FullAccess")?;
        let page = url("https://111122223333-abcd1234.us-east-1.console.aws.amazon.com/s3/home");
        for start in ["https://d-1234567890.awsapps.com/start", "https://d-1234567890.awsapps.com/start/#/"] {
            assert_eq!(
                shortcut(&url(start), &account, Some(&role), Some(&page)).as_str(),
                "https://d-1234567890.awsapps.com/start/#/console?account_id=123456789012&role_name=S3FullAccess\
                 &destination=https%3A%2F%2Fus-east-1.console.aws.amazon.com%2Fs3%2Fhome"
            );
        }
        let portal = url("https://ssoins-1234567890abcdef.portal.us-east-1.app.aws");
        assert_eq!(
            shortcut(&portal, &account, None, None).as_str(),
            "https://ssoins-1234567890abcdef.portal.us-east-1.app.aws/#/console?account_id=123456789012"
        );
        Ok(())
    }

    #[test]
    fn a_portal_is_known_by_its_host_and_path() {
        for (text, expected) in [
            ("https://d-1234567890.awsapps.com/start", Some("aws")),
            ("https://acme.awsapps.com/start/#/", Some("aws")),
            ("https://start.us-gov-home.awsapps.com/directory/acme", Some("aws-us-gov")),
            ("https://start.us-gov-east-1.us-gov-home.awsapps.com/directory/acme", Some("aws-us-gov")),
            ("https://start.cn-north-1.home.awsapps.cn/directory/acme", Some("aws-cn")),
            ("https://start.home.awsapps.cn/directory/acme", Some("aws-cn")),
            ("https://ssoins-1234567890abcdef.portal.eu-central-1.app.aws/", Some("aws")),
            ("https://ssoins-1234567890abcdef.portal.us-gov-west-1.app.aws/", Some("aws-us-gov")),
            ("https://identitycenter.amazonaws.com/ssoins-1234567890abcdef", Some("aws")),
            ("https://acme.awsapps.com/mail", None),
            ("https://awsapps.com/start", None),
            ("https://evilawsapps.com/start", None),
            ("https://acme.awsapps.com.evil.example/start", None),
            ("http://acme.awsapps.com/start", None),
            ("https://acme.awsapps.com:8443/start", None),
        ] {
            assert_eq!(portal(&url(text)).map(|portal| portal.partition), expected, "{text}");
        }
    }
}
