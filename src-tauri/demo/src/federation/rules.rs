//! Which credentials may be federated, and for how long.
//! It is pure: it decides, and stores nothing. It grows with a rule of AWS.

use jiff::{SignedDuration, Timestamp};

use crate::credential::{Credential, Grant};

const SHORTEST_SECONDS: u32 = 900;
const LONGEST_SECONDS: u32 = 43_200;

/// Why the federation endpoint said no.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(super) enum Refused {
    #[error("Invalid credentials parameter")]
    InvalidCredentials,
    #[error("Session duration must be between 900 and 43200 seconds")]
    DurationOutOfRange,
    #[error("Missing or unknown Action parameter")]
    UnknownAction,
    #[error("The sign-in token is invalid or has expired")]
    InvalidToken,
    #[error("Invalid Destination parameter")]
    InvalidDestination,
    #[error("Service unavailable")]
    Asked(u16),
}

/// When the console session ends: after `SessionDuration`, or with the credentials.
pub(super) fn session_end(
    credential: &Credential,
    duration: Option<&str>,
    now: Timestamp,
) -> Result<Timestamp, Refused> {
    let ends = credential.expires.filter(|end| *end > now).ok_or(Refused::InvalidCredentials)?;
    let longest = match &credential.grant {
        Grant::LongTerm | Grant::SessionToken | Grant::LoginSession | Grant::Console => {
            return Err(Refused::InvalidCredentials);
        }
        Grant::AssumedRole { chained: false, max_session_seconds, .. } => Some(*max_session_seconds),
        Grant::AssumedRole { chained: true, .. } | Grant::FederatedUser { .. } | Grant::PermissionSet { .. } => None,
        Grant::Elsewhere => credential.principal.arn.contains(":assumed-role/").then_some(LONGEST_SECONDS),
    };
    let Some(text) = duration else {
        return Ok(ends);
    };
    let longest = longest.ok_or(Refused::InvalidCredentials)?;
    let seconds: u32 = text.parse().map_err(|_| Refused::DurationOutOfRange)?;
    if !(SHORTEST_SECONDS..=LONGEST_SECONDS).contains(&seconds) {
        return Err(Refused::DurationOutOfRange);
    }
    if seconds > longest {
        return Err(Refused::InvalidCredentials);
    }
    Ok(now + SignedDuration::from_secs(seconds.into()))
}
