//! The grammar of the files, as the AWS CLI reads them, and the rule that the credentials file
//! wins where both say something. What the CLI refuses is read as far as it goes: a bad line is
//! skipped, a section that is there twice is one.
//!
//! Not what the keys mean (`resolve`). Held to the AWS CLI's own reader by `tests/aws_config`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::Timestamp;
use secrecy::SecretString;

use super::words;

/// What both files hold.
pub struct AwsSections {
    config: BTreeMap<String, Section>,
    credentials: BTreeMap<String, Section>,
    sso_sessions: BTreeMap<String, Section>,
}

/// What stands below one header, by key.
type Section = BTreeMap<String, Said>;

/// A value, and the lines of the file that it stands on, counted from 1.
#[derive(Clone, Default)]
struct Said {
    text: String,
    lines: Vec<usize>,
}

/// An access key as a file, a command or the environment gives it.
pub struct KeyPair {
    /// The public half.
    pub id: String,
    /// The secret half.
    pub secret: SecretString,
    /// Of temporary ones.
    pub token: Option<SecretString>,
    /// Where it is said.
    pub expires_at: Option<Timestamp>,
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("KeyPair(…)")
    }
}

impl fmt::Debug for AwsSections {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("AwsSections").field("profiles", &self.profiles()).finish_non_exhaustive()
    }
}

/// Which of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum File {
    /// `~/.aws/config`.
    Config,
    /// `~/.aws/credentials`.
    Credentials,
}

impl AwsSections {
    /// From what the files hold.
    #[must_use]
    pub fn of(config: &[u8], credentials: &[u8]) -> Self {
        let mut profiles = BTreeMap::new();
        let mut sso_sessions = BTreeMap::new();
        let mut with_word = None;
        for (header, section) in sections(config) {
            // The AWS CLI looks at the beginning only.
            if header.starts_with("profile") {
                match second_word(&header).as_deref() {
                    Some("default") => with_word = Some(section),
                    Some(name) => drop(profiles.insert(name.to_owned(), section)),
                    None => {}
                }
            } else if header.starts_with("sso-session") {
                if let Some(name) = second_word(&header) {
                    sso_sessions.insert(name, section);
                }
            } else if header == "default" {
                profiles.insert(header, section);
            }
        }
        if let Some(section) = with_word {
            profiles.insert("default".to_owned(), section);
        }
        Self { config: profiles, credentials: sections(credentials).into_iter().collect(), sso_sessions }
    }

    /// The names of all profiles, in order.
    #[must_use]
    pub fn profiles(&self) -> Vec<&str> {
        let all: BTreeSet<&str> = self.config.keys().chain(self.credentials.keys()).map(String::as_str).collect();
        all.into_iter().collect()
    }

    /// The names of all `[sso-session …]`, in order.
    #[must_use]
    pub fn sso_sessions(&self) -> Vec<&str> {
        self.sso_sessions.keys().map(String::as_str).collect()
    }

    /// Whether there is such a profile.
    #[must_use]
    pub fn has(&self, profile: &str) -> bool {
        self.config.contains_key(profile) || self.credentials.contains_key(profile)
    }

    /// What a profile says, if anything; also an empty text.
    #[must_use]
    pub fn get(&self, profile: &str, key: &str) -> Option<&str> {
        self.of_file(File::Credentials, profile, key).or_else(|| self.of_file(File::Config, profile, key))
    }

    pub(super) fn of_file(&self, file: File, profile: &str, key: &str) -> Option<&str> {
        self.said(file, profile, key).map(|said| said.text.as_str())
    }

    fn said(&self, file: File, profile: &str, key: &str) -> Option<&Said> {
        let profiles = match file {
            File::Config => &self.config,
            File::Credentials => &self.credentials,
        };
        profiles.get(profile)?.get(key)
    }

    /// What an `[sso-session …]` says, if anything; the outer `None` where there is no such section.
    pub(super) fn of_sso_session(&self, session: &str, key: &str) -> Option<Option<&str>> {
        Some(self.sso_sessions.get(session)?.get(key).map(|said| said.text.as_str()))
    }

    /// The keys that a profile holds: id, secret and token of one file, never of both.
    #[must_use]
    pub fn keys(&self, profile: &str) -> Option<KeyPair> {
        [File::Credentials, File::Config].into_iter().find_map(|file| {
            let said = |key: &str| self.of_file(file, profile, key).filter(|text| !text.is_empty());
            Some(KeyPair {
                id: said("aws_access_key_id")?.to_owned(),
                secret: said("aws_secret_access_key")?.to_owned().into(),
                token: TOKENS.iter().find_map(|key| said(key)).map(|token| token.to_owned().into()),
                expires_at: None,
            })
        })
    }

    /// The lines of the credentials file on which a profile's keys stand, counted from 1, with the
    /// key of each; nothing of the values.
    #[must_use]
    pub fn key_lines(&self, profile: &str) -> Vec<(usize, &'static str)> {
        let mut lines: Vec<(usize, &'static str)> = ["aws_access_key_id", "aws_secret_access_key"]
            .into_iter()
            .chain(TOKENS)
            .filter_map(|key| Some((self.said(File::Credentials, profile, key)?, key)))
            .flat_map(|(said, key)| said.lines.iter().map(move |line| (*line, key)))
            .collect();
        lines.sort_unstable();
        lines
    }
}

/// The names that a token goes by, in the AWS CLI's order.
pub(super) const TOKENS: [&str; 2] = ["aws_security_token", "aws_session_token"];

/// The second of two words, split as a shell does.
fn second_word(header: &str) -> Option<String> {
    match words::split(header)?.as_slice() {
        [_, name] => Some(name.clone()),
        _ => None,
    }
}

/// The file's sections in order, those of one header together. Keys below `[DEFAULT]` are in each.
fn sections(bytes: &[u8]) -> Vec<(String, Section)> {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n");
    let mut reader = Reader::default();
    for (at, line) in text.trim_start_matches('\u{feff}').split('\n').enumerate() {
        reader.line(at + 1, line);
    }
    let Reader { mut sections, .. } = reader;
    for said in sections.iter_mut().flat_map(|(_, section)| section.values_mut()) {
        // Without a text of its own it is a block, whose keys are not the profile's.
        said.text = if said.text.starts_with('\n') { String::new() } else { said.text.trim_end().to_owned() };
    }
    if let Some(at) = sections.iter().position(|(header, _)| header == "DEFAULT") {
        let (_, inherited) = sections.remove(at);
        for (_, section) in &mut sections {
            for (key, said) in &inherited {
                section.entry(key.clone()).or_insert_with(|| said.clone());
            }
        }
    }
    sections
}

/// Reads line by line, as Python's `RawConfigParser` does.
#[derive(Default)]
struct Reader {
    sections: Vec<(String, Section)>,
    /// The section that keys go to; `None` before the first header and below a broken one.
    section: Option<usize>,
    /// The key that an indented line continues.
    key: Option<String>,
    indent: usize,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str) {
        let text = line.trim();
        if text.is_empty() || text.starts_with(['#', ';']) {
            if text.is_empty() {
                self.go_on(None, "");
            }
            return;
        }
        let indent = line.chars().take_while(|character| character.is_whitespace()).count();
        if self.key.is_some() && indent > self.indent {
            return self.go_on(Some(number), text);
        }
        self.indent = indent;
        self.key = None;
        let header = text.strip_prefix('[').and_then(|rest| rest.rsplit_once(']')).map(|(header, _)| header);
        match header.filter(|header| !header.is_empty()) {
            Some(header) => self.begin(header),
            None => self.pair(number, text),
        }
    }

    fn go_on(&mut self, number: Option<usize>, text: &str) {
        if let (Some(at), Some(key)) = (self.section, &self.key)
            && let Some(said) = self.sections[at].1.get_mut(key)
        {
            said.text.push('\n');
            said.text.push_str(text);
            said.lines.extend(number);
        }
    }

    fn begin(&mut self, header: &str) {
        let known = self.sections.iter().position(|(known, _)| known == header);
        self.section = Some(known.unwrap_or_else(|| {
            self.sections.push((header.to_owned(), Section::new()));
            self.sections.len() - 1
        }));
    }

    fn pair(&mut self, number: usize, text: &str) {
        match (text.split_once(['=', ':']), self.section) {
            (Some((key, value)), Some(at)) if !key.trim().is_empty() => {
                let key = key.trim().to_lowercase();
                let said = Said { text: value.trim().to_owned(), lines: vec![number] };
                self.sections[at].1.insert(key.clone(), said);
                self.key = Some(key);
            }
            (None, _) if text.starts_with('[') => self.section = None,
            _ => {}
        }
    }
}
