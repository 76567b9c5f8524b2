//! The banner at the foot of a page: an extra. The mark that counts is in the app's own frame, where
//! no page reaches.

use serde_json::json;
use webkit2gtk::{
    UserContentInjectedFrames, UserContentManagerExt, UserScript, UserScriptInjectionTime, WebView, WebViewExt,
};

use super::rest;
use crate::console::Banner;

/// What is drawn, with the UI's own palette of marks.
const DRAW: &str = include_str!("../page_scripts/banner.js");
const PALETTE: &str = include_str!("../../../../ui/src/styles/marks.css");

/// Shows a banner on the view's page and on each page to come; `None` takes it away.
pub fn show(view: &WebView, banner: Option<&Banner>) {
    let (words, colour) = (banner.map(|banner| &banner.words), banner.map(|banner| banner.colour));
    let draw = format!("{}({}, {}, {})", DRAW.trim_end(), json!(words), json!(colour), json!(PALETTE));
    if let Some(manager) = view.user_content_manager() {
        manager.remove_all_scripts();
        rest::add_scripts(&manager);
        if banner.is_some() {
            let (frames, start) = (UserContentInjectedFrames::TopFrame, UserScriptInjectionTime::Start);
            manager.add_script(&UserScript::for_world(&draw, frames, start, rest::WORLD, &[], &[]));
        }
    }
    // A page that cannot be reached goes without.
    view.evaluate_javascript(&draw, Some(rest::WORLD), None, None::<&gtk::gio::Cancellable>, |_| {});
}
