//! The real world, joined for a host: keychain, book, AWS and clock behind the app's ports.
//!
//! Both hosts (the app and `side`) take it from here; tests bring their own. Grows with the ports.

use std::env;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

use crate::app::World;
use crate::app::error::Error;
use crate::app::ports::{Clock, MfaPrompt, PortalPrompt, Vault};
use crate::aws::federation::HttpFederation;
use crate::aws::http;
use crate::aws::identity_center::HttpIdentityCenter;
use crate::aws::login_session::HttpLoginSessions;
use crate::aws::sts::SdkSts;
use crate::aws::trust::{self, AWS_CA_BUNDLE, Trust};
use crate::storage::aws_config::AwsFiles;
use crate::storage::download_folder::DownloadFolder;
use crate::storage::home::Home;
use crate::storage::keychain::Keychain;
use crate::storage::profile_book::BookFile;
use crate::storage::turns::TurnLocks;
use crate::transfers::{HttpTransfers, Patience};

/// The machine's own clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// Joins the ports for `side`, which carries no downloads; see [`with_downloads`].
///
/// # Errors
/// As there.
pub fn of<People: MfaPrompt + PortalPrompt + 'static>(home: &Home, people: Arc<People>) -> Result<World, Error> {
    with_downloads(home, people, DownloadFolder::new(Path::new("")))
}

/// Joins the ports; `people` are whoever has an MFA device, and signs in to portals. The
/// file that `AWS_CA_BUNDLE` names is trusted beside the system's own store.
///
/// # Errors
/// `Certificate` where that file cannot be read or holds no certificate.
pub fn with_downloads<People: MfaPrompt + PortalPrompt + 'static>(
    home: &Home,
    people: Arc<People>,
    downloads: DownloadFolder,
) -> Result<World, Error> {
    let trust = trust()?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let keychain = Arc::new(Keychain::new());
    let vault: Arc<dyn Vault> = keychain.clone();
    let client = http::client(&trust)?;
    let turns = Arc::new(TurnLocks::new(home));
    let aws_files = Arc::new(AwsFiles::from_environment());
    let random = || Uuid::new_v4().simple().to_string();
    Ok(World {
        identity_center: Arc::new(HttpIdentityCenter::new(
            client.clone(),
            vault.clone(),
            clock.clone(),
            turns.clone(),
            random,
        )),
        login_sessions: Arc::new(HttpLoginSessions::new(
            client.clone(),
            aws_files.clone(),
            clock.clone(),
            turns.clone(),
            || Uuid::new_v4().to_string(),
        )),
        turns,
        transfers: Arc::new(HttpTransfers::new(&trust, downloads, vault.clone(), Patience::default())?),
        vault,
        presence: keychain,
        book: Arc::new(BookFile::new(home, clock.clone())),
        book_turn: Arc::default(),
        federation: Arc::new(HttpFederation::new(client.clone())),
        sts: Arc::new(SdkSts::new(client, clock.clone())),
        aws_config: aws_files,
        mfa: people.clone(),
        portal: people,
        kept: Arc::default(),
        clock,
    })
}

/// The system's trust store, and the certificates in the file that `AWS_CA_BUNDLE` names (PEM).
///
/// # Errors
/// `Certificate` where it cannot be read, `Bug` where the TLS library cannot start.
pub fn trust() -> Result<Trust, Error> {
    let Some(path) = env::var_os(AWS_CA_BUNDLE).filter(|path| !path.is_empty()) else {
        return Trust::new(None);
    };
    let extra = std::fs::read(&path)
        .map_err(|error| Error::detailed(trust::unreadable(), format!("{}: {error}", path.display())))?;
    Trust::new(Some(&extra))
}
