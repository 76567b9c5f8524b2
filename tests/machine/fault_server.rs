//! The server of faults: right where nothing is said, and wrong as it is told.

mod client;

use std::io::Read as _;
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use client::{End, Visit, get};
use flate2::read::GzDecoder;
use rustls::{CertificateError, ClientConfig, ClientConnection, RootCertStore, Stream};
use sha2::{Digest as _, Sha256};
use sidelight_tests::fault_server::{FaultServer, content, content_from, sha256};
use sidelight_tests::{HarnessError, Outcome, http};

fn whole(size: u64, seed: u64) -> Vec<u8> {
    content(size, seed).flatten().collect()
}

fn address(server: &FaultServer, query: &str) -> String {
    format!("{}/get/file.bin?{query}", server.origin())
}

#[test]
fn a_content_is_the_same_from_any_place_on() {
    let all = whole(200_000, 7);
    assert_eq!(all.len(), 200_000);
    for offset in [0, 1, 15, 65_535, 65_536, 65_540, 131_080, 199_999, 200_000, 200_001] {
        let rest: Vec<u8> = content_from(200_000, 7, offset as u64).flatten().collect();
        assert_eq!(rest, all[offset.min(200_000)..], "{offset}");
    }
    assert_ne!(all, whole(200_000, 8));
    assert_eq!(sha256(200_000, 7), hex::encode(Sha256::digest(&all)));
    let far = content_from(50_000_000_000, 7, 49_999_999_990).flatten().count();
    assert_eq!(far, 10);
}

#[test]
fn an_answer_is_right_where_nothing_is_said() -> Outcome {
    let server = FaultServer::start()?;
    let headers = "Cookie: a=1; b=2\r\nAccept-Encoding: identity\r\n";
    let got = get(&address(&server, "size=1000000&seed=3&key=right"), headers)?;
    assert_eq!((got.status(), got.end), (200, End::Closed));
    assert_eq!(got.body, whole(1_000_000, 3));
    assert_eq!(got.header("Content-Length"), Some("1000000"));
    assert_eq!(got.header("Content-Type"), Some("application/octet-stream"));
    assert_eq!(got.header("Accept-Ranges"), Some("bytes"));
    assert_eq!(got.header("Connection"), Some("close"));
    assert!(got.header("ETag").is_some_and(|etag| etag.starts_with('"')));
    assert!(got.header("Date").is_some_and(|date| date.ends_with(" GMT")));
    assert!(got.header("Last-Modified").is_some());
    let seen = server.requests("right");
    assert_eq!(seen.len(), 1);
    assert_eq!((seen[0].method.as_str(), seen[0].range.as_deref()), ("GET", None));
    assert_eq!(seen[0].cookie.as_deref(), Some("a=1; b=2"));
    assert_eq!(seen[0].accept_encoding.as_deref(), Some("identity"));
    assert!(server.requests("wrong").is_empty());
    Ok(())
}

#[test]
fn a_name_comes_with_the_bytes_that_the_address_gives() -> Outcome {
    let server = FaultServer::start()?;
    let query = "size=1&disposition=attachment;%20filename=%82%a0.txt&type=text/x%2Bodd&etag=none&modified=0";
    let got = get(&address(&server, query), "")?;
    assert_eq!(got.bytes_of("Content-Disposition"), Some(b"attachment; filename=\x82\xa0.txt".as_slice()));
    assert_eq!(got.header("Content-Type"), Some("text/x+odd"));
    assert_eq!((got.header("ETag"), got.header("Last-Modified")), (None, None));
    assert_eq!(get(&address(&server, "sise=1"), "")?.status(), 400);
    Ok(())
}

#[test]
fn a_part_is_given_while_the_content_is_the_same() -> Outcome {
    let server = FaultServer::start()?;
    let url = address(&server, "size=300000&key=part");
    let first = get(&url, "")?;
    let etag = first.header("ETag").unwrap_or_default();
    let modified = first.header("Last-Modified").unwrap_or_default();
    for same in [etag, modified] {
        let rest = get(&url, &format!("Range: bytes=100000-\r\nIf-Range: {same}\r\n"))?;
        assert_eq!((rest.status(), rest.header("Content-Range")), (206, Some("bytes 100000-299999/300000")));
        assert_eq!(rest.header("Content-Length"), Some("200000"));
        assert_eq!(rest.body, first.body[100_000..]);
    }
    let few = get(&url, "Range: bytes=65530-65540\r\n")?;
    assert_eq!((few.header("Content-Range"), few.body.len()), (Some("bytes 65530-65540/300000"), 11));
    let other = get(&url, "Range: bytes=1-\r\nIf-Range: \"other\"\r\n")?;
    assert_eq!((other.status(), other.body.len()), (200, 300_000));
    let beyond = get(&url, "Range: bytes=300000-\r\n")?;
    assert_eq!((beyond.status(), beyond.header("Content-Range")), (416, Some("bytes */300000")));
    assert_eq!(server.requests("part")[1].if_range.as_deref(), Some(etag));

    let deaf = get(&address(&server, "size=9&ranges=0"), "Range: bytes=1-\r\n")?;
    assert_eq!((deaf.status(), deaf.header("Accept-Ranges"), deaf.body.len()), (200, None, 9));
    let weak = address(&server, "size=9&etag=weak&modified=0");
    let known = get(&weak, "")?.header("ETag").unwrap_or_default().to_owned();
    assert!(known.starts_with("W/\""));
    assert_eq!(get(&weak, &format!("Range: bytes=1-\r\nIf-Range: {known}\r\n"))?.status(), 200);
    Ok(())
}

#[test]
fn checksums_are_those_of_the_content_or_of_something_else() -> Outcome {
    use base64::Engine as _;
    let server = FaultServer::start()?;
    let base64 =
        |hexadecimal: &str| base64::prelude::BASE64_STANDARD.encode(hex::decode(hexadecimal).unwrap_or_default());
    let right = get(&address(&server, "size=70000&checksum=sha256&etag=md5"), "Range: bytes=5-\r\n")?;
    assert_eq!(right.header("x-amz-checksum-sha256"), Some(base64(&sha256(70_000, 0)).as_str()));
    let md5 = format!("\"{}\"", hex::encode(md5::Md5::digest(whole(70_000, 0))));
    assert_eq!(right.header("ETag"), Some(md5.as_str()));
    let wrong = get(&address(&server, "size=70000&checksum=wrong"), "")?;
    assert!(wrong.header("x-amz-checksum-sha256").is_some_and(|value| value.len() == 44));
    assert_ne!(wrong.header("x-amz-checksum-sha256"), right.header("x-amz-checksum-sha256"));
    let crc = get(&address(&server, "size=70000&checksum=crc32c"), "")?;
    assert!(crc.header("x-amz-checksum-crc32c").is_some_and(|value| value.len() == 8));
    Ok(())
}

#[test]
fn a_body_comes_in_chunks_or_as_gzip() -> Outcome {
    let server = FaultServer::start()?;
    let chunked = get(&address(&server, "size=150000&chunked=1"), "")?;
    assert_eq!(chunked.header("Content-Length"), None);
    assert_eq!(chunked.header("Transfer-Encoding"), Some("chunked"));
    assert_eq!(chunked.unchunked(), (whole(150_000, 0), true));
    let zipped = get(&address(&server, "size=150000&gzip=1"), "")?;
    assert_eq!(zipped.header("Content-Encoding"), Some("gzip"));
    let mut plain = Vec::new();
    GzDecoder::new(zipped.body.as_slice()).read_to_end(&mut plain).map_err(HarnessError::io("unzip"))?;
    assert_eq!(plain, whole(150_000, 0));
    Ok(())
}

#[test]
fn redirects_lead_from_one_host_to_the_other_and_back() -> Outcome {
    let server = FaultServer::start()?;
    let (mut url, mut hosts) = (address(&server, "size=9&redirect=2&key=hops"), Vec::new());
    while let Some(next) = get(&url, "")?.header("Location") {
        assert_eq!(next.strip_prefix(&server.origin()).is_some(), hosts.len() == 1);
        hosts.push(next.to_owned());
        url = next.to_owned();
    }
    assert_eq!(hosts.len(), 2);
    assert!(hosts[0].starts_with(&server.other_origin()));
    assert_eq!(server.requests("hops").len(), 3);
    assert_eq!(get(&url, "")?.body, whole(9, 0));
    Ok(())
}

#[test]
fn a_cookie_and_a_method_can_be_asked_for() -> Outcome {
    let server = FaultServer::start()?;
    let url = address(&server, "size=9&cookie=session%3Dabc");
    assert_eq!(get(&url, "Cookie: session=ab\r\n")?.status(), 403);
    assert_eq!(get(&url, "Cookie: a=1; session=abc\r\n")?.status(), 200);
    let url = address(&server, "size=9&post=1");
    assert_eq!(get(&url, "")?.status(), 405);
    assert_eq!(http::post(&url, "text/plain", &[b'x'; 500_000])?, whole(9, 0));
    let chunks = "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n";
    assert_eq!(Visit::begin("POST", &url, chunks)?.read_to_end()?.body, whole(9, 0));
    let head = Visit::begin("HEAD", &url, "")?.read_to_end()?;
    assert_eq!((head.status(), head.body.len()), (405, 0));
    Ok(())
}

#[test]
fn a_broken_answer_ends_where_it_was_told_to() -> Outcome {
    let server = FaultServer::start()?;
    for (fault, end) in [("short", End::Closed), ("reset", End::Reset)] {
        // More than the system holds back, so that a reset too early would be seen.
        let got = get(&address(&server, &format!("size=9000000&fault={fault}:8000001")), "")?;
        assert_eq!((got.header("Content-Length"), got.end), (Some("9000000"), end));
        assert!(got.body == whole(9_000_000, 0)[..8_000_001], "{fault}: {} bytes", got.body.len());
    }
    let got = get(&address(&server, "size=100000&fault=truncate:70000"), "")?;
    assert_eq!((got.header("Transfer-Encoding"), got.end), (Some("chunked"), End::Closed));
    assert_eq!(got.unchunked(), (whole(100_000, 0)[..70_000].to_vec(), false));
    Ok(())
}

#[test]
fn a_fault_can_pass_after_some_requests_of_its_key() -> Outcome {
    let server = FaultServer::start()?;
    let url = address(&server, "size=9&fault=status:503&faults=2&key=passing");
    for _ in 0..2 {
        let got = get(&url, "")?;
        assert_eq!((got.status(), got.header("Retry-After")), (503, Some("1")));
    }
    assert_eq!(get(&url, "")?.status(), 200);
    let missing = get(&address(&server, "fault=status:404&key=other"), "")?;
    assert_eq!((missing.status(), missing.header("Retry-After")), (404, None));
    Ok(())
}

#[test]
fn an_expired_address_and_a_circle_are_answered_as_servers_do() -> Outcome {
    let server = FaultServer::start()?;
    let expired = get(&address(&server, "size=9&fault=expired"), "")?;
    let words = String::from_utf8_lossy(&expired.body).into_owned();
    assert!(words.contains("<Code>AccessDenied</Code><Message>Request has expired</Message>"));
    assert_eq!((expired.status(), expired.header("Content-Type")), (403, Some("application/xml")));
    assert!(expired.header("x-amz-request-id").is_some());
    let circle = get(&address(&server, "size=9&fault=loop"), "")?;
    assert_eq!((circle.status(), circle.header("Location")), (302, Some("/get/file.bin?size=9&fault=loop")));
    Ok(())
}

#[test]
fn a_content_can_change_or_another_part_come() -> Outcome {
    let server = FaultServer::start()?;
    let url = address(&server, "size=1000&seed=4&fault=etag&key=new");
    let old = get(&url, "")?;
    let etag = old.header("ETag").unwrap_or_default();
    let new = get(&url, &format!("Range: bytes=500-\r\nIf-Range: {etag}\r\n"))?;
    assert_eq!((new.status(), &new.body), (200, &whole(1000, 5)));
    assert_ne!(new.header("ETag"), Some(etag));
    assert_ne!(new.header("Last-Modified"), old.header("Last-Modified"));
    let wrong = get(&address(&server, "size=1000&fault=wrong-range"), "Range: bytes=500-\r\n")?;
    assert_eq!((wrong.status(), wrong.header("Content-Range")), (206, Some("bytes 499-999/1000")));
    assert_eq!(wrong.body, whole(1000, 0)[499..]);
    Ok(())
}

#[test]
fn a_gate_holds_the_rest_until_it_opens() -> Outcome {
    let server = FaultServer::start()?;
    for (key, by_request) in [("one", false), ("two", true)] {
        let url = address(&server, &format!("size=1000&fault=gate:300&key={key}"));
        let mut visit = Visit::begin("GET", &url, "")?;
        assert_eq!(visit.read_body(300)?, whole(1000, 0)[..300]);
        if by_request {
            http::post(&format!("{}/open?key={key}", server.origin()), "text/plain", b"")?;
        } else {
            server.open(key);
        }
        assert_eq!(visit.read_to_end()?.body, whole(1000, 0));
    }
    Ok(())
}

#[test]
fn a_slow_answer_takes_its_time_and_is_right() -> Outcome {
    let server = FaultServer::start()?;
    let start = Instant::now();
    let got = get(&address(&server, "size=3000&fault=slow:10000"), "")?;
    assert_eq!(got.body, whole(3000, 0));
    assert!(start.elapsed() >= Duration::from_millis(300));
    Ok(())
}

#[test]
fn whatever_hangs_ends_with_the_server() -> Outcome {
    let server = FaultServer::start()?;
    let mut visits = Vec::new();
    for fault in ["hang:300", "gate:300", "slow:1"] {
        let mut visit = Visit::begin("GET", &address(&server, &format!("size=1000&fault={fault}")), "")?;
        visit.read_body(if fault == "slow:1" { 1 } else { 300 })?;
        visits.push(visit);
    }
    let port = url::Url::parse(&server.origin()).ok().and_then(|origin| origin.port()).unwrap_or_default();
    let silent = TcpStream::connect(("127.0.0.1", port)).map_err(HarnessError::io("connect"))?;
    drop(server);
    for visit in visits {
        assert!(visit.read_to_end()?.body.len() < 1000);
    }
    assert!(!http::answers(port));
    drop(silent);
    Ok(())
}

#[test]
fn a_page_has_the_body_that_its_address_gives() -> Outcome {
    let server = FaultServer::start()?;
    let got = get(&format!("{}/page?body=%3Ca%20href%3D%22%2Fget%2Fa%22%3E%E3%81%82%3C%2Fa%3E", server.origin()), "")?;
    assert_eq!(got.header("Content-Type"), Some("text/html; charset=utf-8"));
    assert!(String::from_utf8_lossy(&got.body).contains(r#"<body><a href="/get/a">あ</a></body>"#));
    Ok(())
}

#[test]
fn nobody_trusts_the_certificate() -> Outcome {
    let server = FaultServer::start()?;
    let other = |error| HarnessError::io("set up TLS")(std::io::Error::other(error));
    let settings = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(other)?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    let host = server.tls_origin().replace("https://", "");
    let name = "localhost".try_into().map_err(|error| HarnessError::missing(format!("name: {error}")))?;
    let mut session = ClientConnection::new(Arc::new(settings), name).map_err(other)?;
    let mut stream = TcpStream::connect(host).map_err(HarnessError::io("connect"))?;
    let refused = Stream::new(&mut session, &mut stream).read(&mut [0; 1]);
    let cause = refused.err().and_then(|error| error.downcast::<rustls::Error>().ok());
    assert_eq!(cause, Some(rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer)));
    Ok(())
}
