//! The wire between `side` and the running app: what is asked, what is answered, who may ask.
//!
//! Not what the app does about it. One question and one answer for each connection; only this
//! user's processes are heard. No credentials travel here: `side` makes its own from the keychain.
//! Grows by a request when `side` needs to know or to cause one more thing.

mod frame;
mod message;
#[cfg(unix)]
#[path = "control/unix.rs"]
mod pipe;
#[cfg(windows)]
#[path = "control/windows.rs"]
mod pipe;

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::Semaphore;
use tokio::time::timeout;

pub use frame::FrameError;
pub use message::{Answer, DownloadLine, DownloadLineState, Failure, Request, Rights, TabLine, TabLineState};

use crate::app::error::{Cause, Error};
use crate::storage::files;
use crate::storage::home::Home;
use crate::storage::lock::AppLock;

/// How long a message may take on its way.
const MESSAGE_TIME: Duration = Duration::from_secs(5);

/// How long opening may take until the tab exists; it does not wait for its page.
const OPENING_TIME: Duration = Duration::from_secs(60);

/// More than a person's shell starts at once; a loop gone wild waits.
const MOST_AT_ONCE: usize = 32;

/// An answer's most bytes, over all its frames.
const LONGEST_ANSWER: usize = 16 << 20;

/// Asks the running app; `None` where none runs.
///
/// # Errors
/// `Conflict` where the one that runs does not answer in time, or in another version's words, or
/// where another user's process has taken its place; `Disk` where the socket cannot be reached.
pub async fn ask(home: &Home, request: &Request) -> Result<Option<Answer>, Error> {
    let socket = home.control_socket();
    let connected = timeout(MESSAGE_TIME, pipe::connect(&socket)).await.unwrap_or(Err(io::ErrorKind::TimedOut.into()));
    let Some(mut stream) = connected.map_err(files::disk_error(&socket))? else {
        return Ok(None);
    };
    if !pipe::is_this_user(&stream) {
        return Err(conflict("another user's process listens at the control socket"));
    }
    let answering = match request {
        Request::Open { .. } => OPENING_TIME,
        _ => MESSAGE_TIME,
    };
    let asking = async {
        frame::write(&mut stream, &message::encode(request)).await?;
        frame::read(&mut stream, LONGEST_ANSWER).await
    };
    match timeout(answering + MESSAGE_TIME, asking).await {
        Err(_) => Err(conflict("the running Sidelight does not answer")),
        Ok(Err(error)) => Err(conflict(&error.to_string())),
        Ok(Ok(bytes)) => message::decode(&bytes).map(Some).map_err(|error| conflict(&error.to_string())),
    }
}

/// The app's end of the wire; dropped, nobody can ask any more.
pub struct Listener(pipe::Listener);

impl Listener {
    /// Begins to listen, inside of a tokio runtime. A socket that a killed app left is replaced:
    /// whoever holds the lock is the only app.
    ///
    /// # Errors
    /// `Disk` where the socket cannot be made, or lies in a folder that others can look into.
    pub fn bind(home: &Home, _the_only_app: &AppLock) -> Result<Self, Error> {
        let socket = home.control_socket();
        pipe::Listener::bind(&socket).map(Self).map_err(files::disk_error(&socket))
    }

    /// Answers for as long as it is polled. A request that makes no sense is told so; the app
    /// lives on.
    pub async fn serve<Asked, Answering>(mut self, asked: Asked)
    where
        Asked: Fn(Request) -> Answering + Send + Sync + 'static,
        Answering: Future<Output = Answer> + Send,
    {
        let asked = Arc::new(asked);
        let places = Arc::new(Semaphore::new(MOST_AT_ONCE));
        loop {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
            match self.0.accept().await {
                Ok(stream) if pipe::is_this_user(&stream) => {
                    let asked = Arc::clone(&asked);
                    tokio::spawn(async move {
                        converse(stream, asked.as_ref()).await;
                        drop(place);
                    });
                }
                Ok(_) => tracing::warn!("a process of another user was turned away from the control socket"),
                Err(error) => {
                    tracing::warn!(%error, "the control socket could not accept");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
    }
}

async fn converse<Asked, Answering>(mut stream: impl AsyncRead + AsyncWrite + Unpin, asked: &Asked)
where
    Asked: Fn(Request) -> Answering,
    Answering: Future<Output = Answer>,
{
    let request = match timeout(MESSAGE_TIME, frame::read(&mut stream, frame::LONGEST)).await {
        Err(_) => return,
        Ok(Err(FrameError::Io(_))) => return,
        Ok(Err(error)) => Err(Failure::from(&Error::detailed(Cause::Bug, error.to_string()))),
        Ok(Ok(bytes)) => message::decode(&bytes).map_err(|error| error.failure()),
    };
    let answer = match request {
        Ok(request) => asked(request).await,
        Err(failure) => Answer::Failed(failure),
    };
    // Whoever asked may be gone; that is theirs to know.
    let _ = timeout(MESSAGE_TIME, frame::write(&mut stream, &message::encode(&answer))).await;
}

fn conflict(words: &str) -> Error {
    Error::detailed(Cause::Conflict, words)
}

#[cfg(test)]
mod tests;
