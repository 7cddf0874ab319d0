//! The table of a language, merged from its layers: the built-in `language.toml` and those that are laid
//! over it.
//!
//! Keys merge, table by table, so that an own layer says only what is new: `[client.aiohttp]`. A list
//! takes the place of the other list. A client that is `like` another takes its facts, see
//! [`super::like`]. Each key and value knows the file and the place that it comes from.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Error};

use super::explain::{explain, is_consequence, quoted_after};
use super::source::Origin;
use super::{Sources, like};
use crate::diagnostic::{Fault, File};

/// More faults than these in one table are not looked for.
const MAX_FAULTS: usize = 50;

/// The tables that are read for one language.
pub(super) struct Tables<'s> {
    sources: &'s Sources,
    /// The files that were read, and where the span of each begins: no two spans overlap.
    files: Vec<(usize, File<'s>)>,
    /// The merged tables, by language.
    merged: Vec<(String, Merged<'s>)>,
}

/// The layers of one language.
#[derive(Debug, Clone, Default)]
pub(super) struct Merged<'s> {
    pub(super) table: DeTable<'s>,
    /// The clients that a layer of the user's says something of.
    pub(super) changed: BTreeSet<String>,
    /// Whether such a layer says something of the language.
    pub(super) is_changed: bool,
    /// The clients that the built-in layer calls proven.
    pub(super) proven: BTreeSet<String>,
    /// The clients that a layer of the user's calls proven, and where.
    pub(super) claims: Vec<(String, Range<usize>)>,
}

impl<'s> Tables<'s> {
    pub(super) fn new(sources: &'s Sources) -> Self {
        Self { sources, files: Vec::new(), merged: Vec::new() }
    }

    /// The merged table of a language, each of whose clients has the facts of the one that it is like.
    pub(super) fn resolve(&mut self, language: &str) -> Result<Merged<'s>, Vec<Fault>> {
        let mut merged = self.merge(language)?;
        like::resolve(self, language, &mut merged).map_err(|fault| vec![fault])?;
        Ok(merged)
    }

    /// The merged layers of a language.
    pub(super) fn merge(&mut self, language: &str) -> Result<Merged<'s>, Vec<Fault>> {
        if let Some((_, known)) = self.merged.iter().find(|(name, _)| name == language) {
            return Ok(known.clone());
        }
        let mut whole = Merged::default();
        for (file, origin) in self.sources.layers(language) {
            let base = self.files.last().map_or(0, |(base, file)| base + file.text.len() + 1);
            self.files.push((base, file));
            let table =
                DeTable::parse(file.text).map_err(|error| vec![self.fault(&error, base)])?;
            let table = table.into_inner();
            let table = if base == 0 { table } else { shift_table(table, base) };
            match origin {
                Origin::LaidOver => whole.note_changes(&table),
                Origin::BuiltIn => {
                    whole.proven = proven(&table).into_iter().map(|(name, _)| name).collect();
                }
            }
            if whole.table.is_empty() {
                whole.table = table;
            } else {
                lay_over(&mut whole.table, table);
            }
        }
        Ok(whole)
    }

    /// Keeps a merged table, so that clients which are like one of it find it again.
    pub(super) fn keep(&mut self, language: &str, merged: &Merged<'s>) {
        if self.merged.iter().all(|(name, _)| name != language) {
            self.merged.push((language.to_owned(), merged.clone()));
        }
    }

    /// Reads a table; the error is all that is wrong in it.
    pub(super) fn read<T: DeserializeOwned>(&self, table: DeTable<'s>) -> Result<T, Vec<Fault>> {
        let end = self.files.iter().map(|(base, file)| base + file.text.len()).max();
        let range = 0..end.unwrap_or_default();
        let deserialize =
            |table| T::deserialize(toml::Deserializer::from(Spanned::new(range.clone(), table)));
        let mut error = match deserialize(table.clone()) {
            Ok(read) => return Ok(read),
            Err(error) => error,
        };
        // What is at fault is taken out, and the rest is read again.
        let (mut left, mut faults) = (table, Vec::new());
        let mut removed: Vec<String> = Vec::new();
        loop {
            let missing = quoted_after(error.message(), "missing field ");
            let is_removed = missing.is_some_and(|name| removed.iter().any(|known| known == name));
            if !is_removed && (faults.is_empty() || !is_consequence(error.message())) {
                faults.push(self.fault(&error, 0));
            }
            let key = error.span().and_then(|span| remove(&mut left, &span));
            let Some(key) = key.filter(|_| faults.len() < MAX_FAULTS) else { return Err(faults) };
            removed.push(key);
            match deserialize(left.clone()) {
                Ok(_) => return Err(faults),
                Err(next) => error = next,
            }
        }
    }

    /// An error of a table whose spans begin at `base`.
    fn fault(&self, error: &Error, base: usize) -> Fault {
        let span = error.span().unwrap_or_default();
        self.fault_at(base + span.start..base + span.end, explain(error.message()))
    }

    /// A fault of what is at `span`.
    pub(super) fn fault_at(&self, span: Range<usize>, message: String) -> Fault {
        let of = self.files.iter().rfind(|(base, _)| *base <= span.start);
        let (base, file) = of.copied().unwrap_or((0, File { path: "language.toml", text: "" }));
        // Where a whole file is meant, its first line is.
        let end = (span.end - base).min(file.text.len());
        Fault::new(file, span.start - base, end, message)
    }
}

impl Merged<'_> {
    /// Notes what a layer of the user's says something of.
    fn note_changes(&mut self, layer: &DeTable<'_>) {
        self.claims.extend(proven(layer));
        for (key, value) in layer {
            match value.get_ref() {
                DeValue::Table(clients) if key.get_ref() == "client" => {
                    self.changed.extend(clients.keys().map(|name| name.get_ref().to_string()));
                }
                _ => self.is_changed = true,
            }
        }
    }
}

/// The clients that a layer calls proven, and where.
fn proven(layer: &DeTable<'_>) -> Vec<(String, Range<usize>)> {
    let clients = layer.get("client").and_then(|clients| clients.get_ref().as_table());
    let is_proven = |(name, client): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
        let (key, value) = client.get_ref().as_table()?.get_key_value("proven")?;
        let name: &std::borrow::Cow<'_, str> = name.get_ref();
        (value.get_ref().as_bool() == Some(true)).then(|| (name.to_string(), key.span()))
    };
    clients.into_iter().flatten().filter_map(is_proven).collect()
}

/// Lays a table over another: keys merge, table by table, and a list takes the place of the other.
pub(crate) fn lay_over<'s>(low: &mut DeTable<'s>, high: DeTable<'s>) {
    for (key, value) in high {
        match (low.remove_entry(key.get_ref().as_ref()), value.into_inner_and_span()) {
            (Some((key, below)), (DeValue::Table(high), span)) => match below.into_inner() {
                DeValue::Table(mut low_table) => {
                    lay_over(&mut low_table, high);
                    low.insert(key, Spanned::new(span, DeValue::Table(low_table)));
                }
                _ => {
                    low.insert(key, Spanned::new(span, DeValue::Table(high)));
                }
            },
            (_, (value, span)) => {
                low.insert(key, Spanned::new(span, value));
            }
        }
    }
}

/// A value and its place.
trait Parted<'s> {
    fn into_inner_and_span(self) -> (DeValue<'s>, Range<usize>);
}

impl<'s> Parted<'s> for Spanned<DeValue<'s>> {
    fn into_inner_and_span(self) -> (DeValue<'s>, Range<usize>) {
        let span = self.span();
        (self.into_inner(), span)
    }
}

fn shift_span(span: &Range<usize>, by: usize) -> Range<usize> {
    span.start + by..span.end + by
}

/// The table, with all places `by` bytes further on.
fn shift_table(table: DeTable<'_>, by: usize) -> DeTable<'_> {
    let shift = |(key, value): (Spanned<_>, _)| {
        let span = shift_span(&key.span(), by);
        (Spanned::new(span, key.into_inner()), shift_value(value, by))
    };
    table.into_iter().map(shift).collect()
}

fn shift_value(value: Spanned<DeValue<'_>>, by: usize) -> Spanned<DeValue<'_>> {
    let span = shift_span(&value.span(), by);
    let value = match value.into_inner() {
        DeValue::Table(table) => DeValue::Table(shift_table(table, by)),
        DeValue::Array(items) => {
            let mut shifted = DeArray::new();
            for item in items {
                shifted.push(shift_value(item, by));
            }
            DeValue::Array(shifted)
        }
        other => other,
    };
    Spanned::new(span, value)
}

/// Takes the innermost entry that `span` is in out of a table, and gives its key; nothing where the span
/// is in none.
fn remove(table: &mut DeTable<'_>, span: &Range<usize>) -> Option<String> {
    let holds = |outer: Range<usize>| outer.start <= span.start && span.end <= outer.end;
    let mut meant = None;
    for (key, value) in table.iter_mut() {
        let inner = match value.get_mut() {
            DeValue::Table(inner) => remove(inner, span),
            DeValue::Array(items) => items.iter_mut().find_map(|item| match item.get_mut() {
                DeValue::Table(inner) => remove(inner, span),
                _ => None,
            }),
            _ => None,
        };
        if inner.is_some() {
            return inner;
        }
        if holds(key.span()) || holds(value.span()) || holds(key.span().start..value.span().end) {
            meant = Some(key.get_ref().to_string());
        }
    }
    let meant = meant?;
    table.remove(meant.as_str()).map(|_| meant)
}
