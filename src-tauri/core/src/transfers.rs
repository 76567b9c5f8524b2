//! Downloads that Sidelight carries itself: long ones, from a queue, or on from where a transfer broke off.
//!
//! Not which ones (`app::downloads`), nor names and files (`storage::download_folder`). A transfer asks
//! again by itself as long as something arrives now and then; with `If-Range`, parts of two versions of
//! a file never come together (RFC 9110, 13.1.5 and 14).

mod answer;
mod client;
mod limit;
mod patience;
mod pen;
mod s3;
mod said_name;
mod sources;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::mpsc::{self, UnboundedSender};
use tokio::sync::oneshot;
use tokio::time::MissedTickBehavior;
use url::Url;

use crate::app::error::{Cause, Error};
use crate::app::event::{DownloadEvent, Event};
use crate::app::ports::{CopyOrder, Order, Stop, Transfers, Vault};
use crate::app::settings::Bandwidth;
use crate::aws::s3::S3;
use crate::aws::trust::Trust;
use crate::domain::download::{Announced, DownloadId, Source};
use crate::domain::profile::ProfileId;
use crate::storage::download_folder::{DownloadFolder, Reservation};
use answer::{Answer, Body, Trouble};
use limit::Limit;
pub use patience::Patience;
use pen::Pen;
use sources::Sources;

/// Between two words on how far it is.
const PROGRESS_EVERY: Duration = Duration::from_millis(200);

/// The native engine.
#[derive(Clone)]
pub struct HttpTransfers {
    client: reqwest::Client,
    folder: DownloadFolder,
    patience: Patience,
    sources: Sources,
    s3: S3,
    limit: Limit,
}

/// What is told of one transfer.
#[derive(Clone)]
struct Teller {
    id: DownloadId,
    events: UnboundedSender<Event>,
}

impl HttpTransfers {
    /// All folders share the reservations of this one.
    ///
    /// # Errors
    /// `Bug` where the TLS library cannot start.
    pub fn new(
        trust: &Trust,
        folder: DownloadFolder,
        vault: Arc<dyn Vault>,
        patience: Patience,
    ) -> Result<Self, Error> {
        let client = client::client(trust, patience.silence)?;
        Ok(Self { client, folder, patience, sources: Sources::new(vault), s3: S3::new(trust), limit: Limit::default() })
    }

    async fn carry_on(self, mut order: Order, teller: Teller, mut stopped: oneshot::Receiver<()>) {
        let stands_by = order.page_stands_by;
        let first = tokio::select! {
            biased;
            asked = self.ask_first(&order) => match asked {
                Ok(answer) => answer,
                Err((error, name)) => return teller.say(|id| DownloadEvent::Declined { id, error, name }),
            },
            _ = &mut stopped => return teller.say(|id| DownloadEvent::Stopped { id, error: None, kept: Some(0) }),
        };
        if let Some(Answer::Whole(body, _)) = &first
            && let Some(name) = name_in(&order, body)
        {
            order.name = name;
        }
        let folder = self.folder.at(&order.folder);
        let kept = order.partial.as_ref().map(|_| order.arrived);
        let reserved = off_the_loop(move || {
            let reservation = taken(&folder, order.partial.as_deref(), &order.name, order.announced.length)?;
            Ok((reservation, order))
        });
        let (reservation, order) = match reserved.await {
            Ok(taken) => taken,
            // The page's engine finds the same, and says so.
            Err(error) if stands_by => return teller.say(|id| DownloadEvent::Declined { id, error, name: None }),
            // A disk that is not plugged in has it still.
            Err(error) => return teller.say(|id| DownloadEvent::Stopped { id, error: Some(error), kept }),
        };
        let (name, partial) = (reservation.name().to_owned(), reservation.partial_path().to_owned());
        let began = order.folder.clone();
        teller.say(|id| DownloadEvent::Began { id, name, folder: began, partial });
        let mut announced = order.announced.clone();
        let outcome = match reservation.open() {
            Ok(file) => {
                let mut pen = Pen::new(file);
                let outcome = tokio::select! {
                    outcome = self.fetch(&order, first, &mut announced, &mut pen, &teller) => outcome.map(Some),
                    _ = stopped => Ok(None),
                };
                // What is on its way to the disk gets there, whatever the outcome.
                pen.put_down().await.and(outcome)
            }
            Err(error) => Err(error),
        };
        let keep_time = order.keep_time;
        let event = off_the_loop(move || Ok(end(teller.id, reservation, &announced, keep_time, outcome))).await;
        if let Ok(event) = event {
            let _ = teller.events.send(Event::Download(event));
        }
    }

    /// What must be known before it has a place: whether ours is the answer that the page's engine has, and its name.
    async fn ask_first(&self, order: &Order) -> Result<Option<Answer>, (Error, Option<String>)> {
        if order.page_stands_by {
            self.ask_beside_the_page(order).await.map(Some)
        } else if order.name_in.is_some() && order.partial.is_none() {
            // What goes wrong is found again, and then tried again.
            Ok(answer::ask(&self.client, &order.source, 0, &order.announced).await.ok())
        } else {
            Ok(None)
        }
    }

    /// The same answer as the page's engine has got, within a short while; or why not, and the name that another one
    /// says.
    async fn ask_beside_the_page(&self, order: &Order) -> Result<Answer, (Error, Option<String>)> {
        let known = &order.announced;
        let asked = answer::ask(&self.client, &order.source, 0, known);
        match tokio::time::timeout(self.patience.beside, asked).await {
            Ok(Ok(Answer::Whole(body, said))) if is_same(&said, known) => Ok(Answer::Whole(body, said)),
            Ok(Ok(Answer::Whole(body, _))) => Err((Cause::Damaged.into(), name_in(order, &body))),
            Ok(Err(Trouble::Final(error) | Trouble::Passing(error, _))) => Err((error, None)),
            Ok(_) => Err((Cause::Damaged.into(), None)),
            Err(_) => Err((answer::silent(&order.source).into(), None)),
        }
    }

    /// Asks until all of it is there; it may have been asked once.
    async fn fetch(
        &self,
        order: &Order,
        mut first: Option<Answer>,
        announced: &mut Announced,
        pen: &mut Pen,
        teller: &Teller,
    ) -> Result<(), Error> {
        let mut tries = self.patience.tries(pen.length());
        loop {
            let trouble = match self.once(order, first.take(), announced, pen, teller).await {
                Ok(()) => return Ok(()),
                Err(trouble) => trouble,
            };
            let (error, wait) = match trouble {
                Trouble::Final(error) => return Err(error),
                Trouble::Anew => {
                    pen.clear().await?;
                    *announced = Announced::default();
                    (Cause::Damaged.into(), Some(Duration::ZERO))
                }
                Trouble::Passing(error, wait) => (error, wait),
            };
            let Some(pause) = tries.again(pen.length()) else { return Err(error) };
            tokio::time::sleep(wait.unwrap_or(pause)).await;
        }
    }

    /// One request, from where the file ends, and what comes of it.
    async fn once(
        &self,
        order: &Order,
        asked: Option<Answer>,
        announced: &mut Announced,
        pen: &mut Pen,
        teller: &Teller,
    ) -> Result<(), Trouble> {
        let from = pen.length();
        let answer = match asked {
            Some(answer) => answer,
            None => answer::ask(&self.client, &order.source, from, announced).await?,
        };
        let mut body = match answer {
            Answer::Nothing => return Ok(()),
            Answer::Onward(body) => body,
            Answer::Whole(body, said) => {
                pen.clear().await.map_err(Trouble::Final)?;
                if *announced != said {
                    announced.clone_from(&said);
                    teller.say(|id| DownloadEvent::Announced { id, announced: said });
                }
                body
            }
        };
        let (mut clock, mut told) = (tokio::time::interval(PROGRESS_EVERY), pen.length());
        clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                piece = body.next() => {
                    let Some(piece) = piece? else { break };
                    self.limit.wait_for(piece.len() as u64).await;
                    pen.write(piece).await.map_err(Trouble::Final)?;
                }
                // Also where nothing comes any more.
                _ = clock.tick() => if pen.length() != told {
                    told = pen.length();
                    teller.say(|id| DownloadEvent::Progress { id, bytes: told, files: None });
                },
            }
        }
        match announced.length.filter(|length| pen.length() < *length) {
            // A part may be shorter than what was asked for.
            Some(length) => Err(Trouble::short(&order.source, pen.length(), length)),
            None => Ok(()),
        }
    }
}

#[async_trait]
impl Transfers for HttpTransfers {
    fn carry(&self, order: Order, events: UnboundedSender<Event>) -> Stop {
        let (stop, stopped) = oneshot::channel();
        let teller = Teller { id: order.id, events };
        tokio::spawn(self.clone().carry_on(order, teller, stopped));
        Stop(stop)
    }

    fn keep(&self, id: DownloadId, profile: &ProfileId, source: &Source) {
        self.sources.keep(id, profile, source);
    }

    async fn recall(&self, id: DownloadId, profile: &ProfileId, link: &Url) -> Result<Source, Error> {
        self.sources.recall(id, profile, link).await
    }

    fn forget(&self, id: DownloadId) {
        self.sources.forget(id);
    }

    fn discard(&self, partial: &Path) {
        self.folder.discard(partial);
    }

    fn copy(&self, order: CopyOrder, events: UnboundedSender<Event>) -> Stop {
        let (stop, stopped) = oneshot::channel();
        let teller = Teller { id: order.id, events };
        tokio::spawn(s3::Copying::new(self, order, teller).run(stopped));
        Stop(stop)
    }

    fn abandon(&self, order: CopyOrder) {
        // Nothing of it is told.
        let teller = Teller { id: order.id, events: mpsc::unbounded_channel().0 };
        tokio::spawn(s3::Copying::new(self, order, teller).abandon());
    }

    fn limit(&self, to: Option<Bandwidth>) {
        self.limit.set(to);
    }

    fn has_room(&self, folder: &Path, bytes: u64) -> bool {
        self.folder.at(folder).has_room(bytes)
    }
}

impl Teller {
    fn say(&self, event: impl FnOnce(DownloadId) -> DownloadEvent) {
        // The loop is gone only when the app ends.
        let _ = self.events.send(Event::Download(event(self.id)));
    }
}

/// Whether two answers are one file, as far as they say anything that tells files apart.
fn is_same(said: &Announced, known: &Announced) -> bool {
    let says_something = known.version.is_some() || known.length.is_some();
    says_something && said.version == known.version && said.length == known.length
}

/// The name that an answer says, where the page's engine could not read it.
fn name_in(order: &Order, body: &Body) -> Option<String> {
    order.name_in.and_then(|language| body.name(language))
}

/// The hidden file: that which was left, or a new one.
fn taken(
    folder: &DownloadFolder,
    partial: Option<&Path>,
    name: &str,
    length: Option<u64>,
) -> Result<Reservation, Error> {
    match partial {
        // One that is gone is begun anew.
        Some(partial) => folder.reopen(partial, name).or_else(|_| folder.reserve(name, length)),
        None => folder.reserve(name, length),
    }
}

/// What became of it. Whole by the transfer's word, it gets its name only if the file says so too.
fn end(
    id: DownloadId,
    reservation: Reservation,
    announced: &Announced,
    keep_time: bool,
    outcome: Result<Option<()>, Error>,
) -> DownloadEvent {
    match outcome {
        Ok(Some(())) => match reservation.finish(announced, keep_time) {
            Ok(whole) => DownloadEvent::Finished { id, name: whole.name, bytes: whole.bytes },
            Err(error) => DownloadEvent::Stopped { id, error: Some(error), kept: None },
        },
        Ok(None) => DownloadEvent::Stopped { id, error: None, kept: reservation.leave() },
        Err(error) => DownloadEvent::Stopped { id, error: Some(error), kept: reservation.leave() },
    }
}

async fn off_the_loop<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_panicked| Err(Cause::Bug.into()))
}
