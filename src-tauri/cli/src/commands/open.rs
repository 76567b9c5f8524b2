//! `side open`: a profile's console in the app's window, which is started where it does not run.

use clap::Args;
use sidelight_core::control::Request;
use sidelight_core::domain::book::Book;
use sidelight_core::domain::input::{Field, InputError, Problem};
use sidelight_core::domain::link;
use sidelight_core::domain::partition::Partition;
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
    /// The profile's name or id; or a console address, an ARN, s3://BUCKET/KEY or an access portal's link, which opens in the profile that fits
    #[arg(value_name = "NAME_OR_URL_OR_ARN")]
    name: String,
    #[command(flatten)]
    target: TargetOptions,
    /// In the other pane, beside what shows now
    #[arg(long)]
    beside: bool,
    /// In a window of its own, as soon as its page is there
    #[arg(long, conflicts_with = "beside")]
    new_window: bool,
}

const HELP: &str = "\
Examples:
  side open 'acme prod'
  side open arn:aws:lambda:eu-central-1:111122223333:function:invoices
  side open 'acme staging' --beside --read-only
  side open 'acme prod' --new-window
  side open 'acme prod' --service cloudformation --region eu-west-1
  side open 'acme prod' --page 'https://eu-central-1.console.aws.amazon.com/s3/buckets/invoices'

Exit codes:
  0 the tab is there, or the window asks in which profile · 1 the app cannot be started · 2 an option does not fit · 3 no such profile";

impl Open {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let loaded = book::load(home)?;
        if loaded.book.find(&self.name).is_none() && self.is_link(&loaded.book) {
            return self.open_link(home);
        }
        let profile = book::find(&loaded.book, &self.name)?;
        // What makes no sense is said here, before a window comes up.
        let is_own = self.target.page.as_deref().is_some_and(|page| profile.own_page(page).is_some());
        if !is_own {
            self.target.destination(profile, &book::partition_of(&loaded.book, profile)?)?;
        }
        let TargetOptions { service, region, page, read_only } = self.target;
        let profile = profile.id.to_string();
        let request = Request::Open {
            profile,
            service,
            region,
            page,
            read_only,
            beside: self.beside,
            new_window: self.new_window,
        };
        runtime::run(running_app::ask_or_start(home, &request)).map(drop)
    }

    /// Whether the argument is to be read as a link: a name that is none is told as a name.
    fn is_link(&self, known: &Book) -> bool {
        let partitions: Vec<Partition> = known.partitions().collect();
        self.name.contains(':') || link::parse(&self.name, &partitions).is_ok()
    }

    fn open_link(self, home: &Home) -> Result<(), Failure> {
        if self.target.service.is_some() || self.target.region.is_some() || self.target.page.is_some() {
            return Err(InputError::new(Field::Page, Problem::Contradicts).into());
        }
        let Self { name: link, target, beside, new_window } = self;
        let request = Request::OpenLink { link, read_only: target.read_only, beside, new_window, from_outside: false };
        runtime::run(running_app::ask_or_start(home, &request)).map(drop)
    }
}
