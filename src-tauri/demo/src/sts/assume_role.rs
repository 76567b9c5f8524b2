//! AssumeRole and its rules. AWS: "AssumeRole" in the STS API reference.
//! It is not policy evaluation: a role trusts its own account's principals or nobody. It grows with a rule of AWS.

use jiff::SignedDuration;

use super::answer;
use super::error::StsError;
use super::parameters::Parameters;
use crate::credential::{Credential, Grant, Principal};
use crate::memory::World;

/// The most a role assumed with temporary credentials lasts.
const CHAINED_SECONDS: u32 = 3_600;
const LONGEST_SECONDS: u32 = 43_200;

pub(super) fn perform(world: &World, caller: &Credential, parameters: &Parameters) -> Result<String, StsError> {
    let session_name = parameters.name("RoleSessionName", 64)?;
    let duration = parameters.duration(CHAINED_SECONDS, LONGEST_SECONDS)?;
    let arn = parameters.required("RoleArn")?;
    if !arn.starts_with("arn:") {
        return Err(StsError::Validation(format!("{arn} is invalid")));
    }
    let refused = || StsError::MayNotAssume { caller: caller.principal.arn.clone(), role: arn.to_owned() };
    let (owner, role) = world.accounts.role(arn).ok_or_else(refused)?;
    let external_id_fits = role.external_id.is_none_or(|wanted| parameters.text("ExternalId") == Some(wanted));
    let may_ask = !matches!(caller.grant, Grant::FederatedUser { .. });
    if owner.account != caller.principal.account || !role.trusts_anyone || !external_id_fits || !may_ask {
        return Err(refused());
    }
    let chained = !caller.is_long_term();
    if chained && duration > CHAINED_SECONDS {
        return Err(StsError::Validation(
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining"
                .to_owned(),
        ));
    }
    if duration > role.max_session_seconds {
        return Err(StsError::Validation(
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.".to_owned(),
        ));
    }
    let principal = Principal {
        account: owner.account.clone(),
        arn: format!("arn:aws:sts::{}:assumed-role/{}/{session_name}", owner.account, role.name),
        user_id: format!("AROADEMO{}:{session_name}", owner.account),
    };
    let grant =
        Grant::AssumedRole { chained, max_session_seconds: role.max_session_seconds, policies: parameters.policies() };
    let now = world.now();
    let credential = Credential::temporary(principal, grant, now + SignedDuration::from_secs(duration.into()));
    let answer = answer::assumed_role(&credential);
    world.memory().issue(credential, now);
    Ok(answer)
}
