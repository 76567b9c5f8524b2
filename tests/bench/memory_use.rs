//! Memory and time with many profiles open on a heavy page, each in a browser store of its own.
//!
//! Memory is the PSS of the whole family of processes, taken when it has stopped moving. Time runs
//! from the start of the first process to the last page's report; Sidelight signs each profile in,
//! which Chromium is spared. The two take turns, on a new machine each time.
//!
//! Chromium's crash handlers leave the family and are not counted (1 MiB a profile). Libraries that
//! other programs of the machine use too count for less: it should run no other WebKit or Chromium.

use std::path::Path;
use std::time::{Duration, Instant};

use sidelight_tests::app::App;
use sidelight_tests::demo::{DemoCloud, DemoProfile};
use sidelight_tests::desktop::Desktop;
use sidelight_tests::process::Running;
use sidelight_tests::side::Side;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{Outcome, memory};

use crate::fixtures::machine_and_cloud;
use crate::registry::Plan;
use crate::report::Figure;

/// The memory of all processes.
pub const MEMORY: &str = "memory, heavy page";
/// From the first start to the last report.
pub const OPENED: &str = "start to all open, heavy page";

const CHROMIUM: &str = "/usr/bin/chromium";

/// Enough for every number of profiles.
const EXTRA_ACCOUNTS: usize = 20;

/// How long memory must stay within one percent.
const CALM: Duration = Duration::from_secs(3);

/// What one run found: bytes and seconds.
type Found = (u64, f64);

/// Sidelight and Chromium by turns with 1, 7 and 20 profiles; 7, which the target speaks of, three times.
pub fn by_turns(plan: &Plan) -> Outcome<Vec<Figure>> {
    let has_chromium = Path::new(CHROMIUM).exists();
    if !has_chromium {
        eprintln!("there is no {CHROMIUM} to compare with");
    }
    let mut figures = Vec::new();
    for &(number, rounds) in plan.amount(&[(1, 1), (7, 3), (20, 1)][..], &[(1, 1), (7, 1)][..]) {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            ours.push(sidelight(number)?);
            if has_chromium {
                theirs.push(chromium(number)?);
            }
        }
        figures.extend(middle("Sidelight", number, ours));
        figures.extend(middle("Chromium", number, theirs));
    }
    Ok(figures)
}

fn sidelight(number: usize) -> Outcome<Found> {
    let (desktop, cloud) = machine_and_cloud(EXTRA_ACCOUNTS)?;
    let side = Side::new(desktop.surroundings())?;
    cloud.register(&side)?;
    let screen = desktop.screen()?;
    let profiles: Vec<&DemoProfile> = cloud.profiles().take(number).collect();
    let start = Instant::now();
    let mut app = App::start(&desktop, &[])?;
    app.wait_for_window(&screen)?;
    for (index, profile) in profiles.into_iter().enumerate() {
        side.run(&["open", &profile.name, "--page", &heavy_page(index)])?.success()?;
    }
    wait_for_pages(&cloud, number)?;
    let seconds = start.elapsed().as_secs_f64();
    Ok((calm_memory(&[app.process().id()])?, seconds))
}

/// Real windows on the same display. Chromium draws as it does by itself; left out are only its cloud
/// services and the questions of a first run.
fn chromium(number: usize) -> Outcome<Found> {
    let (desktop, cloud) = machine_and_cloud(EXTRA_ACCOUNTS)?;
    let start = Instant::now();
    let browsers = (0..number).map(|index| start_chromium(&desktop, &cloud, index));
    let browsers = browsers.collect::<Outcome<Vec<Running>>>()?;
    wait_for_pages(&cloud, number)?;
    let seconds = start.elapsed().as_secs_f64();
    let ids: Vec<u32> = browsers.iter().map(Running::id).collect();
    Ok((calm_memory(&ids)?, seconds))
}

fn start_chromium(desktop: &Desktop, cloud: &DemoCloud, index: usize) -> Outcome<Running> {
    let mut command = desktop.command(CHROMIUM);
    command.arg(format!("--user-data-dir={}", desktop.home().join(format!("chromium-{index}")).display()));
    command.args(["--no-sandbox", "--no-first-run", "--disable-background-networking"]);
    command.args(["--disable-component-update", "--disable-sync", "--disable-quic", "--password-store=basic"]);
    command.arg(format!("{}{}", cloud.announcement().main, heavy_page(index)));
    desktop.launch(&format!("chromium-{index}"), command)
}

/// The heavy page's path; it reports `index` as its `n`.
pub fn heavy_page(index: usize) -> String {
    format!("/demo/heavy?n={index}")
}

/// Waits until so many heavy pages have reported.
pub fn wait_for_pages(cloud: &DemoCloud, number: usize) -> Outcome {
    wait_until("all pages to be loaded", Duration::from_secs(180), || {
        let reports = cloud.reports(0)?;
        let mut loaded: Vec<&str> = reports.iter().map(|report| report.text("n")).filter(|n| !n.is_empty()).collect();
        loaded.sort_unstable();
        loaded.dedup();
        Ok((loaded.len() == number).then_some(()))
    })
}

/// The memory of these families together, in bytes, when it has stopped moving.
pub fn calm_memory(ancestors: &[u32]) -> Outcome<u64> {
    let mut samples: Vec<(Instant, u64)> = Vec::new();
    let beginning = Instant::now();
    wait_until("memory to come to rest", Duration::from_secs(90), || {
        let now = Instant::now();
        let sum = ancestors.iter().map(|&ancestor| memory::of_family(ancestor)).sum::<Outcome<u64>>()?;
        samples.push((now, sum));
        samples.retain(|&(at, _)| now - at <= CALM);
        let sums = samples.iter().map(|&(_, sum)| sum);
        let (least, most) = (sums.clone().min().unwrap_or(0), sums.max().unwrap_or(0));
        let calm = now - beginning > CALM && most - least <= most / 100;
        Ok(calm.then_some(sum))
    })
}

/// The median of each figure: a run that was disturbed shows up in one of three.
fn middle(whose: &'static str, number: usize, found: Vec<Found>) -> Vec<Figure> {
    let median = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied()
    };
    let memory = median(found.iter().map(|&(bytes, _)| mebibytes(bytes)).collect());
    let seconds = median(found.iter().map(|&(_, seconds)| seconds).collect());
    let figure = |what: &str, value: Option<f64>, unit| {
        let which = format!("{number} profile{}", if number == 1 { "" } else { "s" });
        value.map(|value| Figure { what: what.to_owned(), whose, which, value, unit })
    };
    [figure(MEMORY, memory, "MiB"), figure(OPENED, seconds, "s")].into_iter().flatten().collect()
}

/// Bytes in MiB.
#[expect(clippy::cast_precision_loss, reason = "memory is far below 2^52 bytes")]
pub fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / (1024.0 * 1024.0)
}
