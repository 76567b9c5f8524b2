//! Secrets in memory: they cannot be printed, compared by accident, cloned or serialised.
//!
//! Not where they lie (`storage::keychain`). Grows by a type for each further kind of secret.

use std::fmt;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use super::download::DownloadId;
use super::input::{Field, InputError, Problem};
use super::profile::ProfileId;
use super::source::{AccessKeyId, MfaSerial, StartUrl};

/// Which secret of the keychain's; nothing secret itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SecretId {
    /// The secret half of a profile's access key.
    AccessKey(ProfileId),
    /// What an MFA device's codes are made from.
    TotpSeed(MfaSerial),
    /// Temporary credentials that an MFA code was spent on, by what they are for.
    Session(String),
    /// The tokens of an access portal.
    PortalTokens(StartUrl),
    /// How a download is asked for that is not over.
    DownloadSource(DownloadId),
}

/// The secret half of an access key.
pub struct SecretAccessKey(SecretString);

impl SecretAccessKey {
    /// Trims what was typed or piped and checks it: 16–256 printable ASCII characters; an
    /// emulator's may be short.
    ///
    /// # Errors
    /// Empty or malformed; the text is never part of the error.
    pub fn parse(text: SecretString) -> Result<Self, InputError> {
        let trimmed = text.expose_secret().trim();
        let wrong = |problem| Err(InputError::new(Field::SecretAccessKey, problem));
        if trimmed.is_empty() {
            return wrong(Problem::Missing);
        }
        if trimmed.len() > 256 {
            return wrong(Problem::TooLong);
        }
        if !trimmed.bytes().all(|byte| byte.is_ascii_graphic()) {
            return wrong(Problem::Malformed);
        }
        Ok(Self(SecretString::from(trimmed.to_owned())))
    }

    /// For the signer only.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// For the keychain, which takes any secret.
    #[must_use]
    pub fn wrapped(&self) -> &SecretString {
        &self.0
    }
}

impl fmt::Debug for SecretAccessKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretAccessKey(…)")
    }
}

/// A long-term access key: id and secret.
#[derive(Debug)]
pub struct AccessKey {
    /// The public half.
    pub id: AccessKeyId,
    /// The secret half.
    pub secret: SecretAccessKey,
}

/// A code that an MFA device shows: six digits.
pub struct MfaCode(SecretString);

impl MfaCode {
    /// Six digits, also with blanks between them.
    ///
    /// # Errors
    /// Anything else.
    pub fn parse(text: &SecretString) -> Result<Self, InputError> {
        let digits: String = text.expose_secret().chars().filter(|character| !character.is_whitespace()).collect();
        let fits = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| Self(digits.into())).ok_or(InputError::new(Field::MfaCode, Problem::Malformed))
    }

    /// For the call that it goes into only.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Whether it is the same code: one that was sent is not sent again.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }
}

impl fmt::Debug for MfaCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("MfaCode(…)")
    }
}

/// Temporary credentials, as STS gives them.
pub struct SessionCredentials {
    /// The public half (`ASIA…`).
    pub key_id: String,
    secret: SecretString,
    token: SecretString,
    /// When AWS stops taking them; [`Timestamp::MAX`] where nobody says.
    pub expires_at: Timestamp,
}

impl SessionCredentials {
    /// From an answer of STS.
    #[must_use]
    pub fn new(key_id: String, secret: SecretString, token: SecretString, expires_at: Timestamp) -> Self {
        Self { key_id, secret, token, expires_at }
    }

    /// When AWS stops taking them, where that was said.
    #[must_use]
    pub fn end(&self) -> Option<Timestamp> {
        (self.expires_at != Timestamp::MAX).then_some(self.expires_at)
    }

    /// For the signer and the federation endpoint only.
    #[must_use]
    pub fn expose_secret(&self) -> &str {
        self.secret.expose_secret()
    }

    /// For the signer and the federation endpoint only.
    #[must_use]
    pub fn expose_token(&self) -> &str {
        self.token.expose_secret()
    }
}

impl SessionCredentials {
    /// In one text, for the keychain: a line each, and whose they are.
    #[must_use]
    pub fn packed(&self, arn: &str) -> SecretString {
        let Self { key_id, expires_at, .. } = self;
        let (secret, token) = (self.expose_secret(), self.expose_token());
        format!("{key_id}\n{secret}\n{token}\n{expires_at}\n{arn}").into()
    }

    /// From [`Self::packed`], and whose they are; `None` for any other text.
    #[must_use]
    pub fn unpacked(text: &SecretString) -> Option<(Self, String)> {
        let lines: Vec<&str> = text.expose_secret().lines().collect();
        let [key_id, secret, token, expires_at, arn] = lines[..] else { return None };
        let credentials =
            Self::new(key_id.to_owned(), secret.to_owned().into(), token.to_owned().into(), expires_at.parse().ok()?);
        Some((credentials, arn.to_owned()))
    }
}

impl fmt::Debug for SessionCredentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SessionCredentials").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_trimmed_and_never_shown() -> Result<(), InputError> {
        let secret = SecretAccessKey::parse(" wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n".to_owned().into())?;
        assert_eq!(secret.expose(), "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        assert!(!format!("{secret:?}").contains("wJalr"));
        let wrong = SecretAccessKey::parse("two words".to_owned().into());
        assert_eq!(wrong.map(|_| ()).map_err(|error| error.problem), Err(Problem::Malformed));
        Ok(())
    }

    #[test]
    fn temporary_credentials_never_show_themselves() {
        let credentials = SessionCredentials::new(
            "ASIAX".to_owned(),
            "very-secret".to_owned().into(),
            "token".to_owned().into(),
            Timestamp::UNIX_EPOCH,
        );
        let shown = format!("{credentials:?}");
        assert!(!shown.contains("very-secret") && !shown.contains("token") && !shown.contains("ASIAX"));
    }

    #[test]
    fn temporary_credentials_come_back_out_of_one_text() {
        let credentials = SessionCredentials::new(
            "ASIAX".to_owned(),
            "very-secret".to_owned().into(),
            "token".to_owned().into(),
            Timestamp::UNIX_EPOCH,
        );
        let arn = "arn:aws:iam::111122223333:user/bob";
        let (back, whose) = SessionCredentials::unpacked(&credentials.packed(arn)).expect("it was packed");
        assert_eq!(
            (back.key_id.as_str(), back.expose_secret(), back.expose_token()),
            ("ASIAX", "very-secret", "token")
        );
        assert_eq!((back.expires_at, whose.as_str()), (Timestamp::UNIX_EPOCH, arn));
        assert!(SessionCredentials::unpacked(&"a\nb".to_owned().into()).is_none());
    }

    #[test]
    fn a_code_has_six_digits_however_it_was_copied() {
        let code = |text: &str| MfaCode::parse(&text.to_owned().into()).map(|code| code.expose().to_owned());
        assert_eq!(code(" 123 456\n"), Ok("123456".to_owned()));
        for wrong in ["12345", "1234567", "12345a", ""] {
            assert_eq!(code(wrong), Err(InputError::new(Field::MfaCode, Problem::Malformed)), "{wrong}");
        }
    }
}
