//! What happens in a page of WKWebView, as events of its tab; and what it may ask for and show.
//!
//! It stands in wry's place, which knows no failures, treats no attachment as a download and
//! loads a crashed page again by itself.

use std::cell::RefCell;
use std::ffi::c_void;
use std::ptr::null_mut;

use block2::Block;
use objc2::rc::Retained;
use objc2::runtime::{AnyObject, NSObject, NSObjectProtocol, ProtocolObject};
use objc2::{DefinedClass, MainThreadMarker, MainThreadOnly, define_class, msg_send};
use objc2_foundation::{
    NSDictionary, NSError, NSHTTPURLResponse, NSKeyValueChangeKey, NSKeyValueObservingOptions,
    NSObjectNSKeyValueObserverRegistration, NSString, NSURL, ns_string,
};
use objc2_web_kit::{
    WKDownload, WKNavigation, WKNavigationAction, WKNavigationActionPolicy, WKNavigationDelegate, WKNavigationResponse,
    WKNavigationResponsePolicy, WKWebView,
};
use sidelight_core::app::error::Cause;
use sidelight_core::app::event::PageEvent;

use super::super::page::Console;
use super::super::with_shared;
use super::downloads;

/// What WebKit calls a load that became a download, or that we refused.
const INTERRUPTED_BY_POLICY: isize = 102;

/// `NSURLErrorCancelled`
const CANCELLED: isize = -999;

/// `NSURLErrorClientCertificateRequired` to `NSURLErrorSecureConnectionFailed`
const CERTIFICATE: std::ops::RangeInclusive<isize> = -1206..=-1200;

/// The delegate of one console.
pub struct Ivars {
    console: Console,
    view: Retained<WKWebView>,
    /// What its top frame asked for last.
    asked: RefCell<String>,
}

define_class!(
    // SAFETY: NSObject asks nothing of its subclasses, and there is no Drop.
    #[unsafe(super(NSObject))]
    #[thread_kind = MainThreadOnly]
    #[ivars = Ivars]
    pub struct PageDelegate;

    unsafe impl NSObjectProtocol for PageDelegate {}

    impl PageDelegate {
        #[unsafe(method(observeValueForKeyPath:ofObject:change:context:))]
        fn changed(
            &self,
            _key: Option<&NSString>,
            _object: Option<&AnyObject>,
            _change: Option<&NSDictionary<NSKeyValueChangeKey, AnyObject>>,
            _context: *mut c_void,
        ) {
            let Ivars { console, view, .. } = self.ivars();
            if unsafe { view.isLoading() } {
                console.tell(PageEvent::Loading(unsafe { view.estimatedProgress() }));
            } else {
                self.tell_place();
            }
        }
    }

    unsafe impl WKNavigationDelegate for PageDelegate {
        #[unsafe(method(webView:decidePolicyForNavigationAction:decisionHandler:))]
        fn asks(
            &self,
            _view: &WKWebView,
            action: &WKNavigationAction,
            decide: &Block<dyn Fn(WKNavigationActionPolicy)>,
        ) {
            let url = text(unsafe { action.request().URL() }.as_deref());
            let target = unsafe { action.targetFrame() };
            let is_top = target.is_some_and(|frame| unsafe { frame.isMainFrame() });
            let may = if is_top { self.ivars().console.may_ask(&url) } else { Console::frame_may_ask(&url) };
            if is_top {
                self.ivars().asked.replace(url);
            }
            decide.call((if !may {
                WKNavigationActionPolicy::Cancel
            } else if unsafe { action.shouldPerformDownload() } {
                WKNavigationActionPolicy::Download
            } else {
                WKNavigationActionPolicy::Allow
            },));
        }

        #[unsafe(method(webView:decidePolicyForNavigationResponse:decisionHandler:))]
        fn answered(
            &self,
            _view: &WKWebView,
            answer: &WKNavigationResponse,
            decide: &Block<dyn Fn(WKNavigationResponsePolicy)>,
        ) {
            decide.call((self.policy_for(answer),));
        }

        #[unsafe(method(webView:navigationAction:didBecomeDownload:))]
        fn action_became(&self, _view: &WKWebView, _action: &WKNavigationAction, download: &WKDownload) {
            self.take(download);
        }

        #[unsafe(method(webView:navigationResponse:didBecomeDownload:))]
        fn answer_became(&self, _view: &WKWebView, _answer: &WKNavigationResponse, download: &WKDownload) {
            self.take(download);
        }

        #[unsafe(method(webView:didStartProvisionalNavigation:))]
        fn started(&self, _view: &WKWebView, _navigation: Option<&WKNavigation>) {
            self.ivars().console.tell(PageEvent::Loading(0.0));
        }

        #[unsafe(method(webView:didCommitNavigation:))]
        fn committed(&self, _view: &WKWebView, _navigation: Option<&WKNavigation>) {
            self.tell_place();
        }

        #[unsafe(method(webView:didFinishNavigation:))]
        fn finished(&self, _view: &WKWebView, _navigation: Option<&WKNavigation>) {
            self.tell_place();
            self.ivars().console.tell(PageEvent::Loaded);
        }

        #[unsafe(method(webView:didFailProvisionalNavigation:withError:))]
        fn not_begun(&self, _view: &WKWebView, _navigation: Option<&WKNavigation>, error: &NSError) {
            self.failed(error);
        }

        #[unsafe(method(webView:didFailNavigation:withError:))]
        fn not_finished(&self, _view: &WKWebView, _navigation: Option<&WKNavigation>, error: &NSError) {
            self.failed(error);
        }

        #[unsafe(method(webViewWebContentProcessDidTerminate:))]
        fn crashed(&self, _view: &WKWebView) {
            self.ivars().console.tell(PageEvent::Crashed);
        }
    }
);

impl PageDelegate {
    /// Listens until [`Self::stop`].
    pub fn listen_to(view: &WKWebView, console: Console, main_thread: MainThreadMarker) -> Retained<Self> {
        let view = Retained::from(view);
        let this = Self::alloc(main_thread).set_ivars(Ivars { console, view, asked: RefCell::default() });
        let this: Retained<Self> = unsafe { msg_send![super(this), init] };
        let view = &this.ivars().view;
        unsafe {
            view.setNavigationDelegate(Some(ProtocolObject::from_ref(&*this)));
            for key in [ns_string!("URL"), ns_string!("estimatedProgress")] {
                view.addObserver_forKeyPath_options_context(&this, key, NSKeyValueObservingOptions::New, null_mut());
            }
        }
        this
    }

    /// The webview is about to go.
    pub fn stop(&self) {
        let view = &self.ivars().view;
        unsafe {
            view.setNavigationDelegate(None);
            for key in [ns_string!("URL"), ns_string!("estimatedProgress")] {
                view.removeObserver_forKeyPath(self, key);
            }
        }
    }

    /// Where the page is now, and where its history leads.
    fn tell_place(&self) {
        let Ivars { console, view, .. } = self.ivars();
        let (url, back, forward) = unsafe { (view.URL(), view.canGoBack(), view.canGoForward()) };
        if let Some(url) = url {
            console.shows(&text(Some(&url)));
        }
        console.tell(PageEvent::History { back, forward });
    }

    /// An answer has come, and is not shown yet: a file to download, a page of ours, or a foreign one.
    fn policy_for(&self, answer: &WKNavigationResponse) -> WKNavigationResponsePolicy {
        let (response, is_top, can_show) =
            unsafe { (answer.response(), answer.isForMainFrame(), answer.canShowMIMEType()) };
        let disposition = response
            .downcast_ref::<NSHTTPURLResponse>()
            .and_then(|response| response.valueForHTTPHeaderField(ns_string!("Content-Disposition")));
        let is_attachment = disposition
            .is_some_and(|value| value.to_string().trim_start().to_ascii_lowercase().starts_with("attachment"));
        if is_attachment || !can_show {
            WKNavigationResponsePolicy::Download
        } else if !is_top || self.ivars().console.may_show(&text(response.URL().as_deref())) {
            WKNavigationResponsePolicy::Allow
        } else {
            WKNavigationResponsePolicy::Cancel
        }
    }

    fn take(&self, download: &WKDownload) {
        let console = &self.ivars().console;
        downloads::take(download, console, self.mtm());
        with_shared(|shared| shared.discard_unannounced(console.tab()));
    }

    fn failed(&self, error: &NSError) {
        let Ivars { console, asked, .. } = self.ivars();
        let code = error.code();
        if matches!(code, CANCELLED | INTERRUPTED_BY_POLICY) {
            return console.tell(PageEvent::Loaded);
        }
        let cause = |host| match CERTIFICATE.contains(&code) {
            true => Cause::Certificate { host, issuer: None },
            false => Cause::Network { host },
        };
        // Not its description, which may hold the address.
        console.failed(&asked.borrow(), cause, format!("{} {code}", error.domain()));
    }
}

/// An address as text; empty where there is none.
pub fn text(url: Option<&NSURL>) -> String {
    url.and_then(NSURL::absoluteString).map(|text| text.to_string()).unwrap_or_default()
}
