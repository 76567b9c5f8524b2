//! The console's pages, its data, and what pages report.

use serde_json::json;

use crate::support::{Outcome, borealis, cloud, get, login, post_json, signed_in, signin_token, sts, token_of};

const PAGES: [&str; 5] =
    ["/console/home", "/s3/buckets", "/s3/buckets/acme-prod-reports-3333", "/ec2/home", "/cloudformation/home"];

#[tokio::test]
async fn every_page_needs_a_live_session() -> Outcome {
    let cloud = cloud()?;
    let cookies = signed_in(&cloud, &cloud.accounts()[0]).await?;
    for page in PAGES {
        let url = format!("{}{page}?region=eu-central-1", cloud.main_url());
        assert_eq!(get(&url, &[("cookie", &cookies)]).await?.status, 200, "{page}");
        let without = get(&url, &[]).await?;
        assert_eq!(without.status, 303, "{page}");
        assert!(without.header("location").starts_with("/signin?redirect_uri="), "{page}");
    }
    cloud.clock().advance(3600);
    let over = get(&format!("{}/console/home", cloud.main_url()), &[("cookie", &cookies)]).await?;
    assert_eq!(over.status, 403);
    assert!(over.text().contains("href=\"http://127.0.0.1:9/again\""), "{}", over.text());
    Ok(())
}

#[tokio::test]
async fn an_account_can_be_ended_by_hand_alone() -> Outcome {
    let cloud = cloud()?;
    let production = signed_in(&cloud, &cloud.accounts()[0]).await?;
    let staging = signed_in(&cloud, &cloud.accounts()[1]).await?;
    let url = format!("{}/demo/expire", cloud.main_url());
    let ended = post_json(&url, "", json!({ "account": "111122223333" })).await?.json()?;
    assert_eq!(ended, json!({ "ended": 1 }));
    let home = format!("{}/console/home", cloud.main_url());
    assert_eq!(get(&home, &[("cookie", &production)]).await?.status, 403);
    assert_eq!(get(&home, &[("cookie", &staging)]).await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn pages_come_under_a_strict_policy() -> Outcome {
    let cloud = cloud()?;
    let policy = get(&format!("{}/console/home", cloud.main_url()), &[]).await?;
    let policy = policy.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{policy}");
    assert!(policy.contains(&format!("frame-src {} 'self'", cloud.s3_url())), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    Ok(())
}

#[tokio::test]
async fn every_asset_a_page_names_is_there() -> Outcome {
    let cloud = cloud()?;
    let mut seen = vec![];
    let mut open = vec!["console.js".to_owned(), "console.css".to_owned(), "content.css".to_owned()];
    while let Some(name) = open.pop() {
        let asset = get(&format!("{}/demo/assets/{name}", cloud.main_url()), &[]).await?;
        assert_eq!(asset.status, 200, "{name}");
        let text = asset.text();
        let imports = text.split("from './").skip(1).filter_map(|rest| rest.split('\'').next());
        for import in imports.map(str::to_owned) {
            if !seen.contains(&import) {
                open.push(import);
            }
        }
        seen.push(name);
    }
    for icon in ["home", "s3", "ec2", "cloudformation"] {
        assert_eq!(get(&format!("{}/demo/assets/{icon}.svg", cloud.main_url()), &[]).await?.status, 200);
    }
    Ok(())
}

#[tokio::test]
async fn production_and_staging_own_different_things() -> Outcome {
    let cloud = cloud()?;
    let mut lists = vec![];
    for profile in &cloud.accounts()[..2] {
        let cookies = signed_in(&cloud, profile).await?;
        for list in ["instances", "stacks", "buckets"] {
            let url = format!("{}/demo/api/{list}?region=eu-central-1", cloud.main_url());
            let found = get(&url, &[("cookie", &cookies)]).await?.json()?;
            assert!(found.as_array().is_some_and(|found| found.len() > 2), "{list}");
            assert!(!lists.contains(&found), "{list}");
            lists.push(found);
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_federated_user_without_a_policy_sees_nothing() -> Outcome {
    let cloud = cloud()?;
    let home = format!("{}/console/home", cloud.main_url());
    let url = format!("{}/demo/api/instances?region=ap-northeast-1", cloud.main_url());
    for (policy, status) in
        [(None, 403), (Some(("PolicyArns.member.1.arn", "arn:aws:iam::aws:policy/ReadOnlyAccess")), 200)]
    {
        let call: Vec<_> = [("Action", "GetFederationToken"), ("Name", "jane")].into_iter().chain(policy).collect();
        let keys = sts(&cloud, &borealis(&cloud), &call).await?.keys();
        let token = token_of(&signin_token(&cloud, &keys, None).await?)?;
        let cookies = login(&cloud, &token, &home, "").await?.cookies();
        assert_eq!(get(&url, &[("cookie", &cookies)]).await?.status, status);
    }
    Ok(())
}

#[tokio::test]
async fn a_report_is_kept_with_what_its_cookie_says() -> Outcome {
    let cloud = cloud()?;
    let cookies = signed_in(&cloud, &cloud.accounts()[0]).await?;
    let url = format!("{}/demo/report", cloud.main_url());
    let lie = json!({ "path": "/ec2/home", "account": "444455556666", "cookie_account": "444455556666" });
    assert_eq!(post_json(&url, &cookies, lie).await?.json()?, json!({ "sequence": 1 }));
    post_json(&url, "", json!({ "path": "/demo/heavy", "n": "7" })).await?;
    let all = get(&format!("{}s", url), &[]).await?.json()?;
    assert_eq!(all[0]["account"], "444455556666");
    assert_eq!(all[0]["cookie_account"], "111122223333");
    assert_eq!(all[0]["cookie_live"], true);
    let newer = get(&format!("{url}s?after=1"), &[]).await?.json()?;
    assert_eq!(newer.as_array().map(Vec::len), Some(1));
    assert_eq!(newer[0]["n"], "7");
    Ok(())
}

#[tokio::test]
async fn the_heavy_page_needs_no_session() -> Outcome {
    let cloud = cloud()?;
    assert_eq!(get(&format!("{}/demo/heavy?n=1", cloud.main_url()), &[]).await?.status, 200);
    let script = get(&format!("{}/demo/heavy.js", cloud.main_url()), &[]).await?;
    assert!(script.body.len() >= 1_500_000);
    Ok(())
}
