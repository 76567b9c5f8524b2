//! AssumeRoleWithWebIdentity: a role for whoever bears a token of the demo's identity provider; nobody signs it.
//! It is not an identity provider: any token of the right beginning will do. It never grows another.

use super::error::StsError;
use super::parameters::Parameters;
use super::session::RoleSession;
use super::{answer, session_context};
use crate::credential::Context;
use crate::memory::World;
use crate::roles::Trust;

const TOKEN_BEGINNING: &str = "demo-token-";
const DEFAULT_SECONDS: u32 = 3_600;
const LONGEST_SECONDS: u32 = 43_200;

pub(super) fn perform(world: &World, parameters: &Parameters) -> Result<String, StsError> {
    let session_name = parameters.name("RoleSessionName", 64)?;
    let duration_seconds = parameters.duration(DEFAULT_SECONDS, LONGEST_SECONDS)?;
    let role_arn = parameters.arn("RoleArn")?;
    let token = parameters.required("WebIdentityToken")?;
    if !token.starts_with(TOKEN_BEGINNING) {
        return Err(StsError::InvalidIdentityToken);
    }
    let trusting = world.accounts.role(role_arn).filter(|(_, role)| role.trust == Trust::WebIdentity);
    let (owner, role) = trusting.ok_or(StsError::MayNotAssumeWithWebIdentity)?;
    let context = session_context::asked(parameters, &Context::default())?;
    let policies = parameters.policies()?;
    let session =
        RoleSession { owner, role, role_arn, session_name, duration_seconds, chained: false, policies, context };
    let credential = session.begin(world, "AssumeRoleWithWebIdentity")?;
    Ok(answer::web_identity(&credential))
}
