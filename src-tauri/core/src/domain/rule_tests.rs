//! What rules promise: order, and what the ready-made ones take names for.

use super::*;
use crate::domain::mark::{Colour, Shape};

fn word_of(rules: &[Rule], name: &str) -> Option<String> {
    let text = Folded::new(name);
    let fits =
        |condition: &Condition| matches!(condition, Condition::Name(pattern) if pattern.find_in(&text).is_some());
    rules.iter().find(|rule| fits(rule.condition())).map(|rule| rule.word().as_str().to_owned())
}

#[test]
fn names_mean_what_teams_mean_by_them() {
    for line in include_str!("rule/names.tsv").lines().filter(|line| !line.starts_with('#')) {
        let (name, word) = line.split_once('\t').unwrap_or((line, ""));
        assert_eq!(word_of(ready_made(), name).as_deref().unwrap_or("-"), word, "{name}");
    }
}

#[test]
fn a_word_for_production_has_no_other_look_and_nothing_else_has_half_of_it() -> Result<(), InputError> {
    let rule =
        |word: &str, look| Rule::new(Condition::parse(Subject::Name, "x")?, MarkWord::parse(word)?, look, Guards::NONE);
    let reserved = InputError::new(Field::Look, Problem::Reserved);
    let violet = Look::new(Colour::Violet, Shape::Circle)?;
    for word in ["PROD", "本番", "prd-eu", "live"] {
        assert_eq!(rule(word, Some(violet)), Err(reserved), "{word}");
        rule(word, None)?;
    }
    rule("pre-prod", Some(violet))?;
    rule("GOLD", Some(Look::new(Colour::Red, Shape::Octagon)?))?;
    assert_eq!(Look::new(Colour::Red, Shape::Circle), Err(reserved));
    assert_eq!(Look::new(Colour::Blue, Shape::Octagon), Err(reserved));
    Ok(())
}

#[test]
fn only_production_is_guarded_unasked_and_only_against_what_nobody_clicked_on() {
    for rule in ready_made() {
        let is_production = rule.look().is_some_and(Look::is_production);
        assert_eq!(rule.guards(), Guards { confirm_linked: is_production, ..Guards::NONE });
    }
}
