//! `side test`: whether a profile works, as whom, and for how long at most.

use std::sync::Arc;

use clap::Args;
use serde::Serialize;
use sidelight_core::app::sessions;
use sidelight_core::storage::home::Home;
use sidelight_core::world;

use crate::book;
use crate::failure::Failure;
use crate::mfa::TerminalPrompt;
use crate::output;
use crate::runtime;

/// Try a profile: who AWS says it is, and its longest session
///
/// Reads the secret from the keychain and asks AWS STS for temporary credentials, which are
/// dropped. Opens nothing.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Test {
    /// The profile's name or id
    name: String,
    /// One JSON document
    #[arg(long)]
    json: bool,
}

const HELP: &str = "\
Examples:
  side test 'acme prod'          111122223333 as role/Admin, session up to 12 h
  side test 'acme prod' --json   {\"account\": \"111122223333\", \"identity\": \"role/Admin\", …}

Exit codes:
  0 it works · 3 no such profile · 4 AWS refused (the words say what to correct) · 5 keychain
  6 network";

/// What scripts get.
#[derive(Serialize)]
struct Found<'a> {
    profile: &'a str,
    account: &'a str,
    identity: String,
    arn: &'a str,
    session_seconds: u32,
}

impl Test {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let loaded = book::load(home)?;
        let profile = book::find(&loaded.book, &self.name)?;
        let world = world::of(home, Arc::new(TerminalPrompt { reads_stdin: true }))?;
        runtime::run(async {
            let tested = sessions::test(&world, &loaded.book, profile).await?;
            book::note_account(home, &loaded, profile, &tested.identity).await;
            let identity = &tested.identity;
            if self.json {
                return output::json(&Found {
                    profile: profile.name.as_str(),
                    account: identity.account.as_str(),
                    identity: identity.short(),
                    arn: &identity.arn,
                    session_seconds: tested.up_to.seconds(),
                });
            }
            let (account, short, up_to) = (&identity.account, identity.short(), tested.up_to);
            output::line(&format!("{account} as {short}, session up to {up_to}"))
        })
    }
}
