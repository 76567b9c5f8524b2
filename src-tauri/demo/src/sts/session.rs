//! A session of a role: what every way to assume one ends in.
//! It is not the decision whether it may begin. It grows with what a session is made of.

use jiff::SignedDuration;

use super::error::StsError;
use crate::accounts::DemoProfile;
use crate::credential::{Context, Credential, Grant, Principal};
use crate::issued::Issue;
use crate::memory::World;
use crate::roles::Role;

pub(super) struct RoleSession<'a> {
    pub owner: &'a DemoProfile,
    pub role: Role,
    pub role_arn: &'a str,
    pub session_name: &'a str,
    pub duration_seconds: u32,
    pub chained: bool,
    pub policies: Vec<String>,
    pub context: Context,
}

impl RoleSession<'_> {
    /// Gives out credentials, unless they would last longer than the role allows.
    pub(super) fn begin(self, world: &World, action: &'static str) -> Result<Credential, StsError> {
        let Role { name, max_session_seconds, .. } = self.role;
        if self.duration_seconds > max_session_seconds {
            return Err(StsError::Validation(
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.".to_owned(),
            ));
        }
        let (account, session_name) = (&self.owner.account, self.session_name);
        let principal = Principal {
            account: account.clone(),
            arn: format!("arn:aws:sts::{account}:assumed-role/{name}/{session_name}"),
            user_id: format!("AROADEMO{account}:{session_name}"),
        };
        let grant = Grant::AssumedRole { chained: self.chained, max_session_seconds, policies: self.policies };
        let now = world.now();
        let expires = now + SignedDuration::from_secs(self.duration_seconds.into());
        let credential = Credential::temporary(principal, grant, expires).carrying(self.context);
        let issue = Issue { action, role_arn: Some(self.role_arn), credential: &credential };
        world.memory().give_out(issue, now);
        Ok(credential)
    }
}
