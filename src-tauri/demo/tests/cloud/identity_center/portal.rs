//! The portal: accounts page by page, permission sets, credentials, and the limit of its rate.

use serde_json::{Value, json};
use sidelight_demo::{DemoCloud, Options};

use super::{portal, refusal, refused, register, role_keys, sign_in, signed_in};
use crate::s3::client::{Client, client};
use crate::support::{Outcome, assume, cloud, cloud_with, get, last_issued, login, signin_token, sts, token_of};

fn names(answer: &Value, list: &str, member: &str) -> Vec<String> {
    let items = answer[list].as_array().into_iter().flatten();
    items.filter_map(|item| item[member].as_str().map(str::to_owned)).collect()
}

/// Every page of the accounts, by the length asked for.
async fn pages(cloud: &DemoCloud, access_token: &str, length: usize) -> Outcome<Vec<Vec<String>>> {
    let mut pages = Vec::new();
    let mut path = format!("/assignment/accounts?max_result={length}");
    loop {
        let answer = portal(cloud, access_token, &path).await?.json()?;
        pages.push(names(&answer, "accountList", "accountName"));
        match answer["nextToken"].as_str() {
            Some(next) => path = format!("/assignment/accounts?max_result={length}&next_token={next}"),
            None => return Ok(pages),
        }
    }
}

#[tokio::test]
async fn accounts_come_page_by_page_with_their_names_and_addresses() -> Outcome {
    let cloud = cloud_with(Options { extra_accounts: 1, identity_center_accounts: 4, ..Options::default() })?;
    let tokens = signed_in(&cloud).await?;
    let first = portal(&cloud, &tokens.access, "/assignment/accounts?max_result=1").await?.json()?;
    let account = json!({
        "accountId": "111122223333",
        "accountName": "acme production",
        "emailAddress": "aws+111122223333@example.com",
    });
    assert_eq!(first["accountList"], json!([account]));
    let pages = pages(&cloud, &tokens.access, 3).await?;
    let expected = [
        vec!["acme production", "acme staging", "borealis"],
        vec!["client 01 production", "team 0001 production", "team 0001 staging"],
        vec!["team 0001 development", "team 0002 production"],
    ];
    assert_eq!(pages, expected);
    Ok(())
}

#[tokio::test]
async fn a_page_of_no_possible_length_or_place_is_refused() -> Outcome {
    let cloud = cloud()?;
    let tokens = signed_in(&cloud).await?;
    let wrong = ["max_result=0", "max_result=101", "max_result=x", "next_token=x", "next_token=accountList99"];
    for query in wrong {
        let answer = portal(&cloud, &tokens.access, &format!("/assignment/accounts?{query}")).await?;
        assert_eq!(refused(&answer), refusal(400, "InvalidRequestException", ""), "{query}");
    }
    Ok(())
}

#[tokio::test]
async fn an_account_names_its_permission_sets_and_one_that_is_not_assigned_is_not_found() -> Outcome {
    let cloud = cloud_with(Options { identity_center_accounts: 1, ..Options::default() })?;
    let tokens = signed_in(&cloud).await?;
    let roles =
        async |account: &str| portal(&cloud, &tokens.access, &format!("/assignment/roles?account_id={account}")).await;
    let few = roles("444455556666").await?.json()?;
    assert_eq!(names(&few, "roleList", "roleName"), ["AdministratorAccess", "ReadOnlyAccess"]);
    assert_eq!(few["roleList"][0]["accountId"], "444455556666");
    assert_eq!(names(&roles("800000000001").await?.json()?, "roleList", "roleName").len(), 5);
    assert_eq!(refused(&roles("800000000002").await?), refusal(404, "ResourceNotFoundException", ""));
    assert_eq!(refused(&roles("").await?), refusal(400, "InvalidRequestException", ""));
    Ok(())
}

#[tokio::test]
async fn the_second_instance_has_one_account_only() -> Outcome {
    let cloud = cloud()?;
    let client = register(&cloud, &cloud.announcement().start_urls[1]).await?;
    let tokens = sign_in(&cloud, &client).await?;
    assert_eq!(pages(&cloud, &tokens.access, 100).await?, [["borealis"]]);
    let roles = portal(&cloud, &tokens.access, "/assignment/roles?account_id=777788889999").await?.json()?;
    assert_eq!(names(&roles, "roleList", "roleName"), ["Billing"]);
    let path = "/federation/credentials?account_id=111122223333&role_name=ReadOnlyAccess";
    assert_eq!(refused(&portal(&cloud, &tokens.access, path).await?), refusal(403, "ForbiddenException", ""));
    Ok(())
}

#[tokio::test]
async fn credentials_of_a_permission_set_are_those_of_its_role_for_an_hour() -> Outcome {
    let cloud = cloud()?;
    let tokens = signed_in(&cloud).await?;
    let keys = role_keys(&cloud, &tokens.access, "111122223333", "ReadOnlyAccess").await?;
    let identity = sts(&cloud, &keys, &[("Action", "GetCallerIdentity")]).await?;
    let arn = identity.element("Arn");
    let role = arn.strip_prefix("arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_ReadOnlyAccess_");
    let suffix = role.and_then(|role| role.strip_suffix("/demo.user")).ok_or("another role")?;
    assert!(suffix.len() == 16 && suffix.bytes().all(|byte| byte.is_ascii_hexdigit()), "{arn}");
    let issued = last_issued(&cloud).await?;
    assert_eq!((&issued["action"], &issued["duration_seconds"]), (&json!("GetRoleCredentials"), &json!(3600)));
    assert_eq!(issued["session_name"], "demo.user");
    cloud.clock().advance(3600);
    assert_eq!(sts(&cloud, &keys, &[("Action", "GetCallerIdentity")]).await?.element("Code"), "ExpiredToken");
    Ok(())
}

#[tokio::test]
async fn credentials_of_a_permission_set_sign_in_without_a_duration_and_begin_a_chain() -> Outcome {
    let cloud = cloud_with(Options { identity_center_accounts: 1, ..Options::default() })?;
    let tokens = signed_in(&cloud).await?;
    let keys = role_keys(&cloud, &tokens.access, "800000000001", "PowerUserAccess").await?;
    let with_duration = signin_token(&cloud, &keys, Some("3600")).await?;
    assert_eq!(with_duration.status, 400);
    assert!(with_duration.text().contains("Invalid credentials parameter"));
    let token = token_of(&signin_token(&cloud, &keys, None).await?)?;
    let cookies = login(&cloud, &token, &format!("{}/console/home", cloud.main_url()), "").await?.cookies();
    let session = get(&format!("{}/demo/api/session", cloud.main_url()), &[("cookie", &cookies)]).await?.json()?;
    assert_eq!(session["account"], "800000000001");
    let partner = "arn:aws:iam::444455556666:role/Partner";
    assert_eq!(assume(&cloud, &keys, partner, "3601").await?.element("Code"), "ValidationError");
    assert_eq!(assume(&cloud, &keys, partner, "3600").await?.status, 200);
    assert_eq!(last_issued(&cloud).await?["chained"], true);
    Ok(())
}

#[tokio::test]
async fn a_token_may_ask_twenty_times_at_once_and_as_often_each_second() -> Outcome {
    let cloud = cloud()?;
    let (tokens, other) = (signed_in(&cloud).await?, signed_in(&cloud).await?);
    let statuses = async |count: usize| -> Outcome<Vec<u16>> {
        let mut statuses = Vec::new();
        for _ in 0..count {
            statuses.push(portal(&cloud, &tokens.access, "/assignment/accounts").await?.status.as_u16());
        }
        Ok(statuses)
    };
    assert_eq!(statuses(20).await?, [200; 20]);
    let refused_now = portal(&cloud, &tokens.access, "/assignment/accounts").await?;
    assert_eq!(refused(&refused_now), refusal(429, "TooManyRequestsException", ""));
    assert_eq!(refused_now.header("retry-after"), "1");
    assert_eq!(portal(&cloud, &other.access, "/assignment/accounts").await?.status, 200);
    cloud.clock().advance(1);
    assert_eq!(statuses(21).await?, [vec![200; 20], vec![429]].concat());
    Ok(())
}

#[tokio::test]
async fn credentials_of_a_permission_set_that_only_reads_write_nothing_to_s3() -> Outcome {
    let cloud = cloud()?;
    let tokens = signed_in(&cloud).await?;
    for (permission_set, status) in [("ReadOnlyAccess", 403), ("AdministratorAccess", 200)] {
        let keys = role_keys(&cloud, &tokens.access, "111122223333", permission_set).await?;
        let client = Client { keys, ..client(&cloud) };
        assert_eq!(client.get("/empty.txt", &[]).await?.status, 200, "{permission_set}");
        assert_eq!(client.put("/new", &[], "bytes").await?.status, status, "{permission_set}");
    }
    Ok(())
}
