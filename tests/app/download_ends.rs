//! What becomes of a download that the user stops, whose app ends or is killed, or whose disk is full: it goes on
//! from where it stopped, or it has failed; nothing half looks whole.

use std::process::Command;
use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use sha2::{Digest, Sha256};
use sidelight_tests::fault_server::{FaultServer, content};
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome};

const PROFILE: &str = "acme staging";
const PATIENCE: Duration = Duration::from_secs(60);

/// Long enough that how it is asked for is kept for another run of the app.
const SIZE: u64 = 12_000_000;
const HELD: &str = "size=12000000&seed=5&key=held&fault=gate:4000000&disposition=attachment";

fn id(name: &str) -> Part {
    Part::TestId(name.to_owned())
}

/// An app with a download of which some has arrived, and the rest is held back. Its profile's last tab is gone: a
/// page that comes back after a restart would begin it again.
async fn held(server: &FaultServer) -> Outcome<Stage> {
    let stage = Stage::open().await?;
    stage.side.run(&["edit", PROFILE, "--site", &server.origin()])?.success()?;
    begin(&stage, server, HELD)?;
    row(&stage, "some of it", |row| row["state"] == "running" && row["bytes"].as_u64() > Some(1_000_000))?;
    let tabs = stage.side.json(&["tabs"])?;
    for tab in tabs.as_array().into_iter().flatten() {
        stage.side.run(&["close", tab["tab"].as_str().unwrap_or_default()])?.success()?;
    }
    Ok(stage)
}

fn begin(stage: &Stage, server: &FaultServer, query: &str) -> Outcome {
    let body = format!("<script>location='{}/get/file.bin?{query}'</script>", server.origin());
    let page = format!("{}/page?body={}", server.origin(), utf8_percent_encode(&body, NON_ALPHANUMERIC));
    stage.side.run(&["open", PROFILE, "--page", &page])?.success().map(drop)
}

/// The newest download, once it is `wanted`.
fn row(stage: &Stage, what: &str, wanted: impl Fn(&Value) -> bool) -> Outcome<Value> {
    wait_until(what, PATIENCE, || {
        let list = stage.side.json(&["downloads"])?;
        Ok(list.as_array().and_then(|list| list.first().cloned()).filter(|row| wanted(row)))
    })
}

fn seen(stage: &Stage) -> Outcome<Vec<String>> {
    let entries = std::fs::read_dir(stage.desktop.downloads()).map_err(HarnessError::io("look into the downloads"))?;
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    Ok(names.filter(|name| !name.starts_with('.')).collect())
}

/// The file, and no hidden one beside it.
fn alone(stage: &Stage) -> Outcome {
    let entries = std::fs::read_dir(stage.desktop.downloads()).map_err(HarnessError::io("look into the downloads"))?;
    let names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(names, ["file.bin"]);
    Ok(())
}

/// It is whole, by what was asked for after the first time: a part.
fn whole(stage: &Stage, server: &FaultServer) -> Outcome {
    let done = row(stage, "a whole file", |row| row["state"] == "done")?;
    let path = done["path"].as_str().unwrap_or_default();
    let bytes = std::fs::read(path).map_err(HarnessError::io("read the download"))?;
    let expected = content(SIZE, 5).fold(Sha256::new(), |sum, piece| sum.chain_update(piece));
    assert!(Sha256::digest(bytes) == expected.finalize(), "the content differs");
    let ranges: Vec<Option<String>> = server.requests("held").into_iter().map(|seen| seen.range).collect();
    alone(stage)?;
    assert!(ranges.len() == 2 && ranges[0].is_none() && ranges[1].is_some(), "{ranges:?}");
    Ok(())
}

async fn goes_on_after_a_start(stage: Stage, server: &FaultServer) -> Outcome {
    row(&stage, "a paused download", |row| row["state"] == "paused")?;
    assert!(seen(&stage)?.is_empty(), "nothing half looks whole");
    server.open("held");
    stage.hand().click(&Part::Downloads).await?;
    stage.hand().click(&id("resume-download")).await?;
    whole(&stage, server)?;
    stage.close().await
}

#[tokio::test]
async fn one_is_paused_and_goes_on_from_where_it_stopped() -> Outcome {
    let server = FaultServer::start()?;
    let stage = held(&server).await?;
    stage.hand().click(&Part::Downloads).await?;
    stage.hand().click(&id("pause-download")).await?;
    let paused = row(&stage, "a paused download", |row| row["state"] == "paused")?;
    assert!(paused["bytes"].as_u64() > Some(1_000_000) && seen(&stage)?.is_empty(), "{paused}");
    stage.screen.picture()?.save(&crate::looks::album()?.join("download-paused.png"))?;
    server.open("held");
    stage.hand().click(&id("resume-download")).await?;
    whole(&stage, &server)?;
    stage.close().await
}

#[tokio::test]
async fn one_goes_on_after_the_app_was_ended_and_started_again() -> Outcome {
    let server = FaultServer::start()?;
    goes_on_after_a_start(held(&server).await?.restart().await?, &server).await
}

#[tokio::test]
async fn one_goes_on_after_the_app_was_killed() -> Outcome {
    let server = FaultServer::start()?;
    goes_on_after_a_start(held(&server).await?.kill_and_start_again().await?, &server).await
}

#[tokio::test]
async fn one_outlives_its_profiles_last_tab() -> Outcome {
    let server = FaultServer::start()?;
    let stage = held(&server).await?;
    server.open("held");
    let done = row(&stage, "a whole file", |row| row["state"] == "done")?;
    assert_eq!(done["bytes"], SIZE);
    assert_eq!(server.requests("held").len(), 1, "it was asked for once");
    // WebKit notes the address beside its file, and a signed one opens the object.
    let noted = rustix::fs::getxattr(done["path"].as_str().unwrap_or_default(), "user.xdg.origin.url", &mut [0; 4096]);
    assert!(noted.is_err(), "its address stands beside it");
    stage.close().await
}

#[tokio::test]
async fn what_a_server_refuses_is_no_file_and_an_expired_address_says_so() -> Outcome {
    let server = FaultServer::start()?;
    let stage = Stage::open().await?;
    stage.side.run(&["edit", PROFILE, "--site", &server.origin()])?.success()?;
    for (fault, words) in [("status:404", "HTTP 404"), ("expired", "has expired"), ("status:403", "HTTP 403")] {
        let url = format!("{}/get/file.bin?size=9&key={fault}&fault={fault}", server.origin());
        let body = format!("<a id=a href='{url}' download>x</a><script>a.click()</script>");
        let page = format!("{}/page?body={}", server.origin(), utf8_percent_encode(&body, NON_ALPHANUMERIC));
        stage.side.run(&["open", PROFILE, "--page", &page])?.success()?;
        row(&stage, words, |row| {
            row["state"] == "failed" && row["error"].as_str().is_some_and(|said| said.contains(words))
        })?;
    }
    assert!(seen(&stage)?.is_empty());
    stage.close().await
}

#[tokio::test]
async fn a_full_disk_pauses_and_goes_on_when_there_is_room() -> Outcome {
    let server = FaultServer::start()?;
    let stage = Stage::open().await?;
    stage.side.run(&["edit", PROFILE, "--site", &server.origin()])?.success()?;
    let downloads = stage.desktop.downloads();
    let mount = |options: &str| {
        let status = Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(&downloads).status();
        status.is_ok_and(|status| status.success())
    };
    if !mount("size=5m") {
        eprintln!("passed over: only root may mount a small disk");
        return stage.close().await;
    }
    // A length that is not said is not looked for before.
    begin(&stage, &server, "size=12000000&seed=5&key=full&chunked=1&disposition=attachment")?;
    let paused = row(&stage, "a paused download", |row| row["state"] == "paused")?;
    assert!(paused["error"].as_str().is_some() && seen(&stage)?.is_empty(), "{paused}");
    let grown = mount("remount,size=256m");
    let done = row(&stage, "a whole file", |row| row["state"] == "done")?;
    assert!(grown && done["bytes"] == SIZE, "{done}");
    let closed = stage.close().await;
    let _ = Command::new("umount").arg("--lazy").arg(&downloads).status();
    closed
}
