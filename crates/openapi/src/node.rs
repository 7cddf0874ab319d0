//! A value of a document: members in their order, numbers as they are written.

use std::collections::HashMap;

use requote::content::json::{self, Json};
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};

use crate::error::OpenApiError;

/// So many nodes may come of aliases: a few lines of YAML can stand for billions.
const MAX_NODES: usize = 1_000_000;

/// So deep values may be.
const MAX_DEPTH: usize = 128;

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    Null,
    Bool(bool),
    /// A number of JSON, as it is written.
    Number(String),
    Text(String),
    List(Vec<Self>),
    Map(Vec<(String, Self)>),
}

impl Node {
    /// The member of this name.
    pub fn get(&self, name: &str) -> Option<&Self> {
        let Self::Map(members) = self else { return None };
        members.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The members of a map.
    pub fn members(&self) -> &[(String, Self)] {
        if let Self::Map(members) = self { members } else { &[] }
    }

    /// The items of a list.
    pub fn items(&self) -> &[Self] {
        if let Self::List(items) = self { items } else { &[] }
    }

    /// The text.
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// Whether it is `true`.
    pub fn is_true(&self) -> bool {
        *self == Self::Bool(true)
    }

    /// A single value as text: what a parameter or a part of a form holds.
    pub fn scalar(&self) -> Option<String> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text.clone()),
            Self::Bool(value) => Some(value.to_string()),
            Self::Null | Self::List(_) | Self::Map(_) => None,
        }
    }

    /// The value as JSON; `indent` is the white space of a level, and none writes it on one line.
    pub fn to_json(&self, indent: Option<&str>) -> String {
        let mut out = String::new();
        self.write_json(&mut out, indent, 0);
        out
    }

    fn write_json(&self, out: &mut String, indent: Option<&str>, level: usize) {
        let new_line = |out: &mut String, level: usize| {
            if let Some(indent) = indent {
                out.push('\n');
                out.push_str(&indent.repeat(level));
            }
        };
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(text) => out.push_str(text),
            Self::Text(text) => out.push_str(&quote(text)),
            Self::List(items) if items.is_empty() => out.push_str("[]"),
            Self::Map(members) if members.is_empty() => out.push_str("{}"),
            Self::List(items) => {
                out.push('[');
                for (number, item) in items.iter().enumerate() {
                    if number > 0 {
                        out.push(',');
                    }
                    new_line(out, level + 1);
                    item.write_json(out, indent, level + 1);
                }
                new_line(out, level);
                out.push(']');
            }
            Self::Map(members) => {
                out.push('{');
                for (number, (name, value)) in members.iter().enumerate() {
                    if number > 0 {
                        out.push(',');
                    }
                    new_line(out, level + 1);
                    out.push_str(&quote(name));
                    out.push_str(if indent.is_some() { ": " } else { ":" });
                    value.write_json(out, indent, level + 1);
                }
                new_line(out, level);
                out.push('}');
            }
        }
    }
}

/// A text as a string of JSON, which is one of YAML too.
pub fn quote(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\u{0}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}' => out.extend(format!("\\u{:04x}", u32::from(c)).chars()),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Reads JSON where the text begins as JSON does, else YAML 1.2.
pub fn read(text: &str) -> Result<Node, OpenApiError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().starts_with('{')
        && let Ok(json) = json::parse(text)
    {
        return Ok(from_json(&json));
    }
    read_yaml(text)
}

fn from_json(json: &Json<'_>) -> Node {
    match json {
        Json::Null => Node::Null,
        Json::Bool(value) => Node::Bool(*value),
        Json::Number(text) => Node::Number((*text).to_owned()),
        Json::String(text) => Node::Text(text.to_string()),
        Json::Array(items) => Node::List(items.iter().map(from_json).collect()),
        Json::Object(members) => {
            let members = members.iter().map(|(name, value)| (name.to_string(), from_json(value)));
            Node::Map(members.collect())
        }
    }
}

/// A list or a map whose end has not come.
enum Open {
    List(Vec<Node>, usize),
    /// The members, and the key whose value comes next.
    Map(Vec<(String, Node)>, Option<String>, usize),
}

fn read_yaml(text: &str) -> Result<Node, OpenApiError> {
    let mut open: Vec<Open> = Vec::new();
    let mut anchors: HashMap<usize, Node> = HashMap::new();
    let mut count = 0;
    for step in Parser::new_from_str(text) {
        let (event, span) = step.map_err(|error| {
            let mark = error.marker();
            syntax(mark.line(), mark.col() + 1, error.info())
        })?;
        let fail = |message: &str| syntax(span.start.line(), span.start.col() + 1, message);
        let (node, anchor) = match event {
            Event::SequenceStart(anchor, _) => {
                open.push(Open::List(Vec::new(), anchor));
                (None, 0)
            }
            Event::MappingStart(anchor, _) => {
                open.push(Open::Map(Vec::new(), None, anchor));
                (None, 0)
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(Open::List(items, anchor)) => (Some(Node::List(items)), anchor),
                Some(Open::Map(members, _, anchor)) => (Some(Node::Map(members)), anchor),
                None => return Err(fail("a list or map ends that did not begin")),
            },
            Event::Scalar(text, style, anchor, tag) => {
                (Some(resolve(&text, style, tag.as_deref())), anchor)
            }
            Event::Alias(anchor) => {
                let node = anchors.get(&anchor).cloned();
                let node = node.ok_or_else(|| fail("an alias without its anchor"))?;
                count += size_of(&node);
                (Some(node), 0)
            }
            _ => (None, 0),
        };
        if open.len() > MAX_DEPTH {
            return Err(fail("too deep"));
        }
        let Some(node) = node else { continue };
        count += 1;
        if count > MAX_NODES {
            return Err(fail("too large with its aliases"));
        }
        if anchor != 0 {
            anchors.insert(anchor, node.clone());
        }
        if let Some(whole) = place(&mut open, node).map_err(|message| fail(&message))? {
            return Ok(whole);
        }
    }
    Err(syntax(1, 1, "there is no document"))
}

/// Puts a value where it belongs; outside of all lists and maps it is the document.
fn place(open: &mut [Open], node: Node) -> Result<Option<Node>, String> {
    match open.last_mut() {
        None => return Ok(Some(node)),
        Some(Open::List(items, _)) => items.push(node),
        Some(Open::Map(members, key, _)) => {
            if let Some(key) = key.take() {
                members.push((key, node));
                return Ok(None);
            }
            let name = node.scalar().ok_or("a key that is not a text")?;
            if members.iter().any(|(known, _)| *known == name) {
                return Err(format!("the key `{name}` is there twice"));
            }
            *key = Some(name);
        }
    }
    Ok(None)
}

fn syntax(line: usize, column: usize, message: &str) -> OpenApiError {
    OpenApiError::Syntax { line, column, message: message.to_owned() }
}

fn size_of(node: &Node) -> usize {
    match node {
        Node::List(items) => 1 + items.iter().map(size_of).sum::<usize>(),
        Node::Map(members) => 1 + members.iter().map(|(_, value)| size_of(value)).sum::<usize>(),
        _ => 1,
    }
}

/// What a scalar is by the core schema of YAML 1.2; a number is one of JSON, else it is a text.
fn resolve(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Node {
    let is_text = style != ScalarStyle::Plain || tag.is_some_and(|tag| tag.suffix == "str");
    if is_text {
        return Node::Text(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Node::Null,
        "true" | "True" | "TRUE" => Node::Bool(true),
        "false" | "False" | "FALSE" => Node::Bool(false),
        _ if matches!(json::parse(text), Ok(Json::Number(_))) => Node::Number(text.to_owned()),
        _ => Node::Text(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_and_yaml_give_the_same() {
        let yaml =
            read("a: 10.00\nb: ['x', y, \"1\", null, true]\nc: {d: &e [1], f: *e}\n").unwrap();
        let json =
            read(r#"{"a":10.00,"b":["x","y","1",null,true],"c":{"d":[1],"f":[1]}}"#).unwrap();
        assert_eq!(yaml, json);
        assert_eq!(
            json.to_json(None),
            r#"{"a":10.00,"b":["x","y","1",null,true],"c":{"d":[1],"f":[1]}}"#
        );
        assert_eq!(read(&json.to_json(Some("  "))).unwrap(), json);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let place = |text: &str| match read(text) {
            Err(OpenApiError::Syntax { line, column, .. }) => (line, column),
            other => panic!("{other:?}"),
        };
        assert_eq!(place("a: 1\nb: [1\n").0, 3);
        assert_eq!(place("a: 1\na: 2\n"), (2, 1));
        assert_eq!(place(""), (1, 1));
        let bomb = format!(
            "a0: &a0 [x]\n{}",
            (1..40).fold(String::new(), |text, at| {
                let last = format!("*a{}", at - 1);
                format!("{text}a{at}: &a{at} [{}]\n", vec![last; 10].join(", "))
            })
        );
        assert!(place(&bomb).0 < 12);
    }
}
