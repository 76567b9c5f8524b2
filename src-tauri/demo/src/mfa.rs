//! The virtual MFA device of each account's user: its seed, its codes, and which of them have been used.
//! It is not an authenticator app for anything but this demo. It grows with a rule of AWS about one-time codes.

use std::collections::HashMap;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use totp_rs::{Builder, Secret, Totp};

use crate::accounts::USER;

const STEP_SECONDS: i64 = 30;
const SEED_BYTES: usize = 20;

/// The ARN of an account's device.
pub(crate) fn serial(account: &str) -> String {
    format!("arn:aws:iam::{account}:mfa/{USER}")
}

/// 160 bits in base32, always the same ones for an account.
pub(crate) fn seed(account: &str) -> String {
    secret(account).to_base32()
}

/// The code of the step that holds this moment.
pub(crate) fn code_at(account: &str, moment: Timestamp) -> String {
    code(&totp(account), step_of(moment))
}

/// How long that code is the present one.
pub(crate) fn seconds_left(moment: Timestamp) -> i64 {
    STEP_SECONDS - moment.as_second().rem_euclid(STEP_SECONDS)
}

/// The steps whose codes have been used, by account.
#[derive(Debug, Default)]
pub(crate) struct UsedCodes(HashMap<String, Vec<i64>>);

impl UsedCodes {
    /// Whether the device shows this code now, or did or will one step away; a code that fits is used up by it.
    pub(crate) fn accept(&mut self, account: &str, given: &str, now: Timestamp) -> bool {
        let (totp, present) = (totp(account), step_of(now));
        let used = self.0.entry(account.to_owned()).or_default();
        let mut window = present - 1..=present + 1;
        let fitting = window.find(|step| !used.contains(step) && code(&totp, *step) == given);
        used.extend(fitting);
        fitting.is_some()
    }
}

fn step_of(moment: Timestamp) -> i64 {
    moment.as_second().div_euclid(STEP_SECONDS)
}

fn code(totp: &Totp, step: i64) -> String {
    totp.generate(u64::try_from(step * STEP_SECONDS).unwrap_or_default()).to_string()
}

fn totp(account: &str) -> Totp {
    Builder::new().with_secret(secret(account)).build().expect("a seed of 160 bits and six digits suit RFC 6238")
}

fn secret(account: &str) -> Secret {
    let digest = Sha256::digest(format!("the demo cloud's MFA device of {account}"));
    Secret::from(&digest[..SEED_BYTES])
}

#[cfg(test)]
mod tests {
    use super::{Builder, Secret, UsedCodes, code, code_at, seed};

    #[test]
    fn codes_are_those_of_rfc_6238() {
        let secret = Secret::from(&b"12345678901234567890"[..]);
        let totp = Builder::new().with_secret(secret).build().expect("the RFC's own seed is long enough");
        for (seconds, last_six) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(code(&totp, seconds / 30), last_six);
        }
    }

    #[test]
    fn every_account_has_a_seed_of_its_own_that_never_changes() {
        assert_eq!(seed("111122223333").len(), 32);
        assert_eq!(seed("111122223333"), seed("111122223333"));
        assert_ne!(seed("111122223333"), seed("444455556666"));
    }

    #[test]
    fn a_code_is_used_up_and_the_neighbouring_ones_are_not() {
        let mut used = UsedCodes::default();
        let now = jiff::Timestamp::from_second(1_800_000_000).expect("a moment of this age");
        let step = jiff::SignedDuration::from_secs(30);
        assert!(used.accept("111122223333", &code_at("111122223333", now), now));
        assert!(!used.accept("111122223333", &code_at("111122223333", now), now));
        assert!(used.accept("111122223333", &code_at("111122223333", now - step), now));
        assert!(used.accept("111122223333", &code_at("111122223333", now + step), now));
        assert!(!used.accept("111122223333", &code_at("111122223333", now + step + step), now));
    }
}
