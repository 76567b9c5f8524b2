//! No account ever sees another's session.

use std::collections::BTreeSet;

use sidelight_tests::Outcome;
use sidelight_tests::demo::Report;
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;

/// Every page saw its own session: by cookie, by what its script read, and by what its storage held.
fn insist_on_own_sessions(reports: &[Report]) {
    let mut sessions = std::collections::BTreeMap::new();
    for report in reports.iter().filter(|report| !report.text("account").is_empty()) {
        let account = report.text("account");
        assert_eq!(report.text("cookie_account"), account, "{report:?}");
        assert!(matches!(report.text("storage_seen"), seen if seen == account || seen.is_empty()), "{report:?}");
        let session = report.text("cookie_session").to_owned();
        let owner = sessions.entry(session).or_insert_with(|| account.to_owned());
        assert_eq!(owner, account, "a session was seen by two accounts: {report:?}");
    }
}

#[tokio::test]
async fn seven_profiles_opened_at_once_each_see_their_own_session_only_also_after_a_restart() -> Outcome {
    let mut stage = Stage::open_with(&["--extra-accounts", "4"]).await?;
    for round in 0..2 {
        let before = stage.cloud.last_report()?;
        let names: Vec<String> = stage.cloud.profiles().map(|profile| profile.name.clone()).collect();
        assert_eq!(names.len(), 7);
        if round == 0 {
            for name in &names {
                stage.side.run(&["open", name])?.success()?;
            }
        } else {
            let asleep = |tab: &serde_json::Value| tab["state"] == "asleep";
            stage.wait_for_tabs("seven tabs back, six of them asleep", |tabs| {
                (tabs.len() == 7 && tabs.iter().filter(|tab| asleep(tab)).count() == 6).then_some(())
            })?;
            for name in &names {
                stage.open_profile(name).await?;
            }
        }
        stage.wait_for_tabs("seven live tabs", |tabs| {
            let live = tabs.iter().filter(|tab| tab["state"] == "live").count();
            (live == 7).then_some(())
        })?;
        let wanted: BTreeSet<String> = stage.cloud.profiles().map(|profile| profile.account.clone()).collect();
        for account in &wanted {
            stage.cloud.wait_for_report(account, before, |report| report.text("account") == account)?;
        }
        insist_on_own_sessions(&stage.cloud.reports(0)?);
        for name in &names {
            stage.open_profile(name).await?;
        }
        insist_on_own_sessions(&stage.cloud.reports(0)?);
        if round == 0 {
            stage = stage.restart().await?;
        }
    }
    assert_eq!(stage.hand().count(&Part::TestId("tab".to_owned())).await?, 7);
    let stats = stage.cloud.stats()?;
    let by_get = stats["signin_tokens"]["get"].to_string();
    assert!(!by_get.contains(|digit: char| ('1'..='9').contains(&digit)), "tokens were asked for by GET: {by_get}");
    assert_eq!(stats["sts"].get("GetCallerIdentity"), None, "a round trip without need: {stats}");
    stage.close().await
}

#[tokio::test]
async fn a_second_tab_of_a_profile_needs_no_second_sign_in() -> Outcome {
    let stage = Stage::open().await?;
    stage.open_profile("acme production").await?;
    stage.open_page("acme production", "/ec2/home?region=eu-central-1")?;
    assert_eq!(stage.cloud.stats()?["logins"], 1);
    stage.close().await
}
