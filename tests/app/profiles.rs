//! Profiles in the window: added, edited, removed, brought back, kept.

use std::time::Duration;

use sidelight_tests::Outcome;
use sidelight_tests::demo::{DemoProfile, Report};
use sidelight_tests::screen::Modifier;
use sidelight_tests::side::Side;
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;

fn named(name: &str) -> Part {
    Part::Name(name.to_owned())
}

fn id(test_id: &str) -> Part {
    Part::TestId(test_id.to_owned())
}

pub async fn choose(stage: &Stage, profile: &str, item: &str) -> Outcome {
    stage.point_at(&Part::Profile(profile.to_owned())).await?;
    stage.hand().click(&Part::MenuOf(profile.to_owned())).await?;
    stage.hand().click(&id(item)).await
}

#[tokio::test]
async fn a_profile_is_added_in_the_window_and_opens() -> Outcome {
    let stage = Stage::open().await?;
    let key = stage.profile("acme staging")?.clone();
    let hand = stage.hand();
    hand.click(&id("add-profile")).await?;
    hand.fill(&named("name"), "by hand").await?;
    hand.fill(&named("accessKeyId"), &key.access_key_id).await?;
    hand.fill(&named("secretAccessKey"), &key.secret_access_key).await?;
    hand.fill(&named("roleArn"), key.role_arn.as_deref().unwrap_or_default()).await?;
    hand.choose(&named("partition"), "demo").await?;
    hand.fill(&named("region"), &key.region).await?;
    hand.click(&id("save-profile")).await?;
    hand.find(&Part::Profile("by hand".to_owned())).await?;
    let before = stage.cloud.last_report()?;
    hand.click(&Part::Profile("by hand".to_owned())).await?;
    stage.cloud.wait_for_report("the console", before, |report| report.text("account") == key.account)?;
    let stage = stage.restart().await?;
    stage.hand().find(&Part::Profile("by hand".to_owned())).await?;
    stage.side.run(&["test", "by hand"])?.success()?;
    stage.close().await
}

#[tokio::test]
async fn no_field_of_the_form_lies_under_its_foot_when_it_takes_the_keyboard() -> Outcome {
    let stage = Stage::open().await?;
    let hand = stage.hand();
    stage.screen.press("n", &[Modifier::Control])?;
    hand.find(&named("name")).await?;
    let look = "const at = document.activeElement, box = at.getBoundingClientRect(); \
                const seen = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 12)); \
                return [at.name ?? '', at.dataset.testid ?? '', at === seen || at.contains(seen) || !!seen?.contains(at), \
                [...document.querySelectorAll('*')].indexOf(at)]";
    let mut passed = Vec::new();
    loop {
        let found = hand.run(look, Vec::new()).await?;
        let (name, part) = (found[0].as_str().unwrap_or_default(), found[1].as_str().unwrap_or_default());
        assert_eq!(found[2], true, "{name}{part} is covered, after {passed:?}");
        if part == "save-profile" || passed.len() > 40 {
            break;
        }
        passed.push(format!("{name}{part}"));
        stage.screen.press("Tab", &[])?;
        hand.wait_for("the next field", async |hand| Ok((hand.run(look, Vec::new()).await? != found).then_some(())))
            .await?;
    }
    assert!(passed.contains(&"roleArn".to_owned()) && passed.contains(&"sites".to_owned()), "{passed:?}");
    stage.close().await
}

#[tokio::test]
async fn a_wrong_field_is_named_and_nothing_is_kept() -> Outcome {
    let stage = Stage::open().await?;
    let book = stage.own_file("profiles.toml")?;
    let hand = stage.hand();
    hand.click(&id("add-profile")).await?;
    hand.fill(&named("name"), "acme production").await?;
    hand.fill(&named("accessKeyId"), "AKIAIOSFODNN7EXAMPLE").await?;
    hand.fill(&named("secretAccessKey"), "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY").await?;
    hand.click(&id("save-profile")).await?;
    hand.find(&id("problem-name")).await?;
    assert_eq!(stage.own_file("profiles.toml")?, book);
    stage.close().await
}

#[tokio::test]
async fn a_removed_profile_comes_back_with_its_secret_and_goes_for_good_by_side() -> Outcome {
    let stage = Stage::open().await?;
    stage.open_profile("acme production").await?;
    choose(&stage, "acme production", "menu-remove").await?;
    stage.wait_for_tabs("its tab closed", |tabs| tabs.is_empty().then_some(()))?;
    stage.hand().click(&id("undo")).await?;
    stage.hand().find(&Part::Profile("acme production".to_owned())).await?;
    stage.side.run(&["test", "acme production"])?.success()?;

    stage.open_profile("acme production").await?;
    let stores = stage.desktop.sidelight_home().join("stores");
    let count = || std::fs::read_dir(&stores).map(Iterator::count).unwrap_or_default();
    assert_eq!(count(), 1);
    stage.side.run(&["rm", "acme production"])?.success()?;
    wait_until("its browser data to be removed", Duration::from_secs(20), || Ok((count() == 0).then_some(())))?;
    let gone = stage.side.run(&["test", "acme production"])?;
    assert_eq!(gone.code, Some(3), "{}", gone.complaints);
    wait_until("it to leave the book", Duration::from_secs(20), || {
        Ok((!stage.own_file("profiles.toml")?.contains("acme production")).then_some(()))
    })?;
    stage.close().await
}

#[tokio::test]
async fn a_profile_is_tested_and_copied_from_its_menu() -> Outcome {
    let stage = Stage::open().await?;
    choose(&stage, "acme production", "menu-duplicate").await?;
    stage.hand().find(&Part::Profile("acme production 2".to_owned())).await?;
    stage.side.run(&["test", "acme production 2"])?.success()?;
    choose(&stage, "acme production", "menu-edit").await?;
    stage.hand().click(&id("test-profile")).await?;
    let what = "the test's answer";
    stage
        .hand()
        .wait_for_text(what, &id("test-result"), |text| {
            text.contains("111122223333") && text.contains("role/Admin") && text.contains("12")
        })
        .await?;
    stage.close().await
}

/// Gives "acme staging" another profile's key, role and account.
fn become_like(side: &Side, other: &DemoProfile) -> Outcome {
    let role = other.role_arn.as_deref().unwrap_or_default();
    let mut arguments = vec!["edit", "acme staging", "--account", &other.account, "--role", role];
    arguments.extend(["--access-key-id", &other.access_key_id, "--secret"]);
    side.run_with_input(&arguments, &other.secret_access_key)?.success().map(drop)
}

#[tokio::test]
async fn a_profile_that_became_another_accounts_leaves_the_old_session_also_while_the_app_is_closed() -> Outcome {
    let stage = Stage::open().await?;
    let (production, staging) = (stage.profile("acme production")?.clone(), stage.profile("acme staging")?.clone());
    stage.open_profile("acme staging").await?;
    become_like(&stage.side, &production)?;
    stage.wait_for_tabs("the old session to be left", |tabs| (tabs[0]["state"] == "expired").then_some(()))?;
    let before = stage.cloud.last_report()?;
    stage.side.run(&["open", "acme staging"])?.success()?;
    let is_of = |profile: &DemoProfile| {
        let account = profile.account.clone();
        move |report: &Report| report.text("account") == account
    };
    stage.cloud.wait_for_report("the new account's console", before, is_of(&production))?;

    let before = stage.cloud.last_report()?;
    let stage = stage.restart_after(|side| become_like(side, &staging)).await?;
    stage.cloud.wait_for_report("the first account's console", before, is_of(&staging))?;
    stage.close().await
}
