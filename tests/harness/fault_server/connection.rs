//! A visitor's connection, with TLS or without, and the three ways in which it ends.
//!
//! Bytes only: what they say is no matter here.

use std::ffi::c_int;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::ioctl::{Getter, Opcode, ioctl};
use rustix::net::sockopt::set_socket_linger;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::ledger::Ledger;

/// `SIOCOUTQ` of Linux: how many bytes the other side's system has not acknowledged yet.
const UNACKNOWLEDGED: Opcode = 0x5411;

/// How long one waits for a client that does not read, and how long between two looks.
const PATIENCE: Duration = Duration::from_secs(5);
const BETWEEN_LOOKS: Duration = Duration::from_millis(1);

/// Who holds the last one closes the connection.
struct Socket(Arc<TcpStream>);

/// An open connection.
pub struct Connection(Line);

enum Line {
    Plain(Socket),
    Tls(Box<StreamOwned<ServerConnection, Socket>>),
}

impl Connection {
    /// Over this stream; with `tls` the handshake comes with the first read.
    ///
    /// # Errors
    /// What the system or rustls says.
    pub fn new(stream: Arc<TcpStream>, tls: Option<&Arc<ServerConfig>>) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        let socket = Socket(stream);
        let Some(settings) = tls else { return Ok(Self(Line::Plain(socket))) };
        let session = ServerConnection::new(settings.clone()).map_err(io::Error::other)?;
        Ok(Self(Line::Tls(Box::new(StreamOwned::new(session, socket)))))
    }

    /// Ends it as it should be.
    ///
    /// # Errors
    /// When the client is gone.
    pub fn finish(mut self) -> io::Result<()> {
        if let Line::Tls(stream) = &mut self.0 {
            stream.conn.send_close_notify();
            stream.flush()?;
        }
        self.stream().shutdown(Shutdown::Write)
    }

    /// Ends it without a word, but with a FIN, behind everything that was sent.
    ///
    /// # Errors
    /// When the client is gone.
    pub fn cut(self) -> io::Result<()> {
        self.stream().shutdown(Shutdown::Write)
    }

    /// Ends it with a RST, once the client's system has everything that was sent.
    ///
    /// # Errors
    /// When the client is gone.
    pub fn reset(self, ledger: &Ledger) -> io::Result<()> {
        let stream = self.stream();
        let latest = Instant::now() + PATIENCE;
        while unacknowledged(stream)? > 0 && Instant::now() < latest {
            if !ledger.wait_until(Instant::now() + BETWEEN_LOOKS) {
                break;
            }
        }
        Ok(set_socket_linger(stream, Some(Duration::ZERO))?)
    }

    fn stream(&self) -> &TcpStream {
        match &self.0 {
            Line::Plain(socket) => &socket.0,
            Line::Tls(stream) => &stream.sock.0,
        }
    }
}

#[expect(unsafe_code, reason = "rustix has no name for this question")]
fn unacknowledged(stream: &TcpStream) -> io::Result<c_int> {
    // SAFETY: Linux answers this question of a TCP socket with an int.
    let question = unsafe { Getter::<UNACKNOWLEDGED, c_int>::new() };
    // SAFETY: as above, and the question lives as long as the call.
    Ok(unsafe { ioctl(stream, question) }?)
}

impl Read for Connection {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.0 {
            Line::Plain(socket) => socket.read(buffer),
            Line::Tls(stream) => stream.read(buffer),
        }
    }
}

impl Write for Connection {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Line::Plain(socket) => socket.write(buffer),
            Line::Tls(stream) => stream.write(buffer),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Line::Plain(socket) => socket.flush(),
            Line::Tls(stream) => stream.flush(),
        }
    }
}

impl Read for Socket {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        (&*self.0).read(buffer)
    }
}

impl Write for Socket {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        (&*self.0).write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        (&*self.0).flush()
    }
}
