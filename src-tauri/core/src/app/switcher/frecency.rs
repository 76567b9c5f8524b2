//! Frecency: how often and how lately something was chosen, as one number that halves in a week.
//!
//! Not where it is kept: [`Frecency::visits`] and [`Frecency::from_visits`] are plain values. Only a
//! tie-break: it never makes a worse match the better one.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::found::Choice;
use crate::domain::profile::ProfileId;

/// After which a visit counts half.
const HALF_LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How many choices are remembered.
const KEPT: usize = 200;

/// What was chosen before.
// Shared, since a copy is taken and compared after each batch of events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frecency {
    visits: Arc<HashMap<Choice, Weight>>,
}

/// A choice and its visits, as they are stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Visits {
    /// What was chosen; never a tab, which is gone after a restart.
    pub choice: Choice,
    /// The sum of its visits at that time, each decayed.
    pub weight: f64,
    /// The last one.
    pub at: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Weight {
    weight: f64,
    at: Timestamp,
}

impl Weight {
    /// What is left of it at a later time; a clock that was set back takes nothing away.
    fn at(self, now: Timestamp) -> f64 {
        let age = now.duration_since(self.at).as_secs_f64().max(0.0);
        self.weight * (-age / HALF_LIFE.as_secs_f64()).exp2()
    }
}

impl Frecency {
    /// From what was stored; a weight that is no number above 0 is left out.
    #[must_use]
    pub fn from_visits(visits: impl IntoIterator<Item = Visits>) -> Self {
        let is_sound = |visits: &Visits| visits.weight.is_finite() && visits.weight > 0.0;
        let visits = visits.into_iter().filter(is_sound);
        let visits = visits.map(|Visits { choice, weight, at }| (choice, Weight { weight, at }));
        Self { visits: Arc::new(visits.collect()) }
    }

    /// To be stored; in no order.
    pub fn visits(&self) -> impl Iterator<Item = Visits> {
        self.visits.iter().map(|(choice, Weight { weight, at })| Visits {
            choice: choice.clone(),
            weight: *weight,
            at: *at,
        })
    }

    /// Notes that something was chosen. A tab is not noted. Beyond 200 choices the lightest is forgotten.
    pub fn visit(&mut self, choice: &Choice, now: Timestamp) {
        if matches!(choice, Choice::ShowTab(_)) {
            return;
        }
        let weight = self.weight(choice, now) + 1.0;
        Arc::make_mut(&mut self.visits).insert(choice.clone(), Weight { weight, at: now });
        if self.visits.len() > KEPT {
            let mut others = self.by_weight(now).into_iter().filter(|(other, _)| *other != choice);
            if let Some(lightest) = others.next_back().map(|(other, _)| other.clone()) {
                Arc::make_mut(&mut self.visits).remove(&lightest);
            }
        }
    }

    /// What its visits still weigh: 1 for one just now, 0 for none.
    #[must_use]
    pub fn weight(&self, choice: &Choice, now: Timestamp) -> f64 {
        self.visits.get(choice).map_or(0.0, |visits| visits.at(now))
    }

    /// All choices, heaviest first.
    #[must_use]
    pub fn by_weight(&self, now: Timestamp) -> Vec<(&Choice, f64)> {
        let mut all: Vec<(&Choice, f64)> =
            self.visits.iter().map(|(choice, visits)| (choice, visits.at(now))).collect();
        all.sort_by(|(choice, weight), (other, other_weight)| {
            other_weight.total_cmp(weight).then_with(|| choice.cmp(other))
        });
        all
    }

    /// What all choices in a profile weigh together.
    #[must_use]
    pub fn of_profiles(&self, now: Timestamp) -> HashMap<&ProfileId, f64> {
        let mut sums = HashMap::new();
        for (choice, visits) in self.visits.iter() {
            if let Some(profile) = choice.profile() {
                *sums.entry(profile).or_insert(0.0) += visits.at(now);
            }
        }
        sums
    }

    /// Forgets a profile that is gone.
    pub fn forget(&mut self, profile: &ProfileId) {
        self.retain(|other| other != profile);
    }

    /// Forgets all profiles but these.
    pub fn retain(&mut self, is_known: impl Fn(&ProfileId) -> bool) {
        let is_kept = |choice: &Choice| choice.profile().is_none_or(&is_known);
        if !self.visits.keys().all(is_kept) {
            Arc::make_mut(&mut self.visits).retain(|choice, _| is_kept(choice));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::switcher::index::ActionId;
    use crate::domain::input::InputError;
    use crate::domain::workspace::TabId;

    fn act(id: &str) -> Choice {
        Choice::Act(ActionId::new(id))
    }

    fn open(profile: &str) -> Result<Choice, InputError> {
        Ok(Choice::OpenProfile { profile: ProfileId::parse(profile)?, page: None, region: None })
    }

    #[test]
    fn a_visit_counts_half_after_a_week_and_visits_add_up() {
        let mut frecency = Frecency::default();
        let start = Timestamp::UNIX_EPOCH;
        frecency.visit(&act("a"), start);
        let later = start + HALF_LIFE;
        assert!((frecency.weight(&act("a"), later) - 0.5).abs() < 1e-9);
        frecency.visit(&act("a"), later);
        assert!((frecency.weight(&act("a"), later) - 1.5).abs() < 1e-9);
        assert!((frecency.weight(&act("a"), start) - 1.5).abs() < 1e-9, "a clock set back takes nothing away");
    }

    #[test]
    fn often_last_week_can_weigh_more_than_once_today() {
        let mut frecency = Frecency::default();
        let start = Timestamp::UNIX_EPOCH;
        (0..4).for_each(|_| frecency.visit(&act("often"), start));
        let now = start + HALF_LIFE;
        frecency.visit(&act("once"), now);
        let order: Vec<_> = frecency.by_weight(now).into_iter().map(|(choice, _)| choice.clone()).collect();
        assert_eq!(order, [act("often"), act("once")]);
    }

    #[test]
    fn two_hundred_choices_are_kept_and_the_newest_is_one_of_them() {
        let mut frecency = Frecency::default();
        for number in 0..250_i64 {
            let at = Timestamp::UNIX_EPOCH + SignedDuration::from_mins(number);
            frecency.visit(&act(&number.to_string()), at);
            assert!(frecency.weight(&act(&number.to_string()), at) >= 1.0);
        }
        assert_eq!(frecency.visits().count(), KEPT);
        assert!(frecency.visits().all(|visits| visits.choice != act("0")));
    }

    #[test]
    fn what_is_stored_comes_back_without_tabs_and_damage() -> Result<(), InputError> {
        let mut frecency = Frecency::default();
        frecency.visit(&open("a")?, Timestamp::UNIX_EPOCH);
        frecency.visit(&Choice::ShowTab(TabId::new("t".to_owned())), Timestamp::UNIX_EPOCH);
        let damaged = [f64::NAN, f64::INFINITY, -1.0, 0.0].map(|weight| Visits {
            choice: act("damaged"),
            weight,
            at: Timestamp::UNIX_EPOCH,
        });
        assert_eq!(Frecency::from_visits(frecency.visits().chain(damaged)), frecency);
        assert_eq!(frecency.visits().count(), 1);
        frecency.forget(&ProfileId::parse("a")?);
        assert_eq!(frecency, Frecency::default());
        Ok(())
    }
}
