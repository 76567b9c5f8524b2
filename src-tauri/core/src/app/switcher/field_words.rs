//! Words of the field that mean the same, and how the Japanese ones among them are read.
//!
//! No dictionary: a profile's other kanji have no reading here. It grows by a row for a word that
//! many people name their accounts by.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fold::{fold, heard, is_kana};

/// A row of [`ROWS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FieldWord(u8);

/// Spellings of one thing; the first in kana is how the others are read.
static ROWS: &[&[&str]] = &[
    &["prod", "prd", "production", "本番", "ほんばん"],
    &["stg", "stage", "staging", "検証", "けんしょう", "ステージング"],
    &["dev", "develop", "development", "開発", "かいはつ"],
    &["test", "試験", "しけん", "テスト"],
    &["sandbox", "sbx", "サンドボックス"],
    &["env", "environment", "環境", "かんきょう"],
    &["common", "shared", "共通", "きょうつう"],
    &["共有", "きょうゆう"],
    &["audit", "監査", "かんさ"],
    &["admin", "管理", "かんり"],
    &["billing", "請求", "せいきゅう"],
    &["platform", "基盤", "きばん"],
    &["internal", "社内", "しゃない"],
    &["customer", "顧客", "こきゃく"],
    &["maintenance", "保守", "ほしゅ"],
    &["ops", "operations", "運用", "うんよう"],
    &["monitoring", "監視", "かんし"],
    &["security", "セキュリティ"],
    &["network", "ネットワーク"],
    &["backup", "バックアップ"],
    &["data", "データ"],
    &["log", "logs", "ログ"],
    &["analytics", "分析", "ぶんせき"],
    &["training", "研修", "けんしゅう"],
    &["accounting", "経理", "けいり"],
    &["会計", "かいけい"],
    &["sales", "営業", "えいぎょう"],
    &["人事", "じんじ"],
    &["総務", "そうむ"],
    &["bank", "銀行", "ぎんこう"],
    &["insurance", "保険", "ほけん"],
    &["株式会社", "かぶしきがいしゃ"],
    &["有限会社", "ゆうげんがいしゃ"],
    &["合同会社", "ごうどうがいしゃ"],
    &["商事", "しょうじ"],
    &["工業", "こうぎょう"],
    &["電機", "でんき"],
    &["証券", "しょうけん"],
    &["製作所", "せいさくしょ"],
    &["研究所", "けんきゅうしょ"],
    &["本社", "ほんしゃ"],
    &["支社", "ししゃ"],
    &["日本", "にほん"],
    &["東京", "とうきょう"],
    &["大阪", "おおさか"],
    &["名古屋", "なごや"],
    &["福岡", "ふくおか"],
    &["札幌", "さっぽろ"],
    &["認証", "にんしょう"],
    &["決済", "けっさい"],
    &["災害対策", "さいがいたいさく"],
    &["移行", "いこう"],
];

/// One spelling of a row, folded.
pub(super) struct Spelling {
    pub(super) text: String,
    /// How it is heard, where it is kana.
    pub(super) heard: Option<String>,
    pub(super) word: FieldWord,
}

static SPELLINGS: LazyLock<Vec<Spelling>> = LazyLock::new(|| {
    let of_row = |(at, row): (usize, &&'static [&'static str])| {
        let word = u8::try_from(at).ok().map(FieldWord);
        row.iter().filter_map(move |spelling| {
            let text = fold(spelling);
            let heard = is_kana(&text).then(|| heard(&text)).flatten();
            word.map(|word| Spelling { text, heard, word })
        })
    };
    ROWS.iter().enumerate().flat_map(of_row).collect()
});

static BY_TEXT: LazyLock<HashMap<&'static str, FieldWord>> =
    LazyLock::new(|| SPELLINGS.iter().map(|spelling| (spelling.text.as_str(), spelling.word)).collect());

/// The row that folded text is a spelling of.
pub(super) fn field_word(folded: &str) -> Option<FieldWord> {
    BY_TEXT.get(folded).copied()
}

/// All spellings.
pub(super) fn all() -> &'static [Spelling] {
    &SPELLINGS
}

/// How folded kanji are read, in hiragana.
pub(super) fn reading(folded: &str) -> Option<String> {
    let FieldWord(row) = field_word(folded)?;
    let kana = ROWS[usize::from(row)].iter().map(|spelling| fold(spelling)).find(|spelling| is_kana(spelling));
    (!folded.is_ascii()).then_some(kana).flatten()
}

/// The longest word of the field that stands at the beginning of a run of kanji: its length in bytes.
pub(super) fn leading(kanji: &str) -> Option<usize> {
    let ends = kanji.char_indices().map(|(at, letter)| at + letter.len_utf8()).take(4);
    ends.filter(|end| field_word(&kanji[..*end]).is_some()).last()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_common_word_has_its_reading_and_its_other_spellings() {
        assert_eq!(reading("本番").as_deref(), Some("ほんばん"));
        assert_eq!(reading("prod"), None);
        assert_eq!(reading("藤原"), None);
        assert_eq!(field_word("production"), field_word("本番"));
        assert_eq!(leading("本番環境"), Some("本番".len()));
        assert_eq!(leading("災害対策用"), Some("災害対策".len()));
        assert_eq!(leading("藤原本番"), None);
    }

    #[test]
    fn no_spelling_stands_in_two_rows() {
        assert_eq!(BY_TEXT.len(), ROWS.iter().map(|row| row.len()).sum::<usize>());
    }
}
