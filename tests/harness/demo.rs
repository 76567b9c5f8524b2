//! The demo cloud as a server of its own, and its three profiles put into Sidelight by `side`.
//!
//! It asks the cloud what pages reported and what was asked of it; it never looks into the app.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::Value;
use tempfile::TempDir;

use crate::binaries::binary;
use crate::error::{HarnessError, Outcome};
use crate::http;
use crate::leak::LeakCheck;
use crate::process::Running;
use crate::side::Side;
use crate::surroundings::Surroundings;
use crate::wait::wait_until;

/// The partition's name in Sidelight.
pub const PARTITION: &str = "demo";

/// What the cloud prints when it is ready.
#[derive(Clone, Debug, Deserialize)]
pub struct Announcement {
    /// Origin of STS, sign-in and console.
    pub main: String,
    /// Origin of S3.
    pub s3: String,
    /// The region to use where a profile names none.
    pub region: String,
    /// The accounts with names.
    pub profiles: Vec<DemoProfile>,
    /// The numbered accounts.
    #[serde(default)]
    pub extra: Vec<DemoProfile>,
    /// The access portals of Identity Center.
    pub start_urls: Vec<String>,
}

/// One account of the cloud, as a user would add it.
#[derive(Clone, Deserialize)]
pub struct DemoProfile {
    /// The profile's name.
    pub name: String,
    /// The client it belongs to.
    pub group: String,
    /// `PROD`, `STG` or none.
    pub mark: Option<String>,
    /// Twelve digits.
    pub account: String,
    /// The access key's id.
    pub access_key_id: String,
    /// The access key's secret.
    pub secret_access_key: String,
    /// The role to assume, if any.
    pub role_arn: Option<String>,
    /// Where the console opens.
    pub region: String,
    /// The MFA device of its user.
    pub mfa_serial: String,
    /// What the device's codes are made from.
    pub totp_seed: String,
    /// The account's other name.
    pub account_alias: String,
    /// The user that signs in on the account's own page.
    pub console_user: String,
    /// Their password there.
    pub console_password: String,
}

/// A running demo cloud, ended when dropped.
pub struct DemoCloud {
    announcement: Announcement,
    _server: Running,
    _logs: TempDir,
}

/// What a page of the console told the cloud about itself.
#[derive(Clone, Debug)]
pub struct Report(Value);

impl DemoCloud {
    /// Starts one with its three profiles.
    ///
    /// # Errors
    /// When it is not built or does not come up.
    pub fn start() -> Outcome<Self> {
        Self::start_with(&[])
    }

    /// Starts one with more arguments, such as `--extra-accounts 50`.
    ///
    /// # Errors
    /// As [`DemoCloud::start`].
    pub fn start_with(arguments: &[&str]) -> Outcome<Self> {
        let logs = tempfile::tempdir().map_err(HarnessError::io("make a folder for the demo cloud"))?;
        let mut command = Surroundings::of_the_user(logs.path()).command(binary("sidelight-demo")?);
        command.arg("--until-stdin-closes").args(arguments);
        let mut server = Running::start_with_open_input("demo", command, logs.path())?;
        let line = server.wait_for_line("the demo cloud", Duration::from_secs(30), |line| {
            line.starts_with('{').then(|| line.to_owned())
        })?;
        let announcement = serde_json::from_str(&line).map_err(HarnessError::json("the demo cloud's first line"))?;
        Ok(Self { announcement, _server: server, _logs: logs })
    }

    /// Where it is and who exists in it.
    pub fn announcement(&self) -> &Announcement {
        &self.announcement
    }

    /// All profiles, the named ones first.
    pub fn profiles(&self) -> impl Iterator<Item = &DemoProfile> {
        self.announcement.profiles.iter().chain(&self.announcement.extra)
    }

    /// Adds the cloud as a partition, and all its profiles, by `side`.
    ///
    /// # Errors
    /// What `side` refuses.
    pub fn register(&self, side: &Side) -> Outcome {
        self.register_partition(side)?;
        self.profiles().try_for_each(|profile| self.register_profile(side, profile))
    }

    /// Adds the cloud as a partition of the user's own.
    ///
    /// # Errors
    /// What `side` refuses.
    pub fn register_partition(&self, side: &Side) -> Outcome {
        self.register_partition_with(side, &[])
    }

    /// As [`DemoCloud::register_partition`], with further origins whose pages may fill a tab.
    ///
    /// # Errors
    /// What `side` refuses.
    pub fn register_partition_with(&self, side: &Side, consoles: &[&str]) -> Outcome {
        let Announcement { main, s3, .. } = &self.announcement;
        let federation = format!("{main}/federation");
        let mut arguments = vec!["partition", "add", PARTITION, "--sts", main, "--sign-in", &federation];
        arguments.extend(["--console", main, "--s3", s3, "--sso", main, "--sso-oidc", main]);
        for console in consoles {
            arguments.extend(["--console", console]);
        }
        let mut regions = vec![self.announcement.region.as_str()];
        regions.extend(self.profiles().map(|profile| profile.region.as_str()));
        regions.sort_unstable();
        regions.dedup();
        for region in regions {
            arguments.extend(["--region", region]);
        }
        side.run(&arguments)?.success().map(drop)
    }

    /// Adds one profile, its secret over stdin.
    ///
    /// # Errors
    /// What `side` refuses.
    pub fn register_profile(&self, side: &Side, profile: &DemoProfile) -> Outcome {
        let mut arguments = vec!["add", "access-key", &profile.name];
        arguments.extend(["--access-key-id", &profile.access_key_id, "--account", &profile.account]);
        arguments.extend(["--region", &profile.region, "--group", &profile.group, "--partition", PARTITION]);
        if let Some(role) = &profile.role_arn {
            arguments.extend(["--role", role]);
        }
        if let Some(mark) = &profile.mark {
            arguments.extend(["--mark", mark]);
        }
        side.run_with_input(&arguments, &profile.secret_access_key)?.success().map(drop)
    }

    /// Makes every profile's secret a canary.
    pub fn watch_secrets(&self, leaks: &LeakCheck) {
        for profile in self.profiles() {
            leaks.watch(&format!("the secret key of {}", profile.name), &profile.secret_access_key);
            leaks.watch(&format!("the MFA seed of {}", profile.name), &profile.totp_seed);
            leaks.watch(&format!("the password of {}", profile.name), &profile.console_password);
        }
    }

    /// What the cloud granted, oldest first: roles, tags, whether with a code, how long.
    ///
    /// # Errors
    /// When the cloud does not answer.
    pub fn issued(&self) -> Outcome<Vec<Value>> {
        let answer = http::get_json(&format!("{}/demo/issued?after=0", self.announcement.main))?;
        Ok(answer.as_array().cloned().unwrap_or_default())
    }

    /// The code that an account's MFA device shows now.
    ///
    /// # Errors
    /// When the cloud does not answer.
    pub fn code(&self, account: &str) -> Outcome<String> {
        let answer = http::get_json(&format!("{}/demo/mfa/{account}", self.announcement.main))?;
        Ok(answer["code"].as_str().unwrap_or_default().to_owned())
    }

    /// What pages reported after this report, oldest first; 0 for all.
    ///
    /// # Errors
    /// When the cloud does not answer.
    pub fn reports(&self, after: u64) -> Outcome<Vec<Report>> {
        let answer = http::get_json(&format!("{}/demo/reports?after={after}", self.announcement.main))?;
        let reports = answer.as_array().cloned().unwrap_or_default();
        Ok(reports.into_iter().map(Report).collect())
    }

    /// What each page said of itself last, by its own count, in the order in which those reports came.
    ///
    /// # Errors
    /// As [`DemoCloud::reports`].
    pub fn pages(&self) -> Outcome<Vec<Report>> {
        let mut newest = HashMap::new();
        for report in self.reports(0)? {
            match newest.entry(report.text("page_load").to_owned()) {
                Entry::Vacant(place) => drop(place.insert(report)),
                Entry::Occupied(mut place) if place.get().nth() <= report.nth() => drop(place.insert(report)),
                Entry::Occupied(_) => {}
            }
        }
        let mut pages: Vec<Report> = newest.into_values().collect();
        pages.sort_by_key(Report::sequence);
        Ok(pages)
    }

    /// The number of the newest report: what comes later is after it.
    ///
    /// # Errors
    /// As [`DemoCloud::reports`].
    pub fn last_report(&self) -> Outcome<u64> {
        Ok(self.reports(0)?.last().map_or(0, Report::sequence))
    }

    /// Waits for the first report after `after` that is `wanted`.
    ///
    /// # Errors
    /// [`HarnessError::Late`] with `what`.
    pub fn wait_for_report(&self, what: &str, after: u64, wanted: impl Fn(&Report) -> bool) -> Outcome<Report> {
        wait_until(what, Duration::from_secs(60), || Ok(self.reports(after)?.into_iter().find(|report| wanted(report))))
    }

    /// Waits until a page that is `wanted` shows an action whose name begins so, and gives the page's newest report
    /// with the action's whole name.
    ///
    /// # Errors
    /// [`HarnessError::Late`] naming the action.
    pub fn wait_for_action(&self, beginning: &str, wanted: impl Fn(&Report) -> bool) -> Outcome<(Report, String)> {
        let what = format!("a page with the action {beginning:?}");
        wait_until(&what, Duration::from_secs(60), || {
            let newest = self.pages()?.into_iter().rfind(|report| wanted(report));
            let named = newest.and_then(|report| report.action_named(beginning).map(|name| (report, name)));
            Ok(named)
        })
    }

    /// What was asked of the cloud, in numbers.
    ///
    /// # Errors
    /// When the cloud does not answer.
    pub fn stats(&self) -> Outcome<Value> {
        http::get_json(&format!("{}/demo/stats", self.announcement.main))
    }

    /// Sends something to one of the cloud's own pages for tests: `faults`, `expire`, `clock`.
    ///
    /// # Errors
    /// When the cloud refuses.
    pub fn tell(&self, page: &str, message: &Value) -> Outcome {
        http::post_json(&format!("{}/demo/{page}", self.announcement.main), message).map(drop)
    }

    /// What a bucket holds, to compare a download with.
    ///
    /// # Errors
    /// When there is no such object.
    pub fn object(&self, bucket: &str, key: &str) -> Outcome<Vec<u8>> {
        let key = utf8_percent_encode(key, NON_ALPHANUMERIC);
        http::get(&format!("{}/demo/objects/{bucket}/{key}", self.announcement.main))
    }

    /// Takes all faults back.
    ///
    /// # Errors
    /// When the cloud does not answer.
    pub fn clear_faults(&self) -> Outcome {
        http::delete(&format!("{}/demo/faults", self.announcement.main)).map(drop)
    }
}

impl Report {
    /// Its number, from 1 on.
    pub fn sequence(&self) -> u64 {
        self.0["sequence"].as_u64().unwrap_or(0)
    }

    /// Its number among the page's own.
    fn nth(&self) -> u64 {
        self.0["page_report"].as_u64().unwrap_or(0)
    }

    /// A field of text, empty where there is none: `path`, `title`, `account`, `cookie_account`, `n`.
    pub fn text(&self, field: &str) -> &str {
        self.0[field].as_str().unwrap_or_default()
    }

    /// Any field.
    pub fn field(&self, field: &str) -> &Value {
        &self.0[field]
    }

    /// Whether its tab was in sight.
    pub fn is_visible(&self) -> bool {
        self.text("visibility") == "visible"
    }

    /// Whether a field of the page, by its name, holds something.
    pub fn is_filled(&self, field: &str) -> bool {
        self.0["filled"].as_array().is_some_and(|names| names.iter().any(|name| name == field))
    }

    /// The first of the page's actions whose name begins so.
    pub fn action_named(&self, beginning: &str) -> Option<String> {
        let actions = self.0["actions"].as_object()?;
        actions.keys().find(|name| name.starts_with(beginning)).cloned()
    }

    /// Where the page says an action's element is: left, top, width and height within the page, in its pixels.
    pub fn action(&self, name: &str) -> Option<[f64; 4]> {
        let place = self.0["actions"][name].as_array()?;
        let numbers: Vec<f64> = place.iter().filter_map(Value::as_f64).collect();
        numbers.try_into().ok()
    }
}

/// Without the secret.
impl std::fmt::Debug for DemoProfile {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("DemoProfile").field("name", &self.name).finish_non_exhaustive()
    }
}
