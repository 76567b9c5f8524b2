//! `side edit`: says something else of a profile; its id, secret and browser data stay.

use clap::Args;
use sidelight_core::app::ports::Vault;
use sidelight_core::domain::book::BookChange;
use sidelight_core::domain::draft::ProfileDraft;
use sidelight_core::storage::home::Home;
use sidelight_core::storage::keychain::Keychain;

use super::profile_options::ProfileOptions;
use crate::book;
use crate::failure::Failure;
use crate::output;
use crate::runtime;
use crate::secret;

/// Change a profile
///
/// Only what is given changes; an empty word ('') takes an option away. With --secret the new
/// secret access key is asked for at a prompt, or read from standard input where that is no
/// terminal; without it the one in the keychain stays.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Edit {
    /// The profile's name or id
    name: String,
    /// Another name
    #[arg(long, value_name = "NEW")]
    rename: Option<String>,
    /// The access key's public half (AKIA…)
    #[arg(long, value_name = "AKIA…")]
    access_key_id: Option<String>,
    /// Ask for a new secret access key
    #[arg(long)]
    secret: bool,
    #[command(flatten)]
    options: ProfileOptions,
}

const HELP: &str = "\
Examples:
  side edit 'acme prod' --region eu-west-1 --duration 1h
  side edit 'acme prod' --mark ''                               no mark any more
  side edit 'acme prod' --access-key-id AKIAI44QH8DHBEXAMPLE --secret     a rotated key

Exit codes:
  0 changed · 2 an option does not fit (nothing was changed) · 3 no such profile · 5 keychain
  7 cancelled at the prompt";

impl Edit {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let said = !self.options.is_empty() || self.rename.is_some() || self.access_key_id.is_some() || self.secret;
        if !said {
            let words = "Nothing to change was given".to_owned();
            return Err(Failure::Usage { words, hint: "`side edit --help` shows what can be changed" });
        }
        let before = book::load_to_change(home)?;
        let old = book::find(&before, &self.name)?;
        let mut draft = ProfileDraft::from(old);
        if let Some(name) = self.rename {
            draft.name = name;
        }
        let keeps_secret = self.access_key_id.is_some() && !self.secret;
        if let Some(access_key_id) = self.access_key_id {
            draft.access_key_id = access_key_id;
        }
        self.options.write(&mut draft)?;
        let profile = draft.finish(old.id.clone(), &before)?;
        book::check(&before, BookChange::Save(Box::new(profile.clone())))?;
        let secret = if self.secret { Some(secret::ask(profile.name.as_str())?) } else { None };
        let name = profile.name.to_string();
        runtime::run(async {
            if let Some(secret) = &secret {
                Keychain::new().write(&profile.id, secret).await?;
            }
            book::change(home, BookChange::Save(Box::new(profile))).await
        })?;
        output::remark(&format!("Changed {name}"));
        if keeps_secret {
            output::remark("The secret in the keychain is the one from before; --secret asks for a new one");
        }
        Ok(())
    }
}
