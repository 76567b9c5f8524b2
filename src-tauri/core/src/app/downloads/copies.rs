//! Copies from S3 and to it, with a profile's own credentials: how they come into the list, and with what they go.
//!
//! Not the copying (`transfers`).

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::SignedDuration;
use tokio::sync::Mutex;

use super::{App, By, Carrier, Told, of_mut};
use crate::app::World;
use crate::app::credentials::{self, Use};
use crate::app::error::{Cause, Error};
use crate::app::ports::{CopyOrder, Keys, Place};
use crate::app::window::{Chosen, UploadTo};
use crate::domain::book::Book;
use crate::domain::download::{Again, Announced, Download, DownloadId, DownloadState, safe_file_name};
use crate::domain::input::{Field, InputError, Problem};
use crate::domain::link;
use crate::domain::partition::Partition;
use crate::domain::profile::{Profile, ProfileId};
use crate::domain::s3::{S3Copy, S3Uri, S3Way};
use crate::domain::secret::SessionCredentials;
use crate::domain::session::{Access, StoreId};
use crate::domain::workspace::TabId;

/// What is left of credentials when new ones are got.
const SPARE: SignedDuration = SignedDuration::from_mins(5);

/// What somebody wants copied.
#[derive(Clone, Debug)]
pub struct WantedCopy {
    /// In S3.
    pub at: S3Uri,
    /// Which way.
    pub way: S3Way,
    /// The file or folder here: what is sent, or where it goes. Without it, into the profile's folder for downloads
    /// under its own name.
    pub local: Option<PathBuf>,
    /// With which rights; those that the profile's guards say without them.
    pub access: Option<Access>,
    /// An object that is there already is replaced.
    pub replaces: bool,
}

impl App {
    /// A copy into the list: it begins when its turn comes.
    ///
    /// # Errors
    /// `Denied` for an upload with rights that may only read; `Input`: no such profile, no S3 in its partition.
    pub(in crate::app) fn copy(&mut self, profile: &str, wanted: WantedCopy) -> Result<DownloadId, Error> {
        let profile = self.state.book.find(profile).ok_or(InputError::new(Field::Name, Problem::Unknown))?.clone();
        let access = wanted.access.unwrap_or_else(|| self.state.book.guards_of(&profile).access());
        if wanted.way == S3Way::Up {
            writable(access, &wanted.at)?;
        }
        let place = self.place_of(&profile)?;
        let host = place.partition.s3_host(wanted.at.bucket());
        if host.is_empty() {
            return Err(InputError::new(Field::S3, Problem::Missing).into());
        }
        let WantedCopy { at, way, local, replaces, .. } = wanted;
        let page = link::parse(&at.to_string(), &[]).ok();
        let (folder, name) = match &local {
            Some(path) => (path.parent(), path.file_name()),
            None => (None, None),
        };
        let name = name.map_or_else(|| at.name().to_owned(), |name| name.to_string_lossy().into_owned());
        // What is sent is called as it is called.
        let name = if way == S3Way::Up { name } else { safe_file_name(&name) };
        let download = Download {
            id: self.state.download_ids.next(),
            name,
            lost_name: false,
            folder: folder.map_or_else(|| self.folder_of(&profile.id), ToOwned::to_owned),
            host,
            link: None,
            page: page.and_then(|page| page.page_at(&place.partition, &place.region)).map(|page| link::clean(&page)),
            bytes: 0,
            announced: Announced::default(),
            speed: None,
            started_at: self.now(),
            partial: None,
            again: Again::Onward,
            s3: Some(S3Copy { at, way, access, replaces, upload: None }),
            files: None,
            state: DownloadState::Queued,
            profile: profile.id,
        };
        let id = download.id;
        self.state.download_changes += 1;
        let asks = local.is_none() && self.asks_where(&download.profile);
        let place = download.folder.join(&download.name);
        let by = if asks { By::Asking } else { By::Nobody };
        self.state.carriers.0.insert(id, Carrier { by, ..Carrier::default() });
        self.state.downloads.insert(0, Arc::new(download));
        self.drop_the_oldest();
        if asks {
            self.window.ask_where(id, &place);
        }
        self.next_in_queue();
        Ok(id)
    }

    /// What a tab's page of S3 shows, to this machine.
    pub(in crate::app) fn download_s3(&mut self, tab: &TabId) {
        let Some((store, at)) = self.s3_of(tab) else { return };
        let about = Some(at.to_string());
        let wanted = WantedCopy { at, way: S3Way::Down, local: None, access: Some(store.access), replaces: false };
        let outcome = self.copy(store.profile.as_str(), wanted);
        self.answer(None, about, outcome);
    }

    /// The user is asked what goes to where a tab's page of S3 is.
    pub(in crate::app) fn ask_upload(&mut self, tab: &TabId, chosen: Chosen) {
        let Some((store, at)) = self.s3_of(tab) else { return };
        let folder = at.folder();
        match writable(store.access, &folder) {
            Ok(()) => self.window.ask_upload(&UploadTo { store, folder }, chosen),
            Err(error) => self.answer::<()>(None, Some(at.to_string()), Err(error)),
        }
    }

    /// They have chosen.
    pub(in crate::app) fn upload_chosen(&mut self, to: &UploadTo, chosen: Chosen, paths: Vec<PathBuf>) {
        // Behind the lock that came meanwhile nothing is begun.
        if self.state.lock.is_some() {
            return;
        }
        for path in paths {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let end = if chosen == Chosen::Folder { "/" } else { "" };
            let outcome = to.folder.below(&format!("{name}{end}")).map_err(Error::from).and_then(|at| {
                let access = Some(to.store.access);
                let wanted = WantedCopy { at, way: S3Way::Up, local: Some(path), access, replaces: false };
                self.copy(to.store.profile.as_str(), wanted)
            });
            self.answer(None, Some(name), outcome);
        }
    }

    /// Whose page it is, and what it shows; a notice where it is none of S3's.
    fn s3_of(&mut self, tab: &TabId) -> Option<(StoreId, S3Uri)> {
        let found = self.state.workspace.tab(tab)?;
        let shown = link::s3_of(&found.page.url).map(|at| (found.store.clone(), at));
        if shown.is_none() {
            let about = Some(found.page.title.clone());
            self.answer::<()>(None, about, Err(InputError::new(Field::Page, Problem::NotOfS3).into()));
        }
        shown
    }

    /// An upload that found another object in its place goes on, and replaces it.
    pub(super) fn replace(&mut self, id: DownloadId) {
        let Some(download) = of_mut(&mut self.state.downloads, id) else { return };
        let found_another = matches!(&download.state, DownloadState::Failed(Error { cause: Cause::Exists { .. }, .. }));
        if let Some(copy) = download.s3.as_mut().filter(|_| found_another) {
            copy.replaces = true;
            self.again(id);
        }
    }

    /// Begins one, or goes on with it.
    pub(super) fn carry_copy(&mut self, id: DownloadId) {
        let Some(order) = self.copy_order(id) else {
            // Its profile is gone.
            let error = InputError::new(Field::Name, Problem::Unknown).into();
            return self.change_download(id, |download| download.state = DownloadState::Failed(error));
        };
        let stop = self.world.transfers.copy(order, self.events.clone());
        if let Some(carrier) = self.state.carriers.0.get_mut(&id) {
            carrier.by = By::Us(stop);
        }
    }

    /// S3 keeps nothing of one that nobody goes on with.
    pub(super) fn abandon(&mut self, id: DownloadId) {
        let wanted = self.state.downloads.iter().any(|download| download.id == id && download.can_be_abandoned());
        let order = wanted.then(|| self.copy_order(id)).flatten();
        // Behind the lock nothing is asked of the keychain: then the bucket's own rules end it.
        if let Some(order) = order.filter(|_| self.state.lock.is_none()) {
            self.world.transfers.abandon(order);
        }
        if let Some(copy) = of_mut(&mut self.state.downloads, id).and_then(|download| download.s3.as_mut()) {
            copy.upload = None;
        }
    }

    /// Copies of some profiles stop until the user lets them go on, also those that would by themselves.
    pub(in crate::app) fn pause_copies(&mut self, whose: impl Fn(&ProfileId) -> bool) {
        let is_one = |download: &&Arc<Download<Error>>| {
            let would_go_on = matches!(download.state, DownloadState::Paused(Some(_)));
            download.s3.is_some()
                && whose(&download.profile)
                && (would_go_on || self.state.carriers.may_pause(download))
        };
        let ids: Vec<DownloadId> = self.state.downloads.iter().filter(is_one).map(|download| download.id).collect();
        for id in ids {
            self.tell_carrier(id, Told::Pause);
        }
    }

    /// After the lock was opened: those go on that waited for it.
    pub(in crate::app) fn go_on_after_lock(&mut self) {
        let waits = DownloadState::Paused(Some(Error::of_locked_window()));
        let waiting = self.state.downloads.iter().filter(|download| download.state == waits);
        for id in waiting.map(|download| download.id).collect::<Vec<_>>() {
            self.again(id);
        }
    }

    fn copy_order(&self, id: DownloadId) -> Option<CopyOrder> {
        let download = self.state.downloads.iter().find(|download| download.id == id)?;
        let copy = download.s3.clone()?;
        let profile = self.state.profile(&download.profile)?.clone();
        let place = self.place_of(&profile).ok()?;
        let keys = ProfileKeys {
            world: self.world.clone(),
            book: self.state.book.clone(),
            access: copy.access,
            profile,
            held: Mutex::default(),
        };
        Some(CopyOrder {
            id,
            copy,
            place,
            keys: Arc::new(keys),
            announced: download.announced.clone(),
            name: download.name.clone(),
            folder: download.folder.clone(),
            keep_time: self.state.settings.downloads.keep_time,
            arrived: download.bytes,
            partial: download.partial.clone(),
        })
    }

    fn place_of(&self, profile: &Profile) -> Result<Place, Error> {
        let partition: Option<Partition> = self.state.book.partition(&profile.partition);
        let partition = partition.ok_or(InputError::new(Field::Partition, Problem::Unknown))?;
        Ok(Place { partition, region: profile.region.clone() })
    }
}

fn writable(access: Access, at: &S3Uri) -> Result<(), Error> {
    match access {
        Access::Full => Ok(()),
        Access::ReadOnly => {
            let cause = Cause::Denied { action: "s3:PutObject".to_owned(), resource: Some(at.to_string()) };
            Err(Error::detailed(cause, "a read-only session uploads nothing: ask for full rights"))
        }
    }
}

/// A profile's credentials for one copy: held until they end, whatever else is dropped meanwhile.
struct ProfileKeys {
    world: World,
    book: Arc<Book>,
    profile: Profile,
    access: Access,
    held: Mutex<Option<Arc<SessionCredentials>>>,
}

impl std::fmt::Debug for ProfileKeys {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "ProfileKeys({})", self.profile.id)
    }
}

#[async_trait]
impl Keys for ProfileKeys {
    async fn current(&self) -> Result<Arc<SessionCredentials>, Error> {
        let mut held = self.held.lock().await;
        let now = self.world.clock.now();
        let left = |credentials: &SessionCredentials| credentials.expires_at.duration_since(now);
        if let Some(fresh) = held.clone().filter(|credentials| left(credentials) > SPARE) {
            return Ok(fresh);
        }
        if self.world.kept.is_closed() {
            // To their very end.
            let last = held.clone().filter(|credentials| left(credentials) > SignedDuration::ZERO);
            return last.ok_or_else(Error::of_locked_window);
        }
        let granted = credentials::of(&self.world, &self.book, &self.profile, self.access, Use::Programs).await?;
        let fresh = granted.granted.credentials.clone();
        *held = Some(fresh.clone());
        Ok(fresh)
    }
}
