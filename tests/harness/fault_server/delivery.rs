//! Sends an answer over a connection, to the end or as far as its course goes.
//!
//! It does what was decided and knows no address.

use std::io::{self, Write as _};
use std::ops::Range;
use std::time::{Duration, Instant};

use super::answer::{Answer, Course};
use super::connection::Connection;
use super::content::{PIECE, spans};
use super::head::Head;
use super::ledger::Ledger;

/// A slow body comes in so many drops a second.
const DROPS: u64 = 20;

/// Sends an answer and ends the connection.
///
/// # Errors
/// When the client goes away before.
pub fn deliver(mut connection: Connection, answer: &Answer, ledger: &Ledger) -> io::Result<()> {
    if answer.course == Course::Mute {
        ledger.wait_for_end();
        return Ok(());
    }
    let size = answer.part.end - answer.part.start;
    connection.write_all(&head(answer, size).bytes())?;
    let mut body = Body { connection, answer, buffer: Vec::new() };
    match &answer.course {
        Course::Fine | Course::Mute => body.send(0..size)?,
        Course::Slow(rate) => body.send_slowly(size, *rate, ledger)?,
        Course::Reset(after) => {
            body.send(0..size.min(*after))?;
            return body.connection.reset(ledger);
        }
        Course::Cut(after) => {
            body.send(0..size.min(*after))?;
            return body.connection.cut();
        }
        Course::Hang(after) => {
            body.send(0..size.min(*after))?;
            ledger.wait_for_end();
            return Ok(());
        }
        Course::Gate(after, key) => {
            let gate = size.min(*after);
            body.send(0..gate)?;
            if !ledger.wait_at_gate(key) {
                return Ok(());
            }
            body.send(gate..size)?;
        }
    }
    body.finish()
}

fn head(answer: &Answer, size: u64) -> Head {
    let now = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&jiff::Timestamp::now());
    let head = answer.head.clone().with_some("Date", now.ok()).with("Connection", "close");
    match (answer.chunked, answer.head.status) {
        (true, _) => head.with("Transfer-Encoding", "chunked"),
        (false, 204 | 304) => head,
        (false, _) => head.with("Content-Length", size.to_string()),
    }
}

/// A body on its way.
struct Body<'a> {
    connection: Connection,
    answer: &'a Answer,
    buffer: Vec<u8>,
}

impl Body<'_> {
    /// Sends these bytes of the part.
    fn send(&mut self, span: Range<u64>) -> io::Result<()> {
        let start = self.answer.part.start;
        for span in spans(start + span.start..start + span.end) {
            self.buffer.clear();
            if self.answer.chunked {
                write!(self.buffer, "{:x}\r\n", span.end - span.start)?;
            }
            self.answer.source.append(span, &mut self.buffer);
            if self.answer.chunked {
                self.buffer.extend_from_slice(b"\r\n");
            }
            self.connection.write_all(&self.buffer)?;
        }
        self.connection.flush()
    }

    fn send_slowly(&mut self, size: u64, rate: u64, ledger: &Ledger) -> io::Result<()> {
        let start = Instant::now();
        let drop = (rate / DROPS).clamp(1, PIECE);
        let mut sent = 0;
        while sent < size {
            let end = size.min(sent + drop);
            self.send(sent..end)?;
            sent = end;
            if !ledger.wait_until(start + Duration::from_secs_f64(sent as f64 / rate as f64)) {
                return Err(io::ErrorKind::Interrupted.into());
            }
        }
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        if self.answer.chunked {
            self.connection.write_all(b"0\r\n\r\n")?;
        }
        self.connection.finish()
    }
}
