//! Several downloads: which come and which wait, where they go, what the taskbar shows, and what they outlive.

use serde_json::Value;
use sidelight_tests::desktop::Desktop;
use sidelight_tests::fault_server::sha256;
use sidelight_tests::taskbar::Taskbar;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome};

use crate::dialogs::Before;
use crate::download_site::{LINK, PATIENCE, PROFILE, Site, WAYS, files, hash_of};
use crate::profiles;

const SIZE: u64 = 12_000_000;

fn id(name: &str) -> Part {
    Part::TestId(name.to_owned())
}

/// An app with these settings.
async fn site_with(settings: &str) -> Outcome<Site> {
    let desktop = Desktop::start()?;
    std::fs::create_dir_all(desktop.sidelight_home()).map_err(HarnessError::io("make Sidelight's folder"))?;
    let file = desktop.sidelight_home().join("settings.toml");
    std::fs::write(file, settings).map_err(HarnessError::io("write the settings"))?;
    Site::open_on(desktop).await
}

/// A page begins one, of which half comes before its gate opens.
async fn begin(site: &Site, number: u64, more: &str) -> Outcome {
    let query = format!("size={SIZE}&seed={number}&key={number}&fault=gate:6000000{more}");
    site.show(&WAYS[0].body(&site.server, &query), WAYS[0].by_click, "a page").await
}

/// All rows, newest first, once their states are these.
fn rows(site: &Site, states: &[&str]) -> Outcome<Vec<Value>> {
    wait_until(&format!("{states:?}"), PATIENCE, || {
        let list = site.stage.side.json(&["downloads"])?.as_array().cloned().unwrap_or_default();
        let are = list.iter().map(|row| row["state"].as_str().unwrap_or_default());
        Ok(are.eq(states.iter().copied()).then_some(list))
    })
}

#[tokio::test]
async fn three_of_a_host_come_at_a_time_and_the_others_wait_in_order() -> Outcome {
    let site = Site::open().await?;
    let mut states = Vec::new();
    for number in 1..=5 {
        begin(&site, number, "").await?;
        states.insert(0, if number <= 3 { "running" } else { "queued" });
        rows(&site, &states)?;
    }
    site.stage.hand().click(&Part::Downloads).await?;
    site.stage.hand().wait_for_text("the newest", &id("download"), |text| text.contains("2nd in line")).await?;
    site.stage.screen.picture()?.save(&crate::looks::album()?.join("download-queue.png"))?;
    assert!(site.server.requests("4").len() == 1 && site.server.requests("5").len() == 1, "they are not asked for yet");

    site.server.open("2");
    rows(&site, &["queued", "running", "running", "done", "running"])?;
    site.server.open("1");
    rows(&site, &["running", "running", "running", "done", "done"])?;
    for number in 3..=5 {
        site.server.open(&number.to_string());
    }
    let all = rows(&site, &["done"; 5])?;
    for (row, seed) in all.iter().zip((1..=5).rev()) {
        assert_eq!(hash_of(row["path"].as_str().unwrap_or_default())?, sha256(SIZE, seed));
    }
    site.stage.close().await
}

#[tokio::test]
async fn a_link_that_works_once_arrives_though_its_host_has_enough_to_do() -> Outcome {
    let site = Site::open().await?;
    for number in 1..=3 {
        begin(&site, number, "").await?;
    }
    rows(&site, &["running"; 3])?;
    let body = LINK.body(&site.server, "size=300001&seed=4&key=4&fault=status:403&after=1");
    site.show(&body, LINK.by_click, "a link that works once").await?;
    rows(&site, &["queued", "running", "running", "running"])?;
    for number in ["1", "2", "3"] {
        site.server.open(number);
    }
    let all = rows(&site, &["done"; 4])?;
    assert_eq!(hash_of(all[0]["path"].as_str().unwrap_or_default())?, sha256(300_001, 4));
    assert_eq!(site.server.requests("4").len(), 1, "it is not asked for again");
    site.stage.close().await
}

#[tokio::test]
async fn each_profile_has_its_folder_where_that_is_wanted() -> Outcome {
    let site = site_with("[downloads]\nby_profile = true\n").await?;
    for (number, more) in [(1, ""), (2, "&busy=2")] {
        begin(&site, number, more).await?;
        site.server.open(&number.to_string());
        let row = site.ended(usize::try_from(number).unwrap_or_default(), "a file in the profile's folder")?;
        let path = row["path"].as_str().unwrap_or_default();
        assert!(path.starts_with(&*site.stage.desktop.downloads().join(PROFILE).to_string_lossy()), "{row}");
        assert_eq!(hash_of(path)?, sha256(SIZE, number), "{row}");
    }
    site.stage.close().await
}

#[tokio::test]
async fn a_profile_has_the_folder_that_is_chosen_for_it() -> Outcome {
    let site = Site::open().await?;
    let chosen = site.stage.desktop.downloads().join("Acme files");
    std::fs::create_dir(&chosen).map_err(HarnessError::io("make a folder"))?;
    let before = Before::of(&site.stage)?;
    profiles::choose(&site.stage, PROFILE, "menu-edit").await?;
    site.stage.hand().click(&id("choose-folder")).await?;
    before.give(&site.stage, "folder-dialog.png", &chosen)?;
    let says_so = |text: &str| text.contains(&*chosen.to_string_lossy());
    site.stage.hand().wait_for_text("the folder", &id("download-folder"), says_so).await?;
    begin(&site, 1, "").await?;
    site.server.open("1");
    let row = site.ended(1, "a file in the chosen folder")?;
    assert!(row["path"].as_str().is_some_and(|path| path.starts_with(&*chosen.to_string_lossy())), "{row}");
    assert_eq!(hash_of(row["path"].as_str().unwrap_or_default())?, sha256(SIZE, 1), "{row}");
    site.stage.close().await
}

#[tokio::test]
async fn the_user_is_asked_where_each_goes_where_they_want_that() -> Outcome {
    let site = site_with("[downloads]\nask = true\n").await?;
    let before = Before::of(&site.stage)?;
    for (number, more) in [(1, ""), (2, "&busy=2")] {
        begin(&site, number, more).await?;
        before.answer(&site.stage, "save-dialog.png", "Return")?;
        site.server.open(&number.to_string());
        let row = site.ended(usize::try_from(number).unwrap_or_default(), "a file where the dialog said")?;
        assert_eq!(hash_of(row["path"].as_str().unwrap_or_default())?, sha256(SIZE, number), "{row}");
    }
    begin(&site, 3, "").await?;
    before.answer(&site.stage, "save-dialog.png", "Escape")?;
    rows(&site, &["cancelled", "done", "done"])?;
    assert_eq!(files(&site.stage)?.len(), 2, "nothing is left of it");
    site.stage.close().await
}

#[tokio::test]
async fn with_a_limit_all_arrives_as_without() -> Outcome {
    let site = site_with("[downloads]\nlimit = 50000000\n").await?;
    let faults = ["", "&fault=status:503&faults=1", "&fault=status:403&after=1", "&chunked=1&etag=none&modified=0"];
    for (number, fault) in (1..).zip(faults) {
        let body = LINK.body(&site.server, &format!("size=300001&seed={number}&key={number}{fault}"));
        site.show(&body, LINK.by_click, fault).await?;
        let row = site.ended(number, fault)?;
        assert_eq!(row["state"], "done", "{fault}: {row}");
        assert_eq!(hash_of(row["path"].as_str().unwrap_or_default())?, sha256(300_001, number as u64), "{fault}");
    }
    site.stage.close().await
}

#[tokio::test]
async fn a_download_outlives_its_session_whoever_carries_it() -> Outcome {
    let site = Site::open().await?;
    site.stage.open_profile(PROFILE).await?;
    begin(&site, 1, "").await?;
    rows(&site, &["running"])?;
    begin(&site, 2, "&busy=2").await?;
    rows(&site, &["running", "running"])?;
    site.stage.side.run(&["logout", PROFILE])?.success()?;
    site.stage.wait_for_tabs("no session", |tabs| tabs.iter().all(|tab| tab["state"] != "live").then_some(()))?;
    for number in ["1", "2"] {
        site.server.open(number);
    }
    for (row, seed) in rows(&site, &["done", "done"])?.iter().zip([2, 1]) {
        assert_eq!(hash_of(row["path"].as_str().unwrap_or_default())?, sha256(SIZE, seed));
    }
    site.stage.close().await
}

#[tokio::test]
async fn taskbar_and_title_show_how_far_downloads_are_and_nothing_when_they_are_over() -> Outcome {
    let desktop = Desktop::start()?;
    let taskbar = Taskbar::start(&desktop)?;
    let site = Site::open_on(desktop).await?;
    begin(&site, 1, "").await?;
    while taskbar.next()? != ("application://Sidelight.desktop".to_owned(), Some(0.5)) {}
    let title = |wanted: &dyn Fn(&str) -> bool| {
        let window = site.stage.app.window(&site.stage.screen)?;
        wait_until("the window's title", PATIENCE, || Ok(wanted(&site.stage.screen.title(window)?).then_some(())))
    };
    title(&|title| title.starts_with("50 % · ") && title.ends_with("Sidelight"))?;
    site.server.open("1");
    while taskbar.next()?.1.is_some() {}
    title(&|title| !title.contains('%'))?;
    rows(&site, &["done"])?;
    site.stage.close().await
}
