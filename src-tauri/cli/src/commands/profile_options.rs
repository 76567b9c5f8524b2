//! What can be said of a profile, by `side add` and `side edit` alike.
//!
//! Not whether it fits (`domain::draft`). Grows with the profile.

use clap::Args;
use sidelight_core::domain::draft::ProfileDraft;
use sidelight_core::domain::input::InputError;
use sidelight_core::domain::source::SessionDuration;

use crate::failure::Failure;

/// What can be said of a profile.
#[derive(Debug, Args)]
pub struct ProfileOptions {
    /// The account that must answer, twelve digits; else the role's, else the first sign-in's
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
    /// The role to assume; without one the console gets what the user itself may do
    #[arg(long, value_name = "ARN")]
    pub role: Option<String>,
    /// What the role's trust policy asks a third party for
    #[arg(long, value_name = "X")]
    pub external_id: Option<String>,
    /// Without a role: the managed policy that bounds the console (default: AdministratorAccess, so as not to bound it)
    #[arg(long, value_name = "ARN", conflicts_with = "role")]
    pub session_policy: Option<String>,
    /// How long a session shall last, 15m to 12h (default: the longest that AWS grants)
    #[arg(long, value_name = "TIME")]
    pub duration: Option<String>,
    /// Where the console opens (default: the partition's first region)
    #[arg(long, value_name = "R")]
    pub region: Option<String>,
    /// The client or team that it belongs to
    #[arg(long, value_name = "G")]
    pub group: Option<String>,
    /// The environment's word, up to 12 letters; PROD and 本番 are red, STG amber, DEV green
    #[arg(long, value_name = "WORD")]
    pub mark: Option<String>,
    /// aws, aws-cn, aws-us-gov, aws-eusc or an own one (default: the role's, else aws)
    #[arg(long, value_name = "P")]
    pub partition: Option<String>,
    /// A site of your own whose pages its tabs may show, such as an admin tool; may be repeated, '' for none (default: as before)
    #[arg(long, value_name = "URL")]
    pub site: Vec<String>,
}

impl ProfileOptions {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        let Self { account, role, external_id, session_policy, duration, region, group, mark, partition, site } = self;
        let says_nothing = [account, role, external_id, session_policy, duration, region, group, mark, partition]
            .iter()
            .all(|option| option.is_none());
        says_nothing && site.is_empty()
    }

    /// Writes what is said over what a draft says; an empty word takes it away.
    ///
    /// # Errors
    /// `Input` for a duration, or a session policy beside a role.
    pub fn write(self, draft: &mut ProfileDraft) -> Result<(), Failure> {
        if self.role.as_deref().is_some_and(|role| role.trim().is_empty()) && self.external_id.is_none() {
            draft.external_id.clear();
        }
        if let Some(duration) = &self.duration {
            draft.duration = parse(duration)?;
        }
        let says_policy = self.session_policy.as_ref().is_some_and(|policy| !policy.trim().is_empty());
        set(&mut draft.account, self.account);
        set(&mut draft.role_arn, self.role);
        set(&mut draft.external_id, self.external_id);
        set(&mut draft.session_policy_arn, self.session_policy);
        set(&mut draft.region, self.region);
        set(&mut draft.group, self.group);
        set(&mut draft.mark, self.mark);
        set(&mut draft.partition, self.partition);
        if !self.site.is_empty() {
            draft.sites = self.site;
        }
        if says_policy && !draft.role_arn.trim().is_empty() {
            let words = "A session policy is for a profile without a role".to_owned();
            return Err(Failure::Usage { words, hint: "Take the role away first: --role ''" });
        }
        Ok(())
    }
}

/// A duration; an empty word is none.
fn parse(text: &str) -> Result<Option<SessionDuration>, InputError> {
    if text.trim().is_empty() { Ok(None) } else { SessionDuration::parse(text).map(Some) }
}

fn set(field: &mut String, said: Option<String>) {
    if let Some(said) = said {
        *field = said;
    }
}
