//! `like = "node/fetch"`: a client that is another one under another name.
//!
//! It takes the facts of the other client; its own keys are merged over them, table by table. A list
//! of its own, such as `rule`, takes the place of the other's.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::tables::{Merged, Tables, lay_over};
use crate::diagnostic::Fault;

/// What a client is like another: more steps than these go round in a circle.
const MAX_STEPS: usize = 8;

/// What a client does not take from another: who it is, and how it is installed and run.
const OWN: [&str; 6] = ["alone", "install", "like", "proven", "run", "version"];

/// Gives each client of `language` that is like another the facts of the other.
pub(super) fn resolve<'s>(
    tables: &mut Tables<'s>,
    language: &str,
    merged: &mut Merged<'s>,
) -> Result<(), Fault> {
    let is_any = clients_of(&mut merged.table).is_some_and(|clients| {
        clients.iter().any(|(_, client)| client.get_ref().get("like").is_some())
    });
    if !is_any {
        return Ok(());
    }
    tables.keep(language, merged);
    let mut changed = BTreeSet::new();
    let Some(clients) = clients_of(&mut merged.table) else { return Ok(()) };
    for (name, client) in clients.iter_mut() {
        let (name, Some(own)) = (name.get_ref(), table_of(client.get_mut())) else { continue };
        for step in 0.. {
            let Some((other, span)) = take_like(own) else { break };
            let Some(other) = other.filter(|_| step < MAX_STEPS) else {
                let message = format!("`like` of `[client.{name}]` does not end at a client");
                return Err(tables.fault_at(span, message));
            };
            let (facts, is_changed) = find(tables, &other).ok_or_else(|| {
                let message = format!("`like = \"{other}\"` of `[client.{name}]` names no client");
                tables.fault_at(span.clone(), message)
            })?;
            if is_changed {
                changed.insert(name.to_string());
            }
            add(own, facts);
        }
    }
    merged.changed.extend(changed);
    Ok(())
}

fn table_of<'t, 's>(value: &'t mut DeValue<'s>) -> Option<&'t mut DeTable<'s>> {
    match value {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}

fn clients_of<'t, 's>(table: &'t mut DeTable<'s>) -> Option<&'t mut DeTable<'s>> {
    table_of(table.get_mut("client")?.get_mut())
}

/// What a client is like, where that is a text, and the place that says so.
fn take_like(own: &mut DeTable<'_>) -> Option<(Option<String>, Range<usize>)> {
    let like = own.remove("like")?;
    Some((like.get_ref().as_str().map(str::to_owned), like.span()))
}

/// The table of a client, `<language>/<client>`, and whether a layer of the user's changed it.
fn find<'s>(tables: &mut Tables<'s>, id: &str) -> Option<(DeTable<'s>, bool)> {
    let (language, client) = id.split_once('/')?;
    let mut merged = tables.merge(language).ok()?;
    tables.keep(language, &merged);
    let is_changed = merged.is_changed || merged.changed.contains(client);
    match clients_of(&mut merged.table)?.remove(client)?.into_inner() {
        DeValue::Table(table) => Some((table, is_changed)),
        _ => None,
    }
}

/// Adds to `own` what `other` has beside it, and what the other is like.
fn add<'s>(own: &mut DeTable<'s>, mut other: DeTable<'s>) {
    let like = other.remove_entry("like");
    for key in OWN {
        other.remove(key);
    }
    lay_over(&mut other, std::mem::take(own));
    *own = other;
    own.extend(like);
}

#[cfg(test)]
mod tests {
    use super::super::{Language, Sources};

    const HEAD: &str = "title = 'T'\nextension = 't'\ndefault = 'a'\n";

    fn load(clients: &str) -> Result<Language, String> {
        let mut sources = Sources::built_in();
        sources.lay_over("t/language.toml", format!("{HEAD}{clients}"));
        let other = "[client.b]\ntitle = 'B'\ndocs = 'b'\nproven = true\nversion = '1'\n\
                     adds = ['one', 'two']\n[client.b.header]\ntext = 'utf-8'\nbytes = true\n\
                     [[client.b.rule]]\nwhen = { method = ['GET'] }\nneed = 'x'\n";
        sources.lay_over("u/language.toml", format!("{}{other}", HEAD.replace("'a'", "'b'")));
        Language::load(&sources, "t").map_err(|error| error.to_string())
    }

    #[test]
    fn its_own_keys_are_merged_over() {
        let clients = "[client.a]\nlike = 'u/b'\ntitle = 'A'\nadds = ['three']\n\
                       [client.a.header]\nbytes = false\n[client.c]\nlike = 't/a'\n";
        let language = load(clients).unwrap();
        for (client, title) in [("a", "A"), ("c", "A")] {
            let client = &language.clients[client];
            assert_eq!((client.title.as_str(), client.docs.as_str()), (title, "b"));
            assert_eq!(client.adds.len(), 1);
            assert!(!client.header.bytes && client.header.text == super::super::Encoding::Utf8);
            assert_eq!(client.rule[0].need.as_deref(), Some("x"));
            assert!(!client.proven && client.version.is_none());
        }
    }

    #[test]
    fn what_is_like_nothing_is_an_error() {
        for (clients, message) in [
            ("[client.a]\nlike = 'u/z'\n", "`like = \"u/z\"` of `[client.a]` names no client"),
            ("[client.a]\nlike = 't/a'\n", "does not end at a client"),
            ("[client.a]\nlike = 1\n", "does not end at a client"),
            (
                "[client.a]\nlike = 'u/b'\nadss = []\n",
                "there is no key `adss`; did you mean `adds`?",
            ),
        ] {
            let told = load(clients).expect_err(clients);
            assert!(told.starts_with("t/language.toml: ") && told.contains(message), "{told}");
        }
    }
}
