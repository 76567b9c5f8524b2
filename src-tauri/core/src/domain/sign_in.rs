//! How a sign-in link is spelled: its destination, its issuer, and the link itself, which is as
//! secret as a password.
//!
//! Not how the token in it is asked for (`aws::federation`). Source: IAM user guide, "Enabling
//! custom identity broker access to the AWS console".

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::input::{Field, InputError, Problem};
use super::link;
use super::partition::Partition;
use super::profile::Region;
use super::service::Service;

/// Where "sign in again" on the console's own expiry page leads.
const ISSUER: &str = "https://sidelight.invalid/";

/// Whether an address is where the console's own "sign in again" leads.
#[must_use]
pub fn is_issuer(url: &Url) -> bool {
    url.as_str() == ISSUER
}

/// The page that the console opens at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination(Url);

impl Destination {
    /// A service's page in a region.
    ///
    /// # Errors
    /// [`Problem::Malformed`] where partition and region make no address.
    pub fn service(partition: &Partition, region: &Region, service: &Service) -> Result<Self, InputError> {
        let path = service.path.replace("{region}", region.as_str());
        partition
            .console(region)
            .and_then(|console| console.join(&path).ok())
            .map(Self)
            .ok_or(InputError::new(Field::Region, Problem::Malformed))
    }

    /// A page that the user names: an address of the partition's console, or a path below it.
    /// Tokens and the prefix of a multi-session host are stripped.
    ///
    /// # Errors
    /// [`Problem::Malformed`], or [`Problem::Contradicts`] where the page is not the partition's.
    pub fn page(partition: &Partition, region: &Region, page: &str) -> Result<Self, InputError> {
        let malformed = InputError::new(Field::Page, Problem::Malformed);
        let page = page.trim();
        let url = if page.starts_with('/') && !page.starts_with("//") {
            let console = partition.console(region).ok_or(malformed)?;
            console.join(page).map_err(|_| malformed)?
        } else {
            Url::parse(page).map_err(|_| malformed)?
        };
        if !partition.has_page(&url) {
            return Err(InputError::new(Field::Page, Problem::Contradicts));
        }
        Ok(Self(link::clean(&url)))
    }

    /// The address.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.0
    }
}

/// A link that signs in whoever opens it: valid for 15 minutes, once.
pub struct SignInUrl(SecretString);

impl SignInUrl {
    /// Joins the federation endpoint, the token that it gave, and the destination.
    #[must_use]
    pub fn new(federation: &Url, token: &SecretString, destination: &Destination) -> Self {
        let mut url = federation.clone();
        url.query_pairs_mut()
            .clear()
            .append_pair("Action", "login")
            .append_pair("Issuer", ISSUER)
            .append_pair("Destination", destination.url().as_str())
            .append_pair("SigninToken", token.expose_secret());
        Self(SecretString::from(String::from(url)))
    }

    /// For the webview that navigates to it, and for `side url`.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for SignInUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SignInUrl(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::service::service;

    fn aws() -> Partition {
        Partition::built_in().next().expect("there are built-in partitions")
    }

    #[test]
    fn a_link_carries_everything_encoded_and_never_shows_itself() -> Result<(), InputError> {
        let region = Region::parse("eu-central-1")?;
        let destination = Destination::service(&aws(), &region, service("ec2")?)?;
        let federation = aws().federation(&region).expect("a region has an endpoint");
        let url = SignInUrl::new(&federation, &"to/ken+&=".to_owned().into(), &destination);
        assert_eq!(
            url.expose(),
            "https://eu-central-1.signin.aws.amazon.com/federation?Action=login\
             &Issuer=https%3A%2F%2Fsidelight.invalid%2F\
             &Destination=https%3A%2F%2Feu-central-1.console.aws.amazon.com%2Fec2%2Fhome%3Fregion%3Deu-central-1%23Instances%3A\
             &SigninToken=to%2Fken%2B%26%3D"
        );
        assert_eq!(format!("{url:?}"), "SignInUrl(…)");
        Ok(())
    }

    #[test]
    fn a_named_page_must_be_the_partitions_own() -> Result<(), InputError> {
        let region = Region::parse("eu-central-1")?;
        let page = |text: &str| Destination::page(&aws(), &region, text).map(|page| String::from(page.0));
        assert_eq!(
            page("/s3/buckets/a?region=eu-central-1"),
            Ok("https://eu-central-1.console.aws.amazon.com/s3/buckets/a?region=eu-central-1".to_owned())
        );
        assert_eq!(
            page(
                "https://111122223333-abcd1234.eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1&SigninToken=x"
            ),
            Ok("https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1".to_owned())
        );
        for (wrong, problem) in [
            ("https://evil.example/", Problem::Contradicts),
            ("//evil.example/", Problem::Malformed),
            ("javascript:alert(1)", Problem::Contradicts),
            ("s3", Problem::Malformed),
        ] {
            assert_eq!(page(wrong).map_err(|error| error.problem), Err(problem), "{wrong}");
        }
        Ok(())
    }
}
