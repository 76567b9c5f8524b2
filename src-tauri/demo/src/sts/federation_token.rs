//! GetFederationToken and GetSessionToken: what an IAM user's own key can ask for besides a role.
//! It is not MFA, which GetSessionToken asks about. It grows with a rule of AWS.

use jiff::{SignedDuration, Timestamp};

use super::error::StsError;
use super::parameters::Parameters;
use super::{answer, mfa};
use crate::credential::{Context, Credential, Grant, Principal};
use crate::issued::Issue;
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
    let grant = Grant::FederatedUser { policies: parameters.policies()? };
    let credential = Credential::temporary(principal, grant, ends(world, parameters)?);
    give_out(world, "GetFederationToken", &credential);
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
    let ends = ends(world, parameters)?;
    let context = Context { mfa: mfa::is_proven(world, caller, parameters)?, ..Context::default() };
    let credential = Credential::temporary(caller.principal.clone(), Grant::SessionToken, ends).carrying(context);
    give_out(world, "GetSessionToken", &credential);
    Ok(answer::credentials(&credential))
}

fn ends(world: &World, parameters: &Parameters) -> Result<Timestamp, StsError> {
    let duration = parameters.duration(DEFAULT_SECONDS, LONGEST_SECONDS)?;
    Ok(world.now() + SignedDuration::from_secs(duration.into()))
}

fn give_out(world: &World, action: &'static str, credential: &Credential) {
    let now = world.now();
    world.memory().give_out(Issue { action, role_arn: None, credential }, now);
}
