//! `Range` and `If-Range`, for one range, as S3 has it.
//! It is pure. It grows never: several ranges in one request are answered whole, as S3 does.

use std::ops::Range;

use axum::http::{HeaderMap, header};

/// A range as asked for, before the size is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    From { first: u64, last: Option<u64> },
    Last(u64),
}

/// The range to answer with, unless there is none or the object changed since.
pub(super) fn requested(headers: &HeaderMap, etag: &str, last_modified: &str) -> Option<Asked> {
    let text = |name| headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    if text(header::IF_RANGE).is_some_and(|condition| condition != etag && condition != last_modified) {
        return None;
    }
    let (first, last) = text(header::RANGE)?.strip_prefix("bytes=")?.split_once('-')?;
    if first.is_empty() {
        return last.parse().ok().map(Asked::Last);
    }
    let first = first.parse().ok()?;
    if last.is_empty() {
        return Some(Asked::From { first, last: None });
    }
    let last = last.parse().ok().filter(|last| *last >= first)?;
    Some(Asked::From { first, last: Some(last) })
}

impl Asked {
    /// The bytes meant in an object of this size; none when there are none.
    pub(super) fn within(self, size: u64) -> Option<Range<u64>> {
        let range = match self {
            Self::From { first, last } => first..last.map_or(size, |last| size.min(last.saturating_add(1))),
            Self::Last(count) => size.saturating_sub(count)..size,
        };
        (range.start < range.end).then_some(range)
    }
}

#[cfg(test)]
mod tests {
    use super::Asked;

    #[test]
    fn a_range_past_the_end_is_cut_to_the_object() {
        assert_eq!(Asked::From { first: 5, last: Some(99) }.within(10), Some(5..10));
        assert_eq!(Asked::Last(99).within(10), Some(0..10));
    }

    #[test]
    fn a_range_that_starts_after_the_object_holds_nothing() {
        assert_eq!(Asked::From { first: 10, last: None }.within(10), None);
        assert_eq!(Asked::Last(0).within(10), None);
    }
}
