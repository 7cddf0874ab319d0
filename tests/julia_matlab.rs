//! Julia and MATLAB: a real grammar must take each snippet without an error, and the literals that
//! it sees must stand for the URL, the field values and the body.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use requote::{Engine, Options, parse};
use tree_sitter::{Language, Node, Parser};

/// What the harness must know of a language.
struct Grammar {
    language: Language,
    /// The kinds of nodes that stand for a text.
    texts: &'static [&'static str],
    /// The text that such a node stands for; `None` where it is another expression.
    decode: fn(&str) -> Option<String>,
}

fn julia() -> Grammar {
    Grammar {
        language: tree_sitter_julia::LANGUAGE.into(),
        texts: &["string_literal", "prefixed_string_literal"],
        decode: decode_julia,
    }
}

fn matlab() -> Grammar {
    Grammar {
        language: tree_sitter_matlab::LANGUAGE.into(),
        texts: &["binary_operator", "string"],
        decode: decode_matlab,
    }
}

impl Grammar {
    /// The texts that the literals of `code` stand for.
    fn texts_of(&self, name: &str, code: &str) -> BTreeSet<String> {
        let mut parser = Parser::new();
        parser.set_language(&self.language).unwrap();
        let tree = parser.parse(code, None).unwrap();
        let mut texts = BTreeSet::new();
        let mut nodes: Vec<Node<'_>> = vec![tree.root_node()];
        while let Some(node) = nodes.pop() {
            assert!(
                !node.is_error() && !node.is_missing(),
                "{name}: the grammar stops at {}:\n{code}",
                node.start_position()
            );
            if self.texts.contains(&node.kind()) {
                let literal = &code[node.byte_range()];
                let text = (self.decode)(literal);
                assert!(text.is_some(), "{name}: {literal} is no plain literal:\n{code}");
                texts.extend(text);
                continue;
            }
            let mut cursor = node.walk();
            nodes.extend(node.children(&mut cursor));
        }
        texts
    }
}

/// <https://docs.julialang.org/en/v1/manual/strings/>
fn decode_julia(literal: &str) -> Option<String> {
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
            '\\' => rest = decode_julia_escape(rest, &mut bytes)?,
            c => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Reads what stands behind a backslash; the rest of the text.
fn decode_julia_escape<'t>(text: &'t str, bytes: &mut Vec<u8>) -> Option<&'t str> {
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
    match kind {
        'x' => bytes.push(u8::try_from(number).ok()?),
        _ => {
            let c = char::from_u32(number)?;
            bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
    Some(&rest[digits..])
}

/// Strings, `newline` and `char(…)` with `+` between them:
/// <https://www.mathworks.com/help/matlab/ref/string.html>
fn decode_matlab(expression: &str) -> Option<String> {
    let mut units: Vec<u16> = Vec::new();
    let mut rest = expression;
    loop {
        rest = if let Some(inner) = rest.strip_prefix('"') {
            decode_matlab_string(inner, &mut units)?
        } else if let Some(rest) = rest.strip_prefix("newline") {
            units.push(10);
            rest
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

fn decode_matlab_string<'t>(inner: &'t str, units: &mut Vec<u16>) -> Option<&'t str> {
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

/// Quotes `bytes` for both targets; `expected` must be among the texts of each snippet.
fn check(engine: &Engine, name: &str, bytes: &[u8], expected: impl Fn(&str) -> Vec<String>) {
    for (target, grammar) in [("julia/http", julia()), ("matlab/http-interface", matlab())] {
        let message = parse::parse(bytes).unwrap();
        let id = engine.find(target).unwrap();
        let snippet = engine.quote(&message, &id, &Options::default()).unwrap();
        let Some(code) = &snippet.code else { continue };
        let texts = grammar.texts_of(name, code);
        for text in expected(target) {
            assert!(texts.contains(&text), "{name}: no literal is {text:?}:\n{code}");
        }
    }
}

#[test]
fn the_grammar_takes_every_case() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/requests");
    let engine = Engine::new();
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        check(&engine, &name, &fs::read(&path).unwrap(), |_| Vec::new());
        count += 1;
    }
    assert!(count > 100);
}

/// Text of what is special to one language or another.
fn hostile_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        r#"["'`$%^&|<>!\\@#(){};,= ~*?a-fA-F0-9+:/-]{1,6}"#,
        "\\\\{1,4}\"?",
        proptest::sample::select(vec![
            "\n",
            "\r\n",
            "\r",
            "\t",
            "\0",
            "\u{1b}",
            "\"\"\"",
            "$(",
            "\\u",
            "...\n",
            " + ",
            "\u{7f}",
            "\u{e9}",
            "\u{1f600}",
            "\u{202e}",
            "\u{2028}",
            "\u{e0001}",
            "\u{ffff}",
            " \n",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn the_grammar_reads_hostile_text_back(value in hostile_text(), body in hostile_text()) {
        let engine = Engine::new();
        let value = value.replace(|c: char| c.is_control(), "");
        let value = value.trim();
        let message = format!(
            "PUT /a?b={{c}} HTTP/1.1\r\nHost: example.com\r\nX-Value: v{value}v\r\n\
             Content-Type: text/plain\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let controls = body.bytes().filter(|b| b.is_ascii_control() && !b"\t\r\n".contains(b));
        let is_text = !body.is_empty() && controls.count() * 3 <= body.len();
        // Many literals may stand for one text where the language joins them.
        let is_joined = body.starts_with([' ', '\n']) && body.trim_end_matches('\n').contains('\n');
        check(&engine, "hostile", message.as_bytes(), |target| {
            let mut expected = vec!["https://example.com/a?b={c}".to_owned()];
            if target.starts_with("julia") || value.is_ascii() {
                expected.push(format!("v{value}v"));
            }
            if is_text && !(target.starts_with("julia") && is_joined) {
                expected.push(body.clone());
            }
            expected
        });
    }
}
