//! The book's file as the user sees it: changed where the book changed, else left as it is, with
//! the user's comments, order of keys, and keys that we do not know.
//!
//! Not what the keys mean (`format`). Grows with `format`.

use std::collections::HashMap;

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, TableLike, Value};

use super::bookmarks::write_bookmark;
use super::format::{END, schema_of};
use super::rules::{subject_word, write_guards, write_rule};
use super::sources::write_source;
use crate::domain::book::{Book, RemovedProfile};
use crate::domain::partition::{Endpoint, OwnPartition};
use crate::domain::profile::Profile;

const HEAD: &str = "# Sidelight's profiles. No secrets are in here: they lie in the keychain.\n\
                    # You may edit this file; comments and keys of your own stay. Keep its last line.\n";

/// The text that says `book`, as close to `before` as can be. `None` where `before` is no TOML.
pub(super) fn rewritten(before: Option<&str>, book: &Book) -> Option<String> {
    let mut document: DocumentMut = before.unwrap_or_default().parse().ok()?;
    let schema = schema_of(book);
    if document.get("schema").and_then(Item::as_integer).is_some_and(|there| there < schema) {
        set(document.as_table_mut(), "schema", schema);
    }
    if !document.contains_key("schema") {
        document.insert("schema", Item::from(schema));
        if let Some(mut key) = document.key_mut("schema") {
            key.leaf_decor_mut().set_prefix(HEAD);
        }
    }
    let comments = trailing_comments(&document);
    let mut known = taken(&mut document, "profile", &["id"]);
    known.extend(taken(&mut document, "removed", &["id"]));
    let mut known_partitions = taken(&mut document, "partition", &["name"]);
    let mut known_bookmarks = taken(&mut document, "bookmark", &["id"]);
    let mut known_rules = taken(&mut document, "rule", &["on", "pattern"]);

    let partitions = book.own_partitions().iter().map(|partition| {
        let mut table = known_partitions.remove(partition.name.as_str()).unwrap_or_default();
        write_partition(&mut table, partition);
        table
    });
    put(&mut document, "partition", partitions.collect());
    let rules = book.own_rules().iter().map(|rule| {
        let (on, pattern) = (subject_word(rule.condition().subject()), rule.condition().pattern());
        let mut table = known_rules.remove(&[on, pattern].join("\n")).unwrap_or_default();
        write_rule(&mut table, rule);
        table
    });
    put(&mut document, "rule", rules.collect());
    let profiles = book.profiles().iter().map(|profile| {
        let mut table = known.remove(profile.id.as_str()).unwrap_or_default();
        write_profile(&mut table, profile);
        table.remove("removed_at");
        table.remove("removed_before");
        table
    });
    put(&mut document, "profile", profiles.collect());
    let bookmarks = book.bookmarks().iter().map(|bookmark| {
        let mut table = known_bookmarks.remove(bookmark.id.as_str()).unwrap_or_default();
        write_bookmark(&mut table, bookmark);
        table
    });
    put(&mut document, "bookmark", bookmarks.collect());
    let removed = book.removed().iter().map(|removed| {
        let mut table = known.remove(removed.profile.id.as_str()).unwrap_or_default();
        write_removed(&mut table, removed);
        table
    });
    put(&mut document, "removed", removed.collect());

    number(&mut document);
    document.set_trailing(format!("{comments}\n{END}\n"));
    Some(document.to_string())
}

/// What stands behind the last table, without our own last line.
fn trailing_comments(document: &DocumentMut) -> String {
    match without_end(document.trailing().as_str().unwrap_or_default()).trim_end() {
        "" => String::new(),
        comments => format!("{comments}\n"),
    }
}

fn without_end(comments: &str) -> String {
    comments.split_inclusive('\n').filter(|line| line.trim_end() != END).collect()
}

/// Takes the tables under `name` out of the document, by what stands under `keys`, a line each.
fn taken(document: &mut DocumentMut, name: &str, keys: &[&str]) -> HashMap<String, Table> {
    // Taken, not removed, so that what is put back stands where it stood.
    let item = document.get_mut(name).map(std::mem::take);
    let tables = item.and_then(|item| item.into_array_of_tables().ok()).unwrap_or_default();
    let named = |table: Table| {
        let name = keys.iter().map(|key| table.get(key)?.as_str()).collect::<Option<Vec<_>>>()?.join("\n");
        Some((name, table))
    };
    tables.into_iter().filter_map(named).collect()
}

fn put(document: &mut DocumentMut, name: &str, tables: Vec<Table>) {
    if tables.is_empty() {
        document.remove(name);
    } else {
        document.insert(name, Item::ArrayOfTables(tables.into_iter().collect::<ArrayOfTables>()));
    }
}

fn write_profile(table: &mut Table, profile: &Profile) {
    set(table, "id", profile.id.as_str());
    set(table, "name", profile.name.as_str());
    set_or_remove(table, "group", profile.group.as_ref().map(|group| group.as_str()));
    set_or_remove(table, "account", profile.account.as_ref().map(|account| account.as_str()));
    set(table, "partition", profile.partition.as_str());
    set(table, "region", profile.region.as_str());
    set_or_remove(table, "mark", profile.mark.as_ref().map(|mark| mark.as_str()));
    write_guards(table, profile.guards);
    let sites: Array = profile.sites.iter().map(|site| site.url().as_str()).collect();
    set_or_remove(table, "sites", Some(sites).filter(|sites| !sites.is_empty()));
    write_source(table, &profile.source);
}

fn write_removed(table: &mut Table, removed: &RemovedProfile) {
    write_profile(table, &removed.profile);
    set(table, "removed_at", removed.at.to_string());
    set_or_remove(table, "removed_before", removed.before.as_ref().map(|before| before.as_str()));
}

fn write_partition(table: &mut Table, partition: &OwnPartition) {
    let address = |endpoint: &Endpoint| endpoint.url().as_str().to_owned();
    set(table, "name", partition.name.as_str());
    set(table, "sts", address(&partition.sts));
    set(table, "sign_in", address(&partition.sign_in));
    set(table, "consoles", partition.consoles.iter().map(address).collect::<Array>());
    set_or_remove(table, "s3", partition.s3.as_ref().map(address));
    set_or_remove(table, "iam", partition.iam.as_ref().map(address));
    set_or_remove(table, "sso", partition.sso.as_ref().map(address));
    set_or_remove(table, "sso_oidc", partition.sso_oidc.as_ref().map(address));
    set(table, "regions", partition.regions.iter().map(|region| region.as_str()).collect::<Array>());
}

/// Sets a key, unless it says the same already: then its spelling and comment stay as they are.
pub(super) fn set(table: &mut dyn TableLike, key: &str, value: impl Into<Value>) {
    let mut value = value.into();
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(there) if meaning(there) == meaning(&value) => {}
        Some(there) => {
            *value.decor_mut() = there.decor().clone();
            *there = value;
        }
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

pub(super) fn set_or_remove(table: &mut dyn TableLike, key: &str, value: Option<impl Into<Value>>) {
    match value {
        Some(value) => set(table, key, value),
        None => {
            table.remove(key);
        }
    }
}

/// What a value of ours says, however it is spelled.
fn meaning(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.value().clone()],
        Value::Integer(number) => vec![number.value().to_string()],
        Value::Array(values) => values.iter().flat_map(meaning).collect(),
        other => vec![other.clone().decorated("", "").to_string()],
    }
}

/// Tables are written in the order of their positions, so moved ones need new ones.
fn number(document: &mut DocumentMut) {
    let mut next = 0;
    number_table(document.as_table_mut(), &mut next);
}

fn number_table(table: &mut Table, next: &mut isize) {
    table.set_position(Some(*next));
    *next += 1;
    // A table that the user added behind our last line carries it as a comment.
    if let Some(comments) = table.decor().prefix().and_then(|prefix| prefix.as_str()).filter(|text| text.contains(END))
    {
        let comments = without_end(comments);
        table.decor_mut().set_prefix(comments);
    }
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(child) => number_table(child, next),
            Item::ArrayOfTables(children) => children.iter_mut().for_each(|child| number_table(child, next)),
            _ => {}
        }
    }
}
