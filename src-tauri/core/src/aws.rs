//! Answers the app's questions through AWS: temporary credentials from STS, sign-in tokens from
//! the federation endpoint.
//!
//! Not the rules of which is asked when (`app::sessions`). Nothing else in Sidelight talks to AWS.
//! Grows with the sources of credentials.

pub mod federation;
pub mod http;
pub mod identity_center;
pub mod login_session;
pub mod s3;
mod sdk;
pub mod sts;
pub mod trust;

/// A partition of which all answers at one origin of this machine.
#[cfg(test)]
fn place_at(origin: &str) -> Result<crate::app::ports::Place, crate::domain::input::InputError> {
    use crate::domain::input::Field;
    use crate::domain::partition::{Endpoint, OwnPartition, Partition, PartitionName};

    let endpoint = |path: &str| Endpoint::parse(&format!("{origin}{path}"), Field::Sts);
    let region = crate::domain::profile::Region::parse("eu-central-1")?;
    let partition = Partition::Own(Box::new(OwnPartition {
        name: PartitionName::parse("test")?,
        sts: endpoint("")?,
        sign_in: endpoint("/federation")?,
        consoles: vec![endpoint("")?],
        s3: None,
        iam: None,
        sso: Some(endpoint("")?),
        sso_oidc: Some(endpoint("")?),
        regions: vec![region.clone()],
    }));
    Ok(crate::app::ports::Place { partition, region })
}
