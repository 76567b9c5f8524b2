//! Checksums of a content, as uploads claim them and answers state them.
//! It is not the hash that a signature covers. AWS: "Checking object integrity in Amazon S3".

use axum::http::HeaderMap;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use crc_fast::CrcAlgorithm;
use md5::Md5;
use sha2::{Digest, Sha256};

use super::error::S3Error;

/// A way to sum up a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Checksum {
    Crc32,
    Crc32c,
    Crc64Nvme,
    Sha256,
    Md5,
}

const ALL: [Checksum; 5] = [Checksum::Crc32, Checksum::Crc32c, Checksum::Crc64Nvme, Checksum::Sha256, Checksum::Md5];

/// Headers that begin like a checksum and are none.
const ABOUT_CHECKSUMS: [&str; 3] = ["x-amz-checksum-algorithm", "x-amz-checksum-mode", "x-amz-checksum-type"];

impl Checksum {
    /// The header that carries it.
    pub(super) fn header(self) -> &'static str {
        match self {
            Self::Crc32 => "x-amz-checksum-crc32",
            Self::Crc32c => "x-amz-checksum-crc32c",
            Self::Crc64Nvme => "x-amz-checksum-crc64nvme",
            Self::Sha256 => "x-amz-checksum-sha256",
            Self::Md5 => "content-md5",
        }
    }

    /// What AWS calls it in a refusal.
    fn name(self) -> &'static str {
        match self {
            Self::Crc32 => "CRC32",
            Self::Crc32c => "CRC32C",
            Self::Crc64Nvme => "CRC64NVME",
            Self::Sha256 => "SHA256",
            Self::Md5 => "Content-MD5",
        }
    }

    /// In base64, the highest byte first.
    pub(super) fn of(self, bytes: &[u8]) -> String {
        let crc = |algorithm| crc_fast::checksum(algorithm, bytes).to_be_bytes();
        match self {
            Self::Crc32 => BASE64_STANDARD.encode(&crc(CrcAlgorithm::Crc32IsoHdlc)[4..]),
            Self::Crc32c => BASE64_STANDARD.encode(&crc(CrcAlgorithm::Crc32Iscsi)[4..]),
            Self::Crc64Nvme => BASE64_STANDARD.encode(crc(CrcAlgorithm::Crc64Nvme)),
            Self::Sha256 => BASE64_STANDARD.encode(Sha256::digest(bytes)),
            Self::Md5 => BASE64_STANDARD.encode(Md5::digest(bytes)),
        }
    }
}

/// The headers that answer an upload: the checksums it claimed, which must be right, or the one S3 makes itself.
pub(super) fn verified(headers: &HeaderMap, bytes: &[u8]) -> Result<Vec<(&'static str, String)>, S3Error> {
    let is_unknown = |name: &&str| {
        name.starts_with("x-amz-checksum-")
            && !ABOUT_CHECKSUMS.contains(name)
            && ALL.iter().all(|checksum| checksum.header() != *name)
    };
    if headers.keys().any(|name| is_unknown(&name.as_str())) {
        return Err(S3Error::NotImplemented);
    }
    let mut answer = Vec::new();
    for checksum in ALL {
        let Some(claimed) = headers.get(checksum.header()) else { continue };
        let right = checksum.of(bytes);
        if length(claimed.as_bytes()) != length(right.as_bytes()) {
            return Err(S3Error::InvalidChecksum { header: checksum.header() });
        }
        if right.as_bytes() != claimed {
            return Err(S3Error::BadDigest { checksum: checksum.name() });
        }
        if checksum != Checksum::Md5 {
            answer.push((checksum.header(), right));
        }
    }
    if answer.is_empty() {
        answer.push((Checksum::Crc64Nvme.header(), Checksum::Crc64Nvme.of(bytes)));
    }
    Ok(answer)
}

/// Of what is spelled in base64, if it is.
fn length(base64: &[u8]) -> Option<usize> {
    BASE64_STANDARD.decode(base64).ok().map(|bytes| bytes.len())
}

#[cfg(test)]
mod tests {
    use super::Checksum;

    /// The values that every description of them gives for these nine digits.
    #[test]
    fn checksums_are_those_of_the_catalogue_in_base64() {
        assert_eq!(Checksum::Crc32.of(b"123456789"), "y/Q5Jg==");
        assert_eq!(Checksum::Crc32c.of(b"123456789"), "4waSgw==");
        assert_eq!(Checksum::Crc64Nvme.of(b"123456789"), "rosUhgp5mIg=");
        assert_eq!(Checksum::Md5.of(b"123456789"), "JfnnlDI7RTiF9RgfG2JNCw==");
    }
}
