//! `side rm`: a profile gone, with its secret and its browser data.
//!
//! The running app does it, for it must close the tabs first. Else, so that no step can be lost:
//! set aside in the book, keychain, browser data, out of the book.

use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;
use sidelight_core::app::credentials;
use sidelight_core::control::Request;
use sidelight_core::domain::book::{Book, BookChange};
use sidelight_core::domain::profile::Profile;
use sidelight_core::storage::browser_stores::BrowserStores;
use sidelight_core::storage::home::Home;
use sidelight_core::world;

use crate::book;
use crate::failure::Failure;
use crate::mfa::TerminalPrompt;
use crate::output;
use crate::running_app;
use crate::runtime;

/// Remove a profile, its secret and its browser data
///
/// At once and for good: in the window it can be undone for a while, here it cannot. Its tabs
/// close. Nothing changes in AWS: the access key itself lives on in IAM.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Rm {
    /// The profile's name or id
    name: String,
}

const HELP: &str = "\
Example:
  side rm 'acme audit'

Exit codes:
  0 removed · 3 no such profile
  5 keychain: the profile is off the list, its secret is not gone yet; the same command, or the
    next start of Sidelight, goes on where this one stopped";

impl Rm {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let book = book::load_to_change(home)?;
        let (profile, is_listed) = match book.find(&self.name) {
            Some(profile) => (profile, true),
            None => (set_aside(&book, &self.name)?, false),
        };
        let outcome = runtime::run(remove(home, &book, profile, is_listed));
        let name = &profile.name;
        match &outcome {
            Ok(()) => output::remark(&format!("Removed {name}")),
            Err(Failure::Core(error)) if error.cause.exit_code() == 5 => {
                output::remark(&format!("{name} is off the list, but its secret is still in the keychain"));
            }
            Err(_) => {}
        }
        outcome
    }
}

/// One that a removal before did not get to the end of.
fn set_aside<'a>(book: &'a Book, name: &str) -> Result<&'a Profile, Failure> {
    let wanted = name.trim().to_lowercase();
    let is_wanted =
        |profile: &&Profile| profile.name.as_str().to_lowercase() == wanted || profile.id.as_str() == wanted;
    let removed = book.removed().iter().filter(|removed| removed.at == Timestamp::UNIX_EPOCH);
    removed.map(|removed| &removed.profile).find(is_wanted).ok_or_else(|| Failure::NoProfile(name.to_owned()))
}

async fn remove(home: &Home, book: &Book, profile: &Profile, is_listed: bool) -> Result<(), Failure> {
    let id = &profile.id;
    if is_listed {
        let request = Request::RemoveProfile { profile: id.to_string() };
        if running_app::ask(home, &request).await?.is_some() {
            return Ok(());
        }
        book::change(home, BookChange::Remove(id.clone(), Timestamp::UNIX_EPOCH)).await?;
    }
    let world = world::of(home, Arc::new(TerminalPrompt { reads_stdin: false }))?;
    credentials::forget_removed(&world, book, profile).await?;
    BrowserStores::new(home).remove(id)?;
    book::change(home, BookChange::Forget(id.clone())).await?;
    Ok(())
}
