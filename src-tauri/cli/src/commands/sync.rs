//! `side sync`: what an access portal of IAM Identity Center assigns, beside what the book has;
//! and profiles for what is new, where they are asked for.

use std::collections::HashSet;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;

use clap::Args;
use serde::Serialize;
use sidelight_core::app::World;
use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::ports::{Assigned, Place, SignInBy};
use sidelight_core::domain::book::{Book, BookChange};
use sidelight_core::domain::draft::ProfileDraft;
use sidelight_core::domain::input::{Field, InputError, Problem};
use sidelight_core::domain::partition::PartitionName;
use sidelight_core::domain::profile::{Profile, ProfileName, Region};
use sidelight_core::domain::source::{IdentityCenterSource, Source, SourceKind, StartUrl};
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

/// A portal, and where it is asked.
struct Portal {
    start_url: StartUrl,
    region: Region,
    partition: PartitionName,
    place: Place,
}

impl Sync {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let before = book::load_to_change(home)?;
        let portals = self.portals(&before)?;
        let world = world::of(home, Arc::new(TerminalPrompt { reads_stdin: true }))?;
        let mut lines = Vec::new();
        let mut saved = Vec::new();
        for portal in &portals {
            let assigned = runtime::run(self.ask(&world, portal))?;
            for one in assigned.iter().filter(|one| self.fits(one)) {
                let known = known(&before, portal, one);
                if known.is_none() && self.add_new {
                    saved.push(self.profile(&before, &saved, portal, one)?);
                }
                lines.push(line(portal, one, if known.is_some() { "there" } else { "new" }, known));
            }
            let there: HashSet<_> = assigned.iter().map(|one| (&one.account, &one.permission_set)).collect();
            for (profile, source) in of_portal(&before, portal) {
                if !there.contains(&(&source.account, &source.permission_set)) {
                    let (account, permission_set) = (source.account.clone(), source.permission_set.clone());
                    let gone = Assigned { account, account_name: String::new(), permission_set };
                    lines.push(line(portal, &gone, "gone", Some(profile)));
                }
            }
        }
        let added = saved.len();
        if added > 0 {
            runtime::run(book::change(home, BookChange::SaveAll(saved)))?;
        }
        self.print(&lines)?;
        let new = lines.iter().filter(|line| line.state == "new").count();
        let gone = lines.iter().filter(|line| line.state == "gone").count();
        output::remark(&match self.add_new {
            true => format!("Added {added} profiles; {gone} are gone from the portal and stay here"),
            false => format!("{new} new, {gone} gone; --add-new adds the new ones"),
        });
        Ok(())
    }

    fn portals(&self, book: &Book) -> Result<Vec<Portal>, Failure> {
        let mut portals: Vec<(StartUrl, Region, PartitionName)> = Vec::new();
        if let (Some(start_url), Some(region)) = (&self.start_url, &self.sso_region) {
            let partition = PartitionName::parse(self.partition.as_deref().unwrap_or("aws"))?;
            portals.push((StartUrl::parse(start_url)?, Region::parse(region)?, partition));
        } else {
            for profile in book.profiles() {
                if let Source::IdentityCenter(source) = &profile.source
                    && portals.iter().all(|(known, ..)| *known != source.start_url)
                {
                    portals.push((source.start_url.clone(), source.region.clone(), profile.partition.clone()));
                }
            }
        }
        if portals.is_empty() {
            return Err(InputError::new(Field::StartUrl, Problem::Missing).into());
        }
        let portal = |(start_url, region, partition): (StartUrl, Region, PartitionName)| {
            let known = book.partition(&partition).ok_or(InputError::new(Field::Partition, Problem::Unknown))?;
            let place = Place { partition: known, region: region.clone() };
            Ok(Portal { start_url, region, partition, place })
        };
        portals.into_iter().map(portal).collect()
    }

    /// Asks the portal, after signing in where that is needed.
    async fn ask(&self, world: &World, portal: &Portal) -> Result<Vec<Assigned>, Failure> {
        let Portal { start_url, region, place, .. } = portal;
        let progress = |done: usize, all: usize| {
            if io::stderr().is_terminal() {
                eprint!("\r{done} of {all} accounts");
                if done == all {
                    eprintln!();
                }
            }
        };
        match world.identity_center.assigned(place, start_url, region, &progress).await {
            Err(Error { cause: Cause::Expired, .. }) => {}
            other => return Ok(other?),
        }
        let by = if self.device_code { SignInBy::DeviceCode } else { SignInBy::Browser };
        world.identity_center.sign_in(place, start_url, region, by, world.portal.as_ref()).await?;
        Ok(world.identity_center.assigned(place, start_url, region, &progress).await?)
    }

    fn fits(&self, one: &Assigned) -> bool {
        let Some(filter) = self.filter.as_ref().map(|filter| filter.trim().to_lowercase()) else { return true };
        let all = format!("{} {} {}", one.account, one.account_name, one.permission_set.as_str()).to_lowercase();
        filter.split_whitespace().all(|word| all.contains(word))
    }

    fn profile(&self, book: &Book, others: &[Profile], portal: &Portal, one: &Assigned) -> Result<Profile, Failure> {
        let mut taken = book.clone();
        taken.apply(BookChange::SaveAll(others.to_vec()))?;
        let name = match one.account_name.trim() {
            "" => one.account.to_string(),
            name => name.to_owned(),
        };
        let name: String = format!("{name} {}", one.permission_set.as_str()).chars().take(64).collect();
        let draft = ProfileDraft {
            name: taken.free_name(&ProfileName::parse(&name)?).to_string(),
            group: self.group.clone().unwrap_or_default(),
            source: SourceKind::IdentityCenter,
            start_url: portal.start_url.as_str().to_owned(),
            sso_region: portal.region.to_string(),
            partition: portal.partition.to_string(),
            account: one.account.to_string(),
            permission_set: one.permission_set.as_str().to_owned(),
            ..ProfileDraft::default()
        };
        Ok(draft.finish(book::new_id()?, &taken)?)
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

fn of_portal<'a>(book: &'a Book, portal: &Portal) -> impl Iterator<Item = (&'a Profile, &'a IdentityCenterSource)> {
    book.profiles().iter().filter_map(move |profile| match &profile.source {
        Source::IdentityCenter(source) if source.start_url == portal.start_url => Some((profile, source)),
        _ => None,
    })
}

fn known<'a>(book: &'a Book, portal: &Portal, one: &Assigned) -> Option<&'a Profile> {
    let mut profiles = of_portal(book, portal);
    let found =
        profiles.find(|(_, source)| source.account == one.account && source.permission_set == one.permission_set);
    found.map(|(profile, _)| profile)
}

fn line(portal: &Portal, one: &Assigned, state: &'static str, profile: Option<&Profile>) -> Line {
    Line {
        start_url: portal.start_url.as_str().to_owned(),
        account: one.account.to_string(),
        account_name: one.account_name.clone(),
        permission_set: one.permission_set.as_str().to_owned(),
        state,
        profile: profile.map(|profile| profile.name.to_string()),
    }
}
