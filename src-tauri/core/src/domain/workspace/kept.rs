//! What of a workspace outlives the app: its tabs by their pages, its panes, layouts by name, and
//! recent pages.
//!
//! Not the file (`storage::workspace_file`), and no session: a tab that comes back is asleep, and
//! signs in when it is looked at.

use url::Url;

use super::panes::{Node, Pane, PaneId, Panes};
use super::{Page, Tab, TabId, TabState, Workspace};
use crate::domain::link;
use crate::domain::profile::ProfileId;
use crate::domain::recent::RecentPages;
use crate::domain::session::StoreId;

/// A workspace as it was left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// In the order of the strip.
    pub tabs: Vec<KeptTab>,
    /// The panes that showed some of them; `None` where nothing makes sense.
    pub panes: Option<Node>,
    /// Which of them had the focus.
    pub focused: Option<PaneId>,
    /// Saved by name.
    pub layouts: Vec<Layout>,
    /// Where each profile was lately.
    pub recent: RecentPages,
}

/// A tab as it was left.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptTab {
    /// Its id.
    pub id: TabId,
    /// Whose, with which rights.
    pub store: StoreId,
    /// Its page, without tokens.
    pub url: Url,
    /// As the page said.
    pub title: String,
    /// 1 is 100 %.
    pub zoom: f64,
}

/// Panes and what they show, by a name of the user's: "acme prod | acme staging".
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// One line, unique.
    pub name: String,
    /// Its tabs, by ids that mean something in `panes` only.
    pub tabs: Vec<KeptTab>,
    /// Its panes.
    pub panes: Node,
}

impl<Failure> Workspace<Failure> {
    /// What is to be kept of it now.
    #[must_use]
    pub fn kept(&self) -> Kept {
        Kept {
            tabs: self.tabs.iter().map(KeptTab::of).collect(),
            panes: Some(self.panes.root().clone()),
            focused: Some(self.panes.focused()),
            layouts: self.layouts.clone(),
            recent: self.recent_pages.clone(),
        }
    }

    /// As it was left, all tabs asleep; tabs and recent pages of profiles that are gone stay away.
    #[must_use]
    pub fn restored(kept: Kept, is_known: impl Fn(&ProfileId) -> bool) -> Self {
        let mut workspace = Self { layouts: kept.layouts, recent_pages: kept.recent, ..Self::default() };
        workspace.recent_pages.retain(&is_known);
        for tab in kept.tabs.into_iter().filter(|tab| is_known(&tab.store.profile)) {
            workspace.take_in(tab);
        }
        if let Some(root) = kept.panes {
            workspace.arrange(root, kept.focused);
        }
        workspace
    }

    /// The layouts, by name.
    #[must_use]
    pub fn layouts(&self) -> &[Layout] {
        &self.layouts
    }

    /// Keeps the panes as they are now under a name, in place of one that has it.
    pub fn save_layout(&mut self, name: String) {
        let shown = |tab: &&Tab<Failure>| self.panes.of(&tab.id).is_some();
        let tabs = self.tabs.iter().filter(shown).map(KeptTab::of).collect();
        let layout = Layout { name, tabs, panes: self.panes.root().clone() };
        match self.layouts.iter_mut().find(|known| known.name == layout.name) {
            Some(known) => *known = layout,
            None => self.layouts.push(layout),
        }
    }

    /// Lets go of a layout; its tabs stay open.
    pub fn remove_layout(&mut self, name: &str) {
        self.layouts.retain(|layout| layout.name != name);
    }

    /// Arranges the panes as a layout says. A tab that is open on the page is used, others are made,
    /// asleep; `fresh` makes their ids.
    pub fn open_layout(&mut self, name: &str, is_known: impl Fn(&ProfileId) -> bool, mut fresh: impl FnMut() -> TabId) {
        let Some(layout) = self.layouts.iter().find(|layout| layout.name == name).cloned() else { return };
        let mut root = layout.panes;
        let mut used: Vec<TabId> = Vec::new();
        for kept in layout.tabs.into_iter().filter(|tab| is_known(&tab.store.profile)) {
            let is_open = |tab: &&Tab<Failure>| tab.page.url == kept.url && !used.contains(&tab.id);
            let open = self.of(&kept.store).find(is_open).map(|tab| tab.id.clone());
            let was = kept.id.clone();
            let now = open.unwrap_or_else(|| {
                let id = fresh();
                self.take_in(KeptTab { id: id.clone(), ..kept });
                id
            });
            root.each(&mut |pane| {
                if pane.tab.as_ref() == Some(&was) && !used.contains(&was) {
                    pane.tab = Some(now.clone());
                }
            });
            used.push(now);
        }
        self.arrange(root, None);
    }

    fn take_in(&mut self, kept: KeptTab) {
        if self.tab(&kept.id).is_none() {
            let page = Page { title: kept.title, ..Page::at(&kept.url) };
            self.adopt(kept.id.clone(), kept.store, page, TabState::Asleep);
            if let Some(tab) = self.tab_mut(&kept.id) {
                tab.zoom = kept.zoom.clamp(0.3, 3.0);
            }
        }
    }

    /// Only tabs that are here stand in panes; a pane without one goes, unless it is the last.
    fn arrange(&mut self, mut root: Node, focused: Option<PaneId>) {
        root.each(&mut |pane| {
            let known = pane.tab.take().filter(|tab| self.tab(tab).is_some());
            *pane = Pane::showing(pane.id, known);
        });
        let mut panes = Panes::from_root(root, focused);
        let empty: Vec<PaneId> = panes.all().iter().filter(|pane| pane.tab.is_none()).map(|pane| pane.id).collect();
        for pane in empty {
            panes.close(pane);
        }
        self.panes = panes;
        if self.panes.active().is_none()
            && let Some(first) = self.tabs.first().map(|tab| tab.id.clone())
        {
            self.panes.show(&first);
        }
    }
}

impl KeptTab {
    fn of<Failure>(tab: &Tab<Failure>) -> Self {
        Self {
            id: tab.id.clone(),
            store: tab.store.clone(),
            url: link::clean(&tab.page.url),
            title: tab.page.title.clone(),
            zoom: tab.zoom,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::InputError;
    use crate::domain::session::Access;
    use crate::domain::workspace::Spot;
    use crate::domain::workspace::panes::Edge;

    type Tested = Result<(), Box<dyn std::error::Error>>;

    fn store(profile: &str) -> Result<StoreId, InputError> {
        Ok(StoreId { profile: ProfileId::parse(profile)?, access: Access::Full })
    }

    /// `prod` beside `staging`, and a tab of `other` that no pane shows.
    fn side_by_side() -> Result<Workspace<()>, Box<dyn std::error::Error>> {
        let mut workspace = Workspace::default();
        for profile in ["prod", "staging", "other"] {
            let url = Url::parse(&format!("https://eu-west-1.console.aws.amazon.com/{profile}?region=eu-west-1"))?;
            let id = TabId::new(profile.to_owned());
            workspace.adopt(id.clone(), store(profile)?, Page::at(&url), TabState::Live);
            workspace.note_page(&id);
        }
        workspace.show(&TabId::new("prod".to_owned()), Spot::Here);
        workspace.put(&TabId::new("staging".to_owned()), PaneId(1), Some(Edge::Right));
        Ok(workspace)
    }

    fn shown(workspace: &Workspace<()>) -> Vec<&str> {
        workspace.shown().map(|tab| tab.id.as_str()).collect()
    }

    #[test]
    fn a_workspace_comes_back_as_it_was_left_and_asleep() -> Tested {
        let before = side_by_side()?;
        let after = Workspace::<()>::restored(before.kept(), |_| true);
        assert_eq!(shown(&after), ["prod", "staging"]);
        assert_eq!(after.active().map(|tab| tab.id.as_str()), Some("staging"));
        assert_eq!(after.tabs().len(), 3);
        assert!(after.tabs().iter().all(|tab| tab.state == TabState::Asleep));
        assert_eq!(after.kept().tabs, before.kept().tabs);
        assert_eq!(after.recent_pages(), before.recent_pages());
        Ok(())
    }

    #[test]
    fn tabs_of_profiles_that_are_gone_stay_away_and_so_do_their_panes() -> Tested {
        let kept = side_by_side()?.kept();
        let after = Workspace::<()>::restored(kept, |profile| profile.as_str() != "staging");
        assert_eq!(shown(&after), ["prod"]);
        assert_eq!(after.panes().all().len(), 1);
        let seen: Vec<&str> = after.recent_pages().list().iter().map(|page| page.profile.as_str()).collect();
        assert_eq!(seen, ["other", "prod"]);
        Ok(())
    }

    #[test]
    fn a_layout_brings_its_panes_back_with_open_tabs_where_there_are_some() -> Tested {
        let mut workspace = side_by_side()?;
        workspace.save_layout("both".to_owned());
        workspace.close(&TabId::new("staging".to_owned()));
        workspace.show(&TabId::new("other".to_owned()), Spot::Here);
        workspace.open_layout("both", |_| true, || TabId::new("fresh".to_owned()));
        assert_eq!(shown(&workspace), ["prod", "fresh"]);
        let fresh = workspace.tab(&TabId::new("fresh".to_owned())).ok_or("the tab is there")?;
        assert_eq!((fresh.store.clone(), fresh.page.url.path()), (store("staging")?, "/staging"));
        workspace.remove_layout("both");
        assert_eq!(workspace.layouts(), []);
        assert_eq!(workspace.tabs().len(), 3);
        Ok(())
    }
}
