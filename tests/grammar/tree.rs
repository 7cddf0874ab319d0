//! Snippets under a tree-sitter grammar. A language is one [`Grammar`].

use requote::literal::{Literals, Place, finish};
use requote::{Outcome, Snippet, parse};
use tree_sitter::{Language, Node, Parser};

/// What the harness must know of a language.
pub struct Grammar {
    /// The grammar.
    pub language: Language,
    /// The kinds of the nodes that are string literals.
    pub literals: &'static [&'static str],
    /// The text that a literal stands for; `None` where it is more than a literal.
    pub decode: fn(&str) -> Option<String>,
}

impl Grammar {
    /// The values of the literals of `code` in its order, each of which is one node; panics where the grammar
    /// finds an error.
    pub fn literals_of(&self, name: &str, code: &str) -> Vec<String> {
        let mut parser = Parser::new();
        parser.set_language(&self.language).unwrap();
        let tree = parser.parse(code, None).unwrap();
        let mut values = Vec::new();
        let mut nodes: Vec<Node> = vec![tree.root_node()];
        while let Some(node) = nodes.pop() {
            assert!(
                !node.is_error() && !node.is_missing(),
                "{name}: the grammar stops at {}:\n{code}",
                node.start_position()
            );
            if self.literals.contains(&node.kind()) {
                let text = &code[node.byte_range()];
                let value = (self.decode)(text);
                assert!(value.is_some(), "{name}: {text} is no plain literal\n{code}");
                values.extend(value);
                continue;
            }
            let mut cursor = node.walk();
            let children: Vec<Node> = node.children(&mut cursor).collect();
            nodes.extend(children.into_iter().rev());
        }
        values
    }

    /// Whether the snippet's literals hold the URL or target, the values and the body. JSON that is
    /// laid out anew is held by its value, and only where the snippet is not exact.
    pub fn assert_holds(&self, name: &str, snippet: &Snippet, expected: &[String]) {
        let Some(code) = &snippet.code else { return };
        let values = self.literals_of(name, code);
        for value in expected {
            let is_held = is_joined(&values, value)
                || (snippet.outcome != Outcome::Exact
                    && values.iter().any(|literal| is_same_json(literal, value)));
            assert!(is_held, "{name}: no literal is {value:?}:\n{code}\n{values:?}");
        }
    }
}

/// Whether literals that follow each other have this text, one or many.
fn is_joined(literals: &[String], text: &str) -> bool {
    let begins = |start: usize| {
        let mut rest = text;
        for literal in &literals[start..] {
            match rest.strip_prefix(&**literal) {
                Some("") => return true,
                Some(after) => rest = after,
                None => return false,
            }
        }
        false
    };
    (0..literals.len()).any(begins)
}

/// Whether both are JSON texts with the same tokens.
pub fn is_same_json(one: &str, other: &str) -> bool {
    let is_json = |text: &str| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    is_json(one) && is_json(other) && tokens(one) == tokens(other)
}

/// A JSON text without the white space between its tokens.
fn tokens(json: &str) -> String {
    let (mut is_string, mut is_escaped) = (false, false);
    let is_kept = |c: &char| {
        let is_space = !is_string && c.is_ascii_whitespace();
        is_string ^= *c == '"' && !is_escaped;
        is_escaped = is_string && *c == '\\' && !is_escaped;
        !is_space
    };
    json.chars().filter(is_kept).collect()
}

/// The body of the message, where the snippet holds it.
pub fn inline_body(bytes: &[u8], snippet: &Snippet) -> Vec<String> {
    let message = parse(bytes).unwrap();
    let body = std::str::from_utf8(&message.request.body.bytes).unwrap_or_default();
    let is_inline = snippet.attachments.is_empty() && !body.is_empty();
    is_inline.then(|| body.to_owned()).into_iter().collect()
}

/// The code of `text` as one expression, by the tables of a `language.toml`.
pub fn write_literal(toml: &str, text: &str) -> String {
    let table: toml::Table = toml::from_str(toml).unwrap();
    let split = table.get("split").map(|split| split.clone().try_into().unwrap());
    write_by(&Literals { split, ..string_styles(&table) }, text)
}

/// The same as one literal, however many lines the text has.
pub fn write_string(toml: &str, text: &str) -> String {
    write_by(&string_styles(&toml::from_str(toml).unwrap()), text)
}

fn string_styles(table: &toml::Table) -> Literals {
    Literals { string: table["string"].clone().try_into().unwrap(), ..Literals::default() }
}

fn write_by(literals: &Literals, text: &str) -> String {
    let mut code = String::new();
    literals.write_string(&mut code, text, "", Place::default()).unwrap();
    finish(code, "\n")
}

/// The character that `rest` gives in hexadecimal digits and braces, and what follows.
pub fn braced(rest: &str) -> Option<(char, &str)> {
    let (digits, rest) = rest.strip_prefix('{')?.split_once('}')?;
    Some((char::from_u32(u32::from_str_radix(digits, 16).ok()?)?, rest))
}
