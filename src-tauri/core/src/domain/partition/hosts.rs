//! What a host or address is within its partition: a console, a sign-in page, a service's endpoint.
//!
//! Not whether a page may fill a tab (`has_page`). Grows with the kinds of links that are read.

use url::{Host, Url};

use super::{Console, Partition, is_below};

impl Partition {
    /// Whether an address is a page of the console, and not one of sign-in or an access portal.
    #[must_use]
    pub fn is_console(&self, url: &Url) -> bool {
        match self {
            Self::BuiltIn(partition) => {
                let (Console::Regional(suffix) | Console::One(suffix)) = partition.console;
                self.has_page(url) && matches!(url.host(), Some(Host::Domain(host)) if is_below(host, suffix))
            }
            Self::Own(partition) => {
                partition.consoles.iter().any(|console| console.url().origin() == url.origin())
                    && !self.is_federation(url)
            }
        }
    }

    /// The console where no region is said: the host that asks the user's last region.
    #[must_use]
    pub fn console_front(&self) -> Option<Url> {
        match self {
            Self::BuiltIn(partition) => {
                let (Console::Regional(suffix) | Console::One(suffix)) = partition.console;
                Url::parse(&format!("https://{suffix}/")).ok()
            }
            Self::Own(partition) => partition.consoles.first().and_then(|console| console.url().join("/").ok()),
        }
    }

    /// The labels before the partition's sign-in host: empty, a region, or an account's id or alias.
    /// `None` where the address is none of sign-in, and for own partitions.
    /// Source: AWS Sign-In user guide, "How to sign in to AWS", "Sign-in URLs".
    #[must_use]
    pub fn sign_in_label<'url>(&self, url: &'url Url) -> Option<&'url str> {
        let suffix = self.sign_in_suffix().filter(|_| self.has_page(url))?;
        let before = url.host_str()?.strip_suffix(suffix)?;
        if before.is_empty() { Some(before) } else { before.strip_suffix('.') }
    }

    /// The host that sign-in pages are, or are below; own partitions have none.
    #[must_use]
    pub fn sign_in_suffix(&self) -> Option<&'static str> {
        match self {
            Self::BuiltIn(partition) => Some(partition.sign_in_suffix),
            Self::Own(_) => None,
        }
    }

    /// Whether an address is that of the federation endpoint.
    #[must_use]
    pub fn is_federation(&self, url: &Url) -> bool {
        match self {
            Self::BuiltIn(_) => self.sign_in_label(url).is_some() && url.path() == "/federation",
            Self::Own(partition) => {
                let own = partition.sign_in.url();
                own.origin() == url.origin() && own.path() == url.path()
            }
        }
    }

    /// What the hosts of services such as `sqs.eu-central-1.amazonaws.com` end in; an emulator's have no such end.
    /// Source: AWS General Reference, "AWS service endpoints".
    #[must_use]
    pub fn endpoint_suffix(&self) -> Option<&'static str> {
        match self {
            Self::BuiltIn(partition) => Some(match partition.name {
                "aws-cn" => "amazonaws.com.cn",
                "aws-eusc" => "amazonaws.eu",
                _ => "amazonaws.com",
            }),
            Self::Own(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aws() -> Partition {
        Partition::built_in().next().expect("there are built-in partitions")
    }

    fn url(text: &str) -> Url {
        Url::parse(text).expect("the case is a URL")
    }

    #[test]
    fn a_sign_in_page_is_no_console() {
        assert!(aws().is_console(&url("https://eu-central-1.console.aws.amazon.com/s3")));
        assert!(aws().is_console(&url("https://console.aws.amazon.com/")));
        for other in [
            "https://eu-central-1.signin.aws.amazon.com/federation",
            "https://d-1234567890.awsapps.com/start",
            "https://console.aws.amazon.com.evil.example/",
        ] {
            assert!(!aws().is_console(&url(other)), "{other}");
        }
    }

    #[test]
    fn what_stands_before_a_sign_in_host_is_told() {
        let label = |text: &str| aws().sign_in_label(&url(text)).map(str::to_owned);
        assert_eq!(label("https://acme.signin.aws.amazon.com/console"), Some("acme".to_owned()));
        assert_eq!(label("https://signin.aws.amazon.com/switchrole"), Some(String::new()));
        assert_eq!(label("https://evilsignin.aws.amazon.com/"), None);
        assert_eq!(label("https://us-east-1.console.aws.amazon.com/"), None);
        assert!(aws().is_federation(&url("https://us-east-1.signin.aws.amazon.com/federation?Action=login")));
    }
}
