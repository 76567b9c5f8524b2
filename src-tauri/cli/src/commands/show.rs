//! `side show`: a tab to the front.

use clap::Args;
use sidelight_core::control::Request;
use sidelight_core::storage::home::Home;

use super::tabs::open_tabs;
use crate::failure::Failure;
use crate::running_app;
use crate::runtime;

/// Show a tab
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Show {
    /// The tab's id, as `side tabs` shows it
    tab: String,
}

const HELP: &str = "\
Example:
  side show \"$(side tabs --json | jq -r '.[0].tab')\"

Exit codes: 0 shown, 3 no such tab";

impl Show {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let request = Request::Show { tab: self.tab.clone() };
        runtime::run(ask_about(home, &self.tab, &request))
    }
}

/// Asks the app something about a tab that must be there.
///
/// # Errors
/// [`Failure::NoTab`], or what the app refuses.
pub async fn ask_about(home: &Home, tab: &str, request: &Request) -> Result<(), Failure> {
    let is_there = open_tabs(home).await?.iter().any(|open| open.tab == tab);
    if is_there && running_app::ask(home, request).await?.is_some() {
        return Ok(());
    }
    Err(Failure::NoTab(tab.to_owned()))
}
