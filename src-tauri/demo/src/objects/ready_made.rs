//! The objects that every bucket has from the start: their names, and bytes that are the same at every start.
//! It is not what was uploaded. It grows with a kind of object that a download must be tried on.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{HeaderMap, HeaderValue, header};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{Listed, Object};

const MIB: usize = 1024 * 1024;

/// Makes objects when they are first asked for, and keeps them.
#[derive(Debug)]
pub(super) struct ReadyMade {
    large_bytes: usize,
    made: Mutex<HashMap<String, Arc<Object>>>,
}

struct Kind {
    key: &'static str,
    content_type: &'static str,
    modified: &'static str,
    content: Content,
}

#[derive(Clone, Copy)]
enum Content {
    Costs { lines: usize },
    Random { bytes: usize },
    Large,
    Empty,
}

const KINDS: [Kind; 5] = [
    Kind {
        key: "reports/2026-10.csv",
        content_type: "text/csv",
        modified: "2026-11-01T02:14:09Z",
        content: Content::Costs { lines: 31 },
    },
    Kind {
        key: "売上 2026-10.csv",
        content_type: "text/csv",
        modified: "2026-11-01T02:15:40Z",
        content: Content::Costs { lines: 62 },
    },
    Kind {
        key: "logs.tar.gz",
        content_type: "application/gzip",
        modified: "2026-11-14T23:59:58Z",
        content: Content::Random { bytes: 2 * MIB },
    },
    Kind {
        key: "large.bin",
        content_type: "application/octet-stream",
        modified: "2026-11-12T08:30:00Z",
        content: Content::Large,
    },
    Kind { key: "empty.txt", content_type: "text/plain", modified: "2026-09-30T16:05:21Z", content: Content::Empty },
];

impl ReadyMade {
    pub(super) fn new(large_mib: usize) -> Self {
        Self { large_bytes: large_mib * MIB, made: Mutex::default() }
    }

    /// In an order of their own, without making any.
    pub(super) fn list(&self, bucket: &str) -> impl Iterator<Item = Listed> {
        KINDS.iter().map(|kind| Listed {
            key: kind.key.to_owned(),
            size: self.size(bucket, kind),
            last_modified: kind.modified.to_owned(),
            storage_class: "Standard",
        })
    }

    pub(super) fn keys() -> impl Iterator<Item = &'static str> {
        KINDS.iter().map(|kind| kind.key)
    }

    pub(super) fn get(&self, bucket: &str, key: &str) -> Option<Arc<Object>> {
        let kind = KINDS.iter().find(|kind| kind.key == key)?;
        let name = format!("{bucket}/{key}");
        let made = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(object) = made().get(&name) {
            return Some(Arc::clone(object));
        }
        let metadata = [(header::CONTENT_TYPE, HeaderValue::from_static(kind.content_type))];
        let last_modified = kind.modified.parse().unwrap_or(Timestamp::UNIX_EPOCH);
        let bytes = self.bytes(bucket, kind).into();
        let object = Arc::new(Object::new(bytes, HeaderMap::from_iter(metadata), last_modified));
        made().insert(name, Arc::clone(&object));
        Some(object)
    }

    fn size(&self, bucket: &str, kind: &Kind) -> usize {
        match kind.content {
            Content::Costs { .. } => self.bytes(bucket, kind).len(),
            Content::Random { bytes } => bytes,
            Content::Large => self.large_bytes,
            Content::Empty => 0,
        }
    }

    fn bytes(&self, bucket: &str, kind: &Kind) -> Vec<u8> {
        let seed = seed(&format!("{bucket}/{}", kind.key));
        match kind.content {
            Content::Costs { lines } => costs(bucket, lines, seed),
            Content::Random { bytes } => random_bytes(bytes, seed),
            Content::Large => random_bytes(self.large_bytes, seed),
            Content::Empty => Vec::new(),
        }
    }
}

fn costs(bucket: &str, lines: usize, seed: u64) -> Vec<u8> {
    const SERVICES: [&str; 4] = ["AmazonEC2", "AmazonS3", "AWSLambda", "AmazonRDS"];
    let mut state = seed;
    let mut text = format!("# {bucket}\nday,service,usage_hours,cost_usd\n");
    for line in 0..lines {
        let value = next(&mut state);
        let day = line % 31 + 1;
        let service = SERVICES[(value % 4) as usize];
        let (hours, cents) = (value >> 8 & 0x3ff, value >> 20 & 0xffff);
        text.push_str(&format!("2026-10-{day:02},{service},{hours},{}.{:02}\n", cents / 100, cents % 100));
    }
    text.into_bytes()
}

fn random_bytes(length: usize, seed: u64) -> Vec<u8> {
    let mut state = seed;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        bytes.extend_from_slice(&next(&mut state).to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

fn seed(name: &str) -> u64 {
    let digest = Sha256::digest(name);
    digest.iter().take(8).fold(0, |seed, byte| seed << 8 | u64::from(*byte))
}

/// SplitMix64: small, and the same on every machine.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut value = *state;
    value = (value ^ value >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ value >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ value >> 31
}
