//! Histories of pages that went away: of tabs that sleep, and of closed ones that may come back.
//!
//! In memory only: a history holds addresses, and what was typed into forms.

use std::cell::RefCell;

use sidelight_core::domain::link;
use sidelight_core::domain::workspace::TabId;
use url::Url;
use webkit2gtk::{BackForwardListExt, BackForwardListItemExt, WebView, WebViewExt, WebViewSessionState};

/// The oldest go first.
const KEPT: usize = 200;

/// Histories by the tabs' ids.
#[derive(Default)]
pub struct Histories(RefCell<Vec<(TabId, WebViewSessionState)>>);

impl Histories {
    /// Keeps a view's history.
    pub fn keep(&self, tab: &TabId, view: &WebView) {
        let Some(state) = view.session_state() else { return };
        let mut kept = self.0.borrow_mut();
        kept.retain(|(other, _)| other != tab);
        kept.push((tab.clone(), state));
        if kept.len() > KEPT {
            kept.remove(0);
        }
    }

    /// Gives a new view the history of its tab, where there is one; loads nothing.
    pub fn give_back(&self, tab: &TabId, view: &WebView) {
        let mut kept = self.0.borrow_mut();
        if let Some(at) = kept.iter().position(|(other, _)| other == tab) {
            let (_, state) = kept.remove(at);
            view.restore_session_state(&state);
        }
    }
}

/// Goes to a page; where it is the one that the view's history stands at, by that entry, with what
/// the engine knows of it.
pub fn go(view: &WebView, url: &Url) {
    let here = view.back_forward_list().and_then(|list| list.current_item());
    let is_here = here.as_ref().and_then(BackForwardListItemExt::uri).and_then(|uri| Url::parse(&uri).ok());
    match here.filter(|_| view.uri().is_none() && is_here.is_some_and(|here| link::clean(&here) == link::clean(url))) {
        Some(item) => view.go_to_back_forward_list_item(&item),
        None => view.load_uri(url.as_str()),
    }
}
