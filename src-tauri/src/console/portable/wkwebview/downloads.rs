//! Downloads of WKWebView: one delegate for each, which gives it our name and place.
//!
//! How far one is, is seen by its file's length. Source: Apple, `WKDownloadDelegate`.

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};
use std::time::Duration;

use block2::{Block, RcBlock};
use objc2::rc::Retained;
use objc2::runtime::{NSObject, NSObjectProtocol, ProtocolObject};
use objc2::{DefinedClass, MainThreadMarker, MainThreadOnly, Message, define_class, msg_send};
use objc2_foundation::{NSData, NSError, NSHTTPURLResponse, NSString, NSURL, NSURLResponse, ns_string};
use objc2_web_kit::{WKDownload, WKDownloadDelegate};
use sidelight_core::app::event::DownloadEvent;
use sidelight_core::domain::download::DownloadId;

use super::super::page::Console;
use super::super::with_shared;
use super::delegate::text;
use crate::console::Surroundings;

/// Between two words on how far it is.
const PROGRESS_EVERY: Duration = Duration::from_millis(500);

/// `NSFileNoSuchFileError` to `NSFileWriteVolumeReadOnlyError`, in Cocoa's domain.
const DISK: std::ops::RangeInclusive<isize> = 4..=642;

thread_local! {
    /// WebKit does not keep its delegates.
    static RUNNING: RefCell<Vec<Retained<DownloadDelegate>>> = const { RefCell::new(Vec::new()) };
}

/// Takes a download that has no place yet.
pub fn take(download: &WKDownload, console: &Console, main_thread: MainThreadMarker) {
    let ivars = Ivars {
        console: console.clone(),
        id: Cell::default(),
        expected: Cell::default(),
        alive: RefCell::new(Some(Arc::new(()))),
    };
    let delegate = DownloadDelegate::alloc(main_thread).set_ivars(ivars);
    let delegate: Retained<DownloadDelegate> = unsafe { msg_send![super(delegate), init] };
    unsafe { download.setDelegate(Some(ProtocolObject::from_ref(&*delegate))) };
    RUNNING.with_borrow_mut(|running| running.push(delegate));
}

/// The delegate of one download.
pub struct Ivars {
    console: Console,
    id: Cell<Option<DownloadId>>,
    expected: Cell<Option<u64>>,
    /// Taken away at its end, so that nobody looks at its file any more.
    alive: RefCell<Option<Arc<()>>>,
}

define_class!(
    // SAFETY: NSObject asks nothing of its subclasses, and there is no Drop.
    #[unsafe(super(NSObject))]
    #[thread_kind = MainThreadOnly]
    #[ivars = Ivars]
    pub struct DownloadDelegate;

    unsafe impl NSObjectProtocol for DownloadDelegate {}

    unsafe impl WKDownloadDelegate for DownloadDelegate {
        #[unsafe(method(download:decideDestinationUsingResponse:suggestedFilename:completionHandler:))]
        fn begins(
            &self,
            download: &WKDownload,
            response: &NSURLResponse,
            suggested: &NSString,
            decide: &Block<dyn Fn(*mut NSURL)>,
        ) {
            match self.begin(download, response, suggested) {
                Some(path) => {
                    let path = NSString::from_str(&path.to_string_lossy());
                    decide.call((Retained::as_ptr(&NSURL::fileURLWithPath_isDirectory(&path, false)).cast_mut(),));
                }
                None => {
                    decide.call((std::ptr::null_mut(),));
                    self.end();
                }
            }
        }

        #[unsafe(method(downloadDidFinish:))]
        fn finished(&self, _download: &WKDownload) {
            let expected = self.ivars().expected.get();
            if let Some(id) = self.end() {
                with_shared(|shared| shared.transfers.finish(id, expected));
            }
        }

        #[unsafe(method(download:didFailWithError:resumeData:))]
        fn failed(&self, _download: &WKDownload, error: &NSError, _resume: Option<&NSData>) {
            let code = error.code();
            if let Some(id) = self.end() {
                with_shared(|shared| {
                    shared.transfers.fail(id, DISK.contains(&code), format!("{} {code}", error.domain()))
                });
            }
        }
    }
);

impl DownloadDelegate {
    /// Where its bytes go; `None` where they cannot.
    fn begin(&self, download: &WKDownload, response: &NSURLResponse, suggested: &NSString) -> Option<PathBuf> {
        let Ivars { console, id, expected, alive } = self.ivars();
        let request = unsafe { download.originalRequest() };
        let url = text(request.and_then(|request| request.URL()).as_deref());
        expected.set(announced(response));
        let cancel = cancellation(download, self.retain());
        let suggested = suggested.to_string();
        let begun = with_shared(|shared| shared.transfers.begin(console, &suggested, &url, expected.get(), cancel));
        let (begun, path) = begun.flatten()?;
        id.set(Some(begun));
        // WebKit writes no file that is there already. Nobody else knows this one's name.
        if std::fs::remove_file(&path).is_err() {
            with_shared(|shared| shared.transfers.fail(begun, true, "the partial file is gone".to_owned()));
            return None;
        }
        if let Some(alive) = alive.borrow().as_ref() {
            let watched = watch(Arc::downgrade(alive), console.surroundings().clone(), begun, path.clone());
            tauri::async_runtime::spawn(watched);
        }
        Some(path)
    }

    /// Nobody keeps or watches it any more; its id, the first time.
    fn end(&self) -> Option<DownloadId> {
        self.ivars().alive.take();
        let this = RUNNING.with_borrow_mut(|running| {
            let place = running.iter().position(|delegate| std::ptr::eq(&**delegate, self));
            place.map(|place| running.swap_remove(place))
        });
        // WebKit is still calling it.
        if let Some(this) = this {
            let _ = Retained::autorelease_ptr(this);
        }
        self.ivars().id.take()
    }
}

/// WebKit tells nobody that a download was cancelled but whoever cancels it.
fn cancellation(download: &WKDownload, delegate: Retained<DownloadDelegate>) -> impl Fn() + 'static {
    let download: Retained<WKDownload> = Retained::from(download);
    move || {
        let delegate = delegate.clone();
        let done = RcBlock::new(move |_resume: *mut NSData| {
            if let Some(id) = delegate.end() {
                with_shared(|shared| shared.transfers.fail(id, false, String::new()));
            }
        });
        unsafe { download.cancel(Some(&done)) };
    }
}

/// What the server announced; nothing where the length is that of a compressed form.
fn announced(response: &NSURLResponse) -> Option<u64> {
    let is_encoded = response
        .downcast_ref::<NSHTTPURLResponse>()
        .is_some_and(|response| response.valueForHTTPHeaderField(ns_string!("Content-Encoding")).is_some());
    let length = u64::try_from(response.expectedContentLength()).ok()?;
    (length > 0 && !is_encoded).then_some(length)
}

async fn watch(alive: Weak<()>, around: Surroundings, id: DownloadId, path: PathBuf) {
    loop {
        tokio::time::sleep(PROGRESS_EVERY).await;
        if alive.strong_count() == 0 {
            return;
        }
        if let Some(bytes) = length_of(&path) {
            around.download(DownloadEvent::Progress { id, bytes, files: None });
        }
    }
}

fn length_of(path: &Path) -> Option<u64> {
    std::fs::metadata(path).map(|metadata| metadata.len()).ok()
}
