//! Downloads of WebKitGTK: one handler for each store, so that a download outlives its tab.
//!
//! WebKit asks for a file and waits; the loop says where it goes, or takes it away. Names and files are
//! the core's (`storage::download_folder`); WebKit only writes the partial file.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use gtk::glib;
use gtk::prelude::ObjectExt;
use secrecy::SecretString;
use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::event::DownloadEvent;
use sidelight_core::domain::download::{Again, Announced, DownloadId, Offer, Source};
use sidelight_core::domain::link;
use sidelight_core::domain::profile::ProfileId;
use sidelight_core::storage::download_folder::Reservation;
use url::Url;
use webkit2gtk::{
    CookieManagerExt, Download, DownloadError, DownloadExt, SettingsExt, URIRequestExt, URIResponse, URIResponseExt,
    WebContext, WebContextExt, WebViewExt, WebsiteDataManagerExt,
};

use crate::console::Surroundings;

/// Between two words on how far it is.
const PROGRESS_EVERY: Duration = Duration::from_millis(200);

/// Downloads that WebKit carries, or would, until each has finished: a transfer must not hold its own download, whose
/// handlers hold the transfer.
#[derive(Clone, Default)]
pub struct Running(Rc<RefCell<HashMap<DownloadId, Held>>>);

struct Held {
    transfer: Rc<Transfer>,
    download: Download,
    /// The store stays until it has finished, also where its last tab has gone.
    _context: WebContext,
}

/// One download from its start to its end.
struct Transfer {
    id: DownloadId,
    around: Surroundings,
    host: RefCell<String>,
    announced: RefCell<Announced>,
    /// What has arrived can be gone on from.
    goes_on: Cell<bool>,
    keep_time: Cell<bool>,
    reservation: RefCell<Option<Reservation>>,
    /// Stopped so that nothing is kept.
    is_cancelled: Cell<bool>,
    has_ended: Cell<bool>,
    will_tell: Cell<bool>,
}

impl Running {
    /// WebKit goes on with one that was offered.
    pub fn begin(&self, id: DownloadId, folder: &Path, name: &str, keep_time: bool) {
        if let Some((transfer, download)) = self.of(id) {
            transfer.keep_time.set(keep_time);
            transfer.begin(&download, folder, name);
        }
    }

    /// WebKit lets go of one that was offered, and nothing more is told of it.
    pub fn leave(&self, id: DownloadId) {
        if let Some((transfer, download)) = self.of(id) {
            transfer.has_ended.set(true);
            download.cancel();
        }
    }

    /// Stops one; its `failed` signal says so.
    pub fn stop(&self, id: DownloadId, keep: bool) {
        if let Some((transfer, download)) = self.of(id) {
            transfer.is_cancelled.set(!keep);
            download.cancel();
        }
    }

    fn of(&self, id: DownloadId) -> Option<(Rc<Transfer>, Download)> {
        self.0.borrow().get(&id).map(|held| (held.transfer.clone(), held.download.clone()))
    }
}

/// Takes every download of a store.
pub fn take_all(context: &WebContext, profile: &ProfileId, surroundings: &Surroundings, running: &Running) {
    let (profile, surroundings, running) = (profile.clone(), surroundings.clone(), running.clone());
    context.connect_download_started(move |context, download| {
        take(context, download, &profile, &surroundings, &running);
    });
}

fn take(
    context: &WebContext,
    download: &Download,
    profile: &ProfileId,
    surroundings: &Surroundings,
    running: &Running,
) {
    let transfer = Rc::new(Transfer {
        id: surroundings.download_id(),
        around: surroundings.clone(),
        host: RefCell::new(host(download)),
        announced: RefCell::default(),
        goes_on: Cell::new(false),
        keep_time: Cell::new(false),
        reservation: RefCell::default(),
        is_cancelled: Cell::new(false),
        has_ended: Cell::new(false),
        will_tell: Cell::new(false),
    });
    let held = Held { transfer: transfer.clone(), download: download.clone(), _context: context.clone() };
    running.0.borrow_mut().insert(transfer.id, held);

    let (its, profile, context) = (transfer.clone(), profile.clone(), context.downgrade());
    download.connect_decide_destination(move |download, suggested| {
        Transfer::offer(&its, download, context.upgrade().as_ref(), &profile, suggested);
        // WebKit waits for the place, which the loop gives.
        true
    });
    let its = transfer.clone();
    download.connect_created_destination(move |_, _| its.hold());
    let its = transfer.clone();
    download.connect_received_data(move |download, _| Transfer::tell_soon(&its, download));
    let its = transfer.clone();
    download.connect_failed(move |_, error| its.fail(error));
    let (its, running) = (transfer, running.clone());
    download.connect_finished(move |_| {
        running.0.borrow_mut().remove(&its.id);
        its.finish();
    });
}

impl Transfer {
    /// Says what there is to be taken, once it is known how it could be asked for again.
    fn offer(its: &Rc<Self>, download: &Download, context: Option<&WebContext>, profile: &ProfileId, suggested: &str) {
        let response = download.response();
        let announced = response.as_ref().map(read).unwrap_or_default();
        let url = download.request().and_then(|request| Url::parse(&request.uri()?).ok());
        let view = download.web_view();
        let is_coded = response.as_ref().is_some_and(|response| header(response, "Content-Encoding").is_some());
        let mut offer = Offer {
            id: its.id,
            profile: profile.clone(),
            page: view.as_ref().and_then(|view| Url::parse(&view.uri()?).ok()),
            name: suggested.to_owned(),
            url: url.as_ref().map(link::bare),
            announced,
            // WebKit decodes what it is sent; ours would keep it as it is.
            source: source(download).filter(|_| !is_coded),
        };
        if let Some(status) = response.as_ref().and_then(refusal) {
            // What a server says instead of a file is no file.
            let cause = Cause::Refused { host: its.host.borrow().clone(), status };
            its.around.download(DownloadEvent::Offered(Box::new(offer)));
            its.end(Some(cause.into()), None);
            return download.cancel();
        }
        its.announced.replace(offer.announced.clone());
        its.goes_on.set(offer.again() == Again::Onward);
        let manager = context.and_then(WebContextExt::website_data_manager);
        let cookies = manager.and_then(|manager| manager.cookie_manager());
        let (Some(address), Some(cookies), true) = (url, cookies, offer.source.is_some()) else {
            return its.around.download(DownloadEvent::Offered(Box::new(offer)));
        };
        let (its, context) = (its.clone(), context.cloned());
        cookies.cookies(address.as_str(), None::<&gtk::gio::Cancellable>, move |found| {
            // The store stays until it has answered, also where its last tab has gone.
            let _context = context;
            if its.has_ended.get() {
                return;
            }
            let pairs = found.unwrap_or_default().into_iter().map(|mut cookie| {
                let (name, value) = (cookie.name().unwrap_or_default(), cookie.value().unwrap_or_default());
                format!("{name}={value}")
            });
            let pairs: Vec<String> = pairs.collect();
            if let Some(source) = offer.source.as_mut().filter(|_| !pairs.is_empty()) {
                source.cookies = Some(SecretString::from(pairs.join("; ")));
            }
            its.around.download(DownloadEvent::Offered(Box::new(offer)));
        });
    }

    /// The name is ours, whatever the page or server suggests.
    fn begin(&self, download: &Download, folder: &Path, name: &str) {
        if self.has_ended.get() {
            return;
        }
        let expected = self.announced.borrow().length;
        let reserved = self.around.downloads.at(folder).reserve(name, expected).and_then(|reservation| {
            let path = reservation.partial_path();
            let uri = glib::filename_to_uri(path, None).map_err(|_| disk(path))?;
            Ok((reservation, uri))
        });
        match reserved {
            Ok((reservation, uri)) => {
                self.around.download(DownloadEvent::Began {
                    id: self.id,
                    name: reservation.name().to_owned(),
                    folder: folder.to_owned(),
                    partial: reservation.partial_path().to_owned(),
                });
                download.set_allow_overwrite(true);
                download.set_destination(&uri);
                *self.reservation.borrow_mut() = Some(reservation);
            }
            Err(error) => {
                self.end(Some(error), None);
                download.cancel();
            }
        }
    }

    /// WebKit removes its file when the transfer breaks off.
    fn hold(&self) {
        if let Some(reservation) = self.reservation.borrow().as_ref().filter(|_| self.goes_on.get()) {
            reservation.hold_what_arrives();
        }
    }

    fn tell_soon(its: &Rc<Self>, download: &Download) {
        if its.will_tell.replace(true) {
            return;
        }
        let (its, download) = (its.clone(), download.clone());
        glib::timeout_add_local_once(PROGRESS_EVERY, move || {
            its.will_tell.set(false);
            if !its.has_ended.get() {
                let bytes = download.received_data_length();
                its.around.download(DownloadEvent::Progress { id: its.id, bytes, files: None });
            }
        });
    }

    fn fail(&self, error: &glib::Error) {
        let reservation = self.reservation.borrow_mut().take();
        let is_stopped = error.matches(DownloadError::CancelledByUser);
        let error = (!is_stopped).then(|| {
            let broken = match &reservation {
                Some(reservation) if error.matches(DownloadError::Destination) => reservation.disk_error(),
                _ => Cause::Network { host: self.host.borrow().clone() }.into(),
            };
            Error::detailed(broken.cause, error.message())
        });
        let kept = match reservation {
            Some(reservation) if self.goes_on.get() && !self.is_cancelled.get() => reservation.leave(),
            Some(reservation) => {
                reservation.discard();
                None
            }
            None => None,
        };
        self.end(error, kept);
    }

    /// Whole by WebKit's word; it gets its name only if the file says so too.
    fn finish(&self) {
        let Some(reservation) = self.reservation.borrow_mut().take() else { return };
        if self.has_ended.replace(true) {
            return reservation.discard();
        }
        let (id, around) = (self.id, self.around.clone());
        let (announced, keep_time) = (self.announced.borrow().clone(), self.keep_time.get());
        let arrived = reservation.length();
        if let Some(length) = announced.length.filter(|length| arrived < *length && self.goes_on.get()) {
            let words = format!("{arrived} of {length} bytes arrived");
            let error = Some(Error::detailed(Cause::Network { host: self.host.borrow().clone() }, words));
            return around.download(DownloadEvent::PageStopped { id, error, kept: reservation.leave() });
        }
        // Reading and syncing gigabytes takes seconds; the window goes on meanwhile.
        std::thread::spawn(move || {
            let event = match reservation.finish(&announced, keep_time) {
                Ok(whole) => DownloadEvent::Finished { id, name: whole.name, bytes: whole.bytes },
                Err(error) => DownloadEvent::PageStopped { id, error: Some(error), kept: None },
            };
            around.download(event);
        });
    }

    fn end(&self, error: Option<Error>, kept: Option<u64>) {
        if !self.has_ended.replace(true) {
            self.around.download(DownloadEvent::PageStopped { id: self.id, error, kept });
        }
    }
}

/// How it is asked for again; nothing for the answer to a form, or for what a page has made itself.
fn source(download: &Download) -> Option<Source> {
    let request = download.request()?;
    let url = request.uri().filter(|url| url.starts_with("https://") || url.starts_with("http://"))?;
    let is_get = request.http_method().is_none_or(|method| method == "GET");
    let settings = download.web_view().as_ref().and_then(WebViewExt::settings);
    is_get.then(|| Source {
        url: SecretString::from(url.as_str()),
        cookies: None,
        user_agent: settings.and_then(|settings| settings.user_agent()).map(|agent| agent.to_string()),
    })
}

/// The status of an answer that is an error.
fn refusal(response: &URIResponse) -> Option<u16> {
    u16::try_from(response.status_code()).ok().filter(|status| *status >= 400)
}

fn host(download: &Download) -> String {
    let uri = download.request().and_then(|request| request.uri());
    let url = uri.and_then(|uri| Url::parse(&uri).ok());
    url.and_then(|url| url.host_str().map(ToOwned::to_owned)).unwrap_or_default()
}

fn header(response: &URIResponse, name: &str) -> Option<String> {
    response.http_headers()?.list(name).map(|value| value.to_string())
}

fn read(response: &URIResponse) -> Announced {
    let headers = response.http_headers();
    let said = Announced::read(|name| header(response, name));
    // What has no headers, as what a page has made itself, has a length.
    let own = Some(response.content_length()).filter(|length| *length > 0 && headers.is_none());
    Announced { length: said.length.or(own), ..said }
}

fn disk(path: &Path) -> Error {
    Cause::Disk { path: path.to_owned(), free_bytes: None }.into()
}
