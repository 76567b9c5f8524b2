//! Reading what a user pastes, drops or gives to `side open`: one closed list of what is understood.
//!
//! Not whether somebody may open it. Grows by a case for each further kind of link.
//! Sources: AWS Sign-In user guide, "Sign-in URLs"; IAM user guide, "Switch from a user to an IAM role
//! (console)" and "Enabling custom identity broker access to the AWS console".

use url::Url;

use super::address::account_in;
use super::arn::Arn;
use super::pasted::unwrapped;
use super::portal::{self, Shortcut};
use super::resource_pages;
use super::service_of::service_of;
use super::target::{AccountName, Link, Page, RoleName};
use crate::domain::input::{Field, InputError, Problem};
use crate::domain::partition::{Partition, PartitionName};
use crate::domain::profile::{AwsAccountId, Region};
use crate::domain::s3::S3Uri;
use crate::domain::service::{regions_of, service};

/// Longer than any browser's address, and short enough to be looked at on each key.
const LONGEST: usize = 16_384;

/// What a link says. Understood are pages of every partition's console (with or without a region, or
/// the prefix of a multi-session host), links that sign in and lead to one (their token is dropped),
/// links that switch to a role, accounts' own sign-in pages, Identity Center's start URLs and shortcut
/// links, `sidelight:open?link=…` (and `&account=…`) around any of these, ARNs and `s3://` addresses;
/// with what stands around a link in a text.
///
/// # Errors
/// About [`Field::Link`]: [`Problem::Missing`], [`Problem::TooLong`], [`Problem::Malformed`] (no link),
/// [`Problem::Foreign`] (leads elsewhere, names a user, has another scheme), [`Problem::NotSecure`] (plain
/// http to a console), [`Problem::Unknown`] (an ARN of an unknown service or partition).
pub fn parse(text: &str, partitions: &[Partition]) -> Result<Link, InputError> {
    let text = unwrapped(text);
    if text.is_empty() {
        return Err(wrong(Problem::Missing));
    }
    if text.len() > LONGEST {
        return Err(wrong(Problem::TooLong));
    }
    match text.strip_prefix("sidelight:") {
        Some(_) => ours(text, partitions),
        None => plain(text, partitions),
    }
}

/// A link to a page of one of the user's own sites, which no partition knows: plain, or in a `sidelight:open?link=…`.
/// `None` for what is no address of such a page, or names a user.
#[must_use]
pub fn to_own_site(text: &str, is_own: impl Fn(&Url) -> bool) -> Option<Link> {
    let (inside, account) = match Some(unwrapped(text)).filter(|text| text.len() <= LONGEST)? {
        ours if ours.starts_with("sidelight:") => taken_out(ours).ok()?,
        plain => (plain.to_owned(), None),
    };
    let url = Url::parse(unwrapped(&inside)).ok()?;
    let is_bare = url.username().is_empty() && url.password().is_none();
    (is_bare && is_own(&url)).then_some(Link {
        partition: None,
        account,
        region: None,
        service: None,
        role: None,
        start_url: None,
        page: Page::OwnSite(super::without_tokens(&url)),
    })
}

fn wrong(problem: Problem) -> InputError {
    InputError::new(Field::Link, problem)
}

/// `sidelight:open?link=…`: it opens, and can ask for nothing else.
fn ours(text: &str, partitions: &[Partition]) -> Result<Link, InputError> {
    let (inside, account) = taken_out(text)?;
    let mut link = plain(unwrapped(&inside), partitions)?;
    link.account = account.or(link.account);
    Ok(link)
}

/// The link that ours is around, and the account that ours names.
fn taken_out(text: &str) -> Result<(String, Option<AccountName>), InputError> {
    let url = Url::parse(text).map_err(|_| wrong(Problem::Malformed))?;
    if url.path() != "open" {
        return Err(wrong(Problem::Malformed));
    }
    let said = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let inside = said("link").filter(|inside| !inside.trim().is_empty()).ok_or(wrong(Problem::Missing))?;
    let account = said("account").map(|account| AccountName::parse(&account)).transpose()?;
    Ok((inside, account))
}

fn plain(text: &str, partitions: &[Partition]) -> Result<Link, InputError> {
    if text.starts_with("arn:") {
        return resource(text, partitions);
    }
    if text.starts_with("s3://") {
        return object(text);
    }
    let url = Url::parse(text).map_err(|_| wrong(Problem::Malformed))?;
    if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
        return Err(wrong(Problem::Foreign));
    }
    if let Some(portal) = portal::portal(&url) {
        let partition = partitions.iter().find(|known| known.name() == portal.partition);
        return through_portal(partition.ok_or(wrong(Problem::Unknown))?, portal.start_url, portal.shortcut);
    }
    if let Some(partition) = partitions.iter().find(|partition| partition.has_page(&url)) {
        return match portal::own_portal(partition, &url) {
            Some((start_url, shortcut)) => through_portal(partition, start_url, Some(shortcut)),
            None if partition.is_console(&url) => console(partition, &url),
            None => sign_in(partition, &url),
        };
    }
    let mut secure = url;
    let is_console = secure.set_scheme("https").is_ok() && partitions.iter().any(|known| known.has_page(&secure));
    Err(wrong(if is_console { Problem::NotSecure } else { Problem::Foreign }))
}

fn resource(text: &str, partitions: &[Partition]) -> Result<Link, InputError> {
    let arn = Arn::parse(text)?;
    let partition = partitions.iter().find(|known| known.arn_partition() == arn.partition());
    let partition = partition.ok_or(wrong(Problem::Unknown))?;
    let region = Region::parse(partition.default_region())?;
    let page = resource_pages::page(&arn, &region)?;
    Ok(Link {
        partition: Some(PartitionName::parse(arn.partition())?),
        account: arn.account().cloned().map(AccountName::Id),
        region: arn.region().cloned(),
        service: Some(page.service),
        role: None,
        start_url: None,
        page: Page::Resource(arn),
    })
}

/// `s3://bucket/key`, where the key is everything behind the bucket, as the AWS CLI reads it.
fn object(text: &str) -> Result<Link, InputError> {
    let uri = S3Uri::parse(text).map_err(|_| wrong(Problem::Malformed))?;
    if uri.key().chars().any(char::is_control) {
        return Err(wrong(Problem::Malformed));
    }
    Ok(Link {
        partition: None,
        account: None,
        region: None,
        service: Some(service("s3")?),
        role: None,
        start_url: None,
        page: Page::Object(uri),
    })
}

/// A link to a partition that says nothing more yet.
fn to(partition: &Partition, page: Page) -> Result<Link, InputError> {
    let partition = Some(PartitionName::parse(partition.name())?);
    Ok(Link { partition, account: None, region: None, service: None, role: None, start_url: None, page })
}

fn console(partition: &Partition, url: &Url) -> Result<Link, InputError> {
    let clean = super::clean(url);
    let mut link = to(partition, Page::Home)?;
    link.account = super::account(url).or_else(|| account_in(&clean)).map(AccountName::Id);
    link.region = super::region(&clean);
    link.service = service_of(&clean);
    link.page = Page::At(clean);
    Ok(link)
}

/// A page that another link leads to: a console's, and nothing that leads on.
fn destination(partition: &Partition, text: &str) -> Result<Link, InputError> {
    let url = Url::parse(text).map_err(|_| wrong(Problem::Malformed))?;
    if !url.username().is_empty() || url.password().is_some() || !partition.is_console(&url) {
        return Err(wrong(Problem::Foreign));
    }
    console(partition, &without_way_back(&url))
}

/// The sign-in page keeps the fragment of the page that it returns to in a parameter of its own.
fn without_way_back(url: &Url) -> Url {
    let state = url.query_pairs().find(|(key, _)| key == "state").map(|(_, value)| value.into_owned());
    let fragment = state.as_deref().and_then(|state| state.strip_prefix("hashArgs#")).filter(|rest| !rest.is_empty());
    let mut url = url.clone();
    if let Some(fragment) = fragment.filter(|_| url.fragment().is_none()) {
        url.set_fragment(Some(fragment));
    }
    let is_way = |key: &str| matches!(key, "state" | "isauthcode");
    if url.query_pairs().any(|(key, _)| is_way(&key)) {
        let pairs = url.query_pairs().filter(|(key, _)| !is_way(key));
        let kept: Vec<(String, String)> = pairs.map(|(key, value)| (key.into_owned(), value.into_owned())).collect();
        url.set_query(None);
        if !kept.is_empty() {
            url.query_pairs_mut().extend_pairs(kept);
        }
    }
    url
}

fn sign_in(partition: &Partition, url: &Url) -> Result<Link, InputError> {
    let said = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let leads_to = said("Destination").or_else(|| said("redirect_uri"));
    let label = partition.sign_in_label(url);
    if label.is_some() && url.path() == "/switchrole" {
        let account = said("account").ok_or(wrong(Problem::Malformed))?;
        let role = said("roleName").ok_or(wrong(Problem::Malformed))?;
        let mut link = match leads_to {
            Some(page) => destination(partition, &page)?,
            None => to(partition, Page::Home)?,
        };
        link.account = Some(AccountName::parse(&account)?);
        link.role = Some(RoleName::parse(&role)?);
        return Ok(link);
    }
    let is_region = |label: &str| label.is_empty() || regions_of(partition.name()).any(|known| known.code == label);
    let account = label.filter(|label| !is_region(label)).map(AccountName::parse).transpose()?;
    match (leads_to, account) {
        (Some(page), account) => {
            let mut link = destination(partition, &page)?;
            link.account = account.or(link.account);
            Ok(link)
        }
        (None, Some(account)) => Ok(Link { account: Some(account), ..to(partition, Page::Home)? }),
        (None, None) if partition.is_federation(url) || label.is_some() && url.path() == "/console" => {
            console(partition, &partition.console_front().ok_or(wrong(Problem::Malformed))?)
        }
        (None, None) => Err(wrong(Problem::Malformed)),
    }
}

fn through_portal(partition: &Partition, start_url: Url, shortcut: Option<Shortcut>) -> Result<Link, InputError> {
    let shortcut = shortcut.unwrap_or_default();
    let mut link = match &shortcut.destination {
        Some(page) => destination(partition, page)?,
        None => to(partition, Page::Home)?,
    };
    if let Some(account) = shortcut.account {
        let id = AwsAccountId::parse(&account).map_err(|_| wrong(Problem::Malformed))?;
        link.account = Some(AccountName::Id(id));
    } else {
        // Without an account the portal shows itself, whatever else the link says.
        link = to(partition, Page::Home)?;
    }
    link.role = match (&link.account, shortcut.role) {
        (Some(_), Some(role)) => Some(RoleName::parse(&role)?),
        _ => None,
    };
    link.start_url = Some(start_url);
    Ok(link)
}
