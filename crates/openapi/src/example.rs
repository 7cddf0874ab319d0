//! The value that a document gives for a parameter, a media type or a schema. None is invented.

use crate::document::follow;
use crate::node::Node;

/// So deep schemas may be in one another.
const MAX_DEPTH: usize = 32;

/// The value of a parameter or a media type: its own `example` or first of `examples`, else that of its schema.
pub fn of_holder(holder: &Node, root: &Node) -> Option<Node> {
    if let Some(value) = holder.get("example") {
        return Some(value.clone());
    }
    for (_, example) in holder.get("examples").map(Node::members).unwrap_or_default() {
        let value =
            follow(example, root).and_then(|it| it.get("value").or_else(|| it.get("dataValue")));
        if let Some(value) = value {
            return Some(value.clone());
        }
    }
    of_schema(holder.get("schema")?, root, 0)
}

/// Whether the only value is the one that is meant where the parameter is left out.
pub fn is_default_only(parameter: &Node, root: &Node) -> bool {
    let schema = parameter.get("schema").and_then(|it| follow(it, root));
    let has = |holder: &Node, names: &[&str]| names.iter().any(|name| holder.get(name).is_some());
    !has(parameter, &["example", "examples"])
        && schema.is_some_and(|it| has(it, &["default"]) && !has(it, &["example", "examples"]))
}

/// The value of a schema: `example`, the first of `examples`, `const`, `default`, an `enum` of one; of an object
/// what its properties give where no required one lacks it; of an array one item.
pub fn of_schema(schema: &Node, root: &Node, depth: usize) -> Option<Node> {
    let schema = follow(schema, root)?;
    if depth > MAX_DEPTH {
        return None;
    }
    let first_example = || match schema.get("examples") {
        Some(Node::List(items)) => items.first(),
        _ => None,
    };
    let only_value = || match schema.get("enum") {
        Some(Node::List(items)) if items.len() == 1 => items.first(),
        _ => None,
    };
    let own = schema
        .get("example")
        .or_else(first_example)
        .or_else(|| schema.get("const"))
        .or_else(|| schema.get("default"))
        .or_else(only_value);
    if let Some(value) = own {
        return Some(value.clone());
    }
    if let Some(all) = schema.get("allOf") {
        return of_all(all.items(), schema, root, depth);
    }
    if schema.get("properties").is_some() {
        return of_object(schema, root, depth);
    }
    let item = of_schema(schema.get("items")?, root, depth + 1)?;
    Some(Node::List(vec![item]))
}

/// The members of all objects of an `allOf`, and of the schema around it.
fn of_all(all: &[Node], schema: &Node, root: &Node, depth: usize) -> Option<Node> {
    let mut members: Vec<(String, Node)> = Vec::new();
    let mut values = Vec::new();
    for part in all {
        values.push(of_schema(part, root, depth + 1)?);
    }
    if schema.get("properties").is_some() {
        values.push(of_object(schema, root, depth)?);
    }
    if let [only] = &*values {
        return Some(only.clone());
    }
    for value in values {
        let Node::Map(more) = value else { return None };
        for (name, value) in more {
            if !members.iter().any(|(known, _)| *known == name) {
                members.push((name, value));
            }
        }
    }
    Some(Node::Map(members))
}

fn of_object(schema: &Node, root: &Node, depth: usize) -> Option<Node> {
    let required = schema.get("required").map(Node::items).unwrap_or_default();
    let is_required = |name: &str| required.iter().any(|it| it.text() == Some(name));
    let mut members = Vec::new();
    for (name, property) in schema.get("properties")?.members() {
        // What only the server sends is no part of a request.
        if follow(property, root)?.get("readOnly").is_some_and(Node::is_true) {
            continue;
        }
        match of_schema(property, root, depth + 1) {
            Some(value) => members.push((name.clone(), value)),
            None if is_required(name) => return None,
            None => {}
        }
    }
    (!members.is_empty()).then_some(Node::Map(members))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(schema: &str) -> Option<String> {
        let schema = crate::node::read(schema).unwrap();
        of_schema(&schema, &schema, 0).map(|value| value.to_json(None))
    }

    #[test]
    fn a_value_is_one_that_the_schema_has() {
        assert_eq!(value("{example: 1, default: 2}").as_deref(), Some("1"));
        assert_eq!(value("{examples: [a, b]}").as_deref(), Some("\"a\""));
        assert_eq!(value("{const: null}").as_deref(), Some("null"));
        assert_eq!(value("{enum: [a]}").as_deref(), Some("\"a\""));
        assert_eq!(value("{type: array, items: {default: 3}}").as_deref(), Some("[3]"));
        for none in [
            "{type: string}",
            "{enum: [a, b]}",
            "{type: string, format: uuid}",
            "{oneOf: [{const: 1}]}",
        ] {
            assert_eq!(value(none), None, "{none}");
        }
    }

    #[test]
    fn an_object_has_what_its_properties_have_unless_a_required_one_lacks_it() {
        let schema = "{required: [a], properties: {a: {example: 1}, b: {type: string}, c: {example: 2, readOnly: true}}}";
        assert_eq!(value(schema).as_deref(), Some("{\"a\":1}"));
        assert_eq!(
            value("{required: [a], properties: {a: {type: string}, b: {example: 1}}}"),
            None
        );
        let all = "{allOf: [{properties: {a: {example: 1}}}, {properties: {b: {example: 2}}}]}";
        assert_eq!(value(all).as_deref(), Some("{\"a\":1,\"b\":2}"));
        assert_eq!(value("{properties: {a: {$ref: '#'}}}"), None, "a schema in itself");
    }
}
