//! What happens in a page of WebView2, as events of its tab; and what it may ask for and show.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use sidelight_core::app::error::Cause;
use sidelight_core::app::event::PageEvent;
use tauri::AppHandle;
use webview2_com::Microsoft::Web::WebView2::Win32::*;
use webview2_com::{
    ContentLoadingEventHandler, HistoryChangedEventHandler, NavigationCompletedEventHandler,
    NavigationStartingEventHandler, ProcessFailedEventHandler, ServerCertificateErrorDetectedEventHandler,
    SourceChangedEventHandler, WindowCloseRequestedEventHandler,
};
use windows::core::{Interface, Result};

use super::super::later;
use super::super::page::{Console, host};
use super::{flag, text};

/// What is known of the load that is on its way.
#[derive(Default)]
struct Load {
    asked: RefCell<String>,
    /// A page that the server calls an error is still a page.
    shows_page: Cell<bool>,
    /// Who issued the certificate for which it was refused, where that can be told.
    refused: RefCell<Option<Option<String>>>,
}

/// Listens for as long as the webview lives.
pub fn listen(core: &ICoreWebView2, app: &AppHandle, console: &Console) -> Result<()> {
    let load = Rc::new(Load::default());
    guard(core, console, &load)?;
    refuse_certificates(core, &load)?;
    tell_how_it_loads(core, console, &load)?;
    tell_place(core, console)?;
    tell_ends(core, app, console)
}

/// The top frame's requests, redirects included, and those of the frames below it. wry asks about
/// the top frame too, before; what it refused stays refused.
fn guard(core: &ICoreWebView2, console: &Console, load: &Rc<Load>) -> Result<()> {
    let (console, load) = (console.clone(), load.clone());
    let top = NavigationStartingEventHandler::create(Box::new(move |_, args| {
        let Some(args) = args else { return Ok(()) };
        let asked = text(|uri| unsafe { args.Uri(uri) }).unwrap_or_default();
        let may = console.may_ask(&asked);
        load.asked.replace(asked);
        load.refused.take();
        if may {
            console.tell(PageEvent::Loading(0.1));
            return Ok(());
        }
        unsafe { args.SetCancel(true) }
    }));
    let below = NavigationStartingEventHandler::create(Box::new(|_, args| {
        let Some(args) = args else { return Ok(()) };
        if text(|uri| unsafe { args.Uri(uri) }).is_ok_and(|url| Console::frame_may_ask(&url)) {
            return Ok(());
        }
        unsafe { args.SetCancel(true) }
    }));
    unsafe {
        core.add_NavigationStarting(&top, &mut 0)?;
        core.add_FrameNavigationStarting(&below, &mut 0)
    }
}

/// By itself WebView2 offers the user to go on.
fn refuse_certificates(core: &ICoreWebView2, load: &Rc<Load>) -> Result<()> {
    let core = core.cast::<ICoreWebView2_14>()?;
    let load = load.clone();
    let handler = ServerCertificateErrorDetectedEventHandler::create(Box::new(move |_, args| {
        let Some(args) = args else { return Ok(()) };
        unsafe { args.SetAction(COREWEBVIEW2_SERVER_CERTIFICATE_ERROR_ACTION_CANCEL)? };
        let url = text(|uri| unsafe { args.RequestUri(uri) })?;
        if host(&url) == host(&load.asked.borrow()) {
            let certificate = unsafe { args.ServerCertificate() };
            let issuer = certificate.and_then(|certificate| text(|issuer| unsafe { certificate.Issuer(issuer) }));
            load.refused.replace(Some(issuer.ok()));
        }
        Ok(())
    }));
    unsafe { core.add_ServerCertificateErrorDetected(&handler, &mut 0) }
}

fn tell_how_it_loads(core: &ICoreWebView2, console: &Console, load: &Rc<Load>) -> Result<()> {
    let (its, begun) = (console.clone(), load.clone());
    let content = ContentLoadingEventHandler::create(Box::new(move |core, args| {
        let (Some(core), Some(args)) = (core, args) else { return Ok(()) };
        let shows_page = !flag(|is_error| unsafe { args.IsErrorPage(is_error) })?;
        begun.shows_page.set(shows_page);
        if !shows_page {
            return Ok(());
        }
        let url = text(|url| unsafe { core.Source(url) }).unwrap_or_default();
        if its.may_show(&url) {
            its.shows(&url);
            its.tell(PageEvent::Loading(0.5));
            return Ok(());
        }
        leave(&core)
    }));
    let (its, load) = (console.clone(), load.clone());
    let completed = NavigationCompletedEventHandler::create(Box::new(move |_, args| {
        let Some(args) = args else { return Ok(()) };
        let mut status = COREWEBVIEW2_WEB_ERROR_STATUS::default();
        unsafe { args.WebErrorStatus(&mut status)? };
        let is_whole = flag(|success| unsafe { args.IsSuccess(success) })?;
        let (shows_page, refused) = (load.shows_page.take(), load.refused.take());
        let words = || format!("WebView2 says {}", status.0);
        match refused {
            _ if is_whole || shows_page => its.tell(PageEvent::Loaded),
            Some(issuer) => its.failed(&load.asked.borrow(), |host| Cause::Certificate { host, issuer }, words()),
            None if is_no_failure(status) => its.tell(PageEvent::Loaded),
            None => its.failed(&load.asked.borrow(), |host| Cause::Network { host }, words()),
        }
        Ok(())
    }));
    unsafe {
        core.add_ContentLoading(&content, &mut 0)?;
        core.add_NavigationCompleted(&completed, &mut 0)
    }
}

/// What must not show is left before its first script runs.
fn leave(core: &ICoreWebView2) -> Result<()> {
    unsafe {
        core.Stop()?;
        if flag(|can| core.CanGoBack(can))? { core.GoBack() } else { core.Navigate(windows::core::w!("about:blank")) }
    }
}

/// Stopped by the user or by us, or become a download.
fn is_no_failure(status: COREWEBVIEW2_WEB_ERROR_STATUS) -> bool {
    matches!(
        status,
        COREWEBVIEW2_WEB_ERROR_STATUS_OPERATION_CANCELED | COREWEBVIEW2_WEB_ERROR_STATUS_CONNECTION_ABORTED
    )
}

/// Also where a page moves without loading.
fn tell_place(core: &ICoreWebView2, console: &Console) -> Result<()> {
    let its = console.clone();
    let source = SourceChangedEventHandler::create(Box::new(move |core, args| {
        let (Some(core), Some(args)) = (core, args) else { return Ok(()) };
        // A new document speaks for itself once it shows.
        if !flag(|is_new| unsafe { args.IsNewDocument(is_new) })? {
            its.shows(&text(|url| unsafe { core.Source(url) })?);
        }
        Ok(())
    }));
    let its = console.clone();
    let history = HistoryChangedEventHandler::create(Box::new(move |core, _| {
        let Some(core) = core else { return Ok(()) };
        let back = flag(|can| unsafe { core.CanGoBack(can) })?;
        let forward = flag(|can| unsafe { core.CanGoForward(can) })?;
        its.tell(PageEvent::History { back, forward });
        Ok(())
    }));
    unsafe {
        core.add_SourceChanged(&source, &mut 0)?;
        core.add_HistoryChanged(&history, &mut 0)
    }
}

fn tell_ends(core: &ICoreWebView2, app: &AppHandle, console: &Console) -> Result<()> {
    let its = console.clone();
    let closed = WindowCloseRequestedEventHandler::create(Box::new(move |_, _| {
        its.tell(PageEvent::ClosedItself);
        Ok(())
    }));
    let (its, app) = (console.clone(), app.clone());
    let failed = ProcessFailedEventHandler::create(Box::new(move |_, args| {
        let Some(args) = args else { return Ok(()) };
        let mut kind = COREWEBVIEW2_PROCESS_FAILED_KIND::default();
        unsafe { args.ProcessFailedKind(&mut kind)? };
        let is_whole_browser = kind == COREWEBVIEW2_PROCESS_FAILED_KIND_BROWSER_PROCESS_EXITED;
        if is_whole_browser || kind == COREWEBVIEW2_PROCESS_FAILED_KIND_RENDER_PROCESS_EXITED {
            its.tell(PageEvent::Crashed);
        }
        if is_whole_browser {
            // This webview never comes back; the next try makes another one.
            let tab = its.tab().clone();
            later(&app, move |shared| shared.discard(&tab));
        }
        Ok(())
    }));
    unsafe {
        core.add_WindowCloseRequested(&closed, &mut 0)?;
        core.add_ProcessFailed(&failed, &mut 0)
    }
}
