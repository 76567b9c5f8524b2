//! Figures as a table for a person and as JSON for a comparison over time.

use std::path::Path;

use serde::Serialize;
use sidelight_tests::{HarnessError, Outcome};

/// One measured number.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// What was measured, such as `side --version`.
    pub what: String,
    /// Whose figure it is: `Sidelight` or a peer.
    pub whose: &'static str,
    /// Which one of several: `median`, `p99`, `7 profiles`.
    pub which: String,
    /// The number.
    pub value: f64,
    /// Its unit: `ms`, `MiB`, `s`.
    pub unit: &'static str,
}

/// Prints a table, with a line for each figure.
pub fn print(figures: &[Figure]) {
    let column = |text: &dyn Fn(&Figure) -> usize| figures.iter().map(text).max().unwrap_or(0);
    let what = column(&|figure| figure.what.chars().count());
    let whose = column(&|figure| figure.whose.chars().count());
    let which = column(&|figure| figure.which.chars().count());
    for figure in figures {
        let Figure { value, unit, .. } = figure;
        println!("{:what$}  {:whose$}  {:which$}  {value:>10.2} {unit}", figure.what, figure.whose, figure.which);
    }
}

/// Writes `<name>.json`.
///
/// # Errors
/// When the file cannot be written.
pub fn write(folder: &Path, name: &str, figures: &[Figure]) -> Outcome {
    let file = folder.join(format!("{name}.json"));
    let action = || HarnessError::io(format!("write {}", file.display()));
    std::fs::create_dir_all(folder).map_err(action())?;
    let text = serde_json::to_string_pretty(figures).map_err(HarnessError::json(name))?;
    std::fs::write(&file, text + "\n").map_err(action())
}
