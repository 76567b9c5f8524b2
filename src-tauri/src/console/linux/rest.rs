//! Whether a page may sleep: what it is busy with, asked when its tab has long been out of sight.
//!
//! Two small scripts note what WebKit does not tell. Neither can speak to the app: it asks, and reads
//! an answer. Not known: what a frame of another origin holds, and connections of a page's workers.

use sidelight_core::app::event::PageEvent;
use sidelight_core::domain::workspace::{Busy, TabId};
use webkit2gtk::{
    UserContentInjectedFrames, UserContentManager, UserContentManagerExt, UserScript, UserScriptInjectionTime, WebView,
    WebViewExt,
};

use crate::console::Surroundings;

/// A script world of the app's own: pages neither see it nor change it.
pub const WORLD: &str = "sidelight";

/// What a page is asked in each of the two worlds.
const UNSAVED: &str = "window.unsaved === true";
const TRAFFIC: &str = "String(window[Symbol.for('sidelight.traffic')]?.() ?? '0,0')";

/// What notes it, in every page from its start.
pub fn scripts() -> UserContentManager {
    let manager = UserContentManager::new();
    add_scripts(&manager);
    manager
}

/// The same for a manager that is there.
pub fn add_scripts(manager: &UserContentManager) {
    let (frames, start) = (UserContentInjectedFrames::AllFrames, UserScriptInjectionTime::Start);
    let input = include_str!("../page_scripts/input.js");
    manager.add_script(&UserScript::for_world(input, frames, start, WORLD, &[], &[]));
    let traffic = include_str!("../page_scripts/traffic.js");
    manager.add_script(&UserScript::new(traffic, UserContentInjectedFrames::TopFrame, start, &[], &[]));
}

/// Asks; the answer comes as an event.
pub fn ask(view: &WebView, tab: &TabId, surroundings: &Surroundings) {
    let (tab, around, page) = (tab.clone(), surroundings.clone(), view.clone());
    if view.is_playing_audio() {
        return around.page(&tab, PageEvent::MayRest(Some(Busy::Playing)));
    }
    evaluate(view, UNSAVED, Some(WORLD), move |unsaved| {
        // A page that does not answer is not put to sleep.
        if unsaved.is_none_or(|unsaved| unsaved == "true") {
            return around.page(&tab, PageEvent::MayRest(Some(Busy::UnsavedInput)));
        }
        evaluate(&page, TRAFFIC, None, move |traffic| {
            let busy = match traffic.as_deref().and_then(|counts| counts.split_once(',')) {
                Some(("0", "0")) => None,
                Some(("0", _)) => Some(Busy::Uploading),
                _ => Some(Busy::LiveConnection),
            };
            around.page(&tab, PageEvent::MayRest(busy));
        });
    });
}

fn evaluate(view: &WebView, script: &str, world: Option<&str>, answered: impl FnOnce(Option<String>) + 'static) {
    view.evaluate_javascript(script, world, None, None::<&gtk::gio::Cancellable>, move |outcome| {
        answered(outcome.ok().map(|value| value.to_string()));
    });
}
