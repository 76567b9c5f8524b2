//! Memory with many profiles of which most are asleep, what they take while idle, and how long one
//! takes to wake.
//!
//! The page is the heavy one, each profile in a store of its own; two are in sight, side by side.
//! Waking is held against opening the same page in a profile that was never open in this run: both
//! sign in, since a store's session goes with its last page.

use std::time::{Duration, Instant};

use sidelight_tests::app::App;
use sidelight_tests::demo::{DemoCloud, DemoProfile};
use sidelight_tests::side::Side;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome, processor};

use crate::fixtures::machine_and_cloud;
use crate::memory_use::{calm_memory, heavy_page, mebibytes, wait_for_pages};
use crate::registry::Plan;
use crate::report::Figure;
use crate::timing::time_until;

/// The memory of all processes with all but two asleep.
pub const MEMORY: &str = "memory, all but two asleep";
/// How much of a core all processes take while nobody does anything.
pub const IDLE: &str = "idle, all but two asleep";
/// From the wish to see a tab until its page has run.
pub const WAKE: &str = "wake to a usable page";

/// How often a tab is woken, where so many are asleep, and a fresh one opened.
const TIMES: usize = 5;

/// How long nobody does anything.
const QUIET: Duration = Duration::from_secs(20);

/// With 20 and with 50 profiles.
pub fn asleep(plan: &Plan) -> Outcome<Vec<Figure>> {
    let mut figures = Vec::new();
    for &number in plan.amount(&[20, 50][..], &[5][..]) {
        figures.extend(with(number)?);
    }
    Ok(figures)
}

fn with(number: usize) -> Outcome<Vec<Figure>> {
    let (desktop, cloud) = machine_and_cloud(number + TIMES)?;
    let side = Side::new(desktop.surroundings())?;
    cloud.register(&side)?;
    let screen = desktop.screen()?;
    let profiles: Vec<&DemoProfile> = cloud.profiles().collect();
    let mut app = App::start(&desktop, &[])?;
    app.wait_for_window(&screen)?;
    for (index, profile) in profiles.iter().take(number).enumerate() {
        let page = heavy_page(index);
        let mut arguments = vec!["open", &profile.name, "--page", &page];
        if index + 1 == number {
            arguments.push("--beside");
        }
        side.run(&arguments)?.success()?;
        wait_for_pages(&cloud, index + 1)?;
    }
    side.run(&["sleep"])?.success()?;
    wait_until("all but two tabs to sleep", Duration::from_secs(60), || {
        Ok((states(&side)?.iter().filter(|(_, state)| state == "asleep").count() == number - 2).then_some(()))
    })?;
    let memory = mebibytes(calm_memory(&[app.process().id()])?);
    let which = format!("{number} profiles");
    let ours = |what: &str, value, unit| Figure {
        what: what.to_owned(),
        whose: "Sidelight",
        which: which.clone(),
        value,
        unit,
    };
    let mut figures = vec![ours(MEMORY, memory, "MiB"), ours(IDLE, idle(app.process().id())?, "% of a core")];

    let (mut woken, mut fresh) = (Vec::new(), Vec::new());
    let unopened = profiles.iter().skip(number).take(TIMES);
    let asleep = states(&side)?.into_iter().filter(|(_, state)| state == "asleep");
    for (turn, (profile, (tab, _))) in unopened.zip(asleep).enumerate() {
        let before = cloud.last_report()?;
        let start = Instant::now();
        side.run(&["show", &tab])?.success()?;
        woken.push(loaded(&cloud, before, start)?);
        let before = cloud.last_report()?;
        let start = Instant::now();
        side.run(&["open", &profile.name, "--page", &heavy_page(number + turn)])?.success()?;
        fresh.push(loaded(&cloud, before, start)?);
    }
    for (whose, times) in [("Sidelight", woken), ("a fresh tab", fresh)] {
        let value = median(times).ok_or_else(|| HarnessError::missing("times"))?;
        figures.push(Figure { what: WAKE.to_owned(), whose, which: which.clone(), value, unit: "ms" });
    }
    Ok(figures)
}

/// The share of a core that a family takes, over a while in which nothing is asked of it.
fn idle(ancestor: u32) -> Outcome<f64> {
    let (before, start) = (processor::time_of_family(ancestor)?, Instant::now());
    wait_until("the quiet to be over", QUIET * 2, || Ok((start.elapsed() >= QUIET).then_some(())))?;
    let busy = processor::time_of_family(ancestor)?.saturating_sub(before);
    Ok(100.0 * busy.as_secs_f64() / start.elapsed().as_secs_f64())
}

/// Tabs and their states, in the order of the strip.
fn states(side: &Side) -> Outcome<Vec<(String, String)>> {
    let tabs = side.json(&["tabs"])?;
    let text = |tab: &serde_json::Value, key: &str| tab[key].as_str().unwrap_or_default().to_owned();
    Ok(tabs.as_array().into_iter().flatten().map(|tab| (text(tab, "tab"), text(tab, "state"))).collect())
}

fn loaded(cloud: &DemoCloud, before: u64, start: Instant) -> Outcome<f64> {
    time_until("the page to run", start, || {
        Ok(cloud.reports(before)?.iter().any(|report| !report.text("n").is_empty()))
    })
}

fn median(mut times: Vec<f64>) -> Option<f64> {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied()
}
