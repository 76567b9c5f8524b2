//! `side s3 cp`: an object, a prefix or a bucket to this machine, or a file or folder to S3.
//!
//! The app copies; this only says what, and how far it is.

use std::env;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use sidelight_core::control::{Answer, DownloadLine, DownloadLineState, Request, Rights};
use sidelight_core::domain::input::{Field, InputError, Problem};
use sidelight_core::domain::s3::S3Uri;
use sidelight_core::storage::home::Home;
use tokio::time::sleep;

use crate::book;
use crate::failure::Failure;
use crate::output;
use crate::running_app;
use crate::runtime;

/// The exit code of a network that is gone.
const NETWORK: u8 = 6;

/// Between two looks at how far it is.
const LOOK: Duration = Duration::from_millis(200);

/// Copy an object, a prefix or a whole bucket from S3, or a file or folder to it
///
/// The copy stands in Sidelight's list of downloads, where it can be paused and resumed; it goes on
/// there when this command is stopped. The app is started where it does not run.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Cp {
    /// The profile's name or id
    name: String,
    /// s3://BUCKET/KEY, or a file or folder; a key that ends in / stands for all objects below it
    from: String,
    /// A file or folder, or s3://BUCKET/KEY; the profile's folder for downloads without it
    to: Option<String>,
    /// All objects below the key, also where it does not end in /
    #[arg(long, short)]
    recursive: bool,
    /// Replace an object that is there already
    #[arg(long)]
    replace: bool,
    /// With ReadOnlyAccess as session policy
    #[arg(long)]
    read_only: bool,
    /// With full rights, where the profile's guards make read-only its habit
    #[arg(long, conflicts_with = "read_only")]
    full_rights: bool,
    /// Do not wait until it is done
    #[arg(long)]
    no_wait: bool,
    /// One JSON document
    #[arg(long)]
    json: bool,
}

const HELP: &str = "\
Examples:
  side s3 cp 'acme prod' s3://reports/2026/10.csv
  side s3 cp 'acme prod' s3://reports/2026/ ~/reports          everything below 2026/
  side s3 cp 'acme staging' ./site s3://acme-web/              what is in site
  side s3 cp 'acme staging' dump.sql.gz s3://acme-dumps/ --replace

On this machine nothing is replaced: a file or folder whose name is taken gets a number, and a
folder that is there already gets the copy as a folder of its own. In S3 an object of the same
content counts as copied, and another one stays unless --replace says so. Where it lies then is
printed.

Exit codes:
  0 copied · 1 not copied · 2 an option does not fit · 3 no such profile or file · 4 AWS refused
  5 keychain · 6 network, and what has begun goes on in the window when it is back
  7 cancelled in the window";

/// What is copied, as the app wants it.
#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    s3: S3Uri,
    local: Option<PathBuf>,
    uploads: bool,
}

impl Cp {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let loaded = book::load(home)?;
        let profile = book::find(&loaded.book, &self.name)?.id.to_string();
        let here = env::current_dir().unwrap_or_default();
        let Wanted { s3, local, uploads } = wanted(&self.from, self.to.as_deref(), self.recursive, &here)?;
        let rights = match (self.read_only, self.full_rights) {
            (true, _) => Some(Rights::ReadOnly),
            (_, true) => Some(Rights::Full),
            _ => None,
        };
        let request = Request::Copy { profile, s3: s3.to_string(), local, uploads, rights, replaces: self.replace };
        let line = runtime::run(async {
            let Answer::Copying { download } = running_app::ask_or_start(home, &request).await? else {
                return Err(running_app::not_understood());
            };
            if self.no_wait { look(home, &download).await.map(|(line, _)| line) } else { wait(home, &download).await }
        })?;
        match line.s3.as_ref().filter(|_| line.uploads) {
            _ if self.json => output::json(&line),
            Some(there) => output::line(there),
            None => output::line(&line.path),
        }
    }
}

/// Which of the two is in S3, and what exactly is meant on this machine.
fn wanted(from: &str, to: Option<&str>, recursive: bool, here: &Path) -> Result<Wanted, Failure> {
    let in_s3 = |text: &str| text.starts_with("s3://");
    match to {
        Some(to) if in_s3(from) == in_s3(to) => Err(Failure::Usage {
            words: "One of the two must be in S3, and the other one on this machine".to_owned(),
            hint: "Write the one in S3 as s3://BUCKET/KEY",
        }),
        None if !in_s3(from) => Err(Failure::Usage {
            words: "It is not said where it goes".to_owned(),
            hint: "Write where as s3://BUCKET/KEY",
        }),
        Some(to) if in_s3(to) => up(here.join(from), S3Uri::parse(to)?),
        to => {
            let s3 = S3Uri::parse(from)?;
            let s3 = if recursive { s3.as_folder()? } else { s3 };
            let local = to.map(|to| into(here, to, s3.name())).transpose()?;
            Ok(Wanted { s3, local, uploads: false })
        }
    }
}

/// A folder that is there gets it under its own name; anything else is its name.
fn into(here: &Path, to: &str, name: &str) -> Result<PathBuf, Failure> {
    let path = here.join(to);
    let path = if path.is_dir() || to.ends_with('/') { path.join(name) } else { path };
    // `..` and its like have no name.
    let named = path.file_name().is_some() && path.parent().is_some_and(Path::is_dir);
    if named { Ok(path) } else { Err(Failure::NoFile(path.parent().unwrap_or(&path).display().to_string())) }
}

fn up(local: PathBuf, to: S3Uri) -> Result<Wanted, Failure> {
    let local = local.canonicalize().map_err(|_| Failure::NoFile(local.display().to_string()))?;
    let name = local.file_name().and_then(|name| name.to_str());
    let name = name.ok_or(InputError::new(Field::LocalPath, Problem::Malformed))?;
    let s3 = match (local.is_dir(), to.is_folder()) {
        (true, _) => to.as_folder()?,
        (false, true) => to.below(name)?,
        (false, false) => to,
    };
    Ok(Wanted { s3, local: Some(local), uploads: true })
}

/// Until it is copied.
async fn wait(home: &Home, download: &str) -> Result<DownloadLine, Failure> {
    let bar = ProgressBar::new(0).with_style(style(false));
    let mut said = None;
    loop {
        let (line, failure) = look(home, download).await?;
        show(&bar, &line);
        match (line.state, failure) {
            (DownloadLineState::Done, _) => {
                bar.finish_and_clear();
                return Ok(line);
            }
            (DownloadLineState::Failed, Some(failure)) => return Err(failure),
            (DownloadLineState::Failed | DownloadLineState::Cancelled, _) => return Err(Failure::Cancelled),
            // Whoever runs this may have a better way than to wait for a network: the window does.
            (DownloadLineState::Paused, Some(failure)) if failure.exit_code() == NETWORK => {
                bar.suspend(|| output::remark("It stays in the window's list, and goes on by itself."));
                return Err(failure);
            }
            // A full disk, say: it goes on when the reason is gone.
            (DownloadLineState::Paused, Some(failure)) if said.as_ref() != Some(&failure.to_string()) => {
                bar.suspend(|| output::remark(&format!("It waits: {failure}")));
                said = Some(failure.to_string());
            }
            _ => {}
        }
        sleep(LOOK).await;
    }
}

async fn look(home: &Home, download: &str) -> Result<(DownloadLine, Option<Failure>), Failure> {
    let request = Request::Download { download: download.to_owned() };
    match running_app::ask(home, &request).await? {
        Some(Answer::Download { line: Some(line), failure }) => Ok((*line, failure.map(|it| Failure::App(*it)))),
        // Taken off the list.
        Some(Answer::Download { line: None, .. }) => Err(Failure::Cancelled),
        Some(_) => Err(running_app::not_understood()),
        None => Err(Failure::AppSilent),
    }
}

/// On a terminal alone.
fn show(bar: &ProgressBar, line: &DownloadLine) {
    bar.set_style(style(line.total.is_some()));
    bar.set_length(line.total.unwrap_or_default());
    bar.set_position(line.bytes);
    bar.set_message(match (line.files, line.total_files) {
        (Some(done), Some(all)) => format!("{} ({done} of {all} files)", line.name),
        _ => line.name.clone(),
    });
}

fn style(has_total: bool) -> ProgressStyle {
    let template = match has_total {
        true => "{percent:>3} % {bar:30} {bytes} of {total_bytes}, {bytes_per_sec}  {msg}",
        false => "{spinner} {bytes}  {msg}",
    };
    // Its braces are ours, and match.
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use super::*;

    type Tested = Result<(), Box<dyn std::error::Error>>;

    #[test]
    fn a_folder_that_is_there_gets_the_copy_and_anything_else_is_its_name() -> Tested {
        let here = tempfile::tempdir()?;
        let here = here.path().canonicalize()?;
        std::fs::create_dir(here.join("there"))?;
        for (from, to, recursive, s3, local) in [
            ("s3://reports/2026/10.csv", None, false, "s3://reports/2026/10.csv", None),
            ("s3://reports/2026/10.csv", Some("."), false, "s3://reports/2026/10.csv", Some("10.csv")),
            ("s3://reports/2026/10.csv", Some("there"), false, "s3://reports/2026/10.csv", Some("there/10.csv")),
            ("s3://reports/2026/10.csv", Some("new.csv"), false, "s3://reports/2026/10.csv", Some("new.csv")),
            ("s3://reports/2026", Some("there/"), true, "s3://reports/2026/", Some("there/2026")),
            ("s3://reports", Some("there"), false, "s3://reports/", Some("there/reports")),
        ] {
            let wanted = wanted(from, to, recursive, &here)?;
            assert_eq!(wanted.s3, S3Uri::parse(s3)?, "{from} {to:?}");
            let local = local.map(|local| here.join(local));
            assert_eq!(wanted.local.map(|path| path.components().collect()), local, "{from} {to:?}");
            assert!(!wanted.uploads);
        }
        for (from, to) in [("s3://reports/a", Some("gone/a")), ("s3://reports/a", Some("gone/"))] {
            assert!(matches!(wanted(from, to, false, &here), Err(Failure::NoFile(_))), "{from} {to:?}");
        }
        for (from, to) in [("a", None), ("a", Some("b")), ("s3://a/b", Some("s3://c/d"))] {
            assert!(matches!(wanted(from, to, false, &here), Err(Failure::Usage { .. })), "{from} {to:?}");
        }
        Ok(())
    }

    #[test]
    fn a_file_goes_below_a_folder_of_s3_and_a_folder_becomes_one() -> Tested {
        let here = tempfile::tempdir()?;
        let here = here.path().canonicalize()?;
        std::fs::create_dir(here.join("site"))?;
        std::fs::write(here.join("a.csv"), "")?;
        for (from, to, s3) in [
            ("a.csv", "s3://reports", "s3://reports/a.csv"),
            ("a.csv", "s3://reports/2026/", "s3://reports/2026/a.csv"),
            ("a.csv", "s3://reports/b.csv", "s3://reports/b.csv"),
            ("site", "s3://web/www", "s3://web/www/"),
            ("site/", "s3://web/", "s3://web/"),
        ] {
            let wanted = wanted(from, Some(to), false, &here)?;
            assert_eq!((wanted.s3, wanted.uploads), (S3Uri::parse(s3)?, true), "{from} {to}");
            assert_eq!(wanted.local, Some(here.join(from.trim_end_matches('/'))));
        }
        assert!(matches!(wanted("gone", Some("s3://web/"), false, &here), Err(Failure::NoFile(_))));
        Ok(())
    }
}
