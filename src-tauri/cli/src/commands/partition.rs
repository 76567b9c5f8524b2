//! `side partition`: AWS's partitions and the user's own: an emulator, an isolated region.

use std::io::{self, Write};

use clap::{Args, Subcommand};
use serde::Serialize;
use sidelight_core::domain::book::BookChange;
use sidelight_core::domain::draft::PartitionDraft;
use sidelight_core::domain::partition::{Partition, PartitionName};
use sidelight_core::storage::home::Home;

use crate::book;
use crate::failure::Failure;
use crate::output;
use crate::runtime;
use crate::table::{Cell, Table};

/// Own partitions: emulators and isolated regions
///
/// A partition says where STS, sign-in and the console of a set of accounts are. AWS's own are
/// known: aws, aws-cn, aws-us-gov, aws-eusc.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct PartitionCommand {
    #[command(subcommand)]
    action: PartitionAction,
}

const HELP: &str = "\
Example:
  side partition add moto --sts http://127.0.0.1:5000 \\
       --sign-in http://127.0.0.1:5000/federation --console http://127.0.0.1:5000
  side add access-key emulator --access-key-id 111122223333 --partition moto";

#[derive(Debug, Subcommand)]
enum PartitionAction {
    Add(AddPartition),
    Ls(ListPartitions),
    Rm(RemovePartition),
}

/// Add an own partition, or replace the one of its name
///
/// Secrets are sent to these addresses: https only, or plain http to this very machine.
#[derive(Debug, Args)]
#[command(after_help = ADD_HELP)]
struct AddPartition {
    /// What to call it: small letters, digits and hyphens
    name: String,
    /// Where STS is
    #[arg(long, value_name = "URL")]
    sts: String,
    /// The federation endpoint, path included
    #[arg(long, value_name = "URL")]
    sign_in: String,
    /// Where the console is; repeat it for further hosts whose pages may fill a tab
    #[arg(long = "console", value_name = "URL", required = true)]
    consoles: Vec<String>,
    /// Where S3 objects are
    #[arg(long, value_name = "URL")]
    s3: Option<String>,
    /// Where IAM is
    #[arg(long, value_name = "URL")]
    iam: Option<String>,
    /// Where Identity Center's portal API is
    #[arg(long, value_name = "URL")]
    sso: Option<String>,
    /// Where Identity Center's OIDC API is
    #[arg(long, value_name = "URL")]
    sso_oidc: Option<String>,
    /// A region to choose from; the first is where the console opens (default: us-east-1)
    #[arg(long = "region", value_name = "R")]
    regions: Vec<String>,
}

const ADD_HELP: &str = "\
Example:
  side partition add iso --sts https://sts.iso.example --sign-in https://signin.iso.example/federation \\
       --console https://console.iso.example --region iso-west-1 --region iso-east-1

Asks nobody. Exit codes: 0 added, 2 an address or name does not fit (nothing was changed)";

/// Show all partitions
#[derive(Debug, Args)]
#[command(after_help = LS_HELP)]
struct ListPartitions {
    /// One JSON document
    #[arg(long)]
    json: bool,
}

const LS_HELP: &str = "\
Example:
  side partition ls --json | jq -r '.[] | select(.own) | .name'

Exit codes: 0 done, 1 the profiles cannot be read";

/// Remove an own partition
#[derive(Debug, Args)]
#[command(after_help = RM_HELP)]
struct RemovePartition {
    /// Its name
    name: String,
}

const RM_HELP: &str = "\
Example:
  side partition rm moto

Exit codes: 0 removed, 2 a profile still uses it, 3 no such own partition";

/// A partition, as scripts get it.
#[derive(Serialize)]
struct PartitionLine {
    name: String,
    own: bool,
    sts: Option<String>,
    sign_in: Option<String>,
    consoles: Vec<String>,
    s3: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iam: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sso: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sso_oidc: Option<String>,
    regions: Vec<String>,
}

impl PartitionCommand {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        match self.action {
            PartitionAction::Add(add) => add.run(home),
            PartitionAction::Ls(ls) => ls.run(home),
            PartitionAction::Rm(rm) => rm.run(home),
        }
    }
}

impl AddPartition {
    fn run(self, home: &Home) -> Result<(), Failure> {
        let Self { name, sts, sign_in, consoles, s3, iam, sso, sso_oidc, regions } = self;
        let draft = PartitionDraft {
            name,
            sts,
            sign_in,
            consoles,
            s3: s3.unwrap_or_default(),
            iam: iam.unwrap_or_default(),
            sso: sso.unwrap_or_default(),
            sso_oidc: sso_oidc.unwrap_or_default(),
            regions,
        };
        let partition = draft.finish()?;
        let book = book::load_to_change(home)?;
        let change = BookChange::SavePartition(Box::new(partition.clone()));
        book.clone().apply(change.clone())?;
        runtime::run(book::change(home, change))?;
        output::remark(&format!("Added the partition {}", partition.name));
        Ok(())
    }
}

impl ListPartitions {
    fn run(self, home: &Home) -> Result<(), Failure> {
        let book = book::load(home)?.book;
        let lines: Vec<PartitionLine> = book.partitions().map(PartitionLine::from).collect();
        if self.json {
            return output::json(&lines);
        }
        let rows = lines.iter().map(PartitionLine::row).collect();
        let mut stdout = output::lines();
        Table::new(["NAME", "OWN", "STS", "SIGN-IN", "CONSOLE", "S3", "REGIONS"], rows)
            .write(&mut stdout, output::wants_colour(&io::stdout()))?;
        Ok(stdout.flush()?)
    }
}

impl RemovePartition {
    fn run(self, home: &Home) -> Result<(), Failure> {
        let name = PartitionName::parse(&self.name)?;
        let book = book::load_to_change(home)?;
        if book.own_partitions().iter().all(|own| own.name != name) {
            return Err(Failure::NoPartition(self.name));
        }
        runtime::run(book::change(home, BookChange::RemovePartition(name.clone())))?;
        output::remark(&format!("Removed the partition {name}"));
        Ok(())
    }
}

impl PartitionLine {
    fn row(&self) -> [Cell; 7] {
        [
            self.name.as_str().into(),
            if self.own { "own" } else { "AWS" }.into(),
            self.sts.as_deref().into(),
            self.sign_in.as_deref().into(),
            self.consoles.join(" ").as_str().into(),
            self.s3.as_deref().into(),
            match self.regions.len() {
                0..=3 => self.regions.join(" ").as_str().into(),
                count => format!("{count}, first {}", self.regions[0]).as_str().into(),
            },
        ]
    }
}

impl From<Partition> for PartitionLine {
    fn from(partition: Partition) -> Self {
        let name = partition.name().to_owned();
        let regions = partition.regions();
        match partition {
            // AWS's addresses differ by region; which ones is AWS's matter.
            Partition::BuiltIn(_) => {
                let [sts, sign_in, s3, iam, sso, sso_oidc] = [const { None }; 6];
                Self { name, own: false, sts, sign_in, consoles: Vec::new(), s3, iam, sso, sso_oidc, regions }
            }
            Partition::Own(own) => Self {
                name,
                own: true,
                sts: Some(own.sts.url().to_string()),
                sign_in: Some(own.sign_in.url().to_string()),
                consoles: own.consoles.iter().map(|console| console.url().to_string()).collect(),
                s3: own.s3.map(|s3| s3.url().to_string()),
                iam: own.iam.map(|iam| iam.url().to_string()),
                sso: own.sso.map(|sso| sso.url().to_string()),
                sso_oidc: own.sso_oidc.map(|oidc| oidc.url().to_string()),
                regions,
            },
        }
    }
}
