//! An account's own sign-in page, where its IAM user gives a name and a password.
//! It is not federation, asks for no second factor and knows no root user. It grows with a step of that page.
//! AWS: "Sign in to the AWS Management Console as an IAM user" in the AWS Sign-In user guide.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use jiff::SignedDuration;
use serde::Deserialize;
use url::{Position, Url};

use crate::accounts::DemoProfile;
use crate::console::pages::escape;
use crate::credential::Principal;
use crate::federation::{clear_cookies, is_on_main, open, session_of};
use crate::memory::{ConsoleSession, World};
use crate::sigv4::encode_query;

const PAGE: &str = include_str!("../console/sign-in.html");
const SESSION_HOURS: i64 = 12;
const HOME: &str = "/console/home";
/// In AWS's own words, which do not tell what was wrong.
const REFUSAL: &str = "Your authentication information is incorrect. Please try again.";

#[derive(Deserialize)]
struct Wanted {
    redirect_uri: Option<String>,
}

/// What the form sends.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Attempt {
    account: String,
    username: String,
    password: String,
    redirect_uri: String,
}

/// In AWS the account is a label of the host; here all is one host, and the account is part of the path.
pub(crate) fn routes() -> Router<Arc<World>> {
    Router::new()
        .route("/signin", get(ask_which_account))
        .route("/signin/{account}/console", get(ask))
        .route("/signin/{account}/console/", get(ask))
        .route("/authenticate", get(ask_which_account).post(authenticate))
}

/// Where a browser that is not signed in goes first, on its way to a page of the console.
pub(crate) fn on_the_way_to(page: &Uri) -> String {
    format!("/signin?redirect_uri={}", encode_query(&page.to_string()))
}

async fn ask_which_account(
    State(world): State<Arc<World>>,
    headers: HeaderMap,
    Query(wanted): Query<Wanted>,
) -> Response {
    page_or_onward(&world, &headers, String::new(), wanted)
}

async fn ask(
    State(world): State<Arc<World>>,
    Path(account): Path<String>,
    headers: HeaderMap,
    Query(wanted): Query<Wanted>,
) -> Response {
    page_or_onward(&world, &headers, account, wanted)
}

/// Signs in and sends on, or shows the page again and says why not.
async fn authenticate(State(world): State<Arc<World>>, headers: HeaderMap, Form(attempt): Form<Attempt>) -> Response {
    let Some(destination) = destination(&world, &attempt.redirect_uri) else {
        return not_here();
    };
    let Some(owner) = owner(&world, &attempt) else {
        world.memory().stats.refused_logins += 1;
        return (StatusCode::FORBIDDEN, Html(page(&attempt, Some(REFUSAL)))).into_response();
    };
    let again = format!("{}/signin/{}/console/", world.main_origin, owner.account);
    let ends = world.now() + SignedDuration::from_hours(SESSION_HOURS);
    let session = ConsoleSession::new(Principal::user(&owner.account), Some(again), ends);
    open(&world, &headers, session, &destination)
}

/// The account whose user this is, if the password is right.
fn owner<'a>(world: &'a World, attempt: &Attempt) -> Option<&'a DemoProfile> {
    let owner = world.accounts.by_account_or_alias(attempt.account.trim())?;
    let fits = owner.console_user == attempt.username.trim() && owner.console_password == attempt.password;
    fits.then_some(owner)
}

/// The form, unless the account is signed in already.
fn page_or_onward(world: &World, headers: &HeaderMap, account: String, wanted: Wanted) -> Response {
    let redirect_uri = wanted.redirect_uri.unwrap_or_default();
    let Some(destination) = destination(world, &redirect_uri) else {
        return not_here();
    };
    let live = session_of(world, headers).filter(|session| session.ends > world.now());
    let meant = world.accounts.by_account_or_alias(&account);
    let is_meant = |session: &ConsoleSession| {
        account.is_empty() || meant.is_some_and(|meant| meant.account == session.principal.account)
    };
    if live.as_ref().is_some_and(is_meant) {
        return (StatusCode::FOUND, [(header::LOCATION, destination)]).into_response();
    }
    let mut response = Html(page(&Attempt { account, redirect_uri, ..Attempt::default() }, None)).into_response();
    // A session that is over would name its user to whoever reads the cookies of this page.
    if live.is_none() {
        clear_cookies(&mut response);
    }
    response
}

/// The path asked for, on whichever name of this machine the browser is; none where it leads elsewhere.
fn destination(world: &World, wanted: &str) -> Option<String> {
    if wanted.is_empty() {
        return Some(HOME.to_owned());
    }
    let url = Url::parse(&world.main_origin).ok()?.join(wanted).ok()?;
    let path = &url[Position::BeforePath..];
    // A path that begins with two slashes would be another host by itself.
    (is_on_main(world, url.as_str()) && !path.starts_with("//")).then(|| path.to_owned())
}

fn not_here() -> Response {
    (StatusCode::BAD_REQUEST, "Invalid redirect_uri parameter").into_response()
}

/// The form as it was filled in, but for the password.
fn page(attempt: &Attempt, refusal: Option<&str>) -> String {
    let refusal = refusal.map(|words| format!("<div class=\"alert bad\" role=\"alert\"><p>{words}</p></div>"));
    PAGE.replace("<!-- refusal -->", &refusal.unwrap_or_default())
        .replace("<!-- redirect_uri -->", &escape(&attempt.redirect_uri))
        .replace("<!-- account -->", &escape(&attempt.account))
        .replace("<!-- username -->", &escape(&attempt.username))
}
