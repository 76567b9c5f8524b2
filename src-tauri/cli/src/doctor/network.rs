//! The network: whether the hosts that Sidelight asks can be reached, through proxy and TLS, and
//! what time they have.
//!
//! Any answer will do: no secret is sent, no address with a token is asked for.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::fmt::rfc2822;
use sidelight_core::app::error::Error;
use sidelight_core::app::ports::Clock;
use sidelight_core::aws::http;
use sidelight_core::aws::trust::AWS_CA_BUNDLE;
use sidelight_core::domain::book::Book;
use sidelight_core::domain::partition::PartitionName;
use sidelight_core::domain::profile::Region;
use sidelight_core::world::{self, SystemClock};
use tokio::task::JoinSet;
use url::Url;

use super::Check;

const NAME: &str = "network";

/// A host, and what came of asking it.
#[derive(Debug)]
pub struct Host {
    /// With its port, where it has one of its own.
    pub name: String,
    /// What it said, or why it said nothing.
    pub answered: Result<HostAnswer, Error>,
}

/// What a host said.
#[derive(Debug)]
pub struct HostAnswer {
    /// How far this machine's clock is ahead of the host's, where it told the time.
    pub clock_is_ahead: Option<SignedDuration>,
}

/// Asks the sign-in and STS hosts of the partitions in use, all at once; AWS's where none is.
pub async fn ask_hosts(book: &Book) -> Vec<Host> {
    let addresses = addresses(book);
    let client = match world::trust().and_then(|trust| http::client(&trust)) {
        Ok(client) => client,
        Err(error) => return vec![Host { name: AWS_CA_BUNDLE.to_owned(), answered: Err(error) }],
    };
    let mut asking = JoinSet::new();
    for (name, address) in addresses {
        let client = client.clone();
        asking.spawn(async move {
            let answered = match client.head(address).send().await {
                Ok(answer) => {
                    let date = answer.headers().get("date").and_then(|date| date.to_str().ok());
                    Ok(HostAnswer { clock_is_ahead: date.and_then(clock_is_ahead) })
                }
                Err(error) => Err(http::connection_failed(&name, &error.without_url())),
            };
            Host { name, answered }
        });
    }
    let mut hosts = asking.join_all().await;
    hosts.sort_by(|one, other| one.name.cmp(&other.name));
    hosts
}

/// One host, judged.
pub fn check(host: &Host) -> Check {
    let name = host.name.clone();
    match &host.answered {
        Ok(_) => Check::ok(NAME, format!("{name} answers")),
        Err(error) => {
            let detail = error.detail.as_deref().map(|detail| format!(": {detail}")).unwrap_or_default();
            Check::problem(NAME, format!("{error}{detail}"), error.cause.hint())
        }
    }
}

/// By host, so that none is asked twice.
fn addresses(book: &Book) -> BTreeMap<String, Url> {
    let mut places: BTreeMap<PartitionName, Region> = BTreeMap::new();
    for profile in book.profiles() {
        places.entry(profile.partition.clone()).or_insert_with(|| profile.region.clone());
    }
    if places.is_empty()
        && let (Ok(aws), Ok(region)) = (PartitionName::parse("aws"), Region::parse("us-east-1"))
    {
        places.insert(aws, region);
    }
    let mut addresses = BTreeMap::new();
    for (name, region) in places {
        let Some(partition) = book.partition(&name) else { continue };
        for mut address in [partition.federation(&region), partition.sts_in(&region)].into_iter().flatten() {
            address.set_path("/");
            address.set_query(None);
            let host = address.host_str().unwrap_or_default();
            let host = address.port().map_or(host.to_owned(), |port| format!("{host}:{port}"));
            addresses.insert(host, address);
        }
    }
    addresses
}

fn clock_is_ahead(date: &str) -> Option<SignedDuration> {
    let theirs = rfc2822::parse(date).ok()?.timestamp();
    Some(SystemClock.now().duration_since(theirs))
}
