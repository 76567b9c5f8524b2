//! The same page in another account: same service, same page, same region; and where that cannot be,
//! the nearest list, with the reason.
//!
//! Not which tab or pane shows it (`app`). Grows with what consoles name.

use url::Url;

use super::address::{Swap, below_host, mentions, names_an_account};
use super::encoding::decoded;
use super::generated::generated;
use super::service_of::service_of;
use crate::domain::input::{Field, InputError, Problem};
use crate::domain::partition::Partition;
use crate::domain::profile::{AwsAccountId, Region};
use crate::domain::service::{Service, service};

static LISTS: &str = include_str!("list_pages.tsv");

/// An account's console: where a page is taken from, or goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    partition: Partition,
    account: Option<AwsAccountId>,
    region: Region,
    console: Url,
}

impl Side {
    /// `account` is `None` until the first sign-in tells; `region` is for pages that name none, and for
    /// regions that the partition lacks.
    ///
    /// # Errors
    /// [`Problem::Malformed`] where partition and region make no address.
    pub fn new(partition: &Partition, account: Option<&AwsAccountId>, region: &Region) -> Result<Self, InputError> {
        let console = partition.console(region).ok_or(InputError::new(Field::Region, Problem::Malformed))?;
        Ok(Self { partition: partition.clone(), account: account.cloned(), region: region.clone(), console })
    }

    fn is_same_account(&self, other: &Self) -> bool {
        self == other
            || (self.partition.name() == other.partition.name()
                && self.account.is_some()
                && self.account == other.account)
    }

    /// The page's region where this partition has it.
    fn region_for(&self, wanted: &Region) -> Region {
        let has = self.partition.regions().iter().any(|known| known == wanted.as_str());
        if has { wanted.clone() } else { self.region.clone() }
    }

    fn page(&self, region: &Region, below_console: &str) -> Url {
        let console = self.partition.console(region).unwrap_or_else(|| self.console.clone());
        console.join(&below_console.replace("{region}", region.as_str())).unwrap_or(console)
    }

    fn home(&self, region: &Region) -> Url {
        self.page(region, service("home").map_or("", |home| home.path))
    }
}

/// A page as it is on the other side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Always a page of the other side's console, and never with the first side's account in it.
    pub url: Url,
    /// What could not be taken along; nothing where it is the very same page.
    pub losses: Vec<Loss>,
}

impl Carried {
    /// Whether it is the same page in the same region.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.losses.is_empty()
    }
}

/// Why a page is not quite the same on the other side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loss {
    /// It shows something with an id that AWS made up, which is in its own account alone: the list instead.
    GeneratedId {
        /// e.g. `i-0abc1234def567890`.
        id: String,
    },
    /// It shows something whose name is taken once in the world, a bucket or an object: the list instead.
    UniqueName {
        /// e.g. the bucket's.
        name: String,
    },
    /// Its address names the account, and the other side's is not known before the first sign-in, or it
    /// names it in a way that is not understood: the list instead.
    Account,
    /// The other partition lacks its region: the other side's own.
    Region {
        /// The page's.
        wanted: Region,
    },
    /// It is no page of a console (sign-in, a portal, another site): the other side's home.
    NoConsole,
}

/// The same page on another side. Of one account on both sides it is the page itself, without session
/// and tokens.
#[must_use]
pub fn carry(page: &Url, from: &Side, to: &Side) -> Carried {
    let page = super::clean(page);
    if !from.partition.is_console(&page) {
        return Carried { url: to.home(&to.region), losses: vec![Loss::NoConsole] };
    }
    if from.is_same_account(to) && to.partition.is_console(&page) {
        return Carried { url: page, losses: Vec::new() };
    }
    let wanted = super::region(&page).unwrap_or_else(|| from.region.clone());
    let region = to.region_for(&wanted);
    let service = service_of(&page);
    let loss = obstacle(&page, service, from, to);
    let whole =
        loss.is_none().then(|| exchanged(&page, from, to, (&wanted, &region))).filter(|url| is_clear(url, from, to));
    let mut losses = Vec::new();
    let url = whole.unwrap_or_else(|| {
        losses.push(loss.unwrap_or(Loss::Account));
        list(&page, service, to, &region, from)
    });
    if region != wanted {
        losses.push(Loss::Region { wanted });
    }
    Carried { url, losses }
}

/// What keeps a page from being there too.
fn obstacle(page: &Url, service: Option<&Service>, from: &Side, to: &Side) -> Option<Loss> {
    let text = decoded(below_host(page));
    if let Some(id) = generated(&text, service) {
        return Some(Loss::GeneratedId { id: id.to_owned() });
    }
    if let Some(name) = bucket(page, service) {
        return Some(Loss::UniqueName { name });
    }
    let is_named = names_an_account(page) || from.account.as_ref().is_some_and(|account| mentions(&text, account));
    // An emulator's own addresses of queues are its own.
    let is_endpoint = text.contains("://") && to.partition.endpoint_suffix() != from.partition.endpoint_suffix();
    let is_understood = to.partition.endpoint_suffix().is_some() && from.partition.endpoint_suffix().is_some();
    ((is_named && to.account.is_none()) || (is_endpoint && !is_understood)).then_some(Loss::Account)
}

/// Buckets have one name in the world. Source: S3 user guide, "General purpose bucket naming rules".
fn bucket(page: &Url, service: Option<&Service>) -> Option<String> {
    service.filter(|service| service.id == "s3")?;
    let mut parts = page.path_segments()?.skip(1);
    let is_bucket = matches!(parts.next(), Some("buckets" | "bucket" | "object" | "upload" | "copy" | "deleteObjects"));
    let name = parts.next().filter(|name| is_bucket && !name.is_empty())?;
    Some(decoded(name))
}

fn exchanged(page: &Url, from: &Side, to: &Side, region: (&Region, &Region)) -> Url {
    let swap = Swap {
        partition: (from.partition.arn_partition(), to.partition.arn_partition()),
        region,
        account: (from.account.as_ref(), to.account.as_ref()),
        endpoints: (from.partition.endpoint_suffix(), to.partition.endpoint_suffix()),
    };
    // Part by part: a path that begins with `//` joined as a whole would name a host.
    let mut url = to.page(region.1, "");
    url.set_path(&swap.of(page.path()));
    url.set_query(page.query().map(|query| swap.of(query)).as_deref());
    url.set_fragment(page.fragment().map(|fragment| swap.of(fragment)).as_deref());
    url
}

/// Whether nothing of the first side is left, and it is the other side's console.
fn is_clear(url: &Url, from: &Side, to: &Side) -> bool {
    let is_rid = match &from.account {
        Some(account) if from.account != to.account => !mentions(url.as_str(), account),
        _ => true,
    };
    is_rid && to.partition.is_console(url)
}

fn list(page: &Url, service: Option<&Service>, to: &Side, region: &Region, from: &Side) -> Url {
    let text = decoded(below_host(page));
    let rows = LISTS.lines().filter(|line| !line.starts_with('#'));
    let mut cells = rows.filter_map(|line| {
        let (id, rest) = line.split_once('\t')?;
        let (mark, path) = rest.split_once('\t')?;
        Some((id, mark, path))
    });
    let url = match service {
        Some(service) => {
            let nearer = cells.find(|(id, mark, _)| *id == service.id && text.contains(mark));
            to.page(region, nearer.map_or(service.path, |(_, _, path)| path))
        }
        None => {
            let console = page.path_segments().and_then(|mut parts| parts.next()).unwrap_or_default();
            let is_word = console.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
            // What nearly every console answers at.
            if is_word && !console.is_empty() {
                to.page(region, &format!("{console}/home?region={{region}}"))
            } else {
                to.home(region)
            }
        }
    };
    if is_clear(&url, from, to) { url } else { to.home(region) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carried(page: &str, from: Option<&str>, to: Option<&str>) -> Result<(String, Vec<Loss>), InputError> {
        let aws = Partition::built_in().next().expect("there are built-in partitions");
        let region = Region::parse("eu-west-1")?;
        let side = |account: Option<&str>| -> Result<Side, InputError> {
            Side::new(&aws, account.map(AwsAccountId::parse).transpose()?.as_ref(), &region)
        };
        let carried = carry(&Url::parse(page).expect("the case is a URL"), &side(from)?, &side(to)?);
        Ok((carried.url.into(), carried.losses))
    }

    #[test]
    fn where_the_first_sides_account_is_not_known_the_page_tells_it() -> Result<(), InputError> {
        let topic = |account| {
            format!(
                "https://eu-west-1.console.aws.amazon.com/sns/v3/home?region=eu-west-1#/topic/arn:aws:sns:eu-west-1:{account}:orders"
            )
        };
        let (url, losses) = carried(&topic("111122223333"), None, Some("444455556666"))?;
        assert_eq!((url, losses), (topic("444455556666"), Vec::new()));
        Ok(())
    }

    #[test]
    fn a_page_of_a_third_account_is_left_as_it_is() -> Result<(), InputError> {
        let layer = "https://eu-west-1.console.aws.amazon.com/lambda/home#/layers/arn:aws:lambda:eu-west-1:777788889999:layer:a";
        let (url, losses) = carried(layer, Some("111122223333"), Some("444455556666"))?;
        assert_eq!((url.as_str(), losses), (layer, Vec::new()));
        Ok(())
    }

    #[test]
    fn what_is_no_console_becomes_the_other_sides_home() -> Result<(), InputError> {
        for page in [
            "https://evil.example/",
            "https://acme.awsapps.com/start",
            "https://eu-west-1.signin.aws.amazon.com/federation",
        ] {
            let (url, losses) = carried(page, Some("111122223333"), Some("444455556666"))?;
            assert_eq!(url, "https://eu-west-1.console.aws.amazon.com/console/home?region=eu-west-1", "{page}");
            assert_eq!(losses, [Loss::NoConsole]);
        }
        Ok(())
    }

    #[test]
    fn an_account_in_an_unknown_spelling_leads_to_the_list() -> Result<(), InputError> {
        let page =
            "https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/a-%31%31%31122223333";
        let (url, losses) = carried(page, Some("111122223333"), Some("444455556666"))?;
        assert_eq!(url, "https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions");
        assert_eq!(losses, [Loss::Account]);
        Ok(())
    }
}
