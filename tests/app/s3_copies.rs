//! Copies from S3 and to it, as a user has them: by `side s3 cp` and from a page of the S3 console, in the real app.

use std::fs;
use std::path::Path;
use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use sidelight_tests::desktop::Desktop;
use sidelight_tests::emulators::{Emulator, run_python};
use sidelight_tests::fault_server::{FaultServer, content};
use sidelight_tests::side::Printed;
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome};

use crate::dialogs::Before;

const PROFILE: &str = "acme production";
const BUCKET: &str = "acme-prod-reports-3333";
const KEYS: [&str; 5] = ["empty.txt", "large.bin", "logs.tar.gz", "reports/2026-10.csv", "売上 2026-10.csv"];
const PATIENCE: Duration = Duration::from_secs(180);

const GIB: u64 = 1 << 30;

fn in_bucket(key: &str) -> String {
    format!("s3://{BUCKET}/{key}")
}

fn copied(stage: &Stage, arguments: &[&str]) -> Outcome<Printed> {
    stage.side.run(&[&["s3", "cp", PROFILE], arguments].concat())
}

/// The newest download, once it is `wanted`.
fn newest(stage: &Stage, what: &str, wanted: impl Fn(&Value) -> bool) -> Outcome<Value> {
    wait_until(what, PATIENCE, || {
        let list = stage.side.json(&["downloads"])?;
        Ok(list.as_array().and_then(|list| list.first().cloned()).filter(|row| wanted(row)))
    })
}

fn read(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(HarnessError::io(format!("read {}", path.display())))
}

/// By Python: a test's own code is not made to be fast.
fn hash_of(row: &Value) -> Outcome<String> {
    let script = "import sys, hashlib; print(hashlib.file_digest(open(sys.argv[1], 'rb'), 'sha256').hexdigest())";
    Ok(run_python(script, &[row["path"].as_str().unwrap_or_default()])?.trim().to_owned())
}

#[tokio::test]
async fn a_bucket_comes_whole_and_files_go_where_nothing_else_is() -> Outcome {
    let stage = Stage::open().await?;
    let place = tempfile::tempdir().map_err(HarnessError::io("make a folder"))?;
    let at = |name: &str| place.path().join(name).display().to_string();

    let printed = copied(&stage, &[&in_bucket(""), &at("")])?.success()?.output;
    assert_eq!(printed.trim(), at(BUCKET));
    for key in KEYS {
        assert!(read(&place.path().join(BUCKET).join(key))? == stage.cloud.object(BUCKET, key)?, "{key} differs");
    }
    let printed = copied(&stage, &[&in_bucket("logs.tar.gz"), &at("mine.tar.gz")])?.success()?.output;
    assert!(read(Path::new(printed.trim()))? == stage.cloud.object(BUCKET, "logs.tar.gz")?);
    assert_eq!(printed.trim(), at("mine.tar.gz"));
    let printed = copied(&stage, &[&in_bucket("logs.tar.gz"), &at("mine.tar.gz")])?.success()?.output;
    assert_eq!(printed.trim(), at("mine (2).tar.gz"), "nothing is replaced");

    let local = at("new.bin");
    let bytes: Vec<u8> = content(20_000_000, 4).flatten().collect();
    fs::write(&local, &bytes).map_err(HarnessError::io("write a file"))?;
    let printed = copied(&stage, &[&local, &in_bucket("up/")])?.success()?.output;
    assert_eq!(printed.trim(), in_bucket("up/new.bin"));
    assert!(stage.cloud.object(BUCKET, "up/new.bin")? == bytes);
    copied(&stage, &[&local, &in_bucket("up/")])?.success()?;
    fs::write(&local, "another one").map_err(HarnessError::io("write a file"))?;
    let refused = copied(&stage, &[&local, &in_bucket("up/")])?;
    assert_eq!(refused.code, Some(1), "{}", refused.complaints);
    assert!(refused.complaints.contains("is there already"), "{}", refused.complaints);
    assert!(stage.cloud.object(BUCKET, "up/new.bin")? == bytes, "it is as it was");
    copied(&stage, &[&local, &in_bucket("up/"), "--replace"])?.success()?;
    assert!(stage.cloud.object(BUCKET, "up/new.bin")? == b"another one");
    let row = newest(&stage, "the last upload", |row| row["state"] == "done")?;
    assert_eq!((&row["uploads"], row["s3"].as_str()), (&json!(true), Some(in_bucket("up/new.bin").as_str())));

    let denied = copied(&stage, &[&local, &in_bucket("read-only"), "--read-only"])?;
    assert_eq!(denied.code, Some(4), "{}", denied.complaints);
    let gone = copied(&stage, &[&in_bucket("gone"), &at("gone")])?;
    assert_eq!(gone.code, Some(3), "{}", gone.complaints);
    assert!(!place.path().join("gone").exists());
    stage.close().await
}

/// With an object of which eight megabytes come in a second.
async fn slow() -> Outcome<Stage> {
    let desktop = Desktop::start()?;
    let settings = desktop.sidelight_home().join("settings.toml");
    fs::create_dir_all(desktop.sidelight_home()).map_err(HarnessError::io("make the home"))?;
    fs::write(&settings, "[downloads]\nlimit = 8000000\n").map_err(HarnessError::io("write the settings"))?;
    Stage::open_on(desktop, &["--large-object-mib", "80"]).await
}

#[tokio::test]
async fn whoever_waits_for_a_copy_is_told_that_the_network_is_gone_and_the_window_keeps_it() -> Outcome {
    let stage = slow().await?;
    let side = stage.side.clone();
    let waiting = tokio::task::spawn_blocking(move || side.run(&["s3", "cp", PROFILE, &in_bucket("large.bin")]));
    newest(&stage, "some of it", |row| row["bytes"].as_u64() > Some(10_000_000))?;
    drop(stage.cloud);
    let told = waiting.await.map_err(|_| HarnessError::missing("an end of `side s3 cp`"))??;
    assert_eq!(told.code, Some(6), "{}", told.complaints);
    assert!(told.complaints.contains("It stays in the window's list, and goes on by itself"), "{}", told.complaints);
    let row = &stage.side.json(&["downloads"])?[0];
    assert!(row["state"] == "paused" && row["bytes"].as_u64() > Some(10_000_000), "{row}");
    stage.app.close().await
}

#[tokio::test]
async fn a_copy_goes_on_after_the_app_was_killed() -> Outcome {
    let stage = slow().await?;
    copied(&stage, &[&in_bucket("large.bin"), "--no-wait"])?.success()?;
    let running = newest(&stage, "some of it", |row| row["bytes"].as_u64() > Some(30_000_000))?;
    assert_eq!(running["state"], "running", "it keeps to the limit");
    let stage = stage.kill_and_start_again().await?;
    newest(&stage, "a paused copy", |row| row["state"] == "paused")?;
    let seen = fs::read_dir(stage.desktop.downloads()).map_err(HarnessError::io("look into the downloads"))?;
    let seen = seen.flatten().filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    assert_eq!(seen.count(), 0, "nothing half looks whole");
    stage.hand().click(&Part::Downloads).await?;
    stage.hand().click(&Part::TestId("resume-download".to_owned())).await?;
    newest(&stage, "a whole file", |row| row["state"] == "done")?;
    assert!(stage.downloaded("large.bin")? == stage.cloud.object(BUCKET, "large.bin")?, "the bytes differ");
    stage.close().await
}

#[tokio::test]
async fn what_a_page_of_s3_shows_is_downloaded_by_the_button_beside_its_address() -> Outcome {
    let stage = Stage::open().await?;
    stage.open_profile(PROFILE).await?;
    let page = format!("/s3/buckets/{BUCKET}?prefix=reports/&region=eu-central-1&tab=objects");
    stage.open_page(PROFILE, &page)?;
    let part = |id: &str| Part::TestId(id.to_owned());
    stage.hand().click(&part("s3-download")).await?;
    let row = newest(&stage, "the folder", |row| row["state"] == "done")?;
    assert_eq!(row["s3"], in_bucket("reports/"));
    let csv = stage.desktop.downloads().join("reports/2026-10.csv");
    assert!(read(&csv)? == stage.cloud.object(BUCKET, "reports/2026-10.csv")?);
    stage.screen.picture()?.save(&crate::looks::album()?.join("s3-page.png"))?;

    let before = Before::of(&stage)?;
    stage.hand().click(&part("s3-upload")).await?;
    before.answer(&stage, "upload-dialog.png", "Escape")?;
    let own = stage.desktop.downloads().join("own.csv");
    fs::write(&own, "a,b\n").map_err(HarnessError::io("write a file"))?;
    stage.hand().click(&part("s3-upload")).await?;
    before.give(&stage, "upload-dialog-given.png", &own)?;
    let sent = in_bucket("reports/own.csv");
    newest(&stage, "an upload", |row| row["state"] == "done" && row["s3"] == sent)?;
    assert!(read(&own)? == stage.cloud.object(BUCKET, "reports/own.csv")?);
    let printed = copied(&stage, &[&csv.display().to_string(), &in_bucket("up/")])?.success()?.output;
    assert_eq!(printed.trim(), in_bucket("up/2026-10.csv"));
    stage.hand().click(&Part::Downloads).await?;
    stage.hand().wait_for_text("the list", &part("download"), |text| text.contains("Uploaded")).await?;
    stage.screen.picture()?.save(&crate::looks::album()?.join("s3-downloads.png"))?;
    stage.close().await
}

/// A presigned link to an object in moto, which says that it is an attachment, and the object's SHA-256.
fn put_a_gib(moto: &Emulator) -> Outcome<(String, String)> {
    let script = "import sys, hashlib, os, boto3\n\
        s3 = boto3.client('s3', endpoint_url=sys.argv[1], region_name='us-east-1', aws_access_key_id='a',\n\
        \x20 aws_secret_access_key='b')\n\
        s3.create_bucket(Bucket='reports')\n\
        upload = s3.create_multipart_upload(Bucket='reports', Key='gib.bin')['UploadId']\n\
        sum, parts = hashlib.sha256(), []\n\
        for number in range(1, 17):\n\
        \x20 part = os.urandom(1 << 20) * 64\n\
        \x20 sum.update(part)\n\
        \x20 sent = s3.upload_part(Bucket='reports', Key='gib.bin', UploadId=upload, PartNumber=number, Body=part)\n\
        \x20 parts.append({'PartNumber': number, 'ETag': sent['ETag']})\n\
        s3.complete_multipart_upload(Bucket='reports', Key='gib.bin', UploadId=upload,\n\
        \x20 MultipartUpload={'Parts': parts})\n\
        print(s3.generate_presigned_url('get_object', Params={'Bucket': 'reports', 'Key': 'gib.bin',\n\
        \x20 'ResponseContentDisposition': 'attachment; filename=gib.bin'}), sum.hexdigest())";
    let said = run_python(script, &[moto.url()])?;
    let (link, hash) = said.trim().split_once(' ').ok_or_else(|| HarnessError::missing("a link and a hash"))?;
    Ok((link.to_owned(), hash.to_owned()))
}

#[tokio::test]
async fn a_gib_comes_by_a_presigned_link_of_a_page_and_by_the_native_copy() -> Outcome {
    let (stage, moto, server) = (Stage::open().await?, Emulator::moto()?, FaultServer::start()?);
    let main = stage.cloud.announcement().main.clone();
    let federation = format!("{main}/federation");
    let partition = ["partition", "add", "demo", "--sts", &main, "--sign-in", &federation, "--console", &main];
    stage.side.run(&[&partition[..], &["--s3", moto.url()]].concat())?.success()?;
    stage.side.run(&["edit", PROFILE, "--site", &server.origin()])?.success()?;
    let (link, hash) = put_a_gib(&moto)?;

    let body = format!("<script>location='{link}'</script>");
    let page = format!("{}/page?body={}", server.origin(), utf8_percent_encode(&body, NON_ALPHANUMERIC));
    stage.side.run(&["open", PROFILE, "--page", &page])?.success()?;
    let row = newest(&stage, "the page's download", |row| row["state"] == "done")?;
    assert_eq!((row["bytes"].as_u64(), hash_of(&row)?), (Some(GIB), hash.clone()));

    // Longer than `side` is waited for here: moto reads the whole object anew for every range.
    copied(&stage, &["s3://reports/gib.bin", "--no-wait"])?.success()?;
    let row = newest(&stage, "the native copy", |row| row["s3"].is_string() && row["state"] == "done")?;
    assert_eq!(hash_of(&row)?, hash);
    stage.close().await
}
