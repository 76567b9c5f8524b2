//! `side doctor`: the checks of `crate::doctor`, as a list or as JSON.

use std::io::{self, Write};

use clap::Args;
use sidelight_core::storage::home::Home;

use crate::doctor::{self, Check, Verdict};
use crate::failure::Failure;
use crate::output;
use crate::runtime;

/// Look over what Sidelight needs: keychain, web engine, sandbox, network, clock, files
///
/// Each check ends with a verdict, and a remedy where there is something to do.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Doctor {
    /// One JSON document
    #[arg(long)]
    json: bool,
}

const HELP: &str = "\
Examples:
  side doctor
  side doctor --json | jq '.[] | select(.verdict != \"ok\")'

Asks the keychain for its state (a locked one stays locked), and the sign-in and STS hosts of the
partitions in use for nothing but an answer. No secret is read and none is sent.

Exit codes: 0 no problem (warnings are none), 1 at least one problem";

impl Doctor {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let checks = runtime::run(async { Ok(doctor::look_over(home).await) })?;
        if self.json {
            output::json(&checks)?;
        } else {
            print(&checks)?;
        }
        let is_well = checks.iter().all(|check| check.verdict != Verdict::Problem);
        if is_well { Ok(()) } else { Err(Failure::NotWell) }
    }
}

fn print(checks: &[Check]) -> Result<(), Failure> {
    let coloured = output::wants_colour(&io::stdout());
    let mut stdout = output::lines();
    for Check { name, verdict, found, remedy } in checks {
        let (word, colour) = match verdict {
            Verdict::Ok => ("ok", "32"),
            Verdict::Warning => ("warning", "33"),
            Verdict::Problem => ("problem", "1;31"),
        };
        let word = format!("{word:<8}");
        let word = if coloured { format!("\x1b[{colour}m{word}\x1b[0m") } else { word };
        writeln!(stdout, "{word} {name:<11} {found}")?;
        if let Some(remedy) = remedy {
            writeln!(stdout, "{:21}-> {remedy}", "")?;
        }
    }
    Ok(stdout.flush()?)
}
