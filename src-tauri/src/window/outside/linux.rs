//! Linux: by the desktop's launchers.

use std::ffi::OsStr;
use std::process::Stdio;
use std::time::Duration;

use sidelight_core::storage::other_programs;
use tokio::process::Command;
use tokio::time::timeout;

/// A launcher that has not ended by then has found a program, which it waits for.
const TO_REFUSE: Duration = Duration::from_secs(2);

/// Opens an address or a file by the first launcher that can. What does not open is logged.
pub fn open(target: &OsStr) {
    let launchers = open::commands(target);
    tauri::async_runtime::spawn(async move {
        for launcher in launchers {
            if takes(launcher.into()).await {
                return;
            }
        }
        tracing::warn!("no launcher of the desktop opened it");
    });
}

async fn takes(mut launcher: Command) -> bool {
    other_programs::give_the_users_environment(launcher.as_std_mut());
    launcher.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    let Ok(mut running) = launcher.spawn() else { return false };
    match timeout(TO_REFUSE, running.wait()).await {
        Ok(status) => status.is_ok_and(|status| status.success()),
        Err(_) => true,
    }
}
