//! Who started whom, and who lives in which home, read from /proc.
//!
//! Only for ending what a test started, and for the leak check: nothing here starts a process.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;
use std::process::Child;

use rustix::process::{Pid, Signal, kill_process};

/// The program of a page, as the kernel cuts its name to 15 letters.
pub const WEB_PROCESS: &str = "WebKitWebProces";

/// The ids of all processes that `ancestor` started, directly or through others.
pub fn descendants(ancestor: u32) -> Vec<u32> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for id in all() {
        if let Some(parent) = parent(id) {
            children.entry(parent).or_default().push(id);
        }
    }
    let mut found = vec![ancestor];
    let mut next = 0;
    while let Some(id) = found.get(next) {
        if let Some(more) = children.get(id) {
            found.extend(more);
        }
        next += 1;
    }
    found.split_off(1)
}

/// The ids of all processes whose environment names `home` as HOME, also those whose parent is gone.
pub fn living_in(home: &Path) -> Vec<u32> {
    let wanted = format!("HOME={}", home.display()).into_bytes();
    let lives_here = |id: &u32| {
        fs::read(format!("/proc/{id}/environ"))
            .is_ok_and(|environ| environ.split(|&byte| byte == 0).any(|entry| entry == wanted))
    };
    all().filter(lives_here).collect()
}

/// A process's arguments and environment, as the system shows them to others.
pub fn shown_of(id: u32) -> Vec<(&'static str, Vec<u8>)> {
    ["cmdline", "environ"]
        .into_iter()
        .filter_map(|file| Some((file, fs::read(format!("/proc/{id}/{file}")).ok()?)))
        .collect()
}

/// The name of a process's program, for messages.
pub fn name_of(id: u32) -> String {
    let name = fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default();
    name.trim_end().to_owned()
}

/// Those of `ancestor`'s processes whose program has this name, cut to 15 letters.
pub fn called(ancestor: u32, name: &str) -> BTreeSet<u32> {
    descendants(ancestor).into_iter().filter(|&id| name_of(id) == name).collect()
}

/// Whether a process has loaded a library with this word in its path.
pub fn has_loaded(id: u32, word: &str) -> bool {
    fs::read_to_string(format!("/proc/{id}/maps")).is_ok_and(|maps| maps.contains(word))
}

/// When a process began, in ticks since the machine's start: ids begin anew at some time. Source: proc(5).
pub fn started_at(id: u32) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The program's name may hold anything, also blanks.
    stat.rsplit_once(')')?.1.split_whitespace().nth(19)?.parse().ok()
}

/// Asks a program to end, as a session manager would.
pub fn ask_to_end(child: &mut Child) {
    signal(child.id(), Signal::TERM);
}

/// Kills processes by id. Those that have ended already are passed over.
pub fn kill(ids: &[u32]) {
    for &id in ids {
        signal(id, Signal::KILL);
    }
}

fn signal(id: u32, signal: Signal) {
    let id = i32::try_from(id).ok().and_then(Pid::from_raw);
    if let Some(id) = id {
        // Gone already is as good.
        let _gone = kill_process(id, signal);
    }
}

fn all() -> impl Iterator<Item = u32> {
    fs::read_dir("/proc").into_iter().flatten().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
}

/// The parent stands second after the name, which is in brackets and may hold anything.
fn parent(id: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let after_name = &stat[stat.rfind(')')? + 1..];
    after_name.split_whitespace().nth(1)?.parse().ok()
}
