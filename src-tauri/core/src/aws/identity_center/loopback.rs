//! Where the system's browser comes back to after signing in: a port of this machine that is open
//! only meanwhile. Source: RFC 8252, "Loopback Interface Redirection".

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

use crate::app::error::{Cause, Error};

const PATH: &str = "/oauth/callback";

/// The longest request that is read.
const LONGEST: usize = 16 * 1024;

/// So long a connection may say nothing.
const SILENCE: Duration = Duration::from_secs(5);

const DONE: &str = "<!doctype html><meta charset=utf-8><title>Sidelight</title><p>You are signed in. You can close this page and go back to Sidelight.<p lang=ja>サインインしました。このページを閉じて Sidelight に戻ってください。";

/// An open port.
pub(super) struct Loopback {
    listener: TcpListener,
    port: u16,
}

impl Loopback {
    pub(super) async fn open() -> Result<Self, Error> {
        let failed =
            |error: std::io::Error| Error::detailed(Cause::Network { host: "127.0.0.1".to_owned() }, error.to_string());
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(failed)?;
        let port = listener.local_addr().map_err(failed)?.port();
        Ok(Self { listener, port })
    }

    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}{PATH}", self.port)
    }

    /// The code that comes with this state; whoever else knocks is let go.
    pub(super) async fn code(&self, state: &str) -> Result<String, Error> {
        loop {
            let Ok((mut stream, _)) = self.listener.accept().await else {
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            };
            // A browser may open a connection before it has anything to ask.
            let Ok(Some(url)) = tokio::time::timeout(SILENCE, asked(&mut stream)).await else { continue };
            let said = |key: &str| url.query_pairs().find(|(name, _)| name == key).map(|(_, value)| value.into_owned());
            if url.path() != PATH || said("state").as_deref() != Some(state) {
                answer(&mut stream, "404 Not Found", "").await;
                continue;
            }
            answer(&mut stream, "200 OK", DONE).await;
            return said("code").ok_or_else(|| {
                let words = said("error").unwrap_or_default();
                Error::detailed(Cause::Denied { action: "sso:authorize".to_owned(), resource: None }, words)
            });
        }
    }
}

/// What a request's first line asks for.
async fn asked(stream: &mut TcpStream) -> Option<Url> {
    let mut head = Vec::new();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") && head.len() < LONGEST {
        let mut piece = [0; 1024];
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => break,
            Ok(length) => head.extend_from_slice(&piece[..length]),
        }
    }
    let head = String::from_utf8_lossy(&head);
    let path = head.strip_prefix("GET ")?.split(' ').next()?;
    Url::parse("http://127.0.0.1/").ok()?.join(path).ok()
}

async fn answer(stream: &mut TcpStream, status: &str, body: &str) {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Content-Security-Policy: default-src 'none'\r\nConnection: close\r\n\r\n",
        body.len()
    );
    // A browser that has gone needs no answer.
    let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
    let _ = stream.shutdown().await;
}
