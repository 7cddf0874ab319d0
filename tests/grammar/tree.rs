//! Snippets under a tree-sitter grammar. A language is one [`Grammar`].

use std::collections::BTreeSet;

use requote::Snippet;
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
    /// The values of the literals of `code`, each of which is one node; panics where the grammar
    /// finds an error.
    pub fn literals_of(&self, name: &str, code: &str) -> BTreeSet<String> {
        let mut parser = Parser::new();
        parser.set_language(&self.language).unwrap();
        let tree = parser.parse(code, None).unwrap();
        let mut values = BTreeSet::new();
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
            nodes.extend(node.children(&mut cursor));
        }
        values
    }

    /// Whether the snippet's literals hold the URL or target, the values and the body.
    pub fn assert_holds(&self, name: &str, snippet: &Snippet<'_>, expected: &[String]) {
        let Some(code) = &snippet.code else { return };
        let values = self.literals_of(name, code);
        for value in expected {
            assert!(values.contains(value), "{name}: no literal is {value:?}:\n{code}\n{values:?}");
        }
    }
}
