//! What holds for every query and every book.

use std::collections::HashSet;

use jiff::Timestamp;
use proptest::prelude::*;

use super::example::{INDEX, PROFILES, find, profile};
use super::{Choice, Context, Found, Frecency, Index, Language, search};
use crate::domain::profile::{Profile, ProfileId, ProfileName};

fn plainly(index: &Index, query: &str, limit: usize) -> Vec<Found> {
    let (hidden, frecency) = (HashSet::new(), Frecency::default());
    let context = Context {
        now: Timestamp::UNIX_EPOCH,
        active: None,
        hidden: &hidden,
        frecency: &frecency,
        language: Language::English,
    };
    search(index, query, &context, limit)
}

/// Words that mean something in the example, and some that do not.
fn word() -> impl Strategy<Value = String> {
    let known = [
        "acme",
        "prod",
        "globex",
        "stg",
        "sqs",
        "s3",
        "tokyo",
        "とうきょう",
        "本番",
        "akume",
        "ec2",
        "instances",
        "us",
        "logs",
        "prdo",
        "reports-bucket",
        "1111",
        "show",
        "本番s3",
        "a",
        "ｓ３",
        "nightly",
        "dead",
    ];
    prop_oneof![4 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned), 1 => "\\PC{1,8}"]
}

proptest! {
    #[test]
    fn the_order_of_the_pieces_is_no_matter(
        (one, other) in proptest::collection::vec(word(), 1..6)
            .prop_flat_map(|words| (Just(words.clone()), Just(words).prop_shuffle()))
    ) {
        let [one, other] = [one, other].map(|words| words.join(" "));
        // Save for a whole name, which comes first as it is written.
        let is_name = |query: &str| PROFILES.iter().any(|(name, ..)| super::fold::fold(name) == super::fold::fold(query));
        prop_assume!(!is_name(&one) && !is_name(&other));
        prop_assert_eq!(plainly(&INDEX, &one, 30), plainly(&INDEX, &other, 30));
    }

    #[test]
    fn every_profile_is_found_first_by_its_own_name(
        names in proptest::collection::hash_set(prop_oneof!["\\PC{1,20}", "(s3|sqs|acme|prod|tokyo|本番|Ｓ３|-)( (s3|acme|prod))?"], 1..12)
    ) {
        let mut known = HashSet::new();
        let names = names.iter().filter_map(|name| ProfileName::parse(name).ok());
        let names: Vec<ProfileName> = names.filter(|name| known.insert(name.as_str().to_lowercase())).collect();
        let row = |name| (name, "", "", "", "us-east-1", "aws");
        let profiles: Vec<Profile> = names
            .iter()
            .enumerate()
            .map(|(at, name)| profile(&format!("p{at}"), row(name.as_str())))
            .collect::<Result<_, _>>()
            .expect("the names are sound");
        let index = Index::new(&profiles, &[], Vec::new());
        for profile in &profiles {
            let found = plainly(&index, profile.name.as_str(), 5);
            let expected = Choice::OpenProfile { profile: profile.id.clone(), page: None, region: None };
            prop_assert_eq!(found.first().map(|found| &found.what), Some(&expected), "{}", profile.name);
        }
    }

    #[test]
    fn an_answer_holds_nothing_twice_and_no_more_than_was_asked_for(
        words in proptest::collection::vec(word(), 0..6), limit in 0_usize..40
    ) {
        let found = plainly(&INDEX, &words.join(" "), limit);
        let distinct: HashSet<&Choice> = found.iter().map(|found| &found.what).collect();
        prop_assert_eq!(distinct.len(), found.len());
        prop_assert!(found.len() <= limit);
        prop_assert!(found.is_sorted_by(|better, worse| better.score >= worse.score));
    }

    #[test]
    fn any_text_is_answered(query in "\\PC{0,200}|[\\s\\S]{0,60}|[ぁ-ヿｦ-ﾟー~'-]{0,30}") {
        for found in plainly(&INDEX, &query, 20) {
            prop_assert!(!found.title.is_empty());
            prop_assert!(found.title.iter().all(|part| part.runs.iter().all(|run| !run.text.is_empty())));
        }
    }

    #[test]
    fn a_hidden_profile_its_tabs_and_its_bookmarks_never_show(
        words in proptest::collection::vec(word(), 0..4), hidden in proptest::collection::hash_set(0_usize..13, 1..13)
    ) {
        let ids: HashSet<ProfileId> =
            hidden.iter().map(|at| ProfileId::parse(&format!("p{at}")).expect("an id")).collect();
        let mut frecency = Frecency::default();
        for found in find("acme sqs", &HashSet::new(), &Frecency::default(), 50) {
            frecency.visit(&found.what, Timestamp::UNIX_EPOCH);
        }
        let tab_of = |id: &str| [("t0", 3), ("t1", 1), ("t2", 0)].into_iter().find(|(tab, _)| *tab == id).map(|(_, at)| at);
        let queries = [words.join(" "), PROFILES[*hidden.iter().next().expect("one is hidden")].0.to_owned()];
        for query in queries {
            for found in find(&query, &ids, &frecency, 50) {
                prop_assert!(found.what.profile().is_none_or(|profile| !ids.contains(profile)));
                if let Choice::ShowTab(tab) = &found.what {
                    prop_assert!(tab_of(tab.as_str()).is_none_or(|at| !hidden.contains(&at)));
                }
                let names_none = |part: &super::Part| hidden.iter().all(|at| part.text() != PROFILES[*at].0);
                prop_assert!(found.title.iter().chain(&found.detail).all(names_none));
            }
        }
    }
}
