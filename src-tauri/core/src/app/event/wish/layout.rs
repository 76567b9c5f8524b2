//! What the user wants of the drawer and of the panes.

use crate::app::drawer::ChosenBy;
use crate::app::window::FindStep;
use crate::domain::workspace::TabId;
use crate::domain::workspace::panes::{DividerId, Edge, PaneId};

/// What the user wants of the drawer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DrawerWish {
    /// The switcher.
    Switcher,
    /// The switcher, for a profile in which the focused pane's page opens.
    PageIn,
    /// Find in the focused pane's page.
    Find,
    /// The saved layouts.
    Layouts,
    /// No drawer.
    Hide,
    /// Something looked for in the switcher.
    Search(String),
    /// A line of the answer, counted from 0.
    Choose(usize, ChosenBy),
    /// A text looked for in the page.
    FindText(String),
    /// The next match, or the one before.
    FindStep(FindStep),
}

/// What the user wants of the panes.
#[derive(Clone, Debug, PartialEq)]
pub enum PaneWish {
    /// A new one at an edge of the focused one, still empty.
    Split(Edge),
    /// One gone (the focused one by default); its tab stays open.
    Close(Option<PaneId>),
    /// The keyboard's wishes go to this one.
    Focus(PaneId),
    /// … to the one beside the focused one.
    FocusBeside(Edge),
    /// … to the next one in reading order, or the one before.
    FocusNext {
        /// The one before.
        backwards: bool,
    },
    /// The focused one has all of the area, or gives it back.
    Maximise,
    /// The first neighbour's share of the two, 0 to 1.
    MoveDivider(DividerId, f64),
    /// All parts of the divider's split alike.
    Even(DividerId),
    /// A tab into a pane, or into a new one at its edge.
    Put {
        /// Which.
        tab: TabId,
        /// Where.
        pane: PaneId,
        /// At which edge; `None` for the pane itself.
        edge: Option<Edge>,
    },
    /// A tab is being dragged, or no more: meanwhile the consoles make room for what is drawn.
    Arrange(bool),
    /// How large the panes' area is, in CSS pixels.
    Measure {
        /// From left to right.
        width: f64,
        /// From top to bottom.
        height: f64,
    },
    /// Navigation in one is followed in the others, or no more.
    Link,
}
