//! What a pattern promises.

use proptest::prelude::*;

use super::*;

fn found<'a>(pattern: &'a Pattern, text: &str) -> Option<&'a str> {
    pattern.find(text)
}

#[test]
fn a_word_is_found_as_a_whole_word_only() -> Result<(), InputError> {
    let pattern = Pattern::parse("prod, 本番, テスト, pre prod")?;
    for text in [
        "prod",
        "acme-prod",
        "prod_eu",
        "PROD",
        "acme prod 2",
        "prod2",
        "2prod",
        "acme.prod/eu",
        "AcmeProd",
        "ACMEProd",
        "ProdEU",
        "acme本番",
        "本番環境",
        "新本番",
        "ＰＲＯＤ",
        "テスト環境",
        "ﾃｽﾄ",
        "prod本番",
        "(prod)",
    ] {
        assert!(found(&pattern, text).is_some(), "{text}");
    }
    for text in ["", "reproduce", "products", "prods", "aprod", "PRODEU", "コンテスト", "テスター", "pro d", "本 番"]
    {
        assert_eq!(found(&pattern, text), None, "{text}");
    }
    assert_eq!(found(&Pattern::parse("other, pre prod")?, "acme PreProd"), Some("pre prod"));
    Ok(())
}

#[test]
fn a_space_is_any_gap_or_none_and_a_star_any_run() -> Result<(), InputError> {
    for (pattern, text) in [
        ("pre prod", "preprod"),
        ("pre  -  prod", "pre_prod"),
        ("pre prod", "pre -- prod"),
        ("prod*", "production"),
        ("*prod", "reprod"),
        ("*prod*", "reproduce"),
        ("acme*prod", "acme eu prod"),
        ("acme * prod", "acme-eu-prod"),
        ("a*b*c", "a c b x c"),
        ("acme＊prod", "acme prod"),
        ("*", ""),
        ("*, !x", "anything"),
        ("1111*", "111122223333"),
    ] {
        assert!(found(&Pattern::parse(pattern)?, text).is_some(), "{pattern} in {text}");
    }
    for (pattern, text) in [
        ("pre prod", "pre x prod"),
        ("prod*", "reproduce"),
        ("acme*prod", "acme products"),
        ("a*b*c", "a c b"),
        ("1111", "111122223333"),
        ("-prod", "prod"),
    ] {
        assert_eq!(found(&Pattern::parse(pattern)?, text), None, "{pattern} in {text}");
    }
    Ok(())
}

#[test]
fn an_exception_hides_only_what_it_covers() -> Result<(), InputError> {
    let pattern = Pattern::parse("prod, !non prod, ！日本番, 本番")?;
    for text in ["nonprod", "non-prod", "NonProd", "日本番組"] {
        assert_eq!(found(&pattern, text), None, "{text}");
    }
    for text in ["prod", "nonprod prod", "prod (was non-prod)", "日本番組 本番"] {
        assert!(found(&pattern, text).is_some(), "{text}");
    }
    assert_eq!(found(&Pattern::parse("*, !prod")?, "acme prod"), None);
    Ok(())
}

#[test]
fn a_pattern_that_looks_for_nothing_is_refused() {
    let problem = |text: &str| Pattern::parse(text).map_err(|error| (error.field, error.problem));
    assert_eq!(problem(" "), Err((Field::Pattern, Problem::Missing)));
    assert_eq!(problem(&"a".repeat(LONGEST_PATTERN + 1)), Err((Field::Pattern, Problem::TooLong)));
    for wrong in [",", "!prod", "prod, !", "a\nb", "prod, !*"] {
        assert_eq!(problem(wrong), Err((Field::Pattern, Problem::Malformed)), "{wrong:?}");
    }
}

/// Backtracks: slow, and plain to read.
fn by_trying(pattern: &[char], text: &[char]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, _) => text.is_empty(),
        (Some(('*', rest)), _) => {
            by_trying(rest, text) || text.split_first().is_some_and(|(_, text)| by_trying(pattern, text))
        }
        (Some((letter, rest)), Some((first, text))) => letter == first && by_trying(rest, text),
        (Some(_), None) => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn stars_find_what_trying_every_place_finds(pattern in "[ab*]{1,8}", text in "[ab]{0,12}") {
        let Ok(parsed) = Pattern::parse(&format!("*{pattern}*")) else { return Ok(()) };
        let expected = by_trying(&format!("*{pattern}*").chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>());
        prop_assert_eq!(parsed.find(&text).is_some(), expected);
    }

    #[test]
    fn no_text_and_no_pattern_panics(pattern in "[\\PC*!, -]{0,40}", text in "\\PC{0,300}") {
        if let Ok(parsed) = Pattern::parse(&pattern) {
            let _ = parsed.find(&text);
            prop_assert_eq!(Pattern::parse(parsed.as_str()), Ok(parsed.clone()));
        }
    }
}
