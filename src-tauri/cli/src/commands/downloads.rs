//! `side downloads`: files on their way from tabs to disk, and those that have arrived.

use std::io::{self, Write};

use clap::Args;
use sidelight_core::control::{Answer, DownloadLine, Request};
use sidelight_core::storage::home::Home;

use super::tabs::word;
use crate::failure::Failure;
use crate::output;
use crate::running_app;
use crate::runtime;
use crate::table::{Cell, Table};

/// Show the downloads
///
/// Where Sidelight does not run there are none.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Downloads {
    /// One JSON document
    #[arg(long)]
    json: bool,
}

const HELP: &str = "\
Examples:
  side downloads
  side downloads --json | jq -r '.[] | select(.state == \"done\") | .path'

States: queued, running, paused, done, failed, cancelled. A total that was not announced is null.
Exit codes: 0 done, 1 the running app does not answer";

impl Downloads {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let downloads = match runtime::run(running_app::ask(home, &Request::Downloads))? {
            Some(Answer::Downloads { downloads }) => downloads,
            Some(_) => return Err(running_app::not_understood()),
            None => Vec::new(),
        };
        if self.json {
            return output::json(&downloads);
        }
        if downloads.is_empty() {
            output::remark("No downloads");
            return Ok(());
        }
        let mut stdout = output::lines();
        let head = ["DOWNLOAD", "STATE", "BYTES", "PROFILE", "PATH", "ERROR"];
        Table::new(head, downloads.iter().map(row).collect())
            .write(&mut stdout, output::wants_colour(&io::stdout()))?;
        Ok(stdout.flush()?)
    }
}

fn row(download: &DownloadLine) -> [Cell; 6] {
    let bytes = match download.total {
        Some(total) => format!("{} of {total}", download.bytes),
        None => download.bytes.to_string(),
    };
    [
        download.id.as_str().into(),
        word(&download.state).as_str().into(),
        bytes.as_str().into(),
        download.profile.as_str().into(),
        download.path.as_str().into(),
        download.error.as_deref().into(),
    ]
}
