//! The thread on which the keychain is asked, and the patience of whoever asks.
//!
//! Not what is asked. A thread that does not come back is left behind: it ends when its dialog is
//! answered.

use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use keyring_core::CredentialStore;
use tokio::sync::oneshot;

use crate::app::error::{Cause, Error};

type Store = Option<Arc<CredentialStore>>;
type Question = Box<dyn FnOnce(&mut Store) + Send>;

/// Starts with the first question.
#[derive(Default)]
pub(super) struct KeychainThread {
    questions: Mutex<Option<Sender<Question>>>,
}

impl KeychainThread {
    /// Asks, and waits at most `patience`.
    pub(super) async fn ask<Answer: Send + 'static>(
        &self,
        patience: Duration,
        question: impl FnOnce(&mut Store) -> Result<Answer, Error> + Send + 'static,
    ) -> Result<Answer, Error> {
        let (reply, answer) = oneshot::channel();
        self.send(Box::new(move |store| {
            // Whoever asked has gone: a late write would surprise.
            if !reply.is_closed() {
                let _ = reply.send(question(store));
            }
        }))?;
        match tokio::time::timeout(patience, answer).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => {
                self.leave_behind();
                Err(Error::detailed(Cause::KeychainUnavailable, "the keychain's thread ended"))
            }
            Err(_) => {
                self.leave_behind();
                let words = format!("no answer within {} s; a dialog may be open", patience.as_secs());
                Err(Error::detailed(Cause::KeychainLocked, words))
            }
        }
    }

    fn send(&self, question: Question) -> Result<(), Error> {
        let mut questions = self.questions.lock().unwrap_or_else(PoisonError::into_inner);
        let sent = match questions.as_ref() {
            Some(running) => running.send(question),
            None => Err(mpsc::SendError(question)),
        };
        let Err(mpsc::SendError(question)) = sent else { return Ok(()) };
        let (sender, receiver) = mpsc::channel::<Question>();
        let started = std::thread::Builder::new().name("keychain".to_owned()).spawn(move || {
            let mut store = None;
            for question in receiver {
                question(&mut store);
            }
        });
        started.map_err(|error| Error::detailed(Cause::KeychainUnavailable, error.to_string()))?;
        let sent = sender.send(question);
        *questions = Some(sender);
        sent.map_err(|_| Error::detailed(Cause::KeychainUnavailable, "the keychain's thread ended"))
    }

    fn leave_behind(&self) {
        self.questions.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_call_that_never_returns_is_left_behind_and_the_next_one_is_answered() {
        let thread = KeychainThread::default();
        let (_open, dialog) = mpsc::channel::<()>();
        let stuck = thread.ask(Duration::from_millis(20), move |_| dialog.recv().map_err(|_| Cause::Bug.into())).await;
        assert_eq!(stuck.map_err(|error| error.cause), Err(Cause::KeychainLocked));
        assert_eq!(thread.ask(Duration::from_secs(20), |_| Ok(7)).await, Ok(7));
    }
}
