//! A display of its own: Xvfb on a number that the server itself finds free.
//!
//! No window manager runs on it, so a window gets the keyboard only when it is given to it.

use std::time::Duration;

use crate::error::Outcome;
use crate::process::Running;
use crate::surroundings::Surroundings;

/// A virtual display, ended when dropped.
pub struct Display {
    name: String,
    _server: Running,
}

impl Display {
    /// Starts one of `width` times `height` pixels.
    ///
    /// # Errors
    /// When Xvfb is missing or does not come up.
    pub fn start(surroundings: &Surroundings, (width, height): (u16, u16)) -> Outcome<Self> {
        let mut command = surroundings.command("Xvfb");
        command
            .args(["-displayfd", "1", "-nolisten", "tcp", "-noreset"])
            .args(["+extension", "RANDR", "-screen", "0"])
            .arg(format!("{width}x{height}x24"));
        let mut server = Running::start("xvfb", command, surroundings.logs())?;
        let number =
            server.wait_for_line("Xvfb's display", Duration::from_secs(20), |line| line.parse::<u32>().ok())?;
        Ok(Self { name: format!(":{number}"), _server: server })
    }

    /// The value for DISPLAY.
    pub fn name(&self) -> &str {
        &self.name
    }
}
