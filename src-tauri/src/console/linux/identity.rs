//! Who a console page says that it is: the cookie from which AWS's own scripts take the user's name.
//!
//! Not whether that is right (the loop compares it with the profile). A page could set the cookie
//! itself, so it only ever closes a tab, or names a session that the user began by hand.

use percent_encoding::percent_decode_str;
use serde::Deserialize;
use sidelight_core::app::event::PageEvent;
use sidelight_core::domain::session::Identity;
use sidelight_core::domain::workspace::TabId;
use webkit2gtk::{CookieManagerExt, WebContextExt, WebView, WebViewExt, WebsiteDataManagerExt};

use super::rest;
use crate::console::Surroundings;

const COOKIE: &str = "aws-userInfo";

#[derive(Deserialize)]
struct UserCookie {
    arn: String,
}

/// Looks at the page's cookies; where one tells, an event follows.
pub fn ask(view: &WebView, tab: &TabId, surroundings: &Surroundings) {
    let Some(context) = view.context() else { return };
    let cookies = context.website_data_manager().and_then(|manager| manager.cookie_manager());
    let (Some(cookies), Some(uri)) = (cookies, view.uri()) else { return };
    let (tab, around) = (tab.clone(), surroundings.clone());
    cookies.cookies(&uri, None::<&gtk::gio::Cancellable>, move |found| {
        // The store stays until it has answered, also where its last tab has gone.
        let _context = context;
        let found = found.unwrap_or_default().into_iter();
        let value = found
            .map(|mut cookie| (cookie.name(), cookie.value()))
            .find_map(|(name, value)| (name.as_deref() == Some(COOKIE)).then_some(value).flatten());
        if let Some(identity) = value.and_then(|value| read(&value)) {
            around.page(&tab, PageEvent::SaysItIs(identity));
        }
    });
}

fn read(value: &str) -> Option<Identity> {
    let json = percent_decode_str(value).decode_utf8().ok()?;
    Identity::from_arn(&serde_json::from_str::<UserCookie>(&json).ok()?.arn)
}

/// Fills a user's name into the page, if it asks for one.
pub fn fill_in(view: &WebView, name: &str) {
    let script = include_str!("../page_scripts/user-name.js").trim_end();
    let fill = format!("{script}({})", serde_json::json!(name));
    // A page that asks otherwise goes without.
    view.evaluate_javascript(&fill, Some(rest::WORLD), None, None::<&gtk::gio::Cancellable>, |_| {});
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_of_awss_console_tells_who_it_is() {
        let cookie = "%7B%22arn%22%3A%22arn%3Aaws%3Asts%3A%3A111122223333%3Aassumed-role%2FAdmin%2Fbob%22%2C%22alias%22%3A%22%22%7D";
        assert_eq!(read(cookie).map(|identity| identity.short()), Some("role/Admin".to_owned()));
        for other in ["", "%7B%7D", "%7B%22arn%22%3A%22x%22%7D", "%ff"] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
