//! `side add`: a new profile. Checked first, then its secret is asked for, where its source has
//! one; the keychain is written first, then the book.
//!
//! Grows by a subcommand for each further source of credentials.

use clap::{Args, Subcommand};
use sidelight_core::app::profiles::keep_secrets;
use sidelight_core::domain::book::{Book, BookChange};
use sidelight_core::domain::draft::ProfileDraft;
use sidelight_core::domain::profile::Profile;
use sidelight_core::domain::secret::{SecretAccessKey, SecretId};
use sidelight_core::domain::source::SourceKind;
use sidelight_core::storage::aws_config::AwsFiles;
use sidelight_core::storage::home::Home;
use sidelight_core::storage::keychain::Keychain;

use super::profile_options::{AccountOption, CommonOptions, RoleOptions};
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
Examples:
  side add access-key 'acme prod' --access-key-id AKIAIOSFODNN7EXAMPLE \\
       --role arn:aws:iam::111122223333:role/Admin
  side add role 'acme audit' --from 'acme prod' --role arn:aws:iam::444455556666:role/Audit
  side add config-profile 'borealis' --profile borealis
  side add identity-center 'acme dev' --start-url https://d-1234567890.awsapps.com/start \\
       --sso-region eu-central-1 --account 777788889999 --permission-set AdministratorAccess
  side add page 'client' --account client-alias --user bob";

#[derive(Debug, Subcommand)]
enum AddSource {
    AccessKey(AddAccessKey),
    Role(AddRole),
    ConfigProfile(AddConfigProfile),
    IdentityCenter(AddIdentityCenter),
    Page(AddPage),
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
    account: AccountOption,
    #[command(flatten)]
    role: RoleOptions,
    /// Without a role: the managed policy that bounds the console (default: AdministratorAccess, so as not to bound it)
    #[arg(long, value_name = "ARN", conflicts_with = "role")]
    session_policy: Option<String>,
    #[command(flatten)]
    common: CommonOptions,
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

/// Add a profile with a role that is assumed through another profile
///
/// Chains may be of any depth; AWS lets a role that is assumed with a role's credentials last an
/// hour. The credentials of each link are got once and shared by all profiles behind it.
#[derive(Debug, Args)]
#[command(after_help = ROLE_HELP, mut_arg("role", |role| role.required(true)))]
struct AddRole {
    /// What to call it: one line, unique
    name: String,
    /// The profile whose credentials assume the role, by name or id
    #[arg(long, value_name = "PROFILE")]
    from: String,
    #[command(flatten)]
    role: RoleOptions,
    #[command(flatten)]
    account: AccountOption,
    #[command(flatten)]
    common: CommonOptions,
}

const ROLE_HELP: &str = "\
Examples:
  side add role 'acme audit' --from 'acme prod' --role arn:aws:iam::444455556666:role/Audit
  side add role partner --from 'acme prod' --role arn:aws:iam::777788889999:role/Partner \\
       --external-id acme-4711 --source-identity bob --tag team=blue! --tag ticket=OPS-1

Exit codes:
  0 added · 2 an option does not fit, or the roles come back to themselves (nothing was changed)";

/// Add a profile that ~/.aws describes, by reference
///
/// Whatever the file says when it is opened counts: keys, role chains with MFA, Identity Center, a
/// credential_process, a web identity. Nothing is copied and ~/.aws is not written.
#[derive(Debug, Args)]
#[command(after_help = CONFIG_PROFILE_HELP)]
struct AddConfigProfile {
    /// What to call it: one line, unique
    name: String,
    /// Its name in ~/.aws/config or ~/.aws/credentials
    #[arg(long, value_name = "AWS_PROFILE")]
    profile: String,
    /// How long a session shall last, 15m to 12h (default: as the file says, else the longest that AWS grants)
    #[arg(long, value_name = "TIME")]
    duration: Option<String>,
    #[command(flatten)]
    account: AccountOption,
    #[command(flatten)]
    common: CommonOptions,
}

const CONFIG_PROFILE_HELP: &str = "\
Examples:
  side add config-profile acme --profile acme-prod --group Acme --mark PROD
  side import          shows all profiles of ~/.aws and adds those that you choose

Exit codes:
  0 added · 2 an option does not fit, or ~/.aws describes no such profile (nothing was changed)";

/// Add a profile with a permission set of IAM Identity Center
#[derive(Debug, Args)]
#[command(after_help = IDENTITY_CENTER_HELP)]
struct AddIdentityCenter {
    /// What to call it: one line, unique
    name: String,
    /// The access portal's address
    #[arg(long, value_name = "URL")]
    start_url: String,
    /// The region that Identity Center runs in
    #[arg(long, value_name = "R")]
    sso_region: String,
    /// The account, twelve digits
    #[arg(long, value_name = "ID")]
    account: String,
    /// The permission set
    #[arg(long, value_name = "NAME")]
    permission_set: String,
    #[command(flatten)]
    common: CommonOptions,
}

const IDENTITY_CENTER_HELP: &str = "\
Example:
  side add identity-center 'acme dev' --start-url https://d-1234567890.awsapps.com/start \\
       --sso-region eu-central-1 --account 777788889999 --permission-set AdministratorAccess

Exit codes:
  0 added · 2 an option does not fit (nothing was changed)";

/// Add a profile that opens an account's own sign-in page
///
/// For an account of which you have a console user and a password only: the page opens in the
/// profile's own browser data, you sign in by hand, and stay signed in as long as AWS lets you.
#[derive(Debug, Args)]
#[command(after_help = PAGE_HELP)]
struct AddPage {
    /// What to call it: one line, unique
    name: String,
    /// The account's twelve digits, or its alias
    #[arg(long, value_name = "ID_OR_ALIAS")]
    account: String,
    /// The user's name, to be filled in
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    #[command(flatten)]
    common: CommonOptions,
}

const PAGE_HELP: &str = "\
Example:
  side add page client --account client-alias --user bob --group Client

Exit codes:
  0 added · 2 an option does not fit (nothing was changed)";

impl Add {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let before = book::load_to_change(home)?;
        match self.source {
            AddSource::AccessKey(key) => add_key(home, &before, key.draft()?),
            AddSource::Role(role) => add(home, &before, role.draft()?),
            AddSource::ConfigProfile(config) => add(home, &before, config.draft()?),
            AddSource::IdentityCenter(identity_center) => add(home, &before, identity_center.draft()),
            AddSource::Page(page) => add(home, &before, page.draft()),
        }
    }
}

impl AddAccessKey {
    fn draft(self) -> Result<ProfileDraft, Failure> {
        let mut draft = ProfileDraft { name: self.name, access_key_id: self.access_key_id, ..ProfileDraft::default() };
        self.account.write(&mut draft);
        self.role.write(&mut draft)?;
        self.common.write(&mut draft);
        draft.session_policy_arn = self.session_policy.unwrap_or_default();
        Ok(draft)
    }
}

impl AddRole {
    fn draft(self) -> Result<ProfileDraft, Failure> {
        let mut draft =
            ProfileDraft { name: self.name, source: SourceKind::Role, from: self.from, ..ProfileDraft::default() };
        self.account.write(&mut draft);
        self.role.write(&mut draft)?;
        self.common.write(&mut draft);
        Ok(draft)
    }
}

impl AddConfigProfile {
    /// The region that the file says, where none is given; a profile that the file does not have
    /// is refused.
    fn draft(self) -> Result<ProfileDraft, Failure> {
        let mut draft = ProfileDraft {
            name: self.name,
            source: SourceKind::ConfigProfile,
            config_profile: self.profile,
            ..ProfileDraft::default()
        };
        let found = AwsFiles::from_environment().profile(&draft.config_profile)?;
        draft.region = found.region.as_ref().map(ToString::to_string).unwrap_or_default();
        draft.account = found.account().map(ToString::to_string).unwrap_or_default();
        if let Some(duration) = self.duration {
            draft.duration = Some(sidelight_core::domain::source::SessionDuration::parse(&duration)?);
        }
        self.account.write(&mut draft);
        self.common.write(&mut draft);
        Ok(draft)
    }
}

impl AddIdentityCenter {
    fn draft(self) -> ProfileDraft {
        let mut draft = ProfileDraft {
            name: self.name,
            source: SourceKind::IdentityCenter,
            start_url: self.start_url,
            sso_region: self.sso_region,
            account: self.account,
            permission_set: self.permission_set,
            ..ProfileDraft::default()
        };
        self.common.write(&mut draft);
        draft
    }
}

impl AddPage {
    fn draft(self) -> ProfileDraft {
        let mut draft = ProfileDraft {
            name: self.name,
            source: SourceKind::Page,
            sign_in_account: self.account,
            user_name: self.user.unwrap_or_default(),
            ..ProfileDraft::default()
        };
        self.common.write(&mut draft);
        draft
    }
}

fn add(home: &Home, before: &Book, draft: ProfileDraft) -> Result<(), Failure> {
    let profile = draft.finish(book::new_id()?, before)?;
    book::check_saving(before, &profile)?;
    let (name, is_page) = (profile.name.to_string(), profile.source.kind() == SourceKind::Page);
    runtime::run(book::change(home, BookChange::Save(Box::new(profile))))?;
    added(&name, if is_page { "open" } else { "test" });
    Ok(())
}

/// Says how it is tried, in words that a shell takes.
fn added(name: &str, command: &str) {
    let quoted = shlex::try_quote(name).unwrap_or(name.into());
    output::remark(&format!("Added {name}. `side {command} {quoted}` tries it"));
}

fn add_key(home: &Home, before: &Book, draft: ProfileDraft) -> Result<(), Failure> {
    let profile = draft.finish(book::new_id()?, before)?;
    book::check_saving(before, &profile)?;
    let secret = secret::ask(profile.name.as_str())?;
    let name = profile.name.to_string();
    runtime::run(keep_new(home, profile, secret))?;
    added(&name, "test");
    Ok(())
}

/// Keychain first, then the book; a secret that no book knows does not stay.
///
/// # Errors
/// The keychain's or the book's.
pub async fn keep_new(home: &Home, profile: Profile, secret: SecretAccessKey) -> Result<(), Failure> {
    let id = SecretId::AccessKey(profile.id.clone());
    let save = book::change(home, BookChange::Save(Box::new(profile)));
    keep_secrets(&Keychain::new(), &[(&id, secret.wrapped())], save).await.map(drop)
}
