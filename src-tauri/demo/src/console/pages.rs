//! The HTML pages and their assets, all built in.
//! It is not their data, which scripts fetch. It grows with a file under `console/`.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Redirect, Response};

use crate::federation::session_of;
use crate::memory::World;
use crate::sign_in_page;

/// What AWS shows where another account is signed in to the same cookie jar.
pub(crate) const LOG_OUT_FIRST: &str = include_str!("../../console/log-out-first.html");

const SHELL: &str = include_str!("../../console/shell.html");
const EXPIRED: &str = include_str!("../../console/expired.html");
const SIGNED_OUT: &str = include_str!("../../console/signed-out.html");

const SCRIPT: &str = "text/javascript; charset=utf-8";
const ASSETS: [(&str, &str, &str); 9] = [
    ("console.css", "text/css; charset=utf-8", include_str!("../../console/console.css")),
    ("content.css", "text/css; charset=utf-8", include_str!("../../console/content.css")),
    ("console.js", SCRIPT, include_str!("../../console/console.js")),
    ("frame.js", SCRIPT, include_str!("../../console/frame.js")),
    ("parts.js", SCRIPT, include_str!("../../console/parts.js")),
    ("home.js", SCRIPT, include_str!("../../console/home.js")),
    ("services.js", SCRIPT, include_str!("../../console/services.js")),
    ("bucket.js", SCRIPT, include_str!("../../console/bucket.js")),
    ("report.js", SCRIPT, include_str!("../../console/report.js")),
];

/// Any console path: the shell for a live session, the page that says it is over, and sign-in where there was none.
pub(super) async fn console(State(world): State<Arc<World>>, uri: Uri, headers: HeaderMap) -> Response {
    let Some(session) = session_of(&world, &headers) else {
        return Redirect::to(&sign_in_page::on_the_way_to(&uri)).into_response();
    };
    if session.ends > world.now() {
        return Html(SHELL).into_response();
    }
    let whose = format!("<p class=\"quiet\">Account {}</p>", session.principal.account);
    let issuer = session.issuer;
    let link = match issuer.filter(|url| url.starts_with("http://") || url.starts_with("https://")) {
        Some(url) => format!(
            "<a class=\"button primary\" data-action=\"sign-in-again\" href=\"{}\">Sign in again</a>",
            escape(&url)
        ),
        None => "<p class=\"quiet\">Go back to where you signed in to start a new session.</p>".to_owned(),
    };
    (StatusCode::FORBIDDEN, Html(EXPIRED.replace("<!-- sign-in-again -->", &format!("{whose}{link}")))).into_response()
}

pub(super) async fn signed_out() -> Html<&'static str> {
    Html(SIGNED_OUT)
}

pub(super) async fn asset(Path(name): Path<String>) -> Response {
    if let Some((_, kind, text)) = ASSETS.iter().find(|(known, _, _)| *known == name) {
        return ([(header::CONTENT_TYPE, *kind)], *text).into_response();
    }
    match name.strip_suffix(".svg").and_then(favicon) {
        Some(svg) => ([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A service's colour and a simple shape, as an SVG.
fn favicon(service: &str) -> Option<String> {
    let (colour, shape) = match service {
        "home" => ("#232f3e", "M6 15.5 16 7l10 8.5V25h-7v-6h-6v6H6z"),
        "s3" => ("#3f8624", "M8 9h16l-2 15c0 1.200-2.700 2-6 2s-6-.8-6-2z"),
        "ec2" => (
            "#d86613",
            "M9 9h14v14H9zM12 5v4m4-4v4m4-4v4m-8 14v4m4-4v4m4-4v4M5 12h4m-4 4h4m-4 4h4m14-8h4m-4 4h4m-4 4h4",
        ),
        "cloudformation" => ("#c2185b", "M8 7h16v4H8zm0 7h16v4H8zm0 7h10v4H8z"),
        _ => return None,
    };
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><rect width=\"32\" height=\"32\" rx=\"6\" \
         fill=\"{colour}\"/><path d=\"{shape}\" fill=\"#fff\" stroke=\"#fff\" stroke-width=\"1.500\"/></svg>"
    ))
}

/// Text as it may stand in HTML, in attributes too.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
