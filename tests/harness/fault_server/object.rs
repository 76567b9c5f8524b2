//! What is answered to a request for a content: right, or wrong as its address says.
//!
//! Decided here, in plain values; done in `delivery`.

use std::io::{self, Read as _};

use flate2::Compression;
use flate2::read::GzEncoder;

use super::answer::{Answer, Course, refused};
use super::content::{Content, Source};
use super::digest::{self, Checksum};
use super::fault::Fault;
use super::head::Head;
use super::ledger::Ledger;
use super::range::{self, Part};
use super::request::Request;
use super::visit::Place;
use super::wish::{self, Etag, Wish};

/// When a content was last changed, and when it was before that.
const MODIFIED: [&str; 2] = ["Thu, 02 May 2024 10:00:00 GMT", "Wed, 01 May 2024 10:00:00 GMT"];

const EXPIRED: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>AccessDenied</Code><Message>Request has expired</Message><X-Amz-Expires>300</X-Amz-Expires><Expires>2024-05-01T10:05:00Z</Expires><ServerTime>2024-05-01T10:05:01Z</ServerTime><RequestId>7Q3ZX0EXAMPLE0ID</RequestId><HostId>exampleHostId=</HostId></Error>"#;

/// Right, wrong, or refused.
pub fn answer(request: &Request, place: &Place, ledger: &Ledger) -> Answer {
    let wish = match Wish::read(request.query()) {
        Ok(wish) => wish,
        Err(error) => return Answer::text(Head::new(400), error.to_string()),
    };
    if wish.post && request.method != "POST" {
        return refused("POST", request);
    }
    if let Some(left) = wish.redirect.checked_sub(1) {
        let query = wish::with(request.query(), "redirect", left);
        let origin = place.other_origin(request.header("host"));
        return redirect(&format!("{origin}{}?{query}", request.path()));
    }
    if wish.cookie.as_deref().is_some_and(|cookie| !request.has_cookie(cookie)) {
        return Answer::text(Head::new(403), "the cookie is missing");
    }
    let fault = wish.fault_in(ledger.count(&wish.key));
    match fault {
        Some(Fault::Status(code)) => status(code),
        Some(Fault::Expired) => expired(),
        Some(Fault::Loop) => redirect(&request.target),
        _ => Object::new(&wish, fault, ledger).map_or_else(
            |error| Answer::text(Head::new(500), error.to_string()),
            |object| object.answer(request, &wish, fault),
        ),
    }
}

fn redirect(location: &str) -> Answer {
    Answer::text(Head::new(302).with("Location", location), "elsewhere")
}

fn status(code: u16) -> Answer {
    let retry = matches!(code, 429 | 503).then_some("1");
    let head = Head::new(code).with_some("Retry-After", retry);
    match code {
        204 | 304 => Answer::empty(head),
        code => Answer::text(head, format!("{code}, as told")),
    }
}

fn expired() -> Answer {
    let head = Head::new(403).with("x-amz-request-id", "7Q3ZX0EXAMPLE0ID").with("x-amz-id-2", "exampleHostId=");
    Answer::small(head.with("Server", "AmazonS3"), "application/xml", EXPIRED)
}

/// A stored content with what its headers say of it.
struct Object {
    source: Source,
    etag: Option<String>,
    modified: Option<&'static str>,
    checksum: Option<(Checksum, String)>,
}

impl Object {
    fn new(wish: &Wish, fault: Option<Fault>, ledger: &Ledger) -> io::Result<Self> {
        let has_changed = fault == Some(Fault::Etag);
        let seed = wish.content.seed.wrapping_add(u64::from(has_changed));
        let content = Content { seed, ..wish.content };
        let source = if wish.gzip { zipped(content)? } else { Source::Made(content) };
        // Of gzip it is made anew each time: that is small, and not the content's own.
        let once = |name, make: &dyn Fn() -> String| match source {
            Source::Made(content) => ledger.digest(name, content, make),
            Source::Held(_) => make(),
        };
        let name = format!("\"content-{seed}-{}\"", content.size);
        let etag = match wish.etag {
            Etag::Strong => Some(name),
            Etag::Weak => Some(format!("W/{name}")),
            Etag::Md5 => Some(format!("\"{}\"", once("md5", &|| digest::md5(source.clone().pieces(0))))),
            Etag::None => None,
        };
        let checksum = wish.checksum.map(|checksum| {
            let value = match checksum {
                Checksum::Wrong => checksum.of(std::iter::empty()),
                _ => once(checksum.header(), &|| checksum.of(source.clone().pieces(0))),
            };
            (checksum, value)
        });
        let modified = wish.modified.then_some(MODIFIED[usize::from(!has_changed)]);
        Ok(Self { etag, checksum, modified, source })
    }

    fn answer(self, request: &Request, wish: &Wish, fault: Option<Fault>) -> Answer {
        let size = self.source.size();
        let part = match self.asked(request, wish) {
            Part::Beyond => {
                let head = Head::new(416).with("Content-Range", format!("bytes */{size}"));
                return Answer::text(head, "it is shorter");
            }
            Part::Some(part) if fault == Some(Fault::WrongRange) => Part::Some(range::other_than(part, size)),
            part => part,
        };
        let (status, part, told) = match part {
            Part::Some(part) => {
                let told = format!("bytes {}-{}/{size}", part.start, part.end.saturating_sub(1));
                (206, part, Some(told))
            }
            _ => (200, 0..size, None),
        };
        let head = Head::new(status)
            .with("Content-Type", wish.content_type.clone())
            .with_some("Content-Disposition", wish.disposition.clone())
            .with_some("Content-Encoding", wish.gzip.then_some("gzip"))
            .with_some("Content-Range", told)
            .with_some("Accept-Ranges", wish.ranges.then_some("bytes"))
            .with_some("ETag", self.etag)
            .with_some("Last-Modified", self.modified);
        let head = match self.checksum {
            Some((checksum, value)) => head.with(checksum.header(), value),
            None => head,
        };
        let (course, chunked) = course(fault, wish);
        Answer { head, source: self.source, part, chunked, course }
    }

    /// Which part a request asks for, if that is still the same content.
    fn asked(&self, request: &Request, wish: &Wish) -> Part {
        let header = request.header("range").filter(|_| wish.ranges);
        let Some(header) = header else { return Part::Whole };
        let is_same = request.header("if-range").is_none_or(|known| {
            let etag = self.etag.as_deref().filter(|etag| !etag.starts_with("W/"));
            etag == Some(known) || self.modified == Some(known)
        });
        if is_same { range::part(header, self.source.size()) } else { Part::Whole }
    }
}

/// How it is sent, and whether in chunks.
fn course(fault: Option<Fault>, wish: &Wish) -> (Course, bool) {
    match fault {
        Some(Fault::Slow(rate)) => (Course::Slow(rate), wish.chunked),
        Some(Fault::Reset(after)) => (Course::Reset(after), wish.chunked),
        Some(Fault::Short(after)) => (Course::Cut(after), false),
        Some(Fault::Truncate(after)) => (Course::Cut(after), true),
        Some(Fault::Mute) => (Course::Mute, wish.chunked),
        Some(Fault::Hang(after)) => (Course::Hang(after), wish.chunked),
        Some(Fault::Gate(after)) => (Course::Gate(after, wish.key.clone()), wish.chunked),
        Some(Fault::Status(_) | Fault::Expired | Fault::Etag | Fault::Loop | Fault::WrongRange) | None => {
            (Course::Fine, wish.chunked)
        }
    }
}

fn zipped(content: Content) -> io::Result<Source> {
    let mut bytes = Vec::new();
    Source::Made(content).append(0..content.size, &mut bytes);
    let mut zipped = Vec::new();
    GzEncoder::new(bytes.as_slice(), Compression::fast()).read_to_end(&mut zipped)?;
    Ok(Source::Held(zipped.into()))
}
