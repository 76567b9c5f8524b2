//! The name that a server says, where its bytes are no UTF-8: old servers send those of Shift_JIS, or of Latin-1.
//!
//! RFC 6266 knows none but ASCII and `filename*`. What such bytes are is guessed, as browsers do, with the user's own
//! language as a hint (a short name alone leaves much open).

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use mailparse::parse_content_disposition;

use crate::app::switcher::Language;

/// The file's name in a `Content-Disposition`.
pub fn read(disposition: &[u8], language: Language) -> Option<String> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(disposition, true);
    let hint: Option<&[u8]> = match language {
        Language::English => None,
        Language::Japanese => Some(b"jp"),
    };
    // The whole of it: a character of Shift_JIS may end in the byte of a backslash.
    let (text, ..) = detector.guess(hint, Utf8Detection::Allow).decode(disposition);
    parse_content_disposition(&text).params.remove("filename").filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use encoding_rs::{EUC_JP, Encoding, SHIFT_JIS, UTF_8, WINDOWS_1252};

    use super::*;

    #[test]
    fn a_name_is_read_in_whichever_bytes_it_is_said() {
        let names: [(&Encoding, Language, &str); 8] = [
            (SHIFT_JIS, Language::English, "売上.csv"),
            (SHIFT_JIS, Language::Japanese, "表.csv"),
            (SHIFT_JIS, Language::Japanese, "顧客一覧.xlsx"),
            (SHIFT_JIS, Language::Japanese, "ソース能力.txt"),
            (EUC_JP, Language::Japanese, "請求書_2026年10月.pdf"),
            (WINDOWS_1252, Language::English, "résumé.pdf"),
            (UTF_8, Language::Japanese, "在庫.csv"),
            (UTF_8, Language::English, "plain; é.csv"),
        ];
        for (encoding, language, name) in names {
            let (bytes, ..) = encoding.encode(name);
            let said = [b"attachment; filename=\"", bytes.as_ref(), b"\""].concat();
            assert_eq!(read(&said, language).as_deref(), Some(name), "{}", encoding.name());
        }
    }

    #[test]
    fn a_server_that_says_no_name_says_none() {
        for none in ["", "attachment", "attachment; filename=\"\"", "attachment; name=\"a.csv\""] {
            assert_eq!(read(none.as_bytes(), Language::English), None, "{none}");
        }
    }
}
