//! What the measurements need to find: machines with a cloud, and a book too large to be usual.

use std::path::Path;

use sidelight_tests::demo::DemoCloud;
use sidelight_tests::desktop::{Desktop, Furnishing};
use sidelight_tests::keyring::KeyringState;
use sidelight_tests::side::Side;
use sidelight_tests::{HarnessError, Outcome};

/// A machine and a demo cloud with this number of extra accounts, which do not know each other.
pub fn machine_and_cloud(display: Option<(u16, u16)>, extra: usize) -> Outcome<(Desktop, DemoCloud)> {
    let desktop = Desktop::furnished(Furnishing { display, bus: true, keyring: KeyringState::Unlocked })?;
    let cloud = DemoCloud::start_with(&["--extra-accounts", &extra.to_string()])?;
    Ok((desktop, cloud))
}

/// A machine without a display whose Sidelight knows the demo cloud.
pub fn machine_on_the_demo_cloud() -> Outcome<(Desktop, DemoCloud)> {
    let (desktop, cloud) = machine_and_cloud(None, 0)?;
    cloud.register(&Side::new(desktop.surroundings())?)?;
    Ok((desktop, cloud))
}

/// A machine without display, bus and keychain.
pub fn bare_machine() -> Outcome<Desktop> {
    Desktop::furnished(Furnishing { display: None, bus: false, keyring: KeyringState::None })
}

/// Writes a book of 10,000 profiles into SIDELIGHT_HOME, in the form that `side` itself writes.
///
/// # Errors
/// Not before the form of the book is settled.
pub fn ten_thousand_profiles(_home: &Path) -> Outcome {
    Err(HarnessError::missing("settled form of the book to write 10,000 profiles in"))
}
