//! Which page of the console, with which rights: what `side open` and `side url` share.

use clap::Args;
use sidelight_core::app::event::Target;
use sidelight_core::app::sessions;
use sidelight_core::domain::guard::Guards;
use sidelight_core::domain::partition::Partition;
use sidelight_core::domain::profile::Profile;
use sidelight_core::domain::session::Access;
use sidelight_core::domain::sign_in::Destination;

use crate::failure::Failure;

/// Which page of the console, with which rights.
#[derive(Clone, Debug, Args)]
pub struct TargetOptions {
    /// A service by its short name, such as s3, ec2 or cloudformation (default: the console's home)
    #[arg(long, value_name = "S")]
    pub service: Option<String>,
    /// A region, instead of the profile's own
    #[arg(long, value_name = "R")]
    pub region: Option<String>,
    /// A page of the console, copied from its address bar, instead of a service
    #[arg(long, value_name = "URL", conflicts_with = "service")]
    pub page: Option<String>,
    /// With ReadOnlyAccess as session policy: everything may be looked at, nothing changed
    #[arg(long)]
    pub read_only: bool,
}

impl TargetOptions {
    /// Its address in a profile's console.
    ///
    /// # Errors
    /// `Input` for a service, region or page that makes no sense there.
    pub fn destination(&self, profile: &Profile, partition: &Partition) -> Result<Destination, Failure> {
        let Self { service, region, page, read_only: _ } = self.clone();
        Ok(sessions::destination(profile, partition, &Target { service, region, page, ..Target::default() })?)
    }

    /// With which rights; those of the profile's guards where none are asked for.
    pub fn access(&self, guards: Guards) -> Access {
        if self.read_only { Access::ReadOnly } else { guards.access() }
    }
}
