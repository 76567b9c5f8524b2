//! What the measurements need to find: machines with a cloud, and a book too large to be usual.

use std::fmt::Write;
use std::path::Path;

use sidelight_tests::demo::DemoCloud;
use sidelight_tests::desktop::{Desktop, Furnishing};
use sidelight_tests::keyring::KeyringState;
use sidelight_tests::side::Side;
use sidelight_tests::{HarnessError, Outcome};

/// The display of all measurements that need one.
const DISPLAY: (u16, u16) = (1280, 800);

/// How the book begins and ends when `side` writes it.
const HEAD: &str = "# Sidelight's profiles. No secrets are in here: they lie in the keychain.\n\
                    # You may edit this file; comments and keys of your own stay. Keep its last line.\n\
                    schema = 1\n";
const END: &str = "\n# end of the book\n";

/// A machine with a display, and a demo cloud with this number of extra accounts, which do not know each other.
pub fn machine_and_cloud(extra: usize) -> Outcome<(Desktop, DemoCloud)> {
    let furnishing = Furnishing { display: Some(DISPLAY), bus: true, keyring: KeyringState::Unlocked };
    let desktop = Desktop::furnished(furnishing)?;
    let cloud = DemoCloud::start_with(&["--extra-accounts", &extra.to_string()])?;
    Ok((desktop, cloud))
}

/// A machine without a display whose Sidelight knows the demo cloud; its keychain is a real one.
pub fn machine_on_the_demo_cloud() -> Outcome<(Desktop, DemoCloud)> {
    let desktop = Desktop::furnished(Furnishing { display: None, bus: true, keyring: KeyringState::Unlocked })?;
    let cloud = DemoCloud::start()?;
    cloud.register(&Side::new(desktop.surroundings())?)?;
    Ok((desktop, cloud))
}

/// A machine without display, bus and keychain.
pub fn bare_machine() -> Outcome<Desktop> {
    Desktop::furnished(Furnishing { display: None, bus: false, keyring: KeyringState::None })
}

/// Writes a book of so many profiles into SIDELIGHT_HOME, spelled as `side` itself spells it (schema 1).
///
/// # Errors
/// When the file cannot be written.
pub fn book_of(profiles: usize, home: &Path) -> Outcome {
    let mut book = String::from(HEAD);
    for number in 0..profiles {
        let written = write_profile(&mut book, number);
        written.expect("writing to a String cannot fail");
    }
    book.push_str(END);
    let file = home.join("profiles.toml");
    std::fs::write(&file, book).map_err(HarnessError::io(format!("write {}", file.display())))
}

fn write_profile(book: &mut String, number: usize) -> std::fmt::Result {
    let client = number / 4;
    let account = 100_000_000_000 + 7_919 * number;
    let (stage, mark) = [("production", "PROD"), ("staging", "STG"), ("test", "TEST"), ("tools", "")][number % 4];
    let region = ["eu-central-1", "us-east-1", "ap-northeast-1"][client % 3];
    write!(book, "\n[[profile]]\nid = \"{number:08x}-0000-4000-8000-0000{number:08x}\"\n")?;
    write!(book, "name = \"client {client:04} {stage}\"\ngroup = \"Client {client:04}\"\n")?;
    write!(book, "account = \"{account}\"\npartition = \"aws\"\nregion = \"{region}\"\n")?;
    if !mark.is_empty() {
        writeln!(book, "mark = \"{mark}\"")?;
    }
    write!(book, "[profile.access_key]\nid = \"AKIAEXAMPLE{number:09}\"\n")?;
    writeln!(book, "role = \"arn:aws:iam::{account}:role/Admin\"")
}
