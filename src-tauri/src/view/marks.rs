//! What the UI is told of marks: why a profile has its mark, the rules, and the guards.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ColourView, ShapeView};

/// Why a profile has its mark.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "why", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[ts(export_to = "view.ts")]
pub enum ReasonView {
    /// The user gave it to this profile.
    Given,
    /// "PROD by rule 1: name contains prod".
    Rule {
        /// Counted from 1.
        number: usize,
        on: SubjectView,
        /// What of it the pattern found.
        found: String,
    },
    /// No rule fits: a free colour.
    NoRule,
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum SubjectView {
    Name,
    Group,
    Account,
    Role,
    Page,
}

/// A rule, as it is and as the form has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct RuleView {
    pub on: SubjectView,
    /// Words, `*` for any run, a space for any gap or none, `!` for "but not".
    pub pattern: String,
    pub word: String,
    /// With the shape; `None` for what the word means, else a free one.
    pub colour: Option<ColourView>,
    pub shape: Option<ShapeView>,
    pub guards: GuardsView,
}

/// What is asked before a profile opens and while it is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct GuardsView {
    /// Opening it asks first.
    pub confirm_open: bool,
    /// It opens read-only unless full rights are asked for.
    pub read_only: bool,
    /// Full rights are given only to who types the profile's name.
    pub type_name: bool,
    /// Its pages are covered after so many idle minutes.
    pub cover_after_minutes: Option<u16>,
    /// A linked pane is not taken along into it without asking.
    pub confirm_linked: bool,
}

/// What a tab waits for before it signs in.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum HeldView {
    /// A yes.
    Confirmation,
    /// The profile's name, typed.
    Name,
}
