//! `side credentials`: a profile's temporary credentials, as the AWS CLI's `credential_process`
//! wants them; and the variables by which `side exec` hands them to a program.
//!
//! One of the two places where a secret leaves us in plain sight, because it was asked for by name.

use std::sync::Arc;

use clap::Args;
use serde::Serialize;
use sidelight_core::app::credentials::{self, Use};
use sidelight_core::domain::book::Book;
use sidelight_core::domain::partition::Partition;
use sidelight_core::domain::profile::Profile;
use sidelight_core::domain::secret::SessionCredentials;
use sidelight_core::domain::session::Access;
use sidelight_core::domain::source::SessionDuration;
use sidelight_core::storage::home::Home;
use sidelight_core::world;

use crate::book;
use crate::failure::Failure;
use crate::mfa::TerminalPrompt;
use crate::output;
use crate::runtime;

/// Print a profile's temporary credentials as JSON, for the AWS CLI's credential_process
///
/// Nothing else is printed; what goes wrong is said on stderr, without secrets. Where the profile
/// needs an MFA code, it is asked for at the terminal, once in up to twelve hours: `side mfa NAME`
/// does that beforehand.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Credentials {
    #[command(flatten)]
    whose: WhoseCredentials,
}

const HELP: &str = "\
In ~/.aws/config:
  [profile acme-prod]
  credential_process = side credentials 'acme prod'

`side export aws-config` writes such a block for every profile.

A profile with an access key and no role gets GetSessionToken's credentials: they may do what the
user may, but for calls of IAM.

Exit codes:
  0 printed · 2 an option does not fit · 3 no such profile · 4 AWS refused · 5 keychain · 6 network";

/// Whose credentials, and with which rights.
#[derive(Debug, Args)]
pub struct WhoseCredentials {
    /// The profile's name or id
    pub name: String,
    /// With ReadOnlyAccess as session policy
    #[arg(long)]
    read_only: bool,
    /// With full rights, where the profile's guards make read-only its habit
    #[arg(long, conflicts_with = "read_only")]
    full_rights: bool,
    /// How long they shall last, 15m to 12h (default: the profile's, else the longest)
    #[arg(long, value_name = "TIME")]
    duration: Option<String>,
}

/// A profile, and what it was granted.
pub struct Granted {
    pub profile: Profile,
    pub partition: Partition,
    credentials: Arc<SessionCredentials>,
}

/// As `credential_process` wants it. Source: AWS SDKs and Tools reference guide, "Process
/// credential provider".
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Document<'a> {
    version: u8,
    access_key_id: &'a str,
    secret_access_key: &'a str,
    session_token: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expiration: Option<String>,
}

impl Credentials {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let granted = self.whose.get(home)?;
        let credentials = &granted.credentials;
        output::json(&Document {
            version: 1,
            access_key_id: &credentials.key_id,
            secret_access_key: credentials.expose_secret(),
            session_token: credentials.expose_token(),
            expiration: credentials.end().map(|end| end.to_string()),
        })
    }
}

impl WhoseCredentials {
    /// Asks for them.
    ///
    /// # Errors
    /// No such profile, or what keychain and AWS answer.
    pub fn get(&self, home: &Home) -> Result<Granted, Failure> {
        let loaded = book::load(home)?;
        let mut profile = book::find(&loaded.book, &self.name)?.clone();
        let partition = book::partition_of(&loaded.book, &profile)?;
        if let Some(duration) = &self.duration {
            profile.source.set_duration(Some(SessionDuration::parse(duration)?));
        }
        let access = self.access(&loaded.book, &profile);
        // Standard input belongs to whoever asked.
        let world = world::of(home, Arc::new(TerminalPrompt { reads_stdin: false }))?;
        let grant = runtime::run(async {
            let grant = credentials::of(&world, &loaded.book, &profile, access, Use::Programs).await?;
            book::note_account(home, &loaded, &profile, &grant.granted.identity).await;
            Ok(grant)
        })?;
        Ok(Granted { profile, partition, credentials: grant.granted.credentials.clone() })
    }

    fn access(&self, book: &Book, profile: &Profile) -> Access {
        match (self.read_only, self.full_rights) {
            (true, _) => Access::ReadOnly,
            (_, true) => Access::Full,
            _ => book.guards_of(profile).access(),
        }
    }
}

impl Granted {
    /// The variables that AWS's programs read, and those that would say otherwise (`None`).
    /// Source: AWS CLI user guide, "Environment variables".
    pub fn variables(&self) -> Vec<(&'static str, Option<String>)> {
        let (credentials, region) = (&self.credentials, self.profile.region.to_string());
        let mut variables = vec![
            ("AWS_ACCESS_KEY_ID", Some(credentials.key_id.clone())),
            ("AWS_SECRET_ACCESS_KEY", Some(credentials.expose_secret().to_owned())),
            ("AWS_SESSION_TOKEN", Some(credentials.expose_token().to_owned())),
            ("AWS_CREDENTIAL_EXPIRATION", credentials.end().map(|end| end.to_string())),
            ("AWS_REGION", Some(region.clone())),
            ("AWS_DEFAULT_REGION", Some(region)),
            ("AWS_PROFILE", None),
            ("AWS_DEFAULT_PROFILE", None),
            ("AWS_SECURITY_TOKEN", None),
        ];
        if let Partition::Own(own) = &self.partition {
            variables.push(("AWS_ENDPOINT_URL_STS", Some(own.sts.url().to_string())));
            variables.push(("AWS_ENDPOINT_URL_S3", own.s3.as_ref().map(|s3| s3.url().to_string())));
        }
        variables
    }
}
