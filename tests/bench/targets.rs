//! What the figures are meant to reach: numbers, or shares of what a peer takes in the same run.
//!
//! Not how they are measured. A new target is a line in `TARGETS`.

use std::fmt;

use serde::Serialize;

use crate::report::Row;
use crate::{asleep, copies, downloads, in_the_app, memory_use, mint, start_up, switcher, ways_in, window};

/// How much is allowed.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Less than this, in the figure's own unit.
    Below(f64),
    /// At most this part of what the peer takes.
    ShareOfPeer(f64),
}

const TARGETS: &[(&str, &str, Target)] = &[
    (mint::SEQUENTIAL, "median", Target::ShareOfPeer(1.0)),
    (mint::SEQUENTIAL, "p99", Target::ShareOfPeer(1.0)),
    (mint::AT_ONCE, "median", Target::ShareOfPeer(1.0)),
    (mint::AT_ONCE, "p99", Target::ShareOfPeer(1.0)),
    (mint::WHOLE_PROCESS, "median", Target::ShareOfPeer(0.25)),
    (ways_in::CREDENTIALS, "median", Target::ShareOfPeer(0.25)),
    (ways_in::WARM, "median", Target::ShareOfPeer(0.25)),
    // 1,000 accounts at 20 requests a second are 50 s at least.
    (ways_in::DISCOVERY, "5000 pairs", Target::Below(60.0)),
    (ways_in::IMPORT, "median", Target::Below(1000.0)),
    (start_up::VERSION, "median", Target::Below(10.0)),
    (start_up::LIST, "median", Target::Below(60.0)),
    (window::FIRST_DRAW, "median", Target::Below(1000.0)),
    (window::TAB_SWITCH, "median", Target::Below(50.0)),
    (window::TAB_SWITCH, "p90", Target::Below(50.0)),
    (switcher::KEYSTROKE, "p95", Target::Below(16.0)),
    // 0.8 of curl's speed.
    (downloads::GIBIBYTE, "median", Target::ShareOfPeer(1.25)),
    (in_the_app::WEBVIEW, "median", Target::ShareOfPeer(1.25)),
    // Flat with size: what is on its way, and no more of a large one.
    (in_the_app::ONE, "256 MiB", Target::Below(150.0)),
    (in_the_app::ONE, "1024 MiB", Target::Below(150.0)),
    // No jank: a key is answered as if there were none.
    (in_the_app::KEYS, "median", Target::ShareOfPeer(1.25)),
    (in_the_app::KEYS, "p95", Target::ShareOfPeer(1.25)),
    (in_the_app::QUEUE, "1000 downloads", Target::Below(50.0)),
    (copies::GIBIBYTE, "median", Target::ShareOfPeer(1.0)),
    (memory_use::MEMORY, "7 profiles", Target::ShareOfPeer(0.5)),
    (memory_use::OPENED, "7 profiles", Target::ShareOfPeer(1.0 / 3.0)),
    (memory_use::OPENED, "20 profiles", Target::Below(10.0)),
    (asleep::MEMORY, "20 profiles", Target::Below(700.0)),
    (asleep::MEMORY, "50 profiles", Target::Below(900.0)),
    (asleep::IDLE, "20 profiles", Target::Below(2.0)),
    (asleep::IDLE, "50 profiles", Target::Below(2.0)),
    (asleep::WAKE, "20 profiles", Target::ShareOfPeer(1.2)),
    (asleep::WAKE, "50 profiles", Target::ShareOfPeer(1.2)),
];

impl Target {
    /// The target of a figure, if it has one.
    pub fn of(what: &str, which: &str) -> Option<Self> {
        let found = TARGETS.iter().find(|(of_what, of_which, _)| *of_what == what && *of_which == which);
        found.map(|&(_, _, target)| target)
    }

    /// Whether a row reaches it; nothing where a side is missing.
    pub fn is_reached(self, row: &Row) -> Option<bool> {
        match self {
            Self::Below(limit) => row.sidelight.map(|value| value < limit),
            Self::ShareOfPeer(share) => row.ratio().map(|ratio| ratio <= share),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Below(limit) => write!(formatter, "< {limit}"),
            Self::ShareOfPeer(share) => write!(formatter, "<= {share:.2} of peer"),
        }
    }
}
