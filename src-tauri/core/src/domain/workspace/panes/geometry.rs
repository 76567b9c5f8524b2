//! Where panes and dividers lie, in shares of the whole area.
//!
//! Not pixels: the window works those out when it is laid out.

/// How a split divides its area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Side by side.
    Row,
    /// One above the other.
    Column,
}

/// A side of a pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the words say all")]
pub enum Edge {
    Left,
    Right,
    Top,
    Bottom,
}

impl Edge {
    pub(super) fn direction(self) -> Direction {
        match self {
            Self::Left | Self::Right => Direction::Row,
            Self::Top | Self::Bottom => Direction::Column,
        }
    }

    pub(super) fn is_before(self) -> bool {
        matches!(self, Self::Left | Self::Top)
    }
}

/// A line between two neighbours of a split: the split's number, and behind which of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DividerId {
    /// Which split.
    pub split: u32,
    /// Behind which part, counted from 0.
    pub after: usize,
}

/// A place in shares of the whole area, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the words say all")]
pub struct Rect {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

impl Rect {
    /// All of it.
    pub const WHOLE: Self = Self { left: 0.0, top: 0.0, width: 1.0, height: 1.0 };

    pub(super) fn part(&self, direction: Direction, from: f64, share: f64) -> Self {
        match direction {
            Direction::Row => Self { left: self.left + self.width * from, width: self.width * share, ..*self },
            Direction::Column => Self { top: self.top + self.height * from, height: self.height * share, ..*self },
        }
    }
}

/// A divider and where it lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Divider {
    /// Its id.
    pub id: DividerId,
    /// How the split divides: a row's divider stands upright.
    pub direction: Direction,
    /// The two neighbours together.
    pub around: Rect,
    /// The first neighbour's share of the two.
    pub share: f64,
}
