//! `side s3`: objects, with a profile's own credentials, through the running app.

mod cp;

use clap::{Args, Subcommand};
use sidelight_core::storage::home::Home;

use crate::failure::Failure;
use cp::Cp;

/// Copy objects from S3 and to it, in Sidelight's list of downloads
#[derive(Debug, Args)]
pub struct S3Command {
    #[command(subcommand)]
    action: S3Action,
}

#[derive(Debug, Subcommand)]
enum S3Action {
    Cp(Cp),
}

impl S3Command {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        match self.action {
            S3Action::Cp(cp) => cp.run(home),
        }
    }
}
