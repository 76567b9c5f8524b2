//! `side url`: prints a sign-in link, and nothing else. The one place where a link leaves us in
//! plain sight, because it was asked for by name.

use std::io::{self, IsTerminal};
use std::sync::Arc;

use clap::Args;
use sidelight_core::app::sessions;
use sidelight_core::domain::session::Access;
use sidelight_core::domain::source::SessionDuration;
use sidelight_core::storage::home::Home;
use sidelight_core::world;

use super::target::TargetOptions;
use crate::book;
use crate::failure::Failure;
use crate::mfa::TerminalPrompt;
use crate::output;
use crate::runtime;

/// Print a sign-in link to a profile's console
///
/// Whoever opens the link within 15 minutes is signed in: treat it as a password. It works once.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Url {
    /// The profile's name or id
    name: String,
    #[command(flatten)]
    target: TargetOptions,
    /// How long the session shall last, 15m to 12h (default: the profile's, else the longest)
    #[arg(long, value_name = "TIME")]
    duration: Option<String>,
    /// With full rights, where the profile's guards make read-only its habit
    #[arg(long, conflicts_with = "read_only")]
    full_rights: bool,
}

const HELP: &str = "\
Examples:
  side url 'acme prod'
  side url 'acme prod' --service s3 --region eu-west-1
  side url 'acme prod' --full-rights
  firefox --private-window \"$(side url 'acme prod')\"

Asks the keychain, AWS STS and AWS's sign-in endpoint.

Exit codes:
  0 printed · 2 an option does not fit · 3 no such profile · 4 AWS refused · 5 keychain · 6 network";

impl Url {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let loaded = book::load(home)?;
        let mut profile = book::find(&loaded.book, &self.name)?.clone();
        let partition = book::partition_of(&loaded.book, &profile)?;
        let destination = self.target.destination(&profile, &partition)?;
        if let Some(duration) = &self.duration {
            profile.source.set_duration(Some(SessionDuration::parse(duration)?));
        }
        let world = world::of(home, Arc::new(TerminalPrompt { reads_stdin: true }))?;
        runtime::run(async {
            let access = match self.full_rights {
                true => Access::Full,
                false => self.target.access(loaded.book.guards_of(&profile)),
            };
            let signed_in = sessions::sign_in(&world, &loaded.book, &profile, access, &destination).await?;
            output::line(signed_in.url.expose())?;
            if io::stdout().is_terminal() {
                output::remark("This link is a password for 15 minutes: whoever opens it first is signed in");
            }
            book::note_account(home, &loaded, &profile, &signed_in.session.identity).await;
            Ok(())
        })
    }
}
