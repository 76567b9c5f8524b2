//! Panes: the visible places for tabs, and how they divide their area.
//!
//! Not which tabs exist (`workspace`) and not a pixel in sight: places are shares of the area.
//! A pane shows one tab or none, and a tab is never in two panes. Grows with windows of their own.

mod geometry;
mod tree;

pub use geometry::{Direction, Divider, DividerId, Edge, Rect};

use super::tab::TabId;

/// A pane's number, stable while it is there; as `side tabs --json` says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PaneId(pub u32);

/// A visible place for a tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pane {
    /// Its number.
    pub id: PaneId,
    /// What it shows.
    pub tab: Option<TabId>,
    /// What it showed before, the last one last.
    before: Vec<TabId>,
}

/// A tree of splits whose leaves are panes.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A leaf.
    Pane(Pane),
    /// Parts with their shares, which make 1.
    Split {
        /// For its dividers.
        number: u32,
        /// How it divides.
        direction: Direction,
        /// At least two.
        parts: Vec<(f64, Node)>,
    },
}

/// All panes; there is always one.
#[derive(Clone, Debug, PartialEq)]
pub struct Panes {
    root: Node,
    focused: PaneId,
    maximised: bool,
    next: u32,
}

/// A neighbour never gets less than this share of the two.
const LEAST_SHARE: f64 = 0.1;

impl Default for Panes {
    fn default() -> Self {
        let first = Pane { id: PaneId(1), tab: None, before: Vec::new() };
        Self { root: Node::Pane(first), focused: PaneId(1), maximised: false, next: 2 }
    }
}

impl Panes {
    /// In reading order.
    #[must_use]
    pub fn all(&self) -> Vec<&Pane> {
        let mut all = Vec::new();
        self.root.collect(&mut all);
        all
    }

    /// Where the keyboard's wishes go.
    #[must_use]
    pub fn focused(&self) -> PaneId {
        self.focused
    }

    /// The focused pane's tab.
    #[must_use]
    pub fn active(&self) -> Option<&TabId> {
        self.pane(self.focused).and_then(|pane| pane.tab.as_ref())
    }

    /// Whether the focused pane has all of the area for a moment.
    #[must_use]
    pub fn is_maximised(&self) -> bool {
        self.maximised
    }

    /// By its number.
    #[must_use]
    pub fn pane(&self, id: PaneId) -> Option<&Pane> {
        self.all().into_iter().find(|pane| pane.id == id)
    }

    /// The pane that shows a tab, or would if another were not maximised.
    #[must_use]
    pub fn of(&self, tab: &TabId) -> Option<PaneId> {
        self.all().into_iter().find(|pane| pane.tab.as_ref() == Some(tab)).map(|pane| pane.id)
    }

    /// The panes in sight and where they lie.
    #[must_use]
    pub fn places(&self) -> Vec<(&Pane, Rect)> {
        if self.maximised {
            return self.pane(self.focused).map(|pane| (pane, Rect::WHOLE)).into_iter().collect();
        }
        let mut places = Vec::new();
        self.root.place(Rect::WHOLE, &mut places);
        places
    }

    /// The dividers in sight.
    #[must_use]
    pub fn dividers(&self) -> Vec<Divider> {
        let mut dividers = Vec::new();
        if !self.maximised {
            self.root.divide(Rect::WHOLE, &mut dividers);
        }
        dividers
    }

    /// Shows a tab: in the pane that has it already, else in the focused one.
    pub fn show(&mut self, tab: &TabId) {
        match self.of(tab) {
            Some(pane) => self.focus(pane),
            None => self.show_in(self.focused, tab),
        }
    }

    /// Shows a tab in a pane, which gets the focus; where another pane has it, the two swap.
    pub fn show_in(&mut self, id: PaneId, tab: &TabId) {
        if self.pane(id).is_none_or(|pane| pane.tab.as_ref() == Some(tab)) {
            self.focus(id);
            return;
        }
        let from = self.of(tab);
        let was = self.pane_mut(id).and_then(|pane| pane.tab.take());
        if let Some(from) = from.and_then(|from| self.pane_mut(from)) {
            from.tab = was.clone();
        }
        if let Some(pane) = self.pane_mut(id) {
            pane.before.extend(was.filter(|_| from.is_none()));
            pane.tab = Some(tab.clone());
        }
        self.focus(id);
    }

    /// A new pane at an edge of another one, with a tab or with nothing yet; it gets the focus.
    /// Where another pane has the tab, that one shows what it had before, or goes.
    pub fn split(&mut self, at: PaneId, edge: Edge, tab: Option<TabId>) -> PaneId {
        let at = if self.pane(at).is_some() { at } else { self.focused };
        let from = tab.as_ref().and_then(|tab| self.of(tab));
        if from == Some(at) && self.all().len() == 1 && tab.is_some() {
            // The only pane's own tab: the pane behind it stays, empty.
            self.let_go(at);
        }
        let (id, number) = (PaneId(self.next), self.next + 1);
        self.next += 2;
        let pane = Pane { id, tab: None, before: Vec::new() };
        self.root.insert(at, edge, &pane, number);
        if let (Some(tab), Some(pane)) = (&tab, self.pane_mut(id)) {
            pane.tab = Some(tab.clone());
        }
        if let Some(from) = from.filter(|from| self.pane(*from).is_some_and(|pane| pane.tab == tab)) {
            self.leave(from);
        }
        self.maximised = false;
        self.focused = id;
        id
    }

    /// A pane goes, its tab stays open; the last one only becomes empty.
    pub fn close(&mut self, id: PaneId) {
        if self.all().len() > 1 {
            self.remove(id);
        } else {
            self.let_go(id);
        }
    }

    /// A tab is gone: its pane shows what it had before; with nothing left to show it goes,
    /// and the last one is empty.
    pub fn forget(&mut self, tab: &TabId) {
        let showing = self.of(tab);
        self.root.each(&mut |pane| pane.before.retain(|before| before != tab));
        if let Some(pane) = showing {
            self.leave(pane);
        }
    }

    /// The keyboard's wishes go there.
    pub fn focus(&mut self, id: PaneId) {
        if self.pane(id).is_some() {
            self.focused = id;
        }
    }

    /// The pane beside the focused one, as seen from its middle; `None` at the area's edge.
    #[must_use]
    pub fn beside(&self, edge: Edge) -> Option<PaneId> {
        let mut places = Vec::new();
        self.root.place(Rect::WHOLE, &mut places);
        let here = places.iter().find(|(pane, _)| pane.id == self.focused)?.1;
        let middle = (here.left + here.width / 2.0, here.top + here.height / 2.0);
        let reach = |rect: &Rect| {
            let (along, across) = match edge {
                Edge::Left => (here.left - (rect.left + rect.width), (rect.top, rect.height, middle.1)),
                Edge::Right => (rect.left - (here.left + here.width), (rect.top, rect.height, middle.1)),
                Edge::Top => (here.top - (rect.top + rect.height), (rect.left, rect.width, middle.0)),
                Edge::Bottom => (rect.top - (here.top + here.height), (rect.left, rect.width, middle.0)),
            };
            let (start, length, point) = across;
            let off = (start - point).max(point - (start + length)).max(0.0);
            (along > -1e-9).then_some(along + 2.0 * off)
        };
        let near = places.iter().filter(|(pane, _)| pane.id != self.focused);
        let near = near.filter_map(|(pane, rect)| Some((pane.id, reach(rect)?)));
        near.min_by(|one, other| one.1.total_cmp(&other.1)).map(|(pane, _)| pane)
    }

    /// The pane `steps` further in reading order, around the ends.
    #[must_use]
    pub fn next(&self, backwards: bool) -> PaneId {
        let all = self.all();
        let here = all.iter().position(|pane| pane.id == self.focused).unwrap_or(0);
        let step = if backwards { all.len() - 1 } else { 1 };
        all[(here + step) % all.len()].id
    }

    /// The focused pane gets all of the area, or gives it back.
    pub fn maximise(&mut self) {
        self.maximised = !self.maximised && self.all().len() > 1;
    }

    /// Moves a divider: the first neighbour's share of the two, kept within 0.1 and 0.9.
    pub fn move_divider(&mut self, divider: DividerId, share: f64) {
        if !share.is_finite() {
            return;
        }
        if let Some(parts) = self.root.parts_of(divider.split)
            && let Some([first, second]) = parts.get_mut(divider.after..divider.after + 2)
        {
            let both = first.0 + second.0;
            first.0 = both * share.clamp(LEAST_SHARE, 1.0 - LEAST_SHARE);
            second.0 = both - first.0;
        }
    }

    /// All parts of a divider's split get the same share.
    pub fn even(&mut self, divider: DividerId) {
        if let Some(parts) = self.root.parts_of(divider.split) {
            #[expect(clippy::cast_precision_loss, reason = "a split has a handful of parts")]
            let share = 1.0 / parts.len() as f64;
            parts.iter_mut().for_each(|part| part.0 = share);
        }
    }

    /// The tree, to be written down.
    #[must_use]
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// From a tree that was written down. Tabs that stand twice stay in their first pane, numbers
    /// and shares are made anew where they make no sense.
    #[must_use]
    pub fn from_root(root: Node, focused: Option<PaneId>) -> Self {
        let mut panes = Self { root, ..Self::default() };
        let (mut next, mut seen) = (1, Vec::new());
        let mut first = None;
        let mut chosen = None;
        panes.root.each(&mut |pane| {
            let was = pane.id;
            pane.id = PaneId(next);
            next += 1;
            first.get_or_insert(pane.id);
            if Some(was) == focused {
                chosen.get_or_insert(pane.id);
            }
            match &pane.tab {
                Some(tab) if seen.contains(tab) => pane.tab = None,
                Some(tab) => seen.push(tab.clone()),
                None => {}
            }
        });
        panes.root.mend(&mut next);
        panes.focused = chosen.or(first).unwrap_or(PaneId(1));
        panes.next = next;
        panes
    }

    fn pane_mut(&mut self, id: PaneId) -> Option<&mut Pane> {
        self.root.find(id)
    }

    /// The pane shows what it had before, where no other pane has it, or nothing.
    fn let_go(&mut self, id: PaneId) {
        let elsewhere: Vec<TabId> = self.all().into_iter().filter_map(|pane| pane.tab.clone()).collect();
        if let Some(pane) = self.pane_mut(id) {
            pane.tab = None;
            while let Some(tab) = pane.before.pop() {
                if !elsewhere.contains(&tab) {
                    pane.tab = Some(tab);
                    break;
                }
            }
        }
    }

    /// As [`Self::let_go`]; a pane with nothing to show goes, if it is not the last.
    fn leave(&mut self, id: PaneId) {
        self.let_go(id);
        if self.all().len() > 1 && self.pane(id).is_some_and(|pane| pane.tab.is_none()) {
            self.remove(id);
        }
    }

    fn remove(&mut self, id: PaneId) {
        let order: Vec<PaneId> = self.all().iter().map(|pane| pane.id).collect();
        self.root.remove(id);
        self.maximised = false;
        if self.focused == id {
            let at = order.iter().position(|other| *other == id).unwrap_or(0);
            let near = if at == 0 { 1 } else { at - 1 };
            self.focused = order.get(near).copied().unwrap_or(self.focused);
        }
    }
}

impl Pane {
    /// To be put into a tree that was written down.
    #[must_use]
    pub fn showing(id: PaneId, tab: Option<TabId>) -> Self {
        Self { id, tab, before: Vec::new() }
    }
}

#[cfg(test)]
#[path = "panes_tests.rs"]
mod tests;
