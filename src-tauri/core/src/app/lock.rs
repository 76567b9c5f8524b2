//! Lock: until the user has proved who they are, nothing of any client shows and nothing is done.
//!
//! Not how one proves it (the [`Presence`](super::ports::Presence) port). What runs goes on: downloads
//! arrive, and sessions come to their end. Grows with what locks.

use jiff::{SignedDuration, Timestamp};

use super::App;
use super::error::Error;
use super::event::{Event, PaneWish, Reply, Wish};
use super::state::State;
use crate::domain::workspace::{TabId, TabState};

/// A window that is locked.
#[derive(Clone, Debug, PartialEq)]
pub struct Lock {
    /// Why.
    pub why: LockWhy,
    /// When that was.
    pub since: Timestamp,
    /// The system asks the user now.
    pub unlocking: bool,
    /// Why the last try did not unlock it.
    pub error: Option<Error>,
}

/// Why the window is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockWhy {
    /// The user wanted it.
    Asked,
    /// No hand was on keyboard or mouse for as long as the settings say.
    Idle,
    /// The machine slept, or is about to.
    Sleep,
}

/// The loop looks at the clock every half a minute: where much more has passed, the machine slept, or
/// this process was halted.
const MISSED: SignedDuration = SignedDuration::from_secs(90);

/// What is wanted of the lock, if the system could open it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockWish {
    /// Locked now.
    Now,
    /// Locked on idle or on sleep, from now on.
    ByItself,
}

impl App {
    /// Asks the system whether it could open a lock again; answered by [`Event::CanLock`].
    pub(super) fn wish_lock(&self, wish: LockWish) {
        let (presence, events) = (self.world.presence.clone(), self.events.clone());
        tokio::spawn(async move {
            // The receiver is gone only when the app ends.
            let _ = events.send(Event::CanLock(wish, presence.ready().await));
        });
    }

    /// A window that locks itself must be one that can be opened again.
    pub(super) fn check_lock(&self) {
        if self.state.settings.lock_after.is_some() || self.state.settings.lock_on_sleep {
            self.wish_lock(LockWish::ByItself);
        }
    }

    pub(super) fn can_lock(&mut self, wish: LockWish, outcome: Result<(), Error>) {
        match (outcome, wish) {
            (Ok(()), LockWish::Now) => self.lock(LockWhy::Asked),
            (Ok(()), LockWish::ByItself) => {}
            (Err(error), wish) => {
                if wish == LockWish::ByItself {
                    self.state.settings.lock_after = None;
                    self.state.settings.lock_on_sleep = false;
                }
                self.answer::<()>(None, None, Err(error));
                // Who locks it from the tray must see that it is not.
                if self.state.in_tray {
                    self.present();
                }
            }
        }
    }

    /// Covers everything, drops temporary credentials and locks what the system locks for us.
    pub(super) fn lock(&mut self, why: LockWhy) {
        if self.state.lock.is_some() {
            return;
        }
        self.state.lock = Some(Lock { why, since: self.now(), unlocking: false, error: None });
        self.state.drawer = None;
        self.state.arranging = false;
        self.world.kept.close(true);
        self.world.kept.forget();
        let presence = self.world.presence.clone();
        tokio::spawn(async move {
            // Whoever proves to be the user locks it first, then.
            if let Err(error) = presence.lock().await {
                tracing::info!(code = error.cause.code(), "the system has nothing to lock");
            }
        });
    }

    /// Asks the system who is there; answered by [`Event::Unlocked`].
    pub(super) fn unlock(&mut self) {
        let Some(lock) = self.state.lock.as_mut().filter(|lock| !lock.unlocking) else { return };
        lock.unlocking = true;
        lock.error = None;
        let (presence, events) = (self.world.presence.clone(), self.events.clone());
        tokio::spawn(async move {
            let outcome = presence.prove().await;
            // The receiver is gone only when the app ends.
            let _ = events.send(Event::Unlocked(outcome));
        });
    }

    pub(super) fn unlocked(&mut self, outcome: Result<(), Error>) {
        let now = self.now();
        match (outcome, &mut self.state.lock) {
            (Ok(()), lock) => {
                *lock = None;
                self.state.touched_at = Some(now);
                self.world.kept.close(false);
                self.go_on_after_lock();
            }
            (Err(error), Some(lock)) => {
                lock.unlocking = false;
                lock.error = Some(error);
            }
            (Err(_), None) => {}
        }
    }

    /// The machine is about to sleep; `done` is let go of when the window shows nothing any more.
    pub(super) fn sleeps(&mut self, done: Reply<()>) {
        if self.state.settings.lock_on_sleep && self.state.lock.is_none() {
            self.lock(LockWhy::Sleep);
            // A page that does not show is never painted, and cannot say so.
            if self.state.seen().next().is_none() && self.state.in_tray {
                let _ = done.send(Ok(()));
            } else {
                self.covered = Some(done);
            }
        }
    }

    /// A tab that would sign in behind the lock does so when it is looked at again.
    pub(super) fn start_unless_locked(&mut self, tab: &TabId) {
        if self.state.lock.is_none() {
            return self.start(tab);
        }
        if let Some(tab) = self.state.workspace.tab_mut(tab) {
            tab.state = TabState::Asleep;
        }
    }

    /// Looks at the clock: a time that this process did not live through was a sleep, after which the network may be
    /// another one, and a time that nobody touched anything may be too long.
    pub(super) fn note_time(&mut self) {
        let now = self.now();
        let before = self.state.seen_at.replace(now);
        let slept = before.is_some_and(|before| now.duration_since(before) >= MISSED);
        if slept && self.state.settings.lock_on_sleep {
            self.lock(LockWhy::Sleep);
        } else if due(&self.state).is_some_and(|due| due <= now) {
            self.lock(LockWhy::Idle);
        }
        // Not before the window is locked, where it is.
        if slept {
            self.network_may_be_back();
        }
    }
}

/// When an untouched window is locked.
pub(super) fn due(state: &State) -> Option<Timestamp> {
    let after = state.settings.lock_after.filter(|_| state.lock.is_none())?;
    state.touched_at?.checked_add(after.duration()).ok()
}

impl Wish {
    /// Whether it is done while the window is locked: what shows nothing, and gives up rather than
    /// gets.
    pub(super) fn goes_through_lock(&self) -> bool {
        matches!(
            self,
            Self::Unlock
                | Self::Covered
                | Self::Present
                | Self::NoteWindow(_)
                | Self::ReadBook(_)
                | Self::SignOut(..)
                | Self::SleepOthers
                | Self::Panes(PaneWish::Measure { .. })
        )
    }

    /// Whether the window says it of itself, with no hand behind it.
    pub(super) fn is_of_the_windows_own(&self) -> bool {
        matches!(self, Self::NoteWindow(_) | Self::Covered | Self::Panes(PaneWish::Measure { .. }))
    }

    /// Whether something comes into sight by it.
    pub(super) fn opens(&self) -> bool {
        matches!(self, Self::OpenNamed { .. } | Self::OpenLink { .. } | Self::ShowTab(..))
    }

    /// Tells whoever waits for it that the window is locked.
    pub(super) fn refuse(self) {
        match self {
            Self::OpenTab { reply, .. } | Self::OpenNamed { reply, .. } => refuse(reply),
            Self::OpenLink { reply, .. } => refuse(reply),
            Self::Copy { reply, .. } => refuse(reply),
            Self::ShowTab(_, reply)
            | Self::CloseTab(_, reply)
            | Self::ConfirmOpen { reply, .. }
            | Self::SetRules(_, reply)
            | Self::Bookmark(_, _, reply)
            | Self::Bind(_, _, reply)
            | Self::SaveProfile { reply, .. }
            | Self::RemoveProfile { reply, .. }
            | Self::GiveCode { reply, .. }
            | Self::KeepSeed { reply, .. }
            | Self::ForgetSeed(_, reply)
            | Self::ListPortal { reply, .. }
            | Self::AddAssigned(_, reply)
            | Self::Import(_, reply)
            | Self::ImportFile { reply, .. }
            | Self::SavePartition(_, reply)
            | Self::RemovePartition(_, reply) => refuse(reply),
            _ => {}
        }
    }
}

fn refuse<T>(reply: Option<Reply<T>>) {
    if let Some(reply) = reply {
        // Whoever asked may have gone away.
        let _ = reply.send(Err(Error::of_locked_window()));
    }
}

#[cfg(test)]
#[path = "lock_tests.rs"]
mod tests;
