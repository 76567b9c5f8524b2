//! How long a whole process takes, from its start to its end, many times.
//!
//! Programs take turns, so that a busy moment of the machine hits all of them.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use sidelight_tests::{HarnessError, Outcome};

use crate::report::Figure;

/// A program to be timed.
pub struct Contestant<'all> {
    /// What is measured.
    pub what: &'static str,
    /// Whose program it is.
    pub whose: &'static str,
    /// Makes the command for one run.
    pub command: &'all dyn Fn() -> Command,
}

/// Times each contestant `runs` times, after one run that does not count.
///
/// # Errors
/// When a run fails.
pub fn take_turns(contestants: &[Contestant<'_>], runs: usize) -> Outcome<Vec<Figure>> {
    let mut times = vec![Vec::with_capacity(runs); contestants.len()];
    for run in 0..=runs {
        for (contestant, times) in contestants.iter().zip(&mut times) {
            let time = time_one((contestant.command)())?;
            if run > 0 {
                times.push(time);
            }
        }
    }
    let figures = contestants.iter().zip(&mut times);
    Ok(figures.flat_map(|(contestant, times)| summary(contestant.what, contestant.whose, times)).collect())
}

/// The least, the median and the 90th of a hundred.
fn summary(what: &str, whose: &'static str, times: &mut [Duration]) -> Vec<Figure> {
    times.sort_unstable();
    let at = |hundredth: usize| times.get((times.len().saturating_sub(1)) * hundredth / 100).copied();
    let figure = |which: &str, time: Option<Duration>| Figure {
        what: what.to_owned(),
        whose,
        which: which.to_owned(),
        value: time.unwrap_or_default().as_secs_f64() * 1000.0,
        unit: "ms",
    };
    vec![figure("min", at(0)), figure("median", at(50)), figure("p90", at(90))]
}

fn time_one(mut command: Command) -> Outcome<Duration> {
    let program = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null());
    let start = Instant::now();
    let output = command.output().map_err(|source| HarnessError::Start { program: program.clone(), source })?;
    let time = start.elapsed();
    if output.status.success() {
        return Ok(time);
    }
    let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(HarnessError::Ended { program, status: output.status.to_string(), output: complaints })
}
