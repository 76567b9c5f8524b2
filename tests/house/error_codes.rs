//! The closed list of errors stands in four places: the core's `Cause`, the shell's `CauseView`, the
//! generated TypeScript, and the UI's table of words. They name the same codes.

use std::collections::BTreeSet;

use crate::sources::{Source, file, is_word, rust_products};

type Codes = BTreeSet<String>;

/// The texts on the right of `Self::… => "…"` in the function `code`.
fn of_the_core(source: &Source) -> Codes {
    let body = source.text.split_once("pub fn code(&self)").map_or("", |(_, rest)| rest);
    let body = body.split_once("\n    }\n").map_or(body, |(body, _)| body);
    let arms = body.lines().filter(|line| line.trim_start().starts_with("Self::"));
    arms.filter_map(|line| line.split('"').nth(1)).map(str::to_owned).collect()
}

/// The variants of an enum, as serde's kebab-case spells them.
fn of_an_enum(source: &Source, name: &str) -> Codes {
    let code = source.code();
    let Some((_, rest)) = code.split_once(&format!("pub enum {name} {{")) else { return Codes::new() };
    let (mut depth, mut wants_name, mut variants) = (0_u32, true, Codes::new());
    let mut letters = rest.char_indices();
    for (at, letter) in letters.by_ref() {
        match letter {
            '}' if depth == 0 => break,
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth -= 1,
            ',' if depth == 0 => wants_name = true,
            letter if depth == 0 && wants_name && letter.is_uppercase() => {
                let name: String = rest[at..].chars().take_while(|letter| is_word(*letter)).collect();
                variants.insert(kebab(&name));
                wants_name = false;
            }
            _ => {}
        }
    }
    variants
}

fn kebab(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

/// The codes of a generated `type CauseView = { "code": "…" …`.
fn of_typescript(source: &Source) -> Codes {
    let rest = source.text.split_once("export type CauseView =").map_or("", |(_, rest)| rest);
    let declared = rest.split_once(';').map_or(rest, |_| rest.split("\nexport ").next().unwrap_or_default());
    let marks = declared.match_indices("\"code\": \"").map(|(at, mark)| &declared[at + mark.len()..]);
    marks.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

/// The keys of the UI's table.
fn of_the_table(source: &Source) -> Codes {
    let table = source.text.split_once("const TABLE: Table = {").map_or("", |(_, rest)| rest);
    let table = table.split_once("\n};").map_or(table, |(table, _)| table);
    let is_entry = |line: &&str| line.starts_with("  ") && !line.starts_with("   ") && line.contains(": (");
    let keys = table.lines().filter(is_entry).filter_map(|line| line.trim().split(':').next());
    keys.map(|key| key.trim_matches('\'').to_owned()).collect()
}

fn shell(name: &str) -> Codes {
    let shell = rust_products().into_iter().filter(|source| source.below(&["src-tauri/src"]));
    shell.map(|source| of_an_enum(&source, name)).find(|codes| !codes.is_empty()).unwrap_or_default()
}

#[test]
fn core_view_typescript_and_words_name_the_same_codes() {
    let core_file = file("src-tauri/core/src/app/error.rs");
    let core = of_the_core(&core_file);
    assert!(core.len() > 20, "the core's codes are not where this test looks for them: {core:?}");
    assert_eq!(core, of_an_enum(&core_file, "Cause"), "the core's codes are its variants in kebab-case");
    assert_eq!(core, shell("CauseView"), "the shell's view");
    assert_eq!(core, of_typescript(&file("ui/src/generated/view.ts")), "the generated TypeScript");
    assert_eq!(core, of_the_table(&file("ui/src/lib/errors.ts")), "the UI's table of words");
}

#[test]
fn a_code_more_or_less_is_seen_in_each_of_the_four() {
    let core = |arms: &str| of_the_core(&Source::planted("a.rs", &format!("pub fn code(&self) {{\n{arms}\n    }}\n")));
    assert_eq!(core("Self::A => \"a\",\nSelf::BigB { .. } => \"big-b\","), codes(&["a", "big-b"]));
    let text = "pub enum V {\n    #[x(y)]\n    A { b: Option<C> },\n    BigB(D),\n    E,\n}\nstruct F;";
    assert_eq!(of_an_enum(&Source::planted("a.rs", text), "V"), codes(&["a", "big-b", "e"]));
    let text = "export type CauseView = { \"code\": \"a\", host: string, } | { \"code\": \"big-b\" };\nexport type X = { \"code\": \"z\" };";
    assert_eq!(of_typescript(&Source::planted("a.ts", text)), codes(&["a", "big-b"]));
    let text = "const TABLE: Table = {\n  a: ({ host }) => ({\n    what: m.x(),\n  }),\n  'big-b': () => ({}),\n};\n";
    assert_eq!(of_the_table(&Source::planted("a.ts", text)), codes(&["a", "big-b"]));
}

fn codes(names: &[&str]) -> Codes {
    names.iter().map(|name| (*name).to_owned()).collect()
}
