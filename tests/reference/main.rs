//! The reference for authors of templates, and the JSON Schema of `language.toml`, are what the code says:
//! the doc comments of the tables, and of the names that templates read.
//!
//! `REQUOTE_WRITE_REFERENCE=1 cargo test --test reference` writes both again.

mod examples;
mod names;
mod rust;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use requote::template::FilterKind;
use rust::{Item, Items, Kind};
use serde_json::{Map, Value, json};

const BEGIN: &str = "<!-- reference: begin -->\n";
const END: &str = "<!-- reference: end -->\n";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The tables of `language.toml`, each with its header, beginning with the language's own.
fn tables(items: &Items) -> Vec<(String, &Item)> {
    let mut found: Vec<(String, &Item)> = vec![(String::new(), items.get("LanguageTable", ""))];
    let mut at = 0;
    while let Some((header, item)) = found.get(at).cloned() {
        at += 1;
        for field in &item.fields {
            let kind = items.kind_of(&field.type_name, &item.file);
            let (path, inner) = match &kind {
                Kind::List(inner) => (format!("[{}]", below(&header, &field.name)), inner.as_ref()),
                Kind::Map(inner) => {
                    (format!("{}.<name>", below(&header, &field.name)), inner.as_ref())
                }
                other => (below(&header, &field.name), other),
            };
            let inner = if let Kind::TextOr(inner) = inner { inner.as_ref() } else { inner };
            let Kind::Table(name) = inner else { continue };
            let table = items.get(name, &item.file);
            if found.iter().all(|(_, known)| known.name != table.name || known.file != table.file) {
                found.push((format!("[{path}]"), table));
            }
        }
    }
    found
}

/// The path of a table in the one of `header`, without brackets.
fn below(header: &str, name: &str) -> String {
    format!("{}.{name}", header.trim_matches(['[', ']'])).trim_start_matches('.').to_owned()
}

/// A page of all tables and of all that templates read.
fn reference(items: &Items) -> String {
    let mut page = String::from(BEGIN);
    page.push_str("\n# Reference\n\nThis part is written by `tests/reference.rs` from the code.\n");
    page.push_str("\n## What a template reads\n");
    for record in names::records() {
        let head = if record.name == "view" {
            "The names of a template".to_owned()
        } else {
            format!("A `{}`", record.name)
        };
        let _ = write!(page, "\n### {head}\n\n| name | type | meaning |\n|---|---|---|\n");
        for field in &record.fields {
            let _ = writeln!(
                page,
                "| `{}` | {} | {} |",
                field.name,
                field.type_name,
                cell(&field.meaning)
            );
        }
    }
    page.push_str(&filters());
    page.push_str("\n## The tables of `language.toml`\n");
    let mut choices: Vec<&Item> = Vec::new();
    for (header, table) in tables(items) {
        let head =
            if header.is_empty() { "The language".to_owned() } else { format!("`{header}`") };
        let _ = write!(
            page,
            "\n### {head}\n\n{}\n\n| key | type | meaning |\n|---|---|---|\n",
            table.meaning
        );
        for field in &table.fields {
            let kind = items.kind_of(&field.type_name, &table.file);
            let _ = writeln!(
                page,
                "| `{}` | {} | {} |",
                field.name,
                kind.words(),
                cell(&field.meaning)
            );
            if let Some(name) = kind.choice() {
                let item = items.get(name, &table.file);
                if choices.iter().all(|known| known.name != item.name || known.file != item.file) {
                    choices.push(item);
                }
            }
        }
    }
    page.push_str(&places());
    page.push_str("\n## The values of keys\n");
    for choice in choices {
        let _ = write!(
            page,
            "\n### {}\n\n{}\n\n| value | meaning |\n|---|---|\n",
            choice.name, choice.meaning
        );
        for variant in &choice.fields {
            let payload = if variant.type_name.is_empty() {
                String::new()
            } else {
                format!(" = {}", items.kind_of(&variant.type_name, &choice.file).words())
            };
            let _ = writeln!(page, "| `{}`{payload} | {} |", variant.name, cell(&variant.meaning));
        }
    }
    page.push('\n');
    page.push_str(END);
    page
}

/// The filters that write code, and their arguments.
fn filters() -> String {
    let mut page = String::from(
        "\n## The filters\n\n| filter | arguments | meaning | example |\n|---|---|---|---|\n",
    );
    page.push_str(&filters_of(FilterKind::Code));
    page.push_str("\n| argument | type | meaning |\n|---|---|---|\n");
    for (name, type_name, meaning) in requote::template::ARGUMENTS {
        let _ = writeln!(page, "| `{name}` | {type_name} | {} |", cell(meaning));
    }
    page.push_str(
        "\nWhat is no code yet may pass these filters of Tera's own first (<https://keats.github.io/tera/docs/>). \
         A literal is of what the request has: a part of a text, or a method in another letter case, is for \
         conditions only.\n\n| filter | arguments | meaning | example |\n|---|---|---|---|\n",
    );
    page.push_str(&filters_of(FilterKind::Value));
    page.push_str(
        "\nA condition may ask with `is`, or `is not`, for `starting_with(pat=\"/\")`, `ending_with(pat=\"/\")`, \
         `containing(pat=\"/\")`, `divisible_by(divisor=2)` and `defined`. A loop may go through \
         `range(start=0, end=3, step_by=1)`; `throw(message=\"...\")` ends the render with an error.\n",
    );
    page
}

/// The rows of the filters of one kind.
fn filters_of(kind: FilterKind) -> String {
    let meanings = names::filters();
    let row = |(name, arguments): (&str, &[&str])| {
        let list: Vec<String> = arguments.iter().map(|it| format!("`{it}`")).collect();
        let (meaning, example) = meanings[name].split_once(" `{").expect("a meaning, an example");
        let (meaning, example) = (cell(meaning), cell(example));
        format!("| `{name}` | {} | {meaning} | `{{{example} |\n", list.join(", "))
    };
    requote::template::filters(kind).map(row).collect()
}

/// The placeholders of commands.
fn places() -> String {
    let mut page = String::from(
        "\n### Placeholders of commands\n\nA program's arguments and the values of `env` may hold them.\n\n\
         | placeholder | what takes its place |\n|---|---|\n",
    );
    for (name, meaning) in requote::language::run::PLACES {
        let _ = writeln!(page, "| `{{{name}}}` | {meaning} |");
    }
    page
}

/// A text in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The JSON Schema (2020-12) of `language.toml`, or of a layer over one: no key is required.
fn schema(items: &Items) -> Value {
    let mut definitions = Map::new();
    let mut waiting = vec![items.get("LanguageTable", "")];
    let mut root = Value::Null;
    let mut seen = BTreeSet::new();
    while let Some(item) = waiting.pop() {
        if !seen.insert(item.key()) {
            continue;
        }
        let mut properties = Map::new();
        for field in item.fields.iter().filter(|field| !field.type_name.is_empty()) {
            let kind = items.kind_of(&field.type_name, &item.file);
            let mut value = kind.schema(items, &item.file);
            value["description"] = Value::from(field.meaning.clone());
            properties.insert(field.name.clone(), value);
            if let Some(name) = kind.innermost() {
                waiting.push(items.get(name, &item.file));
            }
        }
        if item.name == "Client" {
            properties.insert("like".into(), json!({ "type": "string", "description": "The id of another client whose facts this one takes." }));
        }
        let definition = if item.is_choice {
            choice_schema(items, item)
        } else {
            json!({ "type": "object", "description": item.meaning, "properties": properties, "additionalProperties": false })
        };
        if root.is_null() {
            root = definition;
        } else {
            definitions.insert(item.key(), definition);
        }
    }
    root["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    root["title"] = "language.toml".into();
    root["$defs"] = Value::Object(definitions);
    root
}

/// One of some texts, or a table of one key where a value needs more.
fn choice_schema(items: &Items, item: &Item) -> Value {
    let alternatives: Vec<Value> = item
        .fields
        .iter()
        .map(|variant| {
            let mut value = if variant.type_name.is_empty() {
                json!({ "const": variant.name })
            } else {
                let inner = items.kind_of(&variant.type_name, &item.file).schema(items, &item.file);
                json!({ "type": "object", "properties": { variant.name.clone(): inner }, "additionalProperties": false })
            };
            value["description"] = Value::from(variant.meaning.clone());
            value
        })
        .collect();
    json!({ "oneOf": alternatives, "description": item.meaning })
}

fn is_current(path: &str, text: &str) {
    let path = root().join(path);
    if std::env::var_os("REQUOTE_WRITE_REFERENCE").is_some() {
        fs::write(&path, text).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "{} is out of date: see the head of this file", path.display());
}

#[test]
fn the_reference_is_what_the_code_says() {
    let page = fs::read_to_string(root().join("templates/README.md")).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap_or((&page, ""));
    let after = rest.split_once(END).map_or("", |(_, after)| after);
    let before = before.trim_end();
    is_current("templates/README.md", &format!("{before}\n\n{}{after}", reference(&Items::read())));
}

#[test]
fn the_schema_is_what_the_code_says() {
    let text = serde_json::to_string_pretty(&schema(&Items::read())).unwrap();
    is_current("docs/language.schema.json", &format!("{text}\n"));
}

/// Nothing is missing: each key, value and name says what it means.
#[test]
fn everything_has_a_meaning() {
    let items = Items::read();
    let mut count = 0;
    for record in names::records() {
        for field in record.fields {
            assert!(!field.meaning.is_empty(), "{}.{} has no meaning", record.name, field.name);
            count += 1;
        }
    }
    for (header, table) in tables(&items) {
        for field in &table.fields {
            assert!(!field.meaning.is_empty(), "`{}` of `{header}` has no meaning", field.name);
            count += 1;
        }
    }
    assert!(count > 250, "only {count} names were found");
}

/// The placeholders that the runner fills in are those of the reference.
#[test]
fn every_placeholder_is_described() {
    let known: BTreeSet<&str> =
        requote::language::run::PLACES.iter().map(|(name, _)| *name).collect();
    let mut filled = BTreeSet::new();
    for file in ["places.rs", "runner/mod.rs", "runner/batch.rs"] {
        let source = fs::read_to_string(root().join("crates/verify/src").join(file)).unwrap();
        let code = source.split("#[cfg(test)]").next().unwrap();
        for call in [".with(\"", ".with_path(\""] {
            let names = code.split(call).skip(1).filter_map(|rest| rest.split('"').next());
            filled.extend(names.map(str::to_owned));
        }
    }
    let filled: BTreeSet<&str> = filled.iter().map(String::as_str).collect();
    assert_eq!(filled, known);
}

/// Every key of every built-in table is in the schema.
#[test]
fn the_built_in_tables_keep_to_the_schema() {
    let schema = schema(&Items::read());
    let sources = requote::language::Sources::built_in();
    for path in sources.paths().into_iter().filter(|path| path.ends_with("/language.toml")) {
        let table: Value =
            serde_json::to_value(sources.get(path).unwrap().parse::<toml::Table>().unwrap())
                .unwrap();
        let faults = faults(&schema, &schema, &table, path);
        assert!(faults.is_empty(), "{faults:#?}");
    }
}

/// What a value has that its schema does not know.
fn faults(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        return faults(root, &root["$defs"][name.rsplit('/').next().unwrap()], value, at);
    }
    for key in ["oneOf", "anyOf"] {
        if let Some(alternatives) = schema[key].as_array() {
            let is_any = alternatives.iter().any(|it| faults(root, it, value, at).is_empty());
            return if is_any {
                Vec::new()
            } else {
                vec![format!("{at}: {value} is none of them")]
            };
        }
    }
    if let Some(constant) = schema.get("const") {
        return if constant == value { Vec::new() } else { vec![format!("{at}: {value}")] };
    }
    let is_right = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64(),
        Some("boolean") => value.is_boolean(),
        _ => true,
    };
    if !is_right {
        return vec![format!("{at}: {value} is no {}", schema["type"])];
    }
    let mut found = Vec::new();
    for (key, inner) in value.as_object().into_iter().flatten() {
        let place = format!("{at}.{key}");
        match (schema["properties"].get(key), &schema["additionalProperties"]) {
            (Some(known), _) => found.extend(faults(root, known, inner, &place)),
            (None, Value::Object(_)) => {
                found.extend(faults(root, &schema["additionalProperties"], inner, &place));
            }
            (None, _) => found.push(place),
        }
    }
    for inner in value.as_array().into_iter().flatten() {
        found.extend(faults(root, &schema["items"], inner, at));
    }
    found
}
