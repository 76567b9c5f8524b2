//! How long a family of processes has kept the machine's processors busy.

use std::time::Duration;

use crate::error::{HarnessError, Outcome};
use crate::process::family;

/// The time in user and kernel mode of a process and all its living descendants.
///
/// # Errors
/// When the process itself is gone.
pub fn time_of_family(ancestor: u32) -> Outcome<Duration> {
    let own = ticks(ancestor);
    let own = own.ok_or_else(|| HarnessError::missing(format!("process {ancestor} to measure")))?;
    let others = family::descendants(ancestor).into_iter().filter_map(ticks);
    Ok(Duration::from_millis((own + others.sum::<u64>()) * 1000 / rustix::param::clock_ticks_per_second()))
}

/// Fields 14 and 15 (proc(5), `/proc/pid/stat`); they are counted behind the name, which may hold anything.
fn ticks(id: u32) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let behind_name = stat.rsplit_once(')')?.1;
    let mut fields = behind_name.split_whitespace().skip(11);
    let mut number = || fields.next()?.parse::<u64>().ok();
    Some(number()? + number()?)
}
