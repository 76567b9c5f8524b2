//! What a sign-out lets go of: what was got on profiles' ways, and the sign-ins to portals.
//!
//! Not the consoles' sessions, which end in their pages (`renewal`).

use std::collections::HashMap;

use super::{World, kept, shares_device, way};
use crate::app::error::Error;
use crate::app::ports::{FoundCredentials, Place};
use crate::domain::book::Book;
use crate::domain::profile::Profile;
use crate::domain::secret::SecretId;
use crate::domain::source::AccessKeyId;
use crate::domain::way::{Base, Way};

/// Forgets what was got on the ways of these profiles, also what codes were spent on.
///
/// # Errors
/// The keychain's first; all others are tried too.
pub async fn forget(world: &World, book: &Book, profiles: &[Profile]) -> Result<(), Error> {
    world.kept.forget();
    let mut outcome = Ok(());
    for profile in profiles {
        let Ok(way) = way(world, book, profile).await else { continue };
        let Some(partition) = book.partition(&profile.partition) else { continue };
        let place = Place { partition, region: profile.region.clone() };
        let key = key_of(world, &way.base).await;
        for secret in kept::spent_on(&place, &way, key.as_ref()) {
            outcome = outcome.and(world.vault.remove(&secret).await);
        }
    }
    outcome
}

/// Forgets a removed profile's key, and what codes were spent on for it alone.
///
/// # Errors
/// The keychain's first; all others are tried too.
pub async fn forget_removed(world: &World, book: &Book, profile: &Profile) -> Result<(), Error> {
    let shared = match way(world, book, profile).await {
        Ok(way) => shares_device(world, book, profile, &way).await.unwrap_or(true),
        Err(_) => true,
    };
    let spent = if shared { Ok(()) } else { forget(world, book, std::slice::from_ref(profile)).await };
    spent.and(world.vault.remove(&SecretId::AccessKey(profile.id.clone())).await)
}

/// Ends the sign-ins to all portals that the book's profiles come through.
///
/// # Errors
/// The keychain's first; all others are tried too.
pub async fn leave_portals(world: &World, book: &Book) -> Result<(), Error> {
    let mut portals = HashMap::new();
    for profile in book.profiles() {
        let Ok(Way { base: Base::IdentityCenter(source), .. }) = way(world, book, profile).await else { continue };
        let Some(partition) = book.partition(&profile.partition) else { continue };
        portals.insert(source.start_url.clone(), Place { partition, region: source.region.clone() });
    }
    let mut outcome = Ok(());
    for (start_url, place) in portals {
        outcome = outcome.and(world.identity_center.sign_out(&place, &start_url).await);
    }
    outcome
}

/// The key that signs first, where that is told without a command's being run.
async fn key_of(world: &World, base: &Base) -> Option<AccessKeyId> {
    match base {
        Base::Keychain { key_id, .. } => Some(key_id.clone()),
        Base::ConfigKeys(_) | Base::Environment => match world.aws_config.credentials(base).await {
            Ok(FoundCredentials::LongTerm(key)) => Some(key.id),
            _ => None,
        },
        _ => None,
    }
}
