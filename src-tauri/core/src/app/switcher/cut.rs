//! How a name is cut into the words by which it is found.
//!
//! Not where the words are kept (`words`). `acme-prod` is found by itself, `acme` and `prod`;
//! `アクメ本番環境` by itself, its parts, each end from a part on, and how those are heard.

use std::ops::Range;

use super::field_words::{FieldWord, field_word, leading, reading};
use super::fold::{compatible, heard, is_kana, lowered};

/// A word by which something is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Folded; where it is heard, in Hepburn's letters.
    pub(super) text: String,
    /// How Japanese is heard, not how it is written.
    pub(super) is_heard: bool,
    /// Its row among the words of the field.
    pub(super) field: Option<FieldWord>,
}

/// All words of a text.
pub(super) fn words(text: &str) -> Vec<Word> {
    let text = if text.is_ascii() { text.to_owned() } else { compatible(text) };
    let mut words = Vec::new();
    for chunk in text.split_whitespace() {
        of_chunk(chunk, &mut words);
    }
    words
}

/// The parts of a chunk of a query, folded; at least two, or none.
pub(super) fn parts(chunk: &str) -> Vec<String> {
    let chunk = compatible(chunk);
    let parts = ranges(&chunk);
    if parts.len() < 2 { Vec::new() } else { parts.into_iter().map(|part| lowered(&chunk[part])).collect() }
}

fn of_chunk(chunk: &str, words: &mut Vec<Word>) {
    let written = |text: String| {
        let field = field_word(&text);
        Word { text, is_heard: false, field }
    };
    let parts = ranges(chunk);
    words.push(written(lowered(chunk)));
    if parts.len() > 1 {
        words.extend(parts.iter().map(|part| written(lowered(&chunk[part.clone()]))));
        // The last part is there already, the first end is the whole.
        let inner = &parts[1..parts.len() - 1];
        words.extend(inner.iter().map(|part| written(lowered(&chunk[part.start..]))));
    }
    if chunk.is_ascii() {
        return;
    }
    let mut heard_from_here = Some(String::new());
    for part in parts.iter().rev() {
        let part_heard = heard_as(&lowered(&chunk[part.clone()]));
        let as_word = |text: String| Word { text, is_heard: true, field: None };
        heard_from_here = part_heard.as_ref().zip(heard_from_here).map(|(part, rest)| format!("{part}{rest}"));
        if heard_from_here != part_heard {
            words.extend(heard_from_here.clone().map(as_word));
        }
        words.extend(part_heard.map(as_word));
    }
}

fn heard_as(part: &str) -> Option<String> {
    match reading(part) {
        Some(kana) => heard(&kana),
        None if is_kana(part) => heard(part),
        None => None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Between,
    Lower,
    Upper,
    Hiragana,
    Katakana,
    Kanji,
}

fn script(letter: char) -> Script {
    match letter {
        'ぁ'..='ゟ' => Script::Hiragana,
        'ァ'..='ヺ' | 'ー' => Script::Katakana,
        '\u{3400}'..='\u{9fff}' | '々' | '\u{20000}'..='\u{3ffff}' => Script::Kanji,
        _ if letter.is_uppercase() => Script::Upper,
        _ if letter.is_alphanumeric() => Script::Lower,
        _ => Script::Between,
    }
}

/// Where the parts of a chunk are: between marks, scripts, and words of the field among kanji; before
/// an upper-case letter behind a lower-case one.
fn ranges(chunk: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    let mut before = Script::Between;
    for (at, letter) in chunk.char_indices() {
        let now = script(letter);
        let goes_on = now == before
            || matches!((before, now), (Script::Upper, Script::Lower))
            || (letter == 'ー' && before == Script::Hiragana);
        if !goes_on {
            push(chunk, start..at, before, &mut ranges);
            start = at;
        }
        if letter != 'ー' || before != Script::Hiragana {
            before = now;
        }
    }
    push(chunk, start..chunk.len(), before, &mut ranges);
    ranges
}

fn push(chunk: &str, range: Range<usize>, script: Script, ranges: &mut Vec<Range<usize>>) {
    match script {
        _ if range.is_empty() => {}
        Script::Between => {}
        Script::Kanji => push_kanji(chunk, range, ranges),
        _ => ranges.push(range),
    }
}

fn push_kanji(chunk: &str, range: Range<usize>, ranges: &mut Vec<Range<usize>>) {
    let mut start = range.start;
    let mut at = range.start;
    while at < range.end {
        match leading(&chunk[at..range.end]) {
            Some(length) => {
                if start < at {
                    ranges.push(start..at);
                }
                ranges.push(at..at + length);
                at += length;
                start = at;
            }
            None => at += chunk[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    if start < range.end {
        ranges.push(start..range.end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn a_name_is_found_by_its_whole_its_parts_and_its_ends() {
        assert_eq!(texts("acme prod"), ["acme", "prod"]);
        assert_eq!(texts("acme-prod"), ["acme-prod", "acme", "prod"]);
        assert_eq!(texts("AcmeProd2"), ["acmeprod2", "acme", "prod2"]);
        assert_eq!(texts("AWS"), ["aws"]);
        assert_eq!(texts("ap-northeast-1"), ["ap-northeast-1", "ap", "northeast", "1", "northeast-1"]);
        assert_eq!(texts("--"), ["--"]);
        assert_eq!(texts("　"), Vec::<String>::new());
    }

    #[test]
    fn japanese_is_cut_where_scripts_change_and_around_words_of_the_field() {
        assert_eq!(
            texts("アクメ本番環境"),
            [
                "あくめ本番環境",
                "あくめ",
                "本番",
                "環境",
                "本番環境",
                "kankyo",
                "honbankankyo",
                "honban",
                "akumehonbankankyo",
                "akume",
            ]
        );
        assert_eq!(texts("藤原本番"), ["藤原本番", "藤原", "本番", "honban"]);
        assert_eq!(texts("請求とコスト管理")[..4], ["請求とこすと管理", "請求", "と", "こすと"]);
        assert_eq!(texts("サーバー"), ["さーばー", "saba"]);
    }

    #[test]
    fn a_chunk_of_a_query_comes_apart_only_where_it_has_parts() {
        assert_eq!(parts("本番s3"), ["本番", "s3"]);
        assert_eq!(parts("acme"), Vec::<String>::new());
    }
}
