//! Commands: what the UI asks, one line each on its way into the loop.
//!
//! No logic, no lock, no state but the senders. Each checks that it is the UI that asks.

use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::event::{Event, Reply, TabWish, Target, Wish};
use sidelight_core::app::state;
use sidelight_core::domain::draft;
use sidelight_core::domain::input::{Field, InputError, Problem};
use sidelight_core::domain::partition::PartitionName;
use sidelight_core::domain::profile::{Group, ProfileId};
use sidelight_core::domain::secret::SecretAccessKey;
use sidelight_core::domain::source::SessionDuration;
use sidelight_core::domain::workspace::{self, TabId};
use tauri::{AppHandle, State, Webview};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::console::Insets;
use crate::request::{ProfileDraft, Request, ZoomStep};
use crate::view::{ErrorView, Language, Surface, Theme, View};
use crate::window::{self, Told};

/// The label of the one webview that may call commands.
pub const UI: &str = "ui";

/// Everything there is to show now; what changes afterwards comes as `view` events.
#[tauri::command]
pub fn subscribe(webview: Webview, told: State<'_, Told>) -> Result<View, ErrorView> {
    only_ui(&webview)?;
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
    if let Request::SetInsets { top, right, bottom, left } = request {
        window::set_insets(&app, Insets { top, right, bottom, left });
        return Ok(());
    }
    let (reply, answer) = oneshot::channel();
    let waits = answers(&request);
    let wish = wish(request, reply).map_err(refused)?;
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

/// Whether the form that asks waits for an answer.
fn answers(request: &Request) -> bool {
    matches!(request, Request::SaveProfile { .. } | Request::SavePartition { .. } | Request::RemovePartition { .. })
}

fn wish(request: Request, reply: Reply<()>) -> Result<Wish, Error> {
    Ok(match request {
        Request::OpenTab { profile, service, region } => {
            Wish::OpenTab { profile: id(&profile)?, target: Target { service, region, page: None }, reply: None }
        }
        Request::ShowProfile { profile } => Wish::ShowProfile(id(&profile)?),
        Request::ShowTab { tab } => Wish::ShowTab(TabId::new(tab), None),
        Request::CloseTab { tab } => Wish::CloseTab(TabId::new(tab), None),
        Request::ReopenTab => Wish::ReopenTab,
        Request::GoBack { tab } => Wish::With(TabId::new(tab), TabWish::Back),
        Request::GoForward { tab } => Wish::With(TabId::new(tab), TabWish::Forward),
        Request::Reload { tab } => Wish::With(TabId::new(tab), TabWish::Reload),
        Request::StopLoading { tab } => Wish::With(TabId::new(tab), TabWish::Stop),
        Request::Zoom { tab, step } => Wish::With(TabId::new(tab), TabWish::Zoom(step.into())),
        Request::SaveProfile { draft } => save_profile(draft, reply)?,
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
            Box::new(draft::PartitionDraft {
                name: draft.name,
                sts: draft.sts,
                sign_in: draft.sign_in,
                consoles: draft.consoles,
                s3: draft.s3,
                regions: draft.regions,
            }),
            Some(reply),
        ),
        Request::RemovePartition { name } => Wish::RemovePartition(PartitionName::parse(&name)?, Some(reply)),
        Request::CancelDownload { download } => Wish::CancelDownload(number(&download)?),
        Request::ShowDownload { download } => Wish::ShowDownload(number(&download)?),
        Request::RemoveDownload { download } => Wish::RemoveDownload(number(&download)?),
        Request::ClearDownloads => Wish::ClearDownloads,
        Request::DismissNotice { notice } => Wish::DismissNotice(notice.parse().unwrap_or_default()),
        Request::Show { surface } => Wish::Show(shown(surface)?),
        Request::SetSidebarWidth { width } => Wish::SetSidebarWidth(width),
        Request::SetTheme { theme } => Wish::SetTheme(match theme {
            Theme::System => state::Theme::System,
            Theme::Light => state::Theme::Light,
            Theme::Dark => state::Theme::Dark,
        }),
        Request::SetLanguage { language } => Wish::SetLanguage(match language {
            Language::System => state::Language::System,
            Language::En => state::Language::English,
            Language::Ja => state::Language::Japanese,
        }),
        Request::SetInsets { .. } => return Err(Cause::Bug.into()),
    })
}

fn save_profile(draft: ProfileDraft, reply: Reply<()>) -> Result<Wish, Error> {
    let secret = draft.secret_access_key.map(SecretAccessKey::parse).transpose()?;
    let profile = match &draft.id {
        Some(known) => id(known)?,
        None if secret.is_none() => {
            return Err(InputError::new(Field::SecretAccessKey, Problem::Missing).into());
        }
        None => new_id()?,
    };
    let draft = draft::ProfileDraft {
        name: draft.name,
        group: draft.group,
        mark: draft.mark,
        guards: draft::GuardsDraft::AsBefore,
        account: draft.account,
        partition: draft.partition,
        region: draft.region,
        access_key_id: draft.access_key_id,
        role_arn: draft.role_arn,
        external_id: draft.external_id,
        session_policy_arn: draft.session_policy_arn,
        duration: draft.duration_seconds.map(SessionDuration::from_seconds).transpose()?,
    };
    Ok(Wish::SaveProfile { profile, draft: Box::new(draft), secret, reply: Some(reply) })
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
        Surface::Shortcuts => state::Surface::Shortcuts,
        Surface::Settings => state::Surface::Settings,
    })
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
