//! Refresh tokens: what one brings, how long it may come again, and when none is taken any more.

use axum::http::Method;
use serde_json::json;

use super::{CLIENT, Login, USER, body, claims, exchange, expired, invalid, keys, proof, refused, stats, text};
use crate::support::{Outcome, cloud, post_json, request, sts};

#[tokio::test]
async fn a_refresh_token_brings_new_keys_of_the_same_user_and_another_token() -> Outcome {
    let cloud = cloud()?;
    let login = Login::begin(&cloud, "111122223333&seconds=60").await?;
    cloud.clock().advance(60);
    let answer = login.refresh(&cloud, &login.text("refreshToken")?).await?;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let answer = answer.json()?;
    assert_eq!((&answer["tokenType"], &answer["expiresIn"]), (&json!("aws_sigv4"), &json!(900)));
    let names: Vec<&str> = answer.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["accessToken", "expiresIn", "refreshToken", "tokenType"]);
    let call = [("Action", "GetCallerIdentity")];
    assert_eq!(sts(&cloud, &keys(&answer)?, &call).await?.element("Arn"), USER);
    let next = text(&answer, "refreshToken")?;
    assert_ne!(next, login.text("refreshToken")?);
    let third = login.refresh(&cloud, &next).await?.json()?;
    assert_ne!(third["accessToken"], answer["accessToken"]);
    cloud.clock().advance(900);
    assert_eq!(sts(&cloud, &keys(&third)?, &call).await?.element("Code"), "ExpiredToken");
    let expected = json!({ "begun": 1, "refreshes": 2, "repeats": 0, "errors": {} });
    assert_eq!(stats(&cloud).await?, expected);
    Ok(())
}

#[tokio::test]
async fn a_token_that_comes_again_soon_brings_the_same_and_later_nothing() -> Outcome {
    let cloud = cloud()?;
    let login = Login::begin(&cloud, "111122223333").await?;
    let first = login.text("refreshToken")?;
    let mut answer = login.refresh(&cloud, &first).await?.json()?;
    assert_eq!(login.refresh(&cloud, &first).await?.json()?, answer);
    cloud.clock().advance(60);
    answer["expiresIn"] = json!(840);
    assert_eq!(login.refresh(&cloud, &first).await?.json()?, answer);
    let next = text(&answer, "refreshToken")?;
    let newer = login.refresh(&cloud, &next).await?;
    assert_eq!(newer.status, 200, "{}", newer.text());
    cloud.clock().advance(1);
    assert_eq!(refused(&login.refresh(&cloud, &first).await?), expired());
    let newest = text(&newer.json()?, "refreshToken")?;
    assert_eq!(login.refresh(&cloud, &newest).await?.status, 200, "an old token ends nothing but itself");
    let expected = json!({ "begun": 1, "refreshes": 3, "repeats": 2, "errors": { "TOKEN_EXPIRED": 1 } });
    assert_eq!(stats(&cloud).await?, expected);
    Ok(())
}

#[tokio::test]
async fn a_login_is_bound_to_the_first_key_that_comes_with_its_token() -> Outcome {
    let cloud = cloud()?;
    let (login, other) = (Login::begin(&cloud, "111122223333").await?, Login::begin(&cloud, "111122223333").await?);
    let first = login.text("refreshToken")?;
    let next = text(&other.refresh(&cloud, &first).await?.json()?, "refreshToken")?;
    for token in [&first, &next] {
        let answer = login.refresh(&cloud, token).await?;
        assert_eq!(refused(&answer), invalid());
        assert!(answer.text().contains("bound to another key"), "{}", answer.text());
    }
    assert_eq!(other.refresh(&cloud, &next).await?.status, 200);
    assert_eq!(login.refresh(&cloud, &other.text("refreshToken")?).await?.status, 200, "nobody had used that one");
    Ok(())
}

#[tokio::test]
async fn a_login_is_over_after_twelve_hours_or_when_revoked_and_its_keys_stay() -> Outcome {
    let cloud = cloud()?;
    let (acme, other) = (Login::begin(&cloud, "111122223333").await?, Login::begin(&cloud, "777788889999").await?);
    let url = format!("{}/demo/login/revoke", cloud.main_url());
    let answer = post_json(&url, "", json!({ "account": "111122223333" })).await?.json()?;
    assert_eq!(answer, json!({ "ended": 1 }));
    assert_eq!(refused(&acme.refresh(&cloud, &acme.text("refreshToken")?).await?), expired());
    assert_eq!(sts(&cloud, &acme.keys()?, &[("Action", "GetCallerIdentity")]).await?.status, 200);
    cloud.clock().advance(12 * 3600 - 30);
    let last = other.refresh(&cloud, &other.text("refreshToken")?).await?.json()?;
    assert_eq!(last["expiresIn"], 30, "no key outlives its login");
    cloud.clock().advance(30);
    assert_eq!(refused(&other.refresh(&cloud, &text(&last, "refreshToken")?).await?), expired());
    assert_eq!(refused(&other.refresh(&cloud, "ASORUnknown").await?), expired());
    Ok(())
}

#[tokio::test]
async fn a_call_that_makes_no_sense_is_invalid() -> Outcome {
    let cloud = cloud()?;
    let login = Login::begin(&cloud, "111122223333").await?;
    let token = login.text("refreshToken")?;
    for wrong in [
        json!({}),
        json!({ "clientId": CLIENT, "grantType": "refresh_token" }),
        json!({ "clientId": CLIENT, "grantType": "authorization_code", "refreshToken": token }),
        json!({ "clientId": "arn:aws:signin:::devtools/other", "grantType": "refresh_token", "refreshToken": token }),
        json!({ "client_id": CLIENT, "grant_type": "refresh_token", "refresh_token": token }),
        json!([CLIENT]),
    ] {
        let proof = proof(&login.key()?, claims(&cloud));
        assert_eq!(refused(&exchange(&cloud, wrong.clone(), &[&proof]).await?), invalid(), "{wrong}");
    }
    let no_json = request(Method::POST, &format!("{}/v1/token", cloud.main_url()), &[], "x=1".to_owned()).await?;
    assert_eq!(refused(&no_json), invalid());
    let expected = json!({ "begun": 1, "refreshes": 0, "repeats": 0, "errors": { "INVALID_REQUEST": 7 } });
    assert_eq!(stats(&cloud).await?, expected);
    let proof = proof(&login.key()?, claims(&cloud));
    assert_eq!(exchange(&cloud, body(&token), &[&proof]).await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn faults_of_the_endpoint_come_as_often_as_asked() -> Outcome {
    let cloud = cloud()?;
    let login = Login::begin(&cloud, "111122223333").await?;
    let token = login.text("refreshToken")?;
    let faults = format!("{}/demo/faults", cloud.main_url());
    for (fault, status, exception, error) in [
        (json!({ "login_status": 503 }), 503, "InternalServerException", "SERVER_ERROR"),
        (json!({ "login_error": "SERVER_ERROR" }), 500, "InternalServerException", "SERVER_ERROR"),
        (json!({ "login_status": 429, "login_error": "SLOW" }), 429, "TooManyRequestsError", "SLOW"),
        (
            json!({ "login_status": 403, "login_error": "USER_CREDENTIALS_CHANGED" }),
            403,
            "AccessDeniedException",
            "USER_CREDENTIALS_CHANGED",
        ),
    ] {
        assert_eq!(post_json(&faults, "", fault).await?.status, 204);
        let answer = login.refresh(&cloud, &token).await?;
        assert_eq!(refused(&answer), (status, exception.to_owned(), error.to_owned()));
    }
    assert_eq!(login.refresh(&cloud, &token).await?.status, 200);
    Ok(())
}
