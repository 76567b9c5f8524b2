//! Where credentials come from, as the UI is told: sources, what `~/.aws` describes, and codes that
//! are waited for.
//!
//! No credentials and no secret (`sidelight_core::domain::source`).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::MarkView;

/// Where a profile's credentials come from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum SourceKind {
    AccessKey,
    Role,
    IdentityCenter,
    ConfigProfile,
    Page,
}

/// What a role's session carries along.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct SessionTagView {
    pub key: String,
    pub value: String,
    /// Also into roles that are assumed from there.
    pub transitive: bool,
}

/// A profile that `~/.aws` describes.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct ConfigProfileView {
    /// As the file calls it.
    pub name: String,
    pub region: Option<String>,
    pub account: Option<String>,
    /// Where its credentials come from, in AWS's terms: `access key → role/Admin`.
    pub how: String,
    /// Why it cannot be used, in English.
    pub problem: Option<String>,
}

/// A code that a sign-in waits for.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct MfaAskView {
    /// The device's serial ARN, or its serial number.
    pub device: String,
    /// Who asks.
    pub profile_name: String,
    pub mark: MarkView,
    pub why: MfaWhy,
    /// Milliseconds since 1970: a code of before that is refused.
    pub wait_until: Option<f64>,
}

/// Why a code is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum MfaWhy {
    First,
    Wrong,
    Reused,
    /// Its time was over before AWS saw it.
    Late,
    /// The role allows shorter sessions only, and the last code is spent.
    Shorter,
}
