//! `side duplicate`: another profile like one that is there, secret included.

use clap::Args;
use sidelight_core::app::ports::Vault;
use sidelight_core::domain::book::BookChange;
use sidelight_core::domain::profile::{Profile, ProfileName};
use sidelight_core::domain::secret::{SecretAccessKey, SecretId};
use sidelight_core::storage::home::Home;
use sidelight_core::storage::keychain::Keychain;

use super::add;
use crate::book;
use crate::failure::Failure;
use crate::output;
use crate::runtime;

/// Add a profile like another one, secret included
///
/// The copy stands at the end of the same group, with a keychain entry and browser data of its own.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Duplicate {
    /// The profile's name or id
    name: String,
    /// What to call the copy
    new: String,
}

const HELP: &str = "\
Example:
  side duplicate 'acme prod' 'acme audit'
  side edit 'acme audit' --role arn:aws:iam::111122223333:role/Audit --mark ''

Exit codes:
  0 added · 2 the new name does not fit or is taken · 3 no such profile · 5 keychain";

impl Duplicate {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let before = book::load_to_change(home)?;
        let original = book::find(&before, &self.name)?;
        let name = ProfileName::parse(&self.new)?;
        let copy = Profile { id: book::new_id()?, name, ..original.clone() };
        book::check_saving(&before, &copy)?;
        let name = copy.name.to_string();
        runtime::run(async {
            if copy.source.key_id().is_none() {
                return book::change(home, BookChange::Save(Box::new(copy))).await.map(drop);
            }
            let secret = Keychain::new().read(&SecretId::AccessKey(original.id.clone())).await?;
            add::keep_new(home, copy, SecretAccessKey::parse(secret)?).await
        })?;
        output::remark(&format!("Added {name}"));
        Ok(())
    }
}
