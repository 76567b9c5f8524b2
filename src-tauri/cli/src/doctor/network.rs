//! The network: whether the hosts that Sidelight asks can be reached, through proxy and TLS, and
//! what time they have.
//!
//! Any answer will do: no secret is sent, no address with a token is asked for.

use std::collections::BTreeMap;
use std::env;
use std::error::Error as StdError;

use jiff::SignedDuration;
use jiff::fmt::rfc2822;
use sidelight_core::app::error::Cause;
use sidelight_core::app::ports::Clock;
use sidelight_core::aws::http;
use sidelight_core::domain::book::Book;
use sidelight_core::domain::partition::{Partition, PartitionName};
use sidelight_core::domain::profile::Region;
use sidelight_core::world::SystemClock;
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
    pub answered: Result<HostAnswer, String>,
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
    let client =
        match extra_ca().and_then(|extra_ca| http::client(extra_ca.as_deref()).map_err(|error| error.to_string())) {
            Ok(client) => client,
            Err(words) => return vec![Host { name: "AWS_CA_BUNDLE".to_owned(), answered: Err(words) }],
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
                Err(error) => Err(innermost(&error.without_url())),
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
        Err(words) => {
            let cause = Cause::Network { host: name };
            Check::problem(
                NAME,
                format!("{cause}: {words}"),
                "Check the connection and the proxy variables; where a company's proxy answers, name its CA in AWS_CA_BUNDLE",
            )
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
        for mut address in [partition.federation(&region), sts(&partition, &region)].into_iter().flatten() {
            address.set_path("/");
            address.set_query(None);
            let host = address.host_str().unwrap_or_default();
            let host = address.port().map_or(host.to_owned(), |port| format!("{host}:{port}"));
            addresses.insert(host, address);
        }
    }
    addresses
}

/// STS's address. Source: AWS General Reference, "AWS Security Token Service endpoints".
fn sts(partition: &Partition, region: &Region) -> Option<Url> {
    let suffix = match (partition.sts(), partition.name()) {
        (Some(own), _) => return Some(own.clone()),
        (None, "aws" | "aws-us-gov") => "amazonaws.com",
        (None, "aws-cn") => "amazonaws.com.cn",
        (None, "aws-eusc") => "amazonaws.eu",
        (None, _) => return None,
    };
    Url::parse(&format!("https://sts.{region}.{suffix}/")).ok()
}

fn clock_is_ahead(date: &str) -> Option<SignedDuration> {
    let theirs = rfc2822::parse(date).ok()?.timestamp();
    Some(SystemClock.now().duration_since(theirs))
}

fn extra_ca() -> Result<Option<Vec<u8>>, String> {
    let Some(path) = env::var_os("AWS_CA_BUNDLE").filter(|path| !path.is_empty()) else {
        return Ok(None);
    };
    std::fs::read(path).map(Some).map_err(|error| error.to_string())
}

/// The last cause of a chain: the outer ones say only that something failed.
fn innermost(error: &dyn StdError) -> String {
    let mut last = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        last = error.to_string();
        next = error.source();
    }
    last
}
