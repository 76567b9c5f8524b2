//! Credentials: from a profile's source to temporary credentials, link by link.
//!
//! The rules of AWS are here (which call, which length, where a code goes, what is tried again);
//! the calls themselves are in `aws`. What is got on the way is kept (`kept`) and shared by all
//! profiles behind it. Grows with the sources.

mod codes;
mod kept;
mod leaving;
mod totp;
mod ways;

use std::sync::Arc;

use super::World;
use super::error::{Cause, Error};
use super::ports::{FoundCredentials, Granted, Place, RoleSession, SignInBy, Signer, StsError};
use crate::domain::book::Book;
use crate::domain::input::{Field, InputError, Problem};
use crate::domain::profile::{Profile, ProfileId};
use crate::domain::secret::{AccessKey, SecretAccessKey, SecretId, SessionCredentials};
use crate::domain::session::{Access, SessionEnd};
use crate::domain::source::{AccessKeyId, IdentityCenterSource, MfaSerial, PolicyArn, SessionDuration};
use crate::domain::way::{Base, Step, Way};
use codes::Turn;
pub use kept::KeptCredentials;
use kept::Link;
pub use leaving::{forget, forget_removed, leave_portals};
pub use totp::{GivenSeed, TotpSeed};
pub use ways::device;
use ways::{shares_device, way};

/// So many seconds less than was asked for say nothing: the call takes time, and clocks differ.
const SLACK: u32 = 120;

/// Lengths that are tried, longest first: the ones that the IAM console offers for a role.
const LADDER: [u32; 5] = [43_200, 28_800, 14_400, 7_200, 3_600];

/// What a profile is granted.
#[derive(Debug)]
pub struct Grant {
    /// Whom, and with what.
    pub granted: Arc<Granted>,
    /// How long.
    pub duration: SessionDuration,
    /// Why no longer.
    pub end: SessionEnd,
    /// `SessionDuration` is legal only for AssumeRole with a long-term key.
    pub may_ask_length: bool,
}

/// What the credentials are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// A console: as long as can be, and never such as the federation endpoint refuses.
    Console,
    /// Programs: a user's own key is exchanged for `GetSessionToken`'s.
    Programs,
}

/// What the profile is granted, and whether that is for its own account.
///
/// # Errors
/// Everything between the keychain and STS; `WrongAccount` where another account answers.
pub async fn of(world: &World, book: &Book, profile: &Profile, access: Access, used: Use) -> Result<Grant, Error> {
    let partition = book.partition(&profile.partition);
    let partition = partition.ok_or(InputError::new(Field::Partition, Problem::Unknown))?;
    let place = Place { partition, region: profile.region.clone() };
    let way = way(world, book, profile).await?;
    let grant = Walk { world, book, profile, place: &place, way: &way, access, used }.grant().await?;
    match &profile.account {
        Some(expected) if *expected != grant.granted.identity.account => {
            let found = grant.granted.identity.account.clone();
            Err(Cause::WrongAccount { expected: expected.clone(), found }.into())
        }
        _ => Ok(grant),
    }
}

/// The secret half of a profile's key.
///
/// # Errors
/// The keychain's; `KeychainMissing` where the entry holds something else.
pub async fn secret_access_key(world: &World, profile: &ProfileId) -> Result<SecretAccessKey, Error> {
    let text = world.vault.read(&SecretId::AccessKey(profile.clone())).await?;
    let not_a_key =
        |_| Error::detailed(Cause::KeychainMissing, "the entry holds something else than a secret access key");
    SecretAccessKey::parse(text).map_err(not_a_key)
}

/// Who signs on the way.
enum Held {
    LongTerm(AccessKey),
    Temporary(Arc<SessionCredentials>),
}

impl Held {
    fn signer(&self) -> Signer<'_> {
        match self {
            Self::LongTerm(key) => Signer::LongTerm(key),
            Self::Temporary(credentials) => Signer::Temporary(credentials),
        }
    }

    fn key_id(&self) -> Option<&AccessKeyId> {
        match self {
            Self::LongTerm(key) => Some(&key.id),
            Self::Temporary(_) => None,
        }
    }
}

/// One walk from the base to the profile.
struct Walk<'a> {
    world: &'a World,
    book: &'a Book,
    profile: &'a Profile,
    place: &'a Place,
    way: &'a Way,
    access: Access,
    used: Use,
}

impl Walk<'_> {
    async fn grant(&self) -> Result<Grant, Error> {
        let base = self.base().await?;
        let Some((last, before)) = self.way.steps.split_last() else {
            return self.without_role(base).await;
        };
        let device = self.way.device().filter(|_| matches!(base, Held::LongTerm(_)));
        let shares = device.is_some()
            && before.is_empty()
            && last.duration.is_none_or(|asked| asked <= SessionDuration::HOUR)
            && shares_device(self.world, self.book, self.profile, self.way).await?;
        let code_for_role = device.filter(|_| before.is_empty() && !shares);
        let mut held = match (device, base) {
            (Some(device), Held::LongTerm(key)) if code_for_role.is_none() => {
                Held::Temporary(self.session_with_code(&key, device).await?.credentials.clone())
            }
            (_, base) => base,
        };
        for (at, step) in before.iter().enumerate() {
            held = Held::Temporary(self.link(at, &held, step).await?.credentials.clone());
        }
        self.last(&held, last, code_for_role).await
    }

    /// The key's id, where a sign-out can tell it too: it runs no command.
    fn told<'key>(&self, key: Option<&'key AccessKeyId>) -> Option<&'key AccessKeyId> {
        key.filter(|_| !matches!(self.way.base, Base::Process(_)))
    }

    async fn base(&self) -> Result<Held, Error> {
        Ok(match &self.way.base {
            Base::Keychain { profile, key_id } => Held::LongTerm(self.key(profile, key_id).await?),
            Base::ConfigKeys(_) | Base::Environment | Base::Process(_) => {
                match self.world.aws_config.credentials(&self.way.base).await? {
                    FoundCredentials::LongTerm(key) => Held::LongTerm(key),
                    FoundCredentials::Temporary(credentials) => Held::Temporary(Arc::new(credentials)),
                }
            }
            Base::WebIdentity { role, token_file } => {
                let token = self.world.aws_config.token(token_file).await?;
                let granted = self.world.sts.web_identity(self.place, role, &token).await.map_err(failure)?;
                Held::Temporary(granted.credentials)
            }
            Base::IdentityCenter(source) => Held::Temporary(Arc::new(self.assigned(source).await?)),
            Base::Login(session) => Held::Temporary(self.world.login_sessions.credentials(self.place, session).await?),
            Base::ConfigProfile(_) => return Err(Cause::Bug.into()),
        })
    }

    /// A permission set's credentials; the user signs in to the portal first, where that is needed.
    async fn assigned(&self, source: &IdentityCenterSource) -> Result<SessionCredentials, Error> {
        let world = self.world;
        match world.identity_center.credentials(self.place, source).await {
            Err(Error { cause: Cause::Expired, .. }) => {}
            other => return other,
        }
        // Others that come through the same portal wait, and find the tokens then.
        let _turn = world.kept.portal(&source.start_url).await;
        match world.identity_center.credentials(self.place, source).await {
            Err(Error { cause: Cause::Expired, .. }) => {}
            other => return other,
        }
        let (url, region, prompt) = (&source.start_url, &source.region, world.portal.as_ref());
        world.identity_center.sign_in(self.place, url, region, SignInBy::Browser, prompt).await?;
        world.identity_center.credentials(self.place, source).await
    }

    async fn key(&self, profile: &ProfileId, key_id: &AccessKeyId) -> Result<AccessKey, Error> {
        Ok(AccessKey { id: key_id.clone(), secret: secret_access_key(self.world, profile).await? })
    }

    async fn without_role(&self, base: Held) -> Result<Grant, Error> {
        let key = match base {
            Held::LongTerm(key) => key,
            Held::Temporary(credentials) => return self.as_they_are(credentials).await,
        };
        let asked = self.profile.source.duration();
        let (duration, end) = match asked {
            Some(asked) => (asked, SessionEnd::AskedFor),
            None => (SessionDuration::LONGEST, SessionEnd::ConsoleMaximum),
        };
        let all = PolicyArn::administrator_access(self.place.partition.arn_partition());
        let policy = self.way.policy.clone().unwrap_or_else(|| all.clone());
        // A session token is not bounded by any policy.
        if self.used == Use::Programs && self.access == Access::Full && policy == all {
            let granted = self.world.sts.session_token(self.place, &key, None, duration).await.map_err(failure)?;
            return Ok(Grant { granted: Arc::new(granted), duration, end, may_ask_length: false });
        }
        let policy = match self.access {
            Access::Full => policy,
            Access::ReadOnly => policy.made_read_only()?,
        };
        let granted = self.world.sts.federation_token(self.place, &key, &policy, duration).await.map_err(failure)?;
        // A root user's key gets an hour, whatever was asked for.
        let left = self.left(&granted.credentials)?;
        let is_cut = granted.credentials.end().is_some() && left.seconds() + SLACK < duration.seconds();
        let (duration, end) = if is_cut { (left, SessionEnd::CredentialsEnd) } else { (duration, end) };
        Ok(Grant { granted: Arc::new(granted), duration, end, may_ask_length: false })
    }

    /// How long credentials are good for from now on, as far as a session can be.
    fn left(&self, credentials: &SessionCredentials) -> Result<SessionDuration, Error> {
        let left = credentials.expires_at.duration_since(self.world.clock.now()).as_secs().clamp(900, 43_200);
        Ok(SessionDuration::from_seconds(u32::try_from(left).unwrap_or(900))?)
    }

    /// Somebody else's temporary credentials: nothing can be asked of them, nor taken from them.
    async fn as_they_are(&self, credentials: Arc<SessionCredentials>) -> Result<Grant, Error> {
        if self.access == Access::ReadOnly {
            return Err(InputError::new(Field::ReadOnly, Problem::NotWithSource).into());
        }
        let identity = self.world.sts.caller_identity(self.place, &credentials).await.map_err(failure)?;
        let end = match (&self.way.base, credentials.end()) {
            (_, None) => SessionEnd::Unknown,
            (Base::IdentityCenter(_), _) => SessionEnd::PermissionSet,
            _ => SessionEnd::CredentialsEnd,
        };
        let duration = self.left(&credentials)?;
        Ok(Grant { granted: Arc::new(Granted { credentials, identity }), duration, end, may_ask_length: false })
    }

    /// A session of the user's that a code was spent on.
    async fn session_with_code(&self, key: &AccessKey, device: &MfaSerial) -> Result<Arc<Granted>, Error> {
        let mut slot =
            self.world.kept.slot(Link::session(self.place, self.way, self.told(Some(&key.id)), device)).await;
        if let Some(granted) = slot.spent_before(self.world).await? {
            return Ok(granted);
        }
        let mut turn = Turn::of(self.world, device, self.profile).await?;
        // Another process may have got it meanwhile.
        if let Some(granted) = slot.spent_before(self.world).await? {
            return Ok(granted);
        }
        loop {
            let mfa = Some((device, turn.code().await?));
            match self.world.sts.session_token(self.place, key, mfa, SessionDuration::LONGEST).await {
                Ok(granted) => return Ok(slot.keep_spent(self.world, granted).await),
                Err(error) => turn.refused(error).map_err(failure)?,
            }
        }
    }

    /// A role on the way: for an hour, which any role allows.
    async fn link(&self, at: usize, held: &Held, step: &Step) -> Result<Arc<Granted>, Error> {
        let mut slot = self.world.kept.slot(Link::role(self.place, self.way, at)).await;
        if let Some(granted) = slot.fresh(self.world) {
            return Ok(granted);
        }
        let asked = RoleSession { duration: SessionDuration::HOUR, bound: None, code: None };
        let granted = self.world.sts.assume_role(self.place, held.signer(), &step.role, asked).await;
        Ok(slot.keep(granted.map_err(failure)?))
    }

    /// The profile's own role: the longest session that it allows, at most as long as asked for.
    async fn last(&self, held: &Held, step: &Step, device: Option<&MfaSerial>) -> Result<Grant, Error> {
        let bound = match self.access {
            Access::Full => None,
            Access::ReadOnly => Some(PolicyArn::read_only_access(step.role.arn.partition())),
        };
        let chained = matches!(held, Held::Temporary(_));
        let key = self.told(held.key_id());
        let first = match step.duration {
            Some(asked) if chained => asked.min(SessionDuration::HOUR),
            Some(asked) => asked,
            None if chained => SessionDuration::HOUR,
            None => SessionDuration::LONGEST,
        };
        let ladder = LADDER.into_iter().filter_map(|seconds| SessionDuration::from_seconds(seconds).ok());
        let shorter = ladder.filter(|shorter| *shorter < first);
        // Each try costs a code, and an hour is what every role allows.
        let shorter = shorter.filter(|shorter| device.is_none() || *shorter == SessionDuration::HOUR);
        let durations: Vec<SessionDuration> = std::iter::once(first).chain(shorter).collect();
        let end_of = |duration| match step.duration {
            _ if duration < first => SessionEnd::RoleMaximum,
            Some(asked) if asked <= first => SessionEnd::AskedFor,
            _ if chained => SessionEnd::ChainedRole,
            _ => SessionEnd::ConsoleMaximum,
        };
        // Before a code is asked for, and again when it is our turn: what others got serves as well, and
        // a shorter session that the role allowed.
        let mut turn = None;
        for waited in [false, true] {
            let Some(device) = device else { break };
            if waited {
                turn = Some(Turn::of(self.world, device, self.profile).await?);
            }
            for &duration in &durations {
                let link = Link::role_with_code(self.place, self.way, key, (first, duration, bound.as_ref()), device);
                if let Some(granted) = self.world.kept.slot(link).await.spent_before(self.world).await? {
                    return Ok(Grant { granted, duration, end: end_of(duration), may_ask_length: !chained });
                }
            }
        }
        for duration in durations {
            let end = end_of(duration);
            let granted = match (device, &mut turn) {
                (Some(device), Some(turn)) => {
                    if duration < first {
                        turn.ask_for_shorter();
                    }
                    let link =
                        Link::role_with_code(self.place, self.way, key, (first, duration, bound.as_ref()), device);
                    self.role_with_code(held, step, (duration, bound.as_ref()), link, turn).await
                }
                _ => {
                    let asked = RoleSession { duration, bound: bound.as_ref(), code: None };
                    let granted = self.world.sts.assume_role(self.place, held.signer(), &step.role, asked).await;
                    granted.map(Arc::new)
                }
            };
            match granted {
                Ok(granted) => return Ok(Grant { granted, duration, end, may_ask_length: !chained }),
                Err(StsError::TooLong) => {}
                Err(other) => return Err(failure(other)),
            }
        }
        Err(failure(StsError::TooLong))
    }

    async fn role_with_code(
        &self,
        held: &Held,
        step: &Step,
        (duration, bound): (SessionDuration, Option<&PolicyArn>),
        link: Link,
        turn: &mut Turn<'_>,
    ) -> Result<Arc<Granted>, StsError> {
        let mut slot = self.world.kept.slot(link).await;
        loop {
            let code = turn.code().await.map_err(StsError::Failed)?;
            let asked = RoleSession { duration, bound, code: Some(code) };
            match self.world.sts.assume_role(self.place, held.signer(), &step.role, asked).await {
                Ok(granted) => return Ok(slot.keep_spent(self.world, granted).await),
                Err(error) => turn.refused(error)?,
            }
        }
    }
}

pub(super) fn failure(error: StsError) -> Error {
    match error {
        StsError::Failed(error) => error,
        StsError::MfaRefused(detail) => Error::detailed(Cause::MfaWrong, detail),
        StsError::TooLong => Error::detailed(
            Cause::Denied { action: "sts:AssumeRole".to_owned(), resource: None },
            "The role refuses even the shortest session",
        ),
    }
}

#[cfg(test)]
#[path = "credentials_tests.rs"]
mod tests;
