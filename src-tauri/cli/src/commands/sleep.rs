//! `side sleep`: tabs that nobody looks at let go of their pages.

use clap::Args;
use sidelight_core::control::Request;
use sidelight_core::storage::home::Home;

use crate::failure::Failure;
use crate::output;
use crate::running_app;
use crate::runtime;

/// Put tabs to sleep that no pane shows
///
/// A sleeping tab takes no memory, and gets its page back when it is looked at. One whose page
/// uploads, plays, holds unsaved input or an open connection stays awake; so do all tabs of a
/// profile that downloads.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Sleep {}

const HELP: &str = "\
Example:
  side sleep; side tabs

Exit codes: 0 asked, or no app runs";

impl Sleep {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        if runtime::run(running_app::ask(home, &Request::SleepOthers))?.is_none() {
            output::remark("Sidelight does not run");
        }
        Ok(())
    }
}
