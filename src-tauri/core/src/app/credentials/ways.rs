//! How profiles' credentials are got, with what `~/.aws` says where a way leads there.
//!
//! Not the walk. Nothing here is secret, and AWS is not asked.

use std::collections::HashMap;

use super::World;
use crate::app::error::Error;
use crate::domain::book::Book;
use crate::domain::profile::Profile;
use crate::domain::source::MfaSerial;
use crate::domain::way::{Base, Way};

/// The profile's way, with what `~/.aws` says where it leads there.
pub(super) async fn way(world: &World, book: &Book, profile: &Profile) -> Result<Way, Error> {
    let mut way = book.way(profile)?;
    if let Base::ConfigProfile(name) = &way.base {
        let first = world.aws_config.way(name).await?;
        way = way.behind(first);
        if let (Some(asked), Some(last)) = (profile.source.duration(), way.steps.last_mut()) {
            last.duration = Some(asked);
        }
    }
    Ok(way)
}

/// The MFA device whose code the profile's way asks for.
///
/// # Errors
/// Where the way cannot be told.
pub async fn device(world: &World, book: &Book, profile: &Profile) -> Result<Option<MfaSerial>, Error> {
    Ok(way(world, book, profile).await?.device().cloned())
}

/// Whether a code is better spent on a session of the user's, from which several roles are assumed:
/// where another profile begins alike.
pub(super) async fn shares_device(world: &World, book: &Book, profile: &Profile, way: &Way) -> Result<bool, Error> {
    if matches!(way.base, Base::Keychain { .. }) {
        return Ok(book.shares_device(way, &profile.id));
    }
    let found = world.aws_config.found().await?;
    let ways: HashMap<_, _> =
        found.profiles.iter().filter_map(|one| Some((&one.name, one.way.as_ref().ok()?))).collect();
    let others = book.profiles().iter().filter(|other| other.id != profile.id);
    Ok(others.filter_map(|other| book.way(other).ok()).any(|theirs| match &theirs.base {
        Base::ConfigProfile(name) => {
            ways.get(name).is_some_and(|first| theirs.clone().behind((*first).clone()).shares_device(way))
        }
        _ => theirs.shares_device(way),
    }))
}
