//! AssumeRole and its rules. AWS: "AssumeRole" in the STS API reference.
//! It is not policy evaluation: whom a role trusts stands in `roles`. It grows with a rule of AWS.

use super::error::StsError;
use super::parameters::Parameters;
use super::session::RoleSession;
use super::{answer, mfa, session_context};
use crate::accounts::DemoProfile;
use crate::credential::{Context, Credential, Grant};
use crate::memory::World;
use crate::roles::{Role, Trust};

/// The most a role assumed with temporary credentials lasts, and what any role lasts unless more is asked for.
const CHAINED_SECONDS: u32 = 3_600;
const LONGEST_SECONDS: u32 = 43_200;

pub(super) fn perform(world: &World, caller: &Credential, parameters: &Parameters) -> Result<String, StsError> {
    let session_name = parameters.name("RoleSessionName", 64)?;
    let duration_seconds = parameters.duration(CHAINED_SECONDS, LONGEST_SECONDS)?;
    let role_arn = parameters.arn("RoleArn")?;
    let context = session_context::asked(parameters, &caller.context)?;
    let policies = parameters.policies()?;
    // Before the role is asked: a code is used up by a call that the role refuses, too.
    let mfa = mfa::is_proven(world, caller, parameters)?;
    let (owner, role) = trusting_role(world, caller, parameters, mfa)?;
    let context = Context { mfa, ..context };
    let chained = !caller.is_long_term();
    if chained && duration_seconds > CHAINED_SECONDS {
        return Err(StsError::Validation(
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining"
                .to_owned(),
        ));
    }
    let session = RoleSession { owner, role, role_arn, session_name, duration_seconds, chained, policies, context };
    let credential = session.begin(world, "AssumeRole")?;
    Ok(answer::assumed_role(&credential))
}

/// The role meant, if its trust policy lets this caller in.
fn trusting_role<'a>(
    world: &'a World,
    caller: &Credential,
    parameters: &Parameters,
    mfa: bool,
) -> Result<(&'a DemoProfile, Role), StsError> {
    let arn = parameters.arn("RoleArn")?;
    let refused = || StsError::MayNotAssume { caller: caller.principal.arn.clone(), role: arn.to_owned() };
    let (owner, role) = world.accounts.role(arn).ok_or_else(refused)?;
    let trusts_account = match role.trust {
        Trust::AnyAccount => true,
        Trust::OwnAccount => owner.account == caller.principal.account,
        Trust::Nobody | Trust::WebIdentity => false,
    };
    let external_id_fits = role.external_id.is_none_or(|wanted| parameters.text("ExternalId") == Some(wanted));
    let may_ask = !matches!(caller.grant, Grant::FederatedUser { .. });
    if trusts_account && external_id_fits && may_ask && (mfa || !role.needs_mfa) {
        Ok((owner, role))
    } else {
        Err(refused())
    }
}
