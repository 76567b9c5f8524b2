//! `side open`: a profile's console in the app's window, which is started where it does not run.

use clap::Args;
use sidelight_core::control::Request;
use sidelight_core::storage::home::Home;

use super::target::TargetOptions;
use crate::book;
use crate::failure::Failure;
use crate::running_app;
use crate::runtime;

/// Open a profile's console in a tab of Sidelight
///
/// Speaks to the running app, or starts it first (`sidelight` beside `side`, else on PATH). Returns
/// when the tab is there; `side tabs` says how its page comes along.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Open {
    /// The profile's name or id
    name: String,
    #[command(flatten)]
    target: TargetOptions,
    /// In the other pane, beside what shows now
    #[arg(long)]
    beside: bool,
}

const HELP: &str = "\
Examples:
  side open 'acme prod'
  side open 'acme staging' --beside --read-only
  side open 'acme prod' --service cloudformation --region eu-west-1
  side open 'acme prod' --page 'https://eu-central-1.console.aws.amazon.com/s3/buckets/invoices'

Exit codes:
  0 the tab is there · 1 the app cannot be started · 2 an option does not fit · 3 no such profile";

impl Open {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let loaded = book::load(home)?;
        let profile = book::find(&loaded.book, &self.name)?;
        // What makes no sense is said here, before a window comes up.
        self.target.destination(profile, &book::partition_of(&loaded.book, profile)?)?;
        let TargetOptions { service, region, page, read_only } = self.target;
        let profile = profile.id.to_string();
        let request = Request::Open { profile, service, region, page, read_only, beside: self.beside };
        runtime::run(running_app::ask_or_start(home, &request)).map(drop)
    }
}
