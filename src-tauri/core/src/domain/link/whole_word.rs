//! Putting one word of an address in place of another, where it stands as a whole.
//!
//! Not which words (`address`, and `PageTemplate`, know). Grows with the ways in which consoles encode
//! what stands beside a word.

/// What begins the code of a letter: encoded once or twice, and as CloudWatch does. Longest first.
const CODE_MARKS: [&str; 4] = ["%25", "$25", "%", "*"];

/// Every `old` that is not part of a longer word; a letter of an encoding (`%3A`) is not of the word,
/// but the letter that it stands for may be (`%61`).
pub(in crate::domain) fn replaced(text: &str, old: &str, new: &str, is_word: fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (at, _) in text.match_indices(old) {
        let end = at + old.len();
        let is_part = last(&text[..at]).is_some_and(is_word) || first(&text[end..]).is_some_and(is_word);
        out.push_str(&text[done..at]);
        out.push_str(if is_part { old } else { new });
        done = end;
    }
    out.push_str(&text[done..]);
    out
}

/// The letter with which a text ends, or that its last code stands for.
fn last(text: &str) -> Option<char> {
    let code = |mark: &str| {
        let from = text.len().checked_sub(mark.len() + 2)?;
        coded(text.get(from..)?.strip_prefix(mark)?)
    };
    CODE_MARKS.iter().find_map(|mark| code(mark)).or_else(|| text.chars().next_back())
}

/// The letter with which a text begins, or that its first code stands for.
fn first(text: &str) -> Option<char> {
    let code = |mark: &str| coded(text.strip_prefix(mark)?.get(..2)?);
    CODE_MARKS.iter().find_map(|mark| code(mark)).or_else(|| text.chars().next())
}

fn coded(digits: &str) -> Option<char> {
    let is_code = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_code.then(|| u8::from_str_radix(digits, 16).ok()).flatten().map(char::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_replaced_between_codes_and_never_within_a_longer_one() {
        for (given, expected) in [
            ("old", "new"),
            ("a/old?b=old&c#old,old", "a/new?b=new&c#new,new"),
            ("a%3Aold%3Ab", "a%3Anew%3Ab"),
            ("a%253Aold%253Ab", "a%253Anew%253Ab"),
            ("a$253Aold$253Ab", "a$253Anew$253Ab"),
            ("a*3aold*3ab", "a*3anew*3ab"),
            ("olden bold", "olden bold"),
            ("%61old old%61 $2561old", "%61old old%61 $2561old"),
            ("oldold", "oldold"),
            ("あold%", "あnew%"),
            ("%あold*1", "%あnew*1"),
        ] {
            assert_eq!(replaced(given, "old", "new", |letter| letter.is_ascii_alphanumeric()), expected);
        }
    }
}
