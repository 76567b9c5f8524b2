//! IAM Identity Center: its OIDC service, the pages a browser sees, and the access portal, all on the main origin.
//! It is not a directory of many people: one user signs in by a click. It grows with an operation the app comes to use.
//! AWS: the API references "IAM Identity Center OIDC" and "IAM Identity Center Portal".

mod authorize;
mod clients;
mod device;
mod directory;
mod error;
mod oidc;
mod pages;
mod portal;
mod rate;
mod sessions;
mod token;

pub(crate) use self::directory::Instance;
pub(crate) use self::sessions::Lifetimes;

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use self::authorize::AuthorizationCode;
use self::clients::Client;
use self::device::Device;
use self::sessions::Sessions;
use crate::memory::World;

/// Everything that it remembers.
#[derive(Default)]
pub(crate) struct IdentityCenter {
    /// By client id.
    clients: HashMap<String, Client>,
    /// By device code.
    devices: HashMap<String, Device>,
    /// By the code itself, until it is used.
    codes: HashMap<String, AuthorizationCode>,
    pub sessions: Sessions,
}

/// The paths of both services; no two of AWS's collide.
pub(crate) fn routes() -> Router<Arc<World>> {
    Router::new()
        .route("/client/register", post(oidc::register_client))
        .route("/device_authorization", post(oidc::start_device_authorization))
        .route("/token", post(oidc::create_token))
        .route("/authorize", get(authorize::ask).post(authorize::decide))
        .route("/device", get(device::ask).post(device::decide))
        .route("/start", get(pages::start))
        .route("/start2", get(pages::start))
        .route("/assignment/accounts", get(portal::list_accounts))
        .route("/assignment/roles", get(portal::list_account_roles))
        .route("/federation/credentials", get(portal::get_role_credentials))
        .route("/logout", post(portal::logout))
}
