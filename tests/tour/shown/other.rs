//! On macOS and Windows there is one keychain, the user's: the demo cleans up behind itself.

use std::path::Path;

use sidelight_tests::Outcome;
use sidelight_tests::demo::DemoCloud;
use sidelight_tests::side::Side;
use sidelight_tests::surroundings::Surroundings;

/// The user's keychain, with three entries of the demo.
pub struct Keychain {
    surroundings: Surroundings,
}

impl Keychain {
    /// What the user should know about their own keychain.
    pub const NOTE: &str = "The demo puts three made-up keys into your keychain, and removes them when it ends.";

    /// Only the app's own files are below `home`.
    pub fn start(home: &Path) -> Outcome<Self> {
        let mut surroundings = Surroundings::of_the_user(&home.join("logs"));
        surroundings.set("SIDELIGHT_HOME", home.join("sidelight"));
        Ok(Self { surroundings })
    }

    /// The variables of the demo's programs.
    pub fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// Removes the demo's profiles, and with them their keys.
    pub fn forget(&self, cloud: &DemoCloud, side: &Side) -> Outcome {
        for profile in cloud.profiles() {
            // The user may have removed or renamed it in the window.
            side.run(&["rm", &profile.name])?;
        }
        Ok(())
    }
}
