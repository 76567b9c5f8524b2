//! How rules and guards are spelled in `profiles.toml`: `[[rule]]`, and `guards = { … }`.
//!
//! Not what they mean (`domain::rule`, `domain::guard`). Grows with them.

use serde::Deserialize;
use toml_edit::{InlineTable, Item, Table, Value};

use super::document::{set, set_or_remove};
use crate::domain::guard::{Guards, IdleMinutes};
use crate::domain::input::{Field, InputError, Problem};
use crate::domain::mark::{Colour, Look, MarkWord, Shape};
use crate::domain::rule::{Condition, Rule, Subject};

/// Of `[[rule]]`. The user may write one with the first three keys.
#[derive(Deserialize)]
pub(super) struct RuleFormat {
    on: SubjectFormat,
    pattern: String,
    word: String,
    colour: Option<String>,
    shape: Option<String>,
    guards: Option<GuardsFormat>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum SubjectFormat {
    Name,
    Group,
    Account,
    Role,
    Page,
}

/// Of `guards`, in a profile or a rule; what is not there is off.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub(super) struct GuardsFormat {
    confirm_open: bool,
    read_only: bool,
    type_name: bool,
    cover_after_minutes: Option<u16>,
    confirm_linked: bool,
}

impl RuleFormat {
    pub(super) fn rule(self) -> Result<Rule, InputError> {
        let subject = match self.on {
            SubjectFormat::Name => Subject::Name,
            SubjectFormat::Group => Subject::Group,
            SubjectFormat::Account => Subject::Account,
            SubjectFormat::Role => Subject::Role,
            SubjectFormat::Page => Subject::Page,
        };
        let look = match (&self.colour, &self.shape) {
            (Some(colour), Some(shape)) => Some(Look::new(Colour::parse(colour)?, Shape::parse(shape)?)?),
            (None, None) => None,
            _ => return Err(InputError::new(Field::Look, Problem::Missing)),
        };
        let guards = self.guards.map_or(Ok(Guards::NONE), GuardsFormat::guards)?;
        Rule::new(Condition::parse(subject, &self.pattern)?, MarkWord::parse(&self.word)?, look, guards)
    }
}

impl GuardsFormat {
    pub(super) fn guards(self) -> Result<Guards, InputError> {
        let Self { confirm_open, read_only, type_name, cover_after_minutes, confirm_linked } = self;
        let cover_after = cover_after_minutes.map(IdleMinutes::new).transpose()?;
        Ok(Guards { confirm_open, read_only, type_name, cover_after, confirm_linked })
    }
}

/// What stands under `on`.
pub(super) fn subject_word(subject: Subject) -> &'static str {
    match subject {
        Subject::Name => "name",
        Subject::Group => "group",
        Subject::Account => "account",
        Subject::Role => "role",
        Subject::Page => "page",
    }
}

pub(super) fn write_rule(table: &mut Table, rule: &Rule) {
    set(table, "on", subject_word(rule.condition().subject()));
    set(table, "pattern", rule.condition().pattern());
    set(table, "word", rule.word().as_str());
    set_or_remove(table, "colour", rule.look().map(|look| look.colour().name()));
    set_or_remove(table, "shape", rule.look().map(|look| look.shape().name()));
    write_guards(table, Some(rule.guards()).filter(|guards| *guards != Guards::NONE));
}

/// Into one line, or into the table that the user made of it.
pub(super) fn write_guards(table: &mut Table, guards: Option<Guards>) {
    let Some(Guards { confirm_open, read_only, type_name, cover_after, confirm_linked }) = guards else {
        table.remove("guards");
        return;
    };
    if !table.get("guards").is_some_and(Item::is_table_like) {
        table.insert("guards", Item::Value(Value::InlineTable(InlineTable::new())));
    }
    if let Some(guards) = table.get_mut("guards").and_then(Item::as_table_like_mut) {
        for (key, is_on) in [
            ("confirm_open", confirm_open),
            ("read_only", read_only),
            ("type_name", type_name),
            ("confirm_linked", confirm_linked),
        ] {
            set_or_remove(guards, key, is_on.then_some(true));
        }
        let minutes = cover_after.map(|after| i64::from(after.minutes()));
        set_or_remove(guards, "cover_after_minutes", minutes);
    }
}
