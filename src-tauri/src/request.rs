//! What the UI may ask: one closed list, from which TypeScript is generated.
//!
//! Not what happens then (that is `sidelight_core::app::event`). Grows by a variant when the
//! window gets a new control.

use secrecy::SecretString;
use serde::Deserialize;
use ts_rs::TS;

use crate::view::{Language, Surface, Theme};

/// One wish of the user's.
#[derive(Debug, Deserialize, TS)]
#[serde(tag = "ask", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[ts(export_to = "view.ts")]
pub enum Request {
    /// Open a new tab of the profile; `service` empty for the console's home.
    OpenTab {
        profile: String,
        service: Option<String>,
        region: Option<String>,
    },
    /// Show the profile's tab if it has one, else open one.
    ShowProfile {
        profile: String,
    },
    ShowTab {
        tab: String,
    },
    CloseTab {
        tab: String,
    },
    ReopenTab,
    GoBack {
        tab: String,
    },
    GoForward {
        tab: String,
    },
    /// Reload; a tab that failed, crashed or expired signs in again.
    Reload {
        tab: String,
    },
    StopLoading {
        tab: String,
    },
    Zoom {
        tab: String,
        step: ZoomStep,
    },
    SaveProfile {
        draft: ProfileDraft,
    },
    DuplicateProfile {
        profile: String,
    },
    RemoveProfile {
        profile: String,
    },
    UndoRemove {
        profile: String,
    },
    /// Put the profile into `group`, before another one or at the group's end.
    MoveProfile {
        profile: String,
        group: Option<String>,
        before: Option<String>,
    },
    TestProfile {
        profile: String,
    },
    SavePartition {
        draft: PartitionDraft,
    },
    RemovePartition {
        name: String,
    },
    CancelDownload {
        download: String,
    },
    /// Show the file in the system's file browser.
    ShowDownload {
        download: String,
    },
    /// Take an ended one off the list; the file stays.
    RemoveDownload {
        download: String,
    },
    /// Take all ended ones off the list.
    ClearDownloads,
    DismissNotice {
        notice: String,
    },
    /// How much of the window's edges belongs to the UI, in CSS pixels; the console fills the rest.
    SetInsets {
        top: f64,
        right: f64,
        bottom: f64,
        left: f64,
    },
    Show {
        surface: Surface,
    },
    SetSidebarWidth {
        width: f64,
    },
    SetTheme {
        theme: Theme,
    },
    SetLanguage {
        language: Language,
    },
}

/// A step of the zoom.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum ZoomStep {
    In,
    Out,
    Reset,
}

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
    pub access_key_id: String,
    /// `None` leaves the one in the keychain as it is.
    #[ts(type = "string | null")]
    pub secret_access_key: Option<SecretString>,
    pub role_arn: String,
    pub external_id: String,
    pub session_policy_arn: String,
    pub duration_seconds: Option<u32>,
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
    pub regions: Vec<String>,
}

/// What the app asks of the UI's focus, after a shortcut that was pressed over a console.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum Cue {
    FocusFilter,
    FocusTabs,
}
