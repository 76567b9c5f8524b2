//! What an address asks of the server, read from its query.
//!
//! Nothing is answered here. A name or value that nobody understands is refused, so that a test with a typing error
//! does not pass by downloading something else.

use percent_encoding::percent_decode_str;

use super::content::Content;
use super::digest::Checksum;
use super::fault::Fault;

/// What memory may hold of gzip, in bytes of the content.
const GZIP_LIMIT: u64 = 10 * 1024 * 1024;

/// Why an address is refused.
#[derive(Debug, thiserror::Error)]
pub enum WishError {
    /// A name that means nothing.
    #[error("nothing is called {0}")]
    Name(String),
    /// A value that means nothing.
    #[error("{name} cannot be {value}")]
    Value {
        /// The parameter.
        name: String,
        /// Its value, as it stands in the address.
        value: String,
    },
    /// A content that must be in memory is too large for it.
    #[error("gzip is for at most {GZIP_LIMIT} bytes")]
    TooLargeForGzip,
}

/// What tells one version of a content from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Etag {
    /// Good for If-Range.
    Strong,
    /// Not good for If-Range.
    Weak,
    /// S3's, of an object that was not sent in parts.
    Md5,
    /// No ETag.
    None,
}

/// A query, understood.
#[derive(Debug)]
pub struct Wish {
    /// What to send.
    pub content: Content,
    /// Under which name the request counts.
    pub key: String,
    /// The bytes of Content-Disposition.
    pub disposition: Option<Vec<u8>>,
    /// The bytes of Content-Type.
    pub content_type: Vec<u8>,
    /// Which ETag.
    pub etag: Etag,
    /// Whether there is a Last-Modified.
    pub modified: bool,
    /// Whether Range is looked at.
    pub ranges: bool,
    /// Which checksum.
    pub checksum: Option<Checksum>,
    /// Whether it comes in chunks.
    pub chunked: bool,
    /// Whether it is stored as gzip.
    pub gzip: bool,
    /// The cookie that opens it.
    pub cookie: Option<String>,
    /// Redirects before it.
    pub redirect: u64,
    /// Whether GET is refused.
    pub post: bool,
    fault: Option<Fault>,
    faults: Option<u64>,
    after: u64,
    busy: Option<u64>,
}

impl Wish {
    /// Reads all of a query.
    ///
    /// # Errors
    /// [`WishError`] for the first thing that means nothing.
    pub fn read(query: &str) -> Result<Self, WishError> {
        let mut wish = Self::nothing();
        for (name, value) in pairs(query).filter(|(name, _)| !name.contains('-')) {
            wish.take(name, value)?;
        }
        if wish.gzip && wish.content.size > GZIP_LIMIT {
            return Err(WishError::TooLargeForGzip);
        }
        Ok(wish)
    }

    fn nothing() -> Self {
        Self {
            content: Content { size: 0, seed: 0 },
            key: String::new(),
            disposition: None,
            content_type: b"application/octet-stream".to_vec(),
            etag: Etag::Strong,
            modified: true,
            ranges: true,
            checksum: None,
            chunked: false,
            gzip: false,
            cookie: None,
            redirect: 0,
            post: false,
            fault: None,
            faults: None,
            after: 0,
            busy: None,
        }
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), WishError> {
        let bytes = decoded(value);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let wrong = || WishError::Value { name: name.to_owned(), value: value.to_owned() };
        let number = || text.parse::<u64>().map_err(|_| wrong());
        let flag = || match text.as_str() {
            "1" => Ok(true),
            "0" => Ok(false),
            _ => Err(wrong()),
        };
        let is_line = !bytes.iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0));
        match name {
            "size" => self.content.size = number()?,
            "seed" => self.content.seed = number()?,
            "key" => self.key = text,
            "disposition" if is_line => self.disposition = Some(bytes),
            "type" if is_line => self.content_type = bytes,
            "etag" => self.etag = etag(&text).ok_or_else(wrong)?,
            "modified" => self.modified = flag()?,
            "ranges" => self.ranges = flag()?,
            "checksum" => self.checksum = Some(Checksum::named(&text).ok_or_else(wrong)?),
            "chunked" => self.chunked = flag()?,
            "gzip" => self.gzip = flag()?,
            "cookie" => self.cookie = Some(text),
            "redirect" => self.redirect = number()?,
            "post" => self.post = flag()?,
            "fault" => self.fault = Some(Fault::read(&text).ok_or_else(wrong)?),
            "faults" => self.faults = Some(number()?),
            "after" => self.after = number()?,
            "busy" => self.busy = Some(number()?),
            "disposition" | "type" => return Err(wrong()),
            _ => return Err(WishError::Name(name.to_owned())),
        }
        Ok(())
    }

    /// What goes wrong in the request of this number, counted from 1.
    pub fn fault_in(&self, number: u64) -> Option<Fault> {
        if self.busy == Some(number) {
            return Some(Fault::Status(503));
        }
        let is_meant = |fault: &Fault| {
            let has_begun = *fault != Fault::Etag || number > 1;
            let meant = number.checked_sub(self.after).filter(|number| *number > 0);
            has_begun && meant.is_some_and(|number| self.faults.is_none_or(|faults| number <= faults))
        };
        self.fault.filter(is_meant)
    }
}

fn etag(name: &str) -> Option<Etag> {
    match name {
        "strong" => Some(Etag::Strong),
        "weak" => Some(Etag::Weak),
        "md5" => Some(Etag::Md5),
        "none" => Some(Etag::None),
        _ => None,
    }
}

/// The bytes behind percent signs.
pub fn decoded(value: &str) -> Vec<u8> {
    percent_decode_str(value).collect()
}

/// The value of one name, decoded.
pub fn value(query: &str, wanted: &str) -> Option<String> {
    let found = pairs(query).find(|(name, _)| *name == wanted);
    found.map(|(_, value)| String::from_utf8_lossy(&decoded(value)).into_owned())
}

/// The same query with another value of one name.
pub fn with(query: &str, wanted: &str, new: u64) -> String {
    let parts = pairs(query).map(|(name, value)| match name {
        name if name == wanted => format!("{name}={new}"),
        name => format!("{name}={value}"),
    });
    parts.collect::<Vec<_>>().join("&")
}

/// Names and values as they stand in the address.
fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts.map(|part| part.split_once('=').unwrap_or((part, "")))
}

#[cfg(test)]
mod tests {
    use super::{Wish, value, with};
    use crate::fault_server::fault::Fault;

    #[test]
    fn a_typing_error_is_refused_and_s3_s_own_names_are_not() {
        assert!(Wish::read("sise=1").is_err());
        assert!(Wish::read("fault=slow").is_err());
        assert!(Wish::read("fault=slow:0").is_err());
        assert!(Wish::read("chunked=yes").is_err());
        assert!(Wish::read("disposition=a%0D%0Ab").is_err());
        assert!(Wish::read("gzip=1&size=11000000").is_err());
        assert!(Wish::read("size=1&X-Amz-Expires=300&response-content-type=a").is_ok());
    }

    #[test]
    fn faults_are_counted_and_another_version_is_none_in_the_first_request() {
        let fault = |query: &str, number| Wish::read(query).ok().and_then(|wish| wish.fault_in(number));
        assert_eq!(fault("fault=hang:7", 99), Some(Fault::Hang(7)));
        assert_eq!(fault("fault=hang:7&faults=2", 2), Some(Fault::Hang(7)));
        assert_eq!(fault("fault=hang:7&faults=2", 3), None);
        let numbers = (1..5).filter(|number| fault("fault=mute&after=1&faults=2", *number).is_some());
        assert_eq!(numbers.collect::<Vec<_>>(), [2, 3]);
        assert_eq!(fault("fault=hang:7&busy=2", 1), Some(Fault::Hang(7)));
        assert_eq!(fault("fault=hang:7&busy=2", 2), Some(Fault::Status(503)));
        assert_eq!(fault("fault=etag", 1), None);
        assert_eq!(fault("fault=etag", 2), Some(Fault::Etag));
    }

    #[test]
    fn a_query_is_read_and_changed_as_it_is_spelled() {
        assert_eq!(value("a=1&key=%E3%81%82+b", "key").as_deref(), Some("あ+b"));
        assert_eq!(with("a=%2F&redirect=2&b=", "redirect", 1), "a=%2F&redirect=1&b=");
    }
}
