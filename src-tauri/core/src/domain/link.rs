//! Links: what a console address, an ARN or another link says, the page that it leads to, the same page in
//! another account, and how an address is written without secrets.
//!
//! Not who may open it (`navigation`) nor which profile does (`app`). Grows by a file for each further
//! question that is asked of a link.

mod address;
mod arn;
mod carry;
mod encoding;
mod generated;
mod pasted;
mod portal;
mod reading;
mod resource_pages;
mod s3_page;
mod service_of;
mod target;
mod whole_word;

use url::{Host, Url};

use super::profile::{AwsAccountId, Region};

pub use arn::Arn;
pub use carry::{Carried, Loss, Side, carry};
pub use portal::shortcut;
pub use reading::{parse, to_own_site};
pub use resource_pages::{ResourcePage, page};
pub use s3_page::s3_of;
pub use service_of::service_of;
pub use target::{AccountAlias, AccountName, Link, Page, RoleName};
pub(super) use whole_word::replaced;

/// Query parameters that carry, or could carry, a session.
const SECRET_PARAMETERS: [&str; 14] = [
    "signintoken",
    "session",
    "token",
    "code",
    "state",
    "oauthstart",
    "access_token",
    "id_token",
    "x-amz-security-token",
    "x-amz-signature",
    "x-amz-credential",
    "awsaccesskeyid",
    "signature",
    "hashargs",
];

/// The address without user, tokens, and the prefix of a multi-session host: fit to be shown,
/// kept and shared.
#[must_use]
pub fn clean(url: &Url) -> Url {
    let mut clean = without_tokens(url);
    // A host that somebody made up may have several, and one that makes no host without it keeps it.
    while let Some((_, rest)) = session_prefix(&clean) {
        if clean.set_host(Some(&rest)).is_err() {
            break;
        }
    }
    clean
}

/// A page to send to somebody: it says which page, and nothing of the session that it was seen in.
/// Whoever opens it needs a session of their own.
#[must_use]
pub fn shareable(page: &Url) -> Url {
    clean(page)
}

/// Host and path alone: whatever else an address has may let somebody in.
#[must_use]
pub fn bare(url: &Url) -> Url {
    let mut bare = without_tokens(url);
    bare.set_query(None);
    bare.set_fragment(None);
    bare
}

/// The address without user and tokens; the host stays as it is.
#[must_use]
pub fn without_tokens(url: &Url) -> Url {
    let mut clean = url.clone();
    // A URL without a host takes no user: then there is nothing to strip either.
    let _ = clean.set_username("");
    let _ = clean.set_password(None);
    if url.query().is_some() {
        let kept: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(key, _)| !SECRET_PARAMETERS.contains(&key.to_lowercase().as_str()))
            .map(|(key, value)| (key.into_owned(), value.into_owned()))
            .collect();
        if kept.len() != url.query_pairs().count() {
            clean.set_query(None);
            if !kept.is_empty() {
                clean.query_pairs_mut().extend_pairs(kept);
            }
        }
    }
    clean
}

/// Host and path for the header of a pane: nothing of the query, no prefix, no user.
#[must_use]
pub fn shown(url: &Url) -> (String, String) {
    let clean = clean(url);
    let host = match (clean.host_str(), clean.port()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (Some(host), None) => host.to_owned(),
        (None, _) => String::new(),
    };
    (host, clean.path().to_owned())
}

/// The account that a multi-session host (`111122223333-abcd1234.eu-central-1.console…`) names.
#[must_use]
pub fn account(url: &Url) -> Option<AwsAccountId> {
    session_prefix(url).map(|(account, _)| account)
}

/// The region that an address names: by its `region` parameter, else by its host.
#[must_use]
pub fn region(url: &Url) -> Option<Region> {
    let named = url.query_pairs().find(|(key, _)| key == "region").map(|(_, value)| value.into_owned());
    let in_host = || {
        let host = clean(url).host_str()?.to_owned();
        host.split_once(".console.").map(|(region, _)| region.to_owned())
    };
    // WAF's own word for CloudFront's side.
    let named = named.filter(|text| text != "global").and_then(|text| Region::parse(&text).ok());
    named.or_else(|| in_host().filter(|label| is_region_code(label)).and_then(|text| Region::parse(&text).ok()))
}

/// `eu-central-1`; not the `s3` of `s3.console.aws.amazon.com`.
fn is_region_code(label: &str) -> bool {
    label.split('-').count() >= 3 && label.ends_with(|last: char| last.is_ascii_digit())
}

/// Account and remaining host, where the host's first label is `<12 digits>-<8 letters or digits>`.
fn session_prefix(url: &Url) -> Option<(AwsAccountId, String)> {
    let Some(Host::Domain(host)) = url.host() else {
        return None;
    };
    let (label, rest) = host.split_once('.')?;
    let (digits, suffix) = label.split_once('-')?;
    let fits = digits.len() == 12 && suffix.len() == 8 && suffix.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let account = fits.then(|| AwsAccountId::parse(digits).ok()).flatten()?;
    Some((account, rest.to_owned()))
}

#[cfg(test)]
#[path = "link/laws.rs"]
mod laws;

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("the case is a URL")
    }

    #[test]
    fn a_link_loses_its_tokens_and_keeps_the_rest() {
        for (given, expected) in [
            ("https://a.example/p?region=x&SigninToken=s#f", "https://a.example/p?region=x#f"),
            ("https://u:p@a.example/p?code=1&state=2", "https://a.example/p"),
            ("https://a.example/p?a=b%20c", "https://a.example/p?a=b%20c"),
            (
                "https://111122223333-abcd1234.us-east-1.console.aws.amazon.com/x",
                "https://us-east-1.console.aws.amazon.com/x",
            ),
        ] {
            assert_eq!(clean(&url(given)).as_str(), expected);
        }
    }

    #[test]
    fn a_multi_session_host_tells_the_account() {
        let account = account(&url("https://111122223333-abcd1234.us-east-1.console.aws.amazon.com/"));
        assert_eq!(account.map(|account| account.to_string()), Some("111122223333".to_owned()));
        assert_eq!(super::account(&url("https://us-east-1.console.aws.amazon.com/")), None);
        assert_eq!(super::account(&url("https://111122223333-abc.us-east-1.console.aws.amazon.com/")), None);
    }

    #[test]
    fn the_region_is_read_from_the_parameter_before_the_host() {
        let code = |text: &str| region(&url(text)).map(|region| region.to_string());
        assert_eq!(code("https://us-east-1.console.aws.amazon.com/x?region=eu-west-1"), Some("eu-west-1".to_owned()));
        assert_eq!(code("https://us-east-1.console.aws.amazon.com/x"), Some("us-east-1".to_owned()));
        assert_eq!(code("http://127.0.0.1:80/x"), None);
        assert_eq!(code("https://s3.console.aws.amazon.com/s3/buckets/a"), None);
    }

    #[test]
    fn what_is_shown_has_no_query() {
        assert_eq!(shown(&url("http://127.0.0.1:80/a?token=x")), ("127.0.0.1".to_owned(), "/a".to_owned()));
        assert_eq!(shown(&url("http://127.0.0.1:81/a")), ("127.0.0.1:81".to_owned(), "/a".to_owned()));
    }
}
