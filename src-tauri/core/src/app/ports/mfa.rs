//! Codes of MFA devices that somebody has to type.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::app::error::Error;
use crate::domain::profile::{ProfileId, ProfileName};
use crate::domain::secret::MfaCode;
use crate::domain::source::MfaSerial;

/// Whoever is at the window or the terminal, and has an MFA device.
#[async_trait]
pub trait MfaPrompt: Send + Sync {
    /// The code that the device shows.
    ///
    /// # Errors
    /// `MfaNeeded` where nobody can be asked, or nobody answers.
    async fn code(&self, ask: MfaAsk) -> Result<MfaCode, Error>;
}

/// For whom a code is asked, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MfaAsk {
    /// Which device.
    pub device: MfaSerial,
    /// The profile that is about to be opened.
    pub profile: ProfileId,
    /// Its name.
    pub name: ProfileName,
    /// Why (again).
    pub why: MfaWhy,
}

/// Why a code is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MfaWhy {
    /// None was given yet.
    First,
    /// AWS did not take the last one.
    Wrong,
    /// The last one was sent before; the device's next one comes then.
    Reused {
        /// When.
        until: Timestamp,
    },
    /// The last one's time was over before AWS saw it; the device's next one comes then, or shows now.
    Late {
        /// When.
        until: Timestamp,
    },
    /// The role allows a shorter session only, and the last code is spent.
    Shorter,
}
