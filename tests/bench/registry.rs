//! All measurements by name, and the run through them.
//!
//! A measurement that lacks something (a peer that is not installed) is passed over with its reason;
//! one that is there and fails makes the whole run fail at its end.

use std::path::Path;

use sidelight_tests::{HarnessError, Outcome};

use crate::report::{self, Figure};
use crate::{asleep, copies, downloads, in_the_app, memory_use, mint, start_up, switcher, ways_in, window};

/// How thorough to be.
pub struct Plan {
    /// Fewer runs and profiles.
    pub quick: bool,
}

/// One measurement.
struct Measurement {
    name: &'static str,
    measure: fn(&Plan) -> Outcome<Vec<Figure>>,
}

const MEASUREMENTS: &[Measurement] = &[
    Measurement { name: "side-version", measure: start_up::version },
    Measurement { name: "side-ls", measure: start_up::list_of_ten_thousand },
    Measurement { name: "side-url", measure: mint::whole_process },
    Measurement { name: "mint", measure: mint::in_process },
    Measurement { name: "credentials", measure: ways_in::credentials },
    Measurement { name: "credentials-warm", measure: ways_in::credentials_warm },
    Measurement { name: "discovery", measure: ways_in::discovery },
    Measurement { name: "import", measure: ways_in::import },
    Measurement { name: "first-draw", measure: window::first_draw },
    Measurement { name: "first-draw-of-5000", measure: window::first_draw_of_many },
    Measurement { name: "click-to-loaded", measure: window::click_to_loaded },
    Measurement { name: "tab-switch", measure: window::tab_switch },
    Measurement { name: "switcher", measure: switcher::keystroke },
    Measurement { name: "download", measure: downloads::gibibyte },
    Measurement { name: "download-webview", measure: in_the_app::webview },
    Measurement { name: "download-memory", measure: in_the_app::memory_of_one },
    Measurement { name: "download-queue", measure: in_the_app::queue },
    Measurement { name: "keys-beside-downloads", measure: in_the_app::keys_beside_a_queue },
    Measurement { name: "copy-from-s3", measure: copies::gibibyte },
    Measurement { name: "memory", measure: memory_use::by_turns },
    Measurement { name: "asleep", measure: asleep::asleep },
];

impl Plan {
    /// `usual`, or `little` when it should be quick.
    pub fn amount<T>(&self, usual: T, little: T) -> T {
        if self.quick { little } else { usual }
    }
}

/// Runs the measurements whose names hold one of `names`, or all.
///
/// # Errors
/// The first failure, after all others have run.
pub fn run(plan: &Plan, folder: &Path, names: &[String]) -> Outcome {
    let wanted = |name: &str| names.is_empty() || names.iter().any(|word| name.contains(word));
    let mut figures = Vec::new();
    let mut failure = None;
    for Measurement { name, measure } in MEASUREMENTS.iter().filter(|it| wanted(it.name)) {
        eprintln!("measuring {name}");
        match measure(plan) {
            Ok(found) => {
                report::write(folder, name, &found)?;
                figures.extend(found);
            }
            Err(error @ (HarnessError::NotBuilt { .. } | HarnessError::Missing { .. })) => {
                eprintln!("{name} is passed over: {error}");
            }
            Err(error) => {
                eprintln!("{name} failed: {error}");
                failure.get_or_insert(error);
            }
        }
    }
    let rows = report::rows(&figures);
    report::write(folder, "table", &rows)?;
    report::print(&rows);
    failure.map_or(Ok(()), Err)
}
