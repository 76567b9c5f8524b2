//! One console webview: how it is made, and how its signals become events.
//!
//! The one place that makes console webviews. Which address may be shown where is decided by
//! `domain::navigation`; here it is only asked at each point where WebKit lets us answer.

mod icon;

use std::rc::Rc;

use gtk::glib::Propagation;
use gtk::prelude::*;
use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::event::PageEvent;
use sidelight_core::domain::link;
use sidelight_core::domain::navigation::{Reach, Verdict, any_frame, new_window, top_frame};
use sidelight_core::domain::session::StoreId;
use sidelight_core::domain::workspace::TabId;
use url::Url;
use uuid::Uuid;
use webkit2gtk::{
    AuthenticationRequestExt, LoadEvent, NavigationAction, NavigationPolicyDecision, NavigationPolicyDecisionExt,
    NetworkError, PermissionRequestExt, PolicyDecision, PolicyDecisionExt, PolicyDecisionType, PolicyError,
    ResponsePolicyDecision, ResponsePolicyDecisionExt, Settings, SettingsExt, URIRequestExt, URIResponseExt,
    WebContext, WebView, WebViewExt,
};

use super::{Shared, identity, rest};
use crate::console::Surroundings;

/// A webview in a store.
pub fn new(context: &WebContext) -> WebView {
    WebView::builder().web_context(context).settings(&settings()).user_content_manager(&rest::scripts()).build()
}

/// What a console page may do with the engine: nothing beyond a page's own business.
fn settings() -> Settings {
    let settings = Settings::new();
    settings.set_enable_developer_extras(false);
    settings.set_enable_fullscreen(false);
    settings.set_enable_media_stream(false);
    settings.set_enable_encrypted_media(false);
    settings.set_javascript_can_access_clipboard(false);
    settings.set_javascript_can_open_windows_automatically(false);
    settings.set_enable_back_forward_navigation_gestures(true);
    settings.set_enable_smooth_scrolling(true);
    settings
}

/// Turns a webview's signals into events of `tab`.
pub fn listen(shared: &Rc<Shared>, tab: &TabId, store: &StoreId, reach: &Reach, view: &WebView) {
    tell_what_it_shows(shared, tab, view);
    tell_how_it_loads(shared, tab, view);
    guard(shared, tab, reach, view);
    open_windows(shared, tab, store, reach, view);
    view.connect_permission_request(|_, request| {
        request.deny();
        true
    });
    view.connect_authenticate(|_, request| {
        request.cancel();
        true
    });
    let (events, id) = (shared.surroundings.clone(), tab.clone());
    view.connect_web_process_terminated(move |_, _| events.page(&id, PageEvent::Crashed));
    let (events, id) = (shared.surroundings.clone(), tab.clone());
    view.connect_close(move |_| events.page(&id, PageEvent::ClosedItself));
    let (events, id) = (shared.surroundings.clone(), tab.clone());
    view.connect_focus_in_event(move |_, _| {
        events.page(&id, PageEvent::Focused);
        Propagation::Proceed
    });
    let touches = shared.touches.clone();
    view.connect_button_press_event(move |_, _| {
        touches.note();
        Propagation::Proceed
    });
    let touches = shared.touches.clone();
    view.connect_scroll_event(move |_, _| {
        touches.note();
        Propagation::Proceed
    });
}

/// Where a view is; never with a token.
fn address(view: &WebView) -> Option<Url> {
    view.uri().and_then(|uri| Url::parse(&uri).ok()).map(|url| link::without_tokens(&url))
}

fn tell_what_it_shows(shared: &Rc<Shared>, tab: &TabId, view: &WebView) {
    let (events, id) = (shared.surroundings.clone(), tab.clone());
    view.connect_title_notify(move |view| {
        events.page(&id, PageEvent::Titled(view.title().map(String::from).unwrap_or_default()));
    });
    let (events, id) = (shared.surroundings.clone(), tab.clone());
    view.connect_favicon_notify(move |view| {
        events.page(&id, PageEvent::Icon(view.favicon().and_then(|icon| icon::data_url(&icon))));
    });
    let (events, id) = (shared.surroundings.clone(), tab.clone());
    view.connect_uri_notify(move |view| {
        let (events, id, view) = (events.clone(), id.clone(), view.clone());
        // While a page is only asked for, WebKit names its address already; and it says that it
        // loads only after it has said where.
        gtk::glib::idle_add_local_once(move || {
            if !view.is_loading() {
                tell_place(&events, &id, &view);
            }
        });
    });
}

/// Where a view is now, and where its history leads.
fn tell_place(events: &Surroundings, tab: &TabId, view: &WebView) {
    if let Some(url) = address(view) {
        events.page(tab, PageEvent::At(url));
    }
    events.page(tab, PageEvent::History { back: view.can_go_back(), forward: view.can_go_forward() });
}

fn tell_how_it_loads(shared: &Rc<Shared>, tab: &TabId, view: &WebView) {
    let (events, id) = (shared.surroundings.clone(), tab.clone());
    view.connect_estimated_load_progress_notify(move |view| {
        if view.is_loading() {
            events.page(&id, PageEvent::Loading(view.estimated_load_progress()));
        }
    });
    let (events, id) = (shared.surroundings.clone(), tab.clone());
    view.connect_load_changed(move |view, event| {
        if event == LoadEvent::Committed {
            tell_place(&events, &id, view);
        }
    });
    // Going back within a page loads without any load event.
    let (events, id) = (shared.surroundings.clone(), tab.clone());
    view.connect_is_loading_notify(move |view| {
        if view.is_loading() {
            events.page(&id, PageEvent::Loading(0.0));
        } else {
            tell_place(&events, &id, view);
            events.page(&id, PageEvent::Loaded);
            identity::ask(view, &id, &events);
        }
    });
    let (events, id) = (shared.surroundings.clone(), tab.clone());
    view.connect_load_failed(move |_, _, uri, error| {
        let became_a_download = error.matches(PolicyError::FrameLoadInterruptedByPolicyChange);
        if !became_a_download
            && !error.matches(NetworkError::Cancelled)
            && let Ok(url) = Url::parse(uri)
        {
            let cause = Cause::Network { host: host(&url) };
            events.page(&id, PageEvent::LoadFailed(url, Error::detailed(cause, error.message())));
        }
        true
    });
    let (events, id) = (shared.surroundings.clone(), tab.clone());
    view.connect_load_failed_with_tls_errors(move |_, uri, certificate, problems| {
        if let Ok(url) = Url::parse(uri) {
            let issuer = certificate.issuer_name().map(String::from);
            let cause = Cause::Certificate { host: host(&url), issuer };
            events.page(&id, PageEvent::LoadFailed(url, Error::detailed(cause, format!("{problems:?}"))));
        }
        true
    });
}

fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

/// Answers WebKit's questions: may this be asked for, may this be shown?
fn guard(shared: &Rc<Shared>, tab: &TabId, reach: &Reach, view: &WebView) {
    let (weak, id, reach) = (Rc::downgrade(shared), tab.clone(), reach.clone());
    view.connect_decide_policy(move |_, decision, kind| {
        let Some(shared) = weak.upgrade() else { return false };
        match kind {
            PolicyDecisionType::NavigationAction => {
                let refused = decision
                    .downcast_ref::<NavigationPolicyDecision>()
                    .and_then(NavigationPolicyDecisionExt::navigation_action)
                    .and_then(|action| requested(&action))
                    .is_some_and(|url| !any_frame(&url));
                if refused {
                    decision.ignore();
                }
                refused
            }
            PolicyDecisionType::Response => answer(&shared, &id, &reach, decision),
            _ => false,
        }
    });
}

fn requested(action: &NavigationAction) -> Option<Url> {
    action.request()?.uri().and_then(|uri| Url::parse(&uri).ok())
}

/// An answer has come, and is not shown yet: a file to download, a page of ours, or a foreign one.
fn answer(shared: &Rc<Shared>, tab: &TabId, reach: &Reach, decision: &PolicyDecision) -> bool {
    let Some(asked) = decision.downcast_ref::<ResponsePolicyDecision>() else { return false };
    let Some(response) = asked.response() else { return false };
    let is_page = asked.is_main_frame_main_resource();
    if is_attachment(&response) || !asked.is_mime_type_supported() {
        decision.download();
        if is_page {
            shared.discard_unannounced(tab);
        }
        return true;
    }
    let Some(url) = response.uri().and_then(|uri| Url::parse(&uri).ok()).filter(|_| is_page) else { return false };
    match top_frame(reach, &url) {
        Verdict::Console => false,
        verdict => {
            decision.ignore();
            if verdict == Verdict::SystemBrowser {
                shared.surroundings.page(tab, PageEvent::WentOutside(url));
            }
            shared.discard_unannounced(tab);
            true
        }
    }
}

fn is_attachment(response: &webkit2gtk::URIResponse) -> bool {
    response
        .http_headers()
        .and_then(|headers| headers.one("Content-Disposition"))
        .is_some_and(|value| value.trim_start().to_ascii_lowercase().starts_with("attachment"))
}

/// `window.open` and `target=_blank`: a related webview, so that the opener works. It becomes a tab
/// once it has something to show; one that only carried a download never does.
fn open_windows(shared: &Rc<Shared>, tab: &TabId, store: &StoreId, reach: &Reach, view: &WebView) {
    let (weak, opener, store, reach) = (Rc::downgrade(shared), tab.clone(), store.clone(), reach.clone());
    view.connect_create(move |view, action| {
        let shared = weak.upgrade()?;
        let url = requested(action);
        if let Some(url) = url.as_ref().filter(|url| new_window(&reach, url) != Verdict::Console) {
            if new_window(&reach, url) == Verdict::SystemBrowser {
                shared.surroundings.page(&opener, PageEvent::WentOutside(url.clone()));
            }
            return None;
        }
        let tab = TabId::new(Uuid::new_v4().simple().to_string());
        let window =
            WebView::builder().related_view(view).settings(&settings()).user_content_manager(&rest::scripts()).build();
        shared.adopt(&tab, &store, &reach, &window);
        announce(&shared, &opener, &tab, url, &window);
        Some(window.upcast())
    });
}

/// Tells of a new window when its first page is there; one that starts blank is filled by its opener.
fn announce(shared: &Rc<Shared>, opener: &TabId, tab: &TabId, url: Option<Url>, window: &WebView) {
    shared.unannounced.borrow_mut().insert(tab.clone(), opener.clone());
    let starts_blank = url.is_none_or(|url| url.scheme() == "about");
    if starts_blank {
        let (weak, tab) = (Rc::downgrade(shared), tab.clone());
        window.connect_ready_to_show(move |window| {
            if let Some(shared) = weak.upgrade() {
                shared.announce(&tab, address(window));
            }
        });
    }
    let (weak, tab) = (Rc::downgrade(shared), tab.clone());
    window.connect_load_changed(move |window, event| {
        if let (LoadEvent::Committed, Some(shared)) = (event, weak.upgrade()) {
            shared.announce(&tab, address(window));
        }
    });
}
