//! Writes YAML: maps and lists in blocks, code as literal blocks where they hold it, other texts in quotes.

use crate::node::{Node, quote};

/// A document.
pub fn write(node: &Node) -> String {
    let mut out = String::new();
    write_node(&mut out, node, 0, Start::Line);
    out
}

/// Where a value begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    /// On a line of its own.
    Line,
    /// Behind `- `.
    Item,
    /// Behind `key:`.
    Key,
}

fn write_node(out: &mut String, node: &Node, level: usize, start: Start) {
    match node {
        Node::Map(members) if !members.is_empty() => {
            if start == Start::Key {
                out.push('\n');
            }
            for (number, (name, value)) in members.iter().enumerate() {
                if number > 0 || start != Start::Item {
                    indent(out, level);
                }
                out.extend([write_key(name).as_str(), ":"]);
                write_node(out, value, level + 1, Start::Key);
            }
        }
        Node::List(items) if !items.is_empty() => {
            if start != Start::Line {
                out.push('\n');
            }
            for item in items {
                indent(out, level);
                out.push_str("- ");
                write_node(out, item, level + 1, Start::Item);
            }
        }
        scalar => {
            if start == Start::Key {
                out.push(' ');
            }
            match scalar {
                Node::Text(text) if is_literal(text) => {
                    out.push_str(if text.ends_with('\n') { "|" } else { "|-" });
                    for line in text.lines() {
                        out.push('\n');
                        if !line.is_empty() {
                            indent(out, level);
                            out.push_str(line);
                        }
                    }
                }
                other => out.push_str(&other.to_json(None)),
            }
            out.push('\n');
        }
    }
}

fn indent(out: &mut String, level: usize) {
    out.push_str(&"  ".repeat(level));
}

fn write_key(name: &str) -> String {
    let is_plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if is_plain { name.to_owned() } else { quote(name) }
}

/// Whether a literal block holds the text as it is, byte for byte.
fn is_literal(text: &str) -> bool {
    // What a string of JSON would escape beside these is no printable character of YAML.
    let is_printable = |c: char| {
        matches!(c, '\n' | '\t' | '"' | '\\') || quote(&c.to_string()).len() == 2 + c.len_utf8()
    };
    text.trim_end_matches('\n').contains('\n')
        && !text.starts_with([' ', '\t', '\n'])
        && !text.ends_with("\n\n")
        && text.chars().all(is_printable)
        && text.lines().all(|line| line.is_empty() || !line.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let texts = [
            "a",
            "",
            "a\nb\n",
            "a\nb",
            " a\nb",
            "a\n\n\nb\n\n",
            "a\n \nb",
            "a\n\tb: - #\n",
            "\u{85}a\nb",
            "é\n\u{feff}\n",
            "true",
            "1",
            "|\n> x\n",
            "'\"\\\n\r\n",
            "---\n...\n",
            "\u{1f600}\nb",
        ];
        for text in texts {
            let node = Node::Map(vec![(
                "a b".to_owned(),
                Node::List(vec![
                    Node::Text(text.to_owned()),
                    Node::Map(vec![
                        ("x-y".to_owned(), Node::Text(text.to_owned())),
                        ("n".to_owned(), Node::Number("1.0".to_owned())),
                    ]),
                    Node::List(vec![Node::Null]),
                    Node::List(Vec::new()),
                ]),
            )]);
            let written = write(&node);
            assert_eq!(crate::node::read(&written).unwrap(), node, "{written}");
        }
        let code = Node::Map(vec![("source".to_owned(), Node::Text("a\n  b\n".to_owned()))]);
        assert_eq!(write(&code), "source: |\n  a\n    b\n");
    }
}
