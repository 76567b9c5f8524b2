//! Device codes: pending, too often, allowed, denied, expired.

use axum::http::Method;
use serde_json::{Value, json};
use sidelight_demo::DemoCloud;

use super::{Client, DEVICE_CODE, call, invalid_grant, portal, refusal, refused, register, text, token, tokens_of};
use crate::support::{Answer, Outcome, cloud, get, request};

async fn start(cloud: &DemoCloud, client: &Client, start_url: &str) -> Outcome<Answer> {
    let body = json!({ "clientId": client.id, "clientSecret": client.secret, "startUrl": start_url });
    call(cloud, "/device_authorization", body).await
}

async fn poll(cloud: &DemoCloud, client: &Client, started: &Value) -> Outcome<Answer> {
    token(cloud, client, DEVICE_CODE, json!({ "deviceCode": started["deviceCode"] })).await
}

async fn decide(started: &Value, allow: u8) -> Outcome<Answer> {
    let url = format!("{}&allow={allow}", text(started, "verificationUriComplete")?);
    request(Method::POST, &url, &[], String::new()).await
}

async fn started(cloud: &DemoCloud) -> Outcome<(Client, Value)> {
    let start_url = &cloud.announcement().start_urls[0];
    let client = register(cloud, start_url).await?;
    let started = start(cloud, &client, start_url).await?.json()?;
    Ok((client, started))
}

fn pending() -> (u16, String, String) {
    refusal(400, "AuthorizationPendingException", "authorization_pending")
}

#[tokio::test]
async fn a_device_waits_until_the_user_allows_it() -> Outcome {
    let cloud = cloud()?;
    let (client, started) = started(&cloud).await?;
    assert_eq!((&started["expiresIn"], &started["interval"]), (&json!(600), &json!(1)));
    assert_eq!(refused(&poll(&cloud, &client, &started).await?), pending());
    let too_soon = poll(&cloud, &client, &started).await?;
    assert_eq!(refused(&too_soon), refusal(400, "SlowDownException", "slow_down"));
    cloud.clock().advance(1);
    assert_eq!(refused(&poll(&cloud, &client, &started).await?), pending());
    let page = get(&text(&started, "verificationUriComplete")?, &[]).await?;
    assert!(page.text().contains(&text(&started, "userCode")?), "{}", page.text());
    assert_eq!(decide(&started, 1).await?.status, 200);
    let tokens = tokens_of(&poll(&cloud, &client, &started).await?)?;
    assert_eq!(portal(&cloud, &tokens.access, "/assignment/accounts").await?.status, 200);
    assert_eq!(refused(&poll(&cloud, &client, &started).await?), invalid_grant());
    Ok(())
}

#[tokio::test]
async fn a_denied_code_and_an_expired_one_are_told_apart() -> Outcome {
    let cloud = cloud()?;
    let (client, denied) = started(&cloud).await?;
    decide(&denied, 0).await?;
    assert_eq!(refused(&poll(&cloud, &client, &denied).await?), refusal(400, "AccessDeniedException", "access_denied"));
    let (client, late) = started(&cloud).await?;
    cloud.clock().advance(600);
    assert_eq!(decide(&late, 1).await?.status, 404);
    assert_eq!(refused(&poll(&cloud, &client, &late).await?), refusal(400, "ExpiredTokenException", "expired_token"));
    Ok(())
}

#[tokio::test]
async fn an_unknown_start_url_and_a_wrong_secret_get_no_device_code() -> Outcome {
    let cloud = cloud()?;
    let start_url = &cloud.announcement().start_urls[0];
    let client = register(&cloud, start_url).await?;
    let unknown = start(&cloud, &client, "https://example.awsapps.com/start").await?;
    assert_eq!(refused(&unknown), refusal(400, "InvalidRequestException", "invalid_request"));
    let wrong = Client { secret: "wrong".to_owned(), ..client };
    let answer = start(&cloud, &wrong, start_url).await?;
    assert_eq!(refused(&answer), refusal(401, "InvalidClientException", "invalid_client"));
    Ok(())
}

#[tokio::test]
async fn a_client_without_scopes_gets_no_refresh_token() -> Outcome {
    let cloud = cloud()?;
    let body = json!({ "clientName": "an old one", "clientType": "public" });
    let registered = call(&cloud, "/client/register", body).await?.json()?;
    let client = Client { id: text(&registered, "clientId")?, secret: text(&registered, "clientSecret")? };
    let started = start(&cloud, &client, &cloud.announcement().start_urls[0]).await?.json()?;
    decide(&started, 1).await?;
    let answer = poll(&cloud, &client, &started).await?.json()?;
    assert!(answer["accessToken"].is_string() && answer["refreshToken"].is_null(), "{answer}");
    Ok(())
}
