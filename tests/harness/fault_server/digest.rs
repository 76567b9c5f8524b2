//! Checksums of contents, as S3 spells them in its headers.
//!
//! It only counts. Which of them an answer carries, the address says (`wish`).

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use crc_fast::CrcAlgorithm;
use md5::Md5;
use sha2::{Digest as _, Sha256};

/// A header `x-amz-checksum-…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checksum {
    /// The right one.
    Sha256,
    /// The right one.
    Crc32,
    /// The right one.
    Crc32c,
    /// A SHA-256 of something else.
    Wrong,
}

impl Checksum {
    /// By its name in an address.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "sha256" => Some(Self::Sha256),
            "crc32" => Some(Self::Crc32),
            "crc32c" => Some(Self::Crc32c),
            "wrong" => Some(Self::Wrong),
            _ => None,
        }
    }

    /// The header's name.
    pub fn header(self) -> &'static str {
        match self {
            Self::Sha256 | Self::Wrong => "x-amz-checksum-sha256",
            Self::Crc32 => "x-amz-checksum-crc32",
            Self::Crc32c => "x-amz-checksum-crc32c",
        }
    }

    /// The header's value: base64 of the bytes.
    pub fn of(self, pieces: impl Iterator<Item = Vec<u8>>) -> String {
        match self {
            Self::Sha256 => BASE64_STANDARD.encode(sha256(pieces)),
            Self::Crc32 => BASE64_STANDARD.encode(crc(CrcAlgorithm::Crc32IsoHdlc, pieces)),
            Self::Crc32c => BASE64_STANDARD.encode(crc(CrcAlgorithm::Crc32Iscsi, pieces)),
            Self::Wrong => BASE64_STANDARD.encode(sha256([b"something else".to_vec()].into_iter())),
        }
    }
}

/// The SHA-256 of all pieces.
pub fn sha256(pieces: impl Iterator<Item = Vec<u8>>) -> [u8; 32] {
    let mut digest = Sha256::new();
    pieces.for_each(|piece| digest.update(piece));
    digest.finalize().into()
}

/// The MD5 of all pieces, in hexadecimal digits.
pub fn md5(pieces: impl Iterator<Item = Vec<u8>>) -> String {
    let mut digest = Md5::new();
    pieces.for_each(|piece| digest.update(piece));
    hex::encode(digest.finalize())
}

/// Its highest byte first.
fn crc(kind: CrcAlgorithm, pieces: impl Iterator<Item = Vec<u8>>) -> [u8; 4] {
    let mut digest = crc_fast::Digest::new(kind);
    pieces.for_each(|piece| digest.update(&piece));
    (digest.finalize() as u32).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::Checksum;

    /// The values that every description of a CRC gives for these nine digits.
    #[test]
    fn crcs_are_those_of_the_catalogue_in_base64() {
        let digits = || [b"1234".to_vec(), b"56789".to_vec()].into_iter();
        assert_eq!(Checksum::Crc32.of(digits()), "y/Q5Jg==");
        assert_eq!(Checksum::Crc32c.of(digits()), "4waSgw==");
    }
}
