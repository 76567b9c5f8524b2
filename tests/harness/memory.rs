//! What a family of processes takes from the machine's memory: its proportional set size.
//!
//! Shared pages count once, divided among those that share them, so sums are honest.

use crate::error::{HarnessError, Outcome};
use crate::process::family;

/// The PSS of a process and all its descendants, in bytes.
///
/// # Errors
/// When the process itself is gone, or its memory is not ours to read.
pub fn of_family(ancestor: u32) -> Outcome<u64> {
    let own = pss(ancestor);
    let own = own.ok_or_else(|| HarnessError::missing(format!("process {ancestor} to measure")))?;
    // A descendant that ended while we looked takes nothing.
    let others = family::descendants(ancestor).into_iter().filter_map(pss);
    Ok(own + others.sum::<u64>())
}

fn pss(id: u32) -> Option<u64> {
    let rollup = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    let kibibytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes * 1024)
}
