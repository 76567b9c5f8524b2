//! `side completions`: the script that lets a shell complete `side`.

use std::io::Write;

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::output;

/// Print a shell's completion script
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Completions {
    /// For which shell
    shell: Shell,
}

const HELP: &str = "\
Examples:
  side completions bash > ~/.local/share/bash-completion/completions/side
  side completions zsh > ~/.zfunc/_side
  side completions fish > ~/.config/fish/completions/side.fish

Asks nobody. Exit codes: 0 printed, 2 no such shell";

impl Completions {
    pub fn run(self) -> Result<(), Failure> {
        // The generator panics where its stream fails; memory does not.
        let mut script = Vec::new();
        generate(self.shell, &mut Arguments::command(), "side", &mut script);
        let mut stdout = output::lines();
        stdout.write_all(&script)?;
        Ok(stdout.flush()?)
    }
}
