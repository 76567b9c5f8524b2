//! The user's own sites: they open in their profile's tabs, with a mark by a rule on the page, and only there.

use sidelight_tests::Outcome;
use sidelight_tests::pages::Pages;
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;

use crate::colours::{GREEN, plain};

#[tokio::test]
async fn an_own_site_opens_in_its_profile_without_a_sign_in_and_in_no_other() -> Outcome {
    let pages = Pages::serve(&[("/admin", &plain("orders", GREEN))])?;
    let stage = Stage::open().await?;
    let page = format!("{}/admin", pages.origin());
    stage.side.run(&["edit", "acme staging", "--site", &pages.origin()])?.success()?;
    assert!(stage.own_file("profiles.toml")?.contains(&format!("sites = [\"{}/\"]", pages.origin())));

    stage.side.run(&["open", "acme staging", "--page", &page])?.success()?;
    let signed_in = stage.wait_for_tabs("the site", |tabs| {
        (tabs.len() == 1 && tabs[0]["state"] == "live" && tabs[0]["title"] == "orders")
            .then(|| tabs[0]["ends_at"].clone())
    })?;
    assert!(signed_in.is_null(), "nobody signed in to AWS for it: {signed_in}");
    stage.hand().wait_for_text("the profile's mark", &Part::PaneHeader, |text| text.contains("STG")).await?;

    stage.side.run(&["open", &format!("{page}?id=7")])?.success()?;
    stage.wait_for_tabs("a link to the site in the profile that has it", |tabs| {
        let opened = tabs.iter().find(|tab| tab["url"].as_str().is_some_and(|url| url.ends_with("/admin?id=7")))?;
        (opened["profile"] == "acme staging" && opened["state"] == "live").then_some(())
    })?;

    let refused = stage.side.run(&["open", "acme production", "--page", &page])?;
    assert_eq!(refused.code, Some(2), "{}", refused.complaints);
    stage.side.run(&["edit", "acme staging", "--site", ""])?.success()?;
    let refused = stage.side.run(&["open", "acme staging", "--page", &page])?;
    assert_eq!(refused.code, Some(2), "{}", refused.complaints);
    stage.close().await
}

#[tokio::test]
async fn a_rule_on_the_page_marks_an_own_site_otherwise_than_its_profile() -> Outcome {
    let pages = Pages::serve(&[("/admin", &plain("orders", GREEN))])?;
    let stage = Stage::open().await?;
    let host = pages.origin().trim_start_matches("http://").to_owned();
    stage.side.run(&["edit", "borealis", "--site", &pages.origin()])?.success()?;
    let book = stage.desktop.sidelight_home().join("profiles.toml");
    let rule = format!("\n[[rule]]\non = \"page\"\npattern = \"{host}/*\"\nword = \"PROD\"\n# end of the book\n");
    let text = stage.own_file("profiles.toml")?.replace("\n# end of the book\n", &rule);
    std::fs::write(&book, text).map_err(sidelight_tests::HarnessError::io("write a rule"))?;
    let stage = stage.restart().await?;
    stage.side.run(&["open", "borealis", "--page", &format!("{}/admin", pages.origin())])?.success()?;
    stage.hand().wait_for_text("the page's mark", &Part::PaneHeader, |text| text.contains("PROD")).await?;
    stage.close().await
}
