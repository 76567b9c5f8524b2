//! What is around a link when it comes from a chat, a mail or a terminal, and how it is taken off.
//!
//! Not what the link says. `<…>` is how RFC 3986 (appendix C) marks a link off from its text: what is
//! inside is taken as it is, so every link can be written so that nothing of it is lost.
//! Grows with the programs that people copy from.

/// The pairs that people and programs put around a link.
const PAIRS: [(char, char); 9] =
    [('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('‘', '’'), ('«', '»'), ('(', ')'), ('[', ']'), ('「', '」')];

/// The link in a text that holds nothing else: without blanks, quotes, brackets and the sentence's end.
pub(super) fn unwrapped(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        if let Some(inside) = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
            return inside;
        }
        let paired = PAIRS.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close));
        let next = paired.or_else(|| text.strip_suffix(['.', ',', ';', '!', '、', '。'])).or_else(|| unopened(text));
        match next {
            Some(next) => text = next.trim(),
            None => return text,
        }
    }
}

/// Without a last bracket that nothing opens; CloudWatch's own addresses end in ones that are opened.
fn unopened(text: &str) -> Option<&str> {
    let (open, close) = [('(', ')'), ('[', ']'), ('<', '>')].into_iter().find(|(_, close)| text.ends_with(*close))?;
    let count = |wanted: char| text.chars().filter(|letter| *letter == wanted).count();
    (count(close) > count(open)).then(|| &text[..text.len() - close.len_utf8()])
}

/// A link as text that [`unwrapped`] gives back whole.
pub(super) fn wrapped(link: &str) -> String {
    if unwrapped(link) == link && !link.is_empty() { link.to_owned() } else { format!("<{link}>") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_around_a_link_is_taken_off() {
        for around in [
            "arn:x",
            " arn:x\n",
            "\"arn:x\"",
            "<arn:x>",
            "(arn:x).",
            "'arn:x',",
            "`arn:x`",
            "「arn:x」。",
            "arn:x)",
            "“arn:x”!",
        ] {
            assert_eq!(unwrapped(around), "arn:x", "{around}");
        }
    }

    #[test]
    fn what_belongs_to_the_link_stays() {
        for link in ["https://a.example/#metricsV2:graph=~(view~(a))", "https://a.example/#Instances:", "a'b'"] {
            assert_eq!(unwrapped(link), link);
        }
        assert_eq!(unwrapped("<s3://bucket/key. >"), "s3://bucket/key. ");
    }

    proptest! {
        #[test]
        fn whatever_is_wrapped_comes_out_whole(link in "\\PC{0,40}") {
            let around = wrapped(&link);
            prop_assert_eq!(unwrapped(&around), link);
        }
    }
}
