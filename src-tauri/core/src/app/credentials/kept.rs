//! Kept credentials: one set for each link of a way, in memory until shortly before its end, and
//! shared by all that come through it. What a code was spent on lies in the keychain too, so that
//! `side` and the app ask for one code together.
//!
//! Not how they are got. Whoever asks while another one is being got waits for that one.

use std::collections::HashMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::SignedDuration;
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

use super::codes::Sent;
use super::{LADDER, World};
use crate::app::error::{Cause, Error};
use crate::app::ports::{Granted, Place};
use crate::domain::secret::{SecretId, SessionCredentials};
use crate::domain::session::Identity;
use crate::domain::source::{AccessKeyId, MfaSerial, PolicyArn, Role, SessionDuration, StartUrl};
use crate::domain::way::{Base, Way};

/// What is left when new ones are got.
const SPARE: SignedDuration = SignedDuration::from_mins(5);

/// What was got, by link, and what was sent, by device.
#[derive(Default)]
pub struct KeptCredentials {
    links: Mutex<HashMap<Link, Cell<Option<Arc<Granted>>>>>,
    portals: Mutex<HashMap<StartUrl, Cell<()>>>,
    devices: Mutex<HashMap<MfaSerial, Cell<Option<Sent>>>>,
    is_closed: AtomicBool,
}

/// A place that one holds at a time.
type Cell<T> = Arc<AsyncMutex<T>>;

impl KeptCredentials {
    /// A link's place; others that want it wait until it is let go.
    pub(super) async fn slot(&self, link: Link) -> Slot {
        let cell = {
            let mut links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
            links.entry(link.clone()).or_default().clone()
        };
        Slot { link, granted: cell.lock_owned().await }
    }

    /// A device's place: one code at a time.
    pub(super) async fn device(&self, device: &MfaSerial) -> OwnedMutexGuard<Option<Sent>> {
        let cell = {
            let mut devices = self.devices.lock().unwrap_or_else(PoisonError::into_inner);
            devices.entry(device.clone()).or_default().clone()
        };
        cell.lock_owned().await
    }

    /// A portal's place: one sign-in at a time.
    pub(super) async fn portal(&self, start_url: &StartUrl) -> OwnedMutexGuard<()> {
        let cell = {
            let mut portals = self.portals.lock().unwrap_or_else(PoisonError::into_inner);
            portals.entry(start_url.clone()).or_default().clone()
        };
        cell.lock_owned().await
    }

    /// Behind the window's lock nobody asks for credentials: the keychain would ask for its password.
    pub fn close(&self, is_closed: bool) {
        self.is_closed.store(is_closed, Ordering::Relaxed);
    }

    /// Whether they are not to be asked for now.
    pub fn is_closed(&self) -> bool {
        self.is_closed.load(Ordering::Relaxed)
    }

    /// Lets go of all credentials in memory; not of which codes were sent.
    pub fn forget(&self) {
        self.links.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// A link of a way: what leads there, and what it is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Link {
    place: String,
    base: Base,
    roles: Vec<Role>,
    code: Option<SecretId>,
}

impl Link {
    /// The role at that place of the way.
    pub(super) fn role(place: &Place, way: &Way, at: usize) -> Self {
        let roles = way.steps.iter().take(at + 1).map(|step| step.role.clone()).collect();
        Self { place: spelled(place), base: way.base.clone(), roles, code: None }
    }

    /// The user's own session, with a code.
    pub(super) fn session(place: &Place, way: &Way, key: Option<&AccessKeyId>, device: &MfaSerial) -> Self {
        let code = Some(session_secret(place, &way.base, key, device));
        Self { place: spelled(place), base: way.base.clone(), roles: Vec::new(), code }
    }

    /// The way's only role, with a code.
    pub(super) fn role_with_code(
        place: &Place,
        way: &Way,
        key: Option<&AccessKeyId>,
        (asked, duration, bound): (SessionDuration, SessionDuration, Option<&PolicyArn>),
        device: &MfaSerial,
    ) -> Self {
        let code = Some(role_secret(place, way, key, (asked, duration, bound), device));
        Self { code, ..Self::role(place, way, 0) }
    }
}

/// Roles of one partition and region go to one STS.
fn spelled(place: &Place) -> String {
    format!("{} {} {:?}", place.partition.name(), place.region, place.partition.sts().map(ToString::to_string))
}

fn session_secret(place: &Place, base: &Base, key: Option<&AccessKeyId>, device: &MfaSerial) -> SecretId {
    secret_of(device, &(spelled(place), base, key))
}

fn role_secret(
    place: &Place,
    way: &Way,
    key: Option<&AccessKeyId>,
    (asked, duration, bound): (SessionDuration, SessionDuration, Option<&PolicyArn>),
    device: &MfaSerial,
) -> SecretId {
    let role = way.steps.first().map(|step| &step.role);
    secret_of(device, &(spelled(place), &way.base, key, role, asked.seconds(), duration.seconds(), bound))
}

/// Sessions that differ in anything, such as a tag or the key after it was rotated, lie apart.
fn secret_of(device: &MfaSerial, leads_there: &impl Debug) -> SecretId {
    SecretId::Session(format!("{} {leads_there:?}", device.as_str()))
}

/// What codes may have been spent on along a way.
pub(super) fn spent_on(place: &Place, way: &Way, key: Option<&AccessKeyId>) -> Vec<SecretId> {
    let Some(device) = way.device() else { return Vec::new() };
    let read_only = way.steps.first().map(|step| PolicyArn::read_only_access(step.role.arn.partition()));
    let asked = way.steps.first().and_then(|step| step.duration);
    let ladder = LADDER.into_iter().filter_map(|seconds| SessionDuration::from_seconds(seconds).ok());
    let mut secrets = vec![session_secret(place, &way.base, key, device)];
    for asked in asked.into_iter().chain(ladder) {
        for (duration, bound) in
            [asked, SessionDuration::HOUR].into_iter().flat_map(|one| [(one, None), (one, read_only.as_ref())])
        {
            secrets.push(role_secret(place, way, key, (asked, duration, bound), device));
        }
    }
    secrets
}

/// A link's place, held by whoever looks or gets.
pub(super) struct Slot {
    link: Link,
    granted: OwnedMutexGuard<Option<Arc<Granted>>>,
}

impl Slot {
    /// What is there, with some life left.
    pub(super) fn fresh(&self, world: &World) -> Option<Arc<Granted>> {
        let soon = world.clock.now().checked_add(SPARE).ok()?;
        self.granted.clone().filter(|granted| granted.credentials.expires_at > soon)
    }

    /// As [`Self::fresh`], also from the keychain, where a code was spent on it.
    pub(super) async fn spent_before(&mut self, world: &World) -> Result<Option<Arc<Granted>>, Error> {
        if let (None, Some(secret)) = (self.fresh(world), &self.link.code) {
            match world.vault.read(secret).await {
                Ok(text) => {
                    let unpacked = SessionCredentials::unpacked(&text);
                    *self.granted = unpacked.and_then(|(credentials, arn)| {
                        let identity = Identity::from_arn(&arn)?;
                        Some(Arc::new(Granted { credentials: Arc::new(credentials), identity }))
                    });
                }
                Err(Error { cause: Cause::KeychainMissing, .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(self.fresh(world))
    }

    pub(super) fn keep(&mut self, granted: Granted) -> Arc<Granted> {
        let granted = Arc::new(granted);
        *self.granted = Some(granted.clone());
        granted
    }

    /// Also in the keychain.
    pub(super) async fn keep_spent(&mut self, world: &World, granted: Granted) -> Arc<Granted> {
        let granted = self.keep(granted);
        if let Some(secret) = &self.link.code {
            // Where it cannot be kept, the next program asks for a code of its own.
            let _ = world.vault.write(secret, &granted.credentials.packed(&granted.identity.arn)).await;
        }
        granted
    }
}
