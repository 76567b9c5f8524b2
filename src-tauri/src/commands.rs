//! Commands: what the UI asks, one line each on its way into the loop.
//!
//! No logic, no lock, no state but the senders. Each checks that it is the UI that asks.

mod forms;

use sidelight_core::app::credentials::GivenSeed;
use sidelight_core::app::drawer;
use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::event::{DrawerWish, Event, PaneWish, Reply, TabWish, Target, Wish};
use sidelight_core::app::ports::SignInBy;
use sidelight_core::app::settings::{self, Minutes};
use sidelight_core::app::state;
use sidelight_core::app::window::FindStep;
use sidelight_core::domain::action::Action;
use sidelight_core::domain::bookmark::BookmarkId;
use sidelight_core::domain::draft::PartitionDraft;
use sidelight_core::domain::partition::PartitionName;
use sidelight_core::domain::profile::{Group, ProfileId, ProfileName};
use sidelight_core::domain::session::Access;
use sidelight_core::domain::shortcut::Chord;
use sidelight_core::domain::source::MfaSerial;
use sidelight_core::domain::workspace::panes::{DividerId, Edge, PaneId};
use sidelight_core::domain::workspace::{self, Spot, TabId};
use sidelight_core::storage::import_file;
use tauri::{AppHandle, Manager, State, Webview};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;
use tokio::sync::oneshot::error::TryRecvError;
use uuid::Uuid;

use crate::console::Insets;
use crate::convert::marks;
use crate::request::{InsetsView, Request, ZoomStep};
use crate::view::{ChosenBy, DrawerKind, EdgeView, ErrorView, Language, Surface, Theme, Tray, View};
use crate::window::{self, Keys, Told};

/// The label of the one webview that may call commands.
pub const UI: &str = "ui";

/// Everything there is to show now; what changes afterwards comes as `view` events.
#[tauri::command]
pub fn subscribe(
    webview: Webview,
    told: State<'_, Told>,
    events: State<'_, UnboundedSender<Event>>,
) -> Result<View, ErrorView> {
    only_ui(&webview)?;
    // A UI that begins anew drags nothing and records no keys.
    webview.state::<Keys>().record(false);
    let _ = events.send(Wish::Panes(PaneWish::Arrange(false)).into());
    told.whole().ok_or_else(|| refused(Cause::Bug.into()))
}

/// One wish of the user's.
#[tauri::command]
pub async fn request(
    app: AppHandle,
    webview: Webview,
    events: State<'_, UnboundedSender<Event>>,
    request: Request,
) -> Result<(), ErrorView> {
    only_ui(&webview)?;
    match request {
        // Nothing for the loop to decide: the window is laid out with it.
        Request::SetPaneInsets { pane, insets } => {
            window::set_pane(&app, PaneId(pane), insets.into());
            return Ok(());
        }
        Request::RecordKeys { on } => {
            app.state::<Keys>().record(on);
            return Ok(());
        }
        Request::SetArea { insets, .. } => window::set_area(&app, insets.into()),
        _ => {}
    }
    let (reply, mut answer) = oneshot::channel();
    let wish = wish(request, reply).map_err(refused)?;
    // A wish that nobody waits for has let go of it.
    let waits = !matches!(answer.try_recv(), Err(TryRecvError::Closed));
    events.send(wish.into()).map_err(|_| refused(Cause::Bug.into()))?;
    if !waits {
        return Ok(());
    }
    answer.await.unwrap_or_else(|_| Err(Cause::Bug.into())).map_err(refused)
}

fn only_ui(webview: &Webview) -> Result<(), ErrorView> {
    (webview.label() == UI).then_some(()).ok_or_else(|| refused(Cause::Policy { host: String::new() }.into()))
}

#[expect(clippy::needless_pass_by_value, reason = "made for map_err")]
fn refused(error: Error) -> ErrorView {
    (&error).into()
}

fn wish(request: Request, reply: Reply<()>) -> Result<Wish, Error> {
    Ok(match request {
        Request::OpenTab { profile, service, region, read_only, beside } => {
            let access = read_only.map(|read_only| if read_only { Access::ReadOnly } else { Access::Full });
            let spot = if beside { Spot::Beside } else { Spot::Here };
            let target = Target { service, region, page: None, access, spot };
            Wish::OpenTab { profile: id(&profile)?, target, reply: None }
        }
        Request::OpenSite { profile, site } => {
            let target = Target { page: Some(site), ..Target::default() };
            Wish::OpenTab { profile: id(&profile)?, target, reply: None }
        }
        Request::Split { edge } => Wish::Panes(PaneWish::Split(edge.into())),
        Request::ClosePane { pane } => Wish::Panes(PaneWish::Close(Some(PaneId(pane)))),
        Request::FocusPane { pane } => Wish::Panes(PaneWish::Focus(PaneId(pane))),
        Request::MaximisePane => Wish::Panes(PaneWish::Maximise),
        Request::MoveDivider { split, after, share } => {
            Wish::Panes(PaneWish::MoveDivider(DividerId { split, after }, share))
        }
        Request::EvenDivider { split, after } => Wish::Panes(PaneWish::Even(DividerId { split, after })),
        Request::PutTab { tab, pane, edge } => {
            let (tab, pane, edge) = (TabId::new(tab), PaneId(pane), edge.map(Into::into));
            Wish::Panes(PaneWish::Put { tab, pane, edge })
        }
        Request::Arrange { on } => Wish::Panes(PaneWish::Arrange(on)),
        Request::ShowDrawer { drawer } => Wish::Drawer(match drawer {
            DrawerKind::Switcher => DrawerWish::Switcher,
            DrawerKind::PageIn => DrawerWish::PageIn,
            DrawerKind::Find => DrawerWish::Find,
            DrawerKind::Layouts => DrawerWish::Layouts,
        }),
        Request::HideDrawer => Wish::Drawer(DrawerWish::Hide),
        Request::Search { query } => Wish::Drawer(DrawerWish::Search(query)),
        Request::Choose { at, by } => Wish::Drawer(DrawerWish::Choose(at, by.into())),
        Request::Find { text } => Wish::Drawer(DrawerWish::FindText(text)),
        Request::FindStep { backwards } => {
            Wish::Drawer(DrawerWish::FindStep(if backwards { FindStep::Previous } else { FindStep::Next }))
        }
        Request::ConfirmOpen { tab, name } => Wish::ConfirmOpen { tab: TabId::new(tab), name, reply: Some(reply) },
        Request::OpenWithRights { tab, read_only } => {
            Wish::With(TabId::new(tab), TabWish::WithRights(if read_only { Access::ReadOnly } else { Access::Full }))
        }
        Request::FollowLinked { tab } => Wish::With(TabId::new(tab), TabWish::Follow),
        Request::Uncover { tab } => Wish::With(TabId::new(tab), TabWish::Uncover),
        Request::OpenLink { text } => {
            Wish::OpenLink { text, target: Target::default(), comes_from_outside: false, reply: None }
        }
        Request::CopyLink { tab } => Wish::With(TabId::new(tab), TabWish::CopyLink),
        Request::Bookmark { bookmark, wish } => {
            Wish::Bookmark(BookmarkId::parse(&bookmark)?, wish.try_into()?, Some(reply))
        }
        Request::ToggleBookmark { tab } => Wish::With(TabId::new(tab), TabWish::Bookmark),
        Request::SetScreenShare { on } => Wish::ShareScreen(on),
        Request::SetRules { rules } => {
            Wish::SetRules(rules.iter().map(marks::rule).collect::<Result<_, _>>()?, Some(reply))
        }
        Request::SleepOthers => Wish::SleepOthers,
        Request::Act { action } => Wish::Act(known(&action)?),
        Request::Bind { action, keys } => Wish::Bind(known(&action)?, keys.map(chords).transpose()?, Some(reply)),
        Request::SetSleepAfter { minutes } => Wish::SetSleepAfter(minutes.map(Minutes::of)),
        Request::SetOwnWindow { tab, on } => Wish::With(TabId::new(tab), TabWish::OwnWindow(on)),
        Request::SetTray { tray } => Wish::SetTray(match tray {
            Tray::Off => settings::Tray::Off,
            Tray::Shows => settings::Tray::Shows,
            Tray::Stays => settings::Tray::Stays,
            Tray::Starts => settings::Tray::Starts,
        }),
        Request::Switch { setting, on } => Wish::Switch(setting.into(), on),
        Request::SaveLayout { name } => Wish::SaveLayout(layout_name(&name)?),
        Request::OpenLayout { name } => Wish::OpenLayout(name),
        Request::RemoveLayout { name } => Wish::RemoveLayout(name),
        Request::LinkPanes => Wish::Panes(PaneWish::Link),
        Request::OpenRecent { profile, page } => Wish::OpenRecent { profile: id(&profile)?, page },
        Request::ShowProfile { profile } => Wish::ShowProfile(id(&profile)?),
        Request::ShowTab { tab } => Wish::ShowTab(TabId::new(tab), None),
        Request::CloseTab { tab } => Wish::CloseTab(TabId::new(tab), None),
        Request::ReopenTab => Wish::ReopenTab,
        Request::GoBack { tab } => Wish::With(TabId::new(tab), TabWish::Back),
        Request::GoForward { tab } => Wish::With(TabId::new(tab), TabWish::Forward),
        Request::Reload { tab } => Wish::With(TabId::new(tab), TabWish::Reload),
        Request::StopLoading { tab } => Wish::With(TabId::new(tab), TabWish::Stop),
        Request::Zoom { tab, step } => Wish::With(TabId::new(tab), TabWish::Zoom(step.into())),
        Request::SaveProfile { draft } => forms::save_profile(*draft, reply)?,
        Request::DuplicateProfile { profile } => Wish::DuplicateProfile { profile: id(&profile)?, copy: new_id()? },
        Request::RemoveProfile { profile } => {
            Wish::RemoveProfile { profile: id(&profile)?, at_once: false, reply: None }
        }
        Request::UndoRemove { profile } => Wish::UndoRemove(id(&profile)?),
        Request::MoveProfile { profile, group, before } => Wish::MoveProfile {
            profile: id(&profile)?,
            group: group.as_deref().map(Group::parse).transpose()?,
            before: before.as_deref().map(id).transpose()?,
        },
        Request::TestProfile { profile } => Wish::TestProfile(id(&profile)?),
        Request::SavePartition { draft } => Wish::SavePartition(
            Box::new(PartitionDraft {
                name: draft.name,
                sts: draft.sts,
                sign_in: draft.sign_in,
                consoles: draft.consoles,
                s3: draft.s3,
                iam: draft.iam,
                sso: draft.sso,
                sso_oidc: draft.sso_oidc,
                regions: draft.regions,
            }),
            Some(reply),
        ),
        Request::GiveMfaCode { device, code } => {
            Wish::GiveCode { device: MfaSerial::parse(&device)?, code, reply: Some(reply) }
        }
        Request::CancelMfa { device } => Wish::CancelCode(MfaSerial::parse(&device)?),
        Request::KeepTotpSeed { device, seed } => {
            Wish::KeepSeed { device: MfaSerial::parse(&device)?, seed: GivenSeed::Text(seed), reply: Some(reply) }
        }
        Request::KeepTotpPicture { device, picture } => {
            let seed = GivenSeed::Picture(picture);
            Wish::KeepSeed { device: MfaSerial::parse(&device)?, seed, reply: Some(reply) }
        }
        Request::ForgetTotpSeed { device } => Wish::ForgetSeed(MfaSerial::parse(&device)?, Some(reply)),
        Request::SignOut { profile } => Wish::SignOut(Some(id(&profile)?), None),
        Request::SignOutAll => Wish::SignOut(None, None),
        Request::ForgetBrowserData { profile } => Wish::ForgetBrowserData(id(&profile)?),
        Request::Renew { profile } => Wish::Renew(id(&profile)?),
        Request::Lock => Wish::Lock,
        Request::Covered => Wish::Covered,
        Request::Unlock => Wish::Unlock,
        Request::SetLockAfter { minutes } => Wish::SetLockAfter(minutes.map(Minutes::of)),
        Request::ListPortal { start_url, sso_region, partition, by_device_code } => Wish::ListPortal {
            portal: forms::portal(&start_url, &sso_region, &partition)?,
            by: if by_device_code { SignInBy::DeviceCode } else { SignInBy::Browser },
            reply: Some(reply),
        },
        Request::CancelPortal => Wish::CancelPortal,
        Request::CopyPortalLink => Wish::CopyPortalLink,
        Request::AddAssigned { rows } => Wish::AddAssigned(forms::chosen(rows), Some(reply)),
        Request::FindImports => Wish::FindImports,
        Request::Import { rows } => Wish::Import(forms::chosen(rows), Some(reply)),
        Request::ImportFile { name, contents } => {
            let given = import_file::read(&name, &contents)?;
            Wish::ImportFile { file: name, given, reply: Some(reply) }
        }
        Request::RemovePartition { name } => Wish::RemovePartition(PartitionName::parse(&name)?, Some(reply)),
        Request::SetDownloadPlaces(places) => places.into(),
        Request::ChooseDownloadFolder { profile } => Wish::ChooseDownloadFolder(id(&profile)?),
        Request::ForgetDownloadFolder { profile } => Wish::ForgetDownloadFolder(id(&profile)?),
        Request::Download { download, wish } => Wish::Download(number(&download)?, wish.into()),
        Request::ClearDownloads => Wish::ClearDownloads,
        Request::DismissNotice { notice } => Wish::DismissNotice(notice.parse().unwrap_or_default()),
        Request::Show { surface } => Wish::Show(shown(surface)?),
        Request::SetSidebarWidth { width } => Wish::SetSidebarWidth(width),
        Request::SetTheme { theme } => Wish::SetTheme(match theme {
            Theme::System => settings::Theme::System,
            Theme::Light => settings::Theme::Light,
            Theme::Dark => settings::Theme::Dark,
        }),
        Request::SetLanguage { language } => Wish::SetLanguage(match language {
            Language::System => settings::Language::System,
            Language::En => settings::Language::English,
            Language::Ja => settings::Language::Japanese,
        }),
        Request::SetArea { width, height, .. } => Wish::Panes(PaneWish::Measure { width, height }),
        Request::SetPaneInsets { .. } | Request::RecordKeys { .. } => return Err(Cause::Bug.into()),
    })
}

fn known(action: &str) -> Result<Action, Error> {
    Action::by_id(action).ok_or(Cause::Bug.into())
}

#[expect(clippy::needless_pass_by_value, reason = "made for map")]
fn chords(keys: Vec<String>) -> Result<Vec<Chord>, Error> {
    Ok(keys.iter().map(|keys| Chord::parse(keys)).collect::<Result<_, _>>()?)
}

/// One line, as a profile's name is.
fn layout_name(text: &str) -> Result<String, Error> {
    Ok(ProfileName::parse(text)?.to_string())
}

fn id(text: &str) -> Result<ProfileId, Error> {
    Ok(ProfileId::parse(text)?)
}

fn new_id() -> Result<ProfileId, Error> {
    id(&Uuid::new_v4().to_string())
}

fn number(text: &str) -> Result<sidelight_core::domain::download::DownloadId, Error> {
    let number = text.strip_prefix('d').and_then(|digits| digits.parse().ok());
    number.map(sidelight_core::domain::download::DownloadId).ok_or(Cause::Bug.into())
}

fn shown(surface: Surface) -> Result<state::Surface, Error> {
    Ok(match surface {
        Surface::Console => state::Surface::Console,
        Surface::Downloads => state::Surface::Downloads,
        Surface::ProfileEditor { profile } => state::Surface::ProfileEditor(profile.as_deref().map(id).transpose()?),
        Surface::Partitions => state::Surface::Partitions,
        Surface::Import => state::Surface::Import,
        Surface::IdentityCenter => state::Surface::IdentityCenter,
        Surface::Sessions => state::Surface::Sessions,
        Surface::Shortcuts => state::Surface::Shortcuts,
        Surface::Settings => state::Surface::Settings,
        Surface::Rules => state::Surface::Rules,
        Surface::Bookmarks => state::Surface::Bookmarks,
    })
}

impl From<InsetsView> for Insets {
    fn from(insets: InsetsView) -> Self {
        let InsetsView { top, right, bottom, left } = insets;
        Self { top, right, bottom, left }
    }
}

impl From<ChosenBy> for drawer::ChosenBy {
    fn from(by: ChosenBy) -> Self {
        match by {
            ChosenBy::Enter => Self::Enter,
            ChosenBy::ShiftEnter => Self::ShiftEnter,
            ChosenBy::AltEnter => Self::AltEnter,
        }
    }
}

impl From<EdgeView> for Edge {
    fn from(edge: EdgeView) -> Self {
        match edge {
            EdgeView::Left => Self::Left,
            EdgeView::Right => Self::Right,
            EdgeView::Top => Self::Top,
            EdgeView::Bottom => Self::Bottom,
        }
    }
}

impl From<ZoomStep> for workspace::ZoomStep {
    fn from(step: ZoomStep) -> Self {
        match step {
            ZoomStep::In => Self::In,
            ZoomStep::Out => Self::Out,
            ZoomStep::Reset => Self::Reset,
        }
    }
}
