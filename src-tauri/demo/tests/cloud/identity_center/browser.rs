//! Registration and the browser's way: PKCE, redirects, codes that work once.

use serde_json::json;
use url::Url;

use super::{
    DEVICE_CODE, REDIRECT, VERIFIER, allowed, authorize_url, call, exchange, invalid_grant, query, refusal, refused,
    register,
};
use crate::support::{Outcome, cloud, get, request};

#[tokio::test]
async fn a_client_is_registered_for_ninety_days() -> Outcome {
    let cloud = cloud()?;
    let body = json!({ "clientName": "a test", "clientType": "public", "scopes": ["sso:account:access"] });
    let answer = call(&cloud, "/client/register", body).await?.json()?;
    assert_eq!(answer["clientIdIssuedAt"], cloud.clock().now().as_second());
    assert_eq!(answer["clientSecretExpiresAt"], cloud.clock().now().as_second() + 90 * 86_400);
    let client = register(&cloud, &cloud.announcement().start_urls[0]).await?;
    cloud.clock().advance(90 * 86_400);
    let late = exchange(&cloud, &client, "any", VERIFIER).await?;
    assert_eq!(refused(&late), refusal(401, "InvalidClientException", "invalid_client"));
    Ok(())
}

#[tokio::test]
async fn a_registration_that_makes_no_sense_is_refused_by_what_is_wrong() -> Outcome {
    let cloud = cloud()?;
    let invalid = [
        (json!({}), "InvalidRequestException", "invalid_request"),
        (json!({ "clientType": "confidential" }), "InvalidClientMetadataException", "invalid_client_metadata"),
        (json!({ "grantTypes": ["password"] }), "UnsupportedGrantTypeException", "unsupported_grant_type"),
        (json!({ "scopes": ["everything"] }), "InvalidScopeException", "invalid_scope"),
        (json!({ "redirectUris": ["https://example.com/"] }), "InvalidRedirectUriException", "invalid_redirect_uri"),
        (json!({ "issuerUrl": "https://example.com/start" }), "InvalidRequestException", "invalid_request"),
    ];
    for (change, exception, error) in invalid {
        let mut body = json!({ "clientName": "a test", "clientType": "public" });
        match change.as_object().filter(|fields| !fields.is_empty()) {
            Some(fields) => fields.iter().for_each(|(name, value)| body[name] = value.clone()),
            None => body = json!({}),
        }
        assert_eq!(refused(&call(&cloud, "/client/register", body).await?), refusal(400, exception, error));
    }
    Ok(())
}

#[tokio::test]
async fn a_browser_brings_back_a_code_that_works_once() -> Outcome {
    let cloud = cloud()?;
    let client = register(&cloud, &cloud.announcement().start_urls[0]).await?;
    let url = authorize_url(&cloud, &client);
    let page = get(&url, &[]).await?;
    assert_eq!(page.status, 200);
    assert!(page.text().contains(">Allow</button>"), "{}", page.text());
    assert!(page.header("content-security-policy").contains("form-action 'self' http://127.0.0.1:*"));
    let back = allowed(&url).await?;
    assert!(back.as_str().starts_with(REDIRECT), "{back}");
    assert_eq!(query(&back, "state"), "a state");
    let answer = exchange(&cloud, &client, &query(&back, "code"), VERIFIER).await?;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let answer = answer.json()?;
    assert_eq!((&answer["tokenType"], &answer["expiresIn"]), (&json!("Bearer"), &json!(3600)));
    assert_eq!(refused(&exchange(&cloud, &client, &query(&back, "code"), VERIFIER).await?), invalid_grant());
    Ok(())
}

#[tokio::test]
async fn a_code_is_worth_nothing_with_another_verifier_by_another_client_or_too_late() -> Outcome {
    let cloud = cloud()?;
    let start_url = &cloud.announcement().start_urls[0];
    let (client, other) = (register(&cloud, start_url).await?, register(&cloud, start_url).await?);
    let url = authorize_url(&cloud, &client);
    let code = query(&allowed(&url).await?, "code");
    assert_eq!(refused(&exchange(&cloud, &client, &code, "another").await?), invalid_grant());
    assert_eq!(refused(&exchange(&cloud, &client, &code, VERIFIER).await?), invalid_grant(), "it is used up");
    let code = query(&allowed(&url).await?, "code");
    assert_eq!(refused(&exchange(&cloud, &other, &code, VERIFIER).await?), invalid_grant());
    let code = query(&allowed(&url).await?, "code");
    cloud.clock().advance(600);
    assert_eq!(refused(&exchange(&cloud, &client, &code, VERIFIER).await?), invalid_grant());
    Ok(())
}

#[tokio::test]
async fn the_users_no_leads_back_to_the_client() -> Outcome {
    let cloud = cloud()?;
    let client = register(&cloud, &cloud.announcement().start_urls[0]).await?;
    let url = format!("{}&allow=0", authorize_url(&cloud, &client));
    let answer = request(axum::http::Method::POST, &url, &[], String::new()).await?;
    let back = Url::parse(answer.header("location"))?;
    assert_eq!((query(&back, "error").as_str(), query(&back, "code").as_str()), ("access_denied", ""));
    Ok(())
}

#[tokio::test]
async fn nobody_is_led_to_an_address_that_the_client_did_not_register() -> Outcome {
    let cloud = cloud()?;
    let client = register(&cloud, &cloud.announcement().start_urls[0]).await?;
    let url = authorize_url(&cloud, &client);
    let elsewhere = url.replace("127.0.0.1%3A4711%2Foauth", "example.com%2Foauth");
    assert_ne!(url, elsewhere);
    let wrong = [elsewhere, url.replace("oauth%2Fcallback", "other"), url.replace(&client.id, "unknown")];
    for url in wrong {
        let answer = request(axum::http::Method::POST, &format!("{url}&allow=1"), &[], String::new()).await?;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (400, ""), "{url}");
    }
    let other_port = url.replace("%3A4711", "%3A4712");
    assert_eq!(allowed(&other_port).await?.port(), Some(4712));
    let plain = allowed(&url.replace("S256", "plain")).await?;
    assert_eq!(query(&plain, "error"), "invalid_request");
    Ok(())
}

#[tokio::test]
async fn a_client_uses_the_grants_it_registered_for_only() -> Outcome {
    let cloud = cloud()?;
    let body = json!({ "clientName": "a test", "clientType": "public", "grantTypes": [DEVICE_CODE] });
    let registered = call(&cloud, "/client/register", body).await?.json()?;
    let mut body = json!({ "clientId": registered["clientId"], "clientSecret": registered["clientSecret"] });
    body["grantType"] = json!("authorization_code");
    let answer = call(&cloud, "/token", body.clone()).await?;
    assert_eq!(refused(&answer), refusal(400, "UnauthorizedClientException", "unauthorized_client"));
    body["grantType"] = json!("password");
    let answer = call(&cloud, "/token", body).await?;
    assert_eq!(refused(&answer), refusal(400, "UnsupportedGrantTypeException", "unsupported_grant_type"));
    Ok(())
}
