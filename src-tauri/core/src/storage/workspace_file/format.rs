//! How the workspace is spelled in TOML. What makes no sense is left out, the rest comes back.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::domain::link;
use crate::domain::profile::ProfileId;
use crate::domain::recent::{RecentPage, RecentPages};
use crate::domain::session::{Access, StoreId};
use crate::domain::workspace::TabId;
use crate::domain::workspace::kept::{Kept, KeptTab, Layout};
use crate::domain::workspace::panes::{Direction, Node, Pane, PaneId};

/// The schema that this version writes.
pub(super) const SCHEMA: u32 = 1;

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Format {
    schema: u32,
    focused: Option<u32>,
    panes: Option<NodeFormat>,
    #[serde(rename = "tab")]
    tabs: Vec<TabFormat>,
    #[serde(rename = "layout")]
    layouts: Vec<LayoutFormat>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    recent: Vec<RecentFormat>,
}

#[derive(Serialize, Deserialize)]
struct TabFormat {
    id: String,
    profile: String,
    #[serde(default)]
    read_only: bool,
    url: String,
    #[serde(default)]
    title: String,
    zoom: Option<f64>,
}

#[derive(Serialize, Deserialize)]
struct LayoutFormat {
    name: String,
    panes: NodeFormat,
    #[serde(rename = "tab")]
    tabs: Vec<TabFormat>,
}

/// Of `[[recent]]`, newest first.
#[derive(Serialize, Deserialize)]
struct RecentFormat {
    profile: String,
    url: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    title: String,
}

/// A pane, or a split with its parts.
#[derive(Serialize, Deserialize)]
struct NodeFormat {
    share: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pane: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tab: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    split: Option<SplitWord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Self>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SplitWord {
    Row,
    Column,
}

impl From<&Kept> for Format {
    fn from(kept: &Kept) -> Self {
        Self {
            schema: SCHEMA,
            focused: kept.focused.map(|pane| pane.0),
            panes: kept.panes.as_ref().map(|root| NodeFormat::of(1.0, root)),
            tabs: kept.tabs.iter().map(Into::into).collect(),
            layouts: kept.layouts.iter().map(Into::into).collect(),
            recent: kept.recent.list().iter().map(Into::into).collect(),
        }
    }
}

impl From<Format> for Kept {
    fn from(format: Format) -> Self {
        Self {
            tabs: format.tabs.into_iter().filter_map(TabFormat::read).collect(),
            panes: format.panes.and_then(NodeFormat::read).map(|(_, root)| root),
            focused: format.focused.map(PaneId),
            layouts: format.layouts.into_iter().filter_map(LayoutFormat::read).collect(),
            recent: RecentPages::from_list(format.recent.into_iter().filter_map(RecentFormat::read)),
        }
    }
}

impl From<&KeptTab> for TabFormat {
    fn from(tab: &KeptTab) -> Self {
        Self {
            id: tab.id.to_string(),
            profile: tab.store.profile.to_string(),
            read_only: tab.store.access == Access::ReadOnly,
            url: tab.url.to_string(),
            title: tab.title.clone(),
            zoom: Some(tab.zoom),
        }
    }
}

impl TabFormat {
    fn read(self) -> Option<KeptTab> {
        let access = if self.read_only { Access::ReadOnly } else { Access::Full };
        let url = page(&self.url)?;
        Some(KeptTab {
            id: TabId::new(self.id),
            store: StoreId { profile: ProfileId::parse(&self.profile).ok()?, access },
            url,
            title: self.title,
            zoom: self.zoom.filter(|zoom| zoom.is_finite()).unwrap_or(1.0),
        })
    }
}

/// A page's address, without tokens.
fn page(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    Some(link::clean(&url))
}

impl From<&RecentPage> for RecentFormat {
    fn from(page: &RecentPage) -> Self {
        Self { profile: page.profile.to_string(), url: page.url.to_string(), title: page.title.clone() }
    }
}

impl RecentFormat {
    fn read(self) -> Option<RecentPage> {
        Some(RecentPage { profile: ProfileId::parse(&self.profile).ok()?, url: page(&self.url)?, title: self.title })
    }
}

impl From<&Layout> for LayoutFormat {
    fn from(layout: &Layout) -> Self {
        Self {
            name: layout.name.clone(),
            panes: NodeFormat::of(1.0, &layout.panes),
            tabs: layout.tabs.iter().map(Into::into).collect(),
        }
    }
}

impl LayoutFormat {
    fn read(self) -> Option<Layout> {
        let (_, panes) = self.panes.read()?;
        Some(Layout { name: self.name, tabs: self.tabs.into_iter().filter_map(TabFormat::read).collect(), panes })
    }
}

impl NodeFormat {
    fn of(share: f64, node: &Node) -> Self {
        match node {
            Node::Pane(pane) => Self {
                share,
                pane: Some(pane.id.0),
                tab: pane.tab.as_ref().map(ToString::to_string),
                split: None,
                parts: Vec::new(),
            },
            Node::Split { direction, parts, .. } => Self {
                share,
                pane: None,
                tab: None,
                split: Some(match direction {
                    Direction::Row => SplitWord::Row,
                    Direction::Column => SplitWord::Column,
                }),
                parts: parts.iter().map(|(share, part)| Self::of(*share, part)).collect(),
            },
        }
    }

    /// `None` for a split without parts. Splits are numbered by whoever arranges them.
    fn read(self) -> Option<(f64, Node)> {
        let node = match self.split {
            None => Node::Pane(Pane::showing(PaneId(self.pane.unwrap_or(0)), self.tab.map(TabId::new))),
            Some(way) => {
                let parts: Vec<(f64, Node)> = self.parts.into_iter().filter_map(Self::read).collect();
                let direction = match way {
                    SplitWord::Row => Direction::Row,
                    SplitWord::Column => Direction::Column,
                };
                (!parts.is_empty()).then_some(Node::Split { number: 0, direction, parts })?
            }
        };
        Some((self.share, node))
    }
}
