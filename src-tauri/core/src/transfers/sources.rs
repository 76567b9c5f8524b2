//! How downloads are asked for that are not over: in the keychain, since an address may carry a signature,
//! and cookies let somebody in.
//!
//! Windows' keychain takes 2,560 bytes an entry; a longer one is not kept, and its download does not go on
//! after a restart.

use std::sync::{Arc, OnceLock};

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc::{self, UnboundedSender};
use url::Url;

use crate::app::error::{Cause, Error};
use crate::app::ports::Vault;
use crate::domain::download::{DownloadId, Source};
use crate::domain::link;
use crate::domain::profile::ProfileId;
use crate::domain::secret::SecretId;

/// As the keychain keeps it.
#[derive(Serialize, Deserialize)]
struct Packed {
    profile: String,
    url: String,
    cookies: Option<String>,
    user_agent: Option<String>,
}

/// One to be kept, or (without) forgotten.
type Job = (DownloadId, Option<SecretString>);

/// The sources, kept and forgotten in the order in which that was asked for.
#[derive(Clone)]
pub struct Sources {
    vault: Arc<dyn Vault>,
    jobs: Arc<OnceLock<UnboundedSender<Job>>>,
}

impl Sources {
    /// In this keychain.
    pub fn new(vault: Arc<dyn Vault>) -> Self {
        Self { vault, jobs: Arc::default() }
    }

    /// Keeps one; where that fails it is told to the log alone.
    pub fn keep(&self, id: DownloadId, profile: &ProfileId, source: &Source) {
        self.send(id, pack(profile, source));
    }

    /// Forgets one.
    pub fn forget(&self, id: DownloadId) {
        self.send(id, None);
    }

    /// One that was kept, for this profile and address.
    pub async fn recall(&self, id: DownloadId, profile: &ProfileId, address: &Url) -> Result<Source, Error> {
        let kept = self.vault.read(&SecretId::DownloadSource(id)).await?;
        let packed: Packed = serde_json::from_str(kept.expose_secret()).map_err(|_| Cause::KeychainMissing)?;
        let is_it = Url::parse(&packed.url).is_ok_and(|url| link::bare(&url) == *address);
        if !is_it || packed.profile != profile.as_str() {
            return Err(Cause::KeychainMissing.into());
        }
        let Packed { url, cookies, user_agent, .. } = packed;
        Ok(Source { url: url.into(), cookies: cookies.map(Into::into), user_agent })
    }

    fn send(&self, id: DownloadId, packed: Option<SecretString>) {
        let jobs = self.jobs.get_or_init(|| {
            let (jobs, mut received) = mpsc::unbounded_channel();
            let vault = self.vault.clone();
            tokio::spawn(async move {
                while let Some((id, packed)) = received.recv().await {
                    let secret = SecretId::DownloadSource(id);
                    let done = match packed {
                        Some(packed) => vault.write(&secret, &packed).await,
                        None => vault.remove(&secret).await,
                    };
                    if let Err(error) = done {
                        tracing::info!(%error, %id, "the keychain does not keep how a download is asked for");
                    }
                }
            });
            jobs
        });
        // The writer lives as long as its sender.
        let _ = jobs.send((id, packed));
    }
}

fn pack(profile: &ProfileId, source: &Source) -> Option<SecretString> {
    let packed = Packed {
        profile: profile.to_string(),
        url: source.url.expose_secret().to_owned(),
        cookies: source.cookies.as_ref().map(|cookies| cookies.expose_secret().to_owned()),
        user_agent: source.user_agent.clone(),
    };
    serde_json::to_string(&packed).ok().map(SecretString::from)
}
