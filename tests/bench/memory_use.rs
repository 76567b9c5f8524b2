//! Memory and time with many profiles open on a heavy page, each in a browser store of its own.
//!
//! Memory is the PSS of all processes, taken when it has stopped moving. Time runs from the first
//! start to the last page's report.

use std::path::Path;
use std::time::{Duration, Instant};

use sidelight_tests::app::App;
use sidelight_tests::demo::DemoCloud;
use sidelight_tests::desktop::Desktop;
use sidelight_tests::process::Running;
use sidelight_tests::side::Side;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome, memory};

use crate::fixtures::machine_and_cloud;
use crate::registry::Plan;
use crate::report::Figure;

const DISPLAY: (u16, u16) = (1280, 800);
const CHROMIUM: &str = "/usr/bin/chromium";

/// How long memory must stay within one percent, in samples.
const CALM_SAMPLES: usize = 20;

/// Sidelight with 1, 7 and 20 profiles open.
pub fn sidelight(plan: &Plan) -> Outcome<Vec<Figure>> {
    for_each_number(plan, "Sidelight", |desktop, cloud, number| {
        let side = Side::new(desktop.surroundings())?;
        cloud.register(&side)?;
        let screen = desktop.screen()?;
        let start = Instant::now();
        let mut app = App::start(desktop, &[])?;
        app.wait_for_window(&screen)?;
        for (index, profile) in cloud.profiles().take(number).enumerate() {
            let page = heavy_page(cloud, index);
            side.run(&["open", &profile.name, "--page", &page])?.success()?;
        }
        wait_for_pages(cloud, number)?;
        let seconds = start.elapsed().as_secs_f64();
        Ok((calm_memory(&[app.process().id()])?, seconds))
    })
}

/// Chromium with a `--user-data-dir` for each of 1, 7 and 20 profiles: real windows, no cloud services.
pub fn chromium(plan: &Plan) -> Outcome<Vec<Figure>> {
    if !Path::new(CHROMIUM).exists() {
        return Err(HarnessError::missing("Chromium to compare with"));
    }
    for_each_number(plan, "Chromium", |desktop, cloud, number| {
        let start = Instant::now();
        let browsers = (0..number).map(|index| start_chromium(desktop, cloud, index));
        let browsers = browsers.collect::<Outcome<Vec<Running>>>()?;
        wait_for_pages(cloud, number)?;
        let seconds = start.elapsed().as_secs_f64();
        let ids: Vec<u32> = browsers.iter().map(Running::id).collect();
        Ok((calm_memory(&ids)?, seconds))
    })
}

/// Measures with each number of profiles, on a new machine each time. `open` answers with bytes and seconds.
fn for_each_number(
    plan: &Plan,
    whose: &'static str,
    open: impl Fn(&Desktop, &DemoCloud, usize) -> Outcome<(u64, f64)>,
) -> Outcome<Vec<Figure>> {
    let mut figures = Vec::new();
    for &number in plan.amount(&[1, 7, 20][..], &[1, 2][..]) {
        let (desktop, cloud) = machine_and_cloud(Some(DISPLAY), number)?;
        let (bytes, seconds) = open(&desktop, &cloud, number)?;
        let figure = |what: &str, value, unit| Figure {
            what: what.to_owned(),
            whose,
            which: format!("{number} profiles"),
            value,
            unit,
        };
        figures.push(figure("memory, heavy page", mebibytes(bytes), "MiB"));
        figures.push(figure("all opened, heavy page", seconds, "s"));
    }
    Ok(figures)
}

fn start_chromium(desktop: &Desktop, cloud: &DemoCloud, index: usize) -> Outcome<Running> {
    let mut command = desktop.command(CHROMIUM);
    command.arg(format!("--user-data-dir={}", desktop.home().join(format!("chromium-{index}")).display()));
    command.args(["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]);
    command.args(["--disable-component-update", "--disable-sync", "--disable-quic", "--password-store=basic"]);
    command.arg(heavy_page(cloud, index));
    desktop.launch(&format!("chromium-{index}"), command)
}

fn heavy_page(cloud: &DemoCloud, index: usize) -> String {
    format!("{}/demo/heavy?n={index}", cloud.announcement().main)
}

fn wait_for_pages(cloud: &DemoCloud, number: usize) -> Outcome {
    wait_until("all pages to be loaded", Duration::from_secs(180), || {
        let reports = cloud.reports(0)?;
        let mut loaded: Vec<&str> = reports.iter().map(|report| report.text("n")).filter(|n| !n.is_empty()).collect();
        loaded.sort_unstable();
        loaded.dedup();
        Ok((loaded.len() == number).then_some(()))
    })
}

/// The memory of these families together, in bytes, when it has stopped moving.
fn calm_memory(ancestors: &[u32]) -> Outcome<u64> {
    let mut samples: Vec<u64> = Vec::new();
    wait_until("memory to come to rest", Duration::from_secs(60), || {
        let mut sum = 0;
        for &ancestor in ancestors {
            sum += memory::of_family(ancestor)?;
        }
        samples.push(sum);
        let last = samples.iter().rev().take(CALM_SAMPLES);
        let (least, most) = (last.clone().min().copied(), last.max().copied());
        let calm =
            samples.len() >= CALM_SAMPLES && most.zip(least).is_some_and(|(most, least)| most - least <= most / 100);
        Ok(calm.then_some(sum))
    })
}

#[expect(clippy::cast_precision_loss, reason = "memory is far below 2^52 bytes")]
fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / (1024.0 * 1024.0)
}
