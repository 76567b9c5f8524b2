//! Sessions that go on: an ended one is signed in again in place, and all its tabs continue on their
//! own pages; and a sign-out ends a session there and here.

use serde_json::json;
use sidelight_tests::console::Console;
use sidelight_tests::demo::{PARTITION, Report};
use sidelight_tests::desktop::{Desktop, apps_share};
use sidelight_tests::notifications::Notifications;
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::{HarnessError, Outcome};

const PAGES: [&str; 3] =
    ["/s3/buckets?region=eu-central-1", "/ec2/home?region=eu-central-1", "/cloudformation/home?region=eu-central-1"];

#[tokio::test]
async fn an_expired_session_is_renewed_in_place_and_three_tabs_go_on_on_their_pages() -> Outcome {
    let stage = Stage::open().await?;
    let account = stage.profile("acme production")?.account.clone();
    for page in PAGES {
        stage.open_page("acme production", page)?;
    }
    stage.cloud.tell("expire", &json!({ "account": account }))?;
    stage.hand().click(&Part::Button("Reload".to_owned())).await?;
    let before = stage.cloud.last_report()?;
    // The page that says that the session is over knows no account; its link moves until its style is there.
    let has_style = |report: &Report| report.action("sign-in-again").is_some_and(|[left, ..]| left > 100.0);
    let (page, action) =
        stage.cloud.wait_for_action("sign-in-again", |report| report.is_visible() && has_style(report))?;
    let area = stage.hand().rect(&Part::ConsoleArea).await?;
    Console::new(&stage.screen, stage.app.window(&stage.screen)?, area).click(&page, &action)?;
    for page in PAGES {
        let path = page.split('?').next().unwrap_or(page);
        let found = stage.cloud.wait_for_report(&format!("{page} again"), before, |report| {
            report.text("account") == account
                && report.text("path").starts_with(path)
                && !report.text("session").is_empty()
        })?;
        assert_eq!(found.text("cookie_account"), account);
    }
    stage.wait_for_tabs("three live tabs", |tabs| {
        (tabs.len() == 3 && tabs.iter().all(|tab| tab["state"] == "live")).then_some(())
    })?;
    stage.close().await
}

#[tokio::test]
async fn a_sign_out_ends_the_session_there_and_here_and_the_next_look_signs_in_anew() -> Outcome {
    let stage = Stage::open().await?;
    let before = stage.open_profile("acme production").await?;
    stage.side.run(&["logout", "acme production"])?.success()?;
    stage.wait_for_tabs("a tab without a session", |tabs| (tabs[0]["state"] == "expired").then_some(()))?;
    let account = stage.profile("acme production")?.account.clone();
    let later = stage.cloud.last_report()?;
    stage.side.run(&["open", "acme production"])?.success()?;
    let page = stage.cloud.wait_for_report("a page of a new session", later, |report| {
        report.text("account") == account && report.is_visible()
    })?;
    assert_ne!(page.text("session"), before.text("session"), "another session than before");
    let stats = stage.cloud.stats()?;
    if stats["logins"].as_u64() != Some(2) {
        return Err(HarnessError::missing(format!("two sign-ins: {stats}")));
    }
    stage.close().await
}

#[tokio::test]
async fn the_desktop_says_ten_minutes_before_a_session_ends_whose_it_is() -> Outcome {
    let desktop = Desktop::start()?;
    let notifications = Notifications::start(&desktop)?;
    let stage = Stage::open_on(desktop, &[]).await?;
    let keys = stage.side.run_revealing(&["credentials", "acme production"])?.success()?.json()?;
    let aws = stage.desktop.home().join(".aws");
    stage.desktop.leaks().leave_out(&aws);
    std::fs::create_dir_all(&aws).map_err(HarnessError::io("make ~/.aws"))?;
    let environment = aws.join("environment");
    let printed = format!(
        "env > {}\nend=$(date -u -d '+8 minutes' +%Y-%m-%dT%H:%M:%SZ)\n\
         echo '{{\"Version\":1,\"AccessKeyId\":{},\"SecretAccessKey\":{},\"SessionToken\":{},\"Expiration\":\"'$end'\"}}'\n",
        environment.display(),
        keys["AccessKeyId"],
        keys["SecretAccessKey"],
        keys["SessionToken"]
    );
    let script = aws.join("print.sh");
    std::fs::write(&script, printed).map_err(HarnessError::io("write the command"))?;
    let config = format!("[profile soon]\ncredential_process = sh {}\nregion = eu-central-1\n", script.display());
    std::fs::write(aws.join("config"), config).map_err(HarnessError::io("write ~/.aws/config"))?;
    let add = ["add", "config-profile", "soon production", "--profile", "soon", "--partition", PARTITION];
    stage.side.run(&add)?.success()?;

    stage.side.run(&["open", "soon production"])?.success()?;
    let shown = notifications.next()?;
    assert_eq!((shown.app.as_str(), shown.summary.as_str()), ("Sidelight", "PROD · soon production"));
    assert!(shown.body.starts_with("Ends in 8 min."), "{shown:?}");
    stage.hand().find(&Part::TestId("ends-soon".to_owned())).await?;
    assert_eq!(apps_share(&environment)?, Vec::<String>::new(), "the command has the user's environment");
    stage.close().await
}
