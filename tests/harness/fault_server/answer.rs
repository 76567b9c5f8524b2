//! An answer in plain values, and what is answered to all requests but those for a content (`object`).
//!
//! Nothing is sent here (`delivery`).

use std::ops::Range;

use super::content::Source;
use super::head::Head;
use super::ledger::Ledger;
use super::object;
use super::request::Request;
use super::visit::Place;
use super::wish;

/// Everything that `delivery` needs to know.
#[derive(Debug)]
pub struct Answer {
    /// Status and headers; those of length and connection are added when it is sent.
    pub head: Head,
    /// What the body is taken from.
    pub source: Source,
    /// Which part of it.
    pub part: Range<u64>,
    /// Whether it comes in chunks.
    pub chunked: bool,
    /// How it is sent.
    pub course: Course,
}

/// How a body is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Course {
    /// As fast as it goes, to the end.
    Fine,
    /// So many bytes a second.
    Slow(u64),
    /// A reset after so many bytes.
    Reset(u64),
    /// Closed after so many bytes.
    Cut(u64),
    /// Nothing more after so many bytes.
    Hang(u64),
    /// Nothing at all, until the server ends.
    Mute,
    /// So many bytes before the gate of this key, the rest behind it.
    Gate(u64, String),
}

impl Answer {
    /// A head and a body in memory, as it should be.
    pub fn small(head: Head, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        let body: Vec<u8> = body.into();
        let part = 0..body.len() as u64;
        let head = head.with("Content-Type", kind);
        Self { head, source: Source::Held(body.into()), part, chunked: false, course: Course::Fine }
    }

    /// A status with a line of text.
    pub fn text(head: Head, words: impl Into<String>) -> Self {
        Self::small(head, "text/plain; charset=utf-8", words.into() + "\n")
    }

    /// A head alone.
    pub fn empty(head: Head) -> Self {
        let nothing = Source::Held(Vec::new().into());
        Self { head, source: nothing, part: 0..0, chunked: false, course: Course::Fine }
    }
}

/// What is answered to a request; it is written down on the way.
pub fn answer(request: &Request, place: &Place, ledger: &Ledger) -> Answer {
    let (path, query) = (request.path(), request.query());
    let key = wish::value(query, "key").unwrap_or_default();
    let is_content = path.starts_with("/get/");
    if is_content || path == "/page" {
        ledger.note(&key, request);
    }
    match request.method.as_str() {
        "GET" | "POST" if is_content => object::answer(request, place, ledger),
        "GET" if path == "/page" => page(query),
        "POST" if path == "/open" => {
            ledger.open(&key);
            Answer::empty(Head::new(204))
        }
        "GET" | "POST" => Answer::text(Head::new(404), "nothing is here"),
        _ => refused("GET, POST", request),
    }
}

/// 405, with a body only where one may be.
pub fn refused(allowed: &str, request: &Request) -> Answer {
    let head = Head::new(405).with("Allow", allowed);
    match request.method.as_str() {
        "HEAD" => Answer::empty(head),
        method => Answer::text(head, format!("not by {method}")),
    }
}

fn page(query: &str) -> Answer {
    let body = wish::value(query, "body").unwrap_or_default();
    let page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Downloads</title></head>\
         <body>{body}</body></html>\n"
    );
    Answer::small(Head::new(200), "text/html; charset=utf-8", page)
}
