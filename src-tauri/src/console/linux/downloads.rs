//! Downloads of WebKitGTK: one handler for each store, so that a download outlives its tab.
//!
//! Names and files are the core's (`storage::download_folder`); WebKit only writes the partial file.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use gtk::glib;
use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::event::DownloadEvent;
use sidelight_core::domain::download::DownloadId;
use sidelight_core::domain::profile::ProfileId;
use sidelight_core::storage::download_folder::Reservation;
use url::Url;
use webkit2gtk::{
    Download, DownloadError, DownloadExt, URIRequestExt, URIResponse, URIResponseExt, WebContext, WebContextExt,
};

use crate::console::Surroundings;

/// Between two words on how far it is.
const PROGRESS_EVERY: Duration = Duration::from_millis(200);

/// Downloads that are on their way.
#[derive(Clone, Default)]
pub struct Running(Rc<RefCell<HashMap<DownloadId, Download>>>);

impl Running {
    /// Stops one; its `failed` signal says so.
    pub fn cancel(&self, id: DownloadId) {
        let download = self.0.borrow().get(&id).cloned();
        if let Some(download) = download {
            download.cancel();
        }
    }
}

/// Takes every download of a store.
pub fn take_all(context: &WebContext, profile: &ProfileId, surroundings: &Surroundings, running: &Running) {
    let (profile, surroundings, running) = (profile.clone(), surroundings.clone(), running.clone());
    context.connect_download_started(move |_, download| {
        take(download, &profile, &surroundings, &running);
    });
}

/// One download from its start to its end.
struct Transfer {
    id: DownloadId,
    reservation: RefCell<Option<Reservation>>,
    has_ended: Cell<bool>,
    will_tell: Cell<bool>,
}

fn take(download: &Download, profile: &ProfileId, surroundings: &Surroundings, running: &Running) {
    let id = surroundings.download_id();
    let transfer = Rc::new(Transfer {
        id,
        reservation: RefCell::default(),
        has_ended: Cell::new(false),
        will_tell: Cell::new(false),
    });
    running.0.borrow_mut().insert(id, download.clone());

    let (its, around, profile) = (transfer.clone(), surroundings.clone(), profile.clone());
    download.connect_decide_destination(move |download, suggested| {
        begin(&its, &around, &profile, download, suggested);
        true
    });
    let (its, around) = (transfer.clone(), surroundings.clone());
    download.connect_received_data(move |download, _| {
        if !its.will_tell.replace(true) {
            let (its, around, download) = (its.clone(), around.clone(), download.clone());
            glib::timeout_add_local_once(PROGRESS_EVERY, move || {
                its.will_tell.set(false);
                around.download(DownloadEvent::Progress { id: its.id, bytes: download.received_data_length() });
            });
        }
    });
    let (its, around) = (transfer.clone(), surroundings.clone());
    download.connect_failed(move |download, error| fail(&its, &around, download, error));
    let (its, around, running) = (transfer, surroundings.clone(), running.clone());
    download.connect_finished(move |download| {
        running.0.borrow_mut().remove(&its.id);
        finish(&its, &around, download);
    });
}

/// The name is ours, whatever the page or server suggests.
fn begin(its: &Transfer, around: &Surroundings, profile: &ProfileId, download: &Download, suggested: &str) {
    let response = download.response();
    let total = response.as_ref().and_then(announced);
    let started = |name: String| DownloadEvent::Started {
        id: its.id,
        profile: profile.clone(),
        name,
        folder: around.downloads.path().to_owned(),
        host: host(download),
        total,
    };
    let reserved = around.downloads.reserve(suggested, total).and_then(|reservation| {
        let path = reservation.partial_path();
        let uri = glib::filename_to_uri(path, None).map_err(|_| disk(path))?;
        Ok((reservation, uri))
    });
    match reserved {
        Ok((reservation, uri)) => {
            around.download(started(reservation.name().to_owned()));
            download.set_allow_overwrite(true);
            download.set_destination(&uri);
            *its.reservation.borrow_mut() = Some(reservation);
        }
        Err(error) => {
            around.download(started(suggested.to_owned()));
            end(its, around, DownloadEvent::Failed { id: its.id, error });
            download.cancel();
        }
    }
}

fn fail(its: &Transfer, around: &Surroundings, download: &Download, error: &glib::Error) {
    if let Some(reservation) = its.reservation.borrow_mut().take() {
        reservation.discard();
    }
    let event = if error.matches(DownloadError::CancelledByUser) {
        DownloadEvent::Cancelled { id: its.id }
    } else {
        let cause = if error.matches(DownloadError::Destination) {
            Cause::Disk { path: around.downloads.path().to_owned(), free_bytes: None }
        } else {
            Cause::Network { host: host(download) }
        };
        DownloadEvent::Failed { id: its.id, error: Error::detailed(cause, error.message()) }
    };
    end(its, around, event);
}

/// Whole by WebKit's word; it gets its name only if its length says so too.
fn finish(its: &Transfer, around: &Surroundings, download: &Download) {
    let Some(reservation) = its.reservation.borrow_mut().take() else { return };
    let expected = download.response().as_ref().and_then(announced);
    let (id, around) = (its.id, around.clone());
    if its.has_ended.replace(true) {
        return reservation.discard();
    }
    // Syncing gigabytes takes seconds; the window goes on meanwhile.
    std::thread::spawn(move || {
        let event = match reservation.finish(expected) {
            Ok(path) => DownloadEvent::Finished { id, name: name_of(&path), bytes: length_of(&path) },
            Err(error) => DownloadEvent::Failed { id, error },
        };
        around.download(event);
    });
}

fn end(its: &Transfer, around: &Surroundings, event: DownloadEvent) {
    if !its.has_ended.replace(true) {
        around.download(event);
    }
}

/// What the server announced; nothing where the length is that of a compressed form.
fn announced(response: &URIResponse) -> Option<u64> {
    let length = response.content_length();
    let is_encoded = response.http_headers().is_some_and(|headers| headers.one("Content-Encoding").is_some());
    (length > 0 && !is_encoded).then_some(length)
}

fn host(download: &Download) -> String {
    let uri = download.request().and_then(|request| request.uri());
    let url = uri.and_then(|uri| Url::parse(&uri).ok());
    url.and_then(|url| url.host_str().map(ToOwned::to_owned)).unwrap_or_default()
}

fn disk(path: &Path) -> Error {
    Cause::Disk { path: path.to_owned(), free_bytes: None }.into()
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn length_of(path: &Path) -> u64 {
    std::fs::metadata(path).map(|metadata| metadata.len()).unwrap_or_default()
}
