//! What can go wrong, one line of an address each.
//!
//! Names and numbers only; `object` and `delivery` do it.

/// A fault of one answer. Numbers count bytes of this answer's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// So many bytes a second.
    Slow(u64),
    /// A reset after so many.
    Reset(u64),
    /// Closed after so many, though a length was told.
    Short(u64),
    /// Closed after so many, without the last chunk.
    Truncate(u64),
    /// This status.
    Status(u16),
    /// S3's answer to an expired address.
    Expired,
    /// Another content from the second request on.
    Etag,
    /// A redirect to itself.
    Loop,
    /// Nothing more after so many.
    Hang(u64),
    /// Another part than the one that was asked for.
    WrongRange,
    /// The rest after so many when the gate opens.
    Gate(u64),
    /// No answer at all.
    Mute,
}

impl Fault {
    /// Reads `KIND` or `KIND:NUMBER`.
    pub fn read(text: &str) -> Option<Self> {
        let (kind, number) = match text.split_once(':') {
            Some((kind, number)) => (kind, Some(number.parse::<u64>().ok()?)),
            None => (text, None),
        };
        match (kind, number) {
            ("slow", Some(rate)) => (rate > 0).then_some(Self::Slow(rate)),
            ("reset", Some(after)) => Some(Self::Reset(after)),
            ("short", Some(after)) => Some(Self::Short(after)),
            ("truncate", Some(after)) => Some(Self::Truncate(after)),
            ("status", Some(code)) => {
                u16::try_from(code).ok().filter(|code| (200..600).contains(code)).map(Self::Status)
            }
            ("hang", Some(after)) => Some(Self::Hang(after)),
            ("gate", Some(after)) => Some(Self::Gate(after)),
            ("expired", None) => Some(Self::Expired),
            ("etag", None) => Some(Self::Etag),
            ("loop", None) => Some(Self::Loop),
            ("wrong-range", None) => Some(Self::WrongRange),
            ("mute", None) => Some(Self::Mute),
            _ => None,
        }
    }
}
