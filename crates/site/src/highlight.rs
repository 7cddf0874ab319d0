//! Code → HTML with classes, at build time.
//!
//! The grammars tell scopes; pages need a few classes, so that the style sheet can give each a colour of
//! enough contrast in the light and in the dark.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::format::Format;

/// Scopes and their classes; the first of them that holds the innermost scope decides.
const CLASSES: [(&str, &str); 24] = [
    ("comment", "c"),
    ("punctuation.definition.comment", "c"),
    ("constant.character.escape", "e"),
    ("meta.mapping.key", "p"),
    ("support.type.property-name", "p"),
    ("string", "s"),
    ("punctuation.definition.string", "s"),
    ("constant.numeric", "n"),
    ("constant", "n"),
    ("support.constant", "n"),
    ("keyword.operator", "o"),
    ("keyword", "k"),
    ("storage", "k"),
    ("variable.language", "k"),
    ("entity.name.tag", "k"),
    ("entity.name.function", "f"),
    ("support.function", "f"),
    ("variable.function", "f"),
    ("entity.name", "t"),
    ("support.class", "t"),
    ("support.type", "t"),
    ("entity.other.inherited-class", "t"),
    ("entity.other.attribute-name", "p"),
    ("support", "t"),
];

/// A longer line is not coloured: grammars take too long for it.
const MAX_LINE: usize = 2_000;

/// A longer text is not coloured.
const MAX_TEXT: usize = 64 * 1024;

/// Colours code.
#[derive(Debug)]
pub struct Highlighter {
    /// Names of syntaxes by names of languages.
    names: BTreeMap<String, String>,
    loaded: OnceLock<Loaded>,
}

#[derive(Debug)]
struct Loaded {
    syntaxes: SyntaxSet,
    classes: Vec<(Scope, &'static str)>,
}

impl Highlighter {
    /// A highlighter; the grammars are loaded when the first code comes.
    pub const fn new(names: BTreeMap<String, String>) -> Self {
        Self { names, loaded: OnceLock::new() }
    }

    fn load() -> Loaded {
        let scope = |(name, class): (&str, &'static str)| Some((Scope::new(name).ok()?, class));
        Loaded {
            syntaxes: two_face::syntax::extra_newlines(),
            classes: CLASSES.into_iter().filter_map(scope).collect(),
        }
    }

    /// The text as HTML: its characters escaped, in spans with classes. Its text is `code`, whatever the
    /// grammar makes of it.
    pub fn highlight(&self, code: &str, language: &str) -> String {
        let loaded = self.loaded.get_or_init(Self::load);
        let syntax = self.find(&loaded.syntaxes, language);
        match syntax {
            Some(syntax) if code.len() <= MAX_TEXT => loaded.colour(code, syntax),
            _ => Format::Html.escaped(code),
        }
    }

    fn find<'s>(&self, syntaxes: &'s SyntaxSet, language: &str) -> Option<&'s SyntaxReference> {
        match self.names.get(language) {
            Some(name) => syntaxes.find_syntax_by_name(name),
            None => syntaxes.find_syntax_by_token(language),
        }
    }

    /// Whether there is a grammar for a language.
    #[cfg(test)]
    fn knows(&self, language: &str) -> bool {
        self.find(&self.loaded.get_or_init(Self::load).syntaxes, language).is_some()
    }
}

impl Loaded {
    fn colour(&self, code: &str, syntax: &SyntaxReference) -> String {
        let mut spans = Spans::default();
        let (mut state, mut stack) = (ParseState::new(syntax), ScopeStack::new());
        for line in code.split_inclusive('\n') {
            let parsed = (line.len() <= MAX_LINE).then(|| state.parse_line(line, &self.syntaxes));
            // What a grammar fails at is plain, and what follows begins anew.
            let Some(Ok(steps)) = parsed else {
                spans.push(line, None);
                (state, stack) = (ParseState::new(syntax), ScopeStack::new());
                continue;
            };
            let mut from = 0;
            for (at, step) in steps {
                let at = at.min(line.len());
                if at > from {
                    spans.push(&line[from..at], self.class_of(&stack));
                    from = at;
                }
                if stack.apply(&step).is_err() {
                    stack = ScopeStack::new();
                }
            }
            spans.push(&line[from..], self.class_of(&stack));
        }
        spans.finish()
    }

    /// The class of the innermost scope that has one.
    fn class_of(&self, stack: &ScopeStack) -> Option<&'static str> {
        stack.as_slice().iter().rev().find_map(|scope| {
            self.classes
                .iter()
                .find(|(known, _)| known.is_prefix_of(*scope))
                .map(|(_, class)| *class)
        })
    }
}

/// Texts with classes, neighbours of one class joined.
#[derive(Default)]
struct Spans {
    html: String,
    open: Option<&'static str>,
}

impl Spans {
    fn push(&mut self, text: &str, class: Option<&'static str>) {
        if text.is_empty() {
            return;
        }
        // Space has no colour: it never ends a span, and never begins one.
        let is_space = text.chars().all(char::is_whitespace);
        if class != self.open && !is_space {
            self.close();
            if let Some(class) = class {
                self.html.extend(["<span class=\"hl-", class, "\">"]);
            }
            self.open = class;
        }
        self.html.push_str(&Format::Html.escaped(text));
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
    }

    fn finish(mut self) -> String {
        self.close();
        self.html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn highlighter() -> Highlighter {
        let pages = crate::pages::Pages::built_in();
        Highlighter::new(crate::facts::Facts::read(&pages).unwrap().syntaxes)
    }

    /// The text of HTML that has only spans and references.
    fn text_of(html: &str) -> String {
        let mut text = String::new();
        let mut rest = html;
        while let Some((before, tag)) = rest.split_once('<') {
            text.push_str(before);
            rest = tag.split_once('>').unwrap().1;
        }
        text.push_str(rest);
        for (reference, c) in [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&#x27;", "'"),
            ("&#39;", "'"),
            ("&#13;", "\r"),
            ("&#x2F;", "/"),
            ("&amp;", "&"),
        ] {
            text = text.replace(reference, c);
        }
        text
    }

    #[test]
    fn every_language_of_the_targets_has_a_grammar() {
        let highlighter = highlighter();
        let unknown: Vec<String> = requote::Engine::new()
            .targets()
            .unwrap()
            .into_iter()
            .map(|target| target.highlight)
            .filter(|name| !highlighter.knows(name))
            .collect();
        // The collection of grammars has none for it.
        assert_eq!(unknown, ["powershell"]);
    }

    #[test]
    fn the_text_stays_and_words_get_classes() {
        let code = "import requests  # <b>\nx = \"a\\n</span>&amp;\" + 'b'\r\n";
        let html = highlighter().highlight(code, "python");
        assert_eq!(text_of(&html), code);
        assert!(html.starts_with("<span class=\"hl-k\">import"), "{html}");
        assert!(html.contains("<span class=\"hl-c\"># &lt;b&gt;"), "{html}");
    }

    #[test]
    fn an_unknown_language_and_a_long_line_are_plain() {
        let highlighter = highlighter();
        assert_eq!(highlighter.highlight("a < b", "none"), "a &lt; b");
        let long = format!("x = \"{}\"\ny = 1\n", "a".repeat(MAX_LINE));
        let html = highlighter.highlight(&long, "python");
        assert!(html.starts_with("x = ") && html.contains("hl-n"), "{html}");
        assert_eq!(text_of(&html), long);
    }
}
