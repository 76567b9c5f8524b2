//! Figures as one table for a person, with targets and ratios, and as JSON for a comparison over time.

use std::path::Path;

use serde::Serialize;
use sidelight_tests::{HarnessError, Outcome};

use crate::targets::Target;

/// Whose figures stand first.
const OURS: &str = "Sidelight";

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

/// Sidelight's figure beside its peer's of the same run.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// What was measured.
    pub what: String,
    /// Which one of several.
    pub which: String,
    /// The unit of both.
    pub unit: &'static str,
    /// Sidelight's.
    pub sidelight: Option<f64>,
    /// Who the peer is, and its figure.
    pub peer: Option<(&'static str, f64)>,
    /// What is meant to be reached.
    pub target: Option<Target>,
    /// Whether it is.
    pub reached: Option<bool>,
}

impl Row {
    /// What part of the peer's figure ours is.
    pub fn ratio(&self) -> Option<f64> {
        self.sidelight.zip(self.peer).map(|(ours, (_, theirs))| ours / theirs)
    }

    fn cells(&self) -> [String; 6] {
        let unit = self.unit;
        let number = |value: f64| format!("{value:.1} {unit}");
        [
            format!("{}, {}", self.what, self.which),
            self.sidelight.map(number).unwrap_or_default(),
            self.peer.map(|(whose, value)| format!("{whose} {}", number(value))).unwrap_or_default(),
            self.ratio().map(|ratio| format!("{ratio:.2}")).unwrap_or_default(),
            self.target.map(|target| target.to_string()).unwrap_or_default(),
            self.reached.map(|reached| if reached { "yes" } else { "NO" }.to_owned()).unwrap_or_default(),
        ]
    }
}

/// Puts the figures of one thing side by side, in the order of the run, and holds them to their targets.
pub fn rows(figures: &[Figure]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for Figure { what, whose, which, value, unit } in figures {
        let place = rows.iter().position(|row| row.what == *what && row.which == *which);
        let place = place.unwrap_or_else(|| {
            let target = Target::of(what, which);
            let (what, which) = (what.clone(), which.clone());
            rows.push(Row { what, which, unit, sidelight: None, peer: None, target, reached: None });
            rows.len() - 1
        });
        match *whose {
            OURS => rows[place].sidelight = Some(*value),
            peer => rows[place].peer = Some((peer, *value)),
        }
    }
    for row in &mut rows {
        row.reached = row.target.and_then(|target| target.is_reached(row));
    }
    rows
}

/// Prints the table.
pub fn print(rows: &[Row]) {
    let head = ["What", OURS, "Peer", "Ratio", "Target", "Reached"].map(str::to_owned);
    let lines: Vec<[String; 6]> = std::iter::once(head).chain(rows.iter().map(Row::cells)).collect();
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; 6] = std::array::from_fn(width);
    for line in &lines {
        let cells = line.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        println!("{}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}

/// Writes `<name>.json`.
///
/// # Errors
/// When the file cannot be written.
pub fn write(folder: &Path, name: &str, content: &impl Serialize) -> Outcome {
    let file = folder.join(format!("{name}.json"));
    let action = || HarnessError::io(format!("write {}", file.display()));
    std::fs::create_dir_all(folder).map_err(action())?;
    let text = serde_json::to_string_pretty(content).map_err(HarnessError::json(name))?;
    std::fs::write(&file, text + "\n").map_err(action())
}
