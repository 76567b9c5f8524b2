//! The federation endpoint: temporary credentials for a sign-in token.
//!
//! By POST, so that no secret stands in a URL that a proxy or server might log.
//! Source: IAM user guide, "Enabling custom identity broker access to the AWS console".

use async_trait::async_trait;
use reqwest::StatusCode;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use url::Url;
use zeroize::Zeroizing;

use super::http;
use crate::app::error::{Cause, Error};
use crate::app::ports::{Federation, FederationError};
use crate::domain::secret::SessionCredentials;
use crate::domain::source::SessionDuration;

/// How often a throttled call is made: somebody waits for it.
const TRIES: u32 = 3;

/// The longest answer that is read.
const LONGEST_ANSWER: usize = 64 * 1024;

/// The federation endpoint over HTTP.
pub struct HttpFederation {
    client: reqwest::Client,
}

impl HttpFederation {
    /// With the client that all calls share.
    #[must_use]
    pub fn new(client: reqwest::Client) -> Self {
        Self { client }
    }
}

/// `Session` as the endpoint wants it. Source: as above.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SessionJson<'a> {
    session_id: &'a str,
    session_key: &'a str,
    session_token: &'a str,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(rename = "SigninToken")]
    token: SecretString,
}

#[async_trait]
impl Federation for HttpFederation {
    async fn sign_in_token(
        &self,
        endpoint: &Url,
        credentials: &SessionCredentials,
        duration: Option<SessionDuration>,
    ) -> Result<SecretString, FederationError> {
        let host = endpoint.host_str().unwrap_or_default();
        let session = SessionJson {
            session_id: &credentials.key_id,
            session_key: credentials.expose_secret(),
            session_token: credentials.expose_token(),
        };
        let bug = |_| FederationError::Failed(Cause::Bug.into());
        let session = Zeroizing::new(serde_json::to_string(&session).map_err(bug)?);
        let seconds = duration.map(|duration| duration.seconds().to_string());
        let mut form = vec![("Action", "getSigninToken"), ("Session", session.as_str())];
        if let Some(seconds) = &seconds {
            form.push(("SessionDuration", seconds));
        }
        let failed =
            |error: reqwest::Error| FederationError::Failed(http::connection_failed(host, &error.without_url()));
        let ask = || Ok(self.client.post(endpoint.clone()).form(&form));
        let answer = http::patiently(TRIES, ask, failed).await?;
        let status = answer.status();
        let body = read(answer).await.map_err(failed)?;
        if status == StatusCode::OK {
            let unreadable = |_| not_understood(host, "The answer holds no sign-in token");
            return serde_json::from_slice::<Answer>(&body).map(|answer| answer.token).map_err(unreadable);
        }
        Err(refused(host, status, &said(&body, credentials)))
    }
}

/// Reads at most [`LONGEST_ANSWER`] bytes.
async fn read(mut answer: reqwest::Response) -> Result<Zeroizing<Vec<u8>>, reqwest::Error> {
    let mut body = Zeroizing::new(Vec::new());
    while let Some(chunk) = answer.chunk().await? {
        let room = LONGEST_ANSWER.saturating_sub(body.len());
        body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
        if room <= chunk.len() {
            break;
        }
    }
    Ok(body)
}

fn refused(host: &str, status: StatusCode, said: &str) -> FederationError {
    let number = status.as_u16();
    let detail = if said.is_empty() { format!("HTTP {number}") } else { format!("HTTP {number}: {said}") };
    let cause = match status.as_u16() {
        400 => return FederationError::BadRequest(detail),
        401 | 403 => Cause::Denied { action: "signin:getSigninToken".to_owned(), resource: None },
        429 => Cause::Throttled,
        _ => Cause::Network { host: host.to_owned() },
    };
    FederationError::Failed(Error::detailed(cause, detail))
}

fn not_understood(host: &str, detail: &str) -> FederationError {
    FederationError::Failed(Error::detailed(Cause::Network { host: host.to_owned() }, detail))
}

/// The first line of what the endpoint said, for a person; should it repeat a secret, nothing.
fn said(body: &[u8], credentials: &SessionCredentials) -> String {
    let text = String::from_utf8_lossy(body);
    let repeats = [credentials.expose_secret(), credentials.expose_token(), &credentials.key_id]
        .into_iter()
        .any(|secret| !secret.is_empty() && text.contains(secret));
    if repeats {
        return String::new();
    }
    let plain = without_tags(&text);
    plain.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect()
}

/// The text between tags, each tag a blank.
fn without_tags(text: &str) -> String {
    let mut plain = String::new();
    let mut inside = false;
    for character in text.chars() {
        match character {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                plain.push(' ');
            }
            character if !inside => plain.push(character),
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_endpoint_says_is_shown_plain_and_never_with_a_secret() {
        let credentials = SessionCredentials::new(
            "ASIAEXAMPLE".to_owned(),
            "the-secret".to_owned().into(),
            "the-token".to_owned().into(),
            jiff::Timestamp::UNIX_EPOCH,
        );
        let page = b"<html><body><h1>Invalid credentials\n parameter</h1></body></html>";
        assert_eq!(said(page, &credentials), "Invalid credentials parameter");
        assert_eq!(said(b"you sent the-token", &credentials), "");
        assert_eq!(said(&[0xff; 4], &credentials).chars().count(), 4);
    }
}
