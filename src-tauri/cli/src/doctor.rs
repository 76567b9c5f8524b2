//! What Sidelight needs of a machine, looked over: each check finds something, judges it, and
//! says what to do.
//!
//! Not how it is printed (`commands::doctor`). It changes nothing and reads no secret. Grows by a
//! file for each thing that can stand in a user's way.

mod clock;
mod files;
mod keychain;
mod network;
mod sandbox;
mod web_engine;

use serde::Serialize;
use sidelight_core::storage::home::Home;

/// One thing looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What was looked at.
    pub name: &'static str,
    /// How it is.
    pub verdict: Verdict,
    /// What was found.
    pub found: String,
    /// What to do.
    pub remedy: Option<String>,
}

/// How it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Fine.
    Ok,
    /// Something to know, in nobody's way.
    Warning,
    /// Something will not work.
    Problem,
}

impl Check {
    fn ok(name: &'static str, found: impl Into<String>) -> Self {
        Self { name, verdict: Verdict::Ok, found: found.into(), remedy: None }
    }

    fn warning(name: &'static str, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { name, verdict: Verdict::Warning, found: found.into(), remedy: Some(remedy.into()) }
    }

    fn problem(name: &'static str, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { name, verdict: Verdict::Problem, found: found.into(), remedy: Some(remedy.into()) }
    }
}

/// All checks, in the order in which a user should read them.
pub async fn look_over(home: &Home) -> Vec<Check> {
    let (loaded, mut checks) = files::check(home).await;
    let book = loaded.map(|loaded| loaded.book).unwrap_or_default();
    let (keychain, hosts) = tokio::join!(keychain::check(&book), network::ask_hosts(&book));
    checks.push(keychain);
    checks.extend(web_engine::check());
    checks.extend(sandbox::check());
    checks.extend(hosts.iter().map(network::check));
    checks.push(clock::check(&hosts));
    checks
}
