//! HTTP as all calls to AWS share it: one client, time limits, and what a failure means.
//!
//! Not what is asked. An error's text never has a URL in it: a URL may carry a token.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use jiff::fmt::rfc2822;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{RequestBuilder, Response, StatusCode};

use super::trust::{Trust, Untrusted};
use crate::app::error::{Cause, Error};

/// What AWS's logs know us by; fixed, so that a security team can look for it.
pub const USER_AGENT: &str = concat!("sidelight/", env!("CARGO_PKG_VERSION"));

/// Until a connection stands.
pub(super) const CONNECT: Duration = Duration::from_secs(6);

/// Until an answer is whole.
pub(super) const ANSWER: Duration = Duration::from_secs(20);

/// A client for short answers: the system's proxy, no redirects (a redirect would carry a secret elsewhere).
///
/// # Errors
/// `Bug` where the TLS library cannot start.
pub fn client(trust: &Trust) -> Result<reqwest::Client, Error> {
    built(builder(trust).timeout(ANSWER).redirect(Policy::none()))
}

/// What all clients share.
pub fn builder(trust: &Trust) -> reqwest::ClientBuilder {
    reqwest::Client::builder().user_agent(USER_AGENT).connect_timeout(CONNECT).tls_backend_preconfigured(trust.config())
}

/// # Errors
/// `Bug` where the TLS library cannot start.
pub fn built(builder: reqwest::ClientBuilder) -> Result<reqwest::Client, Error> {
    builder.build().map_err(|error| Error::detailed(Cause::Bug, error.without_url().to_string()))
}

/// What a failed connection to `host` means.
pub fn connection_failed(host: &str, error: &(dyn StdError + 'static)) -> Error {
    let host = host.to_owned();
    match untrusted(error) {
        Some(untrusted) => {
            let words = untrusted.to_string();
            Error::detailed(Cause::Certificate { host, issuer: untrusted.issuer }, words)
        }
        None => Error::detailed(Cause::Network { host }, innermost(error)),
    }
}

/// How long a server wants to be left alone: so many seconds, or until a date (RFC 9110, 10.2.3), by its own clock.
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let said = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = said.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let now = rfc2822::parse(headers.get(DATE)?.to_str().ok()?).ok()?;
    Duration::try_from(rfc2822::parse(said).ok()?.duration_since(&now)).ok()
}

/// How long it is waited at first where a server does not say, and at most.
pub(super) const BACKOFF: Duration = Duration::from_millis(500);
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Asks again while a server wants fewer requests (429) or has a moment of weakness (5xx), up to `tries` times. It is
/// waited as long as the server says (`Retry-After`); else longer each time, and not by all clients equally long.
///
/// # Errors
/// What `request` and `unreached` say.
pub(super) async fn patiently<Failure>(
    tries: u32,
    request: impl Fn() -> Result<RequestBuilder, Failure>,
    unreached: impl Fn(reqwest::Error) -> Failure,
) -> Result<Response, Failure> {
    let mut attempt = 1;
    loop {
        let answer = request()?.send().await.map_err(&unreached)?;
        let is_busy = answer.status() == StatusCode::TOO_MANY_REQUESTS || answer.status().is_server_error();
        if !is_busy || attempt >= tries {
            return Ok(answer);
        }
        let by_ourselves = || (BACKOFF * attempt).mul_f64(1.0 + fastrand::f64() / 2.0);
        let wait = retry_after(answer.headers()).unwrap_or_else(by_ourselves).min(LONGEST_WAIT);
        tokio::time::sleep(wait).await;
        attempt += 1;
    }
}

/// The certificate that was refused, if that is what went wrong. The source of an [`io::Error`] is
/// its payload's, so the payload itself is looked at first; the SDK wraps one into another.
fn untrusted(error: &(dyn StdError + 'static)) -> Option<Untrusted> {
    let within = || match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(payload) => untrusted(payload),
        None => error.source().and_then(untrusted),
    };
    Untrusted::in_error(error).or_else(within)
}

/// The last cause of a chain: the outer ones name URLs.
fn innermost(error: &(dyn StdError + 'static)) -> String {
    let mut last = error;
    while let Some(source) = last.source() {
        last = source;
    }
    if last.is::<reqwest::Error>() { "The connection failed".to_owned() } else { last.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_says_in_seconds_or_by_its_own_clock_how_long_it_wants_to_be_left_alone() {
        let wait = |said: &'static str| {
            let headers = [(RETRY_AFTER, said), (DATE, "Sun, 06 Nov 1994 08:49:37 GMT")];
            let headers = headers.map(|(name, value)| (name, value.parse().expect("a header's value")));
            retry_after(&headers.into_iter().collect()).map(|wait| wait.as_secs())
        };
        assert_eq!(wait("120"), Some(120));
        assert_eq!(wait("Sun, 06 Nov 1994 08:51:37 GMT"), Some(120));
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:36 GMT"), None, "it is over");
        assert_eq!(wait("soon"), None);
    }
}
