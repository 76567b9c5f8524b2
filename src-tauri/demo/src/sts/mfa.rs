//! SerialNumber and TokenCode: whether a call proves that its caller holds the device.
//! It is not the codes themselves. It grows with a rule of AWS about MFA in STS calls.

use super::error::StsError;
use super::parameters::{Parameters, constraint};
use crate::credential::{Credential, Grant};
use crate::memory::World;
use crate::mfa::serial;

/// Whether this call has MFA: by a code of its own, or by credentials of GetSessionToken that were given for one.
pub(super) fn is_proven(world: &World, caller: &Credential, parameters: &Parameters) -> Result<bool, StsError> {
    let Some(code) = parameters.text("TokenCode") else {
        return match parameters.text("SerialNumber") {
            Some(_) => Err(StsError::HalfOfMfa),
            None => Ok(caller.grant == Grant::SessionToken && caller.context.mfa),
        };
    };
    let outcome = check(world, caller, parameters, code);
    world.memory().stats.mfa.count(outcome.is_err());
    outcome.map(|()| true)
}

fn check(world: &World, caller: &Credential, parameters: &Parameters, code: &str) -> Result<(), StsError> {
    check_shape(code)?;
    let given = parameters.text("SerialNumber").ok_or(StsError::HalfOfMfa)?;
    let is_user = matches!(caller.grant, Grant::LongTerm | Grant::SessionToken | Grant::LoginSession);
    let account = &caller.principal.account;
    if !is_user || given != serial(account) {
        return Err(StsError::UnknownDevice);
    }
    let now = world.now();
    let accepted = world.memory().used_codes.accept(account, code, now);
    if accepted { Ok(()) } else { Err(StsError::WrongCode) }
}

fn check_shape(code: &str) -> Result<(), StsError> {
    const DIGITS: usize = 6;
    let rule = if !code.bytes().all(|byte| byte.is_ascii_digit()) {
        r"Member must satisfy regular expression pattern: [\d]*"
    } else if code.len() < DIGITS {
        "Member must have length greater than or equal to 6"
    } else if code.len() > DIGITS {
        "Member must have length less than or equal to 6"
    } else {
        return Ok(());
    };
    Err(constraint(code, "TokenCode", rule))
}
