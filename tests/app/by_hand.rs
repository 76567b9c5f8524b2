//! Signing in by hand, on the account's own page, with its user's name and password.

use sidelight_tests::console::Console;
use sidelight_tests::demo::{PARTITION, Report};
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::{HarnessError, Outcome};

use crate::looks::album;

fn add(stage: &Stage, name: &str, account: &str, user: &str) -> Outcome {
    let add = ["add", "page", name, "--account", account, "--user", user, "--partition", PARTITION];
    stage.side.run(&add)?.success().map(drop)
}

/// Opens a profile, and waits for its account's sign-in page with the user's name in it.
async fn at_the_page(stage: &Stage, name: &str, account: &str) -> Outcome<Report> {
    let before = stage.cloud.last_report()?;
    stage.hand().click(&Part::Profile(name.to_owned())).await?;
    stage.cloud.wait_for_report("the account's own page", before, |report| {
        let is_there = report.text("path").starts_with(&format!("/signin/{account}/")) && report.is_visible();
        is_there && report.is_filled("account") && report.is_filled("username")
    })
}

/// Account and user stand there already: only the password is to be typed.
async fn sign_in(stage: &Stage, page: &Report, password: &str) -> Outcome {
    let area = stage.hand().rect(&Part::ConsoleArea).await?;
    Console::new(&stage.screen, stage.app.window(&stage.screen)?, area).click(page, "password")?;
    stage.screen.type_text(password)?;
    stage.cloud.wait_for_report("a password", page.sequence(), |report| report.is_filled("password"))?;
    stage.screen.press("Return", &[])
}

#[tokio::test]
async fn an_accounts_own_page_knows_the_user_and_the_console_behind_it_is_a_session() -> Outcome {
    let stage = Stage::open().await?;
    let production = stage.profile("acme production")?.clone();
    add(&stage, "by hand", &production.account_alias, &production.console_user)?;
    let page = at_the_page(&stage, "by hand", &production.account_alias).await?;
    stage.screen.picture()?.save(&album()?.join("sign-in-page.png"))?;
    sign_in(&stage, &page, &production.console_password).await?;
    stage.cloud.wait_for_report("the console behind it", page.sequence(), |report| {
        report.text("path") == "/console/home" && report.text("cookie_account") == production.account
    })?;
    stage.wait_for_tabs("a session", |tabs| {
        let is_known = tabs[0]["account"] == production.account.as_str() && !tabs[0]["ends_at"].is_null();
        (is_known && tabs[0]["state"] == "live").then_some(())
    })?;
    let before = stage.cloud.last_report()?;
    stage.side.run(&["open", "by hand", "--page", "/s3/buckets"])?.success()?;
    stage.cloud.wait_for_report("another page, without another sign-in", before, |report| {
        report.text("path") == "/s3/buckets" && report.text("cookie_account") == production.account
    })?;
    stage.close().await
}

#[tokio::test]
async fn a_console_that_turns_out_to_be_another_accounts_closes() -> Outcome {
    let stage = Stage::open().await?;
    let (production, staging) = (stage.profile("acme production")?.clone(), stage.profile("acme staging")?.clone());
    let name = "staging by hand";
    // The alias has gone over to another account since the profile was made.
    add(&stage, name, &production.account_alias, &production.console_user)?;
    let book = stage.own_file("profiles.toml")?;
    let line = format!("name = \"{name}\"\n");
    let book = book.replace(&line, &format!("{line}account = \"{}\"\n", staging.account));
    std::fs::write(stage.desktop.sidelight_home().join("profiles.toml"), book).map_err(HarnessError::io("write"))?;
    stage.side.run(&["edit", "borealis", "--region", "eu-west-1"])?.success()?;

    let page = at_the_page(&stage, name, &production.account_alias).await?;
    sign_in(&stage, &page, &production.console_password).await?;
    stage.wait_for_tabs("no console", |tabs| (tabs[0]["state"] == "failed").then_some(()))?;
    let said = |text: &str| {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        digits.contains(&production.account) && digits.contains(&staging.account)
    };
    stage.hand().wait_for_text("whose console that was", &Part::ConsoleArea, said).await?;
    stage.close().await
}
