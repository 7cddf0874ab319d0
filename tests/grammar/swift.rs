//! Swift: <https://docs.swift.org/swift-book/documentation/the-swift-programming-language/lexicalstructure/#String-Literals>.

use proptest::prelude::*;
use requote::{Engine, parse};

use crate::tree::{Grammar, braced, inline_body, write_literal};
use crate::{for_each_case, hostile_request, hostile_text, quote};

const TARGET: &str = "swift/urlsession";

fn grammar() -> Grammar {
    Grammar {
        language: tree_sitter_swift::LANGUAGE.into(),
        literals: &["line_string_literal", "multi_line_string_literal", "raw_string_literal"],
        decode,
    }
}

fn decode(literal: &str) -> Option<String> {
    let inner = literal.trim_start_matches('#');
    let fence = &literal[..literal.len() - inner.len()];
    if !fence.is_empty() {
        let inner = inner.strip_prefix('"')?.strip_suffix(fence)?.strip_suffix('"')?;
        let is_plain = !inner.contains(&format!("\\{fence}"))
            && !inner.contains(&format!("\"{fence}"))
            && !inner.contains(['\n', '\r'])
            // Three quotes would begin lines.
            && !inner.starts_with("\"\"");
        return is_plain.then(|| inner.to_owned());
    }
    if let Some(rest) = literal.strip_prefix("\"\"\"\n") {
        // The indentation of the closing quotes is taken away from each line.
        let (lines, margin) = rest.strip_suffix("\"\"\"")?.rsplit_once('\n')?;
        let is_margin = margin.chars().all(|c| c == ' ');
        let strip = |line: &'_ str| match line.strip_prefix(margin) {
            Some(own) => Some(own.to_owned()),
            None => line.is_empty().then(String::new),
        };
        let lines: Option<Vec<String>> = lines.split('\n').map(strip).collect();
        return unescape(&lines.filter(|_| is_margin)?.join("\n"), "\"\"\"");
    }
    if literal == "\"Basic \\(credentials)\"" {
        // Credentials in Base64, which the snippet writes.
        return Some(literal.to_owned());
    }
    let inner = literal.strip_prefix('"')?.strip_suffix('"')?;
    if inner.contains('\n') { None } else { unescape(inner, "\"") }
}

fn unescape(inner: &str, close: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = inner;
    while let Some(c) = rest.chars().next() {
        if c == '\r' || rest.starts_with(close) {
            return None;
        }
        rest = &rest[c.len_utf8()..];
        if c != '\\' {
            out.push(c);
            continue;
        }
        let escape = rest.chars().next()?;
        rest = &rest[escape.len_utf8()..];
        match escape {
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            't' => out.push('\t'),
            '\\' | '"' => out.push(escape),
            'u' => {
                let (c, after) = braced(rest)?;
                out.push(c);
                rest = after;
            }
            // An interpolation, or no escape at all.
            _ => return None,
        }
    }
    Some(out)
}

#[test]
fn each_case_parses_and_each_literal_is_one() {
    let (engine, grammar) = (Engine::new(), grammar());
    for_each_case(|name, bytes| {
        quote(&engine, TARGET, bytes, |snippet| {
            grammar.assert_holds(name, snippet, &inline_body(bytes, snippet));
        });
    });
}

proptest! {
    #[test]
    fn any_text_is_one_literal_with_its_value(text in hostile_text(), other in any::<String>()) {
        let toml = include_str!("../../templates/swift/language.toml");
        for text in [text, other] {
            let code = write_literal(toml, &text);
            prop_assert_eq!(decode(&code), Some(text), "{}", code);
        }
    }

    #[test]
    fn any_request_parses(bytes in hostile_request()) {
        if parse(&bytes).is_ok() {
            quote(&Engine::new(), TARGET, &bytes, |snippet| {
                grammar().assert_holds("hostile", snippet, &inline_body(&bytes, snippet));
            });
        }
    }
}
