//! `side add`: a new profile. Checked first, then its secret is asked for; the keychain is written
//! first, then the book.
//!
//! Grows by a subcommand for each further source of credentials.

use clap::{Args, Subcommand};
use sidelight_core::app::ports::Vault;
use sidelight_core::domain::book::BookChange;
use sidelight_core::domain::draft::ProfileDraft;
use sidelight_core::domain::profile::Profile;
use sidelight_core::domain::secret::SecretAccessKey;
use sidelight_core::storage::home::Home;
use sidelight_core::storage::keychain::Keychain;

use super::profile_options::ProfileOptions;
use crate::book;
use crate::failure::Failure;
use crate::output;
use crate::runtime;
use crate::secret;

/// Add a profile
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Add {
    #[command(subcommand)]
    source: AddSource,
}

const HELP: &str = "\
Example:
  side add access-key 'acme prod' --access-key-id AKIAIOSFODNN7EXAMPLE \\
       --role arn:aws:iam::111122223333:role/Admin";

#[derive(Debug, Subcommand)]
enum AddSource {
    AccessKey(AddAccessKey),
}

/// Add a profile with an IAM user's access key
///
/// The secret access key is asked for at a prompt, or read from standard input where that is no
/// terminal; it is never an argument. It goes into this system's keychain; everything else goes
/// into the readable file profiles.toml. AWS is not asked: `side test NAME` does that.
#[derive(Debug, Args)]
#[command(after_help = ACCESS_KEY_HELP)]
struct AddAccessKey {
    /// What to call it: one line, unique
    name: String,
    /// The access key's public half (AKIA…)
    #[arg(long, value_name = "AKIA…")]
    access_key_id: String,
    #[command(flatten)]
    options: ProfileOptions,
}

const ACCESS_KEY_HELP: &str = "\
Examples:
  With a role, asking for the secret:
    side add access-key 'acme prod' --access-key-id AKIAIOSFODNN7EXAMPLE \\
         --role arn:aws:iam::111122223333:role/Admin --group Acme --mark PROD --region eu-central-1
  Without a role, the secret from a password manager:
    pass show aws/acme | side add access-key acme --access-key-id AKIAIOSFODNN7EXAMPLE

Exit codes:
  0 added · 2 an option does not fit (nothing was changed) · 5 keychain · 7 cancelled at the prompt";

impl Add {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let AddSource::AccessKey(access_key) = self.source;
        let before = book::load_to_change(home)?;
        let mut draft =
            ProfileDraft { name: access_key.name, access_key_id: access_key.access_key_id, ..ProfileDraft::default() };
        access_key.options.write(&mut draft)?;
        let profile = draft.finish(book::new_id()?, &before)?;
        book::check(&before, BookChange::Save(Box::new(profile.clone())))?;
        let secret = secret::ask(profile.name.as_str())?;
        let name = profile.name.to_string();
        runtime::run(keep_new(home, profile, secret))?;
        output::remark(&format!("Added {name}. `side test` tries it"));
        Ok(())
    }
}

/// Keychain first, then the book; a secret that no book knows does not stay.
///
/// # Errors
/// The keychain's or the book's.
pub async fn keep_new(home: &Home, profile: Profile, secret: SecretAccessKey) -> Result<(), Failure> {
    let keychain = Keychain::new();
    let id = profile.id.clone();
    keychain.write(&id, &secret).await?;
    match book::change(home, BookChange::Save(Box::new(profile))).await {
        Ok(_) => Ok(()),
        Err(refused) => {
            // What the user needs to hear is why the book refused.
            let _ = keychain.remove(&id).await;
            Err(refused)
        }
    }
}
