//! `side ls`: all profiles, as a table or as JSON. Never a secret.

use std::io::{self, Write};

use clap::Args;
use serde::Serialize;
use sidelight_core::domain::mark::{Colour, Mark};
use sidelight_core::domain::profile::Profile;
use sidelight_core::domain::source::{Source, Through};
use sidelight_core::storage::home::Home;

use crate::book;
use crate::failure::Failure;
use crate::output;
use crate::table::{Cell, Table};

/// Show all profiles
///
/// In the order of the window: the mark, the name, the group, the account (once it is known), the
/// region, and what turns the access key into a session: a role, or a federation token.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Ls {
    /// One JSON document
    #[arg(long)]
    json: bool,
}

const HELP: &str = "\
Examples:
  side ls
  side ls --json | jq -r '.[] | select(.mark == \"PROD\") | .name'

Asks nothing: neither the keychain nor AWS. Exit codes: 0 done, 1 the profiles cannot be read";

/// A profile, as scripts get it.
#[derive(Serialize)]
struct ProfileLine<'a> {
    id: &'a str,
    name: &'a str,
    group: Option<&'a str>,
    account: Option<&'a str>,
    partition: &'a str,
    region: &'a str,
    mark: Option<&'a str>,
    source: &'static str,
    access_key_id: &'a str,
    role: Option<&'a str>,
    external_id: Option<&'a str>,
    session_policy: Option<&'a str>,
    duration_seconds: Option<u32>,
}

impl Ls {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let book = book::load(home)?.book;
        if self.json {
            return output::json(&book.profiles().iter().map(ProfileLine::from).collect::<Vec<_>>());
        }
        if book.profiles().is_empty() {
            output::remark("No profiles yet. `side add access-key --help` shows how to add one");
            return Ok(());
        }
        let rows = book.profiles().iter().zip(book.marks()).map(|(profile, mark)| row(profile, &mark)).collect();
        let table = Table::new(["MARK", "NAME", "GROUP", "ACCOUNT", "REGION", "HOW"], rows);
        let mut stdout = output::lines();
        table.write(&mut stdout, output::wants_colour(&io::stdout()))?;
        Ok(stdout.flush()?)
    }
}

fn row(profile: &Profile, mark: &Mark) -> [Cell; 6] {
    let Source::AccessKey(source) = &profile.source;
    let how = match &source.through {
        Through::Role(role) => Cell::from(format!("role/{}", role.arn.name()).as_str()),
        Through::Federation { .. } => Cell::from("federation"),
    };
    [
        match &mark.word {
            Some(word) => Cell::coloured(word.as_str(), ansi(mark.colour)),
            None => Cell::from(""),
        },
        profile.name.as_str().into(),
        profile.group.as_ref().map(|group| group.as_str()).into(),
        profile.account.as_ref().map(|account| account.as_str()).into(),
        profile.region.as_str().into(),
        how,
    ]
}

/// The nearest that a terminal has; production stands out without colour too.
fn ansi(colour: Colour) -> &'static str {
    match colour {
        Colour::Red => "1;97;41",
        Colour::Amber => "33",
        Colour::Green => "32",
        Colour::Blue => "34",
        Colour::Violet | Colour::Pink => "35",
        Colour::Teal => "36",
        Colour::Slate => "90",
    }
}

impl<'a> From<&'a Profile> for ProfileLine<'a> {
    fn from(profile: &'a Profile) -> Self {
        let Source::AccessKey(source) = &profile.source;
        let (role, external_id, session_policy) = match &source.through {
            Through::Role(role) => {
                (Some(role.arn.as_str()), role.external_id.as_ref().map(|external_id| external_id.as_str()), None)
            }
            Through::Federation { policy } => (None, None, Some(policy.as_str())),
        };
        Self {
            id: profile.id.as_str(),
            name: profile.name.as_str(),
            group: profile.group.as_ref().map(|group| group.as_str()),
            account: profile.account.as_ref().map(|account| account.as_str()),
            partition: profile.partition.as_str(),
            region: profile.region.as_str(),
            mark: profile.mark.as_ref().map(|mark| mark.as_str()),
            source: "access-key",
            access_key_id: source.key_id.as_str(),
            role,
            external_id,
            session_policy,
            duration_seconds: source.duration.map(|duration| duration.seconds()),
        }
    }
}
