//! How much memory the processes of each store take: their proportional set size, so that what they
//! share counts once.
//!
//! WebKit does not say which process works for which view. A web process in the sandbox has a folder
//! of its store mounted, a network process has files of its store open; without the sandbox nothing
//! is told. Source: proc(5), `smaps_rollup`, `mountinfo`, `fd`.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use sidelight_core::domain::profile::ProfileId;

/// Bytes by profile, for these stores' folders. It reads many files: not for the main thread.
pub fn by_profile(stores: &[(ProfileId, PathBuf)]) -> HashMap<ProfileId, u64> {
    let mut sums = HashMap::new();
    for process in descendants(std::process::id()) {
        let owner = stores.iter().find(|(_, folder)| works_for(process, folder));
        if let Some(((profile, _), bytes)) = owner.zip(proportional_set_size(process)) {
            *sums.entry(profile.clone()).or_insert(0) += bytes;
        }
    }
    sums
}

fn works_for(process: u32, folder: &Path) -> bool {
    let mounts = fs::read_to_string(format!("/proc/{process}/mountinfo")).unwrap_or_default();
    let mut mounted = mounts.lines().filter_map(|line| line.split(' ').nth(4));
    let mut open = fs::read_dir(format!("/proc/{process}/fd")).into_iter().flatten().flatten();
    mounted.any(|point| Path::new(point).starts_with(folder))
        || open.any(|file| fs::read_link(file.path()).is_ok_and(|target| target.starts_with(folder)))
}

fn proportional_set_size(process: u32) -> Option<u64> {
    let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    let kibibytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes * 1024)
}

/// All that a process has started, and what those have.
fn descendants(ancestor: u32) -> Vec<u32> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    for process in entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok()) {
        if let Some(parent) = parent(process) {
            children.entry(parent).or_default().push(process);
        }
    }
    let mut found = Vec::new();
    let mut left = vec![ancestor];
    while let Some(next) = left.pop() {
        let mine = children.remove(&next).unwrap_or_default();
        found.extend(&mine);
        left.extend(mine);
    }
    found
}

/// The fourth field; the second, a name in brackets, may hold anything.
fn parent(process: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}
