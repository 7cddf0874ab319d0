//! What a table says of a client and its template does not read, and where the table says it.

use super::check::Checked;
use crate::diagnostic::{Fault, File};
use crate::language::{Client, VARIABLE_OPTIONS};
use crate::view::View;
use crate::view::record::{Reads, Record as _};

/// What the tables of a client say.
pub(crate) struct Described<'c> {
    /// The client's name in ids.
    pub(crate) name: &'c str,
    pub(crate) client: &'c Client,
    /// The tables of its language, the uppermost last.
    pub(crate) tables: &'c [File<'c>],
}

/// The first thing that the tables set for a template which does not read it, or that they ask for and
/// do not set.
pub(super) fn find(described: &Described<'_>, needs: &[&str], checked: &Checked) -> Option<Fault> {
    let Described { name: client, client: rules, tables } = described;
    if let Some(need) = unless_needs(rules).find(|need| !needs.contains(need)) {
        let message = format!("nothing sets the need `{need}` of this client");
        return fault_of(tables, client, &format!("unless-need = \"{need}\""), message);
    }
    let unread = needs.iter().find(|need| {
        // The client writes Host by itself, or the snippet does as it does any other field.
        **need != "host_header" && !checked.needs.iter().any(|read| read == *need)
    });
    let (name, key) = match unread {
        Some(&"raw_target") => ("needs.raw_target".to_owned(), "raw = ".to_owned()),
        Some(need) => (format!("needs.{need}"), format!("need = \"{need}\"")),
        None => {
            let (name, table) = unread_option(rules, &checked.options, &checked.reads)
                .or_else(|| unread_fact(rules, &checked.reads))?;
            (name, table.replace("client.", &format!("client.{client}.")))
        }
    };
    let message = format!("the template does not read `{name}`, which this sets");
    fault_of(tables, client, &key, message)
}

/// The needs that turn facts of `client` off.
fn unless_needs(client: &Client) -> impl Iterator<Item = &str> {
    let adds = client.adds.iter().map(|add| &add.unless_need);
    let takes = client.takes.iter().map(|takes| &takes.unless_need);
    adds.chain(takes).chain([&client.names.unless_need]).filter_map(Option::as_deref)
}

/// A name that facts of the client set and that nothing reads, and the table of these facts without
/// the name of the client.
fn unread_fact(rules: &Client, reads: &Reads) -> Option<(String, String)> {
    let fact = if !rules.helper.is_empty() && is_unread("method_has_helper", reads) {
        ("method_has_helper", "helper")
    } else if !rules.takes.is_empty() && is_unread("taken", reads) {
        ("taken", "takes")
    } else {
        return None;
    };
    Some((fact.0.to_owned(), format!("[[client.{}]]", fact.1)))
}

/// An option of the client that the template does not read, and its table.
fn unread_option(rules: &Client, read: &[String], reads: &Reads) -> Option<(String, String)> {
    rules.options.iter().filter(|(_, fact)| !fact.always).find_map(|(option, _)| {
        let name = option.replace('-', "_");
        let name = if VARIABLE_OPTIONS.contains(&option.as_str()) {
            is_unread("variables", reads).then(|| "variables".to_owned())
        } else {
            (!read.contains(&name)).then(|| format!("options.{name}"))
        };
        name.map(|name| (name, format!("[client.options.{option}]")))
    })
}

fn is_unread(name: &str, reads: &Reads) -> bool {
    reads.of(View::TABLE) & View::TABLE.bit(name) == 0
}

/// A fault of what the uppermost of `tables` that says it says of a client.
pub(crate) fn fault_of(
    tables: &[File<'_>],
    client: &str,
    key: &str,
    message: String,
) -> Option<Fault> {
    let mut found =
        tables.iter().rev().filter_map(|table| Some((table, find_key(table.text, client, key)?)));
    let (table, (start, end)) = found.next().or_else(|| {
        // It is said of a client that this one is like.
        let table = tables.last()?;
        let own = find_key(table.text, client, &format!("[client.{client}"));
        Some((table, own.unwrap_or_default()))
    })?;
    Some(Fault::new(*table, start, end, message))
}

/// Where a table of a language says something of a client.
fn find_key(table: &str, client: &str, key: &str) -> Option<(usize, usize)> {
    let (own, deeper) = (format!("client.{client}]"), format!("client.{client}."));
    let (mut at, mut is_own) = (0, false);
    for line in table.split_inclusive('\n') {
        if line.starts_with('[') {
            is_own = line.contains(&own) || line.contains(&deeper);
        }
        if let Some(found) = line.find(key).filter(|_| is_own) {
            return Some((at + found, at + found + key.trim_end().len()));
        }
        at += line.len();
    }
    None
}

/// The needs that the rules of `client` can set, each once.
pub(super) fn needs_of(client: &Client) -> Vec<&str> {
    let mut needs: Vec<&str> = client.rule.iter().filter_map(|rule| rule.need.as_deref()).collect();
    needs.extend(client.response.decoding.iter().filter_map(|fact| fact.need.as_deref()));
    needs.push("host_header");
    if client.target.raw.is_some() {
        needs.push("raw_target");
    }
    needs.sort_unstable();
    needs.dedup();
    needs
}
