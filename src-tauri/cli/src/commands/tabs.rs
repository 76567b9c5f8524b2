//! `side tabs`: what is open in the app's window, where, and in which state.

use std::io::{self, Write};

use clap::Args;
use sidelight_core::control::{Answer, Request, TabLine};
use sidelight_core::storage::home::Home;

use crate::failure::Failure;
use crate::output;
use crate::running_app;
use crate::runtime;
use crate::table::{Cell, Table};

/// Show the open tabs
///
/// Where Sidelight does not run there are none.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Tabs {
    /// One JSON document
    #[arg(long)]
    json: bool,
}

const HELP: &str = "\
Examples:
  side tabs
  side tabs --json | jq -r '.[] | select(.state == \"expired\") | .profile'

States: signing-in, loading, live, asleep, expired, crashed, failed. Addresses come without tokens.
Exit codes: 0 done, 1 the running app does not answer";

impl Tabs {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let tabs = runtime::run(open_tabs(home))?;
        if self.json {
            return output::json(&tabs);
        }
        if tabs.is_empty() {
            output::remark("No tabs are open");
            return Ok(());
        }
        let mut stdout = output::lines();
        let head = ["TAB", "STATE", "PROFILE", "ACCOUNT", "TITLE", "URL"];
        Table::new(head, tabs.iter().map(row).collect()).write(&mut stdout, output::wants_colour(&io::stdout()))?;
        Ok(stdout.flush()?)
    }
}

/// All tabs; none where no app runs.
///
/// # Errors
/// That it does not answer.
pub async fn open_tabs(home: &Home) -> Result<Vec<TabLine>, Failure> {
    match running_app::ask(home, &Request::Tabs).await? {
        Some(Answer::Tabs { tabs }) => Ok(tabs),
        Some(_) => Err(running_app::not_understood()),
        None => Ok(Vec::new()),
    }
}

fn row(tab: &TabLine) -> [Cell; 6] {
    [
        tab.tab.as_str().into(),
        word(&tab.state).as_str().into(),
        tab.profile.as_str().into(),
        tab.account.as_deref().into(),
        tab.title.as_str().into(),
        tab.url.as_str().into(),
    ]
}

/// A state, as the JSON spells it.
pub fn word(state: &impl serde::Serialize) -> String {
    match serde_json::to_value(state) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
