//! The pages that a person sees while they sign in: a question with two buttons, and what came of it.
//! It is not AWS's sign-in, which asks for a password. It grows with a page.

use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use super::directory::USER;
use crate::console::pages::escape;

const PAGE: &str = include_str!("../../console/identity-center.html");

/// A browser that follows the answer of a form must be let through to the client's own port.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; \
                      form-action 'self' http://127.0.0.1:* http://localhost:*";

/// Asks whether a program may have the user's accounts; `action` takes the answer as `allow`.
pub(super) fn question(action: &str, start_url: &str, user_code: Option<&str>) -> Response {
    let form = |allow: u8, name: &str, class: &str| {
        let action = escape(&format!("{action}&allow={allow}"));
        format!("<form method=\"post\" action=\"{action}\"><button class=\"{class}\">{name}</button></form>")
    };
    let code =
        user_code.map(|code| format!("<p>Is this the code you were shown? <strong>{}</strong></p>", escape(code)));
    let content = format!(
        "<p>A program asks for the accounts of <strong>{USER}</strong> at {}.</p>{}<div class=\"buttons\">{}{}</div>",
        escape(start_url),
        code.unwrap_or_default(),
        form(1, "Allow", "button primary"),
        form(0, "Deny", "button"),
    );
    page(StatusCode::OK, "Allow access?", &content)
}

/// Asks for the code that a program shows.
pub(super) fn code_wanted() -> Response {
    let content = "<form class=\"buttons\" method=\"get\" action=\"/device\"><label>Code \
                   <input name=\"user_code\" autofocus></label><button class=\"button primary\">Next</button></form>";
    page(StatusCode::OK, "Enter the code", content)
}

/// Says one thing.
pub(super) fn notice(status: StatusCode, title: &str, words: &str) -> Response {
    page(status, title, &format!("<p>{}</p>", escape(words)))
}

/// What stands at a start URL itself.
pub(super) async fn start() -> Response {
    notice(StatusCode::OK, "Access portal", "Give this address to a program as its start URL.")
}

fn page(status: StatusCode, title: &str, content: &str) -> Response {
    let text = PAGE.replace("<!-- title -->", title).replace("<!-- content -->", content);
    (status, [(header::CONTENT_SECURITY_POLICY, POLICY)], Html(text)).into_response()
}
