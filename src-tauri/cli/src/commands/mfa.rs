//! `side mfa`: an MFA code given now, so that the next hours need none; and a device's seed in the
//! keychain, so that its codes are made.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use sidelight_core::app::credentials::{self, GivenSeed, TotpSeed, Use};
use sidelight_core::app::error::Cause;
use sidelight_core::app::ports::Vault;
use sidelight_core::domain::book::Book;
use sidelight_core::domain::input::{Field, InputError, Problem};
use sidelight_core::domain::profile::Profile;
use sidelight_core::domain::secret::SecretId;
use sidelight_core::domain::session::Access;
use sidelight_core::domain::source::MfaSerial;
use sidelight_core::storage::files;
use sidelight_core::storage::home::Home;
use sidelight_core::storage::keychain::Keychain;
use sidelight_core::world;

use crate::book;
use crate::failure::Failure;
use crate::mfa::TerminalPrompt;
use crate::output;
use crate::runtime;
use crate::secret;

/// Give an MFA code now, so that the next hours need none
///
/// The code is asked for at the terminal, or read from standard input where there is none. What AWS
/// gives for it is kept in the keychain until its end (up to twelve hours) and shared by all
/// profiles behind the same user and device, in the window and on the command line.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Mfa {
    /// The profile's name or id
    name: String,
    /// Keep the device's seed in the keychain, so that codes are made and need not be typed
    #[arg(long, conflicts_with = "forget_seed")]
    seed: bool,
    /// Keep the device's seed from a QR picture of it (PNG or JPEG)
    #[arg(long, value_name = "PICTURE", conflicts_with_all = ["seed", "forget_seed"])]
    seed_from: Option<PathBuf>,
    /// Take the device's seed out of the keychain
    #[arg(long)]
    forget_seed: bool,
}

const HELP: &str = "\
Examples:
  side mfa 'acme prod'
  side mfa 'acme prod' --seed     asks for the seed (base32) or its otpauth:// link; it is not shown
  side mfa 'acme prod' --seed-from code.png

With the seed beside the key, whoever opens this keychain has both factors: choose that knowingly.

Exit codes:
  0 done · 2 the profile asks for no device, or the text is no seed · 3 no such profile
  4 AWS did not take the code · 5 keychain · 6 network · 7 cancelled at the prompt";

impl Mfa {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let loaded = book::load(home)?;
        let profile = book::find(&loaded.book, &self.name)?;
        let world = world::of(home, Arc::new(TerminalPrompt { reads_stdin: true }))?;
        let device = runtime::run(async { Ok(credentials::device(&world, &loaded.book, profile).await?) })?;
        let device = device.ok_or(InputError::new(Field::MfaSerial, Problem::Missing))?;
        if self.forget_seed {
            runtime::run(async { Ok(Keychain::new().remove(&SecretId::TotpSeed(device.clone())).await?) })?;
            output::remark(&format!("The seed of {} is gone from the keychain", device.short()));
            return Ok(());
        }
        if self.seed {
            let question = format!("Seed of the MFA device {} (it is not shown): ", device.short());
            return keep_seed(&device, GivenSeed::Text(secret::ask_text(question)?));
        }
        if let Some(picture) = self.seed_from {
            let bytes = files::read(&picture)?.ok_or(Cause::Disk { path: picture, free_bytes: None })?;
            return keep_seed(&device, GivenSeed::Picture(bytes.into()));
        }
        runtime::run(give_code(&world, &loaded.book, profile))?;
        output::remark(&format!("{} is signed in with {}", profile.name, device.short()));
        Ok(())
    }
}

fn keep_seed(device: &MfaSerial, given: GivenSeed) -> Result<(), Failure> {
    runtime::run(async {
        let seed = TotpSeed::read(given).await?;
        Ok(Keychain::new().write(&SecretId::TotpSeed(device.clone()), seed.wrapped()).await?)
    })?;
    output::remark(&format!("The codes of {} are made from now on", device.short()));
    Ok(())
}

async fn give_code(world: &sidelight_core::app::World, book: &Book, profile: &Profile) -> Result<(), Failure> {
    credentials::of(world, book, profile, Access::Full, Use::Programs).await?;
    Ok(())
}
