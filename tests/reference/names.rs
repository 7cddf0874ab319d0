//! The records and filters of templates as the sources declare them, with their comments.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::rust::{Field, Item, add_line};

/// The comment of each filter.
pub fn filters() -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/template/known.rs");
    let source = fs::read_to_string(path).unwrap();
    let (mut found, mut comment) = (BTreeMap::new(), String::new());
    for line in source.split("const FILTERS").nth(1).unwrap().lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("// ") {
            add_line(&mut comment, text);
        } else if let Some(rest) = line.strip_prefix("(\"") {
            found.insert(rest.split('"').next().unwrap().to_owned(), std::mem::take(&mut comment));
        }
    }
    found
}

/// The records that templates read, with the names of each.
pub fn records() -> Vec<Item> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/view/values.rs");
    let source = fs::read_to_string(path).unwrap();
    let mut records = Vec::new();
    for block in source.split("\nrecord! { ").skip(1) {
        let (head, body) = block.split_once(" {\n").unwrap();
        let name = head.split(" as ").nth(1).unwrap().split(',').next().unwrap().to_owned();
        let mut fields = Vec::new();
        let mut meaning = String::new();
        for line in body.split("\n} }").next().unwrap().lines() {
            let line = line.trim();
            if let Some(text) = line.strip_prefix("/// ") {
                add_line(&mut meaning, text);
            } else if let Some((name, rest)) =
                line.strip_prefix('"').and_then(|line| line.split_once("\": "))
            {
                let shape = rest.split(" => ").next().unwrap();
                fields.push(Field {
                    name: name.to_owned(),
                    type_name: shape_in_words(shape),
                    meaning: std::mem::take(&mut meaning),
                });
            }
        }
        records.push(Item {
            name,
            file: String::new(),
            meaning: String::new(),
            fields,
            is_choice: false,
        });
    }
    records
}

fn shape_in_words(shape: &str) -> String {
    let inner = |shape: &str| {
        let name = shape
            .split('(')
            .nth(1)
            .unwrap_or_default()
            .split("::")
            .next()
            .unwrap()
            .trim_start_matches("View");
        name.to_lowercase().replace("field", "header").replace("content", "body")
    };
    match shape.split('(').next().unwrap() {
        "Text" => "text".into(),
        "OneOf" if shape.contains("Kind::NAMES") => "see above".into(),
        "OneOf" => shape
            .split('"')
            .skip(1)
            .step_by(2)
            .map(|text| format!("`{text}`"))
            .collect::<Vec<_>>()
            .join(", "),
        "Options" => "values by name".into(),
        "Bytes" => "bytes".into(),
        "Number" => "number".into(),
        "Flag" => "true or false".into(),
        "Flags" => "true or false by name".into(),
        "Texts" => "list of texts".into(),
        "List" => format!("list of `{}`", inner(shape)),
        _ => format!("`{}`", inner(shape)),
    }
}
