//! Link handler: whether the desktop gives `sidelight:` links to this program.
//!
//! Not what a link does (`domain::link`). Linux only: elsewhere packages register it. Source: the XDG specifications
//! "Desktop Entry" 1.5 ("The Exec key") and "MIME Applications Associations"; xdg-mime(1).

use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use directories::BaseDirs;

use super::files::{self, RealDisk};
use super::other_programs;
use crate::app::error::{Cause, Error};

/// Not a package's name, which would be hidden by it.
const FILE: &str = "sidelight-links.desktop";

/// What the desktop calls the links.
const KIND: &str = "x-scheme-handler/sidelight";

/// From now on the desktop gives the links to the program that runs here, or (`on` is false) no more.
///
/// # Errors
/// `Disk`, where the entry could not be written or removed; `NoHandler`, where xdg-mime did not take it. Then it is as
/// it was.
pub fn set(on: bool) -> Result<(), Error> {
    let entry = entry()?;
    if !on {
        return remove(&entry);
    }
    write(&entry)?;
    let mut command = Command::new("xdg-mime");
    command.args(["default", FILE, KIND]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    other_programs::give_the_users_environment(&mut command);
    let refused = match command.status() {
        Ok(status) if status.success() => return Ok(()),
        Ok(status) => format!("xdg-mime ended with {status}"),
        Err(error) => format!("xdg-mime: {error}"),
    };
    // Some desktops would take it though nobody chose it.
    remove(&entry)?;
    Err(Error::detailed(Cause::NoHandler, refused))
}

/// The program may lie elsewhere than at the last start. Who takes the links is left to the desktop.
///
/// # Errors
/// `Disk`, where the entry could not be written.
pub fn renew() -> Result<(), Error> {
    let entry = entry()?;
    if entry.exists() { write(&entry) } else { Ok(()) }
}

fn write(entry: &Path) -> Result<(), Error> {
    let text = text(&program().map_err(files::disk_error(entry))?);
    let text = text.ok_or_else(|| failed(entry, "the program's path cannot be written in a desktop entry"))?;
    if let Some(folder) = entry.parent() {
        std::fs::create_dir_all(folder).map_err(files::disk_error(folder))?;
    }
    files::replace(&RealDisk, entry, text.as_bytes())
}

fn remove(entry: &Path) -> Result<(), Error> {
    match std::fs::remove_file(entry) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(files::disk_error(entry)(error)),
        _ => Ok(()),
    }
}

/// Linux adds a word to the path of a program that was replaced while it runs. Source: proc_pid_exe(5).
fn program() -> io::Result<PathBuf> {
    let path = env::current_exe()?;
    let replaced = path.to_str().and_then(|text| text.strip_suffix(" (deleted)")).map(PathBuf::from);
    Ok(replaced.filter(|replaced| replaced.is_file()).unwrap_or(path))
}

fn entry() -> Result<PathBuf, Error> {
    let places = BaseDirs::new().ok_or_else(|| failed(Path::new("~"), "no home folder"))?;
    Ok(places.data_dir().join("applications").join(FILE))
}

fn failed(entry: &Path, why: &str) -> Error {
    Error::detailed(Cause::Disk { path: entry.to_owned(), free_bytes: None }, why)
}

/// The desktop entry of a program, where its path can be said in one.
fn text(program: &Path) -> Option<String> {
    let program = argument(program.to_str()?)?;
    let lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Name=Sidelight",
        &format!("Exec={program} %u"),
        "Terminal=false",
        "NoDisplay=true",
        &format!("MimeType={KIND};"),
    ];
    Some(lines.map(|line| format!("{line}\n")).concat())
}

/// Quoted for the Exec key, and then escaped as every value is.
fn argument(text: &str) -> Option<String> {
    if text.contains(char::is_control) {
        return None;
    }
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '`' | '$' => quoted.extend(["\\\\", &letter.to_string()]),
            '\\' => quoted.push_str("\\\\\\\\"),
            '%' => quoted.push_str("%%"),
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    Some(quoted)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::text;

    #[test]
    fn any_path_of_the_program_is_one_argument_or_refused() {
        let exec = |path| text(Path::new(path)).and_then(|text| text.lines().nth(3).map(ToOwned::to_owned));
        let rows = [
            ("/usr/bin/sidelight", Some(r#"Exec="/usr/bin/sidelight" %u"#)),
            ("/home/ai da/sidelight", Some(r#"Exec="/home/ai da/sidelight" %u"#)),
            ("/tmp/50%/$HOME/sidelight", Some(r#"Exec="/tmp/50%%/\\$HOME/sidelight" %u"#)),
            (r#"/tmp/a"b\c`d/sidelight"#, Some(r#"Exec="/tmp/a\\"b\\\\c\\`d/sidelight" %u"#)),
            ("/tmp/two\nlines", None),
        ];
        for (path, expected) in rows {
            assert_eq!(exec(path).as_deref(), expected, "{path}");
        }
    }
}
