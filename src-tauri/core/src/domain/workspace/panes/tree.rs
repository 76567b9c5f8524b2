//! The tree behind the panes: walks, insertions and removals that keep it plain, so that no split
//! has one part, holds a split of its own direction, or shares that do not make 1.

use super::{Direction, Divider, DividerId, Edge, Node, Pane, PaneId, Rect};

impl Node {
    pub(super) fn collect<'a>(&'a self, into: &mut Vec<&'a Pane>) {
        match self {
            Self::Pane(pane) => into.push(pane),
            Self::Split { parts, .. } => parts.iter().for_each(|(_, part)| part.collect(into)),
        }
    }

    pub(in crate::domain::workspace) fn each(&mut self, act: &mut impl FnMut(&mut Pane)) {
        match self {
            Self::Pane(pane) => act(pane),
            Self::Split { parts, .. } => parts.iter_mut().for_each(|(_, part)| part.each(act)),
        }
    }

    pub(super) fn find(&mut self, id: PaneId) -> Option<&mut Pane> {
        match self {
            Self::Pane(pane) => (pane.id == id).then_some(pane),
            Self::Split { parts, .. } => parts.iter_mut().find_map(|(_, part)| part.find(id)),
        }
    }

    pub(super) fn place<'a>(&'a self, rect: Rect, into: &mut Vec<(&'a Pane, Rect)>) {
        match self {
            Self::Pane(pane) => into.push((pane, rect)),
            Self::Split { direction, parts, .. } => {
                let mut from = 0.0;
                for (share, part) in parts {
                    part.place(rect.part(*direction, from, *share), into);
                    from += share;
                }
            }
        }
    }

    pub(super) fn divide(&self, rect: Rect, into: &mut Vec<Divider>) {
        let Self::Split { number, direction, parts } = self else { return };
        let mut from = 0.0;
        for (after, (share, part)) in parts.iter().enumerate() {
            part.divide(rect.part(*direction, from, *share), into);
            if let Some((next, _)) = parts.get(after + 1) {
                into.push(Divider {
                    id: DividerId { split: *number, after },
                    direction: *direction,
                    around: rect.part(*direction, from, share + next),
                    share: share / (share + next),
                });
            }
            from += share;
        }
    }

    pub(super) fn parts_of(&mut self, split: u32) -> Option<&mut Vec<(f64, Self)>> {
        let Self::Split { number, parts, .. } = self else { return None };
        if *number == split {
            return Some(parts);
        }
        parts.iter_mut().find_map(|(_, part)| part.parts_of(split))
    }

    /// Puts a pane beside another one, which gives it half of its place.
    pub(super) fn insert(&mut self, at: PaneId, edge: Edge, new: &Pane, number: u32) {
        match self {
            Self::Pane(pane) if pane.id == at => {
                let old = Self::Pane(pane.clone());
                let mut parts = vec![(0.5, old), (0.5, Self::Pane(new.clone()))];
                if edge.is_before() {
                    parts.reverse();
                }
                *self = Self::Split { number, direction: edge.direction(), parts };
            }
            Self::Pane(_) => {}
            Self::Split { direction, parts, .. } => {
                let here = parts.iter().position(|(_, part)| matches!(part, Self::Pane(pane) if pane.id == at));
                match here {
                    Some(here) if *direction == edge.direction() => {
                        let half = parts[here].0 / 2.0;
                        parts[here].0 = half;
                        let place = if edge.is_before() { here } else { here + 1 };
                        parts.insert(place, (half, Self::Pane(new.clone())));
                    }
                    _ => parts.iter_mut().for_each(|(_, part)| part.insert(at, edge, new, number)),
                }
            }
        }
    }

    /// Takes a pane out; its neighbours share its place.
    pub(super) fn remove(&mut self, id: PaneId) {
        let Self::Split { parts, .. } = self else { return };
        parts.retain(|(_, part)| !matches!(part, Self::Pane(pane) if pane.id == id));
        parts.iter_mut().for_each(|(_, part)| part.remove(id));
        self.plain();
    }

    /// Numbers splits anew, and mends what a file may hold.
    pub(super) fn mend(&mut self, next: &mut u32) {
        if let Self::Split { parts, .. } = self {
            parts.iter_mut().for_each(|(_, part)| part.mend(next));
        }
        self.plain();
        if let Self::Split { number, .. } = self {
            *number = *next;
            *next += 1;
        }
    }

    /// A split of one part becomes that part; one of its own direction is taken in; shares make 1.
    fn plain(&mut self) {
        let Self::Split { direction, parts, .. } = self else { return };
        let way: Direction = *direction;
        let is_share = |share: f64| share.is_finite() && share > 0.0;
        let mut flat = Vec::with_capacity(parts.len());
        for (share, part) in std::mem::take(parts) {
            let share = if is_share(share) { share } else { 1.0 };
            match part {
                Self::Split { direction, parts: inner, .. } if direction == way => {
                    flat.extend(inner.into_iter().map(|(inner, part)| (share * inner, part)));
                }
                part => flat.push((share, part)),
            }
        }
        let sum: f64 = flat.iter().map(|(share, _)| share).sum();
        flat.iter_mut().for_each(|(share, _)| *share /= sum);
        *parts = flat;
        if parts.len() == 1
            && let Some((_, only)) = parts.pop()
        {
            *self = only;
        }
    }
}
