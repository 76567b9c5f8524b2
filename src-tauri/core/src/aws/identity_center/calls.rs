//! The calls themselves, by AWS's REST-JSON wire format, and what their refusals mean.

use jiff::Timestamp;
use reqwest::{RequestBuilder, Response};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use url::Url;
use zeroize::Zeroizing;

use super::tokens::Tokens;
use crate::app::error::{Cause, Error};
use crate::aws::http;
use crate::domain::secret::SessionCredentials;
use crate::domain::source::{IdentityCenterSource, StartUrl};

/// What Sidelight asks to see: accounts and permission sets.
pub(super) const SCOPE: &str = "sso:account:access";

const BEARER: &str = "x-amz-sso_bearer_token";

/// How often a throttled call is made.
const TRIES: u32 = 5;

/// The calls.
#[derive(Clone)]
pub(super) struct Calls {
    client: reqwest::Client,
}

/// Why a call was refused.
#[derive(Debug)]
pub(super) enum Refused {
    /// The user has not said yes yet.
    Pending,
    /// As [`Self::Pending`], and asked too often.
    SlowDown,
    /// The code or refresh token is over.
    Grant(String),
    /// The portal does not take the token.
    Unauthorized,
    /// Anything else.
    Failed(Error),
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Pending | Refused::SlowDown | Refused::Unauthorized => Cause::Expired.into(),
            Refused::Grant(words) => Self::detailed(Cause::Expired, words),
            Refused::Failed(error) => error,
        }
    }
}

/// A registered client.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Client {
    pub(super) client_id: String,
    pub(super) client_secret: SecretString,
}

/// A device code, and what the user compares.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DeviceAuthorization {
    pub(super) device_code: SecretString,
    pub(super) user_code: String,
    pub(super) verification_uri_complete: String,
    pub(super) interval: Option<u64>,
}

/// Tokens, as CreateToken gives them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TokenAnswer {
    pub(super) access_token: SecretString,
    pub(super) refresh_token: Option<SecretString>,
    pub(super) expires_in: i64,
}

/// What CreateToken is asked.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TokenRequest<'a> {
    client_id: &'a str,
    client_secret: &'a str,
    grant_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code_verifier: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    redirect_uri: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    device_code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<&'a str>,
}

impl<'a> TokenRequest<'a> {
    fn of(client: &'a Client, grant_type: &'static str) -> Self {
        Self {
            client_id: &client.client_id,
            client_secret: client.client_secret.expose_secret(),
            grant_type,
            code: None,
            code_verifier: None,
            redirect_uri: None,
            device_code: None,
            refresh_token: None,
        }
    }

    pub(super) fn code(client: &'a Client, code: &'a str, redirect: &'a str, verifier: &'a str) -> Self {
        let (code, redirect_uri, code_verifier) = (Some(code), Some(redirect), Some(verifier));
        Self { code, redirect_uri, code_verifier, ..Self::of(client, "authorization_code") }
    }

    pub(super) fn device(client: &'a Client, code: &'a SecretString) -> Self {
        let device_code = Some(code.expose_secret());
        Self { device_code, ..Self::of(client, "urn:ietf:params:oauth:grant-type:device_code") }
    }

    pub(super) fn refresh(tokens: &'a Tokens, token: &'a SecretString) -> Self {
        Self { refresh_token: Some(token.expose_secret()), ..Self::of(&tokens.client, "refresh_token") }
    }
}

/// A page of ListAccounts.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AccountsPage {
    #[serde(default)]
    pub(super) account_list: Vec<Account>,
    pub(super) next_token: Option<String>,
}

/// An account that the user may enter.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Account {
    pub(super) account_id: String,
    pub(super) account_name: Option<String>,
}

/// A page of ListAccountRoles.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RolesPage {
    #[serde(default)]
    pub(super) role_list: Vec<RoleLine>,
    pub(super) next_token: Option<String>,
}

/// A permission set there.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RoleLine {
    pub(super) role_name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RoleAnswer {
    role_credentials: RoleCredentials,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RoleCredentials {
    access_key_id: String,
    secret_access_key: SecretString,
    session_token: SecretString,
    expiration: i64,
}

#[derive(Deserialize)]
struct OAuthRefusal {
    error: String,
    error_description: Option<String>,
}

impl Calls {
    pub(super) fn new(client: reqwest::Client) -> Self {
        Self { client }
    }

    pub(super) async fn register(
        &self,
        host: &Url,
        start_url: &StartUrl,
        redirect: Option<&str>,
    ) -> Result<Client, Refused> {
        let mut body = serde_json::json!({
            "clientName": "sidelight",
            "clientType": "public",
            "scopes": [SCOPE],
            "grantTypes": ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"],
        });
        if let Some(redirect) = redirect {
            body["grantTypes"] = serde_json::json!(["authorization_code", "refresh_token"]);
            body["redirectUris"] = serde_json::json!([redirect]);
            body["issuerUrl"] = start_url.as_str().into();
        }
        self.answered(host, || Ok(self.client.post(path(host, "client/register")?).json(&body))).await
    }

    pub(super) async fn device_authorization(
        &self,
        host: &Url,
        client: &Client,
        start_url: &StartUrl,
    ) -> Result<DeviceAuthorization, Refused> {
        let body = serde_json::json!({
            "clientId": client.client_id,
            "clientSecret": client.client_secret.expose_secret(),
            "startUrl": start_url.as_str(),
        });
        self.answered(host, || Ok(self.client.post(path(host, "device_authorization")?).json(&body))).await
    }

    /// Never made twice by itself: codes and refresh tokens work once.
    pub(super) async fn token(&self, host: &Url, form: &TokenRequest<'_>) -> Result<TokenAnswer, Refused> {
        let sent = self.client.post(path(host, "token")?).json(form).send().await;
        read(host, sent.map_err(|error| unreached(host, error))?).await
    }

    pub(super) async fn accounts(
        &self,
        host: &Url,
        token: &SecretString,
        next: Option<&str>,
    ) -> Result<AccountsPage, Refused> {
        let mut query = vec![("max_result", "100")];
        query.extend(next.map(|next| ("next_token", next)));
        self.answered(host, || self.get(host, "assignment/accounts", &query, token)).await
    }

    pub(super) async fn roles(
        &self,
        host: &Url,
        token: &SecretString,
        account: &str,
        next: Option<&str>,
    ) -> Result<RolesPage, Refused> {
        let mut query = vec![("max_result", "100"), ("account_id", account)];
        query.extend(next.map(|next| ("next_token", next)));
        self.answered(host, || self.get(host, "assignment/roles", &query, token)).await
    }

    pub(super) async fn role_credentials(
        &self,
        host: &Url,
        token: &SecretString,
        source: &IdentityCenterSource,
    ) -> Result<SessionCredentials, Refused> {
        let query = [("account_id", source.account.as_str()), ("role_name", source.permission_set.as_str())];
        let answer: RoleAnswer =
            self.answered(host, || self.get(host, "federation/credentials", &query, token)).await?;
        let found = answer.role_credentials;
        let end = Timestamp::from_millisecond(found.expiration).map_err(|_| not_understood(host))?;
        Ok(SessionCredentials::new(found.access_key_id, found.secret_access_key, found.session_token, end))
    }

    pub(super) async fn log_out(&self, host: &Url, token: &SecretString) -> Result<(), Refused> {
        let sent = self.client.post(path(host, "logout")?).header(BEARER, token.expose_secret()).send().await;
        sent.map(drop).map_err(|error| unreached(host, error))
    }

    fn get(
        &self,
        host: &Url,
        below: &str,
        query: &[(&str, &str)],
        token: &SecretString,
    ) -> Result<RequestBuilder, Refused> {
        let mut url = path(host, below)?;
        url.query_pairs_mut().extend_pairs(query);
        Ok(self.client.get(url).header(BEARER, token.expose_secret()))
    }

    /// Made again where the portal asks for fewer requests, or has a moment of weakness.
    async fn answered<Answer: DeserializeOwned>(
        &self,
        host: &Url,
        request: impl Fn() -> Result<RequestBuilder, Refused>,
    ) -> Result<Answer, Refused> {
        let answer = http::patiently(TRIES, request, |error| unreached(host, error)).await?;
        read(host, answer).await
    }
}

/// Below the host's own path.
fn path(host: &Url, below: &str) -> Result<Url, Refused> {
    host.join(below).map_err(|_| Refused::Failed(Cause::Bug.into()))
}

fn unreached(host: &Url, error: reqwest::Error) -> Refused {
    Refused::Failed(http::connection_failed(host.host_str().unwrap_or_default(), &error.without_url()))
}

fn not_understood(host: &Url) -> Refused {
    let cause = Cause::Network { host: host.host_str().unwrap_or_default().to_owned() };
    Refused::Failed(Error::detailed(cause, "The answer is not one of Identity Center's"))
}

async fn read<Answer: DeserializeOwned>(host: &Url, answer: Response) -> Result<Answer, Refused> {
    let status = answer.status();
    let kind = answer.headers().get("x-amzn-errortype").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let body = Zeroizing::new(answer.bytes().await.map_err(|error| unreached(host, error))?.to_vec());
    if status.is_success() {
        // CreateToken's other answers have no body; those are read as JSON's null.
        let body = if body.is_empty() { b"null".as_slice() } else { &body };
        return serde_json::from_slice(body).map_err(|_| not_understood(host));
    }
    let refusal: Option<OAuthRefusal> = serde_json::from_slice(&body).ok();
    let kind = kind.as_deref().map(|kind| kind.split(':').next().unwrap_or(kind));
    let cause = match (refusal.as_ref().map(|refusal| refusal.error.as_str()), status.as_u16()) {
        (Some("authorization_pending"), _) => return Err(Refused::Pending),
        (Some("slow_down"), _) => return Err(Refused::SlowDown),
        (Some("invalid_grant" | "expired_token" | "access_denied" | "invalid_client"), _) => {
            let words = refusal.and_then(|refusal| refusal.error_description).unwrap_or_default();
            return Err(Refused::Grant(words));
        }
        (_, 401) => return Err(Refused::Unauthorized),
        (_, 403 | 404) => Cause::Denied { action: "sso:GetRoleCredentials".to_owned(), resource: None },
        (_, 429) => Cause::Throttled,
        _ => Cause::Network { host: host.host_str().unwrap_or_default().to_owned() },
    };
    let words = format!("HTTP {} {}", status.as_u16(), kind.unwrap_or_default());
    Err(Refused::Failed(Error::detailed(cause, words.trim_end())))
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;
    use std::time::{Duration, Instant};

    use super::*;
    use crate::aws::trust::Trust;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_portal_that_asks_for_patience_is_asked_again_no_sooner() -> Result<(), Box<dyn std::error::Error>> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let host = Url::parse(&format!("http://{}", listener.local_addr()?))?;
        let portal = std::thread::spawn(move || -> std::io::Result<Vec<Instant>> {
            let page = r#"{"accountList":[]}"#;
            // Sooner would be `http::BACKOFF`, which is half of what is asked here.
            let answers = [("429 Too Many Requests\r\nRetry-After: 1", ""), ("200 OK", page)];
            let mut asked = Vec::new();
            for (status, body) in answers {
                let (mut connection, _) = listener.accept()?;
                let mut lines = BufReader::new(connection.try_clone()?).lines();
                while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
                asked.push(Instant::now());
                let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}", body.len());
                write!(connection, "{head}\r\n\r\n{body}")?;
            }
            Ok(asked)
        });
        let calls = Calls::new(crate::aws::http::client(&Trust::new(None)?)?);
        calls.accounts(&host, &"token".to_owned().into(), None).await.map_err(Error::from)?;
        let asked = portal.join().map_err(|_panicked| "the portal did not panic")??;
        assert!(asked[1] - asked[0] >= Duration::from_secs(1), "{asked:?}");
        Ok(())
    }
}
