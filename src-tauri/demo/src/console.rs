//! The console's own routes: pages, assets and the data they fetch, under a strict content security policy.
//! It is not sign-in. It grows with a page.

mod api;
mod heavy;
pub(crate) mod pages;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{Redirect, Response};
use axum::routing::{get, post};

use crate::memory::World;

/// Everything a browser sees after it has signed in.
pub(crate) fn routes() -> Router<Arc<World>> {
    Router::new()
        .route("/console/home", get(pages::console))
        .route("/s3/buckets", get(pages::console))
        .route("/s3/buckets/{bucket}", get(pages::console))
        .route("/ec2/home", get(pages::console))
        .route("/ec2/connect", get(pages::console))
        .route("/cloudformation/home", get(pages::console))
        .route("/console/logout", get(sign_out))
        .route("/console/signed-out", get(pages::signed_out))
        .route("/demo/assets/{name}", get(pages::asset))
        .route("/demo/api/session", get(api::session))
        .route("/demo/api/overview", get(api::overview))
        .route("/demo/api/instances", get(api::instances))
        .route("/demo/api/stacks", get(api::stacks))
        .route("/demo/api/buckets", get(api::buckets))
        .route("/demo/api/objects", get(api::objects))
        .route("/demo/api/presign", post(api::presign))
        .route("/demo/heavy", get(heavy::page))
        .route("/demo/heavy.js", get(heavy::script))
}

/// Puts the console's policy on every answer of the main origin that brings none of its own.
pub(crate) async fn add_policy(State(world): State<Arc<World>>, mut response: Response) -> Response {
    let s3 = &world.s3_origin;
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
         font-src 'self'; frame-src {s3} 'self'; form-action 'self' {s3}; base-uri 'none'; frame-ancestors 'self'"
    );
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("x-frame-options"), "SAMEORIGIN"),
    ];
    for (name, value) in fixed {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

async fn sign_out() -> Redirect {
    Redirect::to("/oauth?Action=logout")
}
