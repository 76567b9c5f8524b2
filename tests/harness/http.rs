//! HTTP over loopback, small: the demo cloud's and the emulators' own pages for tests.
//!
//! Not for AWS's protocol, and not for TLS. It speaks HTTP/1.0, so that no answer comes in chunks.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use serde_json::Value;

use crate::error::{HarnessError, Outcome};

const TIMEOUT: Duration = Duration::from_secs(20);

/// Asks for `url` and reads the answer as JSON.
///
/// # Errors
/// [`HarnessError::Io`], [`HarnessError::Http`] for anything but a 2xx, [`HarnessError::Json`].
pub fn get_json(url: &str) -> Outcome<Value> {
    let body = request("GET", url, None)?;
    serde_json::from_slice(&body).map_err(HarnessError::json(url))
}

/// Asks for `url` and gives the body back as it came.
///
/// # Errors
/// As [`get_json`], without JSON.
pub fn get(url: &str) -> Outcome<Vec<u8>> {
    request("GET", url, None)
}

/// Sends JSON to `url` and gives the body back as it came.
///
/// # Errors
/// As [`get`].
pub fn post_json(url: &str, message: &Value) -> Outcome<Vec<u8>> {
    post(url, "application/json", message.to_string().as_bytes())
}

/// Sends bytes to `url` and gives the body back as it came.
///
/// # Errors
/// As [`get`].
pub fn post(url: &str, content_type: &str, body: &[u8]) -> Outcome<Vec<u8>> {
    request("POST", url, Some((content_type, body)))
}

/// Sends a DELETE and gives the body back as it came.
///
/// # Errors
/// As [`get`].
pub fn delete(url: &str) -> Outcome<Vec<u8>> {
    request("DELETE", url, None)
}

/// A loopback port that was free a moment ago. Whoever uses it must be ready to lose the race.
///
/// # Errors
/// [`HarnessError::Io`] when loopback cannot be bound.
pub fn free_port() -> Outcome<u16> {
    TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(HarnessError::io("find a free port"))
}

/// Whether something accepts connections on this loopback port.
pub fn answers(port: u16) -> bool {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok()
}

fn request(method: &str, url: &str, content: Option<(&str, &[u8])>) -> Outcome<Vec<u8>> {
    let rest = url.strip_prefix("http://").unwrap_or(url);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let action = || HarnessError::io(format!("ask {url}"));
    let port = host.rsplit_once(':').and_then(|(_, port)| port.parse().ok());
    // Every name is loopback here, also those that only the app's partition knows.
    let mut stream = TcpStream::connect(("127.0.0.1", port.unwrap_or(80))).map_err(action())?;
    stream.set_read_timeout(Some(TIMEOUT)).map_err(action())?;
    let mut message = format!("{method} /{path} HTTP/1.0\r\nHost: {host}\r\n");
    let (content_type, body) = content.unwrap_or_default();
    if content.is_some() {
        let length = body.len();
        message += &format!("Content-Type: {content_type}\r\nContent-Length: {length}\r\n");
    }
    message += "\r\n";
    stream.write_all(message.as_bytes()).map_err(action())?;
    stream.write_all(body).map_err(action())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).map_err(action())?;
    read_answer(url, &answer)
}

fn read_answer(url: &str, answer: &[u8]) -> Outcome<Vec<u8>> {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n");
    let (head, body) = match end {
        Some(end) => (&answer[..end], &answer[end + 4..]),
        None => (&answer[..0], answer),
    };
    let head = String::from_utf8_lossy(head);
    let status: u16 = head.split_whitespace().nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
    if (200..300).contains(&status) {
        return Ok(body.to_vec());
    }
    let shown = &body[..body.len().min(500)];
    Err(HarnessError::Http { url: url.to_owned(), status, body: String::from_utf8_lossy(shown).into_owned() })
}
