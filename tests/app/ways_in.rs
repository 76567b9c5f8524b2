//! Ways into an account through the window: a code that is asked for, a first start beside
//! `~/.aws`, and a profile that comes through another one.

use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use serde_json::json;
use sidelight_tests::app::DrivenApp;
use sidelight_tests::demo::{DemoCloud, PARTITION};
use sidelight_tests::desktop::Desktop;
use sidelight_tests::side::Side;
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome, http};

const PRODUCTION: &str = "111122223333";

fn id(name: &str) -> Part {
    Part::TestId(name.to_owned())
}

fn named(name: &str) -> Part {
    Part::Name(name.to_owned())
}

/// Where pictures to look at are left.
fn picture(name: &str) -> Outcome<PathBuf> {
    let folder = sidelight_tests::binaries::workspace().join("target/screens");
    fs::create_dir_all(&folder).map_err(HarnessError::io("make a folder for pictures"))?;
    Ok(folder.join(name))
}

#[tokio::test]
async fn a_code_is_asked_for_in_the_window_over_a_console_and_opens_the_account() -> Outcome {
    let stage = Stage::open().await?;
    let profile = stage.profile("acme production")?.clone();
    let role = format!("arn:aws:iam::{PRODUCTION}:role/MfaAdmin");
    let more = ["--role", &role, "--mfa-serial", &profile.mfa_serial];
    let key = ["add", "access-key", "with a code", "--access-key-id", &profile.access_key_id, "--partition", PARTITION];
    stage.side.run_with_input(&[&key[..], &more].concat(), &profile.secret_access_key)?.success()?;
    stage.open_profile("acme staging").await?;
    let hand = stage.hand();
    hand.click(&Part::Profile("with a code".to_owned())).await?;
    hand.find(&id("mfa")).await?;
    stage.screen.picture()?.save(&picture("mfa-over-a-console.png")?)?;
    // The keyboard is in its field already: typed on the display, as a user would.
    stage.screen.type_text("000000\n")?;
    hand.wait_for_text("that the code was wrong", &id("mfa"), |text| text.contains("AWS did not accept")).await?;
    let before = stage.cloud.last_report()?;
    hand.fill(&named("mfaCode"), &stage.cloud.code(PRODUCTION)?).await?;
    hand.click(&id("give-code")).await?;
    let page = stage.cloud.wait_for_report("the console behind the code", before, |report| {
        report.text("account") == PRODUCTION && report.is_visible()
    })?;
    assert!(page.text("arn").contains("assumed-role/MfaAdmin/"), "{}", page.text("arn"));
    assert!(hand.look_for(&id("mfa")).await?.is_none());
    stage.close().await
}

#[tokio::test]
async fn a_first_start_offers_what_aws_files_describe_and_moves_keys_when_it_is_asked_to() -> Outcome {
    let cloud = DemoCloud::start()?;
    let desktop = Desktop::start()?;
    cloud.watch_secrets(desktop.leaks());
    let profile = cloud.announcement().profiles[0].clone();
    let aws = desktop.home().join(".aws");
    fs::create_dir_all(&aws).map_err(HarnessError::io("make ~/.aws"))?;
    desktop.leaks().leave_out(&aws);
    let credentials = format!(
        "# mine\n[acme-prod]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
        profile.access_key_id, profile.secret_access_key
    );
    let config = format!(
        "[profile acme-prod]\nregion = eu-central-1\n\
         [profile acme-staging]\nrole_arn = arn:aws:iam::{PRODUCTION}:role/Admin\nsource_profile = acme-prod\n\
         [profile tool]\ncredential_process = /opt/tool print\n[profile broken]\nrole_arn = x\n"
    );
    fs::write(aws.join("credentials"), &credentials).map_err(HarnessError::io("write the credentials"))?;
    fs::write(aws.join("config"), &config).map_err(HarnessError::io("write the config"))?;
    let screen = desktop.screen()?;
    let app = DrivenApp::start(&desktop, &[]).await?;
    let hand = &app.hand;
    hand.wait_for_text("what was found", &id("found-in-aws"), |text| text.contains('3')).await?;
    screen.picture()?.save(&picture("first-start.png")?)?;
    hand.click(&id("find-imports")).await?;
    hand.find(&id("import-table")).await?;
    let later = format!("{config}[profile added-later]\ncredential_process = /opt/later\n");
    fs::write(aws.join("config"), later).map_err(HarnessError::io("change the config"))?;
    hand.wait_for_text("what was added", &id("import-table"), |text| text.contains("/opt/later")).await?;
    hand.click(&id("move-keys")).await?;
    screen.picture()?.save(&picture("import.png")?)?;
    hand.click(&id("import-now")).await?;
    let lines = hand.find(&id("lines-to-delete")).await?;
    let said = lines.prop("value").await.ok().flatten().unwrap_or_default();
    assert!(
        said.contains("credentials:3: aws_access_key_id = … (acme-staging needs it)")
            && said.contains("credentials:4:"),
        "{said}"
    );
    assert!(!said.contains(&profile.secret_access_key));
    screen.picture()?.save(&picture("imported.png")?)?;
    let side = Side::new(desktop.surroundings())?.watched_by(desktop.leaks());
    let profiles = side.json(&["ls"])?;
    let all: Vec<(&str, &str)> = profiles
        .as_array()
        .into_iter()
        .flatten()
        .map(|profile| (profile["name"].as_str().unwrap_or_default(), profile["source"].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(all, [("acme-prod", "access-key"), ("acme-staging", "config-profile")], "a command is never ticked");
    assert_eq!(fs::read_to_string(aws.join("credentials")).map_err(HarnessError::io("read"))?, credentials);
    app.close().await
}

#[tokio::test]
async fn a_file_of_awss_console_and_one_that_side_exported_are_imported_in_the_window() -> Outcome {
    let cloud = DemoCloud::start()?;
    let desktop = Desktop::start()?;
    cloud.watch_secrets(desktop.leaks());
    let side = Side::new(desktop.surroundings())?.watched_by(desktop.leaks());
    cloud.register_partition(&side)?;
    let profile = cloud.announcement().profiles[0].clone();
    let keys = desktop.home().join("bob_accessKeys.csv");
    let key = format!("{},{}", profile.access_key_id, profile.secret_access_key);
    fs::write(&keys, format!("Access key ID,Secret access key\r\n{key}\r\n")).map_err(HarnessError::io("write"))?;
    desktop.leaks().leave_out(&keys);
    let app = DrivenApp::start(&desktop, &[]).await?;
    let (hand, field) = (&app.hand, named("importFile"));
    hand.click(&id("settings-button")).await?;
    hand.click(&id("find-imports")).await?;

    let other = desktop.home().join("notes.txt");
    fs::write(&other, "x").map_err(HarnessError::io("write"))?;
    hand.give_file(&field, &other).await?;
    hand.wait_for_text("which files fit", &id("problem-importFile"), |text| text.contains("notes.txt")).await?;
    hand.give_file(&field, &keys).await?;
    hand.wait_for_text("what may go", &id("file-to-delete"), |text| text.contains("bob_accessKeys.csv")).await?;
    desktop.screen()?.picture()?.save(&picture("import-csv.png")?)?;
    hand.find(&Part::Profile("bob".to_owned())).await?;
    side.run(&["edit", "bob", "--partition", PARTITION])?.success()?;
    assert_eq!(side.json(&["test", "bob"])?["account"], profile.account, "its key is in the keychain");

    // As somebody else in the team changed it.
    let export = desktop.home().join("team.toml");
    let text = side.run(&["export"])?.success()?.output.replace("\"bob\"", "\"acme production\"");
    fs::write(&export, text).map_err(HarnessError::io("write"))?;
    hand.click(&id("import-close")).await?;
    hand.click(&id("settings-button")).await?;
    hand.click(&id("find-imports")).await?;
    hand.give_file(&field, &export).await?;
    hand.find(&Part::Profile("acme production".to_owned())).await?;
    assert_eq!(side.json(&["ls"])?.as_array().map(Vec::len), Some(1), "by its id it is the same");
    app.close().await
}

#[tokio::test]
async fn a_profile_through_another_one_is_made_in_the_window_and_a_cycle_is_told_with_its_names() -> Outcome {
    let stage = Stage::open().await?;
    let hand = stage.hand();
    hand.click(&id("add-profile")).await?;
    hand.wait_for("the ways to sign in", async |hand| {
        let script = "const way = document.querySelector('input[name=source][value=role]'); \
                      way?.click(); return way !== null";
        Ok((hand.run(script, Vec::new()).await? == true).then_some(()))
    })
    .await?;
    hand.find(&named("fromProfile")).await?;
    hand.fill(&named("name"), "partner").await?;
    let from = hand.run(
        "const field = document.querySelector('select[name=fromProfile]'); \
         return [...field.options].find((option) => option.textContent.includes('acme production')).value",
        Vec::new(),
    );
    let from = from.await?;
    hand.choose(&named("fromProfile"), from.as_str().unwrap_or_default()).await?;
    hand.fill(&named("roleArn"), "arn:aws:iam::444455556666:role/Partner").await?;
    stage.screen.picture()?.save(&picture("role-form.png")?)?;
    hand.click(&id("save-profile")).await?;
    hand.find(&Part::Profile("partner".to_owned())).await?;
    let before = stage.cloud.last_report()?;
    hand.click(&Part::Profile("partner".to_owned())).await?;
    let page = stage.cloud.wait_for_report("the partner's console", before, |report| {
        report.text("account") == "444455556666" && report.is_visible()
    })?;
    assert!(page.text("arn").contains("assumed-role/Partner/"), "{}", page.text("arn"));
    let cycle = stage.side.run(&["edit", "partner", "--from", "partner"])?;
    assert_eq!(cycle.code, Some(2));
    assert!(cycle.complaints.contains("partner → partner"), "{}", cycle.complaints);
    stage.close().await
}

#[tokio::test]
async fn a_portal_is_signed_in_to_by_a_code_and_what_it_assigns_becomes_profiles() -> Outcome {
    let stage = Stage::open().await?;
    let start_url = stage.cloud.announcement().start_urls[0].clone();
    // So short that each use refreshes.
    stage.cloud.tell("identity-center", &json!({ "access_token_seconds": 60 }))?;
    let hand = stage.hand();
    list_portal(&stage, &start_url).await?;
    let code = hand.wait_for_text("the code to compare", &id("user-code"), |text| text.contains('-')).await?;
    stage.screen.picture()?.save(&picture("portal-code.png")?)?;
    let page = allow_code(&stage)?;
    assert!(page.contains(code.trim()), "{page} shows {code}");
    hand.wait_for_text("what the portal assigns", &id("assigned-count"), |text| text.contains('6')).await?;
    stage.screen.picture()?.save(&picture("portal-listed.png")?)?;
    hand.click(&id("tick-shown")).await?;
    hand.click(&id("add-assigned")).await?;
    hand.wait_for_text("what was added", &id("added"), |text| text.contains('6')).await?;
    stage.screen.picture()?.save(&picture("portal-added.png")?)?;

    let profiles = stage.side.json(&["ls"])?;
    let added = profiles.as_array().into_iter().flatten().find(|profile| profile["source"] == "identity-center");
    let name = added.and_then(|profile| profile["name"].as_str()).unwrap_or_default().to_owned();
    // The app and two programs find the token nearly over at the same time: it is refreshed once.
    let refreshes = || Ok::<_, HarnessError>(stage.cloud.stats()?["identity_center"]["refreshes"].as_u64());
    let so_far = refreshes()?.unwrap_or_default();
    stage.cloud.tell("identity-center", &json!({ "access_token_seconds": 3_600 }))?;
    let programs = [name.clone(), name.clone()].map(|name| {
        let side = stage.side.clone();
        thread::spawn(move || side.run_revealing(&["credentials", &name]))
    });
    let before = stage.cloud.last_report()?;
    hand.click(&Part::Profile(name)).await?;
    // A page's first report can be sent before it knows its session.
    let page = stage.cloud.wait_for_report("a console through the portal", before, |report| {
        report.is_visible() && !report.text("arn").is_empty()
    })?;
    for program in programs {
        program.join().map_err(|_panicked| HarnessError::missing("a program's answer"))??.success()?;
    }
    assert_eq!(refreshes()?, Some(so_far + 1));
    assert!(page.text("arn").contains("AWSReservedSSO_"), "{}", page.text("arn"));
    // The list is not kept: the portal is asked anew, and knows what is there.
    let again = stage.side.json(&["sync"])?;
    assert!(again.as_array().into_iter().flatten().all(|line| line["state"] == "there"), "{again}");
    stage.close().await
}

/// Begins to list a portal, signing in with a code where that is needed.
async fn list_portal(stage: &Stage, start_url: &str) -> Outcome {
    let hand = stage.hand();
    hand.click(&id("settings-button")).await?;
    hand.click(&id("portal-button")).await?;
    hand.fill(&named("startUrl"), start_url).await?;
    hand.fill(&named("ssoRegion"), "eu-central-1").await?;
    hand.choose(&named("partition"), PARTITION).await?;
    stage.screen.picture()?.save(&picture("portal-form.png")?)?;
    hand.click(&id("list-by-code")).await.map(drop)
}

/// The code's page in the browser, and a yes there.
fn allow_code(stage: &Stage) -> Outcome<String> {
    let page = wait_until("the portal's page in the browser", Duration::from_secs(30), || {
        Ok(stage.desktop.opened_outside().into_iter().find(|url| url.contains("user_code=")))
    })?;
    http::post(&format!("{page}&allow=1"), "application/x-www-form-urlencoded", &[])?;
    Ok(page)
}

#[tokio::test]
async fn a_thousand_accounts_are_listed_with_progress_and_a_cancel_stops_the_requests() -> Outcome {
    let stage = Stage::open_with(&["--identity-center-accounts", "1000"]).await?;
    let start_url = stage.cloud.announcement().start_urls[0].clone();
    let hand = stage.hand();
    list_portal(&stage, &start_url).await?;
    allow_code(&stage)?;
    let counted = |text: &str| text.contains("1,00") || text.contains("100");
    hand.wait_for_text("how far it is", &id("portal-count"), counted).await?;
    stage.screen.picture()?.save(&picture("portal-progress.png")?)?;
    hand.click(&id("cancel-portal")).await?;
    let asked = || {
        let stats = stage.cloud.stats()?;
        Ok::<_, HarnessError>(stats["identity_center"]["operations"]["ListAccountRoles"].as_u64().unwrap_or_default())
    };
    hand.find(&named("startUrl")).await?;
    let so_far = asked()?;
    assert!(so_far < 900, "it had only begun: {so_far}");

    list_portal(&stage, &start_url).await?;
    // At twenty a second, as the portal allows.
    let all = wait_until("all accounts asked", Duration::from_secs(120), || {
        Ok(Some(asked()?).filter(|asked| *asked >= so_far + 1_000))
    })?;
    assert!(all <= so_far + 1_001, "one was under way at the cancel, and none came after it: {so_far}, {all}");
    hand.wait_for_text("all of them", &id("assigned-count"), |text| text.contains("5,0")).await?;
    stage.screen.picture()?.save(&picture("portal-5000.png")?)?;
    stage.close().await
}
