//! Windows of their own: a tab that stands outside of the panes, in a window that holds nothing else.
//!
//! Only a tab whose page shows has one: whatever else there is to say of a tab is said in the app's
//! own window. Not how a window is made (the shell).

use super::{Spot, Tab, TabId, Workspace};

/// Whether a tab stands in a window of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OwnWindow {
    /// No; a pane may show it.
    #[default]
    No,
    /// It gets one as soon as its page shows.
    Wanted,
    /// It has one, and no pane shows it.
    Open,
}

impl<Failure> Workspace<Failure> {
    /// The tabs in windows of their own.
    pub fn apart(&self) -> impl Iterator<Item = &Tab<Failure>> {
        self.tabs.iter().filter(|tab| tab.own_window == OwnWindow::Open)
    }

    /// A tab shall stand in a window of its own, as soon as its page shows.
    pub fn want_window(&mut self, id: &TabId) {
        if let Some(tab) = self.tab_mut(id).filter(|tab| tab.own_window == OwnWindow::No) {
            tab.own_window = OwnWindow::Wanted;
        }
    }

    /// A tab comes back into the focused pane, or need not leave it any more.
    pub fn move_in(&mut self, id: &TabId) {
        let Some(tab) = self.tab_mut(id) else { return };
        if std::mem::take(&mut tab.own_window) == OwnWindow::Open {
            self.show(id, Spot::Here);
        }
    }

    /// The tabs get their windows that want one and can have it, and those come back that cannot
    /// keep theirs.
    pub fn settle_windows(&mut self, can_have_one: impl Fn(&Tab<Failure>) -> bool) {
        let ids = |workspace: &Self, fits: &dyn Fn(&Tab<Failure>) -> bool| {
            workspace.tabs.iter().filter(|tab| fits(tab)).map(|tab| tab.id.clone()).collect::<Vec<_>>()
        };
        for id in ids(self, &|tab| tab.own_window == OwnWindow::Open && !can_have_one(tab)) {
            self.move_in(&id);
        }
        for id in ids(self, &|tab| tab.own_window == OwnWindow::Wanted && can_have_one(tab)) {
            self.move_out(&id);
        }
    }

    fn move_out(&mut self, id: &TabId) {
        let Some(at) = self.tabs.iter().position(|tab| tab.id == *id) else { return };
        self.tabs[at].own_window = OwnWindow::Open;
        self.leave_panes(id, at);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::profile::ProfileId;
    use crate::domain::session::{Access, StoreId};
    use crate::domain::workspace::panes::{Edge, PaneId};
    use crate::domain::workspace::{Page, TabState};
    use url::Url;

    fn id(number: usize) -> TabId {
        TabId::new(format!("tab{number}"))
    }

    fn with_tabs(count: usize) -> Workspace<()> {
        let mut workspace = Workspace::default();
        let url = Url::parse("https://eu-west-1.console.aws.amazon.com/").expect("an address");
        let store = StoreId { profile: ProfileId::parse("p").expect("an id"), access: Access::Full };
        for number in 0..count {
            workspace.adopt(id(number), store.clone(), Page::at(&url), TabState::Live);
            workspace.show(&id(number), Spot::Here);
        }
        workspace
    }

    fn apart(workspace: &Workspace<()>) -> Vec<&str> {
        workspace.apart().map(|tab| tab.id.as_str()).collect()
    }

    #[test]
    fn a_tab_leaves_its_pane_when_its_page_shows_and_the_one_before_it_shows_there() {
        let mut workspace = with_tabs(2);
        workspace.want_window(&id(1));
        workspace.settle_windows(|_| false);
        assert_eq!(workspace.active().map(|tab| tab.id.as_str()), Some("tab1"), "it waits in its pane");
        workspace.settle_windows(|_| true);
        assert_eq!((apart(&workspace), workspace.active().map(|tab| tab.id.as_str())), (vec!["tab1"], Some("tab0")));
        workspace.move_in(&id(1));
        assert_eq!((apart(&workspace), workspace.active().map(|tab| tab.id.as_str())), (vec![], Some("tab1")));
    }

    #[test]
    fn a_window_whose_page_is_gone_comes_back_and_one_that_is_shown_in_a_pane_is_no_window_any_more() {
        let mut workspace = with_tabs(3);
        workspace.want_window(&id(0));
        workspace.want_window(&id(1));
        workspace.settle_windows(|_| true);
        workspace.settle_windows(|tab| tab.id != id(0));
        assert_eq!((apart(&workspace), workspace.active().map(|tab| tab.id.as_str())), (vec!["tab1"], Some("tab0")));
        workspace.put(&id(1), PaneId(0), Some(Edge::Right));
        workspace.settle_windows(|_| true);
        assert_eq!((apart(&workspace), workspace.panes().all().len()), (vec![], 2));
    }

    proptest! {
        #[test]
        fn no_tab_is_both_in_a_pane_and_in_a_window_and_none_is_lost(
            steps in proptest::collection::vec((0_usize..7, 0_usize..4, any::<bool>()), 0..60)
        ) {
            let mut workspace = with_tabs(4);
            for (step, number, flag) in steps {
                let tab = id(number);
                match step {
                    0 => workspace.want_window(&tab),
                    1 => workspace.move_in(&tab),
                    2 => workspace.settle_windows(|_| flag),
                    3 => workspace.show(&tab, if flag { Spot::Here } else { Spot::Beside }),
                    4 => workspace.put(&tab, workspace.panes().focused(), flag.then_some(Edge::Bottom)),
                    5 => {
                        let focused = workspace.panes().focused();
                        workspace.panes_mut().close(focused);
                    }
                    _ => workspace.settle_windows(|other| other.id != tab),
                }
                prop_assert_eq!(workspace.tabs().len(), 4);
                let apart: Vec<TabId> = workspace.apart().map(|tab| tab.id.clone()).collect();
                prop_assert!(apart.iter().all(|tab| workspace.panes().of(tab).is_none()), "{:?}", apart);
            }
        }
    }
}
