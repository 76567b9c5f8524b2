//! One request of a transfer, and what its answer means.
//!
//! Sources: RFC 9110 (13.1.5 If-Range, 14 Range requests, 15 status codes), "Error responses" in the
//! Amazon S3 API reference.

use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_TYPE, COOKIE, ETAG, HeaderMap, HeaderName,
    HeaderValue, IF_RANGE, LAST_MODIFIED, RANGE, USER_AGENT,
};
use reqwest::{Client, Response, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::said_name;
use crate::app::error::{Cause, Error};
use crate::app::switcher::Language;
use crate::aws::http;
use crate::domain::download::{Announced, Source, Version};

/// The most of a refusal that is read.
const REFUSAL: usize = 64 << 10;

/// A server is waited for no longer.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// S3's codes and words for an address whose time is over.
const EXPIRED: [&str; 4] =
    ["Request has expired", "<Code>ExpiredToken</Code>", "<Code>TokenRefreshRequired</Code>", "has expired"];

/// What a server answers.
pub enum Answer {
    /// Nothing is missing.
    Nothing,
    /// What is missing.
    Onward(Body),
    /// All of it, from its beginning, and what the server says of it.
    Whole(Body, Announced),
}

/// Why there is no (whole) answer.
#[derive(Debug)]
pub enum Trouble {
    /// It will not be otherwise.
    Final(Error),
    /// It may be otherwise in a while; the server may say when.
    Passing(Error, Option<Duration>),
    /// What has arrived is of another version: from the beginning.
    Anew,
}

impl Trouble {
    /// The answer ended before the file did.
    pub fn short(source: &Source, arrived: u64, length: u64) -> Self {
        let words = format!("{arrived} of {length} bytes arrived");
        Self::Passing(Error::detailed(silent(source), words), None)
    }
}

/// Nothing, or not all, comes from where it is asked for.
pub fn silent(source: &Source) -> Cause {
    let url = Url::parse(source.url.expose_secret()).ok();
    Cause::Network { host: url.as_ref().and_then(Url::host_str).unwrap_or_default().to_owned() }
}

/// What comes in.
pub struct Body {
    response: Response,
    host: String,
}

impl Body {
    /// The name that the server says, in bytes of any kind.
    pub fn name(&self, language: Language) -> Option<String> {
        said_name::read(self.response.headers().get(CONTENT_DISPOSITION)?.as_bytes(), language)
    }

    /// The next piece.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Trouble> {
        self.response.chunk().await.map_err(|error| broken(&self.host, error))
    }
}

/// Asks for a file from a place on; `known` is what was said of it before.
pub async fn ask(client: &Client, source: &Source, from: u64, known: &Announced) -> Result<Answer, Trouble> {
    let url = Url::parse(source.url.expose_secret()).map_err(|_| Trouble::Final(Cause::Link.into()))?;
    let host = url.host_str().unwrap_or_default().to_owned();
    let version = known.version.as_ref().filter(|_| from > 0 && known.accepts_ranges);
    let mut headers = headers(source);
    if let Some(version) = version {
        headers.insert(RANGE, value(&format!("bytes={from}-")));
        headers.insert(IF_RANGE, value(version.as_str()));
    }
    let sent = client.get(url).headers(headers).send().await;
    let response = sent.map_err(|error| broken(&host, error))?;
    let status = response.status();
    let said = Announced::read(|name| response.headers().get(name).map(text));
    let body = Body { response, host };
    match status {
        StatusCode::OK if is_a_page_elsewhere(&body) => Err(Trouble::Final(Cause::LinkExpired.into())),
        StatusCode::OK => Ok(Answer::Whole(body, said)),
        StatusCode::PARTIAL_CONTENT if version.is_some() => onward(body, from, known),
        StatusCode::RANGE_NOT_SATISFIABLE if version.is_some() => {
            let length = body.response.headers().get(CONTENT_RANGE).map(text);
            let is_whole = length.and_then(|text| text.strip_prefix("bytes */")?.parse().ok()) == Some(from);
            if is_whole { Ok(Answer::Nothing) } else { Err(Trouble::Anew) }
        }
        _ => Err(refused(body, status).await),
    }
}

/// Whoever is not signed in any more is sent to another host's page, which is no file.
fn is_a_page_elsewhere(body: &Body) -> bool {
    let headers = body.response.headers();
    let is_page = headers.get(CONTENT_TYPE).is_some_and(|kind| text(kind).starts_with("text/html"));
    let is_file = headers.get(CONTENT_DISPOSITION).is_some();
    is_page && !is_file && body.response.url().host_str() != Some(&body.host)
}

/// A part must be of this version, begin where the file ends, and belong to the same length.
fn onward(body: Body, from: u64, known: &Announced) -> Result<Answer, Trouble> {
    let headers = body.response.headers();
    let range = headers.get(CONTENT_RANGE).map(text).and_then(|range| part(&range));
    let is_other = match &known.version {
        Some(Version::ETag(known)) => headers.get(ETAG).is_some_and(|tag| text(tag) != *known),
        Some(Version::LastModified(known)) => headers.get(LAST_MODIFIED).is_some_and(|date| text(date) != *known),
        None => true,
    };
    match range {
        Some((start, length)) if start == from && !is_other => {
            let fits = length.zip(known.length).is_none_or(|(length, known)| length == known);
            if fits { Ok(Answer::Onward(body)) } else { Err(Trouble::Anew) }
        }
        _ => Err(Trouble::Anew),
    }
}

/// Start and whole length of `bytes 5-9/10`.
fn part(range: &str) -> Option<(u64, Option<u64>)> {
    let (part, length) = range.strip_prefix("bytes ")?.split_once('/')?;
    let (start, _) = part.split_once('-')?;
    Some((start.parse().ok()?, length.parse().ok()))
}

async fn refused(body: Body, status: StatusCode) -> Trouble {
    let Body { mut response, host } = body;
    let wait = http::retry_after(response.headers()).map(|wait| wait.min(LONGEST_WAIT));
    let mut words = Vec::new();
    while words.len() < REFUSAL
        && let Ok(Some(piece)) = response.chunk().await
    {
        words.extend_from_slice(&piece);
    }
    let words = String::from_utf8_lossy(&words);
    if status.is_client_error() && EXPIRED.iter().any(|expired| words.contains(expired)) {
        return Trouble::Final(Cause::LinkExpired.into());
    }
    let error = Error::detailed(Cause::Refused { host, status: status.as_u16() }, code(&words));
    match status {
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => Trouble::Passing(error, wait),
        _ if status.is_server_error() => Trouble::Passing(error, wait),
        _ => Trouble::Final(error),
    }
}

/// S3's word for it. The rest of a refusal may repeat the address.
fn code(words: &str) -> String {
    let code = words.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>")).map(|(code, _)| code);
    let is_code = |code: &&str| code.len() <= 64 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    code.filter(is_code).unwrap_or_default().to_owned()
}

/// A connection that broke may come back; a certificate that is not trusted, or a redirect to nowhere, will not.
fn broken(host: &str, error: reqwest::Error) -> Trouble {
    let is_redirect = error.is_redirect();
    let error = http::connection_failed(host, &error.without_url());
    match error.cause {
        Cause::Network { host } if is_redirect => {
            let cause = Cause::Refused { host, status: StatusCode::FOUND.as_u16() };
            Trouble::Final(Error { cause, ..error })
        }
        Cause::Network { .. } => Trouble::Passing(error, None),
        _ => Trouble::Final(error),
    }
}

fn headers(source: &Source) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
    // Parts are of the file itself, not of a compressed form.
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    let mut add = |name: HeaderName, text: Option<&str>, is_secret: bool| {
        if let Some(mut value) = text.and_then(|text| HeaderValue::from_str(text).ok()) {
            value.set_sensitive(is_secret);
            headers.insert(name, value);
        }
    };
    add(COOKIE, source.cookies.as_ref().map(SecretString::expose_secret), true);
    add(USER_AGENT, source.user_agent.as_deref(), false);
    headers
}

/// Made of digits, or of a header that came in.
fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

fn text(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_says_where_it_begins_and_of_how_much_it_is() {
        assert_eq!(part("bytes 5-9/10"), Some((5, Some(10))));
        assert_eq!(part("bytes 5-9/*"), Some((5, None)));
        for wrong in ["bytes */10", "5-9/10", "bytes 5/10", "items 5-9/10", ""] {
            assert_eq!(part(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn of_a_refusal_only_s3s_code_is_told() {
        assert_eq!(code("<Error><Code>NoSuchKey</Code><Key>secret</Key></Error>"), "NoSuchKey");
        for other in ["", "<Code>", "<Code>a b</Code>", "<html>"] {
            assert_eq!(code(other), "", "{other}");
        }
    }
}
