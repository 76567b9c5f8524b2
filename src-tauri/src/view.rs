//! What the UI is told, and what it may ask: plain structs, from which TypeScript is generated.
//!
//! Not the state itself (that is `sidelight_core::app`), and nothing secret: a view is made from
//! the domain by `convert.rs`, a request is turned into an event by `commands.rs`.
//! Grows by a field when a component shows something new.

mod bookmark;
mod download;
mod drawer;
mod error;
mod import;
mod layout;
mod lock;
mod marks;
mod portal;
mod session;
mod source;
mod tab;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use bookmark::{BookmarkScopeView, BookmarkView};
pub use download::{AddedDownload, AgainView, DownloadState, DownloadView, DownloadsChange, FilesView};
pub use drawer::{
    ChosenBy, DeedView, DrawerKind, DrawerView, FoundKindView, FoundView, PartKindView, PartView, PurposeView, RunView,
};
pub use error::{CauseView, ErrorView, FieldView, ProblemView};
pub use import::{FoundInAwsView, ImportChoice, ImportDoneView, ImportRowView, ImportStanding, ImportView};
pub use layout::{
    ActionView, DividerView, DownloadPlacesView, EdgeView, Language, LayoutView, PaneView, Platform, ScreenShareView,
    SectionView, Surface, Theme, Tray, WayView,
};
pub use lock::{LockView, LockWhy};
pub use marks::{GuardsView, HeldView, ReasonView, RuleView, SubjectView};
pub use portal::{AssignedStanding, AssignedView, PortalStateView, PortalView};
pub use session::{EndView, SessionView, TestView};
pub use source::{ConfigProfileView, MfaAskView, MfaWhy, SessionTagView, SourceKind};
pub use tab::{BusyView, LossView, TabState, TabView};

/// Everything the window shows. Sent whole at the start, by changed sections afterwards.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct View {
    /// Profiles in the order of the book, by group.
    pub groups: Arc<Vec<GroupView>>,
    /// The partitions that a profile may be in, built-in ones first.
    pub partitions: Vec<PartitionView>,
    /// Open tabs in the order of the strip: grouped by profile.
    pub tabs: Vec<TabView>,
    /// Downloads, newest first.
    pub downloads: Vec<Arc<DownloadView>>,
    /// What the user should know now, oldest first.
    pub notices: Vec<NoticeView>,
    /// What fills the window, and how it looks.
    pub layout: LayoutView,
    /// The drawer under the top bar.
    pub drawer: DrawerView,
    /// What gives profiles and pages their marks, in order.
    pub rules: Vec<RuleView>,
    /// Pages that the user named, in the order of the book.
    pub bookmarks: Vec<BookmarkView>,
    /// Everything that can be asked for by a key, in the order of the cheat sheet.
    pub actions: Vec<ActionView>,
    /// What each profile's pages take, in MiB, by the profile's id; only where it is known.
    pub memory: BTreeMap<String, u32>,
    /// MFA codes that sign-ins wait for, oldest first.
    pub mfa: Vec<MfaAskView>,
    /// The profiles of `~/.aws`.
    pub config_profiles: Vec<ConfigProfileView>,
    /// What could be imported, while the book has no profiles.
    pub found_in_aws: Option<FoundInAwsView>,
    /// What is being imported.
    pub importing: Option<ImportView>,
    /// The access portal that is looked at.
    pub portal: Option<PortalView>,
    /// The window is locked: nothing else is told then, but for look and settings.
    pub lock: Option<LockView>,
}

/// The sections of [`View`] that differ from what was last sent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts", optional_fields)]
pub struct ViewChange {
    /// See [`View::groups`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Arc<Vec<GroupView>>>,
    /// See [`View::partitions`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partitions: Option<Vec<PartitionView>>,
    /// See [`View::tabs`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tabs: Option<Vec<TabView>>,
    /// See [`View::downloads`]; of a long list only what differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub downloads: Option<DownloadsChange>,
    /// See [`View::notices`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notices: Option<Vec<NoticeView>>,
    /// See [`View::layout`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layout: Option<LayoutView>,
    /// See [`View::drawer`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drawer: Option<DrawerView>,
    /// See [`View::rules`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<Vec<RuleView>>,
    /// See [`View::bookmarks`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bookmarks: Option<Vec<BookmarkView>>,
    /// See [`View::actions`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actions: Option<Vec<ActionView>>,
    /// See [`View::memory`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory: Option<BTreeMap<String, u32>>,
    /// See [`View::mfa`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mfa: Option<Vec<MfaAskView>>,
    /// See [`View::config_profiles`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config_profiles: Option<Vec<ConfigProfileView>>,
    /// See [`View::found_in_aws`]; `null` where there is nothing to tell any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[expect(clippy::option_option, reason = "unchanged, and changed to nothing, are two answers")]
    pub found_in_aws: Option<Option<FoundInAwsView>>,
    /// See [`View::importing`]; `null` where nothing is any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[expect(clippy::option_option, reason = "unchanged, and changed to nothing, are two answers")]
    pub importing: Option<Option<ImportView>>,
    /// See [`View::portal`]; `null` where none is any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[expect(clippy::option_option, reason = "unchanged, and changed to nothing, are two answers")]
    pub portal: Option<Option<PortalView>>,
    /// See [`View::lock`]; `null` where it is open again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[expect(clippy::option_option, reason = "unchanged, and changed to nothing, are two answers")]
    pub lock: Option<Option<LockView>>,
}

/// Profiles that belong together, a client's for example.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct GroupView {
    /// `None` for the profiles without a group, which come first.
    pub name: Option<String>,
    /// In the user's order.
    pub profiles: Vec<ProfileView>,
}

/// One named way into one AWS account.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct ProfileView {
    /// Stable, random.
    pub id: String,
    /// As the user calls it; unique in the book.
    pub name: String,
    /// The client or team it belongs to.
    pub group: Option<String>,
    /// Twelve digits; `None` until known (the first sign-in fills it).
    pub account: Option<String>,
    /// `aws`, `aws-cn`, … or one of the user's own.
    pub partition: String,
    /// Where the console opens.
    pub region: String,
    /// What tells it apart.
    pub mark: MarkView,
    /// Why it has this mark.
    pub reason: ReasonView,
    /// The word that the user gave it, if any: what its form shows.
    pub given_mark: Option<String>,
    /// The guards that the user gave it; `None` for those of its mark.
    pub own_guards: Option<GuardsView>,
    /// The guards that hold.
    pub guards: GuardsView,
    /// Where its credentials come from.
    pub source: SourceKind,
    /// The id of the profile that its role comes through.
    pub from_profile: Option<String>,
    /// The MFA device that its role asks for.
    pub mfa_serial: Option<String>,
    pub role_session_name: Option<String>,
    pub source_identity: Option<String>,
    pub session_tags: Vec<SessionTagView>,
    /// The profile of `~/.aws` that it stands for.
    pub config_profile: Option<String>,
    /// Identity Center's access portal.
    pub start_url: Option<String>,
    /// Where Identity Center is.
    pub sso_region: Option<String>,
    pub permission_set: Option<String>,
    /// Account or alias on the sign-in page.
    pub sign_in_account: Option<String>,
    pub user_name: Option<String>,
    /// The key's public half.
    pub access_key_id: Option<String>,
    /// The role that is assumed, if any.
    pub role_arn: Option<String>,
    /// What the role's trust policy asks for.
    pub external_id: Option<String>,
    /// Without a role: the managed policy that bounds the federated session.
    pub session_policy_arn: Option<String>,
    /// Asked-for session length; `None` for the longest that AWS allows.
    pub duration_seconds: Option<u32>,
    /// The user's own sites whose pages its tabs may show.
    pub sites: Vec<String>,
    /// Whether it is signed in, and until when.
    pub session: SessionView,
    /// The pages that it showed last, newest first.
    pub recent: Vec<RecentPageView>,
    /// The last answer to "test this profile", or that it is under way.
    pub test: Option<TestView>,
}

/// A page that a profile showed.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct RecentPageView {
    /// As the page said; empty where it said nothing.
    pub title: String,
    /// Its address below the console, without tokens; by this it is opened again.
    pub page: String,
}

/// What tells environments apart: never colour alone.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct MarkView {
    /// `PROD`, `STG`, …; `None` for a profile without a mark (it still has colour and shape).
    pub word: Option<String>,
    /// A name from the palette, for which the UI has a token.
    pub colour: ColourView,
    /// Drawn beside the word.
    pub shape: ShapeView,
}

/// The palette of marks. `red` is for production only.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum ColourView {
    Red,
    Amber,
    Green,
    Blue,
    Violet,
    Teal,
    Pink,
    Slate,
}

/// The shapes of marks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum ShapeView {
    Octagon,
    Triangle,
    Circle,
    Square,
    Diamond,
    Hexagon,
}

/// A partition to choose from.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct PartitionView {
    /// `aws`, `aws-cn`, … or the user's own name.
    pub name: String,
    /// False for the user's own.
    pub built_in: bool,
    /// Its regions, for the choice in the editor.
    pub regions: Vec<String>,
    /// Own ones: STS's address.
    pub sts: Option<String>,
    /// Own ones: the federation endpoint's address.
    pub sign_in: Option<String>,
    /// Own ones: origins whose pages may fill a tab.
    pub consoles: Vec<String>,
    /// Own ones: where S3 objects are served.
    pub s3: Option<String>,
    /// Own ones: IAM's address.
    pub iam: Option<String>,
    /// Own ones: the address of Identity Center's portal.
    pub sso: Option<String>,
    /// Own ones: the address of Identity Center's OIDC.
    pub sso_oidc: Option<String>,
}

/// Something the user should know, shown in the sidebar's foot until dismissed or out of date.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct NoticeView {
    /// For dismissing it.
    pub id: String,
    /// What it says.
    pub body: NoticeBody,
}

/// What a notice says.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[ts(export_to = "view.ts")]
pub enum NoticeBody {
    /// A profile was removed and can be brought back until then.
    Removed {
        /// For the undo.
        profile: String,
        /// Its name.
        profile_name: String,
        /// Milliseconds since 1970.
        until: f64,
    },
    /// A bookmark was removed and can be brought back until then.
    BookmarkRemoved {
        /// For the undo.
        bookmark: String,
        name: String,
        /// Milliseconds since 1970.
        until: f64,
    },
    /// A page that does not belong into the tab was handed to the system browser.
    OpenedOutside {
        /// Its host.
        host: String,
    },
    /// The window is too small for another pane.
    NoRoom,
    /// A session was not renewed: all its pages hold unsaved input.
    UnsavedInput { profile_name: String },
    /// A link without tokens is in the clipboard.
    Copied {
        /// Its host.
        host: String,
    },
    /// A linked pane did not follow, since its profile asks first; `follow-linked` takes it along.
    NotFollowed {
        /// The pane's tab.
        tab: String,
        profile_name: String,
    },
    /// No profile fits a link.
    NoProfileForLink {
        /// The account that it names, if any.
        account: Option<String>,
        /// The link, without tokens.
        link: String,
    },
    /// Something went wrong.
    Failed {
        /// The profile, file or page it is about.
        about: Option<String>,
        /// What.
        error: ErrorView,
    },
}

#[cfg(test)]
#[path = "view_tests.rs"]
mod tests;
