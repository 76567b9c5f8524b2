//! What an account owns, for its console pages: instances, stacks, buckets, costs.
//! It is not alive: nothing here changes. It grows with a page.

use serde::Serialize;

use crate::accounts::DemoProfile;
use crate::sigv4::sha256_hex;

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Instance {
    pub name: String,
    pub id: String,
    pub state: &'static str,
    pub kind: &'static str,
    pub checks: &'static str,
    pub zone: String,
    pub private_ip: String,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Stack {
    pub name: String,
    pub status: &'static str,
    pub drift: &'static str,
    pub updated: &'static str,
    pub description: &'static str,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Bucket {
    pub name: String,
    pub region: String,
    pub access: &'static str,
    pub created: &'static str,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Overview {
    /// US dollars in each of the last six months, newest last.
    pub costs: Vec<u32>,
    pub forecast: u32,
    pub open_issues: u32,
    pub scheduled_changes: u32,
    pub instances_running: usize,
    pub stacks: usize,
    pub buckets: usize,
}

/// The instances of an account in one region; everything lives in the account's own region.
pub(crate) fn instances(profile: &DemoProfile, region: &str) -> Vec<Instance> {
    if region != profile.region {
        return Vec::new();
    }
    let wanted = match kind(profile) {
        Kind::Production => PRODUCTION_INSTANCES,
        Kind::Staging => STAGING_INSTANCES,
        Kind::Other => OTHER_INSTANCES,
    };
    let line = |(index, &(name, state, kind)): (usize, &(&'static str, &'static str, &'static str))| {
        let digest = sha256_hex(format!("{}{name}", profile.account).as_bytes());
        Instance {
            name: format!("{}-{name}", short_name(profile)),
            id: format!("i-0{}", &digest[..16]),
            state,
            kind,
            checks: if state == "Running" { "2/2 checks passed" } else { "–" },
            zone: format!("{region}{}", ["a", "b", "c"][index % 3]),
            private_ip: format!(
                "10.{}.{}.{}",
                20 + profile.account.bytes().next().unwrap_or_default() % 10,
                index % 3 * 16,
                11 + index * 7
            ),
        }
    };
    wanted.iter().enumerate().map(line).collect()
}

pub(crate) fn stacks(profile: &DemoProfile, region: &str) -> Vec<Stack> {
    if region != profile.region {
        return Vec::new();
    }
    let wanted = match kind(profile) {
        Kind::Production => PRODUCTION_STACKS,
        Kind::Staging => STAGING_STACKS,
        Kind::Other => OTHER_STACKS,
    };
    let line = |&(name, status, updated, description): &(&str, &'static str, &'static str, &'static str)| Stack {
        name: format!("{}-{name}", short_name(profile)),
        status,
        drift: if status == "UPDATE_ROLLBACK_COMPLETE" { "DRIFTED" } else { "IN_SYNC" },
        updated,
        description,
    };
    wanted.iter().map(line).collect()
}

pub(crate) fn buckets(profile: &DemoProfile) -> Vec<Bucket> {
    let short = short_name(profile);
    let names =
        [("assets", "2023-03-14"), ("reports", "2023-03-14"), ("logs", "2023-04-02"), ("cloudtrail", "2024-01-19")];
    let line = |(name, created): (&str, &'static str)| Bucket {
        name: format!("{short}-{name}-{}", profile.account.get(8..).unwrap_or_default()),
        region: profile.region.clone(),
        access: if name == "assets" { "Objects can be public" } else { "Bucket and objects not public" },
        created,
    };
    names.into_iter().map(line).collect()
}

/// The bucket of this name, if the account owns it.
pub(crate) fn bucket(profile: &DemoProfile, name: &str) -> Option<Bucket> {
    buckets(profile).into_iter().find(|bucket| bucket.name == name)
}

pub(crate) fn overview(profile: &DemoProfile, region: &str) -> Overview {
    let costs = match kind(profile) {
        Kind::Production => vec![18_240, 18_910, 17_455, 19_870, 21_306, 14_882],
        Kind::Staging => vec![2_310, 2_480, 2_190, 2_655, 2_402, 1_733],
        Kind::Other => vec![4_120, 3_980, 4_415, 4_390, 4_710, 3_268],
    };
    let (open_issues, scheduled_changes) = if kind(profile) == Kind::Production { (0, 2) } else { (1, 0) };
    let instances = instances(profile, region);
    Overview {
        forecast: costs.last().map_or(0, |last| last * 13 / 10),
        costs,
        open_issues,
        scheduled_changes,
        instances_running: instances.iter().filter(|instance| instance.state == "Running").count(),
        stacks: stacks(profile, region).len(),
        buckets: buckets(profile).len(),
    }
}

/// `acme production` -> `acme-prod`, as people name things.
fn short_name(profile: &DemoProfile) -> String {
    profile.name.replace(' ', "-").replace("production", "prod").replace("staging", "stg")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Production,
    Staging,
    Other,
}

fn kind(profile: &DemoProfile) -> Kind {
    match profile.mark.as_deref() {
        Some("PROD") => Kind::Production,
        Some("STG") => Kind::Staging,
        _ => Kind::Other,
    }
}

const PRODUCTION_INSTANCES: &[(&str, &str, &str)] = &[
    ("web-01", "Running", "m7g.xlarge"),
    ("web-02", "Running", "m7g.xlarge"),
    ("web-03", "Running", "m7g.xlarge"),
    ("api-01", "Running", "c7g.2xlarge"),
    ("api-02", "Running", "c7g.2xlarge"),
    ("worker-01", "Running", "c7g.xlarge"),
    ("worker-02", "Running", "c7g.xlarge"),
    ("bastion", "Stopped", "t4g.micro"),
];

const STAGING_INSTANCES: &[(&str, &str, &str)] = &[
    ("web-01", "Running", "t4g.medium"),
    ("api-01", "Running", "t4g.large"),
    ("worker-01", "Stopped", "t4g.medium"),
    ("loadtest", "Stopping", "c7g.4xlarge"),
];

const OTHER_INSTANCES: &[(&str, &str, &str)] = &[
    ("sensor-gateway-a", "Running", "m7g.large"),
    ("sensor-gateway-b", "Running", "m7g.large"),
    ("timeseries-01", "Running", "r7g.2xlarge"),
    ("notebook", "Stopped", "g5.xlarge"),
    ("build-agent", "Pending", "c7g.xlarge"),
];

const PRODUCTION_STACKS: &[(&str, &str, &str, &str)] = &[
    ("network", "UPDATE_COMPLETE", "2026-10-04 09:12", "VPC, subnets, NAT gateways"),
    ("database", "UPDATE_COMPLETE", "2026-11-02 05:40", "Aurora cluster and its parameter groups"),
    ("web", "UPDATE_COMPLETE", "2026-11-18 13:27", "Load balancer, target groups, auto scaling"),
    ("api", "UPDATE_COMPLETE", "2026-11-19 08:03", "HTTP API and its functions"),
    ("monitoring", "CREATE_COMPLETE", "2026-08-21 15:55", "Alarms and dashboards"),
    ("backup", "UPDATE_COMPLETE", "2026-09-30 22:10", "Backup plans and vaults"),
];

const STAGING_STACKS: &[(&str, &str, &str, &str)] = &[
    ("network", "UPDATE_COMPLETE", "2026-09-28 11:20", "VPC, subnets, one NAT gateway"),
    ("database", "UPDATE_ROLLBACK_COMPLETE", "2026-11-20 16:44", "Aurora Serverless, smallest size"),
    ("web", "UPDATE_IN_PROGRESS", "2026-11-23 12:02", "Load balancer, target groups"),
    ("feature-4711", "CREATE_FAILED", "2026-11-21 10:31", "Preview of pull request 4711"),
];

const OTHER_STACKS: &[(&str, &str, &str, &str)] = &[
    ("ingest", "UPDATE_COMPLETE", "2026-11-11 03:18", "Streams and their consumers"),
    ("timeseries", "UPDATE_COMPLETE", "2026-10-29 07:45", "Storage for sensor readings"),
    ("dashboards", "CREATE_COMPLETE", "2026-07-15 01:02", "Grafana workspace"),
];
