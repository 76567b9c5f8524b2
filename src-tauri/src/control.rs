//! The app's end of the control socket: what `side`, or a second start, asks of the window.
//!
//! Not the wire (`sidelight_core::control`). Questions are answered from the last picture, wishes
//! go through the loop like the UI's.

mod lines;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sidelight_core::app::downloads::WantedCopy;
use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::event::{Event, Reply, Target, Wish};
use sidelight_core::app::state::State;
use sidelight_core::control::{Answer, DownloadLine, Listener, Request, Rights, TabLine, ask};
use sidelight_core::domain::book::Book;
use sidelight_core::domain::download::Download;
use sidelight_core::domain::profile::ProfileId;
use sidelight_core::domain::s3::{S3Uri, S3Way};
use sidelight_core::domain::session::Access;
use sidelight_core::domain::workspace::{Spot, TabId};
use sidelight_core::storage::home::Home;
use sidelight_core::storage::lock::AppLock;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

use lines::{download_line, failure, tab_lines};

/// Tabs and downloads as they were told last.
#[derive(Clone, Default)]
pub struct Picture(Arc<Mutex<Lines>>);

#[derive(Default)]
struct Lines {
    is_locked: bool,
    tabs: Vec<TabLine>,
    downloads: Vec<Arc<Download<Error>>>,
    book: Arc<Book>,
}

impl Picture {
    /// The state has changed.
    pub fn take(&self, state: &State) {
        let is_locked = state.lock.is_some();
        let (tabs, downloads) = (tab_lines(state), state.downloads.clone());
        let lines = Lines { is_locked, tabs, downloads, book: state.book.clone() };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = lines;
    }

    fn tabs(&self) -> Result<Vec<TabLine>, Error> {
        self.unlocked(|lines| lines.tabs.clone())
    }

    fn downloads(&self) -> Result<Vec<DownloadLine>, Error> {
        self.unlocked(|lines| lines.downloads.iter().map(|download| download_line(&lines.book, download)).collect())
    }

    fn download(&self, id: &str) -> Result<Answer, Error> {
        self.unlocked(|lines| {
            let download = lines.downloads.iter().find(|download| download.id.to_string() == id);
            Answer::Download {
                line: download.map(|download| Box::new(download_line(&lines.book, download))),
                failure: download.and_then(|download| failure(download)).map(|error| Box::new(error.into())),
            }
        })
    }

    fn unlocked<T>(&self, look: impl FnOnce(&Lines) -> T) -> Result<T, Error> {
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.is_locked { Err(Error::of_locked_window()) } else { Ok(look(&lines)) }
    }
}

/// How long the app that holds the lock may take until it listens.
const TO_LISTEN: Duration = Duration::from_secs(20);

/// Between two tries to reach it.
const LOOK: Duration = Duration::from_millis(40);

/// The app's own end of the socket: from the moment that it has the lock it can be asked, and answers
/// when it has come up. The lock is held for as long.
pub struct Door {
    listener: Option<Listener>,
    lock: AppLock,
}

impl Door {
    /// Begins to listen, inside of a tokio runtime.
    pub fn open(home: &Home, lock: AppLock) -> Self {
        let listener = Listener::bind(home, &lock);
        let listener = listener.inspect_err(|error| tracing::error!(%error, "`side` cannot reach this window")).ok();
        Self { listener, lock }
    }

    /// Answers until the app ends.
    pub async fn serve(self, events: UnboundedSender<Event>, picture: Picture) {
        let Some(listener) = self.listener else {
            // The lock says that this app runs, whether it can be reached or not.
            return std::future::pending().await;
        };
        let serving =
            listener.serve(move |request| {
                let (events, picture) = (events.clone(), picture.clone());
                async move {
                    answer(request, &events, &picture).await.unwrap_or_else(|error| Answer::Failed((&error).into()))
                }
            });
        serving.await;
        drop(self.lock);
    }
}

/// Another app holds the lock: it comes to the front in this one's place, and opens the link that
/// this one was given. One that was started a moment ago is waited for.
pub async fn present_the_other(home: &Home, link: Option<String>, conflict: Error) -> Result<(), Error> {
    let request = match link {
        Some(link) => {
            Request::OpenLink { link, read_only: false, beside: false, new_window: false, from_outside: true }
        }
        None => Request::Focus,
    };
    let asking = async {
        while ask(home, &request).await?.is_none() {
            sleep(LOOK).await;
        }
        Ok(())
    };
    timeout(TO_LISTEN, asking).await.unwrap_or(Err(conflict))
}

async fn answer(request: Request, events: &UnboundedSender<Event>, picture: &Picture) -> Result<Answer, Error> {
    match request {
        Request::Hello => Ok(Answer::Ok),
        Request::Tabs => Ok(Answer::Tabs { tabs: picture.tabs()? }),
        Request::Downloads => Ok(Answer::Downloads { downloads: picture.downloads()? }),
        Request::Download { download } => picture.download(&download),
        Request::Copy { profile, s3, local, uploads, rights, replaces } => {
            let wanted = WantedCopy {
                at: S3Uri::parse(&s3)?,
                way: if uploads { S3Way::Up } else { S3Way::Down },
                local,
                access: rights.map(|rights| match rights {
                    Rights::ReadOnly => Access::ReadOnly,
                    Rights::Full => Access::Full,
                }),
                replaces,
            };
            let (reply, answer) = oneshot::channel();
            tell(events, Wish::Copy { profile, wanted: Box::new(wanted), reply: Some(reply) })?;
            let id = answer.await.unwrap_or_else(|_| Err(Cause::Bug.into()))?;
            Ok(Answer::Copying { download: id.to_string() })
        }
        Request::Reload => wait(events, |reply| Wish::ReadBook(Some(reply))).await,
        Request::Focus => tell(events, Wish::Present),
        Request::Open { profile, service, region, page, read_only, beside, new_window } => {
            let target = Target {
                service,
                region,
                page,
                access: read_only.then_some(Access::ReadOnly),
                spot: spot(beside, new_window),
            };
            // A window of the tab's own comes above the app's.
            if new_window {
                tell(events, Wish::Present)?;
            }
            let answer = wait(events, |reply| Wish::OpenNamed { name: profile, target, reply: Some(reply) }).await?;
            if !new_window {
                tell(events, Wish::Present)?;
            }
            Ok(answer)
        }
        Request::SleepOthers => tell(events, Wish::SleepOthers),
        Request::OpenLink { link, read_only, beside, new_window, from_outside } => {
            let target = Target {
                access: read_only.then_some(Access::ReadOnly),
                spot: spot(beside, new_window),
                ..Target::default()
            };
            let answer = wait(events, |reply| Wish::OpenLink {
                text: link,
                target,
                comes_from_outside: from_outside,
                reply: Some(reply),
            });
            let answer = answer.await;
            // Where several profiles fit, or none, the window says so.
            tell(events, Wish::Present)?;
            answer
        }
        Request::Show { tab } => wait(events, |reply| Wish::ShowTab(TabId::new(tab), Some(reply))).await,
        Request::Close { tab } => wait(events, |reply| Wish::CloseTab(TabId::new(tab), Some(reply))).await,
        Request::SignOut { profile } => {
            let profile = profile.as_deref().map(ProfileId::parse).transpose()?;
            wait(events, |reply| Wish::SignOut(profile, Some(reply))).await
        }
        Request::RemoveProfile { profile } => {
            let profile = ProfileId::parse(&profile)?;
            wait(events, |reply| Wish::RemoveProfile { profile, at_once: true, reply: Some(reply) }).await
        }
    }
}

fn spot(beside: bool, new_window: bool) -> Spot {
    match (beside, new_window) {
        (_, true) => Spot::OwnWindow,
        (true, false) => Spot::Beside,
        (false, false) => Spot::Here,
    }
}

fn tell(events: &UnboundedSender<Event>, wish: Wish) -> Result<Answer, Error> {
    events.send(Event::Asked(wish)).map_err(|_| Cause::Bug)?;
    Ok(Answer::Ok)
}

async fn wait<T>(events: &UnboundedSender<Event>, wish: impl FnOnce(Reply<T>) -> Wish) -> Result<Answer, Error> {
    let (reply, answer) = oneshot::channel();
    tell(events, wish(reply))?;
    answer.await.unwrap_or_else(|_| Err(Cause::Bug.into()))?;
    Ok(Answer::Ok)
}
