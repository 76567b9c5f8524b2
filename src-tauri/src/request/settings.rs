//! Settings that are on or off.

use serde::Deserialize;
use sidelight_core::app::settings::Switch;
use ts_rs::TS;

/// What is on or off.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum SwitchedSetting {
    /// Renew sessions shortly before their end.
    AutoRenew,
    /// Lock when the machine sleeps.
    LockOnSleep,
    /// A banner with the mark in each page.
    Banner,
    /// Have the system give `sidelight:` links to this program.
    TakesLinks,
}

impl From<SwitchedSetting> for Switch {
    fn from(setting: SwitchedSetting) -> Self {
        match setting {
            SwitchedSetting::AutoRenew => Self::AutoRenew,
            SwitchedSetting::LockOnSleep => Self::LockOnSleep,
            SwitchedSetting::Banner => Self::Banner,
            SwitchedSetting::TakesLinks => Self::TakesLinks,
        }
    }
}
