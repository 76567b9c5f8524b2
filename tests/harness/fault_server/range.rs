//! Which part of a content a Range header asks for.
//!
//! Only `bytes=n-` and `bytes=n-m`, which a download uses; a server may pass over every other one, and this does.

use std::ops::Range;

/// What is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// These bytes.
    Some(Range<u64>),
    /// Nothing: it begins behind the end.
    Beyond,
}

/// Reads a Range header of a request for `size` bytes.
pub fn part(header: &str, size: u64) -> Part {
    let ends = header.strip_prefix("bytes=").and_then(|ends| ends.split_once('-'));
    let Some((first, last)) = ends else { return Part::Whole };
    let Ok(first) = first.parse::<u64>() else { return Part::Whole };
    let end = match last {
        "" => size,
        last => match last.parse::<u64>() {
            Ok(last) if last >= first => last.saturating_add(1).min(size),
            _ => return Part::Whole,
        },
    };
    if first >= size { Part::Beyond } else { Part::Some(first..end) }
}

/// Another part of it, which begins elsewhere.
pub fn other_than(part: Range<u64>, size: u64) -> Range<u64> {
    match part.start {
        0 => 1.min(size)..size,
        start => start - 1..part.end,
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, part};

    #[test]
    fn a_range_is_a_part_within_the_size() {
        assert_eq!(part("bytes=0-", 10), Part::Some(0..10));
        assert_eq!(part("bytes=4-5", 10), Part::Some(4..6));
        assert_eq!(part("bytes=4-99", 10), Part::Some(4..10));
        assert_eq!(part("bytes=4-18446744073709551615", 10), Part::Some(4..10));
        assert_eq!(part("bytes=10-", 10), Part::Beyond);
        assert_eq!(part("bytes=0-", 0), Part::Beyond);
    }

    #[test]
    fn what_is_no_range_or_more_than_one_is_passed_over() {
        for header in ["", "bytes", "bytes=-5", "bytes=5-4", "bytes=0-1,4-5", "lines=0-1"] {
            assert_eq!(part(header, 10), Part::Whole, "{header}");
        }
    }
}
