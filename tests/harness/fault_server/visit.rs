//! A door of the server, and one visit after the other on threads of their own.
//!
//! It reads a request, has it answered, and has the answer sent.

use std::io;
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use rustls::ServerConfig;

use super::answer;
use super::connection::Connection;
use super::delivery;
use super::ledger::Ledger;
use super::request::Request;

/// Where visitors come in.
pub struct Place {
    /// The port.
    pub port: u16,
    /// With TLS, or without.
    pub tls: Option<Arc<ServerConfig>>,
}

impl Place {
    /// The same door by its other name than `host`.
    pub fn other_origin(&self, host: Option<&str>) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        let is_named = host.is_some_and(|host| host.starts_with("localhost"));
        let other = if is_named { "127.0.0.1" } else { "localhost" };
        format!("{scheme}://{other}:{}", self.port)
    }
}

/// Receives visitors until the server ends.
pub fn receive(listener: &TcpListener, place: &Arc<Place>, ledger: &Arc<Ledger>) {
    for stream in listener.incoming().flatten() {
        let stream = Arc::new(stream);
        if !ledger.admit(&stream) {
            return;
        }
        if ledger.is_away() {
            continue;
        }
        let (place, ledger) = (place.clone(), ledger.clone());
        let thread = std::thread::Builder::new().name("fault-visit".into());
        // A visitor who goes away in the middle, or for whom there is no thread, is no matter.
        thread.spawn(move || visit(stream, &place, &ledger).ok()).ok();
    }
}

fn visit(stream: Arc<TcpStream>, place: &Place, ledger: &Ledger) -> io::Result<()> {
    let mut connection = Connection::new(stream, place.tls.as_ref())?;
    let Some(request) = Request::read(&mut connection)? else { return Ok(()) };
    let answer = answer::answer(&request, place, ledger);
    delivery::deliver(connection, &answer, ledger)
}
