//! What a page offers arrives, byte for byte, or is named failed.

use std::time::Duration;

use serde_json::{Value, json};
use sidelight_tests::demo::Report;
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome};

const BUCKET: &str = "acme-prod-reports-3333";
const KEY: &str = "logs.tar.gz";

async fn in_the_bucket() -> Outcome<(Stage, String)> {
    let stage = Stage::open().await?;
    let account = stage.profile("acme production")?.account.clone();
    stage.open_profile("acme production").await?;
    stage.open_page("acme production", &format!("/s3/buckets/{BUCKET}?region=eu-central-1&tab=objects"))?;
    Ok((stage, account))
}

fn wait_for_download(stage: &Stage, what: &str, wanted: impl Fn(&Value) -> bool) -> Outcome<Value> {
    wait_until(what, Duration::from_secs(60), || {
        let list = stage.side.json(&["downloads"])?;
        Ok(list.as_array().and_then(|list| list.iter().find(|download| wanted(download)).cloned()))
    })
}

fn files(stage: &Stage) -> Outcome<Vec<String>> {
    let entries = std::fs::read_dir(stage.desktop.downloads()).map_err(HarnessError::io("look into the downloads"))?;
    let mut names: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    Ok(names)
}

#[tokio::test]
async fn an_attachment_arrives_whichever_way_the_page_opens_it() -> Outcome {
    let (stage, account) = in_the_bucket().await?;
    let expected = stage.cloud.object(BUCKET, KEY)?;
    let bucket = format!("/s3/buckets/{BUCKET}?region=eu-central-1&tab=objects");
    let ways = ["same-frame", "new-tab", "window-open", "iframe"];
    for (number, way) in ways.iter().enumerate() {
        stage.open_page("acme production", &bucket)?;
        stage.act(&account, &format!("download-as:{KEY}")).await?;
        stage.act(&account, &format!("{way}:{KEY}")).await?;
        let name = if number == 0 { KEY.to_owned() } else { format!("logs ({}).tar.gz", number + 1) };
        let done = wait_for_download(&stage, &format!("{name} by {way}"), |download| {
            download["name"] == name.as_str() && download["state"] == "done"
        })?;
        assert_eq!(done["bytes"], expected.len(), "{way}");
        assert!(stage.downloaded(&name)? == expected, "{way}: the bytes differ");
    }
    assert_eq!(files(&stage)?.len(), ways.len(), "partial files are left");
    let opened = 2 + ways.len();
    let tabs =
        stage.wait_for_tabs("no tab left by a download", |tabs| (tabs.len() == opened).then(|| tabs.to_vec()))?;
    assert!(tabs.iter().all(|tab| tab["state"] == "live"), "{tabs:?}");
    stage.close().await
}

#[tokio::test]
async fn a_name_in_japanese_and_an_empty_file_arrive_too() -> Outcome {
    let (stage, account) = in_the_bucket().await?;
    for (key, name) in [("売上 2026-10.csv", "売上 2026-10.csv"), ("empty.txt", "empty.txt")] {
        stage.act(&account, &format!("download:{key}")).await?;
        wait_for_download(&stage, name, |download| download["name"] == name && download["state"] == "done")?;
    }
    assert!(stage.downloaded("empty.txt")?.is_empty());
    assert!(stage.downloaded("売上 2026-10.csv")? == stage.cloud.object(BUCKET, "売上 2026-10.csv")?);
    stage.close().await
}

#[tokio::test]
async fn a_presigned_download_that_breaks_off_goes_on_by_itself() -> Outcome {
    let (stage, account) = in_the_bucket().await?;
    stage.cloud.tell("faults", &json!({ "s3_cut_after": 100_000, "times": 1 }))?;
    stage.act(&account, &format!("download:{KEY}")).await?;
    wait_for_download(&stage, "a whole file", |download| download["state"] == "done")?;
    assert!(stage.downloaded(KEY)? == stage.cloud.object(BUCKET, KEY)?);
    assert_eq!(files(&stage)?, [KEY], "partial files are left");
    stage.close().await
}

#[tokio::test]
async fn a_download_outlives_its_tab_and_can_be_cancelled() -> Outcome {
    let (stage, account) = in_the_bucket().await?;
    stage.cloud.tell("faults", &json!({ "s3_hold_after": 100_000, "times": 1 }))?;
    let tab = stage.wait_for_tabs("the bucket's tab", |tabs| {
        tabs.iter().find(|tab| !tab["pane"].is_null()).and_then(|tab| tab["tab"].as_str().map(ToOwned::to_owned))
    })?;
    stage.act(&account, &format!("download:{KEY}")).await?;
    wait_for_download(&stage, "a running download", |download| {
        download["state"] == "running" && download["bytes"].as_u64() > Some(0)
    })?;
    stage.side.run(&["close", &tab])?.success()?;
    stage.hand().click(&Part::Downloads).await?;
    stage.hand().click(&Part::TestId("cancel-download".to_owned())).await?;
    wait_for_download(&stage, "a cancelled download", |download| download["state"] == "cancelled")?;
    wait_until("no partial file", Duration::from_secs(10), || Ok(files(&stage)?.is_empty().then_some(())))?;
    stage.cloud.clear_faults()?;

    stage.open_page("acme production", &format!("/s3/buckets/{BUCKET}?region=eu-central-1&tab=objects"))?;
    let shown = |report: &Report| report.text("account") == account && report.is_visible();
    stage.cloud.wait_for_action("download:", shown)?;
    stage.act(&account, &format!("download:{KEY}")).await?;
    wait_for_download(&stage, "a later download of the profile", |download| download["state"] == "done")?;
    assert!(stage.downloaded(KEY)? == stage.cloud.object(BUCKET, KEY)?);
    stage.close().await
}
