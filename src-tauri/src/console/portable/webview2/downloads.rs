//! Downloads of WebView2: their names and places are ours, its own list of them stays hidden.

use std::path::Path;

use sidelight_core::app::event::DownloadEvent;
use sidelight_core::domain::download::DownloadId;
use webview2_com::Microsoft::Web::WebView2::Win32::*;
use webview2_com::{BytesReceivedChangedEventHandler, DownloadStartingEventHandler, StateChangedEventHandler};
use windows::core::{HSTRING, Interface, Result};

use super::super::page::Console;
use super::super::with_shared;
use super::{note, text};
use crate::console::Surroundings;

/// Takes every download of a webview.
pub fn take_all(core: &ICoreWebView2, console: &Console) -> Result<()> {
    let console = console.clone();
    let starting = DownloadStartingEventHandler::create(Box::new(move |_, args| match args {
        Some(args) => begin(&console, &args),
        None => Ok(()),
    }));
    unsafe { core.cast::<ICoreWebView2_4>()?.add_DownloadStarting(&starting, &mut 0) }
}

fn begin(console: &Console, args: &ICoreWebView2DownloadStartingEventArgs) -> Result<()> {
    let download = unsafe { args.DownloadOperation()? };
    let url = text(|url| unsafe { download.Uri(url) })?;
    let path = text(|path| unsafe { args.ResultFilePath(path) })?;
    let suggested = Path::new(&path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let total = number(|total| unsafe { download.TotalBytesToReceive(total) })?.filter(|total| *total > 0);
    unsafe { args.SetHandled(true)? };

    let cancelled = download.clone();
    let cancel = move || note(unsafe { cancelled.Cancel() });
    let begun = with_shared(|shared| {
        let begun = shared.transfers.begin(console, &suggested, &url, total, cancel);
        shared.discard_unannounced(console.tab());
        begun
    });
    match begun.flatten() {
        Some((id, path)) => {
            let watched = watch(&download, id, console.surroundings().clone())
                .and_then(|()| unsafe { args.SetResultFilePath(&HSTRING::from(path.as_os_str())) });
            if watched.is_err() {
                with_shared(|shared| {
                    shared.transfers.fail(id, false, "WebView2 did not take the file's place".to_owned())
                });
                return unsafe { args.SetCancel(true) };
            }
            Ok(())
        }
        None => unsafe { args.SetCancel(true) },
    }
}

fn watch(download: &ICoreWebView2DownloadOperation, id: DownloadId, around: Surroundings) -> Result<()> {
    let received = BytesReceivedChangedEventHandler::create(Box::new(move |download, _| {
        if let Some(bytes) = download.map(|download| received(&download)).transpose()?.flatten() {
            around.download(DownloadEvent::Progress { id, bytes, files: None });
        }
        Ok(())
    }));
    let state = StateChangedEventHandler::create(Box::new(move |download, _| match download {
        Some(download) => end(&download, id),
        None => Ok(()),
    }));
    unsafe {
        download.add_BytesReceivedChanged(&received, &mut 0)?;
        download.add_StateChanged(&state, &mut 0)
    }
}

fn end(download: &ICoreWebView2DownloadOperation, id: DownloadId) -> Result<()> {
    let mut state = COREWEBVIEW2_DOWNLOAD_STATE::default();
    unsafe { download.State(&mut state)? };
    match state {
        // Lengths are compared by the engine before it says so; what it counted must be on disk.
        COREWEBVIEW2_DOWNLOAD_STATE_COMPLETED => {
            let bytes = received(download)?;
            with_shared(|shared| shared.transfers.finish(id, bytes));
        }
        COREWEBVIEW2_DOWNLOAD_STATE_INTERRUPTED => {
            let mut reason = COREWEBVIEW2_DOWNLOAD_INTERRUPT_REASON::default();
            unsafe { download.InterruptReason(&mut reason)? };
            let disk = COREWEBVIEW2_DOWNLOAD_INTERRUPT_REASON_FILE_FAILED.0
                ..COREWEBVIEW2_DOWNLOAD_INTERRUPT_REASON_NETWORK_FAILED.0;
            let on_disk = disk.contains(&reason.0);
            with_shared(|shared| shared.transfers.fail(id, on_disk, format!("WebView2 says {}", reason.0)));
        }
        _ => {}
    }
    Ok(())
}

fn received(download: &ICoreWebView2DownloadOperation) -> Result<Option<u64>> {
    number(|bytes| unsafe { download.BytesReceived(bytes) })
}

/// `None` for a negative one: unknown.
fn number(ask: impl FnOnce(*mut i64) -> Result<()>) -> Result<Option<u64>> {
    let mut number = 0;
    ask(&mut number)?;
    Ok(u64::try_from(number).ok())
}
