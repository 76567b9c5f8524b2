//! Which kind of file the user gives for import: AWS's CSV of access keys, or our own export.
//!
//! Not `~/.aws`, which is read where it lies (`aws_config`).

use secrecy::{ExposeSecret, SecretSlice};

use super::{access_key_csv, profile_book};
use crate::app::error::{Cause, Error};
use crate::domain::import::Given;
use crate::domain::input::{Field, InputError, Problem};

/// What the file holds, its kind told by how its name ends.
///
/// # Errors
/// `Input` with what is wrong and where; never with a secret.
pub fn read(file_name: &str, contents: &SecretSlice<u8>) -> Result<Given, Error> {
    let malformed = Cause::Input(InputError::new(Field::ImportFile, Problem::Malformed));
    let bytes = contents.expose_secret();
    match file_name.rsplit_once('.').map(|(_, kind)| kind.to_ascii_lowercase()).as_deref() {
        Some("csv") => access_key_csv::read(file_name, bytes).map(Given::Keys),
        Some("toml") => match profile_book::imported(bytes) {
            Ok(book) => Ok(Given::Export(Box::new(book))),
            Err(why) => Err(Error::detailed(malformed, why.to_string())),
        },
        _ => Err(Error::detailed(malformed, "its name ends neither in .csv nor in .toml")),
    }
}
