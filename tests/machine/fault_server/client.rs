//! A client that sees what comes over the wire, byte for byte, and how it ends.
//!
//! It follows no redirect, joins no chunks unasked and forgives nothing.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use sidelight_tests::{HarnessError, Outcome};

/// Longer than anything takes that is not broken.
const PATIENCE: Duration = Duration::from_secs(20);

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Closed,
    Reset,
}

/// An answer that is still coming.
pub struct Visit {
    stream: TcpStream,
    bytes: Vec<u8>,
}

/// All that came.
pub struct Got {
    head: Vec<u8>,
    pub body: Vec<u8>,
    pub end: End,
}

impl Visit {
    /// Sends a request; `headers` are whole lines.
    pub fn begin(method: &str, url: &str, headers: &str) -> Outcome<Self> {
        let rest = url.strip_prefix("http://").unwrap_or(url);
        let (host, target) = rest.split_once('/').unwrap_or((rest, ""));
        let action = || HarnessError::io(format!("ask {url}"));
        let mut stream = TcpStream::connect(host).map_err(action())?;
        stream.set_read_timeout(Some(PATIENCE)).map_err(action())?;
        write!(stream, "{method} /{target} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n").map_err(action())?;
        Ok(Self { stream, bytes: Vec::new() })
    }

    /// Reads until so much of the body is here, and answers what is.
    pub fn read_body(&mut self, size: usize) -> Outcome<Vec<u8>> {
        loop {
            let start = body_start(&self.bytes);
            if let Some(body) = start.map(|start| &self.bytes[start..]).filter(|body| body.len() >= size) {
                return Ok(body.to_vec());
            }
            if let Some(end) = self.read()? {
                return Err(HarnessError::missing(format!("rest of the body: {end:?}")));
            }
        }
    }

    /// Reads until the connection ends.
    pub fn read_to_end(mut self) -> Outcome<Got> {
        let end = loop {
            if let Some(end) = self.read()? {
                break end;
            }
        };
        let start = body_start(&self.bytes).ok_or_else(|| HarnessError::missing("head of an answer"))?;
        let body = self.bytes.split_off(start);
        Ok(Got { head: self.bytes, body, end })
    }

    fn read(&mut self) -> Outcome<Option<End>> {
        let mut buffer = [0; 64 * 1024];
        match self.stream.read(&mut buffer) {
            Ok(0) => Ok(Some(End::Closed)),
            Ok(count) => {
                self.bytes.extend_from_slice(&buffer[..count]);
                Ok(None)
            }
            Err(error) if error.kind() == ErrorKind::ConnectionReset => Ok(Some(End::Reset)),
            Err(error) => Err(HarnessError::io("read an answer")(error)),
        }
    }
}

fn body_start(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|window| window == b"\r\n\r\n").map(|end| end + 4)
}

/// Asks with GET and reads all.
pub fn get(url: &str, headers: &str) -> Outcome<Got> {
    Visit::begin("GET", url, headers)?.read_to_end()
}

impl Got {
    /// The status code, 0 where there is none.
    pub fn status(&self) -> u16 {
        let head = String::from_utf8_lossy(&self.head);
        head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0)
    }

    /// A header's bytes by its name, as the server spells it.
    pub fn bytes_of(&self, name: &str) -> Option<&[u8]> {
        let mut lines = self.head.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
        lines.find_map(|line| line.strip_prefix(name.as_bytes())?.strip_prefix(b": "))
    }

    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.bytes_of(name).and_then(|value| std::str::from_utf8(value).ok())
    }

    /// What is in the chunks of the body, and whether the last one is there.
    pub fn unchunked(&self) -> (Vec<u8>, bool) {
        let (mut rest, mut whole) = (self.body.as_slice(), Vec::new());
        while let Some(end) = rest.windows(2).position(|window| window == b"\r\n") {
            let size = std::str::from_utf8(&rest[..end]).ok().and_then(|size| usize::from_str_radix(size, 16).ok());
            let Some(size) = size.filter(|size| end + 2 + size + 2 <= rest.len()) else { break };
            if size == 0 {
                return (whole, true);
            }
            whole.extend_from_slice(&rest[end + 2..end + 2 + size]);
            rest = &rest[end + 2 + size + 2..];
        }
        (whole, false)
    }
}
