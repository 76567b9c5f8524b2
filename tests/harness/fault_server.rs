//! A server to download from: HTTP/1.1 on loopback that does right until it is told what to do wrong.
//!
//! What it answers is in the address that is asked for, so that a page, a webview and a test say it alike. It is
//! written over bytes, since a framework would not misbehave. No demo cloud: it knows neither sessions nor S3, only
//! what a download sees of them. It grows when a download can go wrong in one more way.
//!
//! `GET` or `POST /get/<anything>?size=N&seed=S&key=K&…`; what has a hyphen in its name (`X-Amz-Date`) says nothing
//! here, any other unknown name is answered with 400, values are percent-encoded, and a plus is a plus:
//!
//! | name | meaning |
//! |---|---|
//! | `size`, `seed` | which [`content`]; both 0 where nothing is said |
//! | `key` | under which name the request is remembered and counted |
//! | `disposition` | Content-Disposition, its bytes as they are (Shift_JIS, too) |
//! | `type` | Content-Type; `application/octet-stream` where nothing is said |
//! | `etag` | `strong` (where nothing is said), `weak`, `md5` as S3's, `none` |
//! | `modified` | `0`: no Last-Modified |
//! | `ranges` | `0`: Range is not looked at |
//! | `checksum` | `sha256`, `crc32`, `crc32c`, `wrong`: `x-amz-checksum-…` of the bytes as they are stored |
//! | `chunked` | `1`: in chunks, without a length |
//! | `gzip` | `1`: stored as gzip, up to 10 MB |
//! | `cookie` | `NAME=VALUE`: 403 without it |
//! | `redirect` | so many redirects before, each to the other origin |
//! | `post` | `1`: 405 for GET |
//! | `fault` | what goes wrong: see below |
//! | `faults` | only in the first so many requests of the key; redirected and refused ones (403, 405) do not count |
//! | `after` | these are counted from after so many requests |
//! | `busy` | 503 to the request of this number, whatever else goes wrong |
//!
//! | fault | what happens |
//! |---|---|
//! | `slow:RATE` | so many bytes a second |
//! | `reset:N` | the connection is reset after N bytes of the body, once the client's system has them |
//! | `short:N` | the connection is closed after N bytes, though a length was told |
//! | `truncate:N` | the same in chunks, without the last one |
//! | `status:CODE` | this status, with `Retry-After: 1` for 429 and 503 |
//! | `expired` | what S3 says of an expired presigned address |
//! | `etag` | from the key's second request on it is another content (`seed` + 1), with another ETag and date |
//! | `loop` | a redirect to itself |
//! | `hang:N` | N bytes, then nothing until the server ends |
//! | `wrong-range` | a part is asked for, and another is sent |
//! | `mute` | no answer, not even a head, until the server ends |
//! | `gate:N` | N bytes, and the rest after [`FaultServer::open`] or `POST /open?key=K` |
//!
//! `GET /page?body=<percent-encoded HTML>` is a page with that body.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use rustls::ServerConfig;

use crate::error::{HarnessError, Outcome};

mod answer;
mod connection;
mod content;
mod delivery;
mod digest;
mod fault;
mod head;
mod ledger;
mod object;
mod range;
mod request;
mod tls;
mod visit;
mod wish;

pub use content::{content, content_from, sha256};
pub use ledger::Seen;

use ledger::Ledger;
use visit::Place;

/// How long the server knocks at its own door when it ends.
const KNOCK: Duration = Duration::from_secs(5);

/// A running server. It ends with this handle, and so does everything that it still holds open.
pub struct FaultServer {
    plain: Door,
    tls: Door,
    ledger: Arc<Ledger>,
}

/// A port and the thread that answers it.
struct Door {
    port: u16,
    thread: Option<JoinHandle<()>>,
}

impl FaultServer {
    /// Listens on two ports of 127.0.0.1, one of them with TLS.
    ///
    /// # Errors
    /// [`HarnessError::Io`] when no port is free or no certificate can be made.
    pub fn start() -> Outcome<Self> {
        let ledger = Arc::<Ledger>::default();
        let settings = tls::settings().map_err(HarnessError::io("make a certificate"))?;
        let plain = Door::open(None, &ledger).map_err(HarnessError::io("serve faults"))?;
        let tls = Door::open(Some(settings), &ledger).map_err(HarnessError::io("serve faults over TLS"))?;
        Ok(Self { plain, tls, ledger })
    }

    /// The server's origin.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.plain.port)
    }

    /// The same server as another host, which redirects lead to.
    pub fn other_origin(&self) -> String {
        format!("http://localhost:{}", self.plain.port)
    }

    /// The same with TLS, by a certificate that nobody trusts.
    pub fn tls_origin(&self) -> String {
        format!("https://127.0.0.1:{}", self.tls.port)
    }

    /// Every request of this key so far, redirected and refused ones too.
    pub fn requests(&self, key: &str) -> Vec<Seen> {
        self.ledger.seen(key)
    }

    /// Opens the gate of this key, for whoever waits there and for all who come.
    pub fn open(&self, key: &str) {
        self.ledger.open(key);
    }

    /// Goes away, as a network does: who is connected is cut off, and nobody is answered until [`Self::come_back`].
    pub fn go_away(&self) {
        self.ledger.go_away(true);
    }

    /// Answers again.
    pub fn come_back(&self) {
        self.ledger.go_away(false);
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.ledger.end();
        self.plain.close();
        self.tls.close();
    }
}

impl Door {
    fn open(tls: Option<Arc<ServerConfig>>, ledger: &Arc<Ledger>) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        let (place, ledger) = (Place { port, tls }, ledger.clone());
        let thread = std::thread::Builder::new().name("fault-server".into());
        let thread = thread.spawn(move || visit::receive(&listener, &Arc::new(place), &ledger))?;
        Ok(Self { port, thread: Some(thread) })
    }

    /// The thread looks whether all has ended at every visit: this is its last one.
    fn close(&mut self) {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let has_knocked = TcpStream::connect_timeout(&address, KNOCK).is_ok();
        if let Some(thread) = self.thread.take().filter(|_| has_knocked) {
            thread.join().ok();
        }
    }
}
