//! IAM Identity Center: how a person signs in by a program, what the tokens are worth, what the portal gives.
//! It is not the app's side. Below are the steps that its tests share. It grows with an operation.

mod browser;
mod devices;
mod portal;
mod tokens;

use axum::http::Method;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sidelight_demo::DemoCloud;
use url::Url;
use url::form_urlencoded::Serializer;

use crate::support::{Answer, Keys, Outcome, get, post_json, request};

const REDIRECT: &str = "http://127.0.0.1:4711/oauth/callback";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// A registered client.
struct Client {
    id: String,
    secret: String,
}

/// What a sign-in ends in.
struct Tokens {
    access: String,
    refresh: String,
}

fn text(value: &Value, name: &str) -> Outcome<String> {
    value[name].as_str().map(str::to_owned).ok_or_else(|| format!("there is no {name} in {value}").into())
}

async fn call(cloud: &DemoCloud, path: &str, body: Value) -> Outcome<Answer> {
    post_json(&format!("{}{path}", cloud.main_url()), "", body).await
}

/// A client of the first instance, or of another, that may do everything.
async fn register(cloud: &DemoCloud, start_url: &str) -> Outcome<Client> {
    let body = json!({
        "clientName": "a test",
        "clientType": "public",
        "scopes": ["sso:account:access"],
        "redirectUris": ["http://127.0.0.1/oauth/callback"],
        "grantTypes": ["authorization_code", "refresh_token", DEVICE_CODE],
        "issuerUrl": start_url,
    });
    let answer = call(cloud, "/client/register", body).await?;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let answer = answer.json()?;
    Ok(Client { id: text(&answer, "clientId")?, secret: text(&answer, "clientSecret")? })
}

async fn token(cloud: &DemoCloud, client: &Client, grant_type: &str, more: Value) -> Outcome<Answer> {
    let mut body = json!({ "clientId": client.id, "clientSecret": client.secret, "grantType": grant_type });
    for (name, value) in more.as_object().into_iter().flatten() {
        body[name] = value.clone();
    }
    call(cloud, "/token", body).await
}

async fn refresh(cloud: &DemoCloud, client: &Client, refresh_token: &str) -> Outcome<Answer> {
    token(cloud, client, "refresh_token", json!({ "refreshToken": refresh_token })).await
}

/// The address a browser is sent to.
fn authorize_url(cloud: &DemoCloud, client: &Client) -> String {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    let query = Serializer::new(String::new())
        .extend_pairs([("response_type", "code"), ("client_id", &client.id), ("redirect_uri", REDIRECT)])
        .extend_pairs([("state", "a state"), ("code_challenge", &challenge), ("code_challenge_method", "S256")])
        .append_pair("scopes", "sso:account:access")
        .finish();
    format!("{}/authorize?{query}", cloud.main_url())
}

/// Where the browser is led once the user has allowed it.
async fn allowed(url: &str) -> Outcome<Url> {
    let answer = request(Method::POST, &format!("{url}&allow=1"), &[], String::new()).await?;
    assert_eq!(answer.status, 302, "{}", answer.text());
    Ok(Url::parse(answer.header("location"))?)
}

fn query(url: &Url, name: &str) -> String {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
}

async fn exchange(cloud: &DemoCloud, client: &Client, code: &str, verifier: &str) -> Outcome<Answer> {
    let more = json!({ "code": code, "redirectUri": REDIRECT, "codeVerifier": verifier });
    token(cloud, client, "authorization_code", more).await
}

/// A browser's whole way, to the tokens.
async fn sign_in(cloud: &DemoCloud, client: &Client) -> Outcome<Tokens> {
    let back = allowed(&authorize_url(cloud, client)).await?;
    tokens_of(&exchange(cloud, client, &query(&back, "code"), VERIFIER).await?)
}

fn tokens_of(answer: &Answer) -> Outcome<Tokens> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let answer = answer.json()?;
    Ok(Tokens { access: text(&answer, "accessToken")?, refresh: text(&answer, "refreshToken")? })
}

/// Signed in to the first instance by a client of its own.
async fn signed_in(cloud: &DemoCloud) -> Outcome<Tokens> {
    let client = register(cloud, &cloud.announcement().start_urls[0]).await?;
    sign_in(cloud, &client).await
}

async fn portal(cloud: &DemoCloud, access_token: &str, path: &str) -> Outcome<Answer> {
    get(&format!("{}{path}", cloud.main_url()), &[("x-amz-sso_bearer_token", access_token)]).await
}

async fn role_keys(cloud: &DemoCloud, access_token: &str, account: &str, permission_set: &str) -> Outcome<Keys> {
    let path = format!("/federation/credentials?account_id={account}&role_name={permission_set}");
    let answer = portal(cloud, access_token, &path).await?;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let keys = answer.json()?["roleCredentials"].take();
    let (id, secret) = (text(&keys, "accessKeyId")?, text(&keys, "secretAccessKey")?);
    Ok(Keys { id, secret, token: Some(text(&keys, "sessionToken")?) })
}

/// The status, the exception and the OAuth error of a refusal.
fn refused(answer: &Answer) -> (u16, String, String) {
    let error = answer.json().ok().and_then(|body| body["error"].as_str().map(str::to_owned));
    (answer.status.as_u16(), answer.header("x-amzn-errortype").to_owned(), error.unwrap_or_default())
}

fn refusal(status: u16, exception: &str, error: &str) -> (u16, String, String) {
    (status, exception.to_owned(), error.to_owned())
}

fn invalid_grant() -> (u16, String, String) {
    refusal(400, "InvalidGrantException", "invalid_grant")
}

async fn stats(cloud: &DemoCloud) -> Outcome<Value> {
    Ok(get(&format!("{}/demo/stats", cloud.main_url()), &[]).await?.json()?["identity_center"].take())
}
