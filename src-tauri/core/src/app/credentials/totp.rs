//! The seed of a virtual MFA device, and the codes that it makes. Source: RFC 6238.
//!
//! Not when one may be sent (`codes`).

use std::fmt;
use std::io::Cursor;

use image::{ImageReader, Limits};
use rqrr::PreparedImage;
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use totp_rs::{Builder, Secret, Totp};
use url::Url;
use zeroize::Zeroizing;

use crate::domain::input::{Field, InputError, Problem};
use crate::domain::secret::MfaCode;

/// How long a code is shown, in seconds: AWS's devices have no other.
pub(super) const PERIOD: i64 = 30;

/// In bytes, unpacked: a photo of 50 million pixels in colour.
const LARGEST_PICTURE: u64 = 150_000_000;

/// A seed as the user has it.
#[derive(Debug)]
pub enum GivenSeed {
    /// Base32, or an `otpauth://` link.
    Text(SecretString),
    /// A QR picture of such a link: PNG or JPEG.
    Picture(SecretSlice<u8>),
}

/// What a virtual MFA device's codes are made from.
pub struct TotpSeed {
    base32: SecretString,
    totp: Totp,
}

impl TotpSeed {
    /// From what the console shows as "secret key" (base32, in any spelling), or from the
    /// `otpauth://totp/…` link behind its QR picture.
    ///
    /// # Errors
    /// Empty, no base32, or a link of other codes than AWS's devices have: SHA-1, six digits, 30 s.
    pub fn parse(text: &SecretString) -> Result<Self, InputError> {
        let text = text.expose_secret().trim();
        if text.is_empty() {
            return Err(InputError::new(Field::TotpSeed, Problem::Missing));
        }
        let is_link = text.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("otpauth:"));
        let seed = if is_link { Zeroizing::new(seed_of_link(text)?) } else { Zeroizing::new(text.to_owned()) };
        let plain: String = seed
            .chars()
            .filter(|character| !character.is_whitespace() && !matches!(character, '-' | '='))
            .map(|character| character.to_ascii_uppercase())
            .collect();
        let secret = Secret::try_from_base32(&plain).map_err(|_| MALFORMED)?;
        let totp = Builder::new().with_secret(secret).build().map_err(|_| MALFORMED)?;
        Ok(Self { base32: plain.into(), totp })
    }

    /// From a QR picture (PNG or JPEG) of such a link.
    ///
    /// # Errors
    /// No picture, none of a QR code, or of something else than a device's seed.
    pub fn of_picture(bytes: &[u8]) -> Result<Self, InputError> {
        let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| MALFORMED)?;
        let mut limits = Limits::default();
        limits.max_alloc = Some(LARGEST_PICTURE);
        reader.limits(limits);
        let picture = reader.decode().map_err(|_| MALFORMED)?.into_luma8();
        let (width, height) = picture.dimensions();
        let (width, height) = (width as usize, height as usize);
        let mut picture =
            PreparedImage::prepare_from_greyscale(width, height, |x, y| picture.get_pixel(x as u32, y as u32).0[0]);
        let found = picture.detect_grids().into_iter().filter_map(|grid| grid.decode().ok());
        let mut links = found.map(|(_, text)| SecretString::from(text));
        links.find_map(|link| Self::parse(&link).ok()).ok_or(MALFORMED)
    }

    /// From whatever the user has of it.
    ///
    /// # Errors
    /// As [`Self::parse`] and [`Self::of_picture`].
    pub async fn read(given: GivenSeed) -> Result<Self, InputError> {
        match given {
            GivenSeed::Text(text) => Self::parse(&text),
            // It takes a while, and rqrr gives up some photos by a panic.
            GivenSeed::Picture(bytes) => {
                let read = tokio::task::spawn_blocking(move || Self::of_picture(bytes.expose_secret()));
                read.await.unwrap_or(Err(MALFORMED))
            }
        }
    }

    /// As the keychain keeps it: [`Self::parse`] reads it again.
    #[must_use]
    pub fn wrapped(&self) -> &SecretString {
        &self.base32
    }

    /// The code of that moment.
    ///
    /// # Errors
    /// None: a seed that was read makes codes.
    pub fn code_at(&self, now: jiff::Timestamp) -> Result<MfaCode, InputError> {
        self.code(now.as_second() / PERIOD)
    }

    /// The code of the `period`-th 30 s since 1970.
    pub(super) fn code(&self, period: i64) -> Result<MfaCode, InputError> {
        let second = u64::try_from(period * PERIOD).unwrap_or_default();
        MfaCode::parse(&self.totp.generate(second).to_string().into())
    }
}

const MALFORMED: InputError = InputError { field: Field::TotpSeed, problem: Problem::Malformed };

/// Source: Google Authenticator's wiki, "Key Uri Format".
fn seed_of_link(text: &str) -> Result<String, InputError> {
    let url = Url::parse(text).map_err(|_| MALFORMED)?;
    let said = |key: &str| url.query_pairs().find(|(name, _)| name == key).map(|(_, value)| value.into_owned());
    let is = |key: &str, usual: &str| said(key).is_none_or(|value| value.eq_ignore_ascii_case(usual));
    let is_aws = url.host_str() == Some("totp") && is("algorithm", "SHA1") && is("digits", "6") && is("period", "30");
    said("secret").filter(|_| is_aws).ok_or(MALFORMED)
}

impl fmt::Debug for TotpSeed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TotpSeed(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seed(text: &str) -> Result<TotpSeed, InputError> {
        TotpSeed::parse(&text.to_owned().into())
    }

    /// RFC 6238, appendix B: the last six digits of its SHA-1 rows.
    #[test]
    fn codes_are_those_of_the_rfc() -> Result<(), InputError> {
        let seed = seed("gezd gnbv-gy3t qojq GEZD GNBV GY3T QOJQ====")?;
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert_eq!(seed.code(second / PERIOD)?.expose(), code);
        }
        Ok(())
    }

    #[test]
    fn a_picture_of_the_link_gives_the_same_seed_and_any_other_is_refused() -> Result<(), Box<dyn std::error::Error>> {
        let picture = |text: &str| -> Result<Vec<u8>, Box<dyn std::error::Error>> {
            let code = qrcode::QrCode::new(text)?.render::<image::Luma<u8>>().build();
            let mut bytes = std::io::Cursor::new(Vec::new());
            code.write_to(&mut bytes, image::ImageFormat::Png)?;
            Ok(bytes.into_inner())
        };
        let link = "otpauth://totp/AWS:bob@acme?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=AWS";
        assert_eq!(TotpSeed::of_picture(&picture(link)?)?.code(1)?.expose(), "287082");
        let blank = image::GrayImage::from_pixel(80, 80, image::Luma([255]));
        let mut of_nothing = std::io::Cursor::new(Vec::new());
        blank.write_to(&mut of_nothing, image::ImageFormat::Png)?;
        for wrong in [picture("https://example.com")?, of_nothing.into_inner(), b"no picture".to_vec()] {
            assert_eq!(TotpSeed::of_picture(&wrong).err(), Some(MALFORMED));
        }
        Ok(())
    }

    #[test]
    fn the_link_behind_awss_picture_is_read_and_others_are_refused() -> Result<(), InputError> {
        let link = "otpauth://totp/Amazon%20Web%20Services:bob@acme?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Amazon%20Web%20Services";
        assert_eq!(seed(link)?.code(1)?.expose(), "287082");
        assert_eq!(TotpSeed::parse(seed(link)?.wrapped())?.code(1)?.expose(), "287082");
        for wrong in [
            "",
            "0189",
            "otpauth://hotp/a?secret=GEZDGNBVGY3TQOJQ",
            "otpauth://totp/a?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&digits=8",
        ] {
            assert!(seed(wrong).is_err(), "{wrong}");
        }
        assert_eq!(format!("{:?}", seed(link)?), "TotpSeed(…)");
        Ok(())
    }
}
