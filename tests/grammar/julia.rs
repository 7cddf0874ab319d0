//! Julia: <https://docs.julialang.org/en/v1/manual/strings/>.

use proptest::prelude::*;
use requote::{Engine, parse};

use crate::tree::{Grammar, inline_body, write_string};
use crate::{for_each_case, hostile_request, hostile_text, quote};

fn grammar() -> Grammar {
    Grammar {
        language: tree_sitter_julia::LANGUAGE.into(),
        literals: &["string_literal", "prefixed_string_literal"],
        decode,
    }
}

fn decode(literal: &str) -> Option<String> {
    if let Some(raw) = literal.strip_prefix("raw\"") {
        let raw = raw.strip_suffix('"')?;
        return (!raw.contains('"') && !raw.ends_with('\\')).then(|| raw.to_owned());
    }
    let inner = match literal.strip_prefix("\"\"\"\n") {
        Some(rest) => {
            let inner = rest.strip_suffix("\"\"\"")?;
            // Indentation that all lines share would be taken away.
            let is_flush = inner.starts_with(|c| !matches!(c, ' ' | '\t' | '\n'));
            is_flush.then_some(inner)?
        }
        None => literal.strip_prefix('"')?.strip_suffix('"')?,
    };
    let mut bytes = Vec::new();
    let mut rest = inner;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '$' => return None,
            '\\' => rest = decode_escape(rest, &mut bytes)?,
            c => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Reads what stands behind a backslash; the rest of the text.
fn decode_escape<'t>(text: &'t str, bytes: &mut Vec<u8>) -> Option<&'t str> {
    let kind = text.chars().next()?;
    let rest = &text[kind.len_utf8()..];
    let most = match kind {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        'n' | 'r' | 't' | '\\' | '"' | '$' => {
            bytes.push(match kind {
                'n' => b'\n',
                'r' => b'\r',
                't' => b'\t',
                other => u8::try_from(other).ok()?,
            });
            return Some(rest);
        }
        _ => return None,
    };
    let digits = rest.bytes().take(most).take_while(u8::is_ascii_hexdigit).count();
    let number = u32::from_str_radix(&rest[..digits], 16).ok()?;
    if kind == 'x' {
        bytes.push(u8::try_from(number).ok()?);
    } else {
        let c = char::from_u32(number)?;
        bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }
    Some(&rest[digits..])
}

/// Whether the text stands as several literals: its first line is indented.
fn is_joined(text: &str) -> bool {
    text.starts_with([' ', '\n']) && text.trim_end_matches('\n').contains('\n')
}

#[test]
fn each_case_parses_and_each_literal_is_read_back() {
    let (engine, grammar) = (Engine::new(), grammar());
    for_each_case(|name, bytes| {
        quote(&engine, "julia/http", bytes, |snippet| {
            let mut expected = inline_body(bytes, snippet);
            expected.retain(|body| !is_joined(body));
            grammar.assert_holds(name, snippet, &expected);
        });
    });
}

proptest! {
    #[test]
    fn any_text_is_one_literal_with_its_value(text in hostile_text(), other in any::<String>()) {
        let toml = include_str!("../../templates/julia/language.toml");
        for text in [text, other] {
            let code = write_string(toml, &text);
            prop_assert_eq!(decode(&code), Some(text), "{}", code);
        }
    }

    #[test]
    fn any_request_parses(bytes in hostile_request()) {
        if parse(&bytes).is_ok() {
            quote(&Engine::new(), "julia/http", &bytes, |snippet| {
                grammar().assert_holds("hostile", snippet, &[]);
            });
        }
    }
}
