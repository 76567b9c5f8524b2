//! A D-Bus session of its own, which starts nothing by itself but the accessibility bus.
//!
//! So a machine without a keychain stays without one: the system's own configuration would start a
//! keychain at the first question.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::error::{HarnessError, Outcome};
use crate::process::Running;
use crate::surroundings::Surroundings;

const ACCESSIBILITY: &str = "/usr/share/dbus-1/services/org.a11y.Bus.service";

/// A session bus, ended when dropped.
pub struct SessionBus {
    address: String,
    _daemon: Running,
}

impl SessionBus {
    /// Starts one; its socket and configuration lie in `folder`.
    ///
    /// # Errors
    /// When dbus-daemon is missing or does not come up.
    pub fn start(surroundings: &Surroundings, folder: &Path) -> Outcome<Self> {
        let configuration = write_configuration(folder)?;
        let mut command = surroundings.command("dbus-daemon");
        command
            .args(["--nofork", "--nopidfile", "--print-address"])
            .arg(format!("--config-file={}", configuration.display()));
        let mut daemon = Running::start("dbus", command, surroundings.logs())?;
        let address = daemon.wait_for_line("the bus's address", Duration::from_secs(20), |line| {
            line.starts_with("unix:").then(|| line.to_owned())
        })?;
        Ok(Self { address, _daemon: daemon })
    }

    /// The value for DBUS_SESSION_BUS_ADDRESS.
    pub fn address(&self) -> &str {
        &self.address
    }
}

/// Asks something of a name on the bus of `surroundings`. The answer is dbus-send's text, or nothing
/// when the call fails.
///
/// # Errors
/// When dbus-send cannot be run.
pub fn ask(surroundings: &Surroundings, destination: &str, call: &[&str]) -> Outcome<Option<String>> {
    let mut command: Command = surroundings.command("dbus-send");
    command
        .args(["--session", "--print-reply", "--reply-timeout=5000"])
        .arg(format!("--dest={destination}"))
        .args(call);
    let answer = command.output().map_err(|source| HarnessError::Start { program: "dbus-send".to_owned(), source })?;
    let text = String::from_utf8_lossy(&answer.stdout).into_owned();
    Ok(answer.status.success().then_some(text))
}

fn write_configuration(folder: &Path) -> Outcome<PathBuf> {
    let services = folder.join("bus-services");
    let action = || HarnessError::io("write the bus's configuration");
    std::fs::create_dir_all(&services).map_err(action())?;
    if Path::new(ACCESSIBILITY).exists() {
        std::fs::copy(ACCESSIBILITY, services.join("org.a11y.Bus.service")).map_err(action())?;
    }
    let file = folder.join("bus.conf");
    let text = format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <keep_umask/>
  <listen>unix:path={}</listen>
  <servicedir>{}</servicedir>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#,
        folder.join("bus").display(),
        services.display()
    );
    std::fs::write(&file, text).map_err(action())?;
    Ok(file)
}
