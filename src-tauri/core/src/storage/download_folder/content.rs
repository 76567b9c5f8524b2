//! Whether a file's content comes to what was announced.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crc_fast::CrcAlgorithm;
use sha2::Digest as _;

use crate::app::error::{Cause, Error};
use crate::domain::download::{Digest, Kind};
use crate::storage::files;

const PIECE: usize = 1 << 20;

/// Reads the whole file.
///
/// # Errors
/// `Damaged` where it comes to something else; `Disk`.
pub(in crate::storage) fn check(path: &Path, announced: &Digest) -> Result<(), Error> {
    let failed = files::disk_error(path);
    let mut file = File::open(path).map_err(&failed)?;
    let mut sum = Sum::of(announced.kind);
    let mut piece = vec![0; PIECE];
    loop {
        match file.read(&mut piece).map_err(&failed)? {
            0 => break,
            read => sum.add(&piece[..read]),
        }
    }
    let found = sum.hex();
    if found == announced.hex {
        return Ok(());
    }
    let words = format!("{:?} is {found}, and {} was announced", announced.kind, announced.hex);
    Err(Error::detailed(Cause::Damaged, words))
}

enum Sum {
    Sha256(sha2::Sha256),
    Sha1(sha1::Sha1),
    Md5(md5::Md5),
    Crc(Box<crc_fast::Digest>, usize),
}

impl Sum {
    fn of(kind: Kind) -> Self {
        let crc = |algorithm, digits| Self::Crc(Box::new(crc_fast::Digest::new(algorithm)), digits);
        match kind {
            Kind::Sha256 => Self::Sha256(sha2::Sha256::new()),
            Kind::Sha1 => Self::Sha1(sha1::Sha1::new()),
            Kind::Md5 => Self::Md5(md5::Md5::new()),
            Kind::Crc64Nvme => crc(CrcAlgorithm::Crc64Nvme, 16),
            Kind::Crc32c => crc(CrcAlgorithm::Crc32Iscsi, 8),
            Kind::Crc32 => crc(CrcAlgorithm::Crc32IsoHdlc, 8),
        }
    }

    fn add(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha256(sum) => sum.update(bytes),
            Self::Sha1(sum) => sum.update(bytes),
            Self::Md5(sum) => sum.update(bytes),
            Self::Crc(sum, _) => sum.update(bytes),
        }
    }

    fn hex(self) -> String {
        match self {
            Self::Sha256(sum) => format!("{:x}", sum.finalize()),
            Self::Sha1(sum) => format!("{:x}", sum.finalize()),
            Self::Md5(sum) => format!("{:x}", sum.finalize()),
            Self::Crc(sum, digits) => format!("{:0digits$x}", sum.finalize()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Tested = Result<(), Box<dyn std::error::Error>>;

    #[test]
    fn every_algorithm_of_s3_comes_to_its_published_value() -> Tested {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("check");
        // The check value of each CRC (reveng's catalogue), and of the others (RFC 1321, FIPS 180-4) for the same text.
        std::fs::write(&path, "123456789")?;
        for (kind, hex) in [
            (Kind::Crc32, "cbf43926"),
            (Kind::Crc32c, "e3069283"),
            (Kind::Crc64Nvme, "ae8b14860a799888"),
            (Kind::Md5, "25f9e794323b453885f5181f1b624d0b"),
            (Kind::Sha1, "f7c3bc1d808e04732adf679965ccc34ca7ae3441"),
            (Kind::Sha256, "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"),
        ] {
            check(&path, &Digest { kind, hex: hex.to_owned() })?;
            let wrong = check(&path, &Digest { kind, hex: format!("0{}", &hex[1..]) });
            assert!(matches!(wrong, Err(Error { cause: Cause::Damaged, .. })), "{kind:?}");
        }
        Ok(())
    }
}
