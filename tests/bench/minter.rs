//! Sidelight's own way from an access key to a sign-in URL, inside this process: what the app and
//! `side url` do, but with a keychain that is a variable.

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use sidelight_core::app::World;
use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::ports::{MfaAsk, MfaPrompt, PortalPrompt, Presence, Vault};
use sidelight_core::app::sessions;
use sidelight_core::aws::federation::HttpFederation;
use sidelight_core::aws::http;
use sidelight_core::aws::identity_center::HttpIdentityCenter;
use sidelight_core::aws::login_session::HttpLoginSessions;
use sidelight_core::aws::sts::SdkSts;
use sidelight_core::aws::trust::Trust;
use sidelight_core::domain::book::Book;
use sidelight_core::domain::input::Field;
use sidelight_core::domain::partition::{Endpoint, OwnPartition, Partition, PartitionName};
use sidelight_core::domain::profile::{Profile, ProfileId, ProfileName, Region};
use sidelight_core::domain::secret::{MfaCode, SecretId};
use sidelight_core::domain::service::service;
use sidelight_core::domain::session::Access;
use sidelight_core::domain::sign_in::Destination;
use sidelight_core::domain::source::{AccessKeyId, AccessKeySource, Role, RoleArn, Source, Through};
use sidelight_core::storage::aws_config::AwsFiles;
use sidelight_core::storage::download_folder::DownloadFolder;
use sidelight_core::storage::home::Home;
use sidelight_core::storage::profile_book::BookFile;
use sidelight_core::storage::turns::TurnLocks;
use sidelight_core::transfers::{HttpTransfers, Patience};
use sidelight_core::world::SystemClock;
use sidelight_tests::{HarnessError, Outcome};
use tempfile::TempDir;
use url::Url;

/// Where to mint, and with what.
pub struct Endpoints {
    /// The address of STS.
    pub sts: String,
    /// The address of the federation endpoint.
    pub federation: String,
    /// The key's public half.
    pub access_key_id: String,
    /// The key's secret half.
    pub secret_access_key: String,
    /// The role to assume.
    pub role: String,
    /// The region of the calls.
    pub region: String,
}

/// A world without a keychain, and a profile of it.
pub struct Minter {
    world: World,
    book: Book,
    profile: Profile,
    destination: Destination,
    _home: TempDir,
}

/// Nobody has an MFA device here.
struct Nobody;

/// A keychain that holds one secret in memory.
pub struct OneSecret(pub String);

impl Minter {
    /// Ready to mint; nothing is connected yet.
    ///
    /// # Errors
    /// When the core refuses the endpoints.
    pub fn new(endpoints: &Endpoints) -> Outcome<Self> {
        let home = tempfile::tempdir().map_err(HarnessError::io("make a folder for the book"))?;
        Self::in_home(endpoints, home).map_err(failed)
    }

    fn in_home(endpoints: &Endpoints, home: TempDir) -> Result<Self, Error> {
        let clock = Arc::new(SystemClock);
        let turns = Arc::new(TurnLocks::new(&Home::at(home.path())?));
        let trust = Trust::new(None)?;
        let client = http::client(&trust)?;
        let aws_files = Arc::new(AwsFiles::at("none".into(), "none".into()));
        let world = World {
            vault: Arc::new(OneSecret(endpoints.secret_access_key.clone())),
            presence: Arc::new(Nobody),
            book: Arc::new(BookFile::new(&Home::at(home.path())?, clock.clone())),
            book_turn: Arc::default(),
            sts: Arc::new(SdkSts::new(client.clone(), clock.clone())),
            federation: Arc::new(HttpFederation::new(client.clone())),
            aws_config: aws_files.clone(),
            login_sessions: Arc::new(HttpLoginSessions::new(
                client.clone(),
                aws_files,
                clock.clone(),
                turns.clone(),
                String::new,
            )),
            identity_center: Arc::new(HttpIdentityCenter::new(
                client.clone(),
                Arc::new(OneSecret(String::new())),
                clock.clone(),
                turns.clone(),
                String::new,
            )),
            turns,
            transfers: Arc::new(HttpTransfers::new(
                &trust,
                DownloadFolder::new(home.path()),
                Arc::new(OneSecret(String::new())),
                Patience::default(),
            )?),
            portal: Arc::new(Nobody),
            mfa: Arc::new(Nobody),
            kept: Arc::default(),
            clock,
        };
        let region = Region::parse(&endpoints.region)?;
        let sign_in = Endpoint::parse(&endpoints.federation, Field::SignIn)?;
        let partition = Partition::Own(Box::new(OwnPartition {
            name: PartitionName::parse("bench")?,
            sts: Endpoint::parse(&endpoints.sts, Field::Sts)?,
            consoles: vec![sign_in.clone()],
            sign_in,
            s3: None,
            iam: None,
            sso: None,
            sso_oidc: None,
            regions: vec![region.clone()],
        }));
        let role = Role::plain(RoleArn::parse(&endpoints.role)?);
        let key_id = AccessKeyId::parse(&endpoints.access_key_id)?;
        let profile = Profile {
            id: ProfileId::parse("bench")?,
            name: ProfileName::parse("bench")?,
            group: None,
            account: None,
            partition: PartitionName::parse("bench")?,
            region: region.clone(),
            mark: None,
            guards: None,
            sites: Vec::new(),
            source: Source::AccessKey(AccessKeySource { key_id, through: Through::Role(role), duration: None }),
        };
        let destination = Destination::service(&partition, &region, service("home")?)?;
        let Partition::Own(own) = partition else { return Err(Cause::Bug.into()) };
        let book = Book::from_parts(Vec::new(), vec![*own], Vec::new(), Vec::new(), Vec::new())?;
        Ok(Self { world, book, profile, destination, _home: home })
    }

    /// One sign-in URL, thrown away.
    ///
    /// # Errors
    /// What the core answers with.
    pub async fn mint(&self) -> Outcome {
        let signed_in =
            sessions::sign_in(&self.world, &self.book, &self.profile, Access::Full, &self.destination).await;
        signed_in.map(drop).map_err(failed)
    }
}

#[async_trait]
impl Vault for OneSecret {
    async fn read(&self, _secret: &SecretId) -> Result<SecretString, Error> {
        Ok(self.0.clone().into())
    }

    async fn write(&self, _secret: &SecretId, _value: &SecretString) -> Result<(), Error> {
        Err(Cause::KeychainDenied.into())
    }

    async fn remove(&self, _secret: &SecretId) -> Result<(), Error> {
        Err(Cause::KeychainDenied.into())
    }
}

#[async_trait]
impl MfaPrompt for Nobody {
    async fn code(&self, _ask: MfaAsk) -> Result<MfaCode, Error> {
        Err(Cause::MfaNeeded.into())
    }
}

#[async_trait]
impl Presence for Nobody {
    async fn ready(&self) -> Result<(), Error> {
        Err(Cause::KeychainUnavailable.into())
    }

    async fn lock(&self) -> Result<(), Error> {
        Ok(())
    }

    async fn prove(&self) -> Result<(), Error> {
        Err(Cause::KeychainUnavailable.into())
    }
}

#[async_trait]
impl PortalPrompt for Nobody {
    async fn open(&self, _url: &Url) -> Result<(), Error> {
        Err(Cause::Expired.into())
    }

    async fn show_code(&self, _code: &str, _url: &str) -> Result<(), Error> {
        Err(Cause::Expired.into())
    }
}

fn failed(error: Error) -> HarnessError {
    let output = error.detail.clone().unwrap_or_default();
    HarnessError::Ended { program: "sign-in".to_owned(), status: error.to_string(), output }
}
