//! A Wayland compositor of its own: Weston, whose one output is a window that fills an X display.
//!
//! Its programs see no X display, but eyes and hands are the same as elsewhere: what the window shows, and what it is told.

use std::path::Path;
use std::time::Duration;

use x11rb::protocol::xproto::Window;

use crate::display::Display;
use crate::error::{HarnessError, Outcome};
use crate::process::Running;
use crate::screen::Screen;
use crate::surroundings::Surroundings;

/// Its socket's name in XDG_RUNTIME_DIR.
const NAME: &str = "wayland-sidelight";

/// The class of its window on the X display.
const CLASS: &str = "weston-1";

/// A compositor, ended when dropped.
pub struct Wayland {
    _server: Running,
}

impl Wayland {
    /// Starts one; each program's first window fills it.
    ///
    /// # Errors
    /// When weston is missing or does not come up.
    pub fn start(surroundings: &Surroundings, display: &Display, (width, height): (u16, u16)) -> Outcome<Self> {
        let mut command = surroundings.command("weston");
        command.env("DISPLAY", display.name());
        command.args(["--backend=x11-backend.so", "--shell=kiosk-shell.so", "--use-pixman"]);
        command.args(["--no-config", "--idle-time=0", &format!("--socket={NAME}")]);
        command.args([format!("--width={width}"), format!("--height={height}")]);
        let mut server = Running::start("weston", command, surroundings.logs())?;
        let runtime = surroundings.get("XDG_RUNTIME_DIR").ok_or_else(|| HarnessError::missing("runtime folder"))?;
        let socket = Path::new(runtime).join(NAME);
        server.wait_for("Weston's socket", Duration::from_secs(20), |_| Ok(socket.exists().then_some(())))?;
        Ok(Self { _server: server })
    }

    /// The value for WAYLAND_DISPLAY.
    pub fn name(&self) -> &'static str {
        NAME
    }

    /// The window that is its output.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn window(&self, screen: &Screen) -> Outcome<Window> {
        let missing = || HarnessError::missing("Weston's window");
        screen.windows_of_class(CLASS)?.first().copied().ok_or_else(missing)
    }
}
