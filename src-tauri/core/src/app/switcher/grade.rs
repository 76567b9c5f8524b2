//! How well what was typed fits one word.
//!
//! Not which words there are (`words`) nor what a name is made of (`cut`). Numbers are from 0 to 100,
//! further apart than any tie-break.

/// The word itself.
pub(super) const WHOLE: u8 = 100;
/// From here on the word begins with what was typed; then nobody looks for typing errors.
pub(super) const BEGINS: u8 = 75;
/// Another spelling of a word of the field.
pub(super) const SAME_MEANING: u8 = 70;

/// What was typed, without typing errors: the word, its beginning, or a part of it.
pub(super) fn plain(typed: &str, word: &str) -> Option<u8> {
    if word.starts_with(typed) {
        return Some(if word.len() == typed.len() { WHOLE } else { BEGINS + share(typed, word, 15) });
    }
    let is_telling = typed.len() >= 3 && typed.chars().nth(1).is_some();
    (is_telling && word.contains(typed)).then(|| 40 + share(typed, word, 10))
}

/// What was typed, with a letter wrong, missing, too much or swapped with its neighbour (two such
/// errors from eight letters on), also while the end of the word is not typed yet; or with letters left out.
pub(super) fn with_errors(typed: &str, word: &str) -> Option<u8> {
    // A number with an error in it is another number.
    if !typed.chars().any(char::is_alphabetic) {
        return None;
    }
    typing_error(typed, word).or_else(|| letters_left_out(typed, word))
}

fn typing_error(typed: &str, word: &str) -> Option<u8> {
    let count = typed.chars().count();
    let most = errors_allowed(count)?;
    // Nearly everybody begins a word rightly, or with its first two letters swapped.
    let first = word.chars().next()?;
    if !typed.chars().take(2).any(|letter| letter == first) {
        return None;
    }
    let length = word.chars().count();
    if length + most >= count && length <= count + most {
        let errors = strsim::osa_distance(typed, word);
        if errors <= most {
            return Some(60 - 10 * u8::try_from(errors).unwrap_or(u8::MAX).min(5));
        }
    }
    let beginnings = (count - 1..=count + 1).filter(|end| *end < length);
    let errors = beginnings.map(|end| strsim::osa_distance(typed, beginning(word, end))).min()?;
    (errors <= most).then(|| 52 - 10 * u8::try_from(errors).unwrap_or(u8::MAX).min(5))
}

/// How many typing errors so many letters may hold.
pub(super) fn errors_allowed(letters: usize) -> Option<usize> {
    match letters {
        0..4 => None,
        4..8 => Some(1),
        _ => Some(2),
    }
}

fn letters_left_out(typed: &str, word: &str) -> Option<u8> {
    let is_like = typed.len() >= 3 && word.len() <= 4 * typed.len() && typed.chars().next() == word.chars().next();
    let mut rest = word.chars();
    (is_like && typed.chars().all(|letter| rest.any(|other| other == letter))).then(|| 20 + share(typed, word, 10))
}

/// The first letters of a word.
fn beginning(word: &str, letters: usize) -> &str {
    word.char_indices().nth(letters).map_or(word, |(at, _)| &word[..at])
}

/// Which part of the word was typed, from 0 to `most`.
fn share(typed: &str, word: &str, most: u8) -> u8 {
    u8::try_from(typed.len() * usize::from(most) / word.len().max(1)).unwrap_or(most).min(most)
}

/// The letters of a text as bits, so that most words are passed over without being read.
pub(super) fn letters(text: &str) -> u64 {
    let bit = |letter: char| match letter {
        'a'..='z' => u32::from(letter) - u32::from('a'),
        '0'..='9' => 26 + u32::from(letter) - u32::from('0'),
        other => 36 + u32::from(other) % 28,
    };
    text.chars().fold(0, |letters, letter| letters | 1 << bit(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearer_word_gets_the_better_grade() {
        let words = ["prod", "product", "production", "preprod"];
        let grades: Vec<u8> = words.into_iter().filter_map(|word| plain("prod", word)).collect();
        assert!(grades.len() == words.len() && grades.is_sorted_by(|better, worse| better > worse), "{grades:?}");
        let errors = [("prdo", "prod"), ("prdo", "production"), ("pdtn", "production")];
        let with_errors: Vec<u8> = errors.iter().filter_map(|(typed, word)| with_errors(typed, word)).collect();
        let is_sound = with_errors.len() == errors.len() && with_errors.is_sorted_by(|better, worse| better > worse);
        assert!(is_sound && with_errors[0] < BEGINS, "{with_errors:?}");
    }

    #[test]
    fn a_letter_may_be_wrong_missing_too_much_or_swapped() {
        for typed in ["lamda", "lambdaa", "labmda", "lambfa", "almbda"] {
            assert!(with_errors(typed, "lambda").is_some(), "{typed}");
        }
        assert!(with_errors("cluodfornt", "cloudfront").is_some());
        assert!(with_errors("cluodfo", "cloudformation").is_some());
        for (typed, word) in [("sqa", "sqs"), ("1234", "1235"), ("tokyo", "kyoto"), ("lumber", "lambda")] {
            assert_eq!(with_errors(typed, word), None, "{typed}");
        }
    }

    #[test]
    fn letters_may_be_left_out() {
        assert!(with_errors("cldwtch", "cloudwatch").is_some());
        assert!(with_errors("cldwtch", "watch").is_none());
    }
}
