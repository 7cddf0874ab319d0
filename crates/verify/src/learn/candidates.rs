//! Facts that could explain what is untrue, the plainest first.

use std::collections::{BTreeMap, BTreeSet};

use requote::Outcome;
use requote::diagnostic::Affect;
use toml::{Table, Value};

use super::search::{Candidate, Kind, Search};
use super::seen::{Judged, Seen};
use crate::compare::judge::ClaimViolation;
use crate::compare::{Difference, Kind as Change};

/// The kinds of facts, in the order in which they are looked for: what fails altogether comes first.
pub const KINDS: [Kind; 5] = [methods, encodings, targets, fields, adds];

/// Where a fact comes from.
const SOURCE: &str = "seen on the wire";

/// The steps without characters of their own; what does much comes last.
const STEPS: [&str; 22] = [
    "url",
    "path-and-query",
    "dot-segments",
    "decode-unreserved",
    "decode-unreserved-query",
    "upper-hex",
    "upper-hex-path",
    "escape-non-ascii",
    "escape-stray-percent",
    "escape-percent-if-stray",
    "drop-fragment",
    "drop-empty-query",
    "drop-empty-parameters",
    "backslash-to-slash",
    "collapse-leading-slashes",
    "collapse-slashes",
    "refuse-stray-percent",
    "refuse-invalid-authority",
    "refuse-leading-slashes",
    "refuse-non-ascii",
    "refuse-hidden",
    "whatwg",
];

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn texts<'t>(texts: impl IntoIterator<Item = &'t String>) -> Value {
    texts.into_iter().map(|it| text(it)).collect::<Vec<_>>().into()
}

fn table<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Table(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

fn with(list: &[Value], fact: Value) -> Value {
    Value::Array(list.iter().cloned().chain([fact]).collect())
}

/// What the client does to methods.
fn methods(search: &Search<'_>) -> Vec<Candidate> {
    const KEY: &[&str] = &["method"];
    let mut refused = BTreeSet::new();
    let mut bare = BTreeSet::new();
    let (mut sent, mut changed) = (BTreeSet::new(), false);
    for (seen, judged) in search.seen.iter().zip(&search.judged) {
        let Some([method, _]) = seen.sent_line() else { continue };
        if seen.captured.is_some() {
            sent.insert(method.clone());
        } else if judged.as_ref().is_some_and(|judged| !judged.violations.is_empty()) {
            refused.insert(method.clone());
        }
        let Some(Judged { comparison, .. }) = judged else { continue };
        for difference in &comparison.differences {
            changed |= difference.part == Affect::Method;
            if difference.part == Affect::Body && difference.kind == Change::Missing {
                bare.insert(method.clone());
            }
        }
    }
    let list = search.list(KEY);
    let fact = |effect: &str, names: Option<Value>| {
        let mut fact = Table::from_iter([
            ("effect".to_owned(), text(effect)),
            ("source".to_owned(), text(SOURCE)),
        ]);
        fact.extend(names.map(|names| ("methods".to_owned(), names)));
        (KEY, with(&list, Value::Table(fact)))
    };
    let mut found = Vec::new();
    if changed {
        found.push(fact("upper-case", None));
    }
    let refused: Vec<&String> = refused.iter().filter(|method| !sent.contains(*method)).collect();
    if !refused.is_empty() {
        found.push(fact("refused", Some(texts(refused))));
    }
    if !bare.is_empty() {
        found.push(fact("no-body", None));
        found.push(fact("no-body", Some(texts(&bare))));
    }
    found
}

/// How the client turns the text of field values into bytes.
fn encodings(search: &Search<'_>) -> Vec<Candidate> {
    if search.untrue().next().is_none() {
        return Vec::new();
    }
    ["utf-8", "latin-1", "ascii"].map(|it| (&["header", "text"] as &[_], text(it))).into()
}

/// What the client does to the target, one step more.
fn targets(search: &Search<'_>) -> Vec<Candidate> {
    const KEY: &[&str] = &["target", "plain"];
    let is_about = |(seen, _): &(&Seen, &Judged)| {
        seen.lines().is_none_or(|[_, sent, _, arrived]| sent != arrived)
    };
    let untrue: Vec<_> = search.untrue().filter(is_about).map(|(seen, _)| seen).collect();
    if untrue.is_empty() {
        return Vec::new();
    }
    let mut steps: Vec<Value> = STEPS.iter().map(|step| text(step)).collect();
    for (name, characters) in [
        ("escape", escaped(&untrue, |target| target)),
        ("escape-path", escaped(&untrue, path_of)),
        ("escape-query", escaped(&untrue, query_of)),
        ("decode", decoded(&untrue)),
        ("refuse", refused(search, &untrue)),
    ] {
        if !characters.is_empty() {
            steps.push(table([(name, text(&characters))]));
        }
    }
    let raw = raw_of(search);
    steps.push(table([("reencode-path", text(&raw))]));
    steps.push(table([("reencode-query", text(&raw))]));
    let list = search.list(KEY);
    let new: Vec<Value> = steps.into_iter().filter(|step| !list.contains(step)).collect();
    let behind = new.iter().map(|step| (KEY, with(&list, step.clone())));
    // A step may be taken before the others.
    let before = new.iter().filter(|_| !list.is_empty()).map(|step| {
        let steps: Vec<Value> = [step.clone()].into_iter().chain(list.clone()).collect();
        (KEY, steps.into())
    });
    behind.chain(before).collect()
}

fn path_of(target: &str) -> &str {
    target.split(['?', '#']).next().unwrap_or_default()
}

fn query_of(target: &str) -> &str {
    target.split_once('?').map_or("", |(_, query)| query)
}

/// Whether the characters of a target that are no letters, digits or `%` are many enough to matter.
fn signs(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for c in text.chars().filter(|c| c.is_ascii() && !c.is_ascii_alphanumeric() && *c != '%') {
        *counts.entry(c).or_default() += 1;
    }
    counts
}

fn encoding(c: char) -> String {
    format!("%{:02X}", u32::from(c))
}

/// The characters that arrive percent-encoded and were not sent so.
fn escaped(seen: &[&Seen], part: impl Fn(&str) -> &str) -> String {
    let mut found = BTreeSet::new();
    for [_, sent, _, arrived] in seen.iter().filter_map(|seen| seen.lines()) {
        let arrived = part(&arrived).to_ascii_uppercase();
        for (c, count) in signs(part(&sent)) {
            if signs(&arrived).get(&c).copied().unwrap_or_default() < count
                && arrived.contains(&encoding(c))
            {
                found.insert(c);
            }
        }
    }
    found.into_iter().collect()
}

/// The characters that were sent percent-encoded and do not arrive so.
fn decoded(seen: &[&Seen]) -> String {
    let mut found = BTreeSet::new();
    for [_, sent, _, arrived] in seen.iter().filter_map(|seen| seen.lines()) {
        for c in ('!'..='~').filter(|c| *c != '%') {
            let encoded = encoding(c);
            let has = |text: &str| text.to_ascii_uppercase().contains(&encoded);
            if has(&sent) && !has(&arrived) && arrived.contains(c) {
                found.insert(c);
            }
        }
    }
    found.into_iter().collect()
}

/// The characters of targets that did not arrive, and that no target has which did.
fn refused(search: &Search<'_>, untrue: &[&Seen]) -> String {
    let targets = |seen: &Seen| seen.sent_line().map(|[_, target]| target).unwrap_or_default();
    let arrived: String =
        search.seen.iter().filter(|seen| seen.captured.is_some()).map(targets).collect();
    let lost = untrue.iter().filter(|seen| seen.captured.is_none()).map(|seen| targets(seen));
    let lost: String = lost.collect();
    signs(&lost).into_keys().filter(|c| !arrived.contains(*c)).collect()
}

/// The characters that arrive as they were sent, besides those that need no encoding (RFC 3986 §2.3).
fn raw_of(search: &Search<'_>) -> String {
    let mut found: BTreeSet<char> = "-._~".chars().collect();
    for [_, sent, _, arrived] in search.seen.iter().filter_map(Seen::lines) {
        let kept = signs(path_of(&sent)).into_keys().filter(|c| path_of(&arrived).contains(*c));
        found.extend(kept.filter(|c| *c != '/'));
    }
    found.into_iter().collect()
}

/// What the client does to fields.
fn fields(search: &Search<'_>) -> Vec<Candidate> {
    const KEY: &[&str] = &["field"];
    let mut found = Vec::new();
    let list = search.list(KEY);
    for (_, judged) in search.untrue() {
        for difference in &judged.comparison.differences {
            let Affect::Header(name) = &difference.part else { continue };
            for (effect, value, more) in effects(difference) {
                let names = Value::from(vec![name.clone()]);
                let fact = |names: Option<Value>| {
                    let mut fact = Table::from_iter([
                        ("effect".to_owned(), text(effect)),
                        ("source".to_owned(), text(SOURCE)),
                    ]);
                    fact.extend(names.map(|names| ("names".to_owned(), names)));
                    fact.extend(value.map(|value| ("value".to_owned(), text(value))));
                    fact.extend(more.clone().map(|more| ("with".to_owned(), Value::String(more))));
                    (KEY, with(&list, Value::Table(fact)))
                };
                // A fact about all fields is the plainest, where the value says when it holds.
                if value.is_some() || effect == "joined" || effect == "trimmed" {
                    found.push(fact(None));
                }
                found.push(fact(Some(names)));
            }
        }
    }
    let mut known = Vec::new();
    found.retain(|(_, value)| {
        !known.contains(value) && {
            known.push(value.clone());
            true
        }
    });
    found
}

/// What may have made this of a field: the effect, the trait of its value, and what the effect needs.
fn effects(difference: &Difference) -> Vec<(&'static str, Option<&'static str>, Option<String>)> {
    let texts = |values: &[Vec<u8>]| -> Vec<String> {
        values.iter().map(|value| String::from_utf8_lossy(value).into_owned()).collect()
    };
    let (sent, arrived) = (texts(&difference.sent), texts(&difference.captured));
    let last = arrived.last().cloned().unwrap_or_default();
    match difference.kind {
        Change::Missing if arrived.is_empty() => {
            let mut effects = vec![("dropped", None, None)];
            if sent.iter().all(String::is_empty) {
                effects.insert(0, ("dropped", Some("empty"), None));
            }
            effects
        }
        Change::Missing | Change::Joined => vec![("joined", None, None)],
        Change::Extra => vec![("replaced", None, None)],
        Change::Changed | Change::Reordered => {
            let mut effects = Vec::new();
            let first = sent.first().map_or("", String::as_str);
            if !last.is_empty() && first.trim() == last {
                let ends = first.replacen(&last, "", 1).chars().collect::<BTreeSet<char>>();
                effects.push(("trimmed", None, Some(ends.into_iter().collect())));
            }
            if let Some(element) = last.strip_prefix(first).and_then(|it| it.strip_prefix(", ")) {
                effects.push(("appended", None, Some(element.to_owned())));
            }
            effects.push(("joined", None, None));
            effects.push(("replaced", None, Some(last)));
            effects.push(("replaced", None, None));
            effects
        }
    }
}

/// The fields that the client sends by itself.
fn adds(search: &Search<'_>) -> Vec<Candidate> {
    const KEY: &[&str] = &["adds"];
    let mut names = BTreeSet::new();
    for (_, judged) in search.untrue() {
        for violation in &judged.violations {
            if let ClaimViolation::UndeclaredField(name) | ClaimViolation::AbsentField(name) =
                violation
            {
                names.insert(name.clone());
            }
        }
    }
    let list = search.list(KEY);
    let mut found = Vec::new();
    for name in &names {
        let is_other = |entry: &&Value| {
            let its = entry.as_str().or_else(|| entry.get("name").and_then(Value::as_str));
            its != Some(name)
        };
        let others: Vec<Value> = list.iter().filter(is_other).cloned().collect();
        found.push((KEY, with(&others, text(name))));
        for condition in conditions(search, name) {
            let entry = table([("name", text(name)), ("when", condition)]);
            found.push((KEY, with(&others, entry)));
        }
        found.push((KEY, Value::Array(others)));
    }
    found
}

/// When a client may send a field: what bodies and what methods it was seen with.
fn conditions(search: &Search<'_>, name: &str) -> Vec<Value> {
    let (mut with, mut without) = (BTreeSet::new(), BTreeSet::new());
    for (seen, judged) in search.seen.iter().zip(&search.judged) {
        let (Some(judged), Some([method, _])) = (judged, seen.sent_line()) else { continue };
        if seen.captured.is_none() || judged.claim.outcome == Outcome::Unsupported {
            continue;
        }
        let is_added = judged.comparison.added.iter().any(|added| added == name);
        if is_added {
            with.insert(method)
        } else {
            without.insert(method)
        };
    }
    let bodies = ["some", "none", "text", "form", "json", "file"];
    let mut conditions: Vec<Value> =
        bodies.map(|body| table([("body", vec![body.to_owned()].into())])).into();
    conditions.push(table([("body", vec!["text".to_owned(), "file".to_owned()].into())]));
    let only: Vec<&String> = with.difference(&without).collect();
    let never: Vec<&String> = without.difference(&with).collect();
    if !only.is_empty() {
        conditions.push(table([("method", texts(only))]));
    }
    if !never.is_empty() {
        let never = texts(never);
        conditions.push(table([("method-not", never.clone())]));
        let none = Value::from(vec!["none".to_owned()]);
        conditions.push(table([("method-not", never), ("body", none)]));
    }
    conditions
}
