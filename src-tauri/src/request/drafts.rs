//! Forms as the UI sends them: texts as typed.
//!
//! Not whether they fit (`sidelight_core::domain::draft`).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::{SecretSlice, SecretString};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use ts_rs::TS;
use zeroize::Zeroizing;

use crate::view::{GuardsView, SessionTagView, SourceKind};

/// A profile as the editor has it. Texts as typed; the core trims and checks them.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct ProfileDraft {
    /// `None` for a new one.
    pub id: Option<String>,
    pub name: String,
    pub group: String,
    /// Empty for none.
    pub mark: String,
    /// Empty: the first sign-in fills it.
    pub account: String,
    pub partition: String,
    pub region: String,
    /// Which of the fields below count.
    pub source: SourceKind,
    /// The id of the profile that a role comes through.
    pub from_profile: String,
    pub mfa_serial: String,
    pub role_session_name: String,
    pub source_identity: String,
    pub session_tags: Vec<SessionTagView>,
    pub config_profile: String,
    pub start_url: String,
    pub sso_region: String,
    pub permission_set: String,
    pub sign_in_account: String,
    pub user_name: String,
    pub access_key_id: String,
    /// `None` leaves the one in the keychain as it is.
    #[ts(type = "string | null")]
    pub secret_access_key: Option<SecretString>,
    pub role_arn: String,
    pub external_id: String,
    pub session_policy_arn: String,
    pub duration_seconds: Option<u32>,
    /// `None`: those of its mark.
    pub guards: Option<GuardsView>,
    /// The user's own sites, one address each.
    pub sites: Vec<String>,
}

/// An own partition as the form has it.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct PartitionDraft {
    pub name: String,
    pub sts: String,
    pub sign_in: String,
    pub consoles: Vec<String>,
    pub s3: String,
    pub iam: String,
    pub sso: String,
    pub sso_oidc: String,
    pub regions: Vec<String>,
}

/// Bytes, as text.
pub fn base64<'a, From: Deserializer<'a>>(from: From) -> Result<SecretSlice<u8>, From::Error> {
    let text = Zeroizing::new(String::deserialize(from)?);
    STANDARD.decode(text.as_bytes()).map(Into::into).map_err(|_| From::Error::custom("no base64"))
}
