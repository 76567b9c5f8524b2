//! People at the window: codes that a sign-in waits for, seeds that make them, and the access
//! portal's page in the system's browser.
//!
//! Not when one is needed (`credentials`). Grows with other kinds of devices.

use async_trait::async_trait;
use secrecy::SecretString;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;
use url::Url;

use super::credentials::{GivenSeed, TotpSeed};
use super::error::{Cause, Error};
use super::event::{Event, Reply};
use super::portals::PortalEvent;
use super::ports::{MfaAsk, MfaPrompt, PortalPrompt};
use super::window::Cue;
use super::{App, World};
use crate::domain::secret::{MfaCode, SecretId};
use crate::domain::source::MfaSerial;

/// Asks in the window, by an event.
pub struct WindowPrompt {
    events: UnboundedSender<Event>,
}

impl WindowPrompt {
    /// The loop at the other end asks.
    #[must_use]
    pub fn new(events: UnboundedSender<Event>) -> Self {
        Self { events }
    }
}

#[async_trait]
impl MfaPrompt for WindowPrompt {
    async fn code(&self, ask: MfaAsk) -> Result<MfaCode, Error> {
        let (reply, answer) = oneshot::channel();
        self.events.send(Event::MfaAsked(ask, reply)).map_err(|_| Cause::MfaNeeded)?;
        answer.await.unwrap_or(Err(Cause::MfaNeeded.into()))
    }
}

/// The window hands the portal's page to the system's browser.
#[async_trait]
impl PortalPrompt for WindowPrompt {
    async fn open(&self, url: &Url) -> Result<(), Error> {
        self.events.send(PortalEvent::Page(url.clone(), None).into()).map_err(|_| Cause::Expired.into())
    }

    async fn show_code(&self, code: &str, url: &str) -> Result<(), Error> {
        let url = Url::parse(url).map_err(|_| Cause::Link)?;
        self.events.send(PortalEvent::Page(url, Some(code.to_owned())).into()).map_err(|_| Cause::Expired.into())
    }
}

/// A code that a sign-in waits for.
#[derive(Debug)]
pub struct WaitingForCode {
    /// Of which device, for whom, and why.
    pub ask: MfaAsk,
    reply: Reply<MfaCode>,
}

impl App {
    pub(super) fn mfa_asked(&mut self, ask: MfaAsk, reply: Reply<MfaCode>) {
        self.state.codes.push(WaitingForCode { ask, reply });
        self.present();
        self.window.focus_ui(Cue::Code);
    }

    /// The code that the device shows; whoever typed it is told where it is none.
    pub(super) fn give_code(&mut self, device: &MfaSerial, code: &SecretString, reply: Option<Reply<()>>) {
        let outcome = MfaCode::parse(code).map_err(Error::from).map(|code| self.answer_ask(device, Ok(code)));
        self.answer(reply, None, outcome);
    }

    pub(super) fn cancel_code(&mut self, device: &MfaSerial) {
        self.answer_ask(device, Err(Cause::MfaNeeded.into()));
    }

    /// Kept in the keychain; whoever waits for a code of this device gets the first one made.
    pub(super) fn keep_seed(&mut self, device: MfaSerial, seed: GivenSeed, reply: Option<Reply<()>>) {
        let (world, events) = (self.world.clone(), self.events.clone());
        tokio::spawn(async move {
            let code = kept_seed(&world, &device, seed).await;
            let _ = events.send(Event::SeedKept { device, code, reply });
        });
    }

    pub(super) fn seed_kept(&mut self, device: &MfaSerial, code: Result<MfaCode, Error>, reply: Option<Reply<()>>) {
        let outcome = code.map(|code| self.answer_ask(device, Ok(code)));
        self.answer(reply, None, outcome);
    }

    pub(super) fn forget_seed(&mut self, device: MfaSerial, reply: Option<Reply<()>>) {
        let world = self.world.clone();
        self.ask_world(reply, async move { world.vault.remove(&SecretId::TotpSeed(device)).await });
    }

    /// The oldest sign-in that waits for the device.
    fn answer_ask(&mut self, device: &MfaSerial, code: Result<MfaCode, Error>) {
        if let Some(at) = self.state.codes.iter().position(|waiting| waiting.ask.device == *device) {
            // A sign-in that has gone away needs no code.
            let _ = self.state.codes.remove(at).reply.send(code);
        }
    }

    /// Codes that nobody waits for any more are not asked for.
    pub(super) fn drop_gone_asks(&mut self) {
        self.state.codes.retain(|waiting| !waiting.reply.is_closed());
    }
}

/// Keeps a seed, and makes its first code.
async fn kept_seed(world: &World, device: &MfaSerial, given: GivenSeed) -> Result<MfaCode, Error> {
    let seed = TotpSeed::read(given).await?;
    world.vault.write(&SecretId::TotpSeed(device.clone()), seed.wrapped()).await?;
    let now = world.clock.now();
    Ok(seed.code_at(now.saturating_add(world.sts.clock_offset()).unwrap_or(now))?)
}
