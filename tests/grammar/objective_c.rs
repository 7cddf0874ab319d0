//! Objective-C: <https://clang.llvm.org/docs/ObjectiveCLiterals.html>, and C17 §6.4.5 between the
//! quotes.

use proptest::prelude::*;
use requote::{Engine, parse};

use crate::tree::{Grammar, inline_body, write_literal};
use crate::{for_each_case, hostile_request, hostile_text, quote};

const TARGET: &str = "objective-c/nsurlsession";

fn grammar() -> Grammar {
    Grammar {
        language: tree_sitter_objc::LANGUAGE.into(),
        literals: &["concatenated_string", "string_literal"],
        decode,
    }
}

/// Adjacent literals are one; its bytes are UTF-8.
fn decode(literals: &str) -> Option<String> {
    // C17 §5.2.1.1: replaced before anything else is read.
    if "=/'()!<>-".chars().any(|last| literals.contains(&format!("??{last}"))) {
        return None;
    }
    let mut bytes = Vec::new();
    let mut rest = literals.as_bytes();
    loop {
        rest = rest.trim_ascii_start();
        if rest.is_empty() {
            return String::from_utf8(bytes).ok();
        }
        rest = decode_one(rest.strip_prefix(b"@\"")?, &mut bytes)?;
    }
}

/// What follows the literal whose opening quotes are read.
fn decode_one<'a>(mut rest: &'a [u8], bytes: &mut Vec<u8>) -> Option<&'a [u8]> {
    loop {
        let (&byte, after) = rest.split_first()?;
        rest = after;
        match byte {
            b'"' => return Some(rest),
            b'\n' | b'\r' => return None,
            b'\\' => {
                let (&escape, after) = rest.split_first()?;
                match escape {
                    b'n' => bytes.push(b'\n'),
                    b'r' => bytes.push(b'\r'),
                    b't' => bytes.push(b'\t'),
                    b'\\' | b'"' | b'?' => bytes.push(escape),
                    b'0'..=b'3' => {
                        let digits = std::str::from_utf8(rest.get(..3)?).ok()?;
                        bytes.push(u8::from_str_radix(digits, 8).ok()?);
                        rest = &rest[3..];
                        continue;
                    }
                    _ => return None,
                }
                rest = after;
            }
            byte => bytes.push(byte),
        }
    }
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
        let toml = include_str!("../../templates/objective-c/language.toml");
        for text in [text, other, "a??=???/??)".to_owned()] {
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
