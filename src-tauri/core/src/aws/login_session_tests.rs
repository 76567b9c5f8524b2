//! Refreshes that something comes in the way of, against an endpoint on loopback and a file that may fail.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;

use jiff::Timestamp;

use super::*;
use crate::app::fakes::Fake;
use crate::aws::place_at;
use crate::aws::trust::Trust;

const KEY: &str = include_str!("login_session/test_key.pem");

/// What the AWS CLI keeps; it may be read-only, and another program may write it at any time.
#[derive(Default)]
struct File {
    ends: Mutex<Vec<Timestamp>>,
    is_read_only: bool,
}

fn keys(end: Timestamp) -> Arc<SessionCredentials> {
    let name = format!("ASIA{}", end.as_second());
    Arc::new(SessionCredentials::new(name, "secret".to_owned().into(), "token".to_owned().into(), end))
}

#[async_trait]
impl LoginFiles for File {
    async fn read_login(&self, _: &str) -> Result<Option<LoginTokens>, Error> {
        let mut ends = self.ends.lock().expect("no test panics");
        let end = if ends.len() > 1 { ends.remove(0) } else { ends[0] };
        let (client_id, refresh_token) = ("client".to_owned(), "once".to_owned().into());
        Ok(Some(LoginTokens { credentials: keys(end), client_id, refresh_token, key: KEY.to_owned().into() }))
    }

    async fn keep_login(&self, _: &str, fresh: &Refreshed) -> Result<(), Error> {
        if self.is_read_only {
            return Err(Cause::Disk { path: "kept.json".into(), free_bytes: None }.into());
        }
        *self.ends.lock().expect("no test panics") = vec![fresh.credentials.expires_at];
        Ok(())
    }
}

/// An endpoint that gives this answer once.
fn endpoint(status: &'static str, body: &'static str) -> Result<Place, Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let origin = format!("http://{}", listener.local_addr()?);
    std::thread::spawn(move || -> std::io::Result<()> {
        let (mut connection, _) = listener.accept()?;
        let mut reader = BufReader::new(connection.try_clone()?);
        let (mut line, mut length) = (String::new(), 0);
        while reader.read_line(&mut line)? > 2 {
            if let Some(said) = line.to_lowercase().strip_prefix("content-length:") {
                length = said.trim().parse().unwrap_or(0);
            }
            line.clear();
        }
        reader.read_exact(&mut vec![0; length])?;
        let head = format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close");
        write!(connection, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
    });
    Ok(place_at(&origin)?)
}

fn sessions(file: File) -> Result<HttpLoginSessions, Error> {
    let world = Fake::default().world();
    let client = http::client(&Trust::new(None)?)?;
    Ok(HttpLoginSessions::new(client, Arc::new(file), world.clock, world.turns, || "a-number".to_owned()))
}

fn minutes(minutes: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes)
}

const FRESH: &str = r#"{"accessToken":{"accessKeyId":"ASIANEW","secretAccessKey":"s","sessionToken":"t"},"expiresIn":900,"refreshToken":"next"}"#;

#[tokio::test]
async fn what_cannot_be_written_is_kept_in_memory_since_the_token_before_is_spent()
-> Result<(), Box<dyn std::error::Error>> {
    let place = endpoint("200 OK", FRESH)?;
    let sessions = sessions(File { ends: Mutex::new(vec![minutes(1)]), is_read_only: true })?;
    for _ in 0..2 {
        // The endpoint answers once only.
        assert_eq!(sessions.credentials(&place, "session").await?.key_id, "ASIANEW");
    }
    Ok(())
}

#[tokio::test]
async fn a_token_that_the_aws_cli_has_spent_meanwhile_is_no_end() -> Result<(), Box<dyn std::error::Error>> {
    let place = endpoint("401 Unauthorized", r#"{"error":"TOKEN_EXPIRED","message":"spent"}"#)?;
    // Stale when it is asked and when its turn has come; then the AWS CLI has written.
    let sessions = sessions(File { ends: Mutex::new(vec![minutes(1), minutes(1), minutes(15)]), is_read_only: false })?;
    assert_eq!(sessions.credentials(&place, "session").await?.key_id, keys(minutes(15)).key_id);
    Ok(())
}

#[tokio::test]
async fn only_the_word_that_it_is_over_asks_for_a_new_sign_in() -> Result<(), Box<dyn std::error::Error>> {
    for (status, body, end, expected) in [
        ("401 Unauthorized", r#"{"error":"TOKEN_EXPIRED"}"#, minutes(0), "expired"),
        ("403 Forbidden", r#"{"error":"USER_CREDENTIALS_CHANGED"}"#, minutes(0), "expired"),
        ("403 Forbidden", r#"{"error":"INSUFFICIENT_PERMISSIONS"}"#, minutes(0), "denied"),
        ("400 Bad Request", r#"{"error":"INVALID_REQUEST"}"#, minutes(0), "denied"),
        ("429 Too Many Requests", "{}", minutes(0), "throttled"),
        ("500 Internal Server Error", "no json", minutes(0), "network"),
    ] {
        let sessions = sessions(File { ends: Mutex::new(vec![end]), is_read_only: false })?;
        let refused = sessions.credentials(&endpoint(status, body)?, "session").await;
        assert_eq!(refused.map(drop).map_err(|error| error.cause.code()), Err(expected), "{status} {body}");
    }
    let busy = endpoint("500 Internal Server Error", "")?;
    let sessions = sessions(File { ends: Mutex::new(vec![minutes(3)]), is_read_only: false })?;
    let good_yet = sessions.credentials(&busy, "session").await?;
    assert_eq!(good_yet.expires_at, minutes(3), "what is known is good for three minutes yet");
    Ok(())
}
