//! Chains of roles across accounts, and what a session carries along them.

use serde_json::json;

use crate::support::{
    ADMIN, Answer, Outcome, acme, assume, assume_with, cloud, last_issued, request, signin_token, sts,
};

const PARTNER: &str = "arn:aws:iam::444455556666:role/Partner";
const PARTNER_EXTERNAL: &str = "arn:aws:iam::777788889999:role/PartnerExternal";
const WEB_IDENTITY: &str = "arn:aws:iam::111122223333:role/WebIdentity";

fn refused(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.element("Code"))
}

fn invalid(code: &str) -> (u16, String) {
    (400, code.to_owned())
}

#[tokio::test]
async fn a_chain_leads_through_accounts_and_each_link_is_told() -> Outcome {
    let cloud = cloud()?;
    let first = assume(&cloud, &acme(&cloud), ADMIN, "3600").await?.keys();
    let second = assume(&cloud, &first, PARTNER, "3600").await?;
    assert_eq!(second.element("Arn"), "arn:aws:sts::444455556666:assumed-role/Partner/jane.doe");
    let without = assume(&cloud, &second.keys(), PARTNER_EXTERNAL, "900").await?;
    assert_eq!(refused(&without), (403, "AccessDenied".to_owned()));
    let call = [("ExternalId", "acme-4711"), ("DurationSeconds", "900")];
    let third = assume_with(&cloud, &second.keys(), PARTNER_EXTERNAL, &call).await?;
    let identity = sts(&cloud, &third.keys(), &[("Action", "GetCallerIdentity")]).await?;
    assert_eq!(identity.element("Account"), "777788889999");
    let mut issued = last_issued(&cloud).await?;
    assert_eq!(issued["access_key_id"].take(), json!(third.keys().id));
    let expected = json!({
        "sequence": 3, "action": "AssumeRole", "access_key_id": null, "account": "777788889999",
        "arn": "arn:aws:sts::777788889999:assumed-role/PartnerExternal/jane.doe",
        "role_arn": PARTNER_EXTERNAL, "session_name": "jane.doe", "source_identity": null, "tags": [],
        "chained": true, "mfa": false, "duration_seconds": 900,
    });
    assert_eq!(issued, expected);
    assert_eq!(signin_token(&cloud, &third.keys(), Some("900")).await?.status, 400);
    assert_eq!(signin_token(&cloud, &third.keys(), None).await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn a_source_identity_stays_through_the_chain_and_is_not_replaced() -> Outcome {
    let cloud = cloud()?;
    let named = assume_with(&cloud, &acme(&cloud), ADMIN, &[("SourceIdentity", "jane")]).await?;
    assert_eq!(named.element("SourceIdentity"), "jane");
    let chained = assume(&cloud, &named.keys(), PARTNER, "900").await?;
    assert_eq!(chained.element("SourceIdentity"), "jane");
    assert_eq!(last_issued(&cloud).await?["source_identity"], "jane");
    let same = assume_with(&cloud, &chained.keys(), PARTNER, &[("SourceIdentity", "jane")]).await?;
    assert_eq!(same.status, 200, "{}", same.text());
    let other = assume_with(&cloud, &chained.keys(), PARTNER, &[("SourceIdentity", "john")]).await?;
    assert_eq!(refused(&other), (403, "AccessDenied".to_owned()));
    let short = assume_with(&cloud, &acme(&cloud), ADMIN, &[("SourceIdentity", "j")]).await?;
    assert_eq!(refused(&short), invalid("ValidationError"));
    Ok(())
}

#[tokio::test]
async fn a_transitive_tag_is_inherited_and_not_overridden_and_any_other_ends_with_its_session() -> Outcome {
    let cloud = cloud()?;
    let call = [
        ("Tags.member.1.Key", "Project"),
        ("Tags.member.1.Value", "Sidelight"),
        ("Tags.member.2.Key", "Ticket"),
        ("Tags.member.2.Value", ""),
        ("TransitiveTagKeys.member.1", "project"),
    ];
    let tagged = assume_with(&cloud, &acme(&cloud), ADMIN, &call).await?;
    let project = json!({ "key": "Project", "value": "Sidelight", "transitive": true });
    let ticket = json!({ "key": "Ticket", "value": "", "transitive": false });
    assert_eq!(last_issued(&cloud).await?["tags"], json!([project, ticket]));
    let chained = assume(&cloud, &tagged.keys(), PARTNER, "900").await?;
    assert_eq!(last_issued(&cloud).await?["tags"], json!([project]));
    let again = assume(&cloud, &chained.keys(), PARTNER, "900").await?;
    assert_eq!(last_issued(&cloud).await?["tags"], json!([project]));
    let call = [("Tags.member.1.Key", "PROJECT"), ("Tags.member.1.Value", "Other")];
    let overriding = assume_with(&cloud, &again.keys(), PARTNER, &call).await?;
    assert_eq!(refused(&overriding), invalid("InvalidParameterValue"));
    assert!(overriding.element("Message").contains("conflicts with a transitive tag key"));
    Ok(())
}

#[tokio::test]
async fn tags_keep_to_awss_limits() -> Outcome {
    let cloud = cloud()?;
    let (long_key, long_value) = ("k".repeat(129), "v".repeat(257));
    for (key, value) in [("", "v"), (long_key.as_str(), "v"), ("k", long_value.as_str()), ("k;", "v")] {
        let call = [("Tags.member.1.Key", key), ("Tags.member.1.Value", value)];
        let answer = assume_with(&cloud, &acme(&cloud), ADMIN, &call).await?;
        assert_eq!(refused(&answer), invalid("ValidationError"), "{key}={value}");
    }
    let names: Vec<(String, String)> =
        (1..=51).map(|number| (format!("Tags.member.{number}.Key"), format!("Tags.member.{number}.Value"))).collect();
    let tags: Vec<(&str, &str)> =
        names.iter().flat_map(|(key, value)| [(key.as_str(), key.as_str()), (value.as_str(), "v")]).collect();
    assert_eq!(refused(&assume_with(&cloud, &acme(&cloud), ADMIN, &tags).await?), invalid("ValidationError"));
    assert_eq!(assume_with(&cloud, &acme(&cloud), ADMIN, &tags[..100]).await?.status, 200);
    let twice = [
        ("Tags.member.1.Key", "Team"),
        ("Tags.member.1.Value", "a"),
        ("Tags.member.2.Key", "team"),
        ("Tags.member.2.Value", "b"),
    ];
    let answer = assume_with(&cloud, &acme(&cloud), ADMIN, &twice).await?;
    assert_eq!(refused(&answer), invalid("InvalidParameterValue"));
    let unknown = assume_with(&cloud, &acme(&cloud), ADMIN, &[("TransitiveTagKeys.member.1", "Team")]).await?;
    assert_eq!(refused(&unknown), invalid("InvalidParameterValue"));
    Ok(())
}

#[tokio::test]
async fn a_web_identity_token_opens_its_role_without_a_signature() -> Outcome {
    let cloud = cloud()?;
    let call = async |role: &str, token: &str| {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("Action", "AssumeRoleWithWebIdentity"), ("Version", "2011-06-15")])
            .extend_pairs([("RoleArn", role), ("RoleSessionName", "build-17"), ("WebIdentityToken", token)])
            .finish();
        request(axum::http::Method::POST, &format!("{}/", cloud.main_url()), &[], form).await
    };
    let assumed = call(WEB_IDENTITY, "demo-token-17").await?;
    assert_eq!(assumed.status, 200, "{}", assumed.text());
    assert_eq!(assumed.element("Arn"), "arn:aws:sts::111122223333:assumed-role/WebIdentity/build-17");
    assert_eq!(assumed.element("SubjectFromWebIdentityToken"), "demo.user");
    assert_eq!(signin_token(&cloud, &assumed.keys(), Some("43200")).await?.status, 200);
    assert_eq!(assume(&cloud, &assumed.keys(), PARTNER, "3601").await?.element("Code"), "ValidationError");
    assert_eq!(refused(&call(WEB_IDENTITY, "another").await?), invalid("InvalidIdentityToken"));
    assert_eq!(refused(&call(ADMIN, "demo-token-17").await?), (403, "AccessDenied".to_owned()));
    assert_eq!(refused(&assume(&cloud, &acme(&cloud), WEB_IDENTITY, "900").await?), (403, "AccessDenied".to_owned()));
    Ok(())
}
