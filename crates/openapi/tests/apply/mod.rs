//! A small applier of overlays: `remove` and `update` at paths of names (Overlay 1.0 §4.4.3).

use saphyr::{LoadableYamlNode, Yaml};
use serde_json::{Map, Value};

/// The document with the overlay applied.
pub fn apply(document: &str, overlay: &str) -> Value {
    let (mut document, overlay) = (read(document), read(overlay));
    assert_eq!(overlay["overlay"], "1.0.0");
    assert!(overlay["info"]["title"].is_string() && overlay["info"]["version"].is_string());
    let actions = overlay["actions"].as_array().unwrap();
    assert!(!actions.is_empty(), "a document without actions is not valid");
    for action in actions {
        let names = split(action["target"].as_str().unwrap());
        let escaped = names.iter().map(|it| it.replace('~', "~0").replace('/', "~1"));
        let pointer = escaped.fold(String::new(), |pointer, name| pointer + "/" + &name);
        if action["remove"] == true {
            let (parent, name) = pointer.rsplit_once('/').unwrap();
            let parent = document.pointer_mut(parent).unwrap().as_object_mut().unwrap();
            assert!(parent.remove(&name.replace("~1", "/")).is_some(), "{pointer}");
        } else {
            merge(document.pointer_mut(&pointer).expect(&pointer), &action["update"]);
        }
    }
    document
}

/// Maps are merged, lists are joined, other values are replaced.
fn merge(into: &mut Value, update: &Value) {
    match (into, update) {
        (Value::Object(into), Value::Object(update)) => {
            for (name, value) in update {
                match into.get_mut(name) {
                    Some(known) => merge(known, value),
                    None => drop(into.insert(name.clone(), value.clone())),
                }
            }
        }
        (Value::Array(into), Value::Array(update)) => into.extend(update.iter().cloned()),
        (into, update) => *into = update.clone(),
    }
}

/// The names of a `JSONPath` that has only names.
fn split(path: &str) -> Vec<String> {
    let mut rest = path.strip_prefix('$').unwrap();
    let mut names = Vec::new();
    while !rest.is_empty() {
        if let Some(quoted) = rest.strip_prefix("['") {
            let (name, after) = quoted.split_once("']").unwrap();
            names.push(name.replace("\\'", "'").replace("\\\\", "\\"));
            rest = after;
        } else {
            let after = rest.strip_prefix('.').unwrap();
            let end = after.find(['.', '[']).unwrap_or(after.len());
            names.push(after[..end].to_owned());
            rest = &after[end..];
        }
    }
    names
}

/// JSON or YAML, by other readers than the crate's own.
pub fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| convert(&Yaml::load_from_str(text).unwrap()[0]))
}

fn convert(yaml: &Yaml<'_>) -> Value {
    if let Some(text) = yaml.as_str() {
        return Value::from(text);
    }
    if let Some(number) = yaml.as_integer() {
        return Value::from(number);
    }
    if let Some(number) = yaml.as_floating_point() {
        return Value::from(number);
    }
    if let Some(value) = yaml.as_bool() {
        return Value::from(value);
    }
    if let Some(items) = yaml.as_vec() {
        return items.iter().map(convert).collect();
    }
    if let Some(members) = yaml.as_mapping() {
        let name = |yaml: &Yaml<'_>| match convert(yaml) {
            Value::String(name) => name,
            other => other.to_string(),
        };
        return members
            .iter()
            .map(|(key, value)| (name(key), convert(value)))
            .collect::<Map<_, _>>()
            .into();
    }
    Value::Null
}
