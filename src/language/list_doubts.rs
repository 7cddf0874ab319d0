//! Lists of a table that load, and say something else than is meant.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::doubts::items;
use crate::diagnostic::show;
use crate::grammar::token::is_token;

/// What is doubtful, and where.
type Doubt = (Range<usize>, String);

/// Tables whose lists are commands: there, a word may well be said twice.
const COMMANDS: [&str; 2] = ["run", "workspace"];

/// The lists of methods, and those of field names, in a fact or in its `when`.
const METHODS: [&str; 4] = ["methods", "other-than", "method", "method-not"];
const NAMES: [&str; 3] = ["names", "header", "without-header"];

/// Facts and conditions in which a list that is there selects something.
const FACTS: [&str; 6] = ["method", "field", "rule", "takes", "helper", "adds"];

/// What is doubtful in the lists of a table, and of the tables in it.
pub(super) fn of_repeated(table: &DeTable<'_>) -> Vec<Doubt> {
    let mut found = Vec::new();
    for (key, value) in table {
        if !COMMANDS.contains(&key.get_ref().as_ref()) {
            repeated(value, &mut found);
        }
    }
    found
}

fn repeated(value: &Spanned<DeValue<'_>>, found: &mut Vec<Doubt>) {
    match value.get_ref() {
        DeValue::Table(table) => found.extend(of_repeated(table)),
        DeValue::Array(entries) => {
            for (at, entry) in entries.iter().enumerate() {
                if entries[..at].iter().any(|earlier| is_same(earlier, entry)) {
                    let message = match entry.get_ref().as_str() {
                        Some(text) => format!("`{}` is here twice", show(text)),
                        None => "this is here twice".to_owned(),
                    };
                    found.push((entry.span(), message));
                }
                repeated(entry, found);
            }
        }
        _ => {}
    }
}

/// Whether two values are the same wherever they are.
fn is_same(one: &Spanned<DeValue<'_>>, other: &Spanned<DeValue<'_>>) -> bool {
    match (one.get_ref(), other.get_ref()) {
        (DeValue::String(one), DeValue::String(other)) => one == other,
        (DeValue::Boolean(one), DeValue::Boolean(other)) => one == other,
        (DeValue::Integer(one), DeValue::Integer(other)) => {
            (one.as_str(), one.radix()) == (other.as_str(), other.radix())
        }
        (DeValue::Array(one), DeValue::Array(other)) => {
            one.len() == other.len()
                && one.iter().zip(other.iter()).all(|(one, other)| is_same(one, other))
        }
        (DeValue::Table(one), DeValue::Table(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, value)| {
                    other.get(key.get_ref().as_ref()).is_some_and(|other| is_same(value, other))
                })
        }
        _ => false,
    }
}

/// What is doubtful in the lists by which the facts of a client select requests.
pub(super) fn of_client(client: &DeTable<'_>) -> Vec<Doubt> {
    let mut found = Vec::new();
    for fact in FACTS.iter().flat_map(|key| items(client, key)) {
        let Some(table) = fact.get_ref().as_table() else { continue };
        selects(table, &mut found);
        if let Some(when) = table.get("when").and_then(|when| when.get_ref().as_table()) {
            selects(when, &mut found);
        }
    }
    found
}

fn selects(table: &DeTable<'_>, found: &mut Vec<Doubt>) {
    for (key, list) in table {
        let key = key.get_ref().as_ref();
        let Some(entries) = list.get_ref().as_array() else { continue };
        if entries.is_empty() {
            let message = format!("`{key}` is empty, which is as if it were not here");
            found.push((list.span(), message));
        }
        for entry in entries {
            let Some(text) = entry.get_ref().as_str() else { continue };
            // An asterisk at an end stands for any text.
            let name = text.trim_matches('*');
            let message = if METHODS.contains(&key) && !is_token(text.as_bytes()) {
                format!("`{}` is no method (RFC 9110 §9.1)", show(text))
            } else if NAMES.contains(&key)
                && !(is_token(name.as_bytes()) || name.is_empty() && !text.is_empty())
            {
                format!("`{}` is no name of a field (RFC 9110 §5.1)", show(text))
            } else {
                continue;
            };
            found.push((entry.span(), message));
        }
    }
}
