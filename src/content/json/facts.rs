//! What is worth knowing about a JSON text before a value is built of it.

use std::borrow::Cow;
use std::collections::HashSet;

use super::parse::resolve_escapes;
use super::reader::{JsonError, JsonErrorKind, Reader, Token};

/// What a well-formed JSON text is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct JsonFacts {
    /// The deepest nesting of arrays and objects.
    pub depth: usize,
    /// Offset of the first name that its object already has, its escapes resolved: `"\u0061"` is `"a"`.
    pub duplicate: Option<usize>,
}

/// An array, or an object with the names that it has so far.
enum Open<'a> {
    Array,
    Object(HashSet<Cow<'a, str>>),
}

/// Checks that bytes are one JSON text (RFC 8259), at any depth, lone surrogates allowed.
///
/// This is wider than `json::parse`, which also asks that the value can be represented.
/// Takes linear time and does not recurse.
pub fn check(bytes: &[u8]) -> Result<JsonFacts, JsonError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| JsonError { offset: error.valid_up_to(), kind: JsonErrorKind::NotUtf8 })?;
    let mut reader = Reader::new(text);
    let mut facts = JsonFacts::default();
    let mut open: Vec<Open<'_>> = Vec::new();
    while let Some(token) = reader.next_token()? {
        match token {
            Token::OpenArray => open.push(Open::Array),
            Token::OpenObject => open.push(Open::Object(HashSet::new())),
            Token::Close => drop(open.pop()),
            Token::Key(quoted) => {
                // Half of a surrogate pair has no character: such names are compared as written.
                let name = resolve_escapes(quoted).unwrap_or(Cow::Borrowed(quoted.text));
                if let Some(Open::Object(names)) = open.last_mut()
                    && !names.insert(name)
                {
                    facts.duplicate.get_or_insert(quoted.offset - 1);
                }
            }
            Token::Null | Token::Bool(_) | Token::Number(_) | Token::String(_) => {}
        }
        facts.depth = facts.depth.max(open.len());
    }
    Ok(facts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_and_duplicates_are_found() {
        let facts = check(br#"{"a":{"b":1},"b":[{}],"a":2}"#).unwrap();
        assert_eq!(facts, JsonFacts { depth: 3, duplicate: Some(22) });
        assert_eq!(check(b"[{\"a\":1},{\"a\":2}]").unwrap().duplicate, None);
    }

    #[test]
    fn names_are_compared_by_their_characters() {
        assert_eq!(check(br#"{"a":1,"\u0061":2}"#).unwrap().duplicate, Some(7));
        assert_eq!(check(br#"{"\ud800":1,"\ud801":2}"#).unwrap().duplicate, None);
    }

    #[test]
    fn well_formed_is_wider_than_representable() {
        assert!(check(br#""\ud800""#).is_ok());
        let deep = [vec![b'['; 1 << 20], vec![b']'; 1 << 20]].concat();
        assert_eq!(check(&deep).unwrap().depth, 1 << 20);
        assert!(check(&deep[..1 << 20]).is_err());
    }

    #[test]
    fn what_is_not_json_is_refused_at_its_place() {
        for (text, offset, kind) in [
            (&b""[..], 0, JsonErrorKind::UnexpectedEnd),
            (b"{} {}", 3, JsonErrorKind::TrailingText),
            (b"{not json}", 1, JsonErrorKind::ExpectedKey),
            (b"01", 1, JsonErrorKind::LeadingZero),
            (b"\"\xff\"", 1, JsonErrorKind::NotUtf8),
            ("\u{feff}{}".as_bytes(), 0, JsonErrorKind::ExpectedValue),
        ] {
            assert_eq!(check(text), Err(JsonError { offset, kind }), "{text:?}");
        }
    }
}
