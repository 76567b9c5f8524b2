//! What the server remembers: requests by their keys, open gates, and whom it still talks to.
//!
//! The one thing that its threads share, and where they wait. It decides no answer.

use std::collections::{HashMap, HashSet};
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Instant;

use super::content::Content;
use super::request::Request;

/// A request as a test looks at it. Headers are as they came.
#[derive(Clone, Debug)]
pub struct Seen {
    /// `GET` or another one.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Host.
    pub host: Option<String>,
    /// Range.
    pub range: Option<String>,
    /// If-Range.
    pub if_range: Option<String>,
    /// Cookie.
    pub cookie: Option<String>,
    /// Accept-Encoding.
    pub accept_encoding: Option<String>,
    /// When it had been read.
    pub when: Instant,
}

/// Shared by all threads of a server.
#[derive(Default)]
pub struct Ledger {
    pages: Mutex<Pages>,
    turned: Condvar,
}

#[derive(Default)]
struct Pages {
    has_ended: bool,
    is_away: bool,
    open: HashSet<String>,
    seen: HashMap<String, Vec<Seen>>,
    counted: HashMap<String, u64>,
    digests: HashMap<(&'static str, Content), String>,
    visitors: Vec<Weak<TcpStream>>,
}

impl Ledger {
    /// Writes a request down.
    pub fn note(&self, key: &str, request: &Request) {
        let header = |name| request.header(name).map(str::to_owned);
        let seen = Seen {
            method: request.method.clone(),
            target: request.target.clone(),
            host: header("host"),
            range: header("range"),
            if_range: header("if-range"),
            cookie: header("cookie"),
            accept_encoding: header("accept-encoding"),
            when: Instant::now(),
        };
        self.pages().seen.entry(key.to_owned()).or_default().push(seen);
    }

    /// All requests of a key.
    pub fn seen(&self, key: &str) -> Vec<Seen> {
        self.pages().seen.get(key).cloned().unwrap_or_default()
    }

    /// The number of a key's request that is about to be answered, from 1.
    pub fn count(&self, key: &str) -> u64 {
        let mut pages = self.pages();
        let count = pages.counted.entry(key.to_owned()).or_default();
        *count += 1;
        *count
    }

    /// A digest of this name, which is made only once.
    pub fn digest(&self, name: &'static str, content: Content, make: impl FnOnce() -> String) -> String {
        let known = self.pages().digests.get(&(name, content)).cloned();
        known.unwrap_or_else(|| {
            let made = make();
            self.pages().digests.insert((name, content), made.clone());
            made
        })
    }

    /// Opens a key's gate for good.
    pub fn open(&self, key: &str) {
        self.pages().open.insert(key.to_owned());
        self.turned.notify_all();
    }

    /// Waits at a key's gate; false where the server ended instead.
    pub fn wait_at_gate(&self, key: &str) -> bool {
        let closed = |pages: &mut Pages| !pages.has_ended && !pages.open.contains(key);
        let pages = self.turned.wait_while(self.pages(), closed);
        !pages.unwrap_or_else(PoisonError::into_inner).has_ended
    }

    /// Waits until the server ends.
    pub fn wait_for_end(&self) {
        drop(self.turned.wait_while(self.pages(), |pages| !pages.has_ended));
    }

    /// Waits until then; false where the server ended before.
    pub fn wait_until(&self, then: Instant) -> bool {
        let left = then.saturating_duration_since(Instant::now());
        let waited = self.turned.wait_timeout_while(self.pages(), left, |pages| !pages.has_ended);
        !waited.unwrap_or_else(PoisonError::into_inner).0.has_ended
    }

    /// Takes in a visitor; false where the server has ended.
    pub fn admit(&self, visitor: &Arc<TcpStream>) -> bool {
        let mut pages = self.pages();
        pages.visitors.retain(|known| known.strong_count() > 0);
        pages.visitors.push(Arc::downgrade(visitor));
        !pages.has_ended
    }

    /// Ends every wait and every conversation.
    pub fn end(&self) {
        let mut pages = self.pages();
        pages.has_ended = true;
        pages.cut_off();
        self.turned.notify_all();
    }

    /// Ends every conversation, and lets nobody in for a while.
    pub fn go_away(&self, is_away: bool) {
        let mut pages = self.pages();
        pages.is_away = is_away;
        if is_away {
            pages.cut_off();
        }
    }

    /// Whether nobody is let in.
    pub fn is_away(&self) -> bool {
        self.pages().is_away
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pages {
    fn cut_off(&mut self) {
        for visitor in self.visitors.drain(..).filter_map(|visitor| visitor.upgrade()) {
            visitor.shutdown(Shutdown::Both).ok();
        }
    }
}
