//! Downloads in the real app: a gibibyte through the webview beside curl, what one costs in memory whatever its length,
//! and what a long queue costs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use sidelight_tests::app::{App, DrivenApp};
use sidelight_tests::demo::DemoCloud;
use sidelight_tests::desktop::{Desktop, Furnishing};
use sidelight_tests::fault_server::FaultServer;
use sidelight_tests::keyring::KeyringState;
use sidelight_tests::side::Side;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome, memory};

use crate::memory_use::{calm_memory, mebibytes};
use crate::registry::Plan;
use crate::report::Figure;
use crate::switcher;
use crate::timing::{LEAST, MEDIAN, P95, summary, time_one};

/// From the page's own load to the file's name; curl has no page.
pub const WEBVIEW: &str = "download of 1 GiB, webview / curl";
/// More than before, at the most, while one comes.
pub const ONE: &str = "memory while a copy comes";
/// From the key until the list of the switcher shows another answer.
pub const KEYS: &str = "switcher, key to painted answer, beside 1,000 downloads";
/// More than before.
pub const QUEUE: &str = "memory of a queue";

const PROFILE: &str = "acme production";
const BUCKET: &str = "acme-prod-reports-3333";
const GIB: u64 = 1 << 30;
const QUEUED: usize = 1_000;
/// What is typed; each letter changes the answer.
const QUERIES: [&str; 3] = ["prod s3", "tokyo", "sqs staging"];
const PATIENCE: Duration = Duration::from_secs(120);

/// The app on the demo cloud. The app ends before the machine does.
struct Running {
    app: App,
    side: Side,
    downloads: PathBuf,
    _cloud: DemoCloud,
    _desktop: Desktop,
}

/// The demo cloud on a machine of its own, and its profiles there.
fn machine(large_mib: &str, settings: &str) -> Outcome<(Desktop, DemoCloud, Side)> {
    let furnishing = Furnishing { display: Some((1280, 800)), bus: true, keyring: KeyringState::Unlocked };
    let desktop = Desktop::furnished(furnishing)?;
    fs::create_dir_all(desktop.sidelight_home()).map_err(HarnessError::io("make Sidelight's home"))?;
    fs::write(desktop.sidelight_home().join("settings.toml"), settings)
        .map_err(HarnessError::io("write the settings"))?;
    let cloud = DemoCloud::start_with(&["--large-object-mib", large_mib])?;
    let side = Side::new(desktop.surroundings())?;
    cloud.register(&side)?;
    Ok((desktop, cloud, side))
}

fn running(large_mib: &str, settings: &str) -> Outcome<Running> {
    let (desktop, cloud, side) = machine(large_mib, settings)?;
    let mut app = App::start(&desktop, &[])?;
    app.wait_for_window(&desktop.screen()?)?;
    Ok(Running { app, side, downloads: desktop.downloads(), _cloud: cloud, _desktop: desktop })
}

/// The newest download, once it is whole.
fn whole(side: &Side, number: usize) -> Outcome<Value> {
    wait_until("a whole file", PATIENCE, || {
        let list = side.json(&["downloads"])?;
        let list = list.as_array().cloned().unwrap_or_default();
        Ok(list.first().filter(|row| list.len() == number && row["state"] == "done").cloned())
    })
}

/// A whole one: others are hidden.
fn has_file(folder: &Path) -> Outcome<bool> {
    let mut entries = fs::read_dir(folder).map_err(HarnessError::io("look into the downloads"))?.flatten();
    Ok(entries.any(|entry| !entry.file_name().to_string_lossy().starts_with('.')))
}

fn remove(row: &Value) -> Outcome {
    fs::remove_file(row["path"].as_str().unwrap_or_default()).map_err(HarnessError::io("remove a download"))
}

/// By turns.
pub fn webview(plan: &Plan) -> Outcome<Vec<Figure>> {
    let it = running("8", "")?;
    let server = FaultServer::start()?;
    it.side.run(&["edit", PROFILE, "--site", &server.origin()])?.success()?;
    let url = format!("{}/get/file.bin?size={GIB}", server.origin());
    let folder = tempfile::tempdir().map_err(HarnessError::io("make a folder"))?;
    let (mut ours, mut curls) = (Vec::new(), Vec::new());
    for run in 0..=plan.amount(5, 1) {
        let body = format!("<script>location='{url}&disposition=attachment&key={run}'</script>");
        let page = format!("{}/page?body={}", server.origin(), utf8_percent_encode(&body, NON_ALPHANUMERIC));
        let start = Instant::now();
        it.side.run(&["open", PROFILE, "--page", &page])?.success()?;
        // A look at the folder costs less than a question of `side`.
        wait_until("a file", PATIENCE, || Ok(has_file(&it.downloads)?.then_some(())))?;
        let ours_took = 1000.0 * start.elapsed().as_secs_f64();
        let row = whole(&it.side, run + 1)?;
        remove(&row)?;
        let file = folder.path().join("curl.bin");
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--fail", "--output"]).arg(&file).arg(&url);
        let (curl_took, _) = time_one(curl)?;
        fs::remove_file(&file).map_err(HarnessError::io("remove what curl got"))?;
        // The first one signs in, and does not count.
        if run > 0 {
            ours.push(ours_took);
            curls.push(1000.0 * curl_took.as_secs_f64());
        }
    }
    let mut figures = summary(WEBVIEW, "Sidelight", ours, &[LEAST, MEDIAN]);
    figures.extend(summary(WEBVIEW, "curl", curls, &[LEAST, MEDIAN]));
    Ok(figures)
}

/// Of 256 MiB and of 1 GiB.
pub fn memory_of_one(_: &Plan) -> Outcome<Vec<Figure>> {
    let mut figures = Vec::new();
    for mib in ["256", "1024"] {
        let mut it = running(mib, "")?;
        let app = it.app.process().id();
        let before = calm_memory(&[app])?;
        it.side.run(&["s3", "cp", PROFILE, &format!("s3://{BUCKET}/large.bin"), "--no-wait"])?.success()?;
        let mut most = before;
        wait_until("a whole file", PATIENCE, || {
            most = most.max(memory::of_family(app)?);
            let list = it.side.json(&["downloads"])?;
            Ok((list[0]["state"] == "done").then_some(()))
        })?;
        let value = mebibytes(most - before);
        figures.push(Figure {
            what: ONE.to_owned(),
            whose: "Sidelight",
            which: format!("{mib} MiB"),
            value,
            unit: "MiB",
        });
    }
    Ok(figures)
}

/// The switcher, letter by letter, with no downloads and beside a thousand, three of which come; their list shows.
pub fn keys_beside_a_queue(plan: &Plan) -> Outcome<Vec<Figure>> {
    let (desktop, cloud, side) = machine("64", "[downloads]\nlimit = 3000000\n")?;
    let runtime = tokio::runtime::Runtime::new().map_err(HarnessError::io("start a runtime"))?;
    let (alone, beside) = runtime.block_on(async {
        let app = DrivenApp::start(&desktop, &[]).await?;
        app.hand.find(&Part::TestId("start-page".to_owned())).await?;
        let rounds = plan.amount(4, 1);
        let alone = switcher::typed(&desktop, &app, &QUERIES, rounds).await?;
        fill(&side, plan.amount(QUEUED, 50))?;
        app.hand.click(&Part::Downloads).await?;
        app.hand.find(&Part::TestId("download".to_owned())).await?;
        let beside = switcher::typed(&desktop, &app, &QUERIES, rounds).await?;
        app.close().await?;
        Ok::<_, HarnessError>((alone, beside))
    })?;
    drop(cloud);
    let mut figures = summary(KEYS, "Sidelight", beside, &[MEDIAN, P95]);
    figures.extend(summary(KEYS, "without", alone, &[MEDIAN, P95]));
    Ok(figures)
}

fn fill(side: &Side, number: usize) -> Outcome {
    for _ in 0..number {
        side.run(&["s3", "cp", PROFILE, &format!("s3://{BUCKET}/large.bin"), "--no-wait"])?.success()?;
    }
    Ok(())
}

/// A thousand copies, three of which come, so slowly that nothing moves.
pub fn queue(plan: &Plan) -> Outcome<Vec<Figure>> {
    let mut it = running("64", "[downloads]\nlimit = 10000\n")?;
    let app = it.app.process().id();
    let before = calm_memory(&[app])?;
    let number = plan.amount(QUEUED, 50);
    fill(&it.side, number)?;
    let after = calm_memory(&[app])?;
    let which = format!("{number} downloads");
    let value = mebibytes(after.saturating_sub(before));
    Ok(vec![Figure { what: QUEUE.to_owned(), whose: "Sidelight", which, value, unit: "MiB" }])
}
