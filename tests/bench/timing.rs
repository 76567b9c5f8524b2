//! Times and what is told of them: the least, the median, the slowest of a hundred.
//!
//! Whole processes are timed from their start to their end, and take turns, so that a busy moment of
//! the machine hits all of them.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use sidelight_tests::{HarnessError, Outcome};

use crate::report::Figure;

/// How long one looks away between two looks at something that is timed.
const BETWEEN_LOOKS: Duration = Duration::from_millis(1);

/// A program to be timed.
pub struct Contestant<'all> {
    /// What is measured.
    pub what: &'static str,
    /// Whose program it is.
    pub whose: &'static str,
    /// Makes the command for one run.
    pub command: &'all dyn Fn() -> Command,
}

/// Which of many times is told, by the name it has in the table, and how many of a hundred are faster.
pub type Rank = (&'static str, usize);

/// The fastest.
pub const LEAST: Rank = ("least", 0);
/// The middle one.
pub const MEDIAN: Rank = ("median", 50);
/// One of ten is slower.
pub const P90: Rank = ("p90", 90);
/// One of twenty is slower.
pub const P95: Rank = ("p95", 95);
/// One of a hundred is slower.
pub const P99: Rank = ("p99", 99);

/// Times each contestant `runs` times, after one run that does not count.
///
/// # Errors
/// When a run fails.
pub fn take_turns(contestants: &[Contestant<'_>], runs: usize) -> Outcome<Vec<Figure>> {
    let mut times = vec![Vec::with_capacity(runs); contestants.len()];
    for run in 0..=runs {
        for (contestant, times) in contestants.iter().zip(&mut times) {
            let (time, _) = time_one((contestant.command)())?;
            if run > 0 {
                times.push(milliseconds(time));
            }
        }
    }
    let figures = contestants.iter().zip(times);
    Ok(figures.flat_map(|(it, times)| summary(it.what, it.whose, times, &[LEAST, MEDIAN, P90])).collect())
}

/// These ranks of the times, which are milliseconds.
pub fn summary(what: &str, whose: &'static str, mut times: Vec<f64>, ranks: &[Rank]) -> Vec<Figure> {
    times.sort_by(f64::total_cmp);
    let last = times.len().saturating_sub(1);
    let figure = |&(which, hundredth): &Rank| Figure {
        what: what.to_owned(),
        whose,
        which: which.to_owned(),
        value: times.get(last * hundredth / 100).copied().unwrap_or(f64::NAN),
        unit: "ms",
    };
    ranks.iter().map(figure).collect()
}

/// Runs a program to its end: how long that took, and what it printed.
///
/// # Errors
/// [`HarnessError::Ended`] with its complaints when it fails.
pub fn time_one(mut command: Command) -> Outcome<(Duration, Vec<u8>)> {
    let program = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null());
    let start = Instant::now();
    let output = command.output().map_err(|source| HarnessError::Start { program: program.clone(), source })?;
    let time = start.elapsed();
    if output.status.success() {
        return Ok((time, output.stdout));
    }
    let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(HarnessError::Ended { program, status: output.status.to_string(), output: complaints })
}

/// Looks every millisecond until `look` says yes, and answers with the milliseconds since `start`.
///
/// # Errors
/// What `look` fails with, and [`HarnessError::Late`] naming `what` after a minute.
pub fn time_until(what: &str, start: Instant, mut look: impl FnMut() -> Outcome<bool>) -> Outcome<f64> {
    loop {
        let found = look()?;
        let waited = start.elapsed();
        if found {
            return Ok(milliseconds(waited));
        }
        if waited > Duration::from_secs(60) {
            return Err(HarnessError::Late { what: what.to_owned(), seconds: waited.as_secs_f64() });
        }
        #[expect(clippy::disallowed_methods, reason = "looks finer than the harness, whose 10 ms are too coarse here")]
        std::thread::sleep(BETWEEN_LOOKS);
    }
}

/// A time as the table tells it.
pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
