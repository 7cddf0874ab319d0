//! MATLAB: <https://www.mathworks.com/help/matlab/ref/string.html>.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use requote::{Engine, parse};

use crate::tree::{Grammar, inline_body, write_string};
use crate::{for_each_case, hostile_request, hostile_text, quote};

fn grammar() -> Grammar {
    Grammar {
        language: tree_sitter_matlab::LANGUAGE.into(),
        // A text with characters that no string can hold is several, joined.
        literals: &["binary_operator", "string"],
        decode,
    }
}

/// Strings, `newline` and `char(…)` with `+` between them; the last may be the Base64 of such a text.
fn decode(expression: &str) -> Option<String> {
    let mut units: Vec<u16> = Vec::new();
    let mut rest = expression;
    loop {
        rest = if let Some(inner) = rest.strip_prefix('"') {
            decode_string(inner, &mut units)?
        } else if let Some(rest) = rest.strip_prefix("newline") {
            units.push(10);
            rest
        } else if let Some(inner) = rest.strip_prefix("matlab.net.base64encode(") {
            let encoded = STANDARD.encode(decode(inner.strip_suffix(')')?)?);
            units.extend(encoded.encode_utf16());
            ""
        } else {
            let (numbers, rest) = rest.strip_prefix("char(")?.split_once(')')?;
            for number in numbers.trim_matches(['[', ']']).split(' ') {
                units.push(number.parse().ok()?);
            }
            rest
        };
        if rest.is_empty() {
            return String::from_utf16(&units).ok();
        }
        rest = rest.strip_prefix(" + ")?;
        rest = rest.strip_prefix("...\n").unwrap_or(rest).trim_start();
    }
}

fn decode_string<'t>(inner: &'t str, units: &mut Vec<u16>) -> Option<&'t str> {
    let mut rest = inner;
    loop {
        let (text, after) = rest.split_once('"')?;
        if text.contains(['\n', '\r']) {
            return None;
        }
        units.extend(text.encode_utf16());
        match after.strip_prefix('"') {
            Some(after) => {
                units.push(u16::from(b'"'));
                rest = after;
            }
            None => return Some(after),
        }
    }
}

#[test]
fn each_case_parses_and_each_literal_is_read_back() {
    let (engine, grammar) = (Engine::new(), grammar());
    for_each_case(|name, bytes| {
        quote(&engine, "matlab/http-interface", bytes, |snippet| {
            let expected = inline_body(bytes, snippet);
            grammar.assert_holds(name, snippet, &expected);
        });
    });
}

proptest! {
    #[test]
    fn any_text_is_one_literal_with_its_value(text in hostile_text(), other in any::<String>()) {
        let toml = include_str!("../../templates/matlab/language.toml");
        for text in [text, other] {
            let code = write_string(toml, &text);
            prop_assert_eq!(decode(&code), Some(text), "{}", code);
        }
    }

    #[test]
    fn any_request_parses(bytes in hostile_request()) {
        if parse(&bytes).is_ok() {
            quote(&Engine::new(), "matlab/http-interface", &bytes, |snippet| {
                grammar().assert_holds("hostile", snippet, &[]);
            });
        }
    }
}
