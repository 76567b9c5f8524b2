//! What an access portal assigns, as the UI is told. No token: the page to sign in at carries none.

use serde::Serialize;
use ts_rs::TS;

use super::{ErrorView, MarkView};

/// An access portal that is looked at.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct PortalView {
    pub start_url: String,
    pub sso_region: String,
    pub partition: String,
    pub state: PortalStateView,
    pub rows: Vec<AssignedView>,
    /// How many profiles the last choice added.
    pub added: Option<usize>,
}

/// Where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "state", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[ts(export_to = "view.ts")]
pub enum PortalStateView {
    SigningIn {
        /// To compare with the page, where the sign-in goes by a device code.
        user_code: Option<String>,
        /// The page, to be copied into another browser.
        url: Option<String>,
    },
    /// Accounts that are done, of how many.
    Listing {
        done: usize,
        all: usize,
    },
    Listed,
    Failed {
        error: ErrorView,
    },
}

/// A permission set of an account.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct AssignedView {
    /// By this it is chosen.
    pub key: String,
    pub account: String,
    pub account_name: String,
    pub permission_set: String,
    /// The profile's name, or what it would be.
    pub name: String,
    pub group: Option<String>,
    pub mark: MarkView,
    pub state: AssignedStanding,
    /// The profile that it is already.
    pub profile_name: Option<String>,
}

/// How it stands to the book.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum AssignedStanding {
    New,
    Known,
    /// The portal assigns it no more; the profile stays.
    Gone,
}
