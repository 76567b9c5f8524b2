//! Requests to S3 with signed headers, path style, at the cloud's own time.
//! It is not the SDK: it sends what it is told, right or wrong.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SigningSettings, UriPathNormalizationMode,
    sign,
};
use aws_sigv4::sign::v4;
use axum::body::Bytes;
use axum::http::Method;
use serde_json::json;
use sidelight_demo::DemoCloud;

use crate::support::{ADMIN, Answer, Keys, Outcome, acme, assume_with, owned, post_json, request, signed_in};

/// A bucket of acme production.
pub const BUCKET: &str = "acme-prod-reports-3333";
pub const READ_ONLY: (&str, &str) = ("PolicyArns.member.1.arn", "arn:aws:iam::aws:policy/ReadOnlyAccess");

/// Somebody who signs.
pub struct Client<'a> {
    pub cloud: &'a DemoCloud,
    pub keys: Keys,
    pub region: &'static str,
    /// How much later the clock is than the cloud's.
    pub seconds_ahead: i64,
}

/// The user of acme production.
pub fn client(cloud: &DemoCloud) -> Client<'_> {
    Client { cloud, keys: acme(cloud), region: "eu-central-1", seconds_ahead: 0 }
}

/// A session of that account's role, with whatever else the call to STS carries.
pub async fn session<'a>(cloud: &'a DemoCloud, more: &[(&str, &str)]) -> Outcome<Client<'a>> {
    let keys = assume_with(cloud, &acme(cloud), ADMIN, more).await?.keys();
    Ok(Client { keys, ..client(cloud) })
}

impl Client<'_> {
    /// To a path below the bucket, as it stands on the wire, with its query.
    pub async fn send(
        &self,
        method: Method,
        below: &str,
        headers: &[(&str, &str)],
        body: impl Into<Bytes>,
    ) -> Outcome<Answer> {
        let body = body.into();
        self.send_as(SignableBody::Bytes(&body), method, &format!("/{BUCKET}{below}"), headers, body.clone()).await
    }

    pub async fn get(&self, below: &str, headers: &[(&str, &str)]) -> Outcome<Answer> {
        self.send(Method::GET, below, headers, "").await
    }

    pub async fn head(&self, below: &str, headers: &[(&str, &str)]) -> Outcome<Answer> {
        self.send(Method::HEAD, below, headers, "").await
    }

    pub async fn put(&self, below: &str, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Outcome<Answer> {
        let body = body.into();
        let length = body.len().to_string();
        let headers = [headers, &[("content-length", length.as_str())]].concat();
        self.send(Method::PUT, below, &headers, body).await
    }

    /// With a body that is signed as another one, or not at all.
    pub async fn send_as(
        &self,
        signed: SignableBody<'_>,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Bytes>,
    ) -> Outcome<Answer> {
        let url = format!("{}{path}", self.cloud.s3_url());
        let identity = Credentials::new(&self.keys.id, &self.keys.secret, self.keys.token.clone(), None, "test").into();
        let mut settings = SigningSettings::default();
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
        let seconds = Duration::from_secs((self.cloud.clock().now().as_second() + self.seconds_ahead).try_into()?);
        let signing = v4::SigningParams::builder()
            .identity(&identity)
            .region(self.region)
            .name("s3")
            .time(SystemTime::UNIX_EPOCH + seconds)
            .settings(settings)
            .build()?
            .into();
        let signable = SignableRequest::new(method.as_str(), &url, headers.iter().copied(), signed)?;
        let (instructions, _) = sign(signable, &signing)?.into_parts();
        let mut headers = owned(headers);
        headers.extend(instructions.headers().map(|(name, value)| (name.to_owned(), value.to_owned())));
        request(method, &url, &headers, body).await
    }
}

/// A presigned link, as the console's pages get one.
pub async fn link(cloud: &DemoCloud, key: &str) -> Outcome<String> {
    let cookies = signed_in(cloud, &cloud.accounts()[0]).await?;
    let url = format!("{}/demo/api/presign", cloud.main_url());
    let answer = post_json(&url, &cookies, json!({ "bucket": BUCKET, "key": key })).await?;
    answer.json()?["url"].as_str().map(str::to_owned).ok_or_else(|| answer.text().into())
}

/// Status and code of a refusal.
pub fn refusal(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.element("Code"))
}

pub fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}
