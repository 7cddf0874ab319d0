//! Dart: <https://spec.dart.dev/DartLangSpecDraft.pdf>, Strings.

use proptest::prelude::*;
use requote::{Engine, Snippet, parse};

use crate::tree::{Grammar, braced, inline_body, write_literal};
use crate::{for_each_case, hostile_request, hostile_text, quote};

const TARGET: &str = "dart/http";

fn grammar() -> Grammar {
    Grammar { language: tree_sitter_dart::LANGUAGE.into(), literals: &["string_literal"], decode }
}

fn decode(literal: &str) -> Option<String> {
    if let Some(raw) = literal.strip_prefix("r'") {
        let inner = raw.strip_suffix('\'')?;
        return (!inner.contains(['\'', '\n', '\r'])).then(|| inner.to_owned());
    }
    if let Some(many) = literal.strip_prefix("'''") {
        // White space and a line feed at the beginning are not part of the string.
        return unescape(many.strip_prefix('\n')?.strip_suffix("'''")?, "'''");
    }
    if literal == "'Basic $credentials'" {
        // Credentials in Base64, which the snippet writes.
        return Some(literal.to_owned());
    }
    let close = literal.get(..1).filter(|quote| matches!(*quote, "'" | "\""))?;
    let inner = literal.strip_prefix(close)?.strip_suffix(close)?;
    if inner.contains('\n') { None } else { unescape(inner, close) }
}

fn unescape(inner: &str, close: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = inner;
    while let Some(c) = rest.chars().next() {
        if matches!(c, '$' | '\r') || rest.starts_with(close) {
            return None;
        }
        rest = &rest[c.len_utf8()..];
        if c != '\\' {
            out.push(c);
            continue;
        }
        let escape = rest.chars().next()?;
        rest = &rest[escape.len_utf8()..];
        let digits = match escape {
            'x' => 2,
            'u' if rest.starts_with('{') => {
                let (c, after) = braced(rest)?;
                out.push(c);
                rest = after;
                continue;
            }
            'u' => 4,
            _ => 0,
        };
        if digits > 0 {
            out.push(char::from_u32(u32::from_str_radix(rest.get(..digits)?, 16).ok()?)?);
            rest = &rest[digits..];
            continue;
        }
        out.push(match escape {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' | 'f' | 'v' => return None,
            plain => plain,
        });
    }
    // The closing quotes must not begin earlier.
    (!inner.ends_with('\'') || inner.ends_with("\\'") || close == "\"").then_some(out)
}

/// The body, where it is one literal: a map, a list or a value of JSON is none.
fn text_body(bytes: &[u8], snippet: &Snippet) -> Vec<String> {
    let code = snippet.code.as_deref().unwrap_or_default();
    let is_structure = ["jsonEncode(", "body: {", "bodyFields = {", "MultipartRequest("]
        .iter()
        .any(|it| code.contains(it));
    if is_structure { Vec::new() } else { inline_body(bytes, snippet) }
}

#[test]
fn each_case_parses_and_each_literal_is_one() {
    let (engine, grammar) = (Engine::new(), grammar());
    for_each_case(|name, bytes| {
        quote(&engine, TARGET, bytes, |snippet| {
            grammar.assert_holds(name, snippet, &text_body(bytes, snippet));
        });
    });
}

proptest! {
    #[test]
    fn any_text_is_one_literal_with_its_value(text in hostile_text(), other in any::<String>()) {
        let toml = include_str!("../../templates/dart/language.toml");
        for text in [text, other] {
            let code = write_literal(toml, &text);
            prop_assert_eq!(decode(&code), Some(text), "{}", code);
        }
    }

    #[test]
    fn any_request_parses(bytes in hostile_request()) {
        if parse(&bytes).is_ok() {
            quote(&Engine::new(), TARGET, &bytes, |snippet| {
                grammar().assert_holds("hostile", snippet, &text_body(&bytes, snippet));
            });
        }
    }
}
