//! `side close`: a tab gone; its profile stays signed in.

use clap::Args;
use sidelight_core::control::Request;
use sidelight_core::storage::home::Home;

use super::show::ask_about;
use crate::failure::Failure;
use crate::runtime;

/// Close a tab
///
/// Its profile stays signed in, and the window can reopen it.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Close {
    /// The tab's id, as `side tabs` shows it
    tab: String,
}

const HELP: &str = "\
Example:
  side tabs --json | jq -r '.[] | select(.profile == \"acme prod\") | .tab' | xargs -n 1 side close

Exit codes: 0 closed, 3 no such tab";

impl Close {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let request = Request::Close { tab: self.tab.clone() };
        runtime::run(ask_about(home, &self.tab, &request))
    }
}
