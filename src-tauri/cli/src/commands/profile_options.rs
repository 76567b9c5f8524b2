//! What can be said of a profile, by `side add` and `side edit` alike.
//!
//! Not whether it fits (`domain::draft`). Grows with the profile.

use clap::Args;
use sidelight_core::domain::draft::ProfileDraft;
use sidelight_core::domain::input::InputError;
use sidelight_core::domain::source::{SessionDuration, SessionTag};

use crate::failure::Failure;

/// What can be said of every profile.
#[derive(Debug, Args)]
pub struct CommonOptions {
    /// Where the console opens (default: the profile's to come through, else the partition's first region)
    #[arg(long, value_name = "R")]
    region: Option<String>,
    /// The client or team that it belongs to
    #[arg(long, value_name = "G")]
    group: Option<String>,
    /// The environment's word, up to 12 letters; PROD and 本番 are red, STG amber, DEV green
    #[arg(long, value_name = "WORD")]
    mark: Option<String>,
    /// aws, aws-cn, aws-us-gov, aws-eusc or an own one (default: the role's, else aws)
    #[arg(long, value_name = "P")]
    partition: Option<String>,
    /// A site of your own whose pages its tabs may show, such as an admin tool; may be repeated, '' for none (default: as before)
    #[arg(long, value_name = "URL")]
    site: Vec<String>,
}

/// What can be said of a role.
#[derive(Debug, Args)]
pub struct RoleOptions {
    /// The role to assume; without one the console gets what the user itself may do
    #[arg(long, value_name = "ARN")]
    role: Option<String>,
    /// What the role's trust policy asks a third party for
    #[arg(long, value_name = "X")]
    external_id: Option<String>,
    /// The MFA device whose code the role's trust policy asks for
    #[arg(long, value_name = "ARN")]
    mfa_serial: Option<String>,
    /// What CloudTrail shows of the session (default: sidelight)
    #[arg(long, value_name = "NAME")]
    role_session_name: Option<String>,
    /// Who is behind the session, through all roles that follow
    #[arg(long, value_name = "NAME")]
    source_identity: Option<String>,
    /// A session tag, KEY=VALUE, or KEY=VALUE! for one that stays through the roles that follow; may be repeated, '' for none
    #[arg(long, value_name = "KEY=VALUE")]
    tag: Vec<String>,
    /// How long a session shall last, 15m to 12h (default: the longest that AWS grants)
    #[arg(long, value_name = "TIME")]
    duration: Option<String>,
}

/// The account, where the source does not say it.
#[derive(Debug, Args)]
pub struct AccountOption {
    /// The account that must answer, twelve digits; else the role's, else the first sign-in's
    #[arg(long, value_name = "ID")]
    account: Option<String>,
}

impl CommonOptions {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        let Self { region, group, mark, partition, site } = self;
        [region, group, mark, partition].iter().all(|option| option.is_none()) && site.is_empty()
    }

    /// Writes what is said over what a draft says; an empty word takes it away.
    pub fn write(self, draft: &mut ProfileDraft) {
        set(&mut draft.region, self.region);
        set(&mut draft.group, self.group);
        set(&mut draft.mark, self.mark);
        set(&mut draft.partition, self.partition);
        if !self.site.is_empty() {
            draft.sites = self.site;
        }
    }
}

impl RoleOptions {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        let Self { role, external_id, mfa_serial, role_session_name, source_identity, tag, duration } = self;
        let options = [role, external_id, mfa_serial, role_session_name, source_identity, duration];
        options.iter().all(|option| option.is_none()) && tag.is_empty()
    }

    /// As [`CommonOptions::write`]. What belongs to a role goes with it.
    ///
    /// # Errors
    /// `Input` for a duration or a tag.
    pub fn write(self, draft: &mut ProfileDraft) -> Result<(), Failure> {
        if self.role.as_deref().is_some_and(|role| role.trim().is_empty()) {
            draft.external_id.clear();
            draft.mfa_serial.clear();
            draft.role_session_name.clear();
            draft.source_identity.clear();
            draft.session_tags.clear();
        }
        if let Some(duration) = &self.duration {
            draft.duration = parse(duration)?;
        }
        set(&mut draft.role_arn, self.role);
        set(&mut draft.external_id, self.external_id);
        set(&mut draft.mfa_serial, self.mfa_serial);
        set(&mut draft.role_session_name, self.role_session_name);
        set(&mut draft.source_identity, self.source_identity);
        if !self.tag.is_empty() {
            let said = self.tag.iter().filter(|tag| !tag.trim().is_empty());
            draft.session_tags = said.map(|tag| SessionTag::parse(tag)).collect::<Result<_, _>>()?;
        }
        Ok(())
    }
}

impl AccountOption {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.account.is_none()
    }

    /// As [`CommonOptions::write`].
    pub fn write(self, draft: &mut ProfileDraft) {
        set(&mut draft.account, self.account);
    }

    /// As [`Self::write`], for a sign-in page, whose account may be an alias.
    pub fn write_alias(self, draft: &mut ProfileDraft) {
        if self.account.is_some() {
            draft.account.clear();
        }
        set(&mut draft.sign_in_account, self.account);
    }
}

/// A duration; an empty word is none.
fn parse(text: &str) -> Result<Option<SessionDuration>, InputError> {
    if text.trim().is_empty() { Ok(None) } else { SessionDuration::parse(text).map(Some) }
}

/// Writes what is said; an empty word takes it away.
pub fn set(field: &mut String, said: Option<String>) {
    if let Some(said) = said {
        *field = said;
    }
}
