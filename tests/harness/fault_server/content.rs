//! What the server gives away: bytes that look random, known from their size and seed, made from any place on.
//!
//! A piece is copied out of a pool of noise and stamped with its number, so that a debug build makes gigabytes a
//! second too, and no piece can be taken for another. It is noise for tests, and no source of chance.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::digest;

/// Content is made and written in pieces of so many bytes.
pub const PIECE: u64 = 64 * 1024;

/// Where a piece may begin in the pool.
const POOL: u64 = 1024 * 1024;

/// Bytes at the start of a piece that no other piece has.
const STAMP: usize = 16;

/// The content of this size and seed, in pieces, the last one shorter.
pub fn content(size: u64, seed: u64) -> impl Iterator<Item = Vec<u8>> {
    content_from(size, seed, 0)
}

/// The same from this offset on; the first piece is shorter where it begins within one.
pub fn content_from(size: u64, seed: u64, offset: u64) -> impl Iterator<Item = Vec<u8>> {
    Source::Made(Content { size, seed }).pieces(offset)
}

/// The SHA-256 of this content, in hexadecimal digits.
pub fn sha256(size: u64, seed: u64) -> String {
    hex::encode(digest::sha256(content(size, seed)))
}

/// A content by what it is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Content {
    /// Bytes.
    pub size: u64,
    /// Which of all contents of this size.
    pub seed: u64,
}

impl Content {
    fn append(self, span: Range<u64>, out: &mut Vec<u8>) {
        let mut at = span.start;
        while at < span.end {
            let number = at / PIECE;
            let start = number * PIECE;
            let end = span.end.min(start + PIECE);
            self.append_piece(number, (at - start) as usize..(end - start) as usize, out);
            at = end;
        }
    }

    fn append_piece(self, number: u64, span: Range<usize>, out: &mut Vec<u8>) {
        let first = mixed(mixed(self.seed).wrapping_add(number));
        let second = mixed(first);
        let place = (second % POOL) as usize;
        let begin = out.len();
        out.extend_from_slice(&pool()[place + span.start..place + span.end]);
        let mut stamp = [0; STAMP];
        stamp[..8].copy_from_slice(&first.to_le_bytes());
        stamp[8..].copy_from_slice(&second.to_le_bytes());
        let stamped = span.start.min(STAMP)..span.end.min(STAMP);
        let length = stamped.len();
        out[begin..begin + length].copy_from_slice(&stamp[stamped]);
    }
}

/// What is sent: a content, or bytes that were made of one.
#[derive(Clone, Debug)]
pub enum Source {
    /// A content, made on the way.
    Made(Content),
    /// Bytes in memory.
    Held(Arc<[u8]>),
}

impl Source {
    /// Bytes.
    pub fn size(&self) -> u64 {
        match self {
            Self::Made(content) => content.size,
            Self::Held(bytes) => bytes.len() as u64,
        }
    }

    /// Appends the bytes of `span`, which lies within it.
    pub fn append(&self, span: Range<u64>, out: &mut Vec<u8>) {
        match self {
            Self::Made(content) => content.append(span, out),
            Self::Held(bytes) => out.extend_from_slice(&bytes[span.start as usize..span.end as usize]),
        }
    }

    /// All of it from `offset` on.
    pub fn pieces(self, offset: u64) -> impl Iterator<Item = Vec<u8>> {
        spans(offset..self.size()).map(move |span| {
            let mut piece = Vec::with_capacity(PIECE as usize);
            self.append(span, &mut piece);
            piece
        })
    }
}

/// `span` cut where pieces begin.
pub fn spans(span: Range<u64>) -> impl Iterator<Item = Range<u64>> {
    let mut at = span.start;
    std::iter::from_fn(move || {
        let start = at;
        at = span.end.min((start / PIECE + 1) * PIECE);
        (start < span.end).then_some(start..at)
    })
}

fn pool() -> &'static [u8] {
    static NOISE: OnceLock<Vec<u8>> = OnceLock::new();
    NOISE.get_or_init(|| (0..(POOL + PIECE) / 8).flat_map(|word| mixed(word).to_le_bytes()).collect())
}

/// A step of splitmix64.
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}
