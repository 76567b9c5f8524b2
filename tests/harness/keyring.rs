//! A real gnome-keyring on a bus of its own, in each state that a user's may be in.
//!
//! What an app makes of these states is no matter of this file. Locked means locked without anybody
//! who could unlock it: no dialog comes up unless a test wants one.

use std::time::Duration;

use crate::error::Outcome;
use crate::process::Running;
use crate::screen::{Modifier, Screen};
use crate::session_bus::ask;
use crate::surroundings::Surroundings;
use crate::wait::wait_until;

const SECRETS: &str = "org.freedesktop.secrets";
const LOGIN: &str = "/org/freedesktop/secrets/collection/login";
/// Shows the keychain's dialogs; a session starts it when there is one to show.
const PROMPTER: &str = "/usr/libexec/gcr-prompter";

const TO_COME_UP: Duration = Duration::from_secs(20);

/// The state a machine's keychain is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyringState {
    /// As after a login.
    Unlocked,
    /// The collection is there and locked.
    Locked,
    /// The daemon runs and has no collection: writes fail, and reads look empty.
    Empty,
    /// Nothing answers for the keychain.
    None,
}

/// A machine's keychain daemon.
pub struct Keyring {
    surroundings: Surroundings,
    password: String,
    daemon: Option<Running>,
}

impl Keyring {
    /// Brings the keychain of this bus into `state`. The password never reaches a command line.
    ///
    /// # Errors
    /// When the daemon is missing or does not come up.
    pub fn start(surroundings: &Surroundings, password: &str, state: KeyringState) -> Outcome<Self> {
        let mut keyring = Self { surroundings: surroundings.clone(), password: password.to_owned(), daemon: None };
        match state {
            KeyringState::None => {}
            KeyringState::Empty => keyring.start_daemon(false)?,
            KeyringState::Unlocked => keyring.start_daemon(true)?,
            KeyringState::Locked => {
                keyring.start_daemon(true)?;
                keyring.lock()?;
            }
        }
        Ok(keyring)
    }

    /// Locks it, as a user or a screen lock would.
    ///
    /// # Errors
    /// When it is not locked in time.
    pub fn lock(&self) -> Outcome {
        let collection = format!("array:objpath:{LOGIN}");
        let lock = ["/org/freedesktop/secrets", "org.freedesktop.Secret.Service.Lock", &collection];
        ask(&self.surroundings, SECRETS, &lock)?;
        wait_until("the keychain to be locked", TO_COME_UP, || Ok((self.locked()? == Some(true)).then_some(())))
    }

    /// Ends the daemon; the keychain's files stay.
    ///
    /// # Errors
    /// When its name stays on the bus.
    pub fn stop(&mut self) -> Outcome {
        if let Some(mut daemon) = self.daemon.take() {
            daemon.stop()?;
        }
        wait_until("the keychain to leave the bus", TO_COME_UP, || Ok((!self.on_the_bus()?).then_some(())))
    }

    /// Ends the daemon and starts another, unlocked: connections to the old one are dead.
    ///
    /// # Errors
    /// As [`Keyring::start`].
    pub fn restart(&mut self) -> Outcome {
        self.stop()?;
        self.start_daemon(true)
    }

    /// Ends the daemon and starts another that nobody has unlocked.
    ///
    /// # Errors
    /// As [`Keyring::start`].
    pub fn restart_locked(&mut self) -> Outcome {
        self.stop()?;
        self.start_daemon(false)
    }

    /// From now on somebody is there who is shown the keychain's dialogs, as long as the answer is held.
    ///
    /// # Errors
    /// When gcr is missing.
    pub fn show_dialogs(&self) -> Outcome<Running> {
        let prompter = Running::start("prompter", self.surroundings.command(PROMPTER), self.surroundings.logs())?;
        let name = "string:org.gnome.keyring.SystemPrompter";
        let bus = ["/org/freedesktop/DBus", "org.freedesktop.DBus.GetNameOwner", name];
        wait_until("the keychain's dialogs", TO_COME_UP, || {
            Ok(ask(&self.surroundings, "org.freedesktop.DBus", &bus)?.map(drop))
        })?;
        Ok(prompter)
    }

    /// Types the password into the dialog that comes up.
    ///
    /// # Errors
    /// When none does, or it stays.
    pub fn answer_dialog(&self, screen: &Screen) -> Outcome {
        until_dialog_is_gone(screen, || {
            screen.press("a", &[Modifier::Control])?;
            screen.type_text(&self.password)?;
            screen.press("Return", &[])
        })
    }

    /// Waves the dialog away that comes up.
    ///
    /// # Errors
    /// When none does, or it stays.
    pub fn dismiss_dialog(&self, screen: &Screen) -> Outcome {
        until_dialog_is_gone(screen, || screen.press("Escape", &[]))
    }

    /// Whether the login collection is locked; nothing where there is none.
    ///
    /// # Errors
    /// When the bus cannot be asked.
    pub fn locked(&self) -> Outcome<Option<bool>> {
        let get = "org.freedesktop.DBus.Properties.Get";
        let collection = "string:org.freedesktop.Secret.Collection";
        let answer = ask(&self.surroundings, SECRETS, &[LOGIN, get, collection, "string:Locked"])?;
        Ok(answer.map(|text| text.contains("boolean true")))
    }

    fn start_daemon(&mut self, unlock: bool) -> Outcome {
        let mut command = self.surroundings.command("gnome-keyring-daemon");
        command.args(["--foreground", "--components=secrets"]);
        if let Some(runtime) = self.surroundings.get("XDG_RUNTIME_DIR") {
            let mut control = std::ffi::OsString::from("--control-directory=");
            control.push(runtime);
            control.push("/keyring");
            command.arg(control);
        }
        let mut input = "";
        if unlock {
            command.arg("--unlock");
            input = &self.password;
        }
        let logs = self.surroundings.logs();
        let mut daemon = Running::start_with_input("keyring", command, logs, input.as_bytes())?;
        daemon.wait_for("the keychain to come up", TO_COME_UP, |_| {
            let up = if unlock { self.locked()? == Some(false) } else { self.on_the_bus()? };
            Ok(up.then_some(()))
        })?;
        self.daemon = Some(daemon);
        Ok(())
    }

    fn on_the_bus(&self) -> Outcome<bool> {
        let owner = "org.freedesktop.DBus.GetNameOwner";
        let name = format!("string:{SECRETS}");
        let bus = ["/org/freedesktop/DBus", owner, &name];
        Ok(ask(&self.surroundings, "org.freedesktop.DBus", &bus)?.is_some())
    }
}

/// What is done is done again: a dialog takes no keys before it has come up altogether.
fn until_dialog_is_gone(screen: &Screen, act: impl Fn() -> Outcome) -> Outcome {
    wait_until("the keychain's dialog", TO_COME_UP, || dialog(screen))?;
    wait_until("the end of the keychain's dialog", TO_COME_UP, || {
        let Some(dialog) = dialog(screen)? else { return Ok(Some(())) };
        // One that has closed since then takes no keyboard: the next look says so.
        if screen.focus(dialog).is_ok() {
            act()?;
        }
        Ok(None)
    })
}

fn dialog(screen: &Screen) -> Outcome<Option<u32>> {
    let windows = screen.windows_of_class("gcr-prompter")?;
    Ok(windows.into_iter().find(|window| screen.place(*window).is_ok_and(|place| place.width > 100)))
}
