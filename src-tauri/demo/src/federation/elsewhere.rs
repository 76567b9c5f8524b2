//! Asks another STS who holds credentials that were not issued here: so emulators get a sign-in page.
//! It is not a client of AWS: plain HTTP, one question. It never grows another.

use axum::http::{Request, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::credential::{Context, Credential, Grant, Principal};
use crate::signing::{Signer, sts_headers};

const QUESTION: &str = "Action=GetCallerIdentity&Version=2011-06-15";
const LONGEST_ANSWER_BYTES: usize = 64 * 1024;
/// The other STS does not say when its credentials end.
const ASSUMED_LIFE_SECONDS: i64 = 3_600;

pub(super) struct Question<'a> {
    pub sts: &'a Url,
    pub access_key_id: String,
    pub secret: String,
    pub token: String,
    pub now: Timestamp,
}

/// Why no identity came back.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoIdentity {
    #[error("Failed to sign the request")]
    Signing(#[from] aws_sigv4::http_request::SigningError),
    #[error("Failed to build the request")]
    Request(#[from] axum::http::Error),
    #[error("Failed to reach the other STS")]
    Unreachable(#[from] hyper_util::client::legacy::Error),
    #[error("The other STS answered {0}")]
    Refused(StatusCode),
    #[error("The other STS answered something else than an identity")]
    Unreadable,
}

pub(super) async fn ask(question: Question<'_>) -> Result<Credential, NoIdentity> {
    let signer =
        Signer { access_key_id: &question.access_key_id, secret: &question.secret, token: Some(&question.token) };
    let headers = sts_headers(&signer, question.sts.as_str(), QUESTION, question.now)?;
    let mut request = Request::post(question.sts.as_str());
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let request = request.body(Full::new(axum::body::Bytes::from_static(QUESTION.as_bytes())))?;
    let client = Client::builder(TokioExecutor::new()).build_http();
    let answer = client.request(request).await?;
    if !answer.status().is_success() {
        return Err(NoIdentity::Refused(answer.status()));
    }
    let body = Limited::new(answer.into_body(), LONGEST_ANSWER_BYTES).collect().await;
    let body = body.map_err(|_| NoIdentity::Unreadable)?.to_bytes();
    let principal = read_identity(&String::from_utf8_lossy(&body)).ok_or(NoIdentity::Unreadable)?;
    Ok(Credential {
        access_key_id: question.access_key_id,
        secret: question.secret,
        token: Some(question.token),
        principal,
        grant: Grant::Elsewhere,
        context: Context::default(),
        expires: Some(question.now + SignedDuration::from_secs(ASSUMED_LIFE_SECONDS)),
    })
}

fn read_identity(xml: &str) -> Option<Principal> {
    let element = |name: &str| {
        let (_, rest) = xml.split_once(&format!("<{name}>"))?;
        rest.split_once(&format!("</{name}>")).map(|(text, _)| text.trim().to_owned())
    };
    Some(Principal { account: element("Account")?, arn: element("Arn")?, user_id: element("UserId")? })
}
