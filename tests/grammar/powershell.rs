//! PowerShell: <https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_quoting_rules>.

use proptest::prelude::*;
use requote::{Engine, Snippet, parse};

use crate::tree::{Grammar, inline_body, write_string};
use crate::{for_each_case, hostile_request, hostile_text, quote};

const SINGLE: [char; 5] = ['\'', '\u{2018}', '\u{2019}', '\u{201a}', '\u{201b}'];
const DOUBLE: [char; 4] = ['"', '\u{201c}', '\u{201d}', '\u{201e}'];

fn grammar() -> Grammar {
    Grammar {
        language: tree_sitter_powershell::LANGUAGE.into(),
        literals: &["string_literal"],
        decode,
    }
}

fn decode(literal: &str) -> Option<String> {
    let is_here = literal.starts_with('@');
    let literal = literal.strip_prefix('@').unwrap_or(literal);
    let quotes: &[char] = if literal.starts_with('\'') { &SINGLE } else { &DOUBLE };
    let inner = literal.strip_prefix(quotes[0])?;
    let inner = if is_here {
        let inner = inner.strip_prefix('\n')?.strip_suffix('@')?;
        inner.strip_suffix(quotes[0])?.strip_suffix('\n')?
    } else {
        inner.strip_suffix(quotes[0])?
    };
    if is_here && ends_early(inner, quotes) {
        return None;
    }
    match (quotes[0], is_here) {
        ('\'', true) => Some(inner.to_owned()),
        ('\'', false) => decode_doubled(inner),
        (_, is_here) => decode_expandable(inner, is_here),
    }
}

/// Whether a line of a here-string begins with what ends it.
fn ends_early(inner: &str, quotes: &[char]) -> bool {
    inner.split('\n').any(|line| line.strip_prefix(quotes).is_some_and(|l| l.starts_with('@')))
}

fn decode_doubled(inner: &str) -> Option<String> {
    let mut out = String::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        out.push(if SINGLE.contains(&c) {
            chars.next().filter(|second| SINGLE.contains(second))?
        } else {
            c
        });
    }
    Some(out)
}

fn decode_expandable(inner: &str, is_here: bool) -> Option<String> {
    let mut out = String::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '`' => match chars.next()? {
                'n' => out.push('\n'),
                'r' => out.push('\r'),
                't' => out.push('\t'),
                'u' => {
                    let rest = chars.as_str().strip_prefix('{')?;
                    let (digits, rest) = rest.split_once('}')?;
                    out.push(char::from_u32(u32::from_str_radix(digits, 16).ok()?)?);
                    chars = rest.chars();
                }
                c if c.is_ascii_alphanumeric() => return None,
                c => out.push(c),
            },
            // A variable, an expression, or the end.
            '$' => return None,
            c if !is_here && DOUBLE.contains(&c) => return None,
            c => out.push(c),
        }
    }
    Some(out)
}

/// What must stand in a literal of its own: field values and an inline body.
fn expected(bytes: &[u8]) -> Vec<String> {
    let message = parse(bytes).unwrap();
    let request = &message.request;
    let mut expected = Vec::new();
    let value = request.header("x-value").map(|field| &*field.value).unwrap_or_default();
    if value.is_ascii() {
        expected.extend(String::from_utf8(value.to_vec()));
    }
    expected
}

/// What the body is in the code: one literal, the names and values of a form, or the contents of parts.
fn expected_body(bytes: &[u8], snippet: &Snippet) -> Vec<String> {
    let body = inline_body(bytes, snippet);
    let code = snippet.code.as_deref().unwrap_or_default();
    if code.contains("Body = $form") {
        return body.iter().flat_map(|body| contents_of_parts(body)).collect();
    }
    if !code.contains("Body = [ordered]@{") {
        return body;
    }
    let pairs = body.iter().flat_map(|form| url::form_urlencoded::parse(form.as_bytes()));
    pairs.flat_map(|(name, value)| [name.into_owned(), value.into_owned()]).collect()
}

/// The contents of the parts of a multipart body (RFC 2046 §5.1.1).
fn contents_of_parts(body: &str) -> Vec<String> {
    let (delimiter, rest) = body.split_once("\r\n").expect("a delimiter line");
    let delimiter = format!("\r\n{delimiter}");
    let parts = rest.split(&delimiter).map(|part| {
        let part = part.strip_prefix("\r\n").unwrap_or(part);
        part.split_once("\r\n\r\n").map(|(_, content)| content.to_owned())
    });
    parts.flatten().collect()
}

#[test]
fn each_case_parses_and_each_literal_is_one() {
    let (engine, grammar) = (Engine::new(), grammar());
    for_each_case(|name, bytes| {
        quote(&engine, "powershell/invoke-restmethod", bytes, |snippet| {
            grammar.assert_holds(name, snippet, &expected_body(bytes, snippet));
        });
    });
}

/// Whether the grammar (0.25) misreads what PowerShell does not: it takes an escape at the beginning
/// of a here-string's line for a plain character, and `#` behind an escape for a comment. What such
/// a literal means is still checked by [`decode`].
fn is_misread(code: &str) -> bool {
    let begins_comment = |line: &str| {
        let behind = line.split_once('`').map_or("", |(_, behind)| behind);
        behind.contains('#')
    };
    code.lines().any(|line| line.starts_with('`') || begins_comment(line))
}

proptest! {
    #[test]
    fn any_text_is_one_literal_with_its_value(text in hostile_text(), other in any::<String>()) {
        let toml = include_str!("../../templates/powershell/language.toml");
        for text in [text, other] {
            let code = write_string(toml, &text);
            prop_assert_eq!(decode(&code), Some(text), "{}", code);
        }
    }

    #[test]
    fn any_request_parses(bytes in hostile_request()) {
        if parse(&bytes).is_ok() {
            quote(&Engine::new(), "powershell/invoke-restmethod", &bytes, |snippet| {
                if !snippet.code.as_deref().is_some_and(is_misread) {
                    grammar().assert_holds("hostile", snippet, &expected(&bytes));
                }
            });
        }
    }
}
