//! The CSV files in which AWS's console hands out access keys: a key's own (`accessKeys.csv`), and
//! those of new users with a column for their names. Source: AWS CLI reference, "configure import".
//!
//! Not what becomes of the keys (`app::import`).

use csv::{ReaderBuilder, StringRecord};
use secrecy::SecretString;

use crate::app::error::{Cause, Error};
use crate::domain::import::NamedKey;
use crate::domain::input::{Field, InputError, Problem};
use crate::domain::secret::{AccessKey, SecretAccessKey};
use crate::domain::source::AccessKeyId;

/// All keys of the file, by their users' names, or by the file's where it says none; users without a key
/// are passed over.
///
/// # Errors
/// `Input` with the line: a column is missing, a value is not of AWS's form, or there is no key at all.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Vec<NamedKey>, Error> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(text);
    let heads = reader.headers().map_err(|error| unread(&error))?.clone();
    let column = |name: &str| heads.iter().position(|head| head.trim().eq_ignore_ascii_case(name));
    let needed = |name: &'static str, field: Field| {
        let words = format!("line 1 has no column \"{name}\"");
        column(name).ok_or_else(|| Error::detailed(Cause::Input(InputError::new(field, Problem::Missing)), words))
    };
    let id = needed("Access key ID", Field::AccessKeyId)?;
    let secret = needed("Secret access key", Field::SecretAccessKey)?;
    let user = column("User name");
    let mut keys = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| unread(&error))?;
        let said = |at: usize| row.get(at).map(str::trim).filter(|text| !text.is_empty());
        if let Some(key_id) = said(id) {
            let at_line = |error: InputError| Error::detailed(Cause::Input(error), at(&row));
            let secret = SecretString::from(said(secret).unwrap_or_default());
            let key = AccessKey {
                id: AccessKeyId::parse(key_id).map_err(at_line)?,
                secret: SecretAccessKey::parse(secret).map_err(at_line)?,
            };
            keys.push(NamedKey { name: user.and_then(said).unwrap_or(whose(file_name)).to_owned(), key });
        }
    }
    if keys.is_empty() {
        let none = InputError::new(Field::AccessKeyId, Problem::Missing);
        return Err(Error::detailed(Cause::Input(none), "no line has an access key"));
    }
    Ok(keys)
}

/// IAM's console names its files `accessKeys.csv`, `bob_accessKeys.csv` or `bob_credentials.csv`.
fn whose(file_name: &str) -> &str {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    ["_accessKeys", "_credentials"].into_iter().find_map(|end| stem.strip_suffix(end)).unwrap_or(stem)
}

fn at(row: &StringRecord) -> String {
    format!("line {}", row.position().map_or(0, csv::Position::line))
}

/// Where, and nothing of what stands there.
fn unread(error: &csv::Error) -> Error {
    let line = error.position().map_or(0, csv::Position::line);
    let problem = InputError::new(Field::AccessKeyId, Problem::Malformed);
    Error::detailed(Cause::Input(problem), format!("line {line} is no line of a CSV file"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    #[test]
    fn both_of_awss_files_are_read_also_with_a_byte_order_mark_and_users_without_a_key() -> Result<(), Error> {
        let own = format!("\u{feff}Access key ID,Secret access key\r\nAKIAIOSFODNN7EXAMPLE,{SECRET}\r\n");
        let keys = read("accessKeys.csv", own.as_bytes())?;
        let found = (keys.len(), keys[0].name.as_str(), keys[0].key.id.as_str());
        assert_eq!(found, (1, "accessKeys", "AKIAIOSFODNN7EXAMPLE"));
        assert_eq!(keys[0].key.secret.expose(), SECRET);
        assert_eq!(read("bob_accessKeys.csv", own.as_bytes())?[0].name, "bob");

        let users = format!(
            "User name,Password,Access key ID,Secret access key,Console login link\n\
             bob,,AKIAIOSFODNN7EXAMPLE,{SECRET},https://x\n\"eve, of Acme\",pass,,,https://x\n"
        );
        let keys = read("credentials.csv", users.as_bytes())?;
        assert_eq!((keys.len(), keys[0].name.as_str()), (1, "bob"));
        Ok(())
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_never_with_a_secret() {
        for (text, words) in [
            ("Name,Key\nx,y\n".to_owned(), "line 1 has no column \"Access key ID\""),
            ("User name,Access key ID,Secret access key\neve,,\n".to_owned(), "no line has an access key"),
            (format!("Access key ID,Secret access key\nASIAIOSFODNN7EXAMPLE,{SECRET}\n"), "line 2"),
            (format!("Access key ID,Secret access key\n,\nAKIAIOSFODNN7EXAMPLE,\u{e9}{SECRET}\n"), "line 3"),
        ] {
            let error = read("keys.csv", text.as_bytes()).expect_err("it is wrong");
            assert_eq!(error.detail.as_deref(), Some(words));
            assert!(!format!("{error:?}").contains(SECRET));
        }
    }
}
