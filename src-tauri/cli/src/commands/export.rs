//! `side export`: the book for another machine or for git, and profiles for the AWS CLI.

use std::env;

use clap::{Args, Subcommand};
use sidelight_core::app::ports::Clock;
use sidelight_core::domain::book::Book;
use sidelight_core::domain::partition::Partition;
use sidelight_core::domain::profile::Profile;
use sidelight_core::domain::source::Source;
use sidelight_core::storage::aws_config::{AwsFiles, BlockEntry};
use sidelight_core::storage::home::Home;
use sidelight_core::storage::profile_book;
use sidelight_core::world::SystemClock;
use similar::TextDiff;

use crate::book;
use crate::failure::Failure;
use crate::output;

/// Print the profiles as TOML without secrets, or give them to the AWS CLI
///
/// What is printed is fit for git, and `side import FILE` merges it into another book by the
/// profiles' stable ids. Secrets stay in this system's keychain.
#[derive(Debug, Args)]
#[command(after_help = HELP, args_conflicts_with_subcommands = true)]
pub struct Export {
    #[command(subcommand)]
    into: Option<ExportInto>,
    /// Only the profiles of this group
    #[arg(long, value_name = "G")]
    group: Option<String>,
}

const HELP: &str = "\
Examples:
  side export > sidelight.toml
  side export --group Acme > acme.toml
  side export aws-config --dry-run     shows what would change in ~/.aws/config
  side export aws-config               then: aws sts get-caller-identity --profile 'acme prod'

Exit codes: 0 done, 1 the file cannot be written (it is as it was)";

#[derive(Debug, Subcommand)]
enum ExportInto {
    AwsConfig(AwsConfig),
}

/// Write a marked block into ~/.aws/config that gives every profile to the AWS CLI
///
/// Only that block is written: through credential_process, without a secret. The file as it was is
/// kept beside it, comments and mode stay, and a link is not followed. Names that the file has
/// outside of the block are left as they are.
#[derive(Debug, Args)]
struct AwsConfig {
    /// Show the difference, write nothing
    #[arg(long)]
    dry_run: bool,
    /// Take the block away
    #[arg(long)]
    remove: bool,
}

impl Export {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let book = book::load(home)?.book;
        match self.into {
            Some(ExportInto::AwsConfig(config)) => config.run(&book),
            None => {
                let wanted = |profile: &Profile| {
                    let group = profile.group.as_ref().map(|group| group.as_str().to_lowercase());
                    self.group.as_ref().is_none_or(|wanted| group.as_deref() == Some(&wanted.trim().to_lowercase()))
                };
                output::line(profile_book::exported(&book, wanted)?.trim_end())
            }
        }
    }
}

impl AwsConfig {
    fn run(self, book: &Book) -> Result<(), Failure> {
        let files = AwsFiles::from_environment();
        let entries: Vec<BlockEntry> = match self.remove {
            true => Vec::new(),
            false => book.profiles().iter().filter_map(|profile| entry(book, profile)).collect(),
        };
        let change = files.write_block(&entries, SystemClock.now(), self.dry_run)?;
        for name in &change.taken {
            output::remark(&format!("{name} is in ~/.aws already, and left as it is"));
        }
        if self.dry_run {
            let whole = |lines: &[String]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
            let (before, after) = (whole(&change.before), whole(&change.after));
            let differences = TextDiff::from_lines(&before, &after).unified_diff().context_radius(3).to_string();
            differences.lines().try_for_each(output::line)?;
            return Ok(());
        }
        match (change.before == change.after, change.backup) {
            (true, _) => output::remark("Nothing to change"),
            (false, Some(backup)) => {
                output::remark(&format!("Changed {}; as it was: {}", files.config().display(), backup.display()))
            }
            (false, None) => output::remark(&format!("Made {}", files.config().display())),
        }
        Ok(())
    }
}

/// A sign-in page has no credentials to give; what `~/.aws` describes under the same name is there.
fn entry(book: &Book, profile: &Profile) -> Option<BlockEntry> {
    match &profile.source {
        Source::Page(_) => return None,
        Source::ConfigProfile(source) if source.name.as_str() == profile.name.as_str() => return None,
        _ => {}
    }
    let side = env::current_exe().ok()?.to_string_lossy().into_owned();
    let endpoints = match book.partition(&profile.partition)? {
        Partition::BuiltIn(_) => Vec::new(),
        Partition::Own(own) => std::iter::once(("sts", own.sts.url().to_string()))
            .chain(own.s3.map(|s3| ("s3", s3.url().to_string())))
            .collect(),
    };
    Some(BlockEntry {
        name: profile.name.to_string(),
        region: profile.region.to_string(),
        command: vec![side, "credentials".to_owned(), profile.id.to_string()],
        endpoints,
    })
}
