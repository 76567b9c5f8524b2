//! The demo for a person: the app on this session's display until its window is closed.
//!
//! It clicks nothing. Everything it writes is below its own folder, which is new each time.

use std::fs;
use std::path::Path;

use sidelight_tests::binaries::binary;
use sidelight_tests::demo::DemoCloud;
use sidelight_tests::side::Side;
use sidelight_tests::{HarnessError, Outcome};

use crate::keychain::Keychain;

/// Opens the app on the demo cloud and waits for its end.
///
/// # Errors
/// When a part does not come up, or the app ends with an error.
pub fn run(folder: &Path) -> Outcome {
    let home = folder.join("home");
    make_anew(&home)?;
    let home = home.canonicalize().map_err(HarnessError::io("find the demo's folder"))?;
    let keychain = Keychain::start(&home)?;
    println!("{}", Keychain::NOTE);
    let cloud = DemoCloud::start()?;
    let side = Side::new(keychain.surroundings())?;
    cloud.register(&side)?;
    println!("The demo cloud is at {}. Close the window to end the demo.", cloud.announcement().main);
    let ended = keychain.surroundings().command(binary("sidelight")?).status();
    keychain.forget(&cloud, &side)?;
    let status = ended.map_err(|source| HarnessError::Start { program: "sidelight".to_owned(), source })?;
    if status.success() {
        return Ok(());
    }
    Err(HarnessError::Ended { program: "sidelight".to_owned(), status: status.to_string(), output: String::new() })
}

fn make_anew(home: &Path) -> Outcome {
    let action = || HarnessError::io(format!("make {} anew", home.display()));
    if home.exists() {
        fs::remove_dir_all(home).map_err(action())?;
    }
    fs::create_dir_all(home.join("logs")).map_err(action())
}
