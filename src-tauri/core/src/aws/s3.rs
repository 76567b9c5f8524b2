//! S3: one bucket's objects, asked for with a profile's own credentials.
//!
//! Not what is copied, nor how often something is tried again when the network is gone (`transfers`).
//! Source: Amazon S3 API reference.

mod failure;
mod multipart;
mod said;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use aws_sdk_s3::Client;
use aws_sdk_s3::config::retry::RetryConfig;
use aws_sdk_s3::config::timeout::TimeoutConfig;
use aws_sdk_s3::config::{
    AppName, BehaviorVersion, Credentials, IdentityCache, Region, ResponseChecksumValidation, SharedHttpClient,
};
use aws_sdk_s3::types::{ChecksumAlgorithm, ChecksumMode};
use bytes::Bytes;
use jiff::Timestamp;

use super::trust::Trust;
use super::{http, sdk};
use crate::app::error::{Cause, Error};
use crate::app::ports::{Keys, Place};
use crate::domain::download::{Announced, Digest};
use crate::domain::partition::Partition;
pub use failure::S3Error;
use failure::{Asked, refused};
pub use multipart::{Part, Upload};

/// How long credentials may take: an MFA device or a portal's page may be asked for them.
const CREDENTIALS: Duration = Duration::from_secs(300);

/// Where S3 is asked, and by which connections.
#[derive(Clone)]
pub struct S3 {
    http: SharedHttpClient,
}

impl S3 {
    /// With the environment's proxy.
    #[must_use]
    pub fn new(trust: &Trust) -> Self {
        Self { http: sdk::own_client(trust) }
    }

    /// A bucket, in the region that it is in.
    ///
    /// # Errors
    /// The credentials'; `Refused` where there is no such bucket, `Network`.
    pub async fn bucket(&self, name: &str, place: &Place, keys: Arc<dyn Keys>) -> Result<Bucket, Error> {
        // Here, where they may take as long as the user does, and their errors are told as they are.
        keys.current().await?;
        let client = |region: &str| self.client(place, region, keys.clone());
        let bucket = Bucket {
            client: client(place.region.as_str()),
            name: name.to_owned(),
            host: place.partition.s3_host(name),
            arn_partition: place.partition.arn_partition().to_owned(),
        };
        // An own partition has one S3, wherever that says it is.
        if matches!(place.partition, Partition::Own(_)) {
            return Ok(bucket);
        }
        match bucket.region().await? {
            Some(region) if region != place.region.as_str() => Ok(Bucket { client: client(&region), ..bucket }),
            _ => Ok(bucket),
        }
    }

    fn client(&self, place: &Place, region: &str, keys: Arc<dyn Keys>) -> Client {
        let mut config = aws_sdk_s3::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(region.to_owned()))
            .http_client(self.http.clone())
            .credentials_provider(Provider(keys))
            .identity_cache(IdentityCache::lazy().load_timeout(CREDENTIALS).build())
            .retry_config(RetryConfig::standard().with_max_attempts(3))
            // A part of an object has no checksum of its own; the whole is checked on the disk.
            .response_checksum_validation(ResponseChecksumValidation::WhenRequired)
            // A body takes as long as it takes; one that stands still is told by the SDK.
            .timeout_config(TimeoutConfig::builder().connect_timeout(http::CONNECT).build());
        if let Ok(name) = AppName::new("sidelight") {
            config = config.app_name(name);
        }
        if let Partition::Own(own) = &place.partition
            && let Some(endpoint) = &own.s3
        {
            config = config.endpoint_url(endpoint.url().as_str()).force_path_style(true);
        }
        Client::from_conf(config.build())
    }
}

/// One bucket.
#[derive(Clone)]
pub struct Bucket {
    client: Client,
    name: String,
    host: String,
    arn_partition: String,
}

/// An object in a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its key.
    pub key: String,
    /// In bytes.
    pub length: u64,
}

/// What comes in of an object.
pub struct Body {
    stream: aws_sdk_s3::primitives::ByteStream,
    host: String,
    /// What S3 says of it; of a part that is nothing of use.
    pub announced: Announced,
}

impl Body {
    /// The next piece.
    ///
    /// # Errors
    /// `Network`.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Error> {
        self.stream.try_next().await.map_err(|error| http::connection_failed(&self.host, &error))
    }
}

/// Whether an answer's `Content-Range` (RFC 9110, 14.4) is of the part that was asked for. An answer without one is the
/// whole object, which begins at its beginning only.
fn is_of(content_range: Option<&str>, from: u64, to: u64) -> bool {
    content_range.map_or(from == 0, |range| range.starts_with(&format!("bytes {from}-{}/", to.saturating_sub(1))))
}

impl Bucket {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The host that answers for it.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// S3 says it also where it refuses the rest.
    async fn region(&self) -> Result<Option<String>, Error> {
        match self.client.head_bucket().bucket(&self.name).send().await {
            Ok(answer) => Ok(answer.bucket_region().map(ToOwned::to_owned)),
            Err(error) => {
                let said = error.raw_response().and_then(|answer| answer.headers().get("x-amz-bucket-region"));
                match said {
                    Some(region) => Ok(Some(region.to_owned())),
                    None => Err(refused(&self.asked("s3:ListBucket", ""), &error).into()),
                }
            }
        }
    }

    /// What there is to say of an object: its length, its version, what its content comes to.
    ///
    /// # Errors
    /// `Refused` with 404 where there is none; `Denied`, `Network`, …
    pub async fn head(&self, key: &str) -> Result<Announced, Error> {
        let call = self.client.head_object().bucket(&self.name).key(key).checksum_mode(ChecksumMode::Enabled);
        let answer = call.send().await.map_err(|error| refused(&self.asked("s3:GetObject", key), &error))?;
        Ok(said::of_head(&answer))
    }

    /// An object, or its bytes from one on to before another; of this version (its ETag), where that is said.
    ///
    /// # Errors
    /// [`S3Error::Precondition`] where it is another version by now.
    pub async fn get(&self, key: &str, part: Option<(u64, u64)>, etag: Option<&str>) -> Result<Body, S3Error> {
        let call = self
            .client
            .get_object()
            .bucket(&self.name)
            .key(key)
            .checksum_mode(ChecksumMode::Enabled)
            .set_range(part.map(|(from, end)| format!("bytes={from}-{}", end.saturating_sub(1))))
            .set_if_match(etag.map(ToOwned::to_owned));
        let answer = call.send().await.map_err(|error| refused(&self.asked("s3:GetObject", key), &error))?;
        if let Some((from, to)) = part
            && !is_of(answer.content_range(), from, to)
        {
            let words = format!("bytes {from} to {to} were asked for, {:?} came", answer.content_range());
            return Err(Error::detailed(Cause::Damaged, words).into());
        }
        let announced = said::of_get(&answer);
        Ok(Body { stream: answer.body, host: self.host.clone(), announced })
    }

    /// A thousand objects whose keys begin so, and how the next ones are asked for.
    ///
    /// # Errors
    /// `Denied`, `Refused`, `Network`, …
    pub async fn list(&self, prefix: &str, from: Option<String>) -> Result<(Vec<Listed>, Option<String>), Error> {
        let call = self.client.list_objects_v2().bucket(&self.name).prefix(prefix).set_continuation_token(from);
        let answer = call.send().await.map_err(|error| refused(&self.asked("s3:ListBucket", ""), &error))?;
        let next = answer.next_continuation_token.filter(|_| answer.is_truncated == Some(true));
        let listed = answer.contents.unwrap_or_default().into_iter().filter_map(|object| {
            Some(Listed { key: object.key?, length: object.size.and_then(|size| u64::try_from(size).ok())? })
        });
        Ok((listed.collect(), next))
    }

    /// An object whole, with its checksum; only where there is none yet, unless it `replaces` it.
    ///
    /// # Errors
    /// [`S3Error::Precondition`] where there is one.
    pub async fn put(&self, key: &str, bytes: Bytes, replaces: bool) -> Result<(), S3Error> {
        let call = self
            .client
            .put_object()
            .bucket(&self.name)
            .key(key)
            .checksum_algorithm(ChecksumAlgorithm::Crc64Nvme)
            .set_if_none_match((!replaces).then(|| "*".to_owned()))
            .body(bytes.into());
        call.send().await.map_err(|error| refused(&self.asked("s3:PutObject", key), &error))?;
        Ok(())
    }

    /// What there is under a key; `None` for nothing.
    ///
    /// # Errors
    /// As [`Self::head`], but not for 404.
    pub async fn found(&self, key: &str) -> Result<Option<(u64, Option<Digest>)>, Error> {
        match self.head(key).await {
            Ok(announced) => Ok(Some((announced.length.unwrap_or_default(), announced.digest))),
            Err(Error { cause: Cause::Refused { status: 404, .. }, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn asked<'a>(&'a self, action: &'static str, key: &'a str) -> Asked<'a> {
        Asked { action, bucket: self, key }
    }
}

/// The profile's credentials, as the SDK asks for them.
#[derive(Debug)]
struct Provider(Arc<dyn Keys>);

impl ProvideCredentials for Provider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async {
            let credentials = self.0.current().await.map_err(CredentialsError::provider_error)?;
            let since_1970 = |end: Timestamp| u64::try_from(end.as_second()).map(Duration::from_secs);
            let ends_at = credentials.end().and_then(|end| Some(SystemTime::UNIX_EPOCH + since_1970(end).ok()?));
            let token = credentials.expose_token().to_owned();
            let (id, secret) = (credentials.key_id.clone(), credentials.expose_secret());
            Ok(Credentials::new(id, secret, Some(token), ends_at, "sidelight"))
        })
    }
}
