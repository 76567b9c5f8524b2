//! On Linux the demo has a D-Bus session and a keychain of its own, beside the user's display.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use sidelight_tests::demo::DemoCloud;
use sidelight_tests::keyring::{Keyring, KeyringState};
use sidelight_tests::session_bus::SessionBus;
use sidelight_tests::side::Side;
use sidelight_tests::surroundings::Surroundings;
use sidelight_tests::{HarnessError, Outcome};

/// The demo's own session, gone when dropped.
pub struct Keychain {
    surroundings: Surroundings,
    _keyring: Keyring,
    _bus: SessionBus,
    _runtime: tempfile::TempDir,
}

impl Keychain {
    /// What the user should know about their own keychain.
    pub const NOTE: &str = "The demo has a keychain of its own: yours is not touched.";

    /// Starts it; what it stores is below `home`.
    pub fn start(home: &Path) -> Outcome<Self> {
        // Sockets have short paths, and a checkout may lie deep.
        let runtime = tempfile::Builder::new().prefix("sl").tempdir();
        let runtime = runtime.map_err(HarnessError::io("make a runtime folder"))?;
        let private = fs::Permissions::from_mode(0o700);
        fs::set_permissions(runtime.path(), private).map_err(HarnessError::io("close the runtime folder"))?;
        fs::create_dir(runtime.path().join("at-spi")).map_err(HarnessError::io("make a runtime folder"))?;

        let mut surroundings = Surroundings::of_the_user(&home.join("logs"));
        if let Some(socket) = wayland_socket() {
            surroundings.set("WAYLAND_DISPLAY", socket);
        }
        surroundings.set("XDG_RUNTIME_DIR", runtime.path());
        for (variable, folder) in [
            ("SIDELIGHT_HOME", "sidelight"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_STATE_HOME", "state"),
        ] {
            let folder = home.join(folder);
            fs::create_dir_all(&folder).map_err(HarnessError::io("make the demo's folders"))?;
            surroundings.set(variable, folder);
        }
        let bus = SessionBus::start(&surroundings, runtime.path())?;
        surroundings.set("DBUS_SESSION_BUS_ADDRESS", bus.address());
        let keyring = Keyring::start(&surroundings, &random_password()?, KeyringState::Unlocked)?;
        Ok(Self { surroundings, _keyring: keyring, _bus: bus, _runtime: runtime })
    }

    /// The variables of the demo's programs.
    pub fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// Nothing to do: the keychain goes with the session.
    #[expect(clippy::unused_self, reason = "the same as where the user's keychain is used")]
    pub fn forget(&self, _cloud: &DemoCloud, _side: &Side) -> Outcome {
        Ok(())
    }
}

/// The compositor's socket by its whole path, since the demo has another runtime folder.
fn wayland_socket() -> Option<PathBuf> {
    let name = std::env::var_os("WAYLAND_DISPLAY").filter(|name| !name.is_empty())?;
    Some(PathBuf::from(std::env::var_os("XDG_RUNTIME_DIR")?).join(name))
}

fn random_password() -> Outcome<String> {
    let mut bytes = [0; 32];
    let read = fs::File::open("/dev/urandom").and_then(|mut file| std::io::Read::read_exact(&mut file, &mut bytes));
    read.map_err(HarnessError::io("make a password"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
