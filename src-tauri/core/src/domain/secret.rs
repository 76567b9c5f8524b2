//! Secrets in memory: they cannot be printed, compared by accident, cloned or serialised.
//!
//! Not where they lie (`storage::keychain`). Grows by a type for each further kind of secret.

use std::fmt;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use super::input::{Field, InputError, Problem};
use super::source::AccessKeyId;

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

    /// For the signer and the keychain only.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
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

/// Temporary credentials, as STS gives them.
pub struct SessionCredentials {
    /// The public half (`ASIA…`).
    pub key_id: String,
    secret: SecretString,
    token: SecretString,
    /// When AWS stops taking them.
    pub expires_at: Timestamp,
}

impl SessionCredentials {
    /// From an answer of STS.
    #[must_use]
    pub fn new(key_id: String, secret: SecretString, token: SecretString, expires_at: Timestamp) -> Self {
        Self { key_id, secret, token, expires_at }
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
}
