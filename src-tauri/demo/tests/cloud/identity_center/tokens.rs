//! What becomes of tokens: their end, their renewal, and what happens to one that is used twice.

use axum::http::Method;
use serde_json::json;

use super::{invalid_grant, portal, refresh, refusal, refused, register, sign_in, signed_in, stats, tokens_of};
use crate::support::{Outcome, cloud, post_json, request};

fn unauthorized() -> (u16, String, String) {
    refusal(401, "UnauthorizedException", "")
}

#[tokio::test]
async fn an_access_token_lives_an_hour_and_is_renewed() -> Outcome {
    let cloud = cloud()?;
    let client = register(&cloud, &cloud.announcement().start_urls[0]).await?;
    let tokens = sign_in(&cloud, &client).await?;
    cloud.clock().advance(3599);
    assert_eq!(portal(&cloud, &tokens.access, "/assignment/accounts").await?.status, 200);
    cloud.clock().advance(1);
    let over = portal(&cloud, &tokens.access, "/assignment/accounts").await?;
    assert_eq!(refused(&over), unauthorized());
    assert_eq!(over.json()?["message"], "Session token not found or invalid");
    let renewed = tokens_of(&refresh(&cloud, &client, &tokens.refresh).await?)?;
    assert_eq!(portal(&cloud, &renewed.access, "/assignment/accounts").await?.status, 200);
    assert_eq!(stats(&cloud).await?["refreshes"], 1);
    Ok(())
}

#[tokio::test]
async fn a_refresh_token_that_comes_twice_ends_its_whole_family() -> Outcome {
    let cloud = cloud()?;
    let client = register(&cloud, &cloud.announcement().start_urls[0]).await?;
    let (tokens, bystander) = (sign_in(&cloud, &client).await?, sign_in(&cloud, &client).await?);
    let second = tokens_of(&refresh(&cloud, &client, &tokens.refresh).await?)?;
    let third = tokens_of(&refresh(&cloud, &client, &second.refresh).await?)?;
    assert_eq!(refused(&refresh(&cloud, &client, &tokens.refresh).await?), invalid_grant());
    assert_eq!(refused(&refresh(&cloud, &client, &third.refresh).await?), invalid_grant());
    assert_eq!(refused(&portal(&cloud, &third.access, "/assignment/accounts").await?), unauthorized());
    assert_eq!(portal(&cloud, &bystander.access, "/assignment/accounts").await?.status, 200);
    let stats = stats(&cloud).await?;
    assert_eq!((&stats["refreshes"], &stats["revoked_families"]), (&json!(2), &json!(1)));
    Ok(())
}

#[tokio::test]
async fn a_refresh_token_is_worth_nothing_to_another_client() -> Outcome {
    let cloud = cloud()?;
    let start_url = &cloud.announcement().start_urls[0];
    let (client, other) = (register(&cloud, start_url).await?, register(&cloud, start_url).await?);
    let tokens = sign_in(&cloud, &client).await?;
    assert_eq!(refused(&refresh(&cloud, &other, &tokens.refresh).await?), invalid_grant());
    assert_eq!(refresh(&cloud, &client, &tokens.refresh).await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn lifetimes_can_be_set_and_every_session_ended_by_hand() -> Outcome {
    let cloud = cloud()?;
    let control = format!("{}/demo/identity-center", cloud.main_url());
    post_json(&control, "", json!({ "access_token_seconds": 60, "session_seconds": 90 })).await?;
    let client = register(&cloud, &cloud.announcement().start_urls[0]).await?;
    let tokens = sign_in(&cloud, &client).await?;
    cloud.clock().advance(60);
    assert_eq!(refused(&portal(&cloud, &tokens.access, "/assignment/accounts").await?), unauthorized());
    let renewed = refresh(&cloud, &client, &tokens.refresh).await?;
    assert_eq!(renewed.json()?["expiresIn"], 30, "no token outlives its session");
    cloud.clock().advance(30);
    assert_eq!(refused(&refresh(&cloud, &client, &tokens_of(&renewed)?.refresh).await?), invalid_grant());
    let live = sign_in(&cloud, &client).await?;
    post_json(&control, "", json!({ "end_sessions": true })).await?;
    assert_eq!(refused(&portal(&cloud, &live.access, "/assignment/accounts").await?), unauthorized());
    Ok(())
}

#[tokio::test]
async fn logout_ends_access_and_renewal() -> Outcome {
    let cloud = cloud()?;
    let client = register(&cloud, &cloud.announcement().start_urls[0]).await?;
    let tokens = sign_in(&cloud, &client).await?;
    let bearer = [("x-amz-sso_bearer_token".to_owned(), tokens.access.clone())];
    let url = format!("{}/logout", cloud.main_url());
    assert_eq!(request(Method::POST, &url, &bearer, String::new()).await?.status, 200);
    assert_eq!(refused(&request(Method::POST, &url, &bearer, String::new()).await?), unauthorized());
    assert_eq!(refused(&refresh(&cloud, &client, &tokens.refresh).await?), invalid_grant());
    assert_eq!(stats(&cloud).await?["revoked_families"], 0);
    Ok(())
}

#[tokio::test]
async fn faults_of_both_services_come_as_often_as_asked_and_everything_is_counted() -> Outcome {
    let cloud = cloud()?;
    let faults = format!("{}/demo/faults", cloud.main_url());
    let tokens = signed_in(&cloud).await?;
    post_json(&faults, "", json!({ "portal_status": 503, "portal_code": "ServiceUnavailable", "times": 2 })).await?;
    for expected in [503, 503, 200] {
        assert_eq!(portal(&cloud, &tokens.access, "/assignment/accounts").await?.status, expected);
    }
    post_json(&faults, "", json!({ "token_status": 400, "token_code": "slow_down" })).await?;
    let client = register(&cloud, &cloud.announcement().start_urls[0]).await?;
    let faulty = refresh(&cloud, &client, &tokens.refresh).await?;
    assert_eq!(refused(&faulty), refusal(400, "SlowDownException", "slow_down"));
    assert_eq!(refused(&refresh(&cloud, &client, &tokens.refresh).await?), invalid_grant());
    let expected = json!({
        "operations": { "RegisterClient": 2, "CreateToken": 3, "ListAccounts": 3 },
        "errors": { "ServiceUnavailable": 2, "SlowDownException": 1, "InvalidGrantException": 1 },
        "refreshes": 0, "revoked_families": 0,
    });
    assert_eq!(stats(&cloud).await?, expected);
    Ok(())
}
