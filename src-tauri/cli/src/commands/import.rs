//! `side import`: profiles from `~/.aws`, by reference or with their keys moved into the keychain,
//! from a book that `side export` wrote, and from the CSV files in which AWS hands out keys.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use serde::Serialize;
use sidelight_core::app::import;
use sidelight_core::app::ports::FoundInAws;
use sidelight_core::domain::book::Book;
use sidelight_core::domain::import::{Candidate, Choice, Given, Standing, candidates};
use sidelight_core::domain::input::InputError;
use sidelight_core::domain::profile::ProfileId;
use sidelight_core::storage::aws_config::AwsFiles;
use sidelight_core::storage::home::Home;
use sidelight_core::storage::import_file;
use sidelight_core::world;
use uuid::Uuid;

use crate::book;
use crate::failure::Failure;
use crate::mfa::TerminalPrompt;
use crate::output;
use crate::running_app;
use crate::runtime;
use crate::table::Table;

/// Add profiles from ~/.aws, from a file that `side export` wrote, or from AWS's CSV of access keys
///
/// Without names it shows what ~/.aws describes, and adds nothing. A chosen profile is added by
/// reference: ~/.aws stays as it is and counts whenever the profile is opened. A command that a
/// profile would run (credential_process) is shown; such a profile is added only by its name.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Import {
    /// Profiles of ~/.aws, by their names there; or one file: TOML that `side export` wrote, or AWS's CSV
    #[arg(value_name = "NAME_OR_FILE")]
    names: Vec<String>,
    /// All that can be added, but for those that run a command
    #[arg(long, conflicts_with = "names")]
    all: bool,
    /// The group of what is added (default: what the names begin with alike)
    #[arg(long, value_name = "G")]
    group: Option<String>,
    /// Move static keys into the keychain; ~/.aws/credentials is not written, and what may be deleted there is said
    #[arg(long)]
    move_keys: bool,
    /// Show what would be added, add nothing
    #[arg(long)]
    dry_run: bool,
    /// One JSON document
    #[arg(long)]
    json: bool,
}

const HELP: &str = "\
Examples:
  side import                          what ~/.aws describes
  side import --all
  side import acme-prod acme-staging --group Acme --move-keys
  side import sidelight.toml           merges by the profiles' stable ids
  side import accessKeys.csv           the file that IAM's console gave; its keys go into the keychain

Exit codes:
  0 done · 1 a file cannot be read · 2 something does not fit (nothing was changed)
  3 no such profile or file · 5 keychain";

/// What is found, as scripts get it.
#[derive(Serialize)]
struct Line<'a> {
    profile: &'a str,
    name: &'a str,
    group: Option<&'a str>,
    account: Option<&'a str>,
    region: Option<&'a str>,
    mark: Option<String>,
    how: String,
    state: &'static str,
    problem: Option<String>,
    command: Option<&'a str>,
    has_keys: bool,
}

impl Import {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        if let [file] = self.names.as_slice() {
            let (path, lower) = (PathBuf::from(file), file.to_lowercase());
            if lower.ends_with(".toml") || lower.ends_with(".csv") {
                return self.give(home, &path);
            }
        }
        let before = book::load_to_change(home)?;
        let found = runtime::run(async {
            use sidelight_core::app::ports::AwsConfig;
            Ok(AwsFiles::from_environment().found().await?)
        })?;
        let all = candidates(&before, &found.profiles);
        let nothing_chosen = self.names.is_empty() && !self.all;
        if nothing_chosen || self.dry_run {
            let shown: Vec<&Candidate> = match nothing_chosen {
                true => all.iter().collect(),
                false => self.chosen(&all)?,
            };
            return self.show(&before, &found, &shown);
        }
        let chosen = self.chosen(&all)?;
        self.add(home, &before, &found, &chosen)
    }

    fn chosen<'a>(&self, all: &'a [Candidate]) -> Result<Vec<&'a Candidate>, Failure> {
        if self.all {
            let fits = |one: &&Candidate| {
                matches!(one.standing, Standing::New | Standing::Changed) && one.found.command().is_none()
            };
            return Ok(all.iter().filter(fits).collect());
        }
        let named = |name: &String| {
            let one = all.iter().find(|one| one.found.name.as_str() == name);
            let one = one.ok_or_else(|| Failure::NoProfile(name.clone()))?;
            match &one.found.way {
                Ok(_) => Ok(one),
                Err(problem) => Err(Failure::Usage {
                    words: format!("{name} gives no credentials: {problem}"),
                    hint: "Mend it in ~/.aws; nothing was changed",
                }),
            }
        };
        self.names.iter().map(named).collect()
    }

    fn add(self, home: &Home, before: &Book, found: &FoundInAws, chosen: &[&Candidate]) -> Result<(), Failure> {
        let choices: Vec<Choice> = chosen
            .iter()
            .map(|one| Choice {
                key: one.found.name.as_str().to_owned(),
                name: one.name.to_string(),
                group: self.group.clone().or_else(|| one.group.as_ref().map(ToString::to_string)).unwrap_or_default(),
                mark: String::new(),
                moves_keys: self.move_keys,
            })
            .collect();
        let world = world::of(home, Arc::new(TerminalPrompt { reads_stdin: false }))?;
        let done = runtime::run(async {
            let done = import::import(&world, before, found, &choices, fresh_id).await?;
            running_app::reload(home).await;
            Ok(done)
        })?;
        output::remark(&format!("Added {}, changed {}", done.added, done.changed));
        if !done.lines_to_delete.is_empty() {
            output::remark("These keys are in the keychain now. You may delete these lines; Sidelight does not:");
            done.lines_to_delete.iter().for_each(|line| output::remark(&format!("  {line}")));
        }
        Ok(())
    }

    fn show(&self, book: &Book, found: &FoundInAws, shown: &[&Candidate]) -> Result<(), Failure> {
        let profiles: Vec<_> = shown.iter().filter_map(|one| one.profile.clone()).collect();
        let mut marks = book.marked_as(&profiles).into_iter();
        let lines = shown.iter().map(|one| Line {
            profile: one.found.name.as_str(),
            name: one.name.as_str(),
            group: one.group.as_ref().map(|group| group.as_str()),
            account: one.found.account().map(|account| account.as_str()),
            region: one.found.region.as_ref().map(|region| region.as_str()),
            mark: one
                .profile
                .as_ref()
                .and_then(|_| marks.next())
                .and_then(|marked| marked.mark.word.map(|word| word.as_str().to_owned())),
            how: one.found.how(),
            state: word(one.standing),
            problem: one.found.way.as_ref().err().map(ToString::to_string),
            command: one.found.command(),
            has_keys: one.found.has_keys(),
        });
        let lines: Vec<Line<'_>> = lines.collect();
        if self.json {
            return output::json(&lines);
        }
        if lines.is_empty() {
            output::remark(&format!("{} describes no profiles", found.file));
            return Ok(());
        }
        let rows = lines.iter().map(|line| {
            let how = line.problem.as_ref().map_or_else(|| line.how.clone(), |problem| format!("({problem})"));
            let how = line.command.map_or(how.clone(), |command| format!("{how}: {command}"));
            [
                line.state.into(),
                line.profile.into(),
                line.mark.as_deref().unwrap_or_default().into(),
                line.group.unwrap_or_default().into(),
                line.account.unwrap_or_default().into(),
                how.as_str().into(),
            ]
        });
        let table = Table::new(["STATE", "PROFILE", "MARK", "GROUP", "ACCOUNT", "HOW"], rows.collect());
        let mut stdout = output::lines();
        table.write(&mut stdout, output::wants_colour(&io::stdout()))?;
        Ok(stdout.flush()?)
    }

    /// What a file holds: keys of AWS's console, or our own export.
    fn give(self, home: &Home, path: &Path) -> Result<(), Failure> {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let given = import_file::read(&file, &contents(path)?.into())?;
        let before = book::load_to_change(home)?;
        if self.dry_run {
            return match given {
                Given::Keys(keys) => {
                    keys.iter().try_for_each(|one| output::line(&format!("{}  {}", one.name, one.key.id.as_str())))
                }
                Given::Export(other) => {
                    let would = import::merged(&before, &other)?;
                    output::remark(&format!("Would add {}, change {}", would.added, would.changed));
                    Ok(())
                }
            };
        }
        let world = world::of(home, Arc::new(TerminalPrompt { reads_stdin: false }))?;
        let done = runtime::run(async {
            let done = import::import_given(&world, &before, &file, given, self.group.as_deref(), fresh_id).await?;
            running_app::reload(home).await;
            Ok(done)
        })?;
        output::remark(&format!("Added {}, changed {}", done.added, done.changed));
        if done.file_to_delete.is_some() {
            let words = "still holds what is in the keychain now: delete it when you have seen that it works";
            output::remark(&format!("{} {words}", path.display()));
        }
        Ok(())
    }
}

fn contents(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => Failure::NoFile(path.display().to_string()),
        _ => Failure::FileUnread { path: path.to_owned(), source },
    })
}

fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::New => "new",
        Standing::Known => "known",
        Standing::Changed => "changed",
        Standing::Cannot => "unusable",
    }
}

fn fresh_id() -> Result<ProfileId, InputError> {
    ProfileId::parse(&Uuid::new_v4().to_string())
}
