//! `side sync`: what an access portal of IAM Identity Center assigns, beside what the book has;
//! and profiles for what is new, where they are asked for.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;

use clap::Args;
use serde::Serialize;
use sidelight_core::app::World;
use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::ports::{Place, SignInBy};
use sidelight_core::domain::assigned::{self, Assigned, AssignedRow, AssignedStanding, Portal};
use sidelight_core::domain::book::{Book, BookChange};
use sidelight_core::domain::draft::ProfileDraft;
use sidelight_core::domain::input::{Field, InputError, Problem};
use sidelight_core::domain::partition::PartitionName;
use sidelight_core::domain::profile::Region;
use sidelight_core::domain::source::StartUrl;
use sidelight_core::storage::home::Home;
use sidelight_core::world;

use crate::book;
use crate::failure::Failure;
use crate::mfa::TerminalPrompt;
use crate::output;
use crate::runtime;
use crate::table::Table;

/// Show what IAM Identity Center assigns, and what of it the profiles lack
///
/// Signs in to the access portal where that is needed: in your browser, or with --device-code on any
/// device. Nothing is changed by itself: --add-new adds a profile for each account and permission
/// set that is new. What is gone is shown, and stays.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Sync {
    /// The access portal's address (default: those of the profiles)
    #[arg(long, value_name = "URL", requires = "sso_region")]
    start_url: Option<String>,
    /// The region that Identity Center runs in
    #[arg(long, value_name = "R", requires = "start_url")]
    sso_region: Option<String>,
    /// The partition (default: aws, or the profiles')
    #[arg(long, value_name = "P")]
    partition: Option<String>,
    /// Only accounts and permission sets whose names contain this
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Add a profile for each that is new
    #[arg(long)]
    add_new: bool,
    /// The group of what is added
    #[arg(long, value_name = "G")]
    group: Option<String>,
    /// Sign in with a code that is compared, instead of in this machine's browser
    #[arg(long)]
    device_code: bool,
    /// One JSON document
    #[arg(long)]
    json: bool,
}

const HELP: &str = "\
Examples:
  side sync --start-url https://d-1234567890.awsapps.com/start --sso-region eu-central-1
  side sync --filter prod --add-new --group Acme

The portal answers about twenty questions a second: a thousand accounts take a minute.

Exit codes:
  0 done · 2 an option does not fit · 4 the sign-in was refused or is over · 5 keychain · 6 network
  7 cancelled (nothing was changed)";

/// An account and a permission set, as scripts get it.
#[derive(Serialize)]
struct Line {
    start_url: String,
    account: String,
    account_name: String,
    permission_set: String,
    state: &'static str,
    profile: Option<String>,
}

impl Sync {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let before = book::load_to_change(home)?;
        let world = world::of(home, Arc::new(TerminalPrompt { reads_stdin: true }))?;
        let (mut lines, mut saved, mut after) = (Vec::new(), Vec::new(), before.clone());
        for portal in &self.portals(&before)? {
            let assigned = runtime::run(self.ask(&world, &before, portal))?;
            let wanted = |row: &AssignedRow| self.filter.as_ref().is_none_or(|filter| row.has(filter));
            for row in assigned::rows(&after, portal, &assigned).into_iter().filter(wanted) {
                if row.standing == AssignedStanding::New && self.add_new {
                    let draft = ProfileDraft { group: self.group.clone().unwrap_or_default(), ..row.draft(portal) };
                    let profile = draft.finish(book::new_id()?, &after)?;
                    after.apply(BookChange::Save(Box::new(profile.clone())))?;
                    saved.push(profile);
                }
                lines.push(line(portal, row));
            }
        }
        let added = saved.len();
        if added > 0 {
            runtime::run(book::change(home, BookChange::SaveAll(saved)))?;
        }
        self.print(&lines)?;
        let count = |state: &str| lines.iter().filter(|line| line.state == state).count();
        output::remark(&match self.add_new {
            true => format!("Added {added} profiles; {} are gone from the portal and stay here", count("gone")),
            false => format!("{} new, {} gone; --add-new adds the new ones", count("new"), count("gone")),
        });
        Ok(())
    }

    fn portals(&self, book: &Book) -> Result<Vec<Portal>, Failure> {
        let portals = match (&self.start_url, &self.sso_region) {
            (Some(start_url), Some(region)) => vec![Portal {
                start_url: StartUrl::parse(start_url)?,
                region: Region::parse(region)?,
                partition: PartitionName::parse(self.partition.as_deref().unwrap_or("aws"))?,
            }],
            _ => assigned::portals(book),
        };
        match portals.is_empty() {
            true => Err(InputError::new(Field::StartUrl, Problem::Missing).into()),
            false => Ok(portals),
        }
    }

    /// Asks the portal, after signing in where that is needed.
    async fn ask(&self, world: &World, book: &Book, portal: &Portal) -> Result<Vec<Assigned>, Failure> {
        let Portal { start_url, region, partition } = portal;
        let partition = book.partition(partition).ok_or(InputError::new(Field::Partition, Problem::Unknown))?;
        let place = Place { partition, region: region.clone() };
        let progress = |done: usize, all: usize| {
            if io::stderr().is_terminal() {
                eprint!("\r{done} of {all} accounts");
                if done == all {
                    eprintln!();
                }
            }
        };
        match world.identity_center.assigned(&place, start_url, region, &progress).await {
            Err(Error { cause: Cause::Expired, .. }) => {}
            other => return Ok(other?),
        }
        let by = if self.device_code { SignInBy::DeviceCode } else { SignInBy::Browser };
        world.identity_center.sign_in(&place, start_url, region, by, world.portal.as_ref()).await?;
        Ok(world.identity_center.assigned(&place, start_url, region, &progress).await?)
    }

    fn print(&self, lines: &[Line]) -> Result<(), Failure> {
        if self.json {
            return output::json(&lines);
        }
        let row = |line: &Line| {
            [
                line.state.into(),
                line.account.as_str().into(),
                line.account_name.as_str().into(),
                line.permission_set.as_str().into(),
                line.profile.as_deref().unwrap_or_default().into(),
            ]
        };
        let table = Table::new(
            ["STATE", "ACCOUNT", "ACCOUNT NAME", "PERMISSION SET", "PROFILE"],
            lines.iter().map(row).collect(),
        );
        let mut stdout = output::lines();
        table.write(&mut stdout, output::wants_colour(&io::stdout()))?;
        Ok(stdout.flush()?)
    }
}

fn line(portal: &Portal, row: AssignedRow) -> Line {
    let AssignedRow { assigned: Assigned { account, account_name, permission_set }, standing, name } = row;
    Line {
        start_url: portal.start_url.as_str().to_owned(),
        account: account.to_string(),
        account_name,
        permission_set: permission_set.as_str().to_owned(),
        state: match standing {
            AssignedStanding::New => "new",
            AssignedStanding::There => "there",
            AssignedStanding::Gone => "gone",
        },
        profile: (standing != AssignedStanding::New).then(|| name.to_string()),
    }
}
