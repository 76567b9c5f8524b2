//! Sign-in: tokens, session durations, one account for each cookie jar.

use serde_json::json;
use sidelight_demo::{DemoCloud, Options};
use url::Url;

use crate::support::{
    ADMIN, Outcome, acme, assume, borealis, cloud, cloud_with, get, login, post_json, signed_in, signin_token, sts,
    token_of,
};

const ONE_HOUR: &str = "arn:aws:iam::111122223333:role/OneHour";

async fn acme_token(cloud: &DemoCloud) -> Outcome<String> {
    let keys = assume(cloud, &acme(cloud), ADMIN, "3600").await?.keys();
    token_of(&signin_token(cloud, &keys, None).await?)
}

#[tokio::test]
async fn a_token_opens_the_destination_once() -> Outcome {
    let cloud = cloud()?;
    let token = acme_token(&cloud).await?;
    let destination = format!("{}/s3/buckets?region=eu-central-1", cloud.main_url());
    let answer = login(&cloud, &token, &destination, "").await?;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (302, destination.as_str()));
    assert!(answer.cookies().contains("aws-userInfo="));
    assert_eq!(login(&cloud, &token, &destination, "").await?.status, 400);
    Ok(())
}

#[tokio::test]
async fn a_token_lives_a_quarter_of_an_hour() -> Outcome {
    let cloud = cloud()?;
    let home = format!("{}/console/home", cloud.main_url());
    let (early, late) = (acme_token(&cloud).await?, acme_token(&cloud).await?);
    cloud.clock().advance(900);
    assert_eq!(login(&cloud, &early, &home, "").await?.status, 302);
    cloud.clock().advance(1);
    assert_eq!(login(&cloud, &late, &home, "").await?.status, 400);
    Ok(())
}

#[tokio::test]
async fn a_session_duration_goes_only_with_a_role_assumed_by_a_long_term_key() -> Outcome {
    let cloud = cloud()?;
    let role = assume(&cloud, &acme(&cloud), ADMIN, "900").await?.keys();
    assert_eq!(signin_token(&cloud, &role, Some("43200")).await?.status, 200);
    assert_eq!(signin_token(&cloud, &role, Some("899")).await?.status, 400);
    assert_eq!(signin_token(&cloud, &role, Some("43201")).await?.status, 400);
    let chained = assume(&cloud, &role, ADMIN, "900").await?.keys();
    let call = [("Action", "GetFederationToken"), ("Name", "jane"), ("Policy", r#"{"Statement":[]}"#)];
    let federated = sts(&cloud, &borealis(&cloud), &call).await?.keys();
    for keys in [chained, federated] {
        let refused = signin_token(&cloud, &keys, Some("3600")).await?;
        assert_eq!(refused.status, 400);
        assert!(refused.text().contains("Invalid credentials parameter"));
        assert_eq!(signin_token(&cloud, &keys, None).await?.status, 200);
    }
    Ok(())
}

#[tokio::test]
async fn a_session_does_not_last_longer_than_its_role_allows() -> Outcome {
    let cloud = cloud()?;
    let keys = assume(&cloud, &acme(&cloud), ONE_HOUR, "900").await?.keys();
    assert_eq!(signin_token(&cloud, &keys, Some("3601")).await?.status, 400);
    assert_eq!(signin_token(&cloud, &keys, Some("3600")).await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn neither_a_users_own_key_nor_its_session_token_can_be_federated() -> Outcome {
    let cloud = cloud()?;
    assert_eq!(signin_token(&cloud, &acme(&cloud), None).await?.status, 400);
    let session = sts(&cloud, &acme(&cloud), &[("Action", "GetSessionToken")]).await?.keys();
    assert_eq!(signin_token(&cloud, &session, None).await?.status, 400);
    Ok(())
}

#[tokio::test]
async fn credentials_that_expired_or_were_never_issued_are_refused() -> Outcome {
    let cloud = cloud()?;
    let mut keys = assume(&cloud, &acme(&cloud), ADMIN, "900").await?.keys();
    cloud.clock().advance(900);
    assert_eq!(signin_token(&cloud, &keys, None).await?.status, 400);
    keys.id = "ASIAUNKNOWNUNKNOWN00".to_owned();
    assert_eq!(signin_token(&cloud, &keys, None).await?.status, 400);
    Ok(())
}

#[tokio::test]
async fn another_account_must_log_out_first() -> Outcome {
    let cloud = cloud()?;
    let home = format!("{}/console/home", cloud.main_url());
    let staging = signed_in(&cloud, &cloud.accounts()[1]).await?;
    let refused = login(&cloud, &acme_token(&cloud).await?, &home, &staging).await?;
    assert_eq!(refused.status, 400);
    assert!(refused.text().contains("You must first log out before logging into a different AWS account"));
    get(&format!("{}/oauth?Action=logout", cloud.main_url()), &[("cookie", &staging)]).await?;
    assert_eq!(login(&cloud, &acme_token(&cloud).await?, &home, &staging).await?.status, 302);
    Ok(())
}

#[tokio::test]
async fn a_destination_elsewhere_is_refused() -> Outcome {
    let cloud = cloud()?;
    let token = acme_token(&cloud).await?;
    let s3 = format!("{}/x", cloud.s3_url());
    let lookalike = cloud.main_url().replace("127.0.0.1", "127.0.0.1.example.com");
    for destination in ["https://example.com/", "/console/home", s3.as_str(), lookalike.as_str()] {
        assert_eq!(login(&cloud, &token, destination, "").await?.status, 400, "{destination}");
    }
    let localhost = cloud.main_url().replace("127.0.0.1", "localhost");
    assert_eq!(login(&cloud, &token, &localhost, "").await?.status, 302);
    Ok(())
}

#[tokio::test]
async fn faults_and_numbers_tell_what_was_sent() -> Outcome {
    let cloud = cloud()?;
    let keys = assume(&cloud, &acme(&cloud), ADMIN, "900").await?.keys();
    let faults = format!("{}/demo/faults", cloud.main_url());
    post_json(&faults, "", json!({ "refuse_session_duration": true })).await?;
    assert_eq!(signin_token(&cloud, &keys, Some("3600")).await?.status, 400);
    assert_eq!(signin_token(&cloud, &keys, None).await?.status, 200);
    post_json(&faults, "", json!({ "federation_status": 503, "times": 2 })).await?;
    for expected in [503, 503, 200] {
        assert_eq!(signin_token(&cloud, &keys, None).await?.status, expected);
    }
    let stats = get(&format!("{}/demo/stats", cloud.main_url()), &[]).await?.json()?;
    assert_eq!(stats["signin_tokens"]["post"], json!({ "with_session_duration": 1, "without_session_duration": 4 }));
    assert_eq!(stats["signin_tokens"]["get"], json!({ "with_session_duration": 0, "without_session_duration": 0 }));
    assert_eq!(stats["sts"], json!({ "AssumeRole": 1 }));
    Ok(())
}

#[tokio::test]
async fn credentials_of_another_sts_are_asked_about_there() -> Outcome {
    let other = cloud()?;
    let verify_with = Some(Url::parse(other.main_url())?);
    let cloud = cloud_with(Options { verify_with, ..Options::default() })?;
    let mut keys = assume(&other, &acme(&other), ADMIN, "900").await?.keys();
    let token = token_of(&signin_token(&cloud, &keys, Some("3600")).await?)?;
    let home = format!("{}/console/home", cloud.main_url());
    let cookies = login(&cloud, &token, &home, "").await?.cookies();
    let session = get(&format!("{}/demo/api/session", cloud.main_url()), &[("cookie", &cookies)]).await?.json()?;
    assert_eq!(session["arn"], "arn:aws:sts::111122223333:assumed-role/Admin/jane.doe");
    keys.secret = "wrong".to_owned();
    assert_eq!(signin_token(&cloud, &keys, None).await?.status, 400);
    Ok(())
}
