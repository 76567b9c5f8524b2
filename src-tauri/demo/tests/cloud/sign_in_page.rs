//! An account's own sign-in page: its form, a user's password, and the session that begins there.

use serde_json::{Value, json};
use sidelight_demo::{DemoCloud, DemoProfile};

use crate::support::{Answer, Outcome, cloud, get, post_form, post_json, signed_in};

const WORDS: &str = "Your authentication information is incorrect. Please try again.";
const HOME: &str = "/console/home";

/// What the form sends, for a browser with these cookies.
async fn sign_in(cloud: &DemoCloud, fields: [&str; 3], redirect_uri: &str, cookies: &str) -> Outcome<Answer> {
    let [account, username, password] = fields;
    let form = [
        ("action", "iam-user-authentication"),
        ("redirect_uri", redirect_uri),
        ("account", account),
        ("username", username),
        ("password", password),
    ];
    post_form(&format!("{}/authenticate", cloud.main_url()), cookies, &form).await
}

fn right(profile: &DemoProfile) -> [&str; 3] {
    [&profile.account, &profile.console_user, &profile.console_password]
}

async fn page(cloud: &DemoCloud, path: &str, cookies: &str) -> Outcome<Answer> {
    get(&format!("{}{path}", cloud.main_url()), &[("cookie", cookies)]).await
}

fn led_to(answer: &Answer) -> (u16, &str) {
    (answer.status.as_u16(), answer.header("location"))
}

/// What the cookie that the app reads says of the user.
fn user_cookie(cookies: &str) -> Outcome<Value> {
    let value = cookies.split("aws-userInfo=").nth(1).ok_or("there is no such cookie")?;
    let json = percent_encoding::percent_decode_str(value.split(';').next().unwrap_or(value)).decode_utf8()?;
    Ok(serde_json::from_str(&json)?)
}

#[tokio::test]
async fn the_page_of_an_account_asks_for_a_user_and_a_password() -> Outcome {
    let cloud = cloud()?;
    for (path, account) in [
        ("/signin/111122223333/console", "111122223333"),
        ("/signin/111122223333/console/", "111122223333"),
        ("/signin/acme-production/console/", "acme-production"),
        ("/signin/nobody%22%3E/console/", "nobody&quot;&gt;"),
        ("/signin", ""),
        ("/authenticate", ""),
    ] {
        let answer = page(&cloud, path, "").await?;
        assert_eq!(answer.status, 200, "{path}");
        let text = answer.text();
        assert!(text.contains(&format!("<input id=\"account\" name=\"account\" value=\"{account}\"")), "{text}");
        assert!(text.contains("<input id=\"username\" name=\"username\" value=\"\""), "{text}");
        assert!(text.contains("<input id=\"password\" name=\"password\" type=\"password\""), "{text}");
        assert!(text.contains("method=\"post\" action=\"/authenticate\""), "{text}");
    }
    Ok(())
}

#[tokio::test]
async fn a_right_password_signs_the_user_in_by_id_or_alias() -> Outcome {
    let cloud = cloud()?;
    for profile in cloud.accounts() {
        for account in [&profile.account, &profile.account_alias] {
            let fields = [account, &profile.console_user, &profile.console_password].map(String::as_str);
            let answer = sign_in(&cloud, fields, "", "").await?;
            assert_eq!(led_to(&answer), (302, HOME), "{}", answer.text());
            let cookies = answer.cookies();
            assert_eq!(page(&cloud, HOME, &cookies).await?.status, 200);
            let arn = format!("arn:aws:iam::{}:user/sidelight", profile.account);
            let session = page(&cloud, "/demo/api/session", &cookies).await?.json()?;
            assert_eq!((&session["arn"], &session["permitted"]), (&json!(arn), &json!(true)));
            let user = user_cookie(&cookies)?;
            assert_eq!((&user["arn"], &user["username"]), (&json!(arn), &json!("sidelight")));
            assert_eq!(user["alias"], json!(profile.account_alias));
        }
    }
    let stats = page(&cloud, "/demo/stats", "").await?.json()?;
    assert_eq!((&stats["logins"], &stats["refused_logins"]), (&json!(6), &json!(0)));
    Ok(())
}

#[tokio::test]
async fn a_wrong_account_user_or_password_begins_no_session_and_says_so() -> Outcome {
    let cloud = cloud()?;
    let [account, user, password] = right(&cloud.accounts()[0]);
    let other = cloud.accounts()[1].console_password.as_str();
    for wrong in [
        [account, user, other],
        [account, user, ""],
        [account, "root", password],
        [account, "", password],
        ["444455556666", user, password],
        ["800000000001", "", ""],
        ["", user, password],
    ] {
        let answer = sign_in(&cloud, wrong, "/s3/buckets", "").await?;
        assert_eq!((answer.status.as_u16(), answer.cookies().as_str()), (403, ""), "{wrong:?}");
        let text = answer.text();
        assert!(text.contains(WORDS) && text.contains("name=\"redirect_uri\" value=\"/s3/buckets\""), "{text}");
        assert!(text.contains(&format!("name=\"username\" value=\"{}\"", wrong[1])), "{text}");
        assert!(wrong[2].is_empty() || !text.contains(wrong[2]), "the password is not sent back");
    }
    assert!(!page(&cloud, "/signin", "").await?.text().contains(WORDS));
    assert_eq!(page(&cloud, "/demo/stats", "").await?.json()?["refused_logins"], 7);
    Ok(())
}

#[tokio::test]
async fn a_console_page_without_a_session_leads_through_sign_in_back_to_itself() -> Outcome {
    let cloud = cloud()?;
    let wanted = "/s3/buckets?region=eu-central-1&tab=objects";
    let first = page(&cloud, wanted, "").await?;
    let form = page(&cloud, first.header("location"), "").await?.text();
    let field = form.split_once("name=\"redirect_uri\" value=\"").and_then(|(_, rest)| rest.split_once('"'));
    let redirect_uri = field.map(|(value, _)| value.replace("&amp;", "&")).ok_or("the form has no such field")?;
    let answer = sign_in(&cloud, right(&cloud.accounts()[0]), &redirect_uri, "").await?;
    assert_eq!(led_to(&answer), (302, wanted));
    let whole = format!("{}{wanted}#x", cloud.main_url());
    let answer = sign_in(&cloud, right(&cloud.accounts()[0]), &whole, "").await?;
    assert_eq!(led_to(&answer), (302, "/s3/buckets?region=eu-central-1&tab=objects#x"));
    Ok(())
}

#[tokio::test]
async fn nobody_is_led_to_another_host() -> Outcome {
    let cloud = cloud()?;
    let main = cloud.main_url();
    let two_slashes = format!("{main}//example.com/");
    let with_user = format!("{}@example.com/", main);
    for elsewhere in
        ["https://example.com/", "//example.com/", "/\\example.com/", cloud.s3_url(), &two_slashes, &with_user]
    {
        let answer = sign_in(&cloud, right(&cloud.accounts()[0]), elsewhere, "").await?;
        assert_eq!((answer.status.as_u16(), answer.cookies().as_str()), (400, ""), "{elsewhere}");
        let query =
            url::form_urlencoded::Serializer::new(String::new()).append_pair("redirect_uri", elsewhere).finish();
        assert_eq!(page(&cloud, &format!("/signin?{query}"), "").await?.status, 400, "{elsewhere}");
    }
    Ok(())
}

#[tokio::test]
async fn a_browser_that_is_signed_in_is_sent_on_and_another_account_must_log_out_first() -> Outcome {
    let cloud = cloud()?;
    let cookies = sign_in(&cloud, right(&cloud.accounts()[0]), "", "").await?.cookies();
    let on = page(&cloud, "/signin/acme-production/console/?redirect_uri=/ec2/home", &cookies).await?;
    assert_eq!(led_to(&on), (302, "/ec2/home"));
    assert_eq!(led_to(&page(&cloud, "/signin", &cookies).await?), (302, HOME));
    let other = page(&cloud, "/signin/444455556666/console/", &cookies).await?;
    assert_eq!((other.status.as_u16(), other.cookies().as_str()), (200, ""));
    let refused = sign_in(&cloud, right(&cloud.accounts()[1]), "", &cookies).await?;
    assert_eq!((refused.status.as_u16(), refused.cookies().as_str()), (400, ""));
    assert!(refused.text().contains("You must first log out"), "{}", refused.text());
    page(&cloud, "/oauth?Action=logout", &cookies).await?;
    assert_eq!(sign_in(&cloud, right(&cloud.accounts()[1]), "", &cookies).await?.status, 302);
    let federated = signed_in(&cloud, &cloud.accounts()[0]).await?;
    assert_eq!(led_to(&page(&cloud, "/signin/111122223333/console/", &federated).await?), (302, HOME));
    Ok(())
}

#[tokio::test]
async fn such_a_session_ends_after_twelve_hours_or_by_hand_and_leads_back_to_its_page() -> Outcome {
    let cloud = cloud()?;
    let profile = &cloud.accounts()[0];
    let own_page = format!("{}/signin/111122223333/console/", cloud.main_url());
    let cookies = sign_in(&cloud, right(profile), "", "").await?.cookies();
    cloud.clock().advance(12 * 3600 - 1);
    assert_eq!(page(&cloud, HOME, &cookies).await?.status, 200);
    cloud.clock().advance(1);
    let over = page(&cloud, HOME, &cookies).await?;
    assert_eq!(over.status, 403);
    assert!(over.text().contains(&format!("href=\"{own_page}\"")), "{}", over.text());
    let again = get(&own_page, &[("cookie", &cookies)]).await?;
    assert_eq!(again.status, 200);
    assert_eq!(again.cookies(), "aws-creds=; aws-userInfo=", "nobody is told who was signed in");
    let cookies = sign_in(&cloud, right(profile), "", &cookies).await?.cookies();
    let expire = format!("{}/demo/expire", cloud.main_url());
    let ended = post_json(&expire, "", json!({ "account": profile.account })).await?.json()?;
    assert_eq!(ended, json!({ "ended": 1 }));
    assert_eq!(page(&cloud, HOME, &cookies).await?.status, 403);
    Ok(())
}

#[tokio::test]
async fn reports_know_the_account_and_pages_have_its_data() -> Outcome {
    let cloud = cloud()?;
    let cookies = sign_in(&cloud, right(&cloud.accounts()[1]), "", "").await?.cookies();
    let report = format!("{}/demo/report", cloud.main_url());
    post_json(&report, &cookies, json!({ "path": HOME })).await?;
    let reports = page(&cloud, "/demo/reports", "").await?.json()?;
    assert_eq!((&reports[0]["cookie_account"], &reports[0]["cookie_live"]), (&json!("444455556666"), &json!(true)));
    let instances = page(&cloud, "/demo/api/instances?region=eu-central-1", &cookies).await?.json()?;
    assert!(instances.as_array().is_some_and(|instances| instances.len() > 2), "{instances}");
    let bucket = page(&cloud, "/demo/api/buckets", &cookies).await?.json()?[0]["name"].take();
    let link = format!("{}/demo/api/presign", cloud.main_url());
    let link = post_json(&link, &cookies, json!({ "bucket": bucket, "key": "reports/2026-10.csv" })).await?.json()?;
    let url = link["url"].as_str().ok_or("there is no link")?;
    assert_eq!(get(url, &[]).await?.status, 200, "the session's keys sign links");
    Ok(())
}
