//! GetFederationToken and GetSessionToken: what an IAM user's own key can ask for besides a role.
//! It is not MFA, which this cloud does not know. It grows with a rule of AWS.

use jiff::SignedDuration;

use super::answer;
use super::error::StsError;
use super::parameters::Parameters;
use crate::credential::{Credential, Grant, Principal};
use crate::memory::World;

const DEFAULT_SECONDS: u32 = 43_200;
const LONGEST_SECONDS: u32 = 129_600;

pub(super) fn get_federation_token(
    world: &World,
    caller: &Credential,
    parameters: &Parameters,
) -> Result<String, StsError> {
    if !caller.is_long_term() {
        return Err(StsError::SessionCredentials("GetFederationToken"));
    }
    let name = parameters.name("Name", 32)?;
    let account = &caller.principal.account;
    let principal = Principal {
        account: account.clone(),
        arn: format!("arn:aws:sts::{account}:federated-user/{name}"),
        user_id: format!("{account}:{name}"),
    };
    let grant = Grant::FederatedUser { policies: parameters.policies() };
    let credential = issue(world, principal, grant, parameters)?;
    Ok(answer::federated_user(&credential))
}

pub(super) fn get_session_token(
    world: &World,
    caller: &Credential,
    parameters: &Parameters,
) -> Result<String, StsError> {
    if !caller.is_long_term() {
        return Err(StsError::SessionCredentials("GetSessionToken"));
    }
    let credential = issue(world, caller.principal.clone(), Grant::SessionToken, parameters)?;
    Ok(answer::credentials(&credential))
}

fn issue(world: &World, principal: Principal, grant: Grant, parameters: &Parameters) -> Result<Credential, StsError> {
    let duration = parameters.duration(DEFAULT_SECONDS, LONGEST_SECONDS)?;
    let now = world.now();
    let credential = Credential::temporary(principal, grant, now + SignedDuration::from_secs(duration.into()));
    world.memory().issue(credential.clone(), now);
    Ok(credential)
}
