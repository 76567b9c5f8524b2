//! Pages of a test's own, on loopback: hostile ones, plain colours, whatever the demo cloud does not serve.
//!
//! It answers GET from a table and keeps what is POSTed to it. It is no web server for anything else.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::error::{HarnessError, Outcome};
use crate::wait::wait_until;

/// A running server; it ends with the test's process.
pub struct Pages {
    port: u16,
    posted: Arc<Mutex<Vec<String>>>,
}

impl Pages {
    /// Serves these pages, by their paths; each is HTML unless its path ends in `.js`.
    ///
    /// # Errors
    /// When no port is free.
    pub fn serve(pages: &[(&str, &str)]) -> Outcome<Self> {
        let action = || HarnessError::io("serve pages");
        let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(action())?;
        let port = listener.local_addr().map_err(action())?.port();
        let pages: Arc<HashMap<String, String>> =
            Arc::new(pages.iter().map(|(path, page)| ((*path).to_owned(), (*page).to_owned())).collect());
        let posted = Arc::<Mutex<Vec<String>>>::default();
        let kept = posted.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (pages, kept) = (pages.clone(), kept.clone());
                // A visitor who goes away in the middle is no matter.
                std::thread::spawn(move || answer(stream, &pages, &kept).ok());
            }
        });
        Ok(Self { port, posted })
    }

    /// The server's origin.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What was POSTed so far.
    pub fn posted(&self) -> Vec<String> {
        self.posted.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits for a POST that is `wanted`.
    ///
    /// # Errors
    /// [`HarnessError::Late`], naming `what`.
    pub fn wait_for_post(&self, what: &str, wanted: impl Fn(&str) -> bool) -> Outcome<String> {
        wait_until(what, Duration::from_secs(30), || Ok(self.posted().into_iter().find(|post| wanted(post))))
    }
}

fn answer(stream: TcpStream, pages: &HashMap<String, String>, kept: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        if header.trim().is_empty() {
            break;
        }
        if let Some(value) = header.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let path = target.split('?').next().unwrap_or_default();
    let (status, kind, body) = if method == "POST" {
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        let text = String::from_utf8_lossy(&body).into_owned();
        kept.lock().unwrap_or_else(PoisonError::into_inner).push(text);
        ("204 No Content", "text/plain", "")
    } else {
        match pages.get(path) {
            Some(page) if path.ends_with(".js") => ("200 OK", "text/javascript; charset=utf-8", page.as_str()),
            Some(page) => ("200 OK", "text/html; charset=utf-8", page.as_str()),
            None => ("404 Not Found", "text/html", "nothing here"),
        }
    };
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}
