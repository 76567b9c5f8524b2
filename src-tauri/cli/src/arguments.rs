//! The arguments: which commands there are, and the help that teaches them.
//!
//! A command's own options and help stand in its file. Grows by a line for each command.

use clap::{Parser, Subcommand};
use sidelight_core::app::error::Error;
use sidelight_core::storage::home::Home;

use crate::commands::add::Add;
use crate::commands::close::Close;
use crate::commands::completions::Completions;
use crate::commands::credentials::Credentials;
use crate::commands::doctor::Doctor;
use crate::commands::downloads::Downloads;
use crate::commands::duplicate::Duplicate;
use crate::commands::edit::Edit;
use crate::commands::exec::Exec;
use crate::commands::export::Export;
use crate::commands::import::Import;
use crate::commands::logout::Logout;
use crate::commands::ls::Ls;
use crate::commands::man::Man;
use crate::commands::mfa::Mfa;
use crate::commands::move_profile::MoveProfile;
use crate::commands::open::Open;
use crate::commands::partition::PartitionCommand;
use crate::commands::rm::Rm;
use crate::commands::s3::S3Command;
use crate::commands::show::Show;
use crate::commands::sleep::Sleep;
use crate::commands::sync::Sync;
use crate::commands::tabs::Tabs;
use crate::commands::test::Test;
use crate::commands::url::Url;
use crate::failure::Failure;

/// Many AWS accounts open at once, from a terminal
///
/// A profile is one named way into one AWS account: an access key, a role through another profile,
/// IAM Identity Center, a profile of ~/.aws, or the account's sign-in page. Secrets lie in this
/// system's keychain and nowhere else.
#[derive(Debug, Parser)]
#[command(name = "side", version, max_term_width = 100, arg_required_else_help = true, after_help = HELP)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

const HELP: &str = "\
Start here:
  side add access-key 'acme prod' --access-key-id AKIAIOSFODNN7EXAMPLE \\
       --role arn:aws:iam::111122223333:role/Admin --group Acme --mark PROD
  side test 'acme prod'
  side open 'acme prod' --service s3

Exit codes:
  0 done · 1 unexpected · 2 usage · 3 no such profile, tab or file · 4 AWS refused
  5 keychain · 6 network · 7 cancelled
  An error of Sidelight's closed list ends with its code, such as [keychain-locked].

Environment:
  SIDELIGHT_HOME   one folder for profiles, browser data and lists
  SIDELIGHT_LOG    the app's log filter, such as info
  NO_COLOR         no colour
  HTTPS_PROXY, NO_PROXY, AWS_CA_BUNDLE   as with the AWS CLI";

/// One command.
#[derive(Debug, Subcommand)]
pub enum Command {
    Ls(Ls),
    Add(Add),
    Edit(Edit),
    Duplicate(Duplicate),
    #[command(name = "move")]
    Move(MoveProfile),
    Rm(Rm),
    Test(Test),
    Open(Open),
    Url(Url),
    Credentials(Credentials),
    Exec(Exec),
    Mfa(Mfa),
    Logout(Logout),
    Import(Import),
    Export(Export),
    Sync(Sync),
    Tabs(Tabs),
    Show(Show),
    Sleep(Sleep),
    Close(Close),
    Downloads(Downloads),
    S3(S3Command),
    Partition(PartitionCommand),
    Doctor(Doctor),
    Completions(Completions),
    #[command(hide = true)]
    Man(Man),
}

impl Command {
    /// Does it; `home` is asked for only where the command needs it.
    ///
    /// # Errors
    /// Why it was not done.
    pub fn run(self, home: impl FnOnce() -> Result<Home, Error>) -> Result<(), Failure> {
        match self {
            Self::Ls(ls) => ls.run(&home()?),
            Self::Add(add) => add.run(&home()?),
            Self::Edit(edit) => edit.run(&home()?),
            Self::Duplicate(duplicate) => duplicate.run(&home()?),
            Self::Move(move_profile) => move_profile.run(&home()?),
            Self::Rm(rm) => rm.run(&home()?),
            Self::Test(test) => test.run(&home()?),
            Self::Open(open) => open.run(&home()?),
            Self::Url(url) => url.run(&home()?),
            Self::Credentials(credentials) => credentials.run(&home()?),
            Self::Exec(exec) => exec.run(&home()?),
            Self::Mfa(mfa) => mfa.run(&home()?),
            Self::Logout(logout) => logout.run(&home()?),
            Self::Import(import) => import.run(&home()?),
            Self::Export(export) => export.run(&home()?),
            Self::Sync(sync) => sync.run(&home()?),
            Self::Tabs(tabs) => tabs.run(&home()?),
            Self::Show(show) => show.run(&home()?),
            Self::Sleep(sleep) => sleep.run(&home()?),
            Self::Close(close) => close.run(&home()?),
            Self::Downloads(downloads) => downloads.run(&home()?),
            Self::S3(s3) => s3.run(&home()?),
            Self::Partition(partition) => partition.run(&home()?),
            Self::Doctor(doctor) => doctor.run(&home()?),
            Self::Completions(completions) => completions.run(),
            Self::Man(man) => man.run(),
        }
    }
}
