//! The sources as text: which files there are, and their code without words and tests.
//!
//! It knows no rule. It reads, and parses just enough of Rust to tell a path from a comment.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What is made, or comes from elsewhere.
const NOT_OURS: [&str; 8] = ["node_modules", "target", "dist", "paraglide", "generated", "gen", ".venv", "data"];

/// Where sources lie.
const PLACES: [&str; 5] = ["src-tauri", "ui", "tests", "icons", ".ci"];

const KINDS: [&str; 9] = ["rs", "ts", "svelte", "css", "py", "sh", "js", "mjs", "html"];

/// A file of the checkout.
pub struct Source {
    /// From the checkout's root, with slashes.
    pub path: String,
    /// All of it.
    pub text: String,
}

impl Source {
    /// One that exists only in a test.
    pub fn planted(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// Whether it is of one of these kinds (`rs`, `ts`, …).
    pub fn is(&self, kinds: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, kind)| kinds.contains(&kind))
    }

    /// Whether it lies below one of these folders, or is that file.
    pub fn below(&self, places: &[&str]) -> bool {
        places.iter().any(|place| {
            self.path
                .strip_prefix(place)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || place.ends_with('/'))
        })
    }

    /// Its Rust code with comments and texts blanked; everything stays at its place.
    pub fn code(&self) -> String {
        blanked(&self.text)
    }

    /// As [`Self::code`], with what is compiled for tests only blanked too.
    pub fn product(&self) -> String {
        let mut code = self.code();
        for item in test_items(&code) {
            blank(&mut code, item);
        }
        code
    }
}

/// The checkout's root.
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// A file of the checkout, by its path from the root.
pub fn file(path: &str) -> Source {
    let text = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    Source { path: path.to_owned(), text }
}

/// All sources, by path.
pub fn all() -> Vec<Source> {
    let mut found = Vec::new();
    for place in PLACES {
        walk(&root().join(place), &mut found);
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

/// All Rust sources that are part of a program, not of a test.
pub fn rust_products() -> Vec<Source> {
    let sources = all();
    let tests = test_files(&sources);
    let is_product = |source: &Source| {
        source.is(&["rs"])
            && !source.path.contains("/tests/")
            && !source.below(&["tests"])
            && !tests.contains(&source.path)
    };
    sources.into_iter().filter(is_product).collect()
}

fn walk(folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        if path.is_dir() {
            if !NOT_OURS.contains(&name.as_ref()) {
                walk(&path, found);
            }
        } else if name.rsplit_once('.').is_some_and(|(_, kind)| KINDS.contains(&kind))
            && let (Ok(text), Ok(below)) = (fs::read_to_string(&path), path.strip_prefix(root()))
        {
            found.push(Source { path: below.to_string_lossy().replace('\\', "/"), text });
        }
    }
}

/// Files that are modules of tests: `#[cfg(test)] mod name;` names them.
pub fn test_files(sources: &[Source]) -> HashSet<String> {
    let mut files = HashSet::new();
    for source in sources.iter().filter(|source| source.is(&["rs"])) {
        let code = source.code();
        for (start, end) in test_items(&code) {
            let declared = code[start..end].trim_end_matches(';').rsplit_once("mod ").map(|(_, name)| name.trim());
            let Some(name) = declared.filter(|name| name.chars().all(is_word)) else { continue };
            let folder = source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let written = &source.text[start..end];
            let named = written.split_once("#[path = \"").and_then(|(_, rest)| rest.split_once('"'));
            let stem = source.path.trim_end_matches(".rs");
            let is_root = ["/lib", "/main", "/mod"].iter().any(|root| stem.ends_with(root));
            files.insert(match named {
                Some((path, _)) => format!("{folder}/{path}"),
                None if is_root => format!("{folder}/{name}.rs"),
                None => format!("{stem}/{name}.rs"),
            });
        }
    }
    files
}

/// From where to where items are compiled for tests only.
fn test_items(code: &str) -> Vec<(usize, usize)> {
    let marks = ["#[cfg(test)]", "#[cfg(all(test"];
    let mut items = Vec::new();
    for mark in marks {
        for (start, _) in code.match_indices(mark) {
            items.push((start, item_end(code, start)));
        }
    }
    items
}

/// The end of the item whose attributes begin at `start`.
fn item_end(code: &str, start: usize) -> usize {
    let (mut round, mut curly) = (0_i32, 0_i32);
    for (at, letter) in code[start..].char_indices() {
        match letter {
            '(' | '[' => round += 1,
            ')' | ']' => round -= 1,
            '{' => curly += 1,
            '}' => {
                curly -= 1;
                if curly <= 0 {
                    return start + at + 1;
                }
            }
            ';' | ',' if round == 0 && curly == 0 => return start + at + 1,
            _ => {}
        }
    }
    code.len()
}

fn blank(code: &mut String, (start, end): (usize, usize)) {
    let hole: String = code[start..end].chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }).collect();
    code.replace_range(start..end, &hole);
}

/// Comments, texts and letters replaced by blanks, byte for byte.
fn blanked(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'/') => line_end(bytes, at),
            b'/' if bytes.get(at + 1) == Some(&b'*') => comment_end(bytes, at),
            b'"' => text_end(bytes, at),
            b'r' | b'b' if at == 0 || !is_word(char::from(bytes[at - 1])) => raw_text_end(bytes, at),
            b'\'' => letter_end(text, at),
            _ => at,
        };
        if end == at {
            let letter = text[at..].chars().next().unwrap_or(' ');
            // One byte for each byte, so that places stay what they are.
            if letter.is_ascii() {
                out.push(letter)
            } else {
                (0..letter.len_utf8()).for_each(|_| out.push('_'))
            }
            at += letter.len_utf8();
        } else {
            bytes[at..end].iter().for_each(|&byte| out.push(if byte == b'\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    out
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |length| at + length)
}

fn comment_end(bytes: &[u8], at: usize) -> usize {
    let mut depth = 0_u32;
    let mut here = at;
    while here + 1 < bytes.len() {
        match (bytes[here], bytes[here + 1]) {
            (b'/', b'*') => (depth, here) = (depth + 1, here + 2),
            (b'*', b'/') => (depth, here) = (depth - 1, here + 2),
            _ => here += 1,
        }
        if depth == 0 {
            return here;
        }
    }
    bytes.len()
}

fn text_end(bytes: &[u8], at: usize) -> usize {
    let mut here = at + 1;
    while here < bytes.len() {
        match bytes[here] {
            b'\\' => here += 2,
            b'"' => return here + 1,
            _ => here += 1,
        }
    }
    bytes.len()
}

/// `r"…"`, `r#"…"#`, `b"…"`, `br"…"`; `at` itself where it is something else.
fn raw_text_end(bytes: &[u8], at: usize) -> usize {
    let mut here = at + 1;
    let is_raw = bytes[at] == b'r' || bytes.get(here) == Some(&b'r');
    if bytes[at] == b'b' && is_raw {
        here += 1;
    }
    let hashes = bytes[here..].iter().take_while(|&&byte| byte == b'#').count();
    if bytes.get(here + hashes) != Some(&b'"') || (!is_raw && hashes > 0) {
        return at;
    }
    if !is_raw {
        return text_end(bytes, here);
    }
    let close: Vec<u8> = std::iter::once(b'"').chain(std::iter::repeat_n(b'#', hashes)).collect();
    let body = here + hashes + 1;
    let length = bytes[body..].windows(close.len()).position(|window| window == close);
    length.map_or(bytes.len(), |length| body + length + close.len())
}

/// `'x'` and `'\n'` are letters, `'static` is none.
fn letter_end(text: &str, at: usize) -> usize {
    let mut rest = text[at + 1..].char_indices();
    match rest.next() {
        Some((_, '\\')) => {
            let close = rest.skip(1).find(|(_, letter)| *letter == '\'');
            close.map_or(at, |(length, _)| at + 1 + length + 1)
        }
        Some(_) => match rest.next() {
            Some((length, '\'')) => at + 1 + length + 1,
            _ => at,
        },
        None => at,
    }
}

/// Whether a letter may stand in a name.
pub fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The line that a byte stands in, counted from 1.
pub fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

#[test]
fn comments_texts_and_tests_are_no_code_and_nothing_moves() {
    let text = "//! a::b\nuse c::d; // e::f\nlet g = \"h::i\"; let j = r#\"k::\"l\"#; let m = '\\''; fn n<'o>() {}\n\
                #[cfg(test)]\nmod tests {\n    use p::q;\n}\nuse r::s;\n";
    let source = Source::planted("a.rs", text);
    let product = source.product();
    assert_eq!((product.len(), product.lines().count()), (text.len(), text.lines().count()));
    for gone in ["a::b", "e::f", "h::i", "k::", "p::q"] {
        assert!(!product.contains(gone), "{gone} in {product}");
    }
    for there in ["use c::d;", "fn n<'o>() {}", "use r::s;"] {
        assert!(product.contains(there), "{there} in {product}");
    }
}

#[test]
fn modules_of_tests_are_found_by_name_and_by_path() {
    let named = Source::planted("x/app.rs", "#[cfg(test)]\nmod fakes;\n");
    let by_path = Source::planted("x/app/tabs.rs", "#[cfg(test)]\n#[path = \"tabs_tests.rs\"]\nmod tests;\n");
    let files = test_files(&[named, by_path]);
    assert!(files.contains("x/app/fakes.rs") && files.contains("x/app/tabs_tests.rs"), "{files:?}");
}
