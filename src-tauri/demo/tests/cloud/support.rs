//! A started cloud and the few requests every test makes of it.
//! It is not a client of AWS: it signs with AWS's own crate, and shows answers as they are.

use std::error::Error;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use axum::body::Bytes;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use jiff::Timestamp;
use serde_json::Value;
use sidelight_demo::{Clock, DemoCloud, DemoProfile, Options};
use url::form_urlencoded::Serializer;

pub type Outcome<T = ()> = Result<T, Box<dyn Error>>;

pub const ADMIN: &str = "arn:aws:iam::111122223333:role/Admin";
const FORM: &str = "application/x-www-form-urlencoded";

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// Credentials as STS gave them, or a user's own.
#[derive(Debug, Clone)]
pub struct Keys {
    pub id: String,
    pub secret: String,
    pub token: Option<String>,
}

/// A cloud whose clock stands still at a round time.
pub fn cloud() -> Outcome<DemoCloud> {
    cloud_with(Options::default())
}

pub fn cloud_with(options: Options) -> Outcome<DemoCloud> {
    let start: Timestamp = "2026-11-23T12:00:00Z".parse()?;
    Ok(DemoCloud::start(Options { clock: Clock::stopped_at(start), large_object_mib: 1, ..options })?)
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn json(&self) -> Outcome<Value> {
        Ok(serde_json::from_slice(&self.body)?)
    }

    /// The text of the first XML element of this name.
    pub fn element(&self, name: &str) -> String {
        let text = self.text();
        let inner = text.split_once(&format!("<{name}>")).and_then(|(_, rest)| rest.split_once(&format!("</{name}>")));
        inner.map(|(value, _)| value.to_owned()).unwrap_or_default()
    }

    pub fn keys(&self) -> Keys {
        Keys {
            id: self.element("AccessKeyId"),
            secret: self.element("SecretAccessKey"),
            token: Some(self.element("SessionToken")),
        }
    }

    /// The cookies set here, as a browser would send them back.
    pub fn cookies(&self) -> String {
        let set = self.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
        set.filter_map(|cookie| cookie.split(';').next()).collect::<Vec<_>>().join("; ")
    }
}

impl From<&DemoProfile> for Keys {
    fn from(profile: &DemoProfile) -> Self {
        Self { id: profile.access_key_id.clone(), secret: profile.secret_access_key.clone(), token: None }
    }
}

/// The user's own key of acme production, and of borealis.
pub fn acme(cloud: &DemoCloud) -> Keys {
    Keys::from(&cloud.accounts()[0])
}

pub fn borealis(cloud: &DemoCloud) -> Keys {
    Keys::from(&cloud.accounts()[2])
}

pub async fn request(
    method: Method,
    url: &str,
    headers: &[(String, String)],
    body: impl Into<Bytes>,
) -> Outcome<Answer> {
    let mut request = Request::builder().method(method).uri(url);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let client = Client::builder(TokioExecutor::new()).build_http();
    let answer = client.request(request.body(Full::new(body.into()))?).await?;
    let (parts, body) = answer.into_parts();
    Ok(Answer { status: parts.status, headers: parts.headers, body: body.collect().await?.to_bytes() })
}

pub async fn get(url: &str, headers: &[(&str, &str)]) -> Outcome<Answer> {
    request(Method::GET, url, &owned(headers), String::new()).await
}

pub async fn post_json(url: &str, cookies: &str, body: Value) -> Outcome<Answer> {
    let headers = owned(&[("content-type", "application/json"), ("cookie", cookies)]);
    request(Method::POST, url, &headers, body.to_string()).await
}

pub async fn post_form(url: &str, cookies: &str, fields: &[(&str, &str)]) -> Outcome<Answer> {
    let form = Serializer::new(String::new()).extend_pairs(fields).finish();
    request(Method::POST, url, &owned(&[("content-type", FORM), ("cookie", cookies)]), form).await
}

/// A signed call at the cloud's own time.
pub async fn sts(cloud: &DemoCloud, keys: &Keys, parameters: &[(&str, &str)]) -> Outcome<Answer> {
    sts_at(cloud, keys, parameters, cloud.clock().now()).await
}

pub async fn sts_at(cloud: &DemoCloud, keys: &Keys, parameters: &[(&str, &str)], time: Timestamp) -> Outcome<Answer> {
    let url = format!("{}/", cloud.main_url());
    let form = Serializer::new(String::new()).append_pair("Version", "2011-06-15").extend_pairs(parameters).finish();
    let identity = Credentials::new(&keys.id, &keys.secret, keys.token.clone(), None, "test").into();
    let seconds = Duration::from_secs(time.as_second().try_into()?);
    let signing = v4::SigningParams::builder()
        .identity(&identity)
        .region("eu-central-1")
        .name("sts")
        .time(SystemTime::UNIX_EPOCH + seconds)
        .settings(SigningSettings::default())
        .build()?
        .into();
    let headers = [("content-type", FORM)];
    let signable = SignableRequest::new("POST", &url, headers.into_iter(), SignableBody::Bytes(form.as_bytes()))?;
    let (instructions, _) = sign(signable, &signing)?.into_parts();
    let mut headers = owned(&headers);
    headers.extend(instructions.headers().map(|(name, value)| (name.to_owned(), value.to_owned())));
    request(Method::POST, &url, &headers, form).await
}

pub async fn assume(cloud: &DemoCloud, keys: &Keys, role: &str, seconds: &str) -> Outcome<Answer> {
    let parameters =
        [("Action", "AssumeRole"), ("RoleArn", role), ("RoleSessionName", "jane.doe"), ("DurationSeconds", seconds)];
    sts(cloud, keys, &parameters).await
}

/// AssumeRole with whatever else the call carries.
pub async fn assume_with(cloud: &DemoCloud, keys: &Keys, role: &str, more: &[(&str, &str)]) -> Outcome<Answer> {
    let mut parameters = vec![("Action", "AssumeRole"), ("RoleArn", role), ("RoleSessionName", "jane.doe")];
    parameters.extend(more);
    sts(cloud, keys, &parameters).await
}

/// What `GET /demo/issued` says of the credentials that came last.
pub async fn last_issued(cloud: &DemoCloud) -> Outcome<Value> {
    let issued = get(&format!("{}/demo/issued", cloud.main_url()), &[]).await?.json()?;
    issued.as_array().and_then(|lines| lines.last().cloned()).ok_or_else(|| "nothing was issued".into())
}

/// getSigninToken by POST.
pub async fn signin_token(cloud: &DemoCloud, keys: &Keys, duration: Option<&str>) -> Outcome<Answer> {
    let session = serde_json::json!({ "sessionId": keys.id, "sessionKey": keys.secret, "sessionToken": keys.token });
    let mut form = Serializer::new(String::new());
    form.append_pair("Action", "getSigninToken").append_pair("Session", &session.to_string());
    if let Some(duration) = duration {
        form.append_pair("SessionDuration", duration);
    }
    let headers = owned(&[("content-type", FORM)]);
    request(Method::POST, &format!("{}/federation", cloud.main_url()), &headers, form.finish()).await
}

/// The page that a token opens, for a browser with these cookies.
pub async fn login(cloud: &DemoCloud, token: &str, destination: &str, cookies: &str) -> Outcome<Answer> {
    let query = Serializer::new(String::new())
        .append_pair("Action", "login")
        .append_pair("Issuer", "http://127.0.0.1:9/again")
        .append_pair("Destination", destination)
        .append_pair("SigninToken", token)
        .finish();
    get(&format!("{}/federation?{query}", cloud.main_url()), &[("cookie", cookies)]).await
}

/// Signs the first or the second account in for an hour; answers with the cookies.
pub async fn signed_in(cloud: &DemoCloud, profile: &DemoProfile) -> Outcome<String> {
    let role = profile.role_arn.as_deref().ok_or("the profile has no role")?;
    let keys = assume(cloud, &Keys::from(profile), role, "3600").await?.keys();
    let token = token_of(&signin_token(cloud, &keys, Some("3600")).await?)?;
    let home = format!("{}/console/home", cloud.main_url());
    Ok(login(cloud, &token, &home, "").await?.cookies())
}

pub fn token_of(answer: &Answer) -> Outcome<String> {
    let token = answer.json()?["SigninToken"].as_str().map(str::to_owned);
    token.ok_or_else(|| answer.text().into())
}

pub fn owned(headers: &[(&str, &str)]) -> Vec<(String, String)> {
    headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}
