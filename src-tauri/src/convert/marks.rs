//! Marks, rules and guards: to what the UI is told, and back from its forms.

use std::collections::HashMap;
use std::sync::Arc;

use sidelight_core::app::error::Error;
use sidelight_core::app::state::State;
use sidelight_core::domain::book::Book;
use sidelight_core::domain::guard::{Asked, Guards, IdleMinutes};
use sidelight_core::domain::mark::{Colour, Look, Mark, MarkWord, Marked, Reason, Shape};
use sidelight_core::domain::profile::ProfileId;
use sidelight_core::domain::rule::{Condition, Rule, Subject};

use crate::view::{ColourView, GuardsView, HeldView, MarkView, ReasonView, RuleView, ShapeView, SubjectView};

/// The marks of all profiles of a book.
#[derive(Clone, Debug)]
pub struct Marks {
    book: Arc<Book>,
    marked: HashMap<ProfileId, Marked>,
}

impl Marks {
    /// Of a book.
    pub fn of(book: &Arc<Book>) -> Self {
        let ids = book.profiles().iter().map(|profile| profile.id.clone());
        Self { marked: ids.zip(book.marked()).collect(), book: book.clone() }
    }

    /// Whether they are those of this book.
    pub fn are_of(&self, book: &Arc<Book>) -> bool {
        Arc::ptr_eq(&self.book, book)
    }

    /// A profile's mark.
    pub fn mark(&self, id: &ProfileId) -> MarkView {
        self.marked.get(id).map_or_else(no_mark, |marked| (&marked.mark).into())
    }

    /// A profile's mark, and why.
    pub fn marked(&self, id: &ProfileId) -> (MarkView, ReasonView) {
        self.marked.get(id).map_or_else(|| (no_mark(), ReasonView::NoRule), both)
    }

    /// The mark of a page: its profile's, unless a rule says otherwise of the user's own site.
    pub fn of_page(&self, state: &State, id: &ProfileId, url: &url::Url) -> (MarkView, ReasonView) {
        match (self.marked.get(id), state.profile(id)) {
            (Some(marked), Some(profile)) => both(&state.book.marked_page(profile, marked, url)),
            _ => self.marked(id),
        }
    }
}

fn both(marked: &Marked) -> (MarkView, ReasonView) {
    ((&marked.mark).into(), (&marked.reason).into())
}

pub fn no_mark() -> MarkView {
    MarkView { word: None, colour: ColourView::Slate, shape: ShapeView::Circle }
}

impl From<&Mark> for MarkView {
    fn from(mark: &Mark) -> Self {
        Self {
            word: mark.word.as_ref().map(|word| word.as_str().to_owned()),
            colour: mark.colour.into(),
            shape: mark.shape.into(),
        }
    }
}

macro_rules! same_words {
    ($domain:ident, $view:ident, $($word:ident)*) => {
        impl From<$domain> for $view {
            fn from(value: $domain) -> Self {
                match value { $($domain::$word => Self::$word,)* }
            }
        }

        impl From<$view> for $domain {
            fn from(value: $view) -> Self {
                match value { $($view::$word => Self::$word,)* }
            }
        }
    };
}

same_words!(Colour, ColourView, Red Amber Green Blue Violet Teal Pink Slate);
same_words!(Shape, ShapeView, Octagon Triangle Circle Square Diamond Hexagon);
same_words!(Subject, SubjectView, Name Group Account Role Page);

impl From<&Reason> for ReasonView {
    fn from(reason: &Reason) -> Self {
        match reason {
            Reason::Given => Self::Given,
            Reason::Rule { number, on, found } => {
                Self::Rule { number: *number, on: (*on).into(), found: found.to_string() }
            }
            Reason::NoRule => Self::NoRule,
        }
    }
}

impl From<&Rule> for RuleView {
    fn from(rule: &Rule) -> Self {
        Self {
            on: rule.condition().subject().into(),
            pattern: rule.condition().pattern().to_owned(),
            word: rule.word().as_str().to_owned(),
            colour: rule.look().map(|look| look.colour().into()),
            shape: rule.look().map(|look| look.shape().into()),
            guards: rule.guards().into(),
        }
    }
}

/// A rule as the form has it; the first field that does not fit is named.
pub fn rule(view: &RuleView) -> Result<Rule, Error> {
    let condition = Condition::parse(view.on.into(), &view.pattern)?;
    let look = match (view.colour, view.shape) {
        (Some(colour), Some(shape)) => Some(Look::new(colour.into(), shape.into())?),
        _ => None,
    };
    Ok(Rule::new(condition, MarkWord::parse(&view.word)?, look, guards(&view.guards)?)?)
}

impl From<Guards> for GuardsView {
    fn from(guards: Guards) -> Self {
        Self {
            confirm_open: guards.confirm_open,
            read_only: guards.read_only,
            type_name: guards.type_name,
            cover_after_minutes: guards.cover_after.map(IdleMinutes::minutes),
            confirm_linked: guards.confirm_linked,
        }
    }
}

/// Guards as a form has them.
pub fn guards(view: &GuardsView) -> Result<Guards, Error> {
    Ok(Guards {
        confirm_open: view.confirm_open,
        read_only: view.read_only,
        type_name: view.type_name,
        cover_after: view.cover_after_minutes.map(IdleMinutes::new).transpose()?,
        confirm_linked: view.confirm_linked,
    })
}

/// What a held tab waits for.
pub fn held(asked: Asked) -> Option<HeldView> {
    match asked {
        Asked::Nothing => None,
        Asked::Confirmation => Some(HeldView::Confirmation),
        Asked::Name => Some(HeldView::Name),
    }
}
