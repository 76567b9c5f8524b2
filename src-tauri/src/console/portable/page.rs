//! One console webview: how it is made, and what its page may ask for, show and open.
//!
//! The one place that makes console webviews on macOS and Windows. Which address may be shown
//! where is decided by `domain::navigation`; the platform's module asks at each point where its
//! engine lets us answer.

use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::event::PageEvent;
use sidelight_core::domain::link;
use sidelight_core::domain::navigation::{Reach, Verdict, any_frame, new_window, top_frame};
use sidelight_core::domain::session::StoreId;
use sidelight_core::domain::workspace::TabId;
use tauri::webview::{NewWindowResponse, PermissionResponse, WebviewBuilder};
use tauri::{AppHandle, LogicalPosition, LogicalSize, Manager, Webview, WebviewUrl, Window};
use url::Url;
use uuid::Uuid;

use super::{later, native, note, with_shared};
use crate::console::Surroundings;

/// Whose page it is, and where it is told what happens.
#[derive(Clone)]
pub struct Console {
    tab: TabId,
    store: StoreId,
    reach: Reach,
    surroundings: Surroundings,
}

impl Console {
    /// Of a tab.
    pub fn new(tab: &TabId, store: &StoreId, reach: &Reach, surroundings: &Surroundings) -> Self {
        Self { tab: tab.clone(), store: store.clone(), reach: reach.clone(), surroundings: surroundings.clone() }
    }

    /// The tab.
    pub fn tab(&self) -> &TabId {
        &self.tab
    }

    /// The store it is in.
    pub fn store(&self) -> &StoreId {
        &self.store
    }

    /// What is around it.
    pub fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// Something happened in it.
    pub fn tell(&self, event: PageEvent) {
        self.surroundings.page(&self.tab, event);
    }

    /// Whether a frame below the top may ask for an address.
    pub fn frame_may_ask(url: &str) -> bool {
        Url::parse(url).is_ok_and(|url| any_frame(&url))
    }

    /// Whether the top frame may ask for an address: a page of ours, or what may be a file.
    pub fn may_ask(&self, url: &str) -> bool {
        let Ok(url) = Url::parse(url) else { return false };
        match url.scheme() {
            "http" | "https" => self.accept(&url, new_window(&self.reach, &url)),
            _ => any_frame(&url),
        }
    }

    /// Whether what has come may be shown in the top frame.
    pub fn may_show(&self, url: &str) -> bool {
        Url::parse(url).is_ok_and(|url| self.accept(&url, top_frame(&self.reach, &url)))
    }

    fn accept(&self, url: &Url, verdict: Verdict) -> bool {
        if verdict == Verdict::SystemBrowser {
            self.tell(PageEvent::WentOutside(url.clone()));
        }
        if verdict != Verdict::Console {
            with_shared(|shared| shared.discard_unannounced(&self.tab));
        }
        verdict == Verdict::Console
    }

    /// The page has begun to show.
    pub fn shows(&self, url: &str) {
        if let Ok(url) = Url::parse(url).map(|url| link::without_tokens(&url)) {
            with_shared(|shared| shared.announce(&self.tab, &url));
            self.tell(PageEvent::At(url));
        }
    }

    /// An address could not be loaded.
    pub fn failed(&self, url: &str, cause: impl FnOnce(String) -> Cause, words: String) {
        if let Ok(url) = Url::parse(url) {
            let cause = cause(url.host_str().unwrap_or_default().to_owned());
            self.tell(PageEvent::LoadFailed(url, Error::detailed(cause, words)));
        }
        with_shared(|shared| shared.discard_unannounced(&self.tab));
    }

    /// There can be no webview for it.
    pub fn is_impossible(&self, error: Error) {
        if let Ok(blank) = blank() {
            self.tell(PageEvent::LoadFailed(blank, error));
        }
    }
}

/// The host of an address; nothing more of it may be said of a failure.
pub fn host(url: &str) -> String {
    Url::parse(url).ok().and_then(|url| url.host_str().map(ToOwned::to_owned)).unwrap_or_default()
}

/// A webview in the profile's store, empty and hidden.
pub fn open(window: &Window, console: &Console) -> Result<Webview, Error> {
    let builder = native::in_store(guarded(console, window.app_handle())?, console)?;
    let corner = (LogicalPosition::new(0.0, 0.0), LogicalSize::new(1.0, 1.0));
    let view = window.add_child(builder, corner.0, corner.1).map_err(engine)?;
    note(view.hide());
    if !native::attach(&view, console) {
        // Not one that nobody guards.
        note(view.close());
        return Err(engine("the web engine is older than Sidelight needs"));
    }
    Ok(view)
}

/// What a console page may do with the engine: nothing beyond a page's own business.
fn guarded(console: &Console, app: &AppHandle) -> Result<WebviewBuilder<tauri::Wry>, Error> {
    // A page can read its label, so it says nothing.
    let label = Uuid::new_v4().simple().to_string();
    let (opener, titled, app) = (console.clone(), console.clone(), app.clone());
    Ok(WebviewBuilder::new(label, WebviewUrl::External(blank()?))
        .devtools(false)
        .focused(false)
        .disable_drag_drop_handler()
        .general_autofill_enabled(false)
        .on_permission_request(|_, _| PermissionResponse::Deny)
        .on_navigation(any_frame)
        .on_new_window(move |url, _| {
            open_window(&app, &opener, url);
            NewWindowResponse::Deny
        })
        .on_document_title_changed(move |_, title| titled.tell(PageEvent::Titled(title))))
}

/// `window.open` and `target=_blank`: a tab of the same store, or the system browser.
fn open_window(app: &AppHandle, opener: &Console, url: Url) {
    match new_window(&opener.reach, &url) {
        // An empty window is filled by its opener, and a tab has none.
        Verdict::Console if url.scheme() == "about" => {}
        Verdict::Console => {
            let opened = Console { tab: TabId::new(Uuid::new_v4().simple().to_string()), ..opener.clone() };
            let opener = opener.tab.clone();
            later(app, move |shared| shared.open_window(&opener, &opened, &url));
        }
        Verdict::SystemBrowser => opener.tell(PageEvent::WentOutside(url)),
        Verdict::Nowhere => {}
    }
}

fn blank() -> Result<Url, Error> {
    Url::parse("about:blank").map_err(engine)
}

fn engine(error: impl std::fmt::Display) -> Error {
    Error::detailed(Cause::Engine, error.to_string())
}
