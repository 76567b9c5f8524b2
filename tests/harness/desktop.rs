//! A machine for one test: its own home, runtime folder, display, bus and keychain, and the leak
//! check that looks over all of it at the end.
//!
//! It knows no program of ours. It grows when a user's machine has one more thing an app can meet.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use x11rb::protocol::xproto::Window;

use crate::display::Display;
use crate::error::{HarnessError, Outcome};
use crate::keyring::{Keyring, KeyringState};
use crate::leak::LeakCheck;
use crate::process::{Running, family};
use crate::screen::Screen;
use crate::seat::Seat;
use crate::session_bus::SessionBus;
use crate::surroundings::Surroundings;
use crate::wayland::Wayland;

/// Where the user's browser notes what surrounds it.
const BROWSERS_ENVIRONMENT: &str = "browsers-environment";

/// A usual display's, in pixels.
const SIZE: (u16, u16) = (1280, 800);

/// What opens every test machine's keychain.
const PASSWORD: &str = "the keychain of a test machine";

/// What a machine is to have. The default is a usual desktop.
#[derive(Clone, Copy, Debug)]
pub struct Furnishing {
    /// The display's width and height in pixels; nothing for a machine without one.
    pub display: Option<(u16, u16)>,
    /// Whether there is a D-Bus session. Without one there is no keychain either.
    pub bus: bool,
    /// The keychain's state at the start.
    pub keyring: KeyringState,
}

impl Default for Furnishing {
    fn default() -> Self {
        Self { display: Some(SIZE), bus: true, keyring: KeyringState::Unlocked }
    }
}

/// A running machine. Dropping it ends everything on it and fails the test if a secret leaked.
pub struct Desktop {
    surroundings: Surroundings,
    leaks: LeakCheck,
    keyring: Option<Keyring>,
    _bus: Option<SessionBus>,
    wayland: Option<Wayland>,
    display: Option<Display>,
    root: TempDir,
    _seat: Seat,
}

impl Desktop {
    /// A usual desktop of 1280 times 800 pixels with an unlocked keychain.
    ///
    /// # Errors
    /// When a part of it does not come up.
    pub fn start() -> Outcome<Self> {
        Self::furnished(Furnishing::default())
    }

    /// A usual desktop whose programs are shown by a Wayland compositor and see no X display; its screen shows what
    /// the compositor does.
    ///
    /// # Errors
    /// When a part of it does not come up.
    pub fn on_wayland() -> Outcome<Self> {
        let mut desktop = Self::start()?;
        let display = desktop.display.as_ref().ok_or_else(|| HarnessError::missing("display on this machine"))?;
        let wayland = Wayland::start(&desktop.surroundings, display, SIZE)?;
        desktop.surroundings.unset("DISPLAY");
        desktop.surroundings.set("WAYLAND_DISPLAY", wayland.name());
        desktop.surroundings.set("GDK_BACKEND", "wayland");
        desktop.wayland = Some(wayland);
        Ok(desktop)
    }

    /// A machine with what `furnishing` says.
    ///
    /// # Errors
    /// When a part of it does not come up.
    pub fn furnished(furnishing: Furnishing) -> Outcome<Self> {
        let seat = Seat::take();
        let root = tempfile::Builder::new().prefix("sl").tempdir();
        let root = root.map_err(HarnessError::io("make a folder for the machine"))?;
        let mut surroundings = lay_out(root.path())?;
        let display = match furnishing.display {
            Some(size) => Some(Display::start(&surroundings, size)?),
            None => None,
        };
        if let Some(display) = &display {
            surroundings.set("DISPLAY", display.name());
            surroundings.set("GDK_BACKEND", "x11");
        }
        let bus = match furnishing.bus {
            true => Some(SessionBus::start(&surroundings, &root.path().join("run"))?),
            false => None,
        };
        let mut keyring = None;
        if let Some(bus) = &bus {
            surroundings.set("DBUS_SESSION_BUS_ADDRESS", bus.address());
            // The real one knows of the real machine only.
            surroundings.set("DBUS_SYSTEM_BUS_ADDRESS", bus.address());
            keyring = Some(Keyring::start(&surroundings, PASSWORD, furnishing.keyring)?);
        }
        let leaks = leak_check(root.path(), display.as_ref());
        Ok(Self { surroundings, leaks, keyring, _bus: bus, wayland: None, display, root, _seat: seat })
    }

    /// The leak check, to tell it the secrets of this test.
    pub fn leaks(&self) -> &LeakCheck {
        &self.leaks
    }

    /// The variables of the machine's programs.
    pub fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// A command of this machine, to be changed before it is launched.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = self.surroundings.command(program);
        command.current_dir(self.home());
        command
    }

    /// Starts a program on this machine; `name` names its logs.
    ///
    /// # Errors
    /// [`HarnessError::Start`].
    pub fn launch(&self, name: &str, command: Command) -> Outcome<Running> {
        let running = Running::start(name, command, self.surroundings.logs())?;
        Ok(running.watched_by(self.leaks.clone()))
    }

    /// Eyes and hands on the machine's display.
    ///
    /// # Errors
    /// When the machine has no display.
    pub fn screen(&self) -> Outcome<Screen> {
        let missing = || HarnessError::missing("display on this machine");
        Screen::open(self.display.as_ref().ok_or_else(missing)?.name())
    }

    /// The window on the screen in which a Wayland compositor shows everything, where there is one.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn compositors_window(&self) -> Outcome<Option<Window>> {
        self.wayland.as_ref().map(|wayland| wayland.window(&self.screen()?)).transpose()
    }

    /// The keychain.
    ///
    /// # Errors
    /// When the machine has no bus.
    pub fn keyring(&mut self) -> Outcome<&mut Keyring> {
        let missing = || HarnessError::missing("bus on this machine");
        self.keyring.as_mut().ok_or_else(missing)
    }

    /// The user's home.
    pub fn home(&self) -> PathBuf {
        self.root.path().join("home")
    }

    /// Where Sidelight keeps its files.
    pub fn sidelight_home(&self) -> PathBuf {
        self.root.path().join("sidelight")
    }

    /// What the user's browser was given so far, a line each.
    pub fn opened_outside(&self) -> Vec<String> {
        let text = fs::read_to_string(self.root.path().join("opened-outside")).unwrap_or_default();
        text.lines().map(ToOwned::to_owned).collect()
    }

    /// What the environment that the user's browser was last started with has of the app's own.
    ///
    /// # Errors
    /// When none was started.
    pub fn browsers_share(&self) -> Outcome<Vec<String>> {
        apps_share(&self.root.path().join(BROWSERS_ENVIRONMENT))
    }

    /// The user's folder for downloads.
    pub fn downloads(&self) -> PathBuf {
        self.home().join("Downloads")
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        self.leaks.look_at_live_programs();
        // First those that were started by others and outlived them; the handles end the rest.
        family::kill(&family::living_in(&self.home()));
        if !std::thread::panicking() {
            self.leaks.finish();
        }
    }
}

/// What an environment, kept as a variable a line, has of what the app sets for its own processes alone.
///
/// # Errors
/// When there is none, or it is empty.
pub fn apps_share(environment: &Path) -> Outcome<Vec<String>> {
    let text = fs::read_to_string(environment).map_err(HarnessError::io("read a program's environment"))?;
    if !text.contains("HOME=") {
        return Err(HarnessError::missing("a program's environment"));
    }
    let own = ["GDK_GL=", "WEBKIT_DISABLE_", "WEBKIT_FORCE_", "__EGL_"];
    let is_own = |line: &&str| own.iter().any(|name| line.starts_with(name));
    Ok(text.lines().filter(is_own).map(ToOwned::to_owned).collect())
}

/// Makes the folders and the variables that name them.
fn lay_out(root: &Path) -> Outcome<Surroundings> {
    let folders = [
        ("HOME", "home", 0o700),
        ("XDG_CONFIG_HOME", "home/.config", 0o700),
        ("XDG_DATA_HOME", "home/.local/share", 0o700),
        ("XDG_CACHE_HOME", "home/.cache", 0o700),
        ("XDG_STATE_HOME", "home/.local/state", 0o700),
        ("XDG_RUNTIME_DIR", "run", 0o700),
        ("SIDELIGHT_HOME", "sidelight", 0o700),
        ("TMPDIR", "tmp", 0o700),
    ];
    let action = || HarnessError::io("lay out the machine's folders");
    let logs = root.join("logs");
    let mut surroundings = Surroundings::bare(&logs);
    for (variable, folder, mode) in folders {
        let path = root.join(folder);
        fs::create_dir_all(&path).map_err(action())?;
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).map_err(action())?;
        surroundings.set(variable, &path);
    }
    // WebKit's sandbox aborts the app where a session names an accessibility bus without its folder.
    for folder in ["run/at-spi", "home/Downloads", "logs"] {
        fs::create_dir_all(root.join(folder)).map_err(action())?;
    }
    // The user's browser only writes down what it is given, and what surrounds it.
    let programs = root.join("bin");
    let browser = programs.join("xdg-open");
    let opened = root.join("opened-outside");
    let (opened, around) = (opened.display(), root.join(BROWSERS_ENVIRONMENT));
    let script = format!("#!/bin/sh\nenv > '{}'\nprintf '%s\\n' \"$@\" >> '{opened}'\n", around.display());
    fs::create_dir_all(&programs).map_err(action())?;
    fs::write(&browser, script).map_err(action())?;
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).map_err(action())?;
    let mut path = OsString::from(&programs);
    if let Some(rest) = surroundings.get("PATH") {
        path.push(":");
        path.push(rest);
    }
    surroundings.set("PATH", path);
    let places = "XDG_DOWNLOAD_DIR=\"$HOME/Downloads\"\n";
    fs::write(root.join("home/.config/user-dirs.dirs"), places).map_err(action())?;
    surroundings.set("LANG", "C.UTF-8");
    surroundings.unset("LC_ALL");
    Ok(surroundings)
}

fn leak_check(root: &Path, display: Option<&Display>) -> LeakCheck {
    let leaks = LeakCheck::default();
    leaks.search_folder(root);
    leaks.leave_out(&root.join("home/.local/share/keyrings"));
    leaks.search_programs_of(&root.join("home"));
    if let Some(display) = display {
        let name = display.name().to_owned();
        leaks.search_titles(move || {
            let titles = Screen::open(&name).and_then(|screen| screen.titles());
            titles.unwrap_or_default()
        });
    }
    leaks
}
