//! Field by field: names in any letter case, values in order, differently named fields in any order.

use std::collections::BTreeMap;

use requote::diagnostic::Affect;
use requote::request::{Field, Request, is_singleton};

use super::{Comparison, Difference, Kind, Meaning};

type Values<'a> = Vec<&'a [u8]>;

pub fn compare(sent: &Request<'_>, captured: &Request<'_>, out: &mut Comparison) {
    let wanted = group(&sent.headers);
    let seen = group(&captured.headers);
    for name in names_in_order(&sent.headers) {
        let Some(values) = wanted.get(&name) else { continue };
        let arrived = seen.get(&name).cloned().unwrap_or_default();
        let is_joined_with_framing = name == "connection"
            && values.len() == arrived.len()
            && options_of(&sent.headers) == options_of(&captured.headers);
        if *values != arrived && !is_joined_with_framing {
            out.differences.push(describe(&name, values, &arrived));
        }
    }
    out.added = seen.keys().filter(|name| !wanted.contains_key(*name)).cloned().collect();
    out.added_values = out
        .added
        .iter()
        .flat_map(|name| seen[name].iter().map(|value| (name.clone(), value.to_vec())))
        .collect();
    out.added_twice = out.added.iter().filter(|name| seen[*name].len() > 1).cloned().collect();
}

/// The options of all Connection lines (RFC 9110 §7.6.1). Where they are the same, a line of `close` or
/// `keep-alive` only stands in another place, and that is framing.
fn options_of(fields: &[Field<'_>]) -> Vec<Vec<u8>> {
    let lines = fields.iter().filter(|field| field.is("connection"));
    let options = lines.flat_map(|field| field.value.split(|byte| *byte == b','));
    options.map(|option| option.trim_ascii().to_ascii_lowercase()).collect()
}

/// Trailer fields are compared as one part.
pub fn compare_trailers(sent: &Request<'_>, captured: &Request<'_>, out: &mut Vec<Difference>) {
    let (wanted, seen) = (group(&sent.trailers), group(&captured.trailers));
    if wanted == seen {
        return;
    }
    let lines = |fields: &[Field<'_>]| -> Vec<Vec<u8>> {
        fields.iter().map(|field| [field.name.as_bytes(), b": ", &field.value].concat()).collect()
    };
    out.push(Difference {
        part: Affect::Trailers,
        kind: if seen.is_empty() { Kind::Missing } else { Kind::Changed },
        meaning: Meaning::Other,
        sent: lines(&sent.trailers),
        captured: lines(&captured.trailers),
        told_by: None,
    });
}

/// The values of each name; lines that only frame the message are left out.
fn group<'a>(fields: &'a [Field<'_>]) -> BTreeMap<String, Values<'a>> {
    let mut groups = BTreeMap::<_, Values<'a>>::new();
    for field in fields.iter().filter(|field| !field.is_framing()) {
        groups.entry(field.name.to_ascii_lowercase()).or_default().push(&field.value);
    }
    groups
}

fn names_in_order(fields: &[Field<'_>]) -> Vec<String> {
    let mut known = std::collections::BTreeSet::new();
    let names = fields.iter().map(|field| field.name.to_ascii_lowercase());
    names.filter(|name| known.insert(name.clone())).collect()
}

fn describe(name: &str, sent: &Values<'_>, captured: &Values<'_>) -> Difference {
    let joined = is_joined(name, sent, captured);
    let kind = match (sent.len(), captured.len()) {
        (_, 0) => Kind::Missing,
        _ if joined => Kind::Joined,
        (wanted, seen) if seen < wanted && is_part_of(captured, sent) => Kind::Missing,
        (wanted, seen) if seen > wanted && is_part_of(sent, captured) => Kind::Extra,
        _ if sorted(sent) == sorted(captured) => Kind::Reordered,
        _ => Kind::Changed,
    };
    let meaning = if joined && (name == "cookie" || !is_singleton(name)) {
        Meaning::Same
    } else {
        Meaning::Other
    };
    Difference {
        part: Affect::Header(name.to_owned()),
        kind,
        meaning,
        sent: sent.iter().map(|value| value.to_vec()).collect(),
        captured: captured.iter().map(|value| value.to_vec()).collect(),
        told_by: None,
    }
}

/// Whether the same list arrived in fewer lines (RFC 9110 §5.3). Cookie pairs are joined by a
/// semicolon instead (RFC 9113 §8.2.3). White space that joining puts behind an empty last value
/// is not part of the field's value (RFC 9110 §5.5).
fn is_joined(name: &str, sent: &Values<'_>, captured: &Values<'_>) -> bool {
    let separator: &[u8] = if name == "cookie" { b"; " } else { b", " };
    let list = |values: &Values<'_>| values.join(separator).trim_ascii().to_vec();
    !captured.is_empty() && captured.len() < sent.len() && list(sent) == list(captured)
}

/// Whether `part` is `whole` with values left out.
fn is_part_of(part: &Values<'_>, whole: &Values<'_>) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|value| rest.any(|other| other == value))
}

fn sorted<'a>(values: &Values<'a>) -> Values<'a> {
    let mut values = values.clone();
    values.sort_unstable();
    values
}
