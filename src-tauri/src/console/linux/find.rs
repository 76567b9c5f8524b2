//! Find in page: WebKit's own, with the number of matches told as an event.

use sidelight_core::app::event::PageEvent;
use sidelight_core::app::window::FindStep;
use sidelight_core::domain::workspace::TabId;
use webkit2gtk::{FindController, FindControllerExt, FindOptions, WebView, WebViewExt};

use crate::console::Surroundings;

/// More matches than this are counted as this many.
const COUNTED: u32 = 1000;

/// Matches are told from now on.
pub fn listen(view: &WebView, tab: &TabId, surroundings: &Surroundings) {
    let Some(controller) = view.find_controller() else { return };
    let (around, id) = (surroundings.clone(), tab.clone());
    controller.connect_found_text(move |_, matches| around.page(&id, PageEvent::Matched(matches)));
    let (around, id) = (surroundings.clone(), tab.clone());
    controller.connect_failed_to_find_text(move |_| around.page(&id, PageEvent::Matched(0)));
}

/// Looks for a text; an empty one ends it.
pub fn find(view: &WebView, text: &str, step: FindStep) {
    let Some(controller) = view.find_controller() else { return };
    match step {
        _ if text.is_empty() => controller.search_finish(),
        FindStep::Anew => anew(&controller, text),
        FindStep::Next => controller.search_next(),
        FindStep::Previous => controller.search_previous(),
    }
}

fn anew(controller: &FindController, text: &str) {
    let options = FindOptions::CASE_INSENSITIVE | FindOptions::WRAP_AROUND;
    controller.search(text, options.bits(), COUNTED);
}
