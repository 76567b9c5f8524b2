//! A request as it comes over a connection.
//!
//! It is read and not judged. A body is read to its end and dropped.

use std::io::{self, BufRead, BufReader, Read, Write};

/// No address of a test is longer.
const LONGEST_HEAD: u64 = 4 * 1024 * 1024;

/// Method, target and headers.
#[derive(Debug)]
pub struct Request {
    /// In capitals, as it came.
    pub method: String,
    /// Path and query, as they came.
    pub target: String,
    headers: Vec<(String, String)>,
}

impl Request {
    /// Reads a request with its body; none where the client went away before it had begun.
    ///
    /// # Errors
    /// What the connection fails with, and [`io::ErrorKind::UnexpectedEof`] for half a request.
    pub fn read<S: Read + Write>(stream: &mut S) -> io::Result<Option<Self>> {
        let mut reader = BufReader::new(stream);
        let Some(request) = Self::read_head(&mut (&mut reader).take(LONGEST_HEAD))? else { return Ok(None) };
        if request.header("expect").is_some() {
            reader.get_mut().write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        request.drop_body(&mut reader)?;
        Ok(Some(request))
    }

    fn read_head(reader: &mut impl BufRead) -> io::Result<Option<Self>> {
        let first = match line(reader) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            first => first?,
        };
        let mut words = first.split(' ').map(str::to_owned);
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let mut headers = Vec::new();
        loop {
            let line = line(reader)?;
            if line.is_empty() {
                return Ok(Some(Self { method, target, headers }));
            }
            let (name, value) = line.split_once(':').unwrap_or((&line, ""));
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
    }

    fn drop_body(&self, reader: &mut impl BufRead) -> io::Result<()> {
        if self.header("transfer-encoding").is_some() {
            loop {
                let size = line(reader)?;
                let size = size.split(';').next().unwrap_or_default().trim();
                let size = u64::from_str_radix(size, 16).map_err(|_| io::ErrorKind::InvalidData)?;
                drop_bytes(reader, size)?;
                if line(reader)?.is_empty() && size == 0 {
                    return Ok(());
                }
            }
        }
        let length = self.header("content-length").and_then(|length| length.parse().ok());
        drop_bytes(reader, length.unwrap_or(0))
    }

    /// A header's value by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether this cookie came with it.
    pub fn has_cookie(&self, cookie: &str) -> bool {
        let cookies = self.headers.iter().filter(|(name, _)| name == "cookie");
        cookies.flat_map(|(_, cookies)| cookies.split(';')).any(|known| known.trim() == cookie)
    }

    /// Before the question mark.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// Behind the question mark.
    pub fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }
}

fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut bytes = Vec::new();
    reader.read_until(b'\n', &mut bytes)?;
    if bytes.pop() != Some(b'\n') {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(String::from_utf8_lossy(bytes.strip_suffix(b"\r").unwrap_or(&bytes)).into_owned())
}

fn drop_bytes(reader: &mut impl BufRead, count: u64) -> io::Result<()> {
    io::copy(&mut reader.take(count), &mut io::sink()).map(|_| ())
}
