//! Codes of MFA devices: asked for once, made from a seed where there is one, never sent twice.
//!
//! Not what they open. A device's turns come one after the other.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::OwnedMutexGuard;

use super::World;
use super::totp::{PERIOD, TotpSeed};
use crate::app::error::{Cause, Error};
use crate::app::ports::{HeldTurn, MfaAsk, MfaWhy, StsError, TurnOf};
use crate::domain::profile::Profile;
use crate::domain::secret::{MfaCode, SecretId};
use crate::domain::source::MfaSerial;

/// How often a person may mistype, and how often a seed's code may be refused.
const TRIES: [u32; 2] = [5, 2];

/// With less left of a code's time, the next one is waited for.
const HASTE: i64 = 3;

/// A code that was sent, and the period that it was of.
pub(super) struct Sent {
    code: MfaCode,
    period: i64,
}

/// A device's turn: nobody else sends its codes meanwhile.
pub(super) struct Turn<'a> {
    world: &'a World,
    ask: MfaAsk,
    seed: Option<TotpSeed>,
    sent: OwnedMutexGuard<Option<Sent>>,
    /// The same among all processes where a seed makes the codes, with the period of the last one as its
    /// note. A person types one code at a time by themselves, and may take long.
    held: Option<Box<dyn HeldTurn>>,
    refused: u32,
    knows_awss_clock: bool,
}

impl<'a> Turn<'a> {
    /// Waits for the device; its seed is in the keychain, or somebody is asked.
    pub(super) async fn of(world: &'a World, device: &MfaSerial, profile: &Profile) -> Result<Self, Error> {
        let sent = world.kept.device(device).await;
        let seed = match world.vault.read(&SecretId::TotpSeed(device.clone())).await {
            Ok(seed) => Some(TotpSeed::parse(&seed)?),
            Err(Error { cause: Cause::KeychainMissing, .. }) => None,
            Err(error) => return Err(error),
        };
        let held = match seed {
            Some(_) => Some(world.turns.take(&TurnOf::Device(device.clone())).await?),
            None => None,
        };
        let ask = MfaAsk {
            device: device.clone(),
            profile: profile.id.clone(),
            name: profile.name.clone(),
            why: MfaWhy::First,
        };
        Ok(Self { world, ask, seed, sent, held, refused: 0, knows_awss_clock: false })
    }

    /// The role allows less than was asked for, and the code is spent.
    pub(super) fn ask_for_shorter(&mut self) {
        self.ask.why = MfaWhy::Shorter;
    }

    /// A code that was not sent before.
    pub(super) async fn code(&mut self) -> Result<&MfaCode, Error> {
        let sent = match &self.seed {
            Some(seed) => self.made(seed).await?,
            None => self.typed().await?,
        };
        if let Some(held) = &self.held {
            held.leave(sent.period);
        }
        Ok(&self.sent.insert(sent).code)
    }

    /// AWS did not take it: another one is tried, or the answer is the last.
    pub(super) fn refused(&mut self, error: StsError) -> Result<(), StsError> {
        let detail = match error {
            StsError::MfaRefused(detail) => detail,
            // Signed by a clock that is wrong, it was not looked at. Now AWS's is known: once more by it.
            StsError::Failed(Error { cause: Cause::ClockSkew { .. }, .. })
                if self.seed.is_some() && !self.knows_awss_clock =>
            {
                self.knows_awss_clock = true;
                return Ok(());
            }
            other => return Err(other),
        };
        self.refused += 1;
        self.ask.why = self.why_refused();
        let [typed, made] = TRIES;
        if self.refused < if self.seed.is_some() { made } else { typed } {
            return Ok(());
        }
        Err(StsError::MfaRefused(detail))
    }

    /// AWS has one answer for a wrong code and for one that took too long on its way.
    fn why_refused(&self) -> MfaWhy {
        let now = self.now();
        let current = now.as_second() / PERIOD;
        match &*self.sent {
            Some(sent) if sent.period < current => {
                // One that is about to go would be late again.
                let is_going = (now.as_second() + HASTE) / PERIOD > current;
                let next = Timestamp::from_second((current + 1) * PERIOD).unwrap_or(now);
                MfaWhy::Late { until: if is_going { next } else { now } }
            }
            _ => MfaWhy::Wrong,
        }
    }

    /// By AWS's clock, as far as it is known.
    fn now(&self) -> Timestamp {
        let here = self.world.clock.now();
        here.checked_add(self.world.sts.clock_offset()).unwrap_or(here)
    }

    async fn made(&self, seed: &TotpSeed) -> Result<Sent, Error> {
        let now = self.now();
        let current = (now.as_second() + HASTE) / PERIOD;
        // One that is further ahead was made by a clock that was wrong.
        let just_sent = self.sent.as_ref().map(|sent| sent.period).max(self.held.as_ref().and_then(|held| held.note()));
        let just_sent = just_sent.filter(|sent| (current..=current + 1).contains(sent));
        let period = just_sent.map_or(current, |sent| sent + 1);
        let begins = Timestamp::from_second(period * PERIOD).unwrap_or(now);
        let wait = begins.duration_since(now);
        tokio::time::sleep(Duration::try_from(wait.max(SignedDuration::ZERO)).unwrap_or_default()).await;
        Ok(Sent { code: seed.code(period)?, period })
    }

    async fn typed(&mut self) -> Result<Sent, Error> {
        loop {
            let code = self.world.mfa.code(self.ask.clone()).await?;
            let period = self.now().as_second() / PERIOD;
            match &*self.sent {
                Some(sent) if sent.code.is_same(&code) => {
                    let until = Timestamp::from_second((sent.period + 1) * PERIOD).unwrap_or_default();
                    self.ask.why = MfaWhy::Reused { until: until.max(self.now()) };
                }
                _ => return Ok(Sent { code, period }),
            }
        }
    }
}
