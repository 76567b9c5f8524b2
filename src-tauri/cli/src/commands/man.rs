//! `side man`: the manual pages, for packages.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_mangen::Man as Page;

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::output;

/// Print the manual page, or write one for each command into a folder
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Man {
    /// Write side.1, side-ls.1, … into this folder
    #[arg(long, value_name = "FOLDER")]
    into: Option<PathBuf>,
}

const HELP: &str = "\
Examples:
  side man | man -l -
  side man --into /usr/share/man/man1

Exit codes: 0 written, 1 the folder cannot be written";

impl Man {
    pub fn run(self) -> Result<(), Failure> {
        let mut command = Arguments::command();
        let Some(folder) = self.into else {
            let mut stdout = output::lines();
            Page::new(command).render(&mut stdout)?;
            return Ok(stdout.flush()?);
        };
        command.build();
        write_pages(&command, "side", &folder)
    }
}

fn write_pages(command: &clap::Command, name: &str, folder: &std::path::Path) -> Result<(), Failure> {
    let path = folder.join(format!("{name}.1"));
    let page = Page::new(command.clone()).title(name);
    File::create(&path).and_then(|mut file| page.render(&mut file)).map_err(|source| Failure::File { path, source })?;
    for child in command.get_subcommands().filter(|child| !child.is_hide_set() && child.get_name() != "help") {
        write_pages(child, &format!("{name}-{}", child.get_name()), folder)?;
    }
    Ok(())
}
