//! What a server says of a file before it sends it: its length, which version of it this is, and
//! what its content must come to.
//!
//! Sources: RFC 9110 (8.6, 8.8, 13.1.5, 14), "Checking object integrity" and "Object" (ETag) in the
//! Amazon S3 documentation.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

/// What a server says of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Announced {
    /// Its length in bytes; `None` where it is not said, or is that of a compressed form.
    pub length: Option<u64>,
    /// Which version of it this is, where that can be told for certain.
    pub version: Option<Version>,
    /// The server sends parts of it.
    pub accepts_ranges: bool,
    /// What its content must come to.
    pub digest: Option<Digest>,
    /// When it was last changed, on the server.
    pub modified: Option<Timestamp>,
}

/// Which version of a file this is: what `If-Range` takes (RFC 9110, 13.1.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Version {
    /// A strong entity tag, with its quotes.
    ETag(String),
    /// A date that tells versions apart, as the server wrote it.
    LastModified(String),
}

impl Version {
    /// As a header has it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::ETag(text) | Self::LastModified(text) => text,
        }
    }
}

/// What a file's content must come to, in lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// By which algorithm.
    pub kind: Kind,
    /// The value.
    pub hex: String,
}

/// The algorithms of S3, in the order in which one is preferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "their names say all")]
pub enum Kind {
    Sha256,
    Sha1,
    Crc64Nvme,
    Crc32c,
    Crc32,
    Md5,
}

/// S3's headers, and how many bytes each value has.
const CHECKSUMS: [(&str, Kind, usize); 5] = [
    ("x-amz-checksum-sha256", Kind::Sha256, 32),
    ("x-amz-checksum-sha1", Kind::Sha1, 20),
    ("x-amz-checksum-crc64nvme", Kind::Crc64Nvme, 8),
    ("x-amz-checksum-crc32c", Kind::Crc32c, 4),
    ("x-amz-checksum-crc32", Kind::Crc32, 4),
];

impl Announced {
    /// What the headers of a whole answer (200) say; `header` gives one by its lower-case name.
    #[must_use]
    pub fn read(header: impl Fn(&str) -> Option<String>) -> Self {
        let is_plain = header("content-encoding").is_none_or(|coding| coding.trim().eq_ignore_ascii_case("identity"));
        let modified = header("last-modified");
        if !is_plain {
            // Length, version and checksums are of what was sent, not of what comes out of it.
            return Self { modified: modified.as_deref().and_then(date), ..Self::default() };
        }
        Self {
            length: header("content-length").and_then(|length| length.trim().parse().ok()),
            version: version(&header),
            accepts_ranges: header("accept-ranges").is_some_and(|unit| unit.trim().eq_ignore_ascii_case("bytes")),
            digest: checksum(&header).or_else(|| md5(&header)),
            modified: modified.as_deref().and_then(date),
        }
    }
}

/// A date alone is strong enough where it is older than the answer: a second is HTTP's resolution.
fn version(header: impl Fn(&str) -> Option<String>) -> Option<Version> {
    if let Some(tag) = header("etag").map(|tag| tag.trim().to_owned()).filter(|tag| tag.starts_with('"')) {
        return Some(Version::ETag(tag));
    }
    let (modified, sent) = (header("last-modified")?, header("date")?);
    let age = date(&sent)?.duration_since(date(&modified)?);
    (age.as_secs() >= 1).then_some(Version::LastModified(modified))
}

/// One of the whole object; that of an object of parts is made of its parts' and cannot be checked.
fn checksum(header: impl Fn(&str) -> Option<String>) -> Option<Digest> {
    if header("x-amz-checksum-type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("composite")) {
        return None;
    }
    CHECKSUMS.into_iter().find_map(|(name, kind, length)| {
        let bytes = from_base64(header(name)?.trim())?;
        (bytes.len() == length).then(|| Digest { kind, hex: hex(&bytes) })
    })
}

/// The ETag of an object that was uploaded whole is its MD5, unless S3 encrypted it with a key of KMS's or the user's.
fn md5(header: impl Fn(&str) -> Option<String>) -> Option<Digest> {
    header("x-amz-request-id")?;
    let is_other = header("x-amz-server-side-encryption").is_some_and(|by| by.trim().starts_with("aws:kms"))
        || header("x-amz-server-side-encryption-customer-algorithm").is_some();
    let tag = header("etag")?;
    let hex = tag.trim().trim_matches('"').to_ascii_lowercase();
    let is_md5 = hex.len() == 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_md5 && !is_other).then_some(Digest { kind: Kind::Md5, hex })
}

fn date(text: &str) -> Option<Timestamp> {
    // HTTP's GMT is an obsolete zone of RFC 2822, which means UTC.
    DateTimeParser::new().parse_timestamp(text.trim()).ok()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// RFC 4648, with its padding.
fn from_base64(text: &str) -> Option<Vec<u8>> {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(headers: &[(&str, &str)]) -> Announced {
        Announced::read(|wanted| headers.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn a_plain_answer_of_s3_says_length_version_and_md5() {
        let said = read(&[
            ("content-length", "5"),
            ("etag", "\"5D41402ABC4B2A76B9719D911017C592\""),
            ("accept-ranges", "bytes"),
            ("last-modified", "Wed, 21 Oct 2015 07:28:00 GMT"),
            ("x-amz-request-id", "1"),
        ]);
        assert_eq!((said.length, said.accepts_ranges), (Some(5), true));
        assert_eq!(said.version, Some(Version::ETag("\"5D41402ABC4B2A76B9719D911017C592\"".to_owned())));
        let digest = said.digest.expect("an ETag of S3's that is an MD5");
        assert_eq!((digest.kind, digest.hex.as_str()), (Kind::Md5, "5d41402abc4b2a76b9719d911017c592"));
        assert_eq!(said.modified.map(|time| time.to_string()), Some("2015-10-21T07:28:00Z".to_owned()));
    }

    #[test]
    fn an_etag_that_is_no_md5_of_the_content_is_not_taken_for_one() {
        let tag = ("etag", "\"5d41402abc4b2a76b9719d911017c592\"");
        for others in [
            vec![],
            vec![("x-amz-request-id", "1"), ("x-amz-server-side-encryption", "aws:kms")],
            vec![("x-amz-request-id", "1"), ("x-amz-server-side-encryption-customer-algorithm", "AES256")],
        ] {
            assert_eq!(read(&[&[tag][..], &others].concat()).digest, None, "{others:?}");
        }
        let parts = [("etag", "\"5d41402abc4b2a76b9719d911017c592-3\""), ("x-amz-request-id", "1")];
        assert_eq!(read(&parts).digest, None);
    }

    #[test]
    fn a_checksum_of_s3_is_preferred_and_one_of_parts_left_alone() {
        let crc = ("x-amz-checksum-crc32", "NhCmhg==");
        assert_eq!(read(&[crc]).digest, Some(Digest { kind: Kind::Crc32, hex: "3610a686".to_owned() }));
        assert_eq!(read(&[crc, ("x-amz-checksum-type", "COMPOSITE")]).digest, None);
        for malformed in ["NhCmhg==-2", "NhCm", "?"] {
            assert_eq!(read(&[("x-amz-checksum-crc32", malformed)]).digest, None, "{malformed}");
        }
    }

    #[test]
    fn only_what_tells_versions_apart_is_a_version() {
        let modified = ("last-modified", "Wed, 21 Oct 2015 07:28:00 GMT");
        assert_eq!(read(&[("etag", "W/\"1\"")]).version, None);
        assert_eq!(read(&[modified]).version, None, "without a date nobody knows how old it is");
        assert_eq!(read(&[modified, ("date", "Wed, 21 Oct 2015 07:28:00 GMT")]).version, None);
        let older = read(&[modified, ("date", "Wed, 21 Oct 2015 07:28:01 GMT")]).version;
        assert_eq!(older, Some(Version::LastModified(modified.1.to_owned())));
    }

    #[test]
    fn of_a_compressed_answer_only_its_date_counts() {
        let said = read(&[
            ("content-encoding", "gzip"),
            ("content-length", "5"),
            ("etag", "\"1\""),
            ("accept-ranges", "bytes"),
            ("last-modified", "Wed, 21 Oct 2015 07:28:00 GMT"),
        ]);
        assert_eq!((said.length, said.version, said.digest, said.accepts_ranges), (None, None, None, false));
        assert!(said.modified.is_some());
    }
}
