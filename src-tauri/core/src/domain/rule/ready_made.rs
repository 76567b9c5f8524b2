//! The ready-made rules, and what a word means: production, staging, test, development and sandbox,
//! in English and Japanese.
//!
//! Not the user's own rules. Grows with words that teams use everywhere, never with one team's.

use std::sync::LazyLock;

use super::pattern::Pattern;
use super::{Condition, Rule, Subject};
use crate::domain::guard::Guards;
use crate::domain::input::InputError;
use crate::domain::mark::{Colour, Look, MarkWord, Shape};

struct Row {
    word: &'static str,
    look: Option<(Colour, Shape)>,
    /// In a profile's name, or its group's.
    names: &'static str,
    /// Means the same as a word that the user gave, but not in a name ("live streaming").
    words: &'static str,
}

/// In order: production first, so that whatever else a name says, production is seen.
const ROWS: [Row; 6] = [
    Row {
        word: "PROD",
        look: Some((Colour::Red, Shape::Octagon)),
        names: "prod, prd, production, 本番, !non prod, !non prd, !non production, !not prod, !pre prod, !pre prd, \
                !pre production, !no prod, !非本番, !準本番, !日本番, !本番前, !本番以前, !本番以外, !本番相当, !本番同等, !本番リハ*",
        words: "live",
    },
    Row {
        word: "STG",
        look: Some((Colour::Amber, Shape::Triangle)),
        names: "stg, stag, stage, staging, uat, pre prod, pre prd, pre production, ステージング*, 検証, 準本番, 本番前, \
                本番以前, 本番相当, 本番同等, 本番リハ*",
        words: "",
    },
    Row {
        word: "TEST",
        look: Some((Colour::Blue, Shape::Square)),
        names: "test, tst, testing, qa, テスト*, 試験",
        words: "",
    },
    Row {
        word: "DEV",
        look: Some((Colour::Green, Shape::Circle)),
        names: "dev, devel, develop, development, 開発",
        words: "",
    },
    Row {
        word: "SANDBOX",
        look: Some((Colour::Teal, Shape::Hexagon)),
        names: "sandbox, sand box, sbx, playground, サンドボックス*",
        words: "sand",
    },
    // Its colour is a free one: "not production" says less than the others, and is beside any of them.
    Row {
        word: "NON-PROD",
        look: None,
        names: "non prod, non prd, non production, not prod, no prod, 非本番, 本番以外",
        words: "",
    },
];

struct ReadyMade {
    /// On names, then on groups.
    rules: Vec<Rule>,
    /// What a word given by the user means: a look, and guards.
    meanings: Vec<(Pattern, Look, Guards)>,
}

static READY_MADE: LazyLock<ReadyMade> = LazyLock::new(|| ReadyMade::read().expect("the table is well formed"));

impl ReadyMade {
    fn read() -> Result<Self, InputError> {
        let (mut rules, mut meanings) = (Vec::new(), Vec::new());
        for subject in [Subject::Name, Subject::Group] {
            for row in &ROWS {
                let look = row.look.map(|(colour, shape)| Look::new(colour, shape)).transpose()?;
                let condition = Condition::parse(subject, row.names)?;
                // Not through `Rule::new`, which asks what the word means, and so for this table.
                rules.push(Rule { condition, word: MarkWord::parse(row.word)?, look, guards: guards(row) });
            }
        }
        for row in &ROWS {
            if let Some((colour, shape)) = row.look {
                let pattern = Pattern::parse(&format!("{}, {}", row.words, row.names))?;
                meanings.push((pattern, Look::new(colour, shape)?, guards(row)));
            }
        }
        Ok(Self { rules, meanings })
    }
}

/// Nothing nags until the user asks for it; only what nobody has clicked on is held up.
fn guards(row: &Row) -> Guards {
    let is_production = matches!(row.look, Some((Colour::Red, _)));
    Guards { confirm_linked: is_production, ..Guards::NONE }
}

/// The rules while the user has none of their own.
#[must_use]
pub fn ready_made() -> &'static [Rule] {
    &READY_MADE.rules
}

/// The look and guards of a word that means an environment everywhere.
pub(in crate::domain) fn meaning(word: &MarkWord) -> Option<(Look, Guards)> {
    let text = super::folded::Folded::new(word.as_str());
    let found = READY_MADE.meanings.iter().find(|(pattern, ..)| pattern.find_in(&text).is_some());
    found.map(|(_, look, guards)| (*look, *guards))
}
