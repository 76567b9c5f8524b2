//! One gibibyte from loopback, by the native engine and by curl, on the same disk in memory.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use secrecy::SecretString;
use sidelight_core::app::error::Error;
use sidelight_core::app::event::{DownloadEvent, Event};
use sidelight_core::app::ports::{Order, Stop, Transfers};
use sidelight_core::aws::trust::Trust;
use sidelight_core::domain::download::{Announced, DownloadId, Source};
use sidelight_core::storage::download_folder::DownloadFolder;
use sidelight_core::transfers::{HttpTransfers, Patience};
use sidelight_tests::fault_server::FaultServer;
use sidelight_tests::{HarnessError, Outcome};
use tokio::sync::mpsc::{self, UnboundedSender};

use crate::minter::OneSecret;
use crate::registry::Plan;
use crate::report::Figure;
use crate::timing::{LEAST, MEDIAN, P90, summary, time_one};

/// Until the file has its name.
pub const GIBIBYTE: &str = "download of 1 GiB, native engine / curl";

const SIZE: u64 = 1 << 30;

/// By turns.
pub fn gibibyte(plan: &Plan) -> Outcome<Vec<Figure>> {
    let runtime = tokio::runtime::Runtime::new().map_err(HarnessError::io("start a runtime"))?;
    let folder = tempfile::tempdir_in("/dev/shm").map_err(HarnessError::io("make a folder in memory"))?;
    let server = FaultServer::start()?;
    let url = format!("{}/get/file.bin?size={SIZE}", server.origin());
    let (mut ours, mut curls) = (Vec::new(), Vec::new());
    for run in 0..=plan.amount(10, 2) {
        let ours_took = runtime.block_on(carry(&url, folder.path()))?;
        let file = folder.path().join("curl.bin");
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--fail", "--output"]).arg(&file).arg(&url);
        let (curl_took, _) = time_one(curl)?;
        std::fs::remove_file(&file).map_err(HarnessError::io("remove what curl got"))?;
        // The first one does not count.
        if run > 0 {
            ours.push(ours_took);
            curls.push(1000.0 * curl_took.as_secs_f64());
        }
    }
    let mut figures = summary(GIBIBYTE, "Sidelight", ours, &[LEAST, MEDIAN, P90]);
    figures.extend(summary(GIBIBYTE, "curl", curls, &[LEAST, MEDIAN, P90]));
    Ok(figures)
}

async fn carry(url: &str, folder: &Path) -> Outcome<f64> {
    let engine = engine(folder)?;
    let source = Source { url: SecretString::from(url.to_owned()), cookies: None, user_agent: None };
    let order = Order {
        id: DownloadId(1),
        source,
        announced: Announced::default(),
        name: "ours.bin".to_owned(),
        folder: folder.to_owned(),
        keep_time: false,
        arrived: 0,
        partial: None,
        page_stands_by: false,
        name_in: None,
    };
    until_whole(folder, |told| engine.carry(order, told)).await
}

/// The native engine, for downloads into a folder.
pub fn engine(folder: &Path) -> Outcome<HttpTransfers> {
    let nothing = Arc::new(OneSecret(String::new()));
    let trust = Trust::new(None).map_err(failed)?;
    HttpTransfers::new(&trust, DownloadFolder::new(folder), nothing, Patience::default()).map_err(failed)
}

/// Milliseconds from its beginning until a gibibyte has its name; it is removed then.
pub async fn until_whole(folder: &Path, begin: impl FnOnce(UnboundedSender<Event>) -> Stop) -> Outcome<f64> {
    let (told, mut events) = mpsc::unbounded_channel();
    let start = Instant::now();
    let _carried = begin(told);
    while let Some(Event::Download(event)) = events.recv().await {
        match event {
            DownloadEvent::Finished { bytes: SIZE, name, .. } => {
                let took = 1000.0 * start.elapsed().as_secs_f64();
                std::fs::remove_file(folder.join(name)).map_err(HarnessError::io("remove what we got"))?;
                return Ok(took);
            }
            DownloadEvent::Finished { .. } | DownloadEvent::Stopped { .. } => {
                return Err(HarnessError::missing(format!("a whole file: {event:?}")));
            }
            _ => {}
        }
    }
    Err(HarnessError::missing("a whole file"))
}

/// The core's error as ours.
pub fn failed(error: Error) -> HarnessError {
    HarnessError::missing(error.to_string())
}
