//! What is doubtful in the table of a language: what loads, and can hardly be meant.

use serde::Deserialize as _;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::tables::Tables;
use super::{Origin, Sources, fact_doubts, list_doubts, text_doubts};
use crate::diagnostic::Fault;
use crate::literal::StringDoubts;

/// Something that can hardly be meant, and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// What it is about.
    pub kind: DoubtKind,
    /// What is wrong, and where.
    pub fault: Fault,
}

/// What a doubt is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DoubtKind {
    /// A string style that writes two texts as one literal, or a text that ends it.
    String,
    /// A fact that no request can show.
    Fact,
    /// A client whose documentation is not named, or a fact without its source.
    Source,
}

/// The tables of facts of a client that name their source.
const SOURCED: [&str; 4] = ["method", "field", "target", "host"];

/// What is doubtful in the tables of `language`. A table that does not load has faults, which
/// [`super::Language::load`] tells.
pub fn doubts(sources: &Sources, language: &str) -> Vec<Doubt> {
    let mut tables = Tables::new(sources);
    let Ok(merged) = tables.resolve(language) else { return Vec::new() };
    let mut found = Vec::new();
    let layers = sources.layers(language);
    let own = layers.iter().filter(|(_, origin)| *origin == Origin::LaidOver);
    let own: Vec<&str> = own.map(|(file, _)| file.path).collect();
    // Where a user's layer is looked at, what is built in is not the user's to mend.
    let is_meant = |path: &str| own.is_empty() || own.contains(&path);
    let mut add = |kind, span, message| {
        let fault = tables.fault_at(span, message);
        if is_meant(&fault.path) {
            found.push(Doubt { kind, fault });
        }
    };
    for style in items(&merged.table, "string") {
        let deserializer = ValueDeserializer::from(style.clone());
        let Ok(StringDoubts(doubts)) = StringDoubts::deserialize(deserializer) else { continue };
        for doubt in doubts {
            add(DoubtKind::String, style.span(), doubt);
        }
    }
    let styles = items(&merged.table, "string").into_iter();
    for (span, message) in
        styles.filter_map(|it| it.get_ref().as_table()).flat_map(text_doubts::of_style)
    {
        add(DoubtKind::String, span, message);
    }
    for (span, message) in list_doubts::of_repeated(&merged.table)
        .into_iter()
        .chain(text_doubts::of_language(&merged.table))
    {
        add(DoubtKind::Fact, span, message);
    }
    for (span, message) in fact_doubts::of_interpolated(&merged.table) {
        add(DoubtKind::String, span, message);
    }
    for (span, message) in fact_doubts::of_language(&merged.table) {
        add(DoubtKind::Fact, span, message);
    }
    let clients = merged.table.get("client").and_then(|clients| clients.get_ref().as_table());
    for (name, client) in clients.into_iter().flatten() {
        let Some(table) = client.get_ref().as_table() else { continue };
        let docs = table.get("docs").and_then(|docs| docs.get_ref().as_str());
        if docs.is_some_and(|docs| !docs.starts_with("http")) {
            let message =
                format!("`docs` of `{}` is no address: expected https://...", name.get_ref());
            let span = table.get("docs").map_or(client.span(), toml::Spanned::span);
            add(DoubtKind::Source, span, message);
        }
        for (span, message) in fact_doubts::of_client(table)
            .into_iter()
            .chain(list_doubts::of_client(table))
            .chain(text_doubts::of_client(table))
        {
            add(DoubtKind::Fact, span, message);
        }
        // A client that writes the members of an object one by one needs no literal of the language.
        let is_by_member = |json: &&toml::Spanned<DeValue>| json.get_ref().get("members").is_some();
        let json = table.get("json").filter(|json| !is_by_member(json));
        if let Some(json) = json.filter(|_| merged.table.get("json").is_none()) {
            let message = format!(
                "`[client.{}.json]` is for nothing: the language has no table `[json]`, which says how \
                 its literals are written",
                name.get_ref()
            );
            add(DoubtKind::Fact, json.span(), message);
        }
        for key in SOURCED {
            for fact in items(table, key) {
                let is_empty = fact.get_ref().as_table().is_none_or(toml::map::Map::is_empty);
                if !is_empty && fact.get_ref().get("source").is_none() {
                    let message = format!(
                        "this fact of `{}` does not say its `source`: the page that says so, or how it was seen",
                        name.get_ref()
                    );
                    add(DoubtKind::Source, fact.span(), message);
                }
            }
        }
        for rule in items(table, "rule") {
            let has = |key: &str| rule.get_ref().get(key).is_some();
            if !has("need") && !has("unsupported") {
                let message =
                    "a rule without an effect: give it `need` or `unsupported`".to_owned();
                add(DoubtKind::Fact, rule.span(), message);
            }
        }
        for fact in ["rule", "takes", "helper", "field"].iter().flat_map(|key| items(table, key)) {
            if let Some(method) = contradiction(fact.get_ref()) {
                let message = format!(
                    "no request shows this fact: `method` asks for `{method}`, and `method-not` forbids it"
                );
                add(DoubtKind::Fact, fact.span(), message);
            }
        }
    }
    found
}

/// The elements of a list, or the one table of this key.
pub(super) fn items<'t, 's>(
    table: &'t DeTable<'s>,
    key: &str,
) -> Vec<&'t toml::Spanned<DeValue<'s>>> {
    match table.get(key) {
        Some(value) => match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![value],
        },
        None => Vec::new(),
    }
}

/// A method that a condition both asks for and forbids, where no other is left.
fn contradiction(fact: &DeValue<'_>) -> Option<String> {
    let methods = |key: &str| -> Vec<String> {
        let list = fact.get("when").and_then(|when| when.get_ref().get(key));
        let list = list.and_then(|list| list.get_ref().as_array());
        list.into_iter()
            .flat_map(|list| list.iter())
            .filter_map(|it| Some(it.get_ref().as_str()?.to_owned()))
            .collect()
    };
    let (wanted, forbidden) = (methods("method"), methods("method-not"));
    let is_empty = !wanted.is_empty() && wanted.iter().all(|method| forbidden.contains(method));
    is_empty.then(|| wanted[0].clone())
}
