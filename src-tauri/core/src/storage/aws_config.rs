//! The files of the AWS CLI, `~/.aws/config` and `~/.aws/credentials`: read, never written, but for the
//! sessions of `aws login`, whose refresh tokens work once (`login`).
//!
//! Not the default chain: nothing here asks the instance metadata service, and an unknown profile
//! is an error. What a profile's keys mean is in `resolve`. Grows with AWS's keys.

mod block;
mod login;
mod process;
mod reading;
mod resolve;
mod words;

use std::env;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use directories::BaseDirs;
use jiff::Timestamp;
use secrecy::SecretString;

use super::files;
use crate::app::error::{Cause, Error};
use crate::app::ports::{AwsConfig, FoundCredentials, FoundInAws};
use crate::domain::import::{ConfigProfile, Unusable};
use crate::domain::input::{Field, InputError, Problem};
use crate::domain::profile::Region;
use crate::domain::secret::{AccessKey, SecretAccessKey, SessionCredentials};
use crate::domain::source::{AccessKeyId, ConfigProfileName};
use crate::domain::way::{Base, Way};
pub use block::{BlockChange, BlockEntry};
pub use reading::{AwsSections, KeyPair};

/// The two files, wherever they lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwsFiles {
    config: PathBuf,
    credentials: PathBuf,
    logins: PathBuf,
}

impl AwsFiles {
    /// Where the AWS CLI looks: `AWS_CONFIG_FILE`, `AWS_SHARED_CREDENTIALS_FILE` and
    /// `AWS_LOGIN_CACHE_DIRECTORY`, else `~/.aws`.
    #[must_use]
    pub fn from_environment() -> Self {
        let home = BaseDirs::new().map(|places| places.home_dir().join(".aws")).unwrap_or_default();
        let place = |variable: &str, usual: &str| {
            let named = env::var_os(variable).filter(|named| !named.is_empty()).map(PathBuf::from);
            named.map_or_else(|| home.join(usual), |named| expanded(&named))
        };
        Self {
            config: place("AWS_CONFIG_FILE", "config"),
            credentials: place("AWS_SHARED_CREDENTIALS_FILE", "credentials"),
            logins: place("AWS_LOGIN_CACHE_DIRECTORY", "login/cache"),
        }
    }

    /// These two, with sessions of `aws login` beside them.
    #[must_use]
    pub fn at(config: PathBuf, credentials: PathBuf) -> Self {
        Self { logins: config.with_file_name("login").join("cache"), config, credentials }
    }

    /// The file with everything but keys.
    #[must_use]
    pub fn config(&self) -> &Path {
        &self.config
    }

    /// The file with keys.
    #[must_use]
    pub fn credentials_file(&self) -> &Path {
        &self.credentials
    }

    /// What both hold now; a missing one holds nothing.
    ///
    /// # Errors
    /// `Disk`.
    pub fn read(&self) -> Result<AwsSections, Error> {
        let bytes = |path: &Path| files::read(path).map(Option::unwrap_or_default);
        Ok(AwsSections::of(&bytes(&self.config)?, &bytes(&self.credentials)?))
    }

    /// All profiles, by name.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn profiles(&self) -> Result<Vec<ConfigProfile>, Error> {
        let sections = self.read()?;
        let named = |name: &str| ConfigProfileName::parse(name).ok();
        Ok(sections.profiles().into_iter().filter_map(named).map(|name| profile(&sections, name)).collect())
    }

    /// One of them.
    ///
    /// # Errors
    /// As [`Self::read`]; `Input` where there is no such profile, or it gives no credentials.
    pub fn profile(&self, name: &str) -> Result<ConfigProfile, Error> {
        let name = ConfigProfileName::parse(name)?;
        let found = profile(&self.read()?, name);
        match &found.way {
            Err(unusable) => Err(Error::of_unusable(&found.name, unusable)),
            Ok(_) => Ok(found),
        }
    }
}

fn profile(sections: &AwsSections, name: ConfigProfileName) -> ConfigProfile {
    ConfigProfile {
        region: sections.get(name.as_str(), "region").and_then(|region| Region::parse(region).ok()),
        way: resolve::way(sections, name.as_str()),
        key_id: sections
            .keys(name.as_str())
            .filter(|pair| pair.token.is_none())
            .and_then(|pair| AccessKeyId::parse(&pair.id).ok()),
        name,
    }
}

/// As a shell would: a file in the home folder may be named by `~/`.
fn expanded(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), BaseDirs::new()) {
        (Ok(below), Some(places)) => places.home_dir().join(below),
        _ => path.to_owned(),
    }
}

#[async_trait]
impl AwsConfig for AwsFiles {
    async fn way(&self, profile: &ConfigProfileName) -> Result<Way, Error> {
        let sections = self.read()?;
        resolve::way(&sections, profile.as_str()).map_err(|unusable| Error::of_unusable(profile, &unusable))
    }

    async fn credentials(&self, base: &Base) -> Result<FoundCredentials, Error> {
        match base {
            Base::ConfigKeys(profile) => {
                let sections = self.read()?;
                let pair = sections.keys(profile.as_str());
                found(pair.ok_or_else(|| Error::of_unusable(profile, &Unusable::Nothing))?)
            }
            Base::Environment => {
                let said = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
                let pair = said("AWS_ACCESS_KEY_ID").zip(said("AWS_SECRET_ACCESS_KEY")).map(|(id, secret)| KeyPair {
                    id,
                    secret: secret.into(),
                    token: said("AWS_SESSION_TOKEN").map(SecretString::from),
                    expires_at: None,
                });
                let missing = Error::detailed(
                    Cause::Input(InputError::new(Field::ConfigProfile, Problem::GivesNothing)),
                    "credential_source = Environment, and AWS_ACCESS_KEY_ID is not set where Sidelight was started",
                );
                found(pair.ok_or(missing)?)
            }
            Base::Process(command) => found(process::run(command).await?),
            // They are others' to get.
            _ => Err(Cause::Bug.into()),
        }
    }

    async fn found(&self) -> Result<FoundInAws, Error> {
        Ok(FoundInAws {
            file: self.config.display().to_string(),
            profiles: self.profiles()?,
            sso_sessions: self.read()?.sso_sessions().len(),
        })
    }

    async fn key_lines(&self, profile: &ConfigProfileName) -> Result<Vec<String>, Error> {
        let lines = self.read()?.key_lines(profile.as_str());
        let file = self.credentials.display();
        Ok(lines.into_iter().map(|(line, key)| format!("{file}:{line}: {key} = …")).collect())
    }

    async fn token(&self, file: &Path) -> Result<SecretString, Error> {
        let path = expanded(file);
        let missing = || Error::from(Cause::Disk { path: path.clone(), free_bytes: None });
        let text = String::from_utf8(files::read(&path)?.ok_or_else(missing)?).map_err(|_| missing())?;
        Ok(text.trim().to_owned().into())
    }
}

fn found(pair: KeyPair) -> Result<FoundCredentials, Error> {
    Ok(match pair.token {
        Some(token) => {
            let expires_at = pair.expires_at.unwrap_or(Timestamp::MAX);
            FoundCredentials::Temporary(SessionCredentials::new(pair.id, pair.secret, token, expires_at))
        }
        None => FoundCredentials::LongTerm(AccessKey {
            id: AccessKeyId::parse(&pair.id)?,
            secret: SecretAccessKey::parse(pair.secret)?,
        }),
    })
}
