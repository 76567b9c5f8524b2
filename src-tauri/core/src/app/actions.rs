//! Actions: what each one of the table asks of the app.
//!
//! Not its words and keys (`domain::action`). The keys, the switcher and the window's own buttons
//! come here.

use super::App;
use super::event::{DrawerWish, PaneWish, TabWish, Wish};
use super::state::Surface;
use super::window::{Chosen, Cue, FindStep};
use crate::domain::action::Action;
use crate::domain::workspace::panes::Edge;
use crate::domain::workspace::{TabChoice, TabId, ZoomStep};

impl App {
    pub(super) fn act(&mut self, action: Action) {
        match action {
            Action::FilterProfiles => self.window.focus_ui(Cue::Filter),
            Action::SwitchFocus => self.window.switch_focus(),
            Action::ScreenShare => self.share_screen(self.state.settings.screen_share.is_none()),
            Action::FindNext => self.find_step(FindStep::Next),
            Action::FindPrevious => self.find_step(FindStep::Previous),
            Action::OpenPageIn => match self.active_tab().and_then(|tab| Some((self.counterpart(&tab)?, tab))) {
                Some((other, tab)) => self.open_page_in(&tab, &other.profile, Some(other.access)),
                None => self.drawer(DrawerWish::PageIn),
            },
            Action::OtherRights => {
                if let Some(access) = self.state.workspace.active().map(|tab| tab.store.access.other()) {
                    self.wish(Wish::WithActive(TabWish::WithRights(access)));
                }
            }
            Action::OwnWindow => {
                if let Some(tab) = self.active_tab() {
                    self.own_window(&tab, true);
                }
            }
            action => {
                if let Some(wish) = asked(action) {
                    self.wish(wish);
                }
            }
        }
    }

    /// A key was pressed in a tab's own window. What concerns the page is done there; what needs the
    /// app's window takes the tab along, or leaves it where it is.
    pub(super) fn act_in(&mut self, tab: &TabId, action: Action) {
        match asked(action) {
            Some(Wish::WithActive(wish)) => self.wish(Wish::With(tab.clone(), wish)),
            _ if action == Action::OwnWindow => self.own_window(tab, false),
            _ => {
                if matches!(action, Action::FindInPage | Action::OpenPageIn | Action::OtherRights) {
                    self.own_window(tab, false);
                }
                self.present();
                self.act(action);
            }
        }
    }
}

fn asked(action: Action) -> Option<Wish> {
    Some(match action {
        Action::Switcher => Wish::Drawer(DrawerWish::Switcher),
        Action::FindInPage => Wish::Drawer(DrawerWish::Find),
        Action::Layouts => Wish::Drawer(DrawerWish::Layouts),
        Action::CopyLink => Wish::WithActive(TabWish::CopyLink),
        Action::CopyAddress => Wish::WithActive(TabWish::CopyAddress),
        Action::Bookmark => Wish::WithActive(TabWish::Bookmark),
        Action::S3Download => Wish::WithActive(TabWish::S3Download),
        Action::S3Upload => Wish::WithActive(TabWish::S3Upload(Chosen::Files)),
        Action::S3UploadFolder => Wish::WithActive(TabWish::S3Upload(Chosen::Folder)),
        Action::NewProfile => Wish::Show(Surface::ProfileEditor(None)),
        Action::NewTab => Wish::WithActive(TabWish::Another),
        Action::CloseTab => Wish::WithActive(TabWish::Close),
        Action::ReopenTab => Wish::ReopenTab,
        Action::NextTab => Wish::ChooseTab(TabChoice::Next),
        Action::PreviousTab => Wish::ChooseTab(TabChoice::Previous),
        Action::Tab(number) => Wish::ChooseTab(TabChoice::At(usize::from(number).saturating_sub(1))),
        Action::LastTab => Wish::ChooseTab(TabChoice::Last),
        Action::SleepOthers => Wish::SleepOthers,
        Action::SplitRight => Wish::Panes(PaneWish::Split(Edge::Right)),
        Action::SplitDown => Wish::Panes(PaneWish::Split(Edge::Bottom)),
        Action::ClosePane => Wish::Panes(PaneWish::Close(None)),
        Action::MaximisePane => Wish::Panes(PaneWish::Maximise),
        Action::FocusPane(edge) => Wish::Panes(PaneWish::FocusBeside(edge)),
        Action::LinkPanes => Wish::Panes(PaneWish::Link),
        Action::Back => Wish::WithActive(TabWish::Back),
        Action::Forward => Wish::WithActive(TabWish::Forward),
        Action::Reload => Wish::WithActive(TabWish::Reload),
        Action::ZoomIn => Wish::WithActive(TabWish::Zoom(ZoomStep::In)),
        Action::ZoomOut => Wish::WithActive(TabWish::Zoom(ZoomStep::Out)),
        Action::ZoomReset => Wish::WithActive(TabWish::Zoom(ZoomStep::Reset)),
        Action::Lock => Wish::Lock,
        Action::Downloads => Wish::Show(Surface::Downloads),
        Action::Settings => Wish::Show(Surface::Settings),
        Action::Rules => Wish::Show(Surface::Rules),
        Action::Bookmarks => Wish::Show(Surface::Bookmarks),
        Action::Shortcuts => Wish::Show(Surface::Shortcuts),
        // These are no wish, but done at once.
        Action::FilterProfiles
        | Action::SwitchFocus
        | Action::ScreenShare
        | Action::FindNext
        | Action::FindPrevious
        | Action::OpenPageIn
        | Action::OtherRights
        | Action::OwnWindow => return None,
    })
}
