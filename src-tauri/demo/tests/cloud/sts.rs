//! STS: signatures and the rules of each action.

use jiff::SignedDuration;

use crate::support::{
    ADMIN, Keys, Outcome, acme, assume, assume_with, borealis, cloud, owned, post_json, request, sts, sts_at,
};

const IDENTITY: &[(&str, &str)] = &[("Action", "GetCallerIdentity")];

#[tokio::test]
async fn a_signed_call_learns_who_it_is() -> Outcome {
    let cloud = cloud()?;
    let answer = sts(&cloud, &acme(&cloud), IDENTITY).await?;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.element("Account"), "111122223333");
    assert_eq!(answer.element("Arn"), "arn:aws:iam::111122223333:user/sidelight");
    assert!(!answer.header("date").is_empty());
    assert!(!answer.element("RequestId").is_empty());
    Ok(())
}

#[tokio::test]
async fn a_wrong_secret_an_unknown_key_and_no_signature_are_told_apart() -> Outcome {
    let cloud = cloud()?;
    let wrong = Keys { secret: "wrong".to_owned(), ..acme(&cloud) };
    let unknown = Keys { id: "AKIAUNKNOWNUNKNOWN00".to_owned(), ..acme(&cloud) };
    let refused = sts(&cloud, &wrong, IDENTITY).await?;
    assert_eq!((refused.status.as_u16(), refused.element("Code").as_str()), (403, "SignatureDoesNotMatch"));
    let refused = sts(&cloud, &unknown, IDENTITY).await?;
    assert_eq!((refused.status.as_u16(), refused.element("Code").as_str()), (403, "InvalidClientTokenId"));
    let url = format!("{}/", cloud.main_url());
    let refused = request(axum::http::Method::POST, &url, &[], "Action=GetCallerIdentity".to_owned()).await?;
    assert_eq!(refused.element("Code"), "MissingAuthenticationToken");
    Ok(())
}

#[tokio::test]
async fn a_clock_more_than_five_minutes_off_is_refused_in_both_directions() -> Outcome {
    let cloud = cloud()?;
    let now = cloud.clock().now();
    for (offset, words) in [(-301, "Signature expired: "), (301, "Signature not yet current: ")] {
        let answer = sts_at(&cloud, &acme(&cloud), IDENTITY, now + SignedDuration::from_secs(offset)).await?;
        assert_eq!(answer.element("Code"), "SignatureDoesNotMatch");
        assert!(answer.element("Message").starts_with(words), "{}", answer.text());
    }
    let answer = sts_at(&cloud, &acme(&cloud), IDENTITY, now - SignedDuration::from_secs(299)).await?;
    assert_eq!(answer.status, 200);
    Ok(())
}

#[tokio::test]
async fn an_assumed_role_works_until_it_expires() -> Outcome {
    let cloud = cloud()?;
    let assumed = assume(&cloud, &acme(&cloud), ADMIN, "900").await?;
    assert_eq!(assumed.element("Arn"), "arn:aws:sts::111122223333:assumed-role/Admin/jane.doe");
    assert_eq!(assumed.element("Expiration"), "2026-11-23T12:15:00Z");
    assert_eq!(sts(&cloud, &assumed.keys(), IDENTITY).await?.status, 200);
    let without_token = Keys { token: None, ..assumed.keys() };
    assert_eq!(sts(&cloud, &without_token, IDENTITY).await?.element("Code"), "InvalidClientTokenId");
    cloud.clock().advance(900);
    assert_eq!(sts(&cloud, &assumed.keys(), IDENTITY).await?.element("Code"), "ExpiredToken");
    Ok(())
}

#[tokio::test]
async fn a_role_is_not_assumed_for_longer_than_it_allows() -> Outcome {
    let cloud = cloud()?;
    let one_hour = "arn:aws:iam::111122223333:role/OneHour";
    let refused = assume(&cloud, &acme(&cloud), one_hour, "3601").await?;
    assert_eq!((refused.status.as_u16(), refused.element("Code").as_str()), (400, "ValidationError"));
    let words = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
    assert_eq!(refused.element("Message"), words);
    assert_eq!(assume(&cloud, &acme(&cloud), one_hour, "3600").await?.status, 200);
    assert_eq!(assume(&cloud, &acme(&cloud), ADMIN, "43200").await?.status, 200);
    assert_eq!(assume(&cloud, &acme(&cloud), ADMIN, "899").await?.element("Code"), "ValidationError");
    Ok(())
}

#[tokio::test]
async fn a_chained_role_lasts_an_hour_at_most() -> Outcome {
    let cloud = cloud()?;
    let first = assume(&cloud, &acme(&cloud), ADMIN, "3600").await?.keys();
    let refused = assume(&cloud, &first, ADMIN, "3601").await?;
    assert!(refused.element("Message").contains("role chaining"), "{}", refused.text());
    assert_eq!(assume(&cloud, &first, ADMIN, "3600").await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn a_role_that_trusts_nobody_and_one_elsewhere_are_denied_in_the_same_words() -> Outcome {
    let cloud = cloud()?;
    for role in ["arn:aws:iam::111122223333:role/Denied", "arn:aws:iam::444455556666:role/Admin"] {
        let refused = assume(&cloud, &acme(&cloud), role, "3600").await?;
        assert_eq!((refused.status.as_u16(), refused.element("Code").as_str()), (403, "AccessDenied"));
        let user = "User: arn:aws:iam::111122223333:user/sidelight";
        let words = format!("{user} is not authorized to perform: sts:AssumeRole on resource: {role}");
        assert_eq!(refused.element("Message"), words);
    }
    Ok(())
}

#[tokio::test]
async fn a_role_with_an_external_id_wants_to_hear_it() -> Outcome {
    let cloud = cloud()?;
    let role = "arn:aws:iam::111122223333:role/WithExternalId";
    assert_eq!(assume(&cloud, &acme(&cloud), role, "900").await?.element("Code"), "AccessDenied");
    let call = [("Action", "AssumeRole"), ("RoleArn", role), ("RoleSessionName", "jane"), ("ExternalId", "acme-4711")];
    assert_eq!(sts(&cloud, &acme(&cloud), &call).await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn a_session_name_follows_its_pattern() -> Outcome {
    let cloud = cloud()?;
    let long = "x".repeat(65);
    for name in ["jane doe", "x", long.as_str()] {
        let call = [("Action", "AssumeRole"), ("RoleArn", ADMIN), ("RoleSessionName", name)];
        assert_eq!(sts(&cloud, &acme(&cloud), &call).await?.element("Code"), "ValidationError", "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn a_federation_token_is_given_to_a_user_only() -> Outcome {
    let cloud = cloud()?;
    let call = [("Action", "GetFederationToken"), ("Name", "jane.doe"), ("Policy", r#"{"Statement":[]}"#)];
    let answer = sts(&cloud, &borealis(&cloud), &call).await?;
    assert_eq!(answer.element("Arn"), "arn:aws:sts::777788889999:federated-user/jane.doe");
    assert_eq!(answer.element("Expiration"), "2026-11-24T00:00:00Z");
    let again = sts(&cloud, &answer.keys(), &call).await?;
    assert_eq!(again.element("Message"), "Cannot call GetFederationToken with session credentials");
    let long = "x".repeat(33);
    let call = [("Action", "GetFederationToken"), ("Name", long.as_str())];
    assert_eq!(sts(&cloud, &borealis(&cloud), &call).await?.element("Code"), "ValidationError");
    Ok(())
}

#[tokio::test]
async fn a_fault_is_answered_as_often_as_asked() -> Outcome {
    let cloud = cloud()?;
    let faults = format!("{}/demo/faults", cloud.main_url());
    let wanted = serde_json::json!({ "sts_status": 400, "sts_code": "Throttling", "times": 1 });
    post_json(&faults, "", wanted).await?;
    assert_eq!(sts(&cloud, &acme(&cloud), IDENTITY).await?.element("Code"), "Throttling");
    assert_eq!(sts(&cloud, &acme(&cloud), IDENTITY).await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn session_policies_are_read_and_counted() -> Outcome {
    let cloud = cloud()?;
    let keys = acme(&cloud);
    let ten = (1..=10).map(|number| (format!("PolicyArns.member.{number}.arn"), arn_of(number))).collect::<Vec<_>>();
    let eleven = [&ten[..], &[("PolicyArns.member.11.arn".to_owned(), arn_of(11))]].concat();
    let inline = |policy: &str| vec![("Policy".to_owned(), policy.to_owned())];
    let long = format!(r#"{{"Statement":[],"Id":"{}"}}"#, "x".repeat(2048));
    for (policies, code) in [
        (ten, ""),
        (eleven, "ValidationError"),
        (inline(r#"{"Version":"2012-10-17","Statement":[]}"#), ""),
        (inline("{}"), "MalformedPolicyDocument"),
        (inline("Statement"), "MalformedPolicyDocument"),
        (inline(&long), "ValidationError"),
    ] {
        let policies: Vec<_> = policies.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = assume_with(&cloud, &keys, ADMIN, &policies).await?;
        assert_eq!(answer.element("Code"), code, "{policies:?}");
    }
    Ok(())
}

fn arn_of(number: u32) -> String {
    format!("arn:aws:iam::aws:policy/Policy{number}")
}

#[tokio::test]
async fn a_signature_that_is_not_for_this_host_is_none() -> Outcome {
    let cloud = cloud()?;
    let url = format!("{}/", cloud.main_url());
    let scope = "AKIAIOSFODNN7EXAMPLE/20261123/us-east-1/sts/aws4_request";
    let signed = format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=x-amz-date, Signature=00");
    let headers = owned(&[("authorization", &signed), ("x-amz-date", "20261123T120000Z")]);
    let refused = request(axum::http::Method::POST, &url, &headers, "Action=GetCallerIdentity".to_owned()).await?;
    assert_eq!((refused.status.as_u16(), refused.element("Code").as_str()), (403, "SignatureDoesNotMatch"));
    assert!(refused.element("Message").starts_with("'Host'"), "{}", refused.text());
    Ok(())
}
