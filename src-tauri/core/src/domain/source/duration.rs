//! How long a session may last.
//!
//! Not how long AWS grants (`app::credentials`). Grows no more.

use std::fmt;
use std::time::Duration;

use crate::domain::input::{Field, InputError, Problem};

/// A console session's length: 15 minutes to 12 hours, in whole seconds.
/// Source: IAM user guide, "Enabling custom identity broker access to the AWS console".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionDuration(u32);

impl SessionDuration {
    /// The longest console session that AWS allows.
    pub const LONGEST: Self = Self(43_200);
    /// What every role allows.
    pub const HOUR: Self = Self(3_600);

    /// From seconds.
    ///
    /// # Errors
    /// [`Problem::OutOfRange`] outside of 900–43,200.
    pub fn from_seconds(seconds: u32) -> Result<Self, InputError> {
        (900..=43_200)
            .contains(&seconds)
            .then_some(Self(seconds))
            .ok_or(InputError::new(Field::Duration, Problem::OutOfRange))
    }

    /// From `12h`, `45m`, `3600s` or `3600`.
    ///
    /// # Errors
    /// Malformed or out of range.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let text = text.trim();
        let (digits, unit) = match text.char_indices().last() {
            Some((at, 'h')) => (&text[..at], 3_600),
            Some((at, 'm')) => (&text[..at], 60),
            Some((at, 's')) => (&text[..at], 1),
            _ => (text, 1),
        };
        let number: u32 = digits.parse().map_err(|_| InputError::new(Field::Duration, Problem::Malformed))?;
        Self::from_seconds(number.saturating_mul(unit))
    }

    /// In seconds.
    #[must_use]
    pub fn seconds(self) -> u32 {
        self.0
    }
}

impl From<SessionDuration> for Duration {
    fn from(duration: SessionDuration) -> Self {
        Self::from_secs(duration.0.into())
    }
}

impl fmt::Display for SessionDuration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 3_600, self.0 % 3_600 / 60) {
            (0, minutes) => write!(formatter, "{minutes} min"),
            (hours, 0) => write!(formatter, "{hours} h"),
            (hours, minutes) => write!(formatter, "{hours} h {minutes} min"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_read_with_and_without_a_unit_and_kept_within_what_aws_allows() {
        assert_eq!(SessionDuration::parse("12h"), Ok(SessionDuration::LONGEST));
        assert_eq!(SessionDuration::parse("60m"), SessionDuration::parse("3600"));
        assert_eq!(SessionDuration::parse("13h").map_err(|error| error.problem), Err(Problem::OutOfRange));
        assert_eq!(SessionDuration::parse("10m").map_err(|error| error.problem), Err(Problem::OutOfRange));
        assert_eq!(SessionDuration::parse("ever").map_err(|error| error.problem), Err(Problem::Malformed));
        assert_eq!(SessionDuration::parse("99999999h").map_err(|error| error.problem), Err(Problem::OutOfRange));
    }
}
