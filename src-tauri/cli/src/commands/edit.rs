//! `side edit`: says something else of a profile; its id, secret and browser data stay.

use clap::Args;
use sidelight_core::app::profiles::keep_secrets;
use sidelight_core::domain::book::BookChange;
use sidelight_core::domain::draft::ProfileDraft;
use sidelight_core::domain::secret::SecretId;
use sidelight_core::domain::source::SourceKind;
use sidelight_core::storage::home::Home;
use sidelight_core::storage::keychain::Keychain;

use super::profile_options::{AccountOption, CommonOptions, RoleOptions, set};
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
    /// Of an access key: its public half (AKIA…)
    #[arg(long, value_name = "AKIA…")]
    access_key_id: Option<String>,
    /// Of an access key: ask for a new secret access key
    #[arg(long)]
    secret: bool,
    /// Of an access key without a role: the managed policy that bounds the console
    #[arg(long, value_name = "ARN", conflicts_with = "role")]
    session_policy: Option<String>,
    /// Of a role: the profile whose credentials assume it
    #[arg(long, value_name = "PROFILE")]
    from: Option<String>,
    /// Of a profile of ~/.aws: its name there
    #[arg(long, value_name = "AWS_PROFILE")]
    profile: Option<String>,
    /// Of Identity Center: the access portal's address
    #[arg(long, value_name = "URL")]
    start_url: Option<String>,
    /// Of Identity Center: the region that it runs in
    #[arg(long, value_name = "R")]
    sso_region: Option<String>,
    /// Of Identity Center: the permission set
    #[arg(long, value_name = "NAME")]
    permission_set: Option<String>,
    /// Of a sign-in page: the user's name, to be filled in
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    #[command(flatten)]
    account: AccountOption,
    #[command(flatten)]
    role: RoleOptions,
    #[command(flatten)]
    common: CommonOptions,
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
        if self.says_nothing() {
            let words = "Nothing to change was given".to_owned();
            return Err(Failure::Usage { words, hint: "`side edit --help` shows what can be changed" });
        }
        let before = book::load_to_change(home)?;
        let old = book::find(&before, &self.name)?;
        let mut draft = ProfileDraft::from(old);
        let keeps_secret = self.access_key_id.is_some() && !self.secret;
        let asks_secret = self.secret;
        if asks_secret && old.source.key_id().is_none() {
            let words = format!("{} has no access key of its own", old.name);
            return Err(Failure::Usage { words, hint: "Only `side add access-key` makes a profile with one" });
        }
        self.write(&mut draft)?;
        let profile = draft.finish(old.id.clone(), &before)?;
        book::check_saving(&before, &profile)?;
        let secret = if asks_secret { Some(secret::ask(profile.name.as_str())?) } else { None };
        let name = profile.name.to_string();
        runtime::run(async {
            let id = SecretId::AccessKey(profile.id.clone());
            let save = book::change(home, BookChange::Save(Box::new(profile)));
            match &secret {
                Some(secret) => keep_secrets(&Keychain::new(), &[(&id, secret.wrapped())], save).await,
                None => save.await,
            }
        })?;
        output::remark(&format!("Changed {name}"));
        if keeps_secret {
            output::remark("The secret in the keychain is the one from before; --secret asks for a new one");
        }
        Ok(())
    }

    fn says_nothing(&self) -> bool {
        let texts = [
            &self.rename,
            &self.access_key_id,
            &self.session_policy,
            &self.from,
            &self.profile,
            &self.start_url,
            &self.sso_region,
            &self.permission_set,
            &self.user,
        ];
        let options = self.account.is_empty() && self.role.is_empty() && self.common.is_empty();
        options && !self.secret && texts.iter().all(|text| text.is_none())
    }

    /// Writes what is said over what the draft says.
    fn write(self, draft: &mut ProfileDraft) -> Result<(), Failure> {
        let says_policy = self.session_policy.as_ref().is_some_and(|policy| !policy.trim().is_empty());
        set(&mut draft.name, self.rename);
        set(&mut draft.access_key_id, self.access_key_id);
        set(&mut draft.session_policy_arn, self.session_policy);
        set(&mut draft.from, self.from);
        set(&mut draft.config_profile, self.profile);
        set(&mut draft.start_url, self.start_url);
        set(&mut draft.sso_region, self.sso_region);
        set(&mut draft.permission_set, self.permission_set);
        set(&mut draft.user_name, self.user);
        match draft.source {
            SourceKind::Page => self.account.write_alias(draft),
            _ => self.account.write(draft),
        }
        self.role.write(draft)?;
        self.common.write(draft);
        if says_policy && !draft.role_arn.trim().is_empty() {
            let words = "A session policy is for a profile without a role".to_owned();
            return Err(Failure::Usage { words, hint: "Take the role away first: --role ''" });
        }
        Ok(())
    }
}
