//! How text is made alike before it is compared: width, case, accents, katakana, and Japanese as it
//! is heard.
//!
//! Not which of two texts is nearer (`grade`). Kanji have no reading without a dictionary; the
//! common ones of our field are in `field_words`.

use unicode_normalization::UnicodeNormalization;
use wana_kana::ConvertJapanese;

/// Half-width and upper-case letters, accents and katakana gone; boundaries that upper case makes are
/// still there in [`compatible`] alone.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    lowered(&compatible(text))
}

/// NFKC without the accents of Latin letters: `ｓ３` is `s3`, `São` is `Sao`, `ｶﾞ` is `ガ`.
pub(super) fn compatible(text: &str) -> String {
    text.nfkd().filter(|letter| !matches!(letter, '\u{300}'..='\u{36f}')).nfkc().collect()
}

/// Lower case and hiragana, of text that is [`compatible`].
pub(super) fn lowered(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().flat_map(char::to_lowercase).map(hiragana).collect()
}

/// A katakana letter's hiragana: Unicode has both in the same order.
fn hiragana(letter: char) -> char {
    match letter {
        'ァ'..='ヶ' => char::from_u32(u32::from(letter) - 0x60).unwrap_or(letter),
        other => other,
    }
}

/// Whether folded text is nothing but kana, so that how it is heard is known.
pub(super) fn is_kana(folded: &str) -> bool {
    let is_kana = |letter| matches!(letter, 'ぁ'..='ゖ' | 'ー');
    !folded.is_empty() && folded.chars().all(is_kana)
}

/// How folded text is heard, in Hepburn's letters with vowels short: `とうきょう`, `toukyou` and
/// `tokyo` are `tokyo`, `hukuoka` is `fukuoka`. `None` where it is neither kana nor Latin letters.
pub(super) fn heard(folded: &str) -> Option<String> {
    let is_latin = |text: &str| text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'-' | b'\''));
    let kana = if is_kana(folded) {
        folded.to_owned()
    } else if !folded.is_empty() && is_latin(folded) {
        let letters: String = folded.chars().filter(|letter| *letter != '-').collect();
        letters.to_hiragana()
    } else {
        return None;
    };
    let short: String = kana.chars().filter(|letter| *letter != 'ー').collect();
    let heard = short_vowels(&short.to_romaji());
    (!heard.is_empty()).then_some(heard)
}

/// One letter for each vowel, however long, and `n` before `b`, `m` and `p`.
fn short_vowels(romaji: &str) -> String {
    let mut short = String::with_capacity(romaji.len());
    let mut letters = romaji.chars().peekable();
    while let Some(letter) = letters.next() {
        let before = short.chars().next_back();
        let lengthens = matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u') && before == Some(letter)
            || (letter == 'u' && before == Some('o'));
        let is_n = letter == 'm' && letters.peek().is_some_and(|next| matches!(next, 'b' | 'm' | 'p'));
        match letter {
            _ if lengthens => {}
            '\'' => {}
            _ if is_n => short.push('n'),
            other => short.push(other),
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_case_accents_and_katakana_make_no_difference() {
        for (written, folded) in [
            ("Ｓ３", "s3"),
            ("São Paulo", "sao paulo"),
            ("トウキョウ", "とうきょう"),
            ("ｱｸﾒ", "あくめ"),
            ("ｶﾞｲﾄﾞ", "がいど"),
            ("Straße", "straße"),
            ("本番", "本番"),
        ] {
            assert_eq!(fold(written), folded, "{written}");
        }
    }

    #[test]
    fn however_romaji_is_spelled_it_is_heard_the_same() {
        for (one, other) in [
            ("とうきょう", "tokyo"),
            ("toukyou", "tokyo"),
            ("おおさか", "osaka"),
            ("hukuoka", "ふくおか"),
            ("kensyou", "けんしょう"),
            ("honbann", "honban"),
            ("さーばー", "saba"),
            ("sa-ba-", "saba"),
            ("しんばし", "shimbashi"),
        ] {
            let [one, other] = [one, other].map(|text| heard(text).map(|heard| heard.replace("nn", "n")));
            assert_eq!(one, other);
        }
        assert_eq!(heard("東京"), None);
        assert_eq!(heard("s3"), None);
        assert_eq!(heard(""), None);
    }
}
