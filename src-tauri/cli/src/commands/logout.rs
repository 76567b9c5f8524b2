//! `side logout`: signs profiles out: in the window, and of what was got with an MFA code.

use std::sync::Arc;

use clap::Args;
use sidelight_core::app::credentials;
use sidelight_core::control::Request;
use sidelight_core::domain::profile::Profile;
use sidelight_core::storage::home::Home;
use sidelight_core::world;

use crate::book;
use crate::failure::Failure;
use crate::mfa::TerminalPrompt;
use crate::output;
use crate::running_app;
use crate::runtime;

/// Sign a profile out, or all
///
/// Its console pages in the window end, and what was got with an MFA code is removed from the
/// keychain; with --all, the sign-ins to access portals too. Long-term keys, seeds and browser data stay.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Logout {
    /// The profile's name or id
    #[arg(required_unless_present = "all")]
    name: Option<String>,
    /// All profiles
    #[arg(long, conflicts_with = "name")]
    all: bool,
}

const HELP: &str = "\
Examples:
  side logout 'acme prod'
  side logout --all

Exit codes:
  0 signed out (also where nobody was signed in) · 3 no such profile · 5 keychain";

impl Logout {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let book = book::load(home)?.book;
        let profiles: Vec<Profile> = match &self.name {
            Some(name) => vec![book::find(&book, name)?.clone()],
            None => book.profiles().to_vec(),
        };
        let one = self.name.as_ref().and(profiles.first()).map(|profile| profile.id.to_string());
        runtime::run(async {
            let request = Request::SignOut { profile: one };
            if running_app::ask(home, &request).await?.is_none() {
                let world = world::of(home, Arc::new(TerminalPrompt { reads_stdin: false }))?;
                credentials::forget(&world, &book, &profiles).await?;
                if self.all {
                    credentials::leave_portals(&world, &book).await?;
                }
            }
            Ok(())
        })?;
        match profiles.as_slice() {
            [one] => output::remark(&format!("{} is signed out", one.name)),
            all => output::remark(&format!("{} profiles are signed out", all.len())),
        }
        Ok(())
    }
}
